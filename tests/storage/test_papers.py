"""Papers that were given: with their pages, for one product or for all, judged and replaced."""

from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from storage import dossiers, papers
from storage.database import Database
from tests.storage.people import LATER, NOW, met
from tests.storage.test_dossiers import opened

PAGES = [f"{number:064}" for number in (3, 1, 2)]


def given(tx: Connection, dossier: int, paper: str = "declaration", **more: Any) -> int:
    row = dossiers.by_id(tx, dossier)
    values = {"producer_id": row["producer_id"], "person_id": row["person_id"], "paper": paper}
    return papers.give(tx, {"product": row["root"], **values, **more}, PAGES, NOW)


def standing(tx: Connection, dossier: int) -> list[dict[str, Any]]:
    row = dossiers.by_id(tx, dossier)
    return papers.standing(tx, row["producer_id"], row["root"])


def test_a_paper_is_read_back_with_its_pages_in_order(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx)
        days: dict[str, Any] = {"issued": date(2025, 3, 1), "expires": date(2028, 3, 1)}
        number = given(tx, made, number="157", **days, holder="HTX Bản Liền", flaws="cut,glare")
        found = papers.by_id(tx, number)

    assert found is not None
    assert found["files"] == PAGES
    assert (found["issued"], found["expires"]) == (date(2025, 3, 1), date(2028, 3, 1))
    assert (found["copy_kind"], found["count"], found["verdict"]) == ("original", 1, None)
    assert (found["flaws"], found["given_at"]) == ("cut,glare", NOW)


def test_a_paper_of_the_producer_stands_for_all_its_products(database: Database) -> None:
    with database.transaction() as tx:
        first = opened(tx)
        row = dossiers.by_id(tx, first)
        kept = ("producer_id", "person_id", "name", "product_set", "rules", "council")
        second = dossiers.open_new(tx, {key: row[key] for key in kept}, NOW, 2026)
        shared = given(tx, first, "food_safety_certificate", product=None)
        own = given(tx, first, "declaration")

        assert [each["id"] for each in standing(tx, first)] == [shared, own]
        assert [each["id"] for each in standing(tx, second)] == [shared]


def test_papers_of_other_producers_stand_for_nobody_else(database: Database) -> None:
    with database.transaction() as tx:
        first, second = opened(tx), opened(tx, "HTX Bản Phố")
        given(tx, first, product=None)

        assert standing(tx, second) == []


def test_a_paper_that_was_replaced_stands_no_more_but_stays(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx)
        older, newer = given(tx, made), given(tx, made)

        papers.replace(tx, [older], LATER)
        papers.replace(tx, [older], NOW)

        assert [each["id"] for each in standing(tx, made)] == [newer]
        found = papers.by_id(tx, older)
        assert found is not None
        assert found["replaced_at"] == LATER


def test_an_officer_has_the_word_on_a_paper_until_a_newer_one_comes(database: Database) -> None:
    with database.transaction() as tx:
        made, officer = opened(tx), met(tx, 2)
        number = given(tx, made)

        assert papers.judge(tx, number, "returned", "thiếu trang 2", officer, LATER)
        found = papers.by_id(tx, number)
        assert found is not None
        assert (found["verdict"], found["reason"]) == ("returned", "thiếu trang 2")
        assert (found["judged_by"], found["judged_at"]) == (officer, LATER)
        papers.replace(tx, [number], LATER)
        assert not papers.judge(tx, number, "accepted", "", officer, LATER)
        assert not papers.judge(tx, 99, "accepted", "", officer, LATER)


def test_a_good_word_needs_no_reason(database: Database) -> None:
    with database.transaction() as tx:
        made, officer = opened(tx), met(tx, 2)
        number = given(tx, made)

        papers.judge(tx, number, "accepted", "", officer, LATER)

        assert standing(tx, made)[0]["reason"] is None


def test_a_thing_without_pages_can_be_given(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx)
        row = dossiers.by_id(tx, made)
        about = {"producer_id": row["producer_id"], "person_id": row["person_id"]}
        papers.give(tx, {**about, "product": made, "paper": "samples", "count": 5}, (), NOW)

        assert [(each["files"], each["count"]) for each in standing(tx, made)] == [([], 5)]


def test_a_paper_that_is_not_there_is_none(database: Database) -> None:
    with database.reading() as tx:
        assert papers.by_id(tx, 99) is None


def test_what_kind_of_copy_it_is_can_be_said_later(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx)
        number = given(tx, made, copy_kind="plain")

        papers.mark(tx, number, "certified")

        assert [each["copy_kind"] for each in standing(tx, made)] == ["certified"]
