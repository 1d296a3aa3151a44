"""Turning a demo's clock: all that is due on the way happens, each thing at its own time."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import LATEST, TurnedClock, WrongTime
from bot.turning import PATIENCE, STRIDE, Busy, Settling, Turned, Turner

START = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Office:
    """What is due, and what has happened at which time: ``told`` when, ``done`` in which order."""

    path: Path
    due: list[datetime] = field(default_factory=list)
    now: datetime = START  # the real time
    stuck: tuple[datetime, ...] = ()  # what no tick can do
    slowness: timedelta = timedelta()  # that passes at each tick
    told: list[tuple[datetime, datetime]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    watched: float = 0.0
    clock: TurnedClock = field(init=False)
    turner: Turner = field(init=False)

    def __post_init__(self) -> None:
        self.clock = TurnedClock(self.path, lambda: self.now)
        self.turner = Turner(
            clock=self.clock,
            next_due=lambda _at: min(self.undone(), default=None),
            tick=self.tick,
            settle=self.settle,
            is_quiet=lambda _at: False,
            watch=lambda: self.watched,
        )

    def undone(self) -> list[datetime]:
        known = {due for due, _ in self.told}
        return sorted(due for due in self.due if due not in known)

    def tick(self) -> None:
        now = self.clock()
        self.told += [(due, now) for due in self.undone() if due <= now and due not in self.stuck]
        self.now += self.slowness
        self.done.append("tick")

    async def settle(self) -> None:
        self.done.append("settle")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "clock")


async def test_each_thing_on_the_way_happens_at_its_own_time(office: Office) -> None:
    office.due = [START + 3 * DAY, START + DAY, START + 8 * DAY, START + 7 * DAY]

    turned = await office.turner.turn(START + 7 * DAY)

    times = [START + DAY, START + 3 * DAY, START + 7 * DAY]
    assert office.told == [(at, at) for at in times]
    assert turned == Turned(events=3)
    assert office.clock() == START + 7 * DAY


async def test_letters_have_arrived_before_time_goes_on(office: Office) -> None:
    office.due = [START + HOUR, START + 2 * HOUR]

    await office.turner.turn(START + DAY)

    assert office.done == ["tick", "settle"] * 4  # at the start, at both, and at the end


async def test_what_is_due_already_happens_before_the_clock_is_turned(office: Office) -> None:
    office.due = [START - HOUR]

    turned = await office.turner.turn(START + DAY)

    assert office.told == [(START - HOUR, START)]
    assert turned.events == 0


async def test_what_comes_due_meanwhile_waits_for_nothing_else(office: Office) -> None:
    """While one thing is worked off time runs on, past another that must not wait for tomorrow."""
    office.slowness = timedelta(seconds=1)
    close = START + HOUR + timedelta(milliseconds=1)
    office.due = [START + HOUR, close, START + DAY]

    turned = await office.turner.turn(START + 2 * DAY)

    late = {due: at - due for due, at in office.told}
    assert list(late) == office.due
    assert max(late.values()) < timedelta(seconds=2)
    assert turned.events == 3


async def test_a_turning_with_nothing_on_the_way_only_turns(office: Office) -> None:
    turned = await office.turner.turn(START + 30 * DAY)

    assert turned == Turned(events=0)
    assert office.clock() == START + 30 * DAY


async def test_it_turns_to_the_next_thing_and_no_further(office: Office) -> None:
    office.due = [START + 2 * DAY, START + DAY]

    first = await office.turner.turn_to_next()
    then = office.clock()
    second = await office.turner.turn_to_next()
    third = await office.turner.turn_to_next()

    assert [first, second, third] == [Turned(1), Turned(1), Turned(0)]
    assert (then, office.clock()) == (START + DAY, START + 2 * DAY)


@pytest.mark.parametrize("to", [START - HOUR, LATEST + HOUR])
async def test_it_does_not_turn_where_a_clock_cannot_go(office: Office, to: datetime) -> None:
    with pytest.raises(WrongTime):
        await office.turner.turn(to)

    assert office.clock() == START
    assert office.done == []


async def test_what_a_tick_cannot_do_does_not_stop_the_time(office: Office) -> None:
    office.due = [START + DAY, START + 2 * DAY]
    office.stuck = (START + DAY,)

    turned = await office.turner.turn(START + 3 * DAY)
    next_one = await office.turner.turn_to_next()

    assert office.told == [(START + 2 * DAY, START + 2 * DAY)]
    assert turned.until is None
    assert next_one == Turned(1)
    assert office.clock() == START + 3 * DAY + STRIDE


async def test_too_much_for_once_is_done_in_pieces(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turning.MOST_STOPS", 30)
    office.due = [START + n * HOUR for n in range(1, 41)]

    first = await office.turner.turn(START + 7 * DAY)
    stood = office.clock()
    second = await office.turner.turn(START + 7 * DAY)

    assert first == Turned(30, until=START + 7 * DAY)
    assert stood == office.due[29]
    assert second == Turned(10)
    assert [at for _, at in office.told] == office.due


async def test_what_takes_long_is_done_in_pieces(office: Office) -> None:
    office.due = [START + n * DAY for n in range(1, 8)]
    told = office.turner.settle

    async def slowly() -> None:
        office.watched += PATIENCE / 3
        await told()

    office.turner.settle = slowly

    turned = await office.turner.turn(START + 30 * DAY)

    assert turned == Turned(2, until=START + 30 * DAY)
    assert office.clock() == START + 2 * DAY


async def test_only_one_turns_at_a_time(office: Office) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def waits() -> None:
        begun.set()
        await go_on.wait()

    office.turner.settle = waits
    first = asyncio.create_task(office.turner.turn(START + DAY))
    await begun.wait()
    with pytest.raises(Busy):
        await office.turner.turn(START + HOUR)
    with pytest.raises(Busy):
        await office.turner.turn_to_next()
    go_on.set()

    assert await first == Turned(0)
    assert await office.turner.turn_to_next() == Turned(0)


async def test_a_broken_tick_does_not_leave_the_clock_stuck(office: Office) -> None:
    def breaks() -> None:
        raise ConnectionError

    office.turner.tick = breaks
    with pytest.raises(ConnectionError):
        await office.turner.turn(START + DAY)
    office.turner.tick = office.tick

    assert await office.turner.turn(START + DAY) == Turned(0)


async def test_settling_waits_for_each_letter_of_the_tick() -> None:
    looks = [True, True, False]
    heard: list[int] = []

    async def hear() -> None:
        heard.append(len(looks))

    await Settling(hear, lambda: looks.pop(0))()

    assert looks == []
    assert len(heard) == 3


async def test_settling_gives_up_on_what_never_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turning.SETTLES", 0.05)

    async def hear() -> None:
        return

    async with asyncio.timeout(10):
        await Settling(hear, lambda: True)()
