"""What stands of a person where: nothing that may be about somebody is left undeclared."""

import pytest
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from storage import personal
from storage.database import Database
from storage.personal import Hers
from storage.tables import metadata
from tests.storage.filled import SHE, fill

TABLES = metadata.sorted_tables


def persons_in(table: Table) -> set[str]:
    """The columns that name a person."""
    return {
        column.name
        for column in table.columns
        if any(key.target_fullname == "persons.id" for key in column.foreign_keys)
    }


def says_something(table: Table) -> set[str]:
    words = {column.name for column in personal.words_in(table)}
    keys = {column.name for column in table.columns if column.foreign_keys}
    return (words - keys) | persons_in(table)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_that_names_a_person_or_holds_words_is_declared(table: Table) -> None:
    declared = personal.fates(table.name)

    assert says_something(table) - declared.keys() == set()
    assert declared.keys() - {column.name for column in table.columns} == set()


def test_no_column_is_declared_twice_and_no_table_that_is_gone() -> None:
    for table, fates in personal.COLUMNS.items():
        names = " ".join(fates.values()).split()
        assert len(names) == len(set(names)), table
    assert personal.COLUMNS.keys() == set(metadata.tables)


def hers(tx: Connection) -> Hers:
    return personal.hers(tx, SHE)


def test_every_row_that_names_her_is_hers_unless_it_is_an_officers_deed(
    database: Database,
) -> None:
    with database.transaction() as tx:
        fill(tx)
        of_her = {table.name: which for table, which in personal.rows_of(hers(tx))}
        missing = set()
        for table in TABLES:
            for column in persons_in(table):
                told = select(table).where(table.c[column] == SHE)
                named = len(tx.execute(told).all())
                found = told.where(of_her[table.name]) if table.name in of_her else None
                if named and (found is None or len(tx.execute(found).all()) < named):
                    missing.add(f"{table.name}.{column}")

    assert missing <= personal.DEEDS
    assert len(of_her) > 25


def test_a_producer_is_hers_alone_only_while_nobody_else_acts_for_it(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)
        assert hers(tx).alone == hers(tx).producers == [1]

        members = metadata.tables["memberships"]
        row = tx.execute(select(members)).mappings().one()
        tx.execute(members.insert(), [{**row, "person_id": 8}])

        assert (hers(tx).alone, hers(tx).producers) == ([], [1])


def test_words_are_found_in_columns_of_every_kind() -> None:
    words = {f"{t.name}.{c.name}" for t in TABLES for c in personal.words_in(t)}

    assert {"papers.holder", "steps.value", "outbox.text", "chats.chat"} <= words
    assert not {"papers.id", "papers.given_at", "papers.issued"} & words
