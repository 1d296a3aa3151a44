"""Telegram from start to stop: who the bot is, how it listens, what it says when it cannot."""

import ast
import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog

from bot import clock
from bot.channels.telegram.line import CannotListen, Line, Mode
from bot.channels.telegram.live import Desk, Telegram
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.send import TelegramSender
from conversations.messages import Letter
from tests.channels.doubles import ListDoor
from tests.channels.telegram_rig import SECRET, Notes, TelegramRig, opened
from tests.emulators.telegram import TOKEN, TelegramEmulator, Trouble, refused

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "bot" / "channels" / "telegram"
HOMES = {
    "aiogram": {"calls.py", "files.py", "live.py", "polling.py", "updates.py"},
    "telegram": {"request.py", "send.py", "window.py"},
    "aiohttp": {"request.py", "wire.py"},
}


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - both sides run in this very loop
            await asyncio.sleep(0.002)


@asynccontextmanager
async def running(emulator: TelegramEmulator, mode: Mode = "polling") -> AsyncIterator[Telegram]:
    """Our side alone."""
    line = Line(TOKEN, emulator.served.address, mode, "https://ocop.example.vn/", SECRET)
    notes = Notes()
    receiver = Receiver(line.bot, ListDoor(), notes, notes, clock.now)
    telegram = Telegram(line, receiver, {"vi": [("menu", "Các việc")]}, breath=0.01, hold=20)
    task = asyncio.create_task(telegram.run())
    try:
        yield telegram
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await telegram.close()


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator().running() as made:
        yield made


async def test_polling_takes_a_webhook_away_and_loses_nothing_that_waits(
    emulator: TelegramEmulator,
) -> None:
    emulator.updates.webhook = "https://old.example/"
    async with running(emulator) as telegram:
        await until(lambda: emulator.given("getUpdates"))

        assert telegram.state == "polling @tro_ly_bot"
        assert telegram.routes() == []
    assert emulator.updates.webhook == ""
    assert emulator.given("deleteWebhook") == [{}]


async def test_a_webhook_is_set_on_the_public_address(emulator: TelegramEmulator) -> None:
    emulator.updates.https_only = True
    async with running(emulator, "webhook") as telegram:
        await until(lambda: telegram.state.startswith("webhook"))

        assert telegram.state == "webhook @tro_ly_bot"
        assert len(telegram.routes()) == 1
    assert emulator.updates.webhook == "https://ocop.example.vn/hooks/telegram"
    assert emulator.given("getUpdates") == []


async def test_a_webhook_that_telegram_refuses_is_named(emulator: TelegramEmulator) -> None:
    wrong = refused(400, "Bad Request: bad webhook: Failed to resolve host")
    with structlog.testing.capture_logs() as logged:
        emulator.troubles += [Trouble("setWebhook", does=False, answer=wrong)] * 3
        async with running(emulator, "webhook") as telegram:
            await until(lambda: telegram.state.startswith("webhook"))

    said = [entry for entry in logged if entry["event"] == "telegram_start_waits"]
    assert len(said) == 1
    assert "Failed to resolve host" in said[0]["why"]


async def test_a_wrong_token_is_one_clear_line_without_the_token(
    emulator: TelegramEmulator,
) -> None:
    emulator.token = "7000000001:another-token-that-only-tests-know"
    with structlog.testing.capture_logs() as logged:
        async with running(emulator) as telegram:
            await until(lambda: telegram.state != "starting")
            await asyncio.sleep(0.1)

            assert telegram.state == "OCOP_TELEGRAM_TOKEN: Telegram does not know it"
    assert [entry["why"] for entry in logged] == ["OCOP_TELEGRAM_TOKEN: Telegram does not know it"]
    assert TOKEN.partition(":")[2] not in str(logged)


async def test_a_service_that_is_away_at_the_start_is_waited_for(
    emulator: TelegramEmulator,
) -> None:
    emulator.served.go_deaf()
    with structlog.testing.capture_logs() as logged:
        async with running(emulator) as telegram:
            await until(lambda: logged)
            await asyncio.sleep(0.05)
            await emulator.served.open()
            await until(lambda: telegram.state.startswith("polling"))

    assert len([entry for entry in logged if entry["log_level"] == "error"]) == 1


async def test_who_becomes_an_officer_has_other_commands_soon(emulator: TelegramEmulator) -> None:
    officers: list[str] = []
    lan = emulator.person("Lan")

    async def chats(bot: str) -> list[str]:
        assert bot == TOKEN.partition(":")[0]
        return officers

    async with running(emulator) as telegram:
        telegram.desk = Desk([("danhsach", "Các phiếu")], chats)
        await until(lambda: emulator.menus)
        officers.append(str(lan.id))
        await until(lambda: (str(lan.id), "") in emulator.menus)

    assert emulator.menus[(str(lan.id), "")] == {"danhsach": "Các phiếu"}


