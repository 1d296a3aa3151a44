"""Dossiers: numbered, found by person, idea and number, closed, following one another."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from storage import dossiers, ideas, officers, producers
from storage.database import Database
from tests.storage.people import LATER, NOW, met, producer

IDEA = {
    "name": "Gạo Khẩu Mẹo", "product_set": 3, "stage": "new", "form_version": 1, "hand": "",
    "commune_code": "02869", "star": 3, "round_key": None, "run": 1,
}  # fmt: skip
BEFORE = {"star": 3, "recognised": "2023-12-20", "expires": "2026-12-20", "claims": {"1.1": "b"}}


def values(producer_id: int, person: int, **more: Any) -> dict[str, Any]:
    about = {"name": "Gạo Khẩu Mẹo", "product_set": 3, "case": "first", "rules": "26-2026"}
    days = {"round_key": "tinh-1-2027", "council": date(2027, 6, 30)}
    return {"producer_id": producer_id, "person_id": person, **about, **days, **more}


def opened(tx: Connection, name: str = "HTX Bản Liền", **more: Any) -> int:
    an, made = met(tx), producer(tx, name)
    producers.join(tx, an, made, "own", NOW)
    return dossiers.open_new(tx, values(made, an, **more), NOW, 2026)


def test_a_dossier_is_read_back_as_it_was_opened(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx)
        found = dossiers.by_id(tx, made)

    assert found["number"] == "HS-2026-0001"
    assert (found["case"], found["rules"], found["council"]) == (
        "first",
        "26-2026",
        date(2027, 6, 30),
    )
    assert (found["root"], found["follows"], found["before"]) == (made, None, None)
    assert (found["status"], found["made_at"], found["closed_at"]) == ("open", NOW, None)


def test_numbers_run_on_through_each_year(database: Database) -> None:
    with database.transaction() as tx:
        an, made = met(tx), producer(tx)
        for year in (2026, 2026, 2027):
            dossiers.open_new(tx, values(made, an), NOW, year)

        numbers = ["HS-2026-0001", "HS-2026-0002", "HS-2027-0001"]
        known = dossiers.numbered(tx, officers.over(""), [*numbers, "HS-2026-0003"])
        assert [row["number"] for row in known] == numbers


def test_what_stood_before_comes_back_as_it_was(database: Database) -> None:
    with database.transaction() as tx:
        first = opened(tx)
        row = dossiers.by_id(tx, first)
        more = {"root": row["root"], "follows": first, "case": "upgrade", "before": BEFORE}
        again = dossiers.open_new(
            tx, values(row["producer_id"], row["person_id"], **more), NOW, 2026
        )
        found = dossiers.by_id(tx, again)

    assert found["before"] == BEFORE
    assert (found["root"], found["follows"]) == (first, first)


def test_a_person_has_the_open_dossiers_of_all_producers_they_act_for(database: Database) -> None:
    with database.transaction() as tx:
        first, second = opened(tx), opened(tx, "HTX Bản Phố")
        helper, stranger = met(tx, 2), met(tx, 3)
        producers.join(tx, helper, dossiers.by_id(tx, second)["producer_id"], "helper", NOW)

        assert [row["id"] for row in dossiers.of_person(tx, met(tx))] == [first, second]
        assert [row["id"] for row in dossiers.of_person(tx, helper)] == [second]
        assert dossiers.of_person(tx, stranger) == []


def test_a_closed_dossier_is_listed_no_more_but_stays(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx)

        dossiers.close(tx, made, LATER)

        assert dossiers.of_person(tx, met(tx)) == []
        assert dossiers.by_id(tx, made)["status"] == "closed"
        assert dossiers.by_id(tx, made)["closed_at"] == LATER


def test_of_an_idea_the_newest_dossier_is_found(database: Database) -> None:
    with database.transaction() as tx:
        an, made = met(tx), producer(tx)
        ideas.submit(tx, {**IDEA, "producer_id": made, "person_id": an}, {}, NOW, 2026)
        (idea,) = ideas.everyone(tx)
        assert dossiers.of_idea(tx, idea["id"]) is None
        dossiers.open_new(tx, values(made, an, idea_id=idea["id"]), NOW, 2026)
        newest = dossiers.open_new(tx, values(made, an, idea_id=idea["id"]), NOW, 2026)

        found = dossiers.of_idea(tx, idea["id"])

    assert found is not None
    assert found["id"] == newest


def test_what_changes_is_kept(database: Database) -> None:
    with database.transaction() as tx:
        made = opened(tx, product_set=26)

        dossiers.change(tx, made, variant="community", council=date(2027, 12, 30))
        found = dossiers.by_id(tx, made)

    assert (found["variant"], found["council"]) == ("community", date(2027, 12, 30))


def test_a_dossier_that_is_not_there_is_a_mistake(database: Database) -> None:
    with database.reading() as tx, pytest.raises(LookupError):
        dossiers.by_id(tx, 99)


def test_the_newest_dossier_that_a_paper_is_for_is_found(database: Database) -> None:
    with database.transaction() as tx:
        first = opened(tx)
        row = dossiers.by_id(tx, first)
        following = values(row["producer_id"], row["person_id"], root=first, follows=first)
        second = dossiers.open_new(tx, following, NOW, 2026)
        other = dossiers.open_new(tx, values(row["producer_id"], row["person_id"]), NOW, 2026)
        about = {"producer_id": row["producer_id"]}

        own = dossiers.for_paper(tx, {**about, "product": first})
        shared = dossiers.for_paper(tx, {**about, "product": None})
        nobodys = dossiers.for_paper(tx, {"producer_id": 99, "product": None})

    assert own is not None
    assert shared is not None
    assert (own["id"], shared["id"], nobodys) == (second, other, None)
