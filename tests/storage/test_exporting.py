"""Export: a person gets all that is kept of them, and nothing of anybody else."""

from typing import Any

from sqlalchemy import select

from storage import exporting, personal
from storage.database import Database
from storage.tables import metadata
from tests.storage.filled import FILE, NOW, OFFICER, SHE, fill, words
from tests.storage.test_personal import persons_in

T = metadata.tables


def test_every_row_that_names_her_is_given_to_her_but_an_officers_deeds(
    database: Database,
) -> None:
    with database.transaction() as tx:
        fill(tx)

        given = exporting.collect(tx, SHE).rows

        for table in metadata.sorted_tables:
            named = [
                name for name in persons_in(table) if f"{table.name}.{name}" not in personal.DEEDS
            ]
            for name in named:
                there = tx.execute(select(table).where(table.c[name] == SHE)).all()
                assert len(given.get(table.name, [])) >= len(there), table.name
    assert given["papers"][0]["holder"] == words("papers", "holder")
    assert given["outbox"][0]["text"] == words("outbox", "text")
    assert given["looks"][0]["titles"] == words("looks", "titles")


def test_what_is_kept_as_json_is_given_as_what_it_says(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, ideas__answers='{"stage": "new"}')

        assert exporting.collect(tx, SHE).rows["ideas"][0]["answers"] == {"stage": "new"}


def test_who_else_had_to_do_with_it_is_not_named(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, papers__judged_by=OFFICER)

        (paper,) = exporting.collect(tx, SHE).rows["papers"]

        assert "judged_by" not in paper
        assert paper["person_id"] == SHE


def test_who_looked_is_told_by_office_and_day_alone(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, officers__area="02869", audit__deed="read_paper")

        (look,) = exporting.collect(tx, SHE).looks

        assert look == (NOW.date(), "commune", "02869", "read_paper", "paper")


def test_what_others_did_for_a_shared_producer_is_left_out(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)
        member = tx.execute(select(T["memberships"])).mappings().one()
        tx.execute(T["memberships"].insert(), [{**member, "person_id": OFFICER}])
        paper: dict[str, Any] = dict(tx.execute(select(T["papers"])).mappings().one())
        theirs = {"id": 2, "person_id": OFFICER, "holder": "của người kia"}
        tx.execute(T["papers"].insert(), [paper | theirs])

        given = exporting.collect(tx, SHE).rows

        assert [one["id"] for one in given["papers"]] == [1]
        assert len(given["producers"]) == 1
        assert len(given["memberships"]) == 1


def test_the_files_are_those_that_came_from_her(database: Database) -> None:
    printed = "e" * 64
    with database.transaction() as tx:
        fill(tx, prints__file=printed)
        row = {"sha256": printed, "mime": "application/zip", "size": 1, "at": NOW}
        tx.execute(T["files"].insert(), [row])

        assert exporting.collect(tx, SHE).files == [(FILE, words("files", "mime"))]


def test_of_a_stranger_there_is_nothing(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)

        export = exporting.collect(tx, 99)

        assert (export.rows, export.looks, export.files) == ({}, [], [])
