"""The real processes, as whoever runs the bot starts them: all in one, and each role by itself."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.births import Born
from tests.conftest import Server
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.emulators.telegram_people import Person

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; a start imports two Telegram libraries
FREE = {"OCOP_PORT": "0"}


class Process:
    """One of our processes, and what it has said."""

    def __init__(self, running: asyncio.subprocess.Process) -> None:
        self._running = running
        self.said: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def says(self, words: str) -> None:
        """Wait until it has said that."""
        async with asyncio.timeout(PATIENCE):
            while not any(words in line for line in self.said):
                if self._reading.done():
                    raise AssertionError(f"ended without {words!r}: {self.said}")
                await asyncio.sleep(0.05)

    async def ends(self, wish: signal.Signals | None = None) -> int:
        """Tell it to end, or wait for it; its exit code."""
        if wish:
            self._running.send_signal(wish)
        async with asyncio.timeout(PATIENCE):
            return await self._running.wait()

    async def gone(self) -> None:
        """See that nothing of it is left."""
        if self._running.returncode is None:
            self._running.kill()
        await self._running.wait()
        await self._reading

    async def _read(self) -> None:
        assert self._running.stdout
        async for line in self._running.stdout:
            self.said.append(line.decode())


@asynccontextmanager
async def process(role: str, **environment: str) -> AsyncIterator[Process]:
    """``python -m bot <role>`` with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OCOP_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # as ./run does: every start would compile anew
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", role),
        cwd=ROOT,
        env=kept | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    found = Process(running)
    try:
        yield found
    finally:
        await found.gone()


async def answered(person: Person, count: int) -> None:
    """Wait until so many letters are on the person's screen."""
    async with asyncio.timeout(PATIENCE):
        while len(person.screen) < count:  # noqa: ASYNC110 - the screen is a list of another room
            await asyncio.sleep(0.02)


def telegram(emulator: TelegramEmulator, folder: Path) -> dict[str, str]:
    """The settings of a bot on that Telegram."""
    reached = {"OCOP_TELEGRAM_TOKEN": TOKEN, "OCOP_TELEGRAM_API_BASE": emulator.served.address}
    return FREE | reached | {"OCOP_DATA": str(folder)}


@pytest.mark.timeout(180)
async def test_with_a_token_set_run_answers_on_telegram_and_stops_politely(tmp_path: Path) -> None:
    async with (
        TelegramEmulator().running() as emulator,
        process("run", **telegram(emulator, tmp_path)) as bot,
    ):
        lan = emulator.person("Lan")
        await bot.says("telegram: polling @tro_ly_bot")
        lan.says("chào em")
        await answered(lan, 1)

        assert "OCOP" in lan.screen[0].text
        assert await bot.ends(signal.SIGTERM) == 0
        assert TOKEN not in "".join(bot.said)


@pytest.mark.timeout(240)
async def test_on_postgresql_each_role_is_a_process_and_another_takes_over_from_a_dead_one(
    tmp_path: Path, server: Server
) -> None:
    async with TelegramEmulator().running() as emulator:
        with server.database() as url, ExitStack() as all_of_them:
            settings = telegram(emulator, tmp_path) | {"OCOP_DATABASE_URL": url}

            def begin(role: str, name: str) -> Role:
                return all_of_them.enter_context(Role(role, settings, tmp_path / name))

            listening, reminding = begin("listen", "listen"), begin("remind", "remind")
            first = begin("deliver", "first")
            lan = emulator.person("Lan")
            await listening.says("telegram: polling @tro_ly_bot")
            await reminding.says("remind")
            await first.says("delivering")
            lan.says("chào em")
            await answered(lan, 1)
            second = begin("deliver", "second")
            await second.says("deliver")
            assert "delivering" not in second.said

            first.ends(signal.SIGKILL)
            lan.says("1")
            await answered(lan, 2)
            assert "delivering" in second.said

            for one in (listening, second, reminding):
                assert await asyncio.to_thread(one.ends, signal.SIGINT) == 0


class Role(Born):
    """One role by itself, in a process that begins at once, and what it has said."""

    def __init__(self, role: str, settings: dict[str, str], log: Path) -> None:
        log.touch()
        self._log = log
        super().__init__((role,), settings, log)

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    async def says(self, words: str) -> None:
        """Wait until it has said that."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.said:
                assert self.lives, self.said
                await asyncio.sleep(0.05)


def refused(role: str, folder: Path, settings: dict[str, str]) -> tuple[int | None, list[str]]:
    """How it ends that cannot begin with these settings: its exit code, and what it says."""
    log = folder / "said"
    log.touch()
    with Born((role,), FREE | {"OCOP_DATA": str(folder)} | settings, log) as bot:
        return bot.ended(), log.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("role", ["listen", "deliver", "remind"])
def test_a_role_by_itself_says_that_it_needs_postgresql(role: str, tmp_path: Path) -> None:
    code, said = refused(role, tmp_path, {})

    assert code == 1
    assert any("OCOP_DATABASE_URL" in line for line in said)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("OCOP_TELEGRAM_TOKEN", {"OCOP_TELEGRAM_TOKEN": "paste-it-here"}),
        ("OCOP_TELEGRAM_SECRET", {"OCOP_TELEGRAM_TOKEN": TOKEN, "OCOP_TELEGRAM_MODE": "webhook"}),
        ("OCOP_ZALO_BOT_SECRET", {"OCOP_ZALO_BOT_TOKEN": "1:x", "OCOP_ZALO_BOT_MODE": "webhook"}),
        ("OCOP_ZALO_OA_APP_ID", {"OCOP_ZALO_OA_ID": "4"}),
        ("OCOP_TELEGRAM_MODE", {"OCOP_TELEGRAM_MODE": "carrier-pigeon"}),
    ],
)
def test_a_wrong_setting_of_a_channel_is_named_in_one_line(
    name: str, settings: dict[str, str], tmp_path: Path
) -> None:
    code, said = refused("run", tmp_path, settings)

    assert code
    assert len(said) == 1
    assert name in said[0]
