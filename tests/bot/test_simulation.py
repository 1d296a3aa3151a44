"""Simulated seasons: every promise holds; and where one is broken on purpose the figures say so."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import telling
from bot.simulation import audit, run
from bot.simulation.weather import Span
from bot.simulation.year import Year
from bot.telling import Telling
from programme import quiet
from programme.quiet import VIETNAM
from storage import outbox, planner, reminders
from storage.database import Database
from tests.conftest import QUICK

TET = (datetime(2027, 1, 25, 6, tzinfo=VIETNAM), datetime(2027, 2, 20, 12, tzinfo=VIETNAM))
SPRING = (datetime(2027, 3, 22, 6, tzinfo=VIETNAM), datetime(2027, 4, 16, 12, tzinfo=VIETNAM))
DOSSIERS, FEW, OUTAGES = 30, 10, 4
MONTH = timedelta(days=30)


@contextmanager
def new(migrated: Path) -> Iterator[Database]:
    with tempfile.TemporaryDirectory(dir=QUICK) as folder:
        path = shutil.copy(migrated, Path(folder) / "season.db")
        with closing(Database(f"sqlite:///{path}")) as database:
            yield database


def season(
    migrated: Path, seed: int = 1, span: Span = SPRING, dossiers: int = FEW
) -> dict[str, Any]:
    with new(migrated) as database:
        return run.lived(database, span, dossiers, seed, OUTAGES)


# -- every promise holds ---------------------------------------------------------------------------


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000))
def test_in_any_spring_every_promise_holds_and_the_counts_add_up(
    migrated_file: Path, seed: int
) -> None:
    found = season(migrated_file, seed, dossiers=DOSSIERS)

    assert audit.sound(found), found
    ended = ("delivered", "superseded_on_record", "lost")
    dropped = found["dropped_as_an_outage_took_all_their_time"]
    assert sum(found[name] for name in ended) + dropped == found["firings_due"]
    assert found["firings_due"] <= found["firings_planned"]
    assert found["expected_by_the_calendar"] > 0
    assert 0 < found["letters"] <= found["delivered"]
    assert found["dossiers"] == DOSSIERS + found["late_registrants"]


def test_the_same_seed_is_the_same_season(migrated_file: Path) -> None:
    assert season(migrated_file, 7, TET) == season(migrated_file, 7, TET)


def test_over_tet_nobody_is_written_to(migrated_file: Path) -> None:
    found = season(migrated_file, 3, TET)

    assert audit.sound(found), found
    assert found["letters"] > 0


# -- and is told where it is broken ----------------------------------------------------------------


def broken(migrated: Path, figure: str) -> None:
    found = season(migrated)

    assert found[figure] > 0, found
    assert not audit.sound(found)


def test_a_night_that_is_not_kept_is_seen(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit itself keeps it."""

    def awake(whole: Year, tx: Any) -> dict[str, Any]:
        monkeypatch.undo()
        return audit.figures(whole, tx)

    monkeypatch.setattr(quiet, "is_quiet", lambda _at: False)
    monkeypatch.setattr(telling, "_evening", lambda now: now + MONTH)
    monkeypatch.setattr(run, "figures", awake)

    broken(migrated_file, "letters_in_quiet_hours_or_tet")


def test_telling_every_firing_and_not_the_newest_is_seen(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Telling, "_newest", lambda _self, mine: iter(mine))

    broken(migrated_file, "delivered_twice")


def test_letters_sent_twice_are_seen(migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Year._perhaps_answers

    def twice(self: Year, *about: Any) -> None:
        self.sent.append(self.sent[-1])
        real(self, *about)

    monkeypatch.setattr(Year, "_perhaps_answers", twice)

    broken(migrated_file, "delivered_twice")


def test_two_letters_a_day_are_seen(migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Telling, "_not_today", lambda _self, due: list(due))

    broken(migrated_file, "people_with_two_letters_a_day")


def test_what_is_never_planned_is_seen(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = planner.dossiers
    calls = iter(range(10_000))

    def forgetful(tx: Any, ids: Any, *rest: Any) -> None:
        if next(calls) % 2:
            real(tx, ids[: len(ids) // 2], *rest)

    monkeypatch.setattr(planner, "dossiers", forgetful)

    broken(migrated_file, "expected_but_never_planned")


def test_firings_that_get_lost_are_seen(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reminders.settle

    def lossy(tx: Any, settled: Any, now: Any) -> None:
        real(tx, [each._replace(status="stale", letter=None) for each in settled], now)

    monkeypatch.setattr(reminders, "settle", lossy)

    broken(migrated_file, "lost")


def test_letters_that_come_too_late_are_seen(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is dropped in the evening, and nothing is taken back to be told anew."""
    monkeypatch.setattr(telling, "_evening", lambda now: now + MONTH)
    monkeypatch.setattr(outbox, "unsent", lambda *_: [])

    found = season(migrated_file)

    assert (
        found["delivered_after_use_by"] + found["most_catch_up_letters_to_one_after_an_outage"] > 1
    )
    assert not audit.sound(found)
