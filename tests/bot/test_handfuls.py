"""The clock's long work yields to people who talk, and ends behind the handful that it is at."""

import time
from threading import Event

from bot.handfuls import BREATH, LONGEST, YIELDING, Pace
from bot.reminding import PLANNED
from storage import dossiers
from storage.database import Database
from tests.bot.reminding_rig import Village

HANDFUL = 0.02  # seconds that one takes at least


class Waits(Event):
    """An end that never comes, and notes how long it was waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.all.append(timeout or 0.0)
        return False


def _worked(*, talking: bool, took: float = HANDFUL) -> list[float]:
    waits = Waits()
    pace = Pace(lambda: talking, waits)
    for _ in pace.through(range(3)):
        time.sleep(took)
    return waits.all


def test_nobody_talks_and_it_only_breathes() -> None:
    assert _worked(talking=False) == [BREATH] * 3


def test_while_people_talk_it_waits_longer_than_it_worked() -> None:
    assert all(HANDFUL * YIELDING <= wait <= LONGEST for wait in _worked(talking=True))


def test_a_long_handful_is_not_followed_by_an_endless_wait() -> None:
    assert _worked(talking=True, took=LONGEST / YIELDING * 1.1) == [LONGEST] * 3


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
