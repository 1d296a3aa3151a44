"""What is planned to be said follows what calls for it: days, deeds, consents and papers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from storage import (
    consents,
    dossiers,
    milestones,
    officers,
    papers,
    planner,
    producers,
    reminders,
)
from storage.database import Database
from tests.storage.people import NOW, met, producer
from tests.storage.test_dossiers import values

COMMUNE = "02869"
FILE_BY, MOVED_TO, COUNCIL = date(2027, 4, 7), date(2027, 4, 20), date(2027, 6, 15)
BEFORE = (60, 30, 14, 7, 3, 1, 0, -1)
LATER = NOW + timedelta(days=1)


def house(tx: Connection, number: int = 1, commune: str = COMMUNE) -> int:
    """A producer with one member, who agrees to everything."""
    person = met(tx, number)
    made = producer(tx, f"HTX {number}", commune_code=commune)
    producers.join(tx, person, made, "own", NOW)
    consents.give(tx, person, ("dossier", "reminders", "news"), 1, NOW)
    return made


def dossier(tx: Connection, home: int, **more: Any) -> int:
    made = dossiers.open_new(tx, values(home, 1, council=COUNCIL), NOW, 2026)
    dossiers.change(tx, made, **{"file_by": FILE_BY, **more})
    return made


def paper(tx: Connection, home: int, ends: date, product: int | None = None) -> int:
    about = {"producer_id": home, "person_id": 1, "paper": "test_report", "product": product}
    return papers.give(tx, {**about, "ends": ends}, (), NOW)


def plan(tx: Connection, ids: Sequence[int] | None = None, now: datetime = NOW) -> None:
    planner.dossiers(tx, ids, milestones.standing(tx), now)


def rows(tx: Connection, *kinds: str, status: str | None = "planned") -> list[dict[str, Any]]:
    found = sorted(reminders.everyone(tx), key=lambda row: (row["day"], row["due_at"]))
    fitting = [row for row in found if not kinds or row["kind"] in kinds]
    return [row for row in fitting if status is None or row["status"] == status]


def days(tx: Connection, *kinds: str, status: str | None = "planned") -> dict[date, list[int]]:
    """The firings of each day, by how many days before it."""
    found: dict[date, list[int]] = {}
    for row in rows(tx, *kinds, status=status):
        found.setdefault(row["day"], []).append(row["before"])
    return found


def told(tx: Connection, kind: str) -> set[tuple[int, int]]:
    """Whom something is planned for, and about what."""
    return {(row["person_id"], row["subject"]) for row in rows(tx, kind)}


# -- days and deeds --------------------------------------------------------------------------------


def test_planning_again_changes_nothing(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx), begin_by=date(2027, 3, 1))
        plan(tx)
        first = rows(tx, status=None)

        plan(tx, now=LATER)
        plan(tx, [1], now=LATER)

        assert rows(tx, status=None) == first
        assert days(tx, "file") == {FILE_BY: list(BEFORE)}
        assert days(tx, "begin") == {date(2027, 3, 1): [7, 0]}


def test_who_begins_with_the_filing_day_alone_is_not_told_to_begin(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx), begin_by=FILE_BY)
        plan(tx)

        assert days(tx, "begin") == {}


@pytest.mark.parametrize("ids", [None, [1]])
def test_a_day_that_moves_takes_its_firings_along_and_gives_them_back(
    database: Database, ids: list[int] | None
) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        plan(tx, ids)

        dossiers.change(tx, 1, file_by=MOVED_TO)
        plan(tx, ids, LATER)
        after = days(tx, "file"), days(tx, "file", status="moved")
        dossiers.change(tx, 1, file_by=FILE_BY)
        plan(tx, ids, LATER)

        assert after == ({MOVED_TO: list(BEFORE)}, {FILE_BY: list(BEFORE)})
        assert days(tx, "file") == {FILE_BY: list(BEFORE)}
        assert days(tx, "file", status="moved") == {MOVED_TO: list(BEFORE)}


def test_what_was_told_before_a_day_moved_away_and_back_is_not_told_again(
    database: Database,
) -> None:
    soon = datetime.combine(FILE_BY - timedelta(days=29), NOW.time(), NOW.tzinfo)
    with database.transaction() as tx:
        dossier(tx, house(tx))
        plan(tx)
        due = reminders.due(tx, [1], soon)
        reminders.settle(tx, [reminders.Settled(one.id, reminders.TOLD, 1) for one in due], soon)

        for day in (MOVED_TO, FILE_BY):
            dossiers.change(tx, 1, file_by=day)
            plan(tx, now=soon)

        assert days(tx, "file", status="told") == {FILE_BY: [60, 30]}
        assert days(tx, "file") == {FILE_BY: [14, 7, 3, 1, 0, -1]}


def test_what_came_due_unsaid_before_a_day_moved_away_is_not_planned_for_the_past(
    database: Database,
) -> None:
    late = datetime.combine(FILE_BY - timedelta(days=10), NOW.time(), NOW.tzinfo)
    with database.transaction() as tx:
        dossier(tx, house(tx))
        plan(tx)
        dossiers.change(tx, 1, file_by=MOVED_TO)
        plan(tx, now=late)
        dossiers.change(tx, 1, file_by=FILE_BY)
        plan(tx, now=late)

        assert days(tx, "file") == {FILE_BY: [7, 3, 1, 0, -1]}


def test_handing_in_silences_the_producer_and_wakes_the_officer(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx), begin_by=date(2027, 3, 1))
        officers.appoint(tx, met(tx, 2), COMMUNE, NOW)
        plan(tx)
        wanted = {kind: told(tx, kind) for kind in ("file", "begin", "stuck", "review")}

        dossiers.file(tx, 1, 1, date(2026, 12, 15), NOW)
        plan(tx, [1])

        assert wanted == {"file": {(1, 1)}, "begin": {(1, 1)}, "stuck": {(2, 1)}, "review": set()}
        assert {row["kind"] for row in rows(tx)} == {"review"}
        assert {row["kind"] for row in rows(tx, status="silent")} == {"file", "begin", "stuck"}


def test_sending_it_up_silences_the_officer(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        officers.appoint(tx, met(tx, 2), COMMUNE, NOW)
        dossiers.file(tx, 1, 1, date(2026, 12, 15), NOW)
        plan(tx)

        dossiers.send_up(tx, 1, 2, NOW)
        plan(tx, [1])

        assert rows(tx) == []
        assert {row["kind"] for row in rows(tx, status="silent")} == {"review"}


def test_of_a_closed_dossier_nothing_is_said(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        paper(tx, home, date(2027, 3, 1))
        officers.appoint(tx, met(tx, 2), COMMUNE, NOW)
        plan(tx)

        dossiers.close(tx, 1, NOW)
        plan(tx, [1])

        assert rows(tx) == []


def test_a_late_comer_is_told_once_at_once(database: Database) -> None:
    late = datetime.combine(FILE_BY, NOW.time(), NOW.tzinfo)  # three in the afternoon
    with database.transaction() as tx:
        dossier(tx, house(tx))
        plan(tx, now=late)
        plan(tx, now=late + timedelta(hours=1))

        first, second = rows(tx, "file")
        assert (first["before"], first["due_at"]) == (0, late)
        assert second["before"] == -1


# -- consents and members --------------------------------------------------------------------------


def test_who_ends_her_consent_is_told_nothing_until_she_gives_it_again(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        plan(tx)
        first = rows(tx)

        consents.end(tx, 1, "reminders", NOW)
        reminders.stop(tx, 1, "reminders", NOW)
        plan(tx)
        stopped = rows(tx), {row["status"] for row in rows(tx, status=None)}
        consents.add(tx, 1, "reminders", 1, LATER)
        plan(tx, now=LATER)

        assert stopped == ([], {"stopped"})
        assert rows(tx) == first


def test_who_never_agreed_is_told_nothing(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        consents.give(tx, 1, ("dossier", "news"), 1, NOW)
        plan(tx)

        assert rows(tx) == []


def test_every_member_is_told_and_who_leaves_is_told_no_more(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx)
        helper = met(tx, 2)
        consents.give(tx, helper, ("dossier", "reminders"), 1, NOW)
        producers.join(tx, helper, home, "helper", NOW)
        dossier(tx, home)
        plan(tx)
        both = told(tx, "file")

        tx.exec_driver_sql(f"DELETE FROM memberships WHERE person_id = {helper}")
        plan(tx, [1])

        assert both == {(1, 1), (helper, 1)}
        assert told(tx, "file") == {(1, 1)}


# -- papers ----------------------------------------------------------------------------------------


def test_a_paper_of_two_dossiers_is_told_once_and_before_each_council(database: Database) -> None:
    end, second = date(2027, 3, 1), date(2027, 12, 15)
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        dossier(tx, home, council=second, round_key="tinh-2-2027")
        paper(tx, home, end)
        plan(tx)

        assert days(tx, "expires") == {end: [60, 30, 7, 0, -1]}
        assert days(tx, "before_council") == {COUNCIL: [45, 20], second: [45, 20]}


@pytest.mark.parametrize("ids", [None, [1], [2]])
def test_where_one_of_two_dossiers_closes_the_paper_is_still_needed_for_the_other(
    database: Database, ids: list[int] | None
) -> None:
    end, second = date(2027, 3, 1), date(2027, 12, 15)
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        dossier(tx, home, council=second)
        paper(tx, home, end)
        plan(tx)
        dossiers.close(tx, 1, NOW)
        plan(tx, ids)

        assert days(tx, "expires") == {end: [60, 30, 7, 0, -1]}
        assert days(tx, "before_council") == {second: [45, 20]}


def test_a_paper_of_one_product_is_not_told_of_with_the_other(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx)
        mine = dossier(tx, home)
        dossier(tx, home, council=date(2027, 12, 15))
        paper(tx, home, date(2027, 3, 1), product=mine)
        plan(tx)

        assert days(tx, "before_council") == {COUNCIL: [45, 20]}


@pytest.mark.parametrize("ids", [None, [1]])
def test_a_paper_that_was_replaced_or_refused_is_not_told_of(
    database: Database, ids: list[int] | None
) -> None:
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        old, bad = paper(tx, home, date(2027, 3, 1)), paper(tx, home, date(2027, 3, 2))
        plan(tx, ids)
        before = {subject for _, subject in told(tx, "expires")}

        papers.replace(tx, [old], NOW)
        papers.judge(tx, bad, "returned", "mờ", 1, NOW)
        plan(tx, ids)

        assert before == {old, bad}
        assert rows(tx, "expires", "before_council") == []


def test_a_paper_that_is_good_at_the_council_is_told_of_when_it_ends_alone(
    database: Database,
) -> None:
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        paper(tx, home, COUNCIL)
        plan(tx)

        assert days(tx, "before_council") == {}
        assert list(days(tx, "expires")) == [COUNCIL]
