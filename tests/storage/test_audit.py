"""The log is a chain: whatever is changed, taken out, put in or moved in it is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from storage import audit
from storage.audit import AuditRow, Entry, Fault
from storage.database import Database, table_of
from tests.storage.people import NOW

LOG = table_of(AuditRow)
CODES = st.text("abcXYZ019_.:/-", max_size=12)
ENTRIES = st.builds(
    Entry,
    st.integers(0, 9),
    CODES.filter(bool),
    CODES,
    st.integers(0, 99),
    st.dictionaries(
        CODES.filter(bool), st.none() | st.booleans() | st.integers(0, 9) | CODES, max_size=3
    ),
)
LOGS = st.lists(ENTRIES, min_size=2, max_size=6)
UNHURRIED = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


class Undone(Exception):
    """What was done in the transaction is taken back."""


def written(tx: Connection, entries: list[Entry]) -> list[dict[str, Any]]:
    for place, entry in enumerate(entries):
        audit.append(tx, entry, NOW + timedelta(seconds=place))
    return rows(tx)


def rows(tx: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.execute(select(LOG).order_by(LOG.c.seq)).mappings()]


def changed(tx: Connection, seq: int, values: dict[str, Any]) -> None:
    tx.execute(update(LOG).where(LOG.c.seq == seq).values(values))


def others(row: dict[str, Any]) -> dict[str, Any]:
    """Another value for each column."""
    return {
        "seq": 1000,
        "at": row["at"] + timedelta(microseconds=1),
        "person": row["person"] + 1,
        "deed": row["deed"] + "x",
        "kind": row["kind"] + "x",
        "subject": row["subject"] + 1,
        "about": json.dumps({**json.loads(row["about"]), "more": 1}),
        "hash": ("0" if row["hash"][0] != "0" else "1") + row["hash"][1:],
    }


def tampered(database: Database, entries: list[Entry], tamper: Any) -> list[Fault]:
    """What is found after that was done to a log of these entries, of which nothing is left."""
    found: list[Fault] = []
    with suppress(Undone), database.transaction() as tx:
        there = written(tx, entries)
        assert list(audit.faults(tx)) == []
        tamper(tx, there)
        found += audit.faults(tx)
        raise Undone
    return found


def test_a_log_that_nobody_touched_is_whole(database: Database) -> None:
    with database.transaction() as tx:
        written(tx, [Entry(1, "look", "dossier", 7), Entry(2, "move_date", about={"step": "file"})])

        assert list(audit.faults(tx)) == []
        assert [row["seq"] for row in rows(tx)] == [1, 2]


def test_an_empty_log_is_whole(database: Database) -> None:
    with database.reading() as tx:
        assert list(audit.faults(tx)) == []
        assert audit.head(tx) == (0, audit.BEGINNING)


@UNHURRIED
@given(LOGS, st.data())
def test_any_change_of_any_column_is_found(
    database: Database, entries: list[Entry], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    for column in LOG.c.keys():  # noqa: SIM118 - a collection of columns, not of their names

        def tamper(tx: Connection, there: list[dict[str, Any]], column: str = column) -> None:
            changed(tx, there[at]["seq"], {column: others(there[at])[column]})

        assert tampered(database, entries, tamper), column


@UNHURRIED
@given(LOGS, st.data())
def test_a_row_that_was_taken_out_is_found_the_last_one_too(
    database: Database, entries: list[Entry], data: st.DataObject
) -> None:
    for at in {len(entries), data.draw(st.integers(1, len(entries)))}:

        def tamper(tx: Connection, there: list[dict[str, Any]], at: int = at) -> None:
            tx.execute(delete(LOG).where(LOG.c.seq == there[at - 1]["seq"]))

        assert tampered(database, entries, tamper), at


@UNHURRIED
@given(LOGS, st.data())
def test_a_row_that_was_put_in_is_found_wherever(
    database: Database, entries: list[Entry], data: st.DataObject
) -> None:
    """Also one that was made with care: chained to the row before it, like a true one."""
    at = data.draw(st.integers(1, len(entries) + 1))

    def tamper(tx: Connection, there: list[dict[str, Any]]) -> None:
        for row in reversed(there[at - 1 :]):
            changed(tx, row["seq"], {"seq": row["seq"] + 1})
        before = there[at - 2]["hash"] if at > 1 else audit.BEGINNING
        told = {"person": 3, "deed": "look", "kind": "", "subject": 0, "about": "{}"}
        forged = {"seq": at, "at": NOW.astimezone(UTC), **told}
        tx.execute(insert(LOG).values(**forged, hash=audit._hashed(forged, before)))

    assert tampered(database, entries, tamper)


@UNHURRIED
@given(LOGS, st.data())
def test_two_rows_that_changed_places_are_found(
    database: Database, entries: list[Entry], data: st.DataObject
) -> None:
    one = data.draw(st.integers(1, len(entries) - 1))
    other = data.draw(st.integers(one + 1, len(entries)))

    def tamper(tx: Connection, _there: list[dict[str, Any]]) -> None:
        for seq, to in ((one, 1000), (other, one), (1000, other)):
            changed(tx, seq, {"seq": to})

    assert tampered(database, entries, tamper)


def test_a_chain_that_was_made_anew_from_some_row_on_is_no_longer_what_was_noted_down(
    database: Database,
) -> None:
    """Whoever can write everything can make a log that is whole, but not with the old hashes."""
    with database.transaction() as tx:
        written(tx, [Entry(1, "look"), Entry(1, "look"), Entry(2, "look")])
        seq, noted = audit.head(tx)
        before = audit.BEGINNING
        for row in rows(tx):
            forged = {**row, "person": 9}
            before = audit._hashed(forged, before)
            changed(tx, row["seq"], {"person": 9, "hash": before})

        assert list(audit.faults(tx)) == []
        assert audit.hash_of(tx, seq) != noted


def test_what_is_no_code_and_no_number_is_never_noted(database: Database) -> None:
    with database.transaction() as tx:
        for wrong in (
            Entry(1, "look at it"),
            Entry(1, "look", "hồ sơ"),
            Entry(1, "look", about={"name": "Vàng Thị Mẩy"}),
            Entry(1, "look", about={"phone number": 1}),
        ):
            with pytest.raises(ValueError, match="numbers and codes"):
                audit.append(tx, wrong, NOW)

        assert rows(tx) == []


def test_what_somebody_did_and_who_looked_at_something_can_be_listed(database: Database) -> None:
    with database.transaction() as tx:
        written(tx, [Entry(1, "look", "dossier", 7), Entry(2, "look", "dossier", 8), Entry(1, "x")])

        assert [row["deed"] for row in audit.of_person(tx, 1)] == ["look", "x"]
        assert [row["person"] for row in audit.about(tx, "dossier", [7, 8])] == [1, 2]


def test_writers_at_the_same_time_make_one_chain(database: Database) -> None:
    def write(person: int) -> None:
        for number in range(10):
            with database.transaction() as tx:
                audit.append(tx, Entry(person, "look", "dossier", number), NOW)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))

    with database.reading() as tx:
        assert list(audit.faults(tx)) == []
        assert audit.head(tx)[0] == 40
        assert {row["person"] for row in rows(tx)} == set(range(4))


def test_a_writer_who_gives_up_leaves_no_gap(database: Database) -> None:
    with suppress(Undone), database.transaction() as tx:
        audit.append(tx, Entry(1, "look"), NOW)
        raise Undone
    with database.transaction() as tx:
        audit.append(tx, Entry(2, "look"), NOW)

        assert list(audit.faults(tx)) == []
        assert [row["seq"] for row in rows(tx)] == [1]
