"""Polling: never too fast, never two at once, never past what is not safe yet."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Self

import pytest
from structlog.testing import capture_logs

from bot import clock
from bot.channels.calling import Caller
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.poll import LONGEST, Poller, pause
from bot.channels.zalo.receive import Receiver
from tests.channels.doubles import ListDoor
from tests.channels.zalo_rig import Fetching, until
from tests.emulators.faults import PAGE, Fault
from tests.emulators.zalo import Knobs, ZaloEmulator, started
from tests.emulators.zalo_people import User


@dataclass
class Polling:
    """A poller at work."""

    service: ZaloEmulator
    door: ListDoor
    breath: float = 0.01
    mine: bool = True
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lan: User = self.service.user("Chị Lan")

    async def lease(self, name: str) -> bool:
        self.asked.append(name)
        return self.mine

    async def __aenter__(self) -> Self:
        self.caller = Caller()
        bot = self.lan.bot
        client = ZaloClient(bot.token, self.caller, self.service.base)
        receiver = Receiver(self.door, Fetching(None), clock.now)  # type: ignore[arg-type]  # no files
        poller = Poller(client, receiver, bot.id, self.lease, self.breath)
        self.running = asyncio.create_task(poller.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)
        await self.caller.close()


@pytest.mark.parametrize("knobs", [Knobs(), Knobs(listed=True), Knobs(idle_status=408)])
async def test_what_is_said_while_a_poll_waits_is_heard_at_once(
    door: ListDoor, knobs: Knobs
) -> None:
    async with started(knobs) as service, Polling(service, door) as polling:
        await until(lambda: bool(service.polled))
        began = time.monotonic()

        polling.lan.says("chào")
        await until(lambda: bool(door.heard))

    assert time.monotonic() - began < 0.5


async def test_what_is_handed_out_again_and_again_is_asked_for_with_a_breath_between(
    door: ListDoor,
) -> None:
    """One report tells of a dozen requests a second; ours come once a breath."""
    async with started(Knobs(replay=True)) as service, Polling(service, door, 0.1) as polling:
        polling.lan.says("chào")
        await until(lambda: len(service.polled) > 4)

    gaps = [b - a for a, b in zip(service.polled[1:], service.polled[2:], strict=False)]
    assert min(gaps) >= 0.095
    assert {event.key for event in door.heard} == {door.heard[0].key}


async def test_a_replay_holds_nothing_back(door: ListDoor) -> None:
    async with started(Knobs(replay=True)) as service, Polling(service, door) as polling:
        for number in range(5):
            polling.lan.says(f"câu {number}")
        await until(lambda: len(set(door.texts())) == 5)

    assert sorted(set(door.texts())) == [f"câu {number}" for number in range(5)]


async def test_what_cannot_be_kept_is_not_let_go_of(door: ListDoor) -> None:
    """The service may hand an update out once only, so it is ours until it is safe."""
    door.breaks = 1
    async with started() as service, Polling(service, door) as polling:
        polling.lan.says("một")
        polling.lan.says("hai")
        await until(lambda: len(door.heard) == 2)

    assert door.texts() == ["một", "hai"]
    assert door.failures == 1


async def test_what_was_brought_long_ago_is_forgotten(
    door: ListDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only whether something is new is remembered; that nothing counts twice is the inbox's."""
    monkeypatch.setattr("bot.channels.zalo.poll.REMEMBERED", 2)
    async with started(Knobs(listed=True)) as service:
        polling = Polling(service, door)
        for number in range(5):
            polling.lan.says(f"câu {number}")
        async with polling:
            await until(lambda: len(door.heard) == 5)
            service.tell(polling.lan.bot, polling.lan.bot.told[0])
            await until(lambda: len(door.heard) == 6)

    assert door.heard[5].key == door.heard[0].key


async def test_a_webhook_that_cannot_be_taken_away_is_said(door: ListDoor) -> None:
    with capture_logs() as logged:
        async with started() as service:
            polling = Polling(service, door)
            polling.lan.bot.hook = ("https://old.vn", "bi-mat-cu")
            service.faults.add(Fault("deleteWebhook", error=(500, "no")))
            polling.lan.says("một")
            async with polling:
                await until(lambda: bool(door.heard))

    assert [line["event"] for line in logged] == ["zalo_poll_failed", "zalo_webhook_stays"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getUpdates", error=(500, "Internal Server Error")),
        Fault("getUpdates", error=(429, "Too Many Requests")),
        Fault("getUpdates", error=(403, "Internal server error")),
        Fault("getUpdates", status=502, body=PAGE),
        Fault("getUpdates", status=200, body=PAGE),
        Fault("getUpdates", drop=True),
    ],
)
async def test_after_trouble_polling_goes_on_and_the_trouble_is_told_once(
    door: ListDoor, fault: Fault
) -> None:
    with capture_logs() as logged:
        async with started() as service:
            service.faults.add(fault, fault)
            async with Polling(service, door) as polling:
                polling.lan.says("một")
                await until(lambda: bool(door.heard))

    assert door.texts() == ["một"]
    assert [line["event"] for line in logged] == ["zalo_poll_failed"]
    assert polling.lan.bot.token not in str(logged)


async def test_a_webhook_that_somebody_has_set_is_taken_away(door: ListDoor) -> None:
    async with started() as service:
        polling = Polling(service, door)
        polling.lan.bot.hook = ("https://old.vn", "bi-mat-cu")
        polling.lan.says("một")
        async with polling:
            await until(lambda: bool(door.heard))

    assert polling.lan.bot.hook is None


async def test_only_who_holds_the_lease_polls(
    door: ListDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.zalo.poll.ELSEWHERE", 0.01)
    async with started() as service:
        polling = Polling(service, door, mine=False)
        polling.lan.says("một")
        async with polling:
            await until(lambda: len(polling.asked) > 3)
            before = list(service.polled)
            polling.mine = True
            await until(lambda: bool(door.heard))

    assert before == []
    assert set(polling.asked) == {f"zalo:{polling.lan.bot.id}"}


def test_pauses_grow_to_half_a_minute_and_no_two_are_alike() -> None:
    pauses = [pause(failures, 1.0) for failures in range(50)]

    assert 0.5 <= pauses[0] <= 1
    assert all(LONGEST / 2 <= long <= LONGEST for long in pauses[5:])
    assert len(set(pauses)) == 50
