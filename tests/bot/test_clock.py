"""The demo's clock: it is turned forward only, runs on from there, and remembers."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.clock import LATEST, TurnedClock, WrongTime, in_viet_nam

START = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
APRIL = datetime(2027, 4, 12, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class Real:
    """The real time, as the test says."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def real() -> Real:
    return Real()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "clock"


def test_a_clock_that_nobody_has_turned_is_the_real_one(path: Path) -> None:
    before = clock.now()
    told = TurnedClock(path)()

    assert before <= told <= clock.now()
    assert told.tzinfo is UTC


def test_a_turned_clock_runs_on(path: Path, real: Real) -> None:
    turned = TurnedClock(path, real)

    turned.turn_to(APRIL)
    at_once = turned()
    real.now += 90 * SECOND

    assert at_once == APRIL
    assert turned() == APRIL + 90 * SECOND
    assert turned.ahead == APRIL - START


def test_a_clock_turns_only_forward(path: Path, real: Real) -> None:
    turned = TurnedClock(path, real)
    turned.turn_to(APRIL)
    real.now += SECOND

    with pytest.raises(ValueError, match="forward"):
        turned.turn_to(APRIL)
    turned.turn_to(APRIL + SECOND)  # where it stands

    assert turned() == APRIL + SECOND


def test_a_clock_is_not_turned_to_where_dates_end(path: Path, real: Real) -> None:
    turned = TurnedClock(path, real)

    turned.turn_to(LATEST)
    with pytest.raises(WrongTime, match="that far"):
        turned.turn_to(LATEST + SECOND)

    assert turned() == LATEST


def test_a_restart_keeps_the_time_that_people_turned_to(path: Path, real: Real) -> None:
    TurnedClock(path, real).turn_to(APRIL)
    real.now += timedelta(hours=8)

    again = TurnedClock(path, real)

    assert again() == APRIL + timedelta(hours=8)
    assert [file.name for file in path.parent.iterdir()] == ["clock"]


@pytest.mark.parametrize(
    "broken", ["", "soon", "nan", "inf", "-inf", "-1", "1e300", "9e9", "\u0661\u0662", "1\x00"]
)
def test_a_broken_file_is_as_good_as_none(path: Path, real: Real, broken: str) -> None:
    path.parent.mkdir()
    path.write_text(broken)

    turned = TurnedClock(path, real)
    now = turned()
    turned.turn_to(APRIL)

    assert now == START
    assert TurnedClock(path, real)() == APRIL


def test_a_turning_that_cannot_be_kept_is_none(path: Path, real: Real) -> None:
    turned = TurnedClock(path, real)
    path.mkdir(parents=True)

    with pytest.raises(OSError, match="clock"):
        turned.turn_to(APRIL)

    assert turned() == START


def test_many_who_turn_at_once_never_turn_it_back(path: Path, real: Real) -> None:
    turned = TurnedClock(path, real)
    seen: list[datetime] = []
    ready = threading.Barrier(4)

    def turn(offset: int) -> None:
        ready.wait()
        for step in range(20):
            try:
                turned.turn_to(START + timedelta(hours=4 * step + offset))
            except WrongTime:
                continue
            seen.append(turned())

    threads = [threading.Thread(target=turn, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert turned() == max(seen) == START + timedelta(hours=4 * 19 + 3)
    assert TurnedClock(path, real)() == turned()


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2027-04-12T08:00", APRIL),
        ("2027-04-12 08:00:00", APRIL),
        ("2027-04-12T01:00:00Z", APRIL),
        ("2027-04-12T03:00+02:00", APRIL),
        ("2027-04-12", datetime(2027, 4, 11, 17, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_viet_nams(written: str, at: datetime) -> None:
    assert in_viet_nam(written) == at


@pytest.mark.parametrize(
    "written", ["", "12/4/2027", "2027-13-01", "0001-01-01", "9999-12-31T23:00-12:00", "\x00"]
)
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(WrongTime):
        in_viet_nam(written)


def test_a_month_is_viet_nams() -> None:
    assert clock.month(datetime(2026, 11, 30, 17, 0, tzinfo=UTC)) == "2026-12"