async def test_menus_are_offered_by_language() -> None:
    async with opened("polling", ListDoor()) as rig:
        await until(lambda: len(rig.emulator.menus) == 2)

        assert rig.emulator.menus == {
            ("", ""): {"dangky": "Đăng ký sản phẩm"},
            ("", "en"): {"dangky": "Register a product"},
        }


async def test_a_menu_that_telegram_refuses_keeps_nobody_from_listening(
    emulator: TelegramEmulator,
) -> None:
    wrong = refused(400, "Bad Request: BOT_COMMAND_INVALID")
    emulator.troubles.append(Trouble("setMyCommands", does=False, answer=wrong))
    with structlog.testing.capture_logs() as logged:
        async with running(emulator):
            await until(lambda: emulator.given("getUpdates") and not emulator.troubles)
            await until(lambda: any(e["event"] == "telegram_menu_missing" for e in logged))


# -- taps -----------------------------------------------------------------------------------------


async def asked(rig: TelegramRig) -> None:
    choices = (("a|1", "Có"), ("a|2", "Không"))
    await rig.sender.send(rig.lan.address, 1, Letter("Đúng không ạ?", choices))


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_the_circle_on_a_tapped_button_stops(mode: Mode) -> None:
    async with opened(mode, ListDoor()) as rig:
        await asked(rig)
        await rig.lan.taps("Có")
        await rig.told()
        await until(lambda: rig.emulator.answered)

        assert rig.emulator.cloud.queries == set()


async def test_a_tap_that_cannot_be_answered_any_more_does_no_harm(door: ListDoor) -> None:
    async with opened("polling", door) as rig:
        await asked(rig)
        await rig.lan.taps("Có")
        rig.emulator.cloud.queries.clear()
        await rig.told()
        await rig.lan.taps("Không")
        await until(lambda: rig.emulator.answered)

    assert len(door.heard) == 2


async def test_a_tap_is_not_answered_before_it_is_safe(door: ListDoor) -> None:
    door.shut()
    async with opened("polling", door) as rig:
        await asked(rig)
        await rig.lan.taps("Có")
        await door.knocked()
        await asyncio.sleep(0.05)

        assert rig.emulator.given("answerCallbackQuery") == []
        door.open()
        await until(lambda: rig.emulator.answered)


async def test_who_blocks_us_is_noted_and_cannot_be_reached_until_back(door: ListDoor) -> None:
    async with opened("polling", door) as rig:
        rig.lan.somebody.blocks()
        await rig.told()
        rig.lan.somebody.unblocks()
        await rig.told()

        noted = [(address, here) for _, address, here in rig.notes.attendance]
    assert noted == [(rig.lan.address, False), (rig.lan.address, True)]
    assert door.heard == []


# -- what is set ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"token": ""}, "OCOP_TELEGRAM_TOKEN"),
        ({"token": "abc"}, "OCOP_TELEGRAM_TOKEN"),
        ({"token": f"{TOKEN}/../getMe"}, "OCOP_TELEGRAM_TOKEN"),
        ({"base": "api.telegram.org"}, "OCOP_TELEGRAM_API_BASE"),
        ({"proxy": "socks5://127.0.0.1:1080"}, "OCOP_TELEGRAM_PROXY"),
        ({"mode": "webhook", "secret": "s" * 16}, "OCOP_PUBLIC_URL"),
        ({"mode": "webhook", "public_url": "https://a.vn"}, "OCOP_TELEGRAM_SECRET"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(CannotListen, match=named) as raised:
        Line(**{"token": TOKEN} | given)  # type: ignore[arg-type]  # as a setting may be anything

    assert str(raised.value).count("\n") == 0
    assert TOKEN.partition(":")[2] not in str(raised.value)


def test_neither_token_nor_secret_nor_proxy_is_shown_with_a_line() -> None:
    line = Line(TOKEN, secret=SECRET, proxy="http://lan:mat-khau@127.0.0.1:8080")

    assert [word for word in (TOKEN, SECRET, "mat-khau") if word in repr(line)] == []
    assert TOKEN not in repr(TelegramSender(line))


# -- the libraries --------------------------------------------------------------------------------


def test_each_library_is_known_to_its_own_files_alone() -> None:
    found: dict[str, set[str]] = {library: set() for library in HOMES}
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for library in {name.partition(".")[0] for name in names} & HOMES.keys():
                found[library].add(file.name)

    assert found == HOMES
    assert HOMES["aiogram"] & HOMES["telegram"] == set()


def imported_by(module: str) -> set[str]:
    """Which of the two libraries a new process has after importing the module."""
    script = f"import {module}, sys; print(*sorted({{'aiogram', 'telegram'}} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "libraries"),
    [("bot.assembly", set()), ("bot.channels.telegram.send", {"telegram"})],
)
def test_nobody_pays_for_a_library_that_is_not_used(module: str, libraries: set[str]) -> None:
    """Importing aiogram takes seconds and 150 MB; who only sends does not need it."""
    assert imported_by(module) == libraries
