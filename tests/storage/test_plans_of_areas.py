"""What is planned to be said where: to which officers, of which area's steps, of which fairs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Connection

from programme.calendar import Milestone
from programme.firings import end_of
from programme.sample_form import Fair
from storage import (
    announcements,
    certificates,
    consents,
    dossiers,
    fairs,
    joining,
    milestones,
    officers,
    planner,
)
from storage.database import Database, table_of
from storage.recipients import RecipientRow
from tests.storage.people import NOW, met
from tests.storage.test_plans import BEFORE, COMMUNE, LATER, days, dossier, house, plan, rows, told

OTHER, FAR, PROVINCE, ROUND = "02647", "00004", "15", "tinh-1-2027"


# -- officers --------------------------------------------------------------------------------------


def test_the_communes_own_officers_are_told_and_above_them_the_provinces(
    database: Database,
) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        own, province, all_, other = (met(tx, number) for number in (2, 3, 4, 5))
        for person, area in ((own, COMMUNE), (province, PROVINCE), (all_, ""), (other, OTHER)):
            officers.appoint(tx, person, area, NOW)
        plan(tx)

        assert told(tx, "stuck") == {(own, 1)}
        assert told(tx, "stuck_above") == {(province, 1), (all_, 1)}


def test_where_the_commune_has_none_the_provinces_officers_are_told_once(
    database: Database,
) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        province, all_, other = (met(tx, number) for number in (2, 3, 4))
        for person, area in ((province, PROVINCE), (all_, ""), (other, OTHER)):
            officers.appoint(tx, person, area, NOW)
        dossiers.file(tx, 1, 1, date(2026, 12, 15), NOW)
        plan(tx)

        assert told(tx, "review") == {(province, 1), (all_, 1)}
        assert told(tx, "review_above") == set()


def test_a_producer_whose_commune_nobody_knows_is_seen_to_by_those_of_everywhere(
    database: Database,
) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx, commune=""))
        all_, province = met(tx, 2), met(tx, 3)
        officers.appoint(tx, all_, "", NOW)
        officers.appoint(tx, province, PROVINCE, NOW)
        plan(tx)

        assert told(tx, "stuck") == {(all_, 1)}
        assert told(tx, "stuck_above") == set()


# -- steps of the rounds ---------------------------------------------------------------------------


def step(tx: Connection, area: str, day: date) -> Milestone:
    set_ = Milestone(ROUND, "training", area, day, "mưa")
    return replace(set_, id=milestones.move(tx, set_, None, NOW))


def test_of_a_step_the_nearest_area_counts(database: Database) -> None:
    everywhere, province, commune = date(2027, 1, 11), date(2027, 1, 12), date(2027, 1, 13)
    with database.transaction() as tx:
        for number, area in enumerate((COMMUNE, OTHER, FAR), start=1):
            dossier(tx, house(tx, number, area))
        for area, day in (("", everywhere), (PROVINCE, province), (COMMUNE, commune)):
            step(tx, area, day)
        plan(tx)

        by_day = {(row["subject"], row["day"]) for row in rows(tx, "training")}
        assert by_day == {(1, commune), (2, province), (3, everywhere)}
        assert [row["before"] for row in rows(tx, "training") if row["subject"] == 1] == [7, 1, 0]


@pytest.mark.parametrize("ids", [None, [1, 2]])
def test_a_communes_own_day_withdraws_that_of_the_province_there_alone(
    database: Database, ids: list[int] | None
) -> None:
    province, commune = date(2027, 1, 12), date(2027, 1, 13)
    with database.transaction() as tx:
        for number, area in enumerate((COMMUNE, OTHER), start=1):
            dossier(tx, house(tx, number, area))
        step(tx, PROVINCE, province)
        plan(tx, ids)
        step(tx, COMMUNE, commune)
        plan(tx, ids)

        assert {(r["subject"], r["day"]) for r in rows(tx, "training")} == {
            (1, commune),
            (2, province),
        }
        assert {r["day"] for r in rows(tx, "training", status="moved")} == {province}


def test_a_moved_day_is_told_at_once_to_whom_it_concerns_but_not_to_who_moved_it(
    database: Database,
) -> None:
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        dossier(tx, home)
        dossier(tx, house(tx, 2, OTHER))
        for person, area in ((3, COMMUNE), (4, COMMUNE), (5, OTHER)):
            officers.appoint(tx, met(tx, person), area, NOW)
        first = step(tx, COMMUNE, date(2027, 1, 13))
        planner.moved(tx, first, 3, NOW)
        second = step(tx, COMMUNE, date(2027, 1, 15))
        planner.moved(tx, second, 3, LATER)

        assert told(tx, "moved") == {(1, second.id)}
        assert told(tx, "moved_here") == {(4, second.id)}
        assert {r["subject"] for r in rows(tx, "moved", status="superseded")} == {first.id}
        assert {r["due_at"] for r in rows(tx, "moved", "moved_here")} == {LATER}


def test_that_a_dossier_goes_on_to_the_next_round_is_told_once(database: Database) -> None:
    with database.transaction() as tx:
        dossier(tx, house(tx))
        for at in (NOW, LATER):
            planner.rolled(tx, 1, date(2027, 10, 8), at)

        assert [(r["day"], r["due_at"]) for r in rows(tx, "rolled")] == [(date(2027, 10, 8), NOW)]


# -- what concerns no dossier ----------------------------------------------------------------------


def test_a_certificate_is_told_of_until_its_re_evaluation_begins(database: Database) -> None:
    expires, closes = date(2028, 5, 7), date(2028, 1, 8)
    about = {"name": "Gạo", "product_set": 3, "star": 3, "issued": date(2025, 5, 7)}
    about |= {"expires": expires, "refile_from": date(2027, 11, 9), "refile_by": closes}
    with database.transaction() as tx:
        made = dossier(tx, house(tx))
        certificates.keep(tx, {**about, "producer_id": 1, "dossier_id": made}, NOW)
        assert planner.windows(tx, NOW, planner.windows(tx, NOW)) == 0
        before = days(tx, "window")

        certificates.renew(tx, made, NOW)
        assert planner.windows(tx, NOW, planner.windows(tx, NOW)) == 0

        assert before == {closes: list(BEFORE)}
        assert rows(tx, "window") == []


def announced(tx: Connection, *people: int) -> tuple[int, int]:
    """A fair that these were told of, and its announcement."""
    about = {"name": "Hội chợ", "venue": "Lào Cai", "starts": "2026-12-24", "ends": "2026-12-28"}
    fair = fairs.hold(tx, about)
    row = {"kind": "fair", "area": "", "made_by": people[0], "said": "{}", "aim": "{}"}
    until = {"fair_id": fair, "use_by": end_of(date(2026, 12, 10))}
    made = announcements.make(tx, row | until, [(one, None) for one in people], NOW, 2026)
    announcements.start(tx, made, NOW)
    fairs.change(tx, fair, cancelled=False)
    tx.execute(update(table_of(RecipientRow)).values(status="sent", at=NOW))
    return fair, made


def test_a_fair_is_told_to_those_who_join_and_moves_with_its_day(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        house(tx, 2)
        fair, made = announced(tx, 1, 2)
        joining.answer(tx, made, 1, joining.JOIN, NOW)
        for starts in ("2026-12-24", "2026-12-27"):
            fairs.change(tx, fair, starts=starts)
            planner.others(tx, fairs.coming(tx, NOW.date()), NOW)

        assert told(tx, "fair") == {(1, fair)}
        assert days(tx, "fair") == {date(2026, 12, 27): [14, 3]}
        assert days(tx, "fair", status="moved") == {date(2026, 12, 24): [14, 3]}
        assert told(tx, "fair_results") == {(1, fair)}
        assert days(tx, "fair_results") == {date(2026, 12, 28): [-1]}


def test_who_has_not_answered_is_asked_once_a_day_later_and_no_more_after_an_answer(
    database: Database,
) -> None:
    with database.transaction() as tx:
        house(tx)
        fair, made = announced(tx, 1)
        planner.of_fair(tx, fair, NOW)
        assert rows(tx, "fair_answer") == []

        planner.of_fair(tx, fair, NOW + timedelta(days=1))
        assert days(tx, "fair_answer") == {date(2026, 12, 10): [2]}

        joining.answer(tx, made, 1, joining.NO, NOW)
        planner.of_fair(tx, fair, NOW + timedelta(days=1))
        assert rows(tx, "fair_answer") == []


def test_who_wants_no_news_any_more_is_not_told_of_the_fair(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        fair, made = announced(tx, 1)
        joining.answer(tx, made, 1, joining.JOIN, NOW)
        consents.end(tx, 1, "news", NOW)

        planner.of_fair(tx, fair, NOW)

        assert rows(tx, "fair") == rows(tx, "fair_results") == []


def test_a_fair_that_is_called_off_is_told_of_no_more(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        fair, made = announced(tx, 1)
        joining.answer(tx, made, 1, joining.JOIN, NOW)
        planner.of_fair(tx, fair, NOW)
        assert rows(tx, "fair")

        fairs.change(tx, fair, cancelled=True)
        planner.of_fair(tx, fair, NOW)

        assert rows(tx, "fair") == rows(tx, "fair_results") == []


def test_nobody_is_told_of_a_fair_that_was_not_announced(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        fairs.keep(tx, [Fair(line=1, id="f1", name="Hội chợ", starts="2026-12-24")])

        planner.others(tx, fairs.coming(tx, NOW.date()), NOW)

        assert rows(tx, "fair") == []
