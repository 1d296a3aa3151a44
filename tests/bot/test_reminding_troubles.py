"""What breaks is left out; the others are planned, told and looked over all the same."""

import sqlite3
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text

from bot.reminding import Reminding
from programme.calendar import Milestone
from storage import (
    certificates,
    dossiers,
    milestones,
    outbox,
    papers,
    planner,
    reminders,
    sessions,
)
from storage.database import Database
from storage.outbox import Lease
from tests.bot.reminding_rig import Village, at
from tests.storage.people import NOW, met


@pytest.fixture
def village(database: Database) -> Village:
    return Village(database)


def _touch(village: Village, *some: int) -> None:
    with village.database.transaction() as tx:
        for each in some:
            dossiers.touch(tx, village.now, each)


def _unplanned(village: Village) -> bool:
    with village.database.reading() as tx:
        return dossiers.any_unplanned(tx)


def test_a_dossier_that_cannot_be_looked_at_keeps_nobody_else_from_being_planned(
    village: Village,
) -> None:
    broken, whole = village.dossier(1), village.dossier(2)
    with village.database.transaction() as tx:
        dossiers.change(tx, broken, rules="none")
    _touch(village, broken, whole)

    village.tick()

    assert not _unplanned(village)
    with village.database.reading() as tx:
        one, other = dossiers.by_ids(tx, [broken, whole])
    assert (one["next_paper"], bool(other["next_paper"])) == (None, True)


def test_a_session_that_cannot_be_read_keeps_nobody_from_being_reminded(village: Village) -> None:
    village.dossier(1)
    with village.database.transaction() as tx:
        sessions.save(tx, [sessions.Saved(met(tx, 2), '{"runs": 3}', 0, None, None)], village.now)

    assert [person for person, _ in village.morning("03/12")] == [1]


def test_what_the_database_could_not_do_just_then_is_told_by_a_later_tick(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.dossier(1)
    village.tick()
    post = outbox.post

    def busy(*_: object) -> None:
        raise village.database.engine.dialect.loaded_dbapi.OperationalError

    monkeypatch.setattr(outbox, "post", busy)
    assert village.morning("03/12") == []
    monkeypatch.setattr(outbox, "post", post)

    village.tick(at("03/12", "08:01"))
    assert [person for person, _ in village.deliver()] == [1]


def test_a_deed_of_the_same_moment_is_planned_for_next(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite whoever writes is alone anyway."""
    if village.database.is_sqlite:
        return
    one = village.dossier(1)
    _touch(village, one)
    planned = dossiers.planned
    waited: list[str] = []

    def meanwhile(tx: Any, *rest: Any) -> None:
        with pytest.raises(Exception, match="lock timeout"), village.database.transaction() as deed:  # noqa: PT012
            deed.execute(text("SET LOCAL lock_timeout = '200ms'"))
            about = {"producer_id": 1, "person_id": 1, "paper": "test_report"}
            papers.give(deed, about, (), NOW)
        waited.append("the deed")
        planned(tx, *rest)

    monkeypatch.setattr(dossiers, "planned", meanwhile)
    village.tick()

    assert waited == ["the deed"]


def test_a_tick_waits_for_no_session_that_is_being_talked_in(village: Village) -> None:
    """Else it would wait for a talk that waits for its reminders."""
    if village.database.is_sqlite:
        return
    village.dossier(1)
    village.tick()
    with village.database.transaction() as tx:
        sessions.save(tx, [sessions.Saved(1, "{}", 0, None, None)], village.now)
    with village.database.transaction() as talk:
        sessions.load(talk, [1])

        assert [person for person, _ in village.morning("03/12")] == [1]


def test_whoever_has_begun_the_renewal_is_not_asked_for_it(village: Village) -> None:
    made = village.dossier(1)
    values: dict[str, Any] = {"producer_id": 1, "dossier_id": made, "name": "Gạo", "star": 3}
    days = {"issued": date(2024, 4, 9), "expires": date(2027, 4, 9)}
    window = {"refile_from": date(2026, 10, 11), "refile_by": date(2026, 12, 12)}
    with village.database.transaction() as tx:
        reminders.end(tx, reminders.SILENT, village.now)
        certificates.keep(tx, values | days | window | {"product_set": 3}, village.now)
    village.tick(at("05/12", "06:00"))
    with village.database.transaction() as tx:
        certificates.renew(tx, made, village.now)

    village.tick(at("05/12"))

    with village.database.reading() as tx:
        told = {row["status"] for row in reminders.everyone(tx) if row["kind"] == "window"}
    assert told <= {reminders.SILENT, reminders.PLANNED}


def test_so_many_offices_may_set_a_day_as_there_are(village: Village) -> None:
    made = village.dossier(1)
    with village.database.transaction() as tx:
        for area in range(600):
            day = Milestone("tinh-1-2027", "training", f"9{area:04}", date(2027, 3, 1))
            milestones.move(tx, day, None, NOW)
        planner.dossiers(tx, [made], milestones.standing(tx), NOW)

        assert not reminders.any_planned(tx, "training")


@pytest.mark.parametrize(
    ("trouble", "passes"),
    [(sqlite3.OperationalError("database is locked"), True), (KeyError("paper"), False)],
)
def test_the_database_is_to_blame_for_its_own_troubles_alone(
    trouble: Exception, *, passes: bool
) -> None:
    assert Database("sqlite://").is_passing(trouble) is passes


def test_a_letter_in_a_dead_senders_hands_is_given_up_the_next_day(village: Village) -> None:
    village.dossier(1)
    village.tick(at("03/12"))
    with village.database.transaction() as tx:
        lease = Lease("dead", village.now + timedelta(seconds=30))
        assert outbox.claim(tx, ["browser"], lease, village.now)

    assert village.morning("04/12") == []

    with village.database.reading() as tx:
        assert tx.execute(text("SELECT status, reason FROM outbox")).all() == [("failed", "Lost")]


def test_of_a_broken_tick_the_log_says_where_and_no_more(
    village: Village, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Event()

    def breaks(*_: object, **__: object) -> None:
        broken.set()
        raise ValueError("Vàng Thị Mẩy")

    monkeypatch.setattr(Reminding, "remind", breaks)
    another = village.another(village.database)
    another.start()
    came = broken.wait(10)
    another.stop()

    assert came
    assert "Vàng Thị Mẩy" not in caplog.text
