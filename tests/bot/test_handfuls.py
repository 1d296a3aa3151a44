"""The clock's long work yields to people who talk, and ends behind the handful that it is at."""

from threading import Event

import pytest

from bot.handfuls import BREATH, LONGEST, YIELDING, Pace
from bot.reminding import PLANNED
from storage import dossiers
from storage.database import Database
from tests.bot.reminding_rig import Village


class Waits(Event):
    """An end that never comes, and notes how long it was waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.all.append(timeout or 0.0)
        return False


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock shows, in seconds."""
    shown = [0.0]
    monkeypatch.setattr("bot.handfuls.time.monotonic", lambda: shown[0])
    return shown


def _worked(hour: list[float], took: float, *, talking: bool) -> list[float]:
    """How long it waited behind each of three handfuls that took so long."""
    waits = Waits()
    for _ in Pace(lambda: talking, waits).through(range(3)):
        hour[0] += took
    return waits.all


def test_nobody_talks_and_it_only_breathes(hour: list[float]) -> None:
    assert _worked(hour, 0.25, talking=False) == [BREATH] * 3


def test_while_people_talk_it_waits_longer_than_it_worked(hour: list[float]) -> None:
    assert _worked(hour, 0.25, talking=True) == [0.25 * YIELDING] * 3


def test_a_long_handful_is_not_followed_by_an_endless_wait(hour: list[float]) -> None:
    assert _worked(hour, 60.0, talking=True) == [LONGEST] * 3


def test_what_was_told_to_end_does_no_further_handful() -> None:
    pace, done = Pace(), list[int]()
    for each in pace.through(range(9)):
        done.append(each)
        if each == 2:
            pace.end()

    assert done == [0, 1, 2]
    assert pace.has_ended
    assert not pace.finish(iter([1]))


def test_a_clock_that_is_stopped_leaves_the_rest_to_the_next_start(database: Database) -> None:
    village = Village(database)
    for person in range(1, PLANNED + 3):
        village.dossier(person)
    with database.transaction() as tx:
        dossiers.plan_anew(tx)

    village.reminding.pace.end()
    village.tick()
    left, told = _unplanned(database), village.deliver()
    village.reminding = village.another(database)
    village.tick()

    assert (left, told) == (2, [])
    assert _unplanned(database) == 0


def _unplanned(database: Database) -> int:
    with database.transaction() as tx:
        return len(dossiers.unplanned(tx, 99))
