"""Polling: what Telegram may forget, what it must tell again, and who else may not poll."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import structlog
from starlette.responses import JSONResponse

from bot import clock
from bot.channels.telegram.line import Line
from bot.channels.telegram.live import Telegram
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.updates import KINDS
from conversations.events import Event, Strange
from tests.channels.doubles import ListDoor
from tests.channels.telegram_rig import HOLD, Notes, TelegramRig, opened
from tests.emulators.telegram import TOKEN, Trouble, page, refused
from tests.emulators.telegram_calls import Call


@pytest.fixture
async def rig(door: ListDoor) -> AsyncIterator[TelegramRig]:
    async with opened("polling", door) as made:
        yield made


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - both sides run in this very loop
            await asyncio.sleep(0.002)


def another(rig: TelegramRig, door: ListDoor, **more: Any) -> Telegram:
    """A second process with the same token."""
    line = Line(TOKEN, rig.emulator.served.address)
    notes = Notes()
    receiver = Receiver(line.bot, door, notes, notes, clock.now)
    return Telegram(line, receiver, {}, **{"breath": 0.02, "hold": HOLD} | more)


async def test_the_offset_never_passes_what_is_not_safe(rig: TelegramRig, door: ListDoor) -> None:
    """Whatever is below the offset is gone for ever, so all of it must have been committed."""
    early: list[int] = []

    def look(call: Call) -> None:
        if call.name == "getUpdates" and (offset := call.given.get("offset")):
            told = {raw["update_id"] for raw in rig.emulator.updates.told}
            safe = {int(event.key) for event in door.heard}
            early.extend(number for number in told - safe if number < offset)

    rig.emulator.asked = look
    for number in range(40):
        rig.lan.says(f"câu {number}")
        if number % 7 == 0:
            door.breaks += 1
            await rig.told()
    await until(lambda: not rig.waiting())

    assert early == []
    assert {text for text in door.texts() if text} == {f"câu {number}" for number in range(40)}
    assert door.failures == 6


async def test_who_dies_while_hearing_is_told_again(rig: TelegramRig, door: ListDoor) -> None:
    door.shut()
    rig.lan.says("một")
    await door.knocked()
    heard = ListDoor()
    other = another(rig, heard)

    await rig.stop()
    running = asyncio.create_task(other.run())
    await until(lambda: heard.heard)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await other.close()

    assert door.heard == []
    assert heard.texts() == ["một"]


async def test_more_than_one_batch_is_heard_in_order(rig: TelegramRig, door: ListDoor) -> None:
    for number in range(230):
        rig.lan.says(f"{number}")

    await rig.told()

    assert door.texts() == [f"{number}" for number in range(230)]


async def test_telegram_is_asked_to_hold_and_for_what_we_understand(rig: TelegramRig) -> None:
    rig.lan.says("một")
    await rig.told()

    asked = rig.emulator.given("getUpdates")[-1]
    assert asked["timeout"] == HOLD
    assert asked["allowed_updates"] == list(KINDS)


async def test_an_update_of_a_newer_kind_is_passed_over(rig: TelegramRig, door: ListDoor) -> None:
    rig.emulator.updates.tell_again([{"update_id": 699_999_999, "telepathy": {"thought": "gạo"}}])
    rig.lan.says("một")

    await rig.told()

    assert door.texts() == ["một"]
    assert rig.waiting() == 0


async def test_an_update_without_a_number_stops_nothing_and_makes_no_storm(
    rig: TelegramRig, door: ListDoor
) -> None:
    numberless = JSONResponse({"ok": True, "result": [{"telepathy": {}}]})
    rig.emulator.troubles += [Trouble("getUpdates", does=False, answer=numberless)] * 90
    await asyncio.sleep(0.4)
    left = len(rig.emulator.troubles)
    rig.emulator.troubles.clear()
    rig.lan.says("một")

    await rig.told()

    assert set(door.texts()) == {"một"}
    assert left > 80


@pytest.mark.parametrize(
    "answer",
    [
        refused(500, "Internal Server Error"),
        refused(502, "Bad Gateway"),
        refused(429, "Too Many Requests: retry after 1", retry_after=0),
        page(502),
        page(200),
        page(302),
    ],
)
async def test_trouble_at_the_service_is_said_once_and_outlived(
    rig: TelegramRig, door: ListDoor, answer: Any
) -> None:
    await until(lambda: rig.emulator.given("getUpdates"))
    with structlog.testing.capture_logs() as logged:
        rig.emulator.troubles += [Trouble("getUpdates", does=False, answer=answer)] * 3
        rig.lan.says("một")
        await until(lambda: not rig.emulator.troubles)
        rig.lan.says("hai")
        await rig.told()

    assert set(door.texts()) == {"một", "hai"}
    assert len([entry for entry in logged if entry["log_level"] == "error"]) == 1


async def test_a_connection_cut_after_the_answer_was_made_loses_nothing(
    rig: TelegramRig, door: ListDoor
) -> None:
    rig.emulator.troubles.append(Trouble("getUpdates", cut=True))
    rig.lan.says("một")
    rig.lan.says("hai")

    await rig.told()

    assert set(door.texts()) == {"một", "hai"}


async def test_two_who_poll_hear_it_said_once_and_go_on(rig: TelegramRig, door: ListDoor) -> None:
    other = another(rig, door)
    with structlog.testing.capture_logs() as logged:
        running = asyncio.create_task(other.run())
        await until(lambda: any(entry["event"] == "telegram_polled_twice" for entry in logged))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await other.close()
        rig.lan.says("một")
        await rig.told()

    twice = [entry for entry in logged if entry["event"] == "telegram_polled_twice"]
    assert set(door.texts()) == {"một"}
    assert len(twice) <= 2
    assert all("only one bot instance" in entry["why"] for entry in twice)


async def test_a_webhook_that_somebody_set_is_named_and_not_fought(
    rig: TelegramRig, door: ListDoor
) -> None:
    updates = rig.emulator.updates
    await until(lambda: rig.emulator.given("getUpdates"))
    with structlog.testing.capture_logs() as logged:
        updates.webhook = "https://elsewhere.example/"
        updates.tell_again([])
        rig.emulator.served.cut(None)
        await until(lambda: any(entry["event"] == "telegram_polled_twice" for entry in logged))
        kept = updates.webhook
        updates.webhook = ""
        rig.lan.says("một")
        await rig.told()

    assert kept == "https://elsewhere.example/"
    assert set(door.texts()) == {"một"}
    assert [entry for entry in logged if "webhook is active" in str(entry.get("why"))]


async def test_a_token_that_was_revoked_is_said_once_and_not_hammered(rig: TelegramRig) -> None:
    await until(lambda: rig.emulator.given("getUpdates"))
    with structlog.testing.capture_logs() as logged:
        revoked = Trouble("getUpdates", does=False, answer=refused(401, "Unauthorized"))
        rig.emulator.troubles += [revoked] * 9
        rig.emulator.served.cut(None)
        await asyncio.sleep(0.3)

    said = [entry for entry in logged if entry["event"] == "telegram_token_refused"]
    assert len(said) == 1
    assert "OCOP_TELEGRAM_TOKEN" in said[0]["why"]
    assert len(rig.emulator.troubles) == 8


async def test_only_who_has_the_lease_polls(rig: TelegramRig, door: ListDoor) -> None:
    async def elsewhere(_name: str) -> bool:
        return False

    await polled_with(rig, door, elsewhere, lambda: True)

    assert "getUpdates" not in [call.name for call in rig.emulator.calls[-2:]]


async def test_a_lease_that_breaks_does_not_end_the_polling(
    rig: TelegramRig, door: ListDoor
) -> None:
    asked: list[str] = []

    async def breaks(name: str) -> bool:
        asked.append(name)
        raise OSError("no database")

    await polled_with(rig, door, breaks, lambda: len(asked) > 2)

    assert set(asked) == {"telegram:7000000001"}


async def polled_with(
    rig: TelegramRig,
    door: ListDoor,
    lease: Callable[[str], Awaitable[bool]],
    holds: Callable[[], bool],
) -> None:
    """Let another process alone poll with that lease until it holds."""
    await rig.stop()
    other = another(rig, door, lease=lease)
    running = asyncio.create_task(other.run())
    await until(lambda: other.state.startswith("polling") and holds())
    await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await other.close()


async def test_what_is_no_text_is_heard_in_its_place(rig: TelegramRig, door: ListDoor) -> None:
    rig.lan.says("một")
    rig.lan.sends_sticker()
    rig.lan.says("hai")

    await rig.told()

    assert [type(event) for event in door.heard] == [Event] * 3
    assert door.heard[1].content == Strange("sticker")
