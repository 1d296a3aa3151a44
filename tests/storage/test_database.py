import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, StatementError

from storage import counters, persons
from storage.database import Database, table_of
from storage.persons import Chat, PersonRow
from tests.storage.people import NOW

ROOT = Path(__file__).parents[2]
PERSONS = table_of(PersonRow)


def born(database: Database) -> list[datetime]:
    with database.reading() as tx:
        rows = tx.execute(select(PERSONS.c.created_at).order_by(PERSONS.c.id))
        return [row[0] for row in rows]


def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    hanoi = datetime(2026, 11, 23, 15, 0, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    with database.transaction() as tx:
        tx.execute(insert(PERSONS).values(created_at=hanoi))
        persons.meet(tx, [Chat("console", "play", "1")], hanoi)

    assert born(database) == [hanoi, hanoi]
    assert [time.tzinfo for time in born(database)] == [UTC, UTC]


def test_times_with_and_without_fractions_of_a_second_are_in_one_order(database: Database) -> None:
    whole = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    with database.transaction() as tx:
        tx.execute(insert(PERSONS).values(created_at=whole))
        persons.meet(tx, [Chat("console", "play", "1")], whole)
        tx.execute(insert(PERSONS).values(created_at=whole + timedelta(microseconds=1)))

        found = tx.execute(select(PERSONS.c.id).where(PERSONS.c.created_at <= whole)).all()

    assert len(found) == 2


@pytest.mark.parametrize("many", [False, True])
def test_a_time_without_a_zone_is_refused(database: Database, many: bool) -> None:
    naive = datetime(2026, 11, 23, 8, 0)  # noqa: DTZ001 - this is the test

    def write(tx: Connection) -> None:
        if many:
            persons.meet(tx, [Chat("console", "play", "1")], naive)
        else:
            tx.execute(insert(PERSONS).values(created_at=naive))

    with database.transaction() as tx, pytest.raises((StatementError, ValueError), match="a zone"):
        write(tx)

    assert born(database) == []


def test_what_was_done_before_an_error_was_never_done(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as tx:
        tx.execute(insert(PERSONS).values(created_at=NOW))
        raise ZeroDivisionError

    assert born(database) == []


def test_a_reader_sees_one_moment_and_does_not_stop_a_writer(database: Database) -> None:
    with database.reading() as reader:
        before = reader.execute(select(PERSONS.c.id)).all()
        with database.transaction() as tx:
            tx.execute(insert(PERSONS).values(created_at=NOW))
        after = reader.execute(select(PERSONS.c.id)).all()

    assert before == after == []
    assert born(database) == [NOW]


def test_a_writer_does_not_stop_a_reader(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(PERSONS).values(created_at=NOW))
        assert born(database) == []

    assert born(database) == [NOW]


def test_what_a_reader_writes_by_mistake_is_not_kept(database: Database) -> None:
    with suppress(DBAPIError), database.reading() as tx:
        tx.execute(insert(PERSONS).values(created_at=NOW))

    assert born(database) == []
    with database.transaction() as tx:
        tx.execute(insert(PERSONS).values(created_at=NOW))
    assert born(database) == [NOW]


def test_a_row_cannot_point_to_nobody(database: Database) -> None:
    row = {**Chat("zalo", "a", "1")._asdict(), "person_id": 7, "created_at": NOW}
    with pytest.raises(DBAPIError), database.transaction() as tx:
        tx.execute(insert(persons.CHATS).values(row))


def test_a_person_gone_leaves_no_number_for_the_next(database: Database) -> None:
    with database.transaction() as tx:
        gone = tx.execute(insert(PERSONS).values(created_at=NOW).returning(PERSONS.c.id)).scalar()
        tx.execute(PERSONS.delete())
        new = tx.execute(insert(PERSONS).values(created_at=NOW).returning(PERSONS.c.id)).scalar()

    assert gone != new


def test_sixty_writers_of_two_processes_all_get_their_turn(database: Database) -> None:
    """Two Database objects know as little of each other as two processes do."""
    other = Database(database.url)

    def write(turn: int) -> int:
        with (database, other)[turn % 2].transaction() as tx:
            return counters.following(tx, "turn")

    with ThreadPoolExecutor(12) as pool:
        numbers = list(pool.map(write, range(60)))
    other.close()

    assert sorted(numbers) == list(range(1, 61))


def test_every_connection_to_a_file_is_durable_and_keeps_its_word(file: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}

    with ExitStack() as stack:
        connections = [stack.enter_context(file.reading()) for _ in range(7)]
        seen = [
            {name: tx.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
            for tx in connections
        ]
        different = {id(tx.connection.driver_connection) for tx in connections}

    assert seen == [wanted] * 7
    assert len(different) == 7


def test_writers_to_a_file_take_turns_from_the_first_statement_on(file: Database) -> None:
    """BEGIN IMMEDIATE: what is read in a transaction is still true when it writes."""
    read, go = threading.Event(), threading.Event()

    def first() -> None:
        with file.transaction():
            read.set()
            go.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    read.wait(10)
    other = sqlite3.connect(file.url.removeprefix("sqlite:///"), timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    go.set()
    thread.join()
    other.close()


def test_what_a_killed_process_had_committed_is_there(file: Database) -> None:
    """And what it had not committed is not."""
    code = """
import sys
from storage import counters
from storage.database import Database
database = Database(sys.argv[1])
while True:
    with database.transaction() as tx:
        number = counters.following(tx, "step")
    print(number, flush=True)
"""
    arguments = [sys.executable, "-c", code, file.url]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(50)]
        process.kill()
        said += process.stdout.readlines()

    with file.transaction() as tx:
        last = counters.following(tx, "step") - 1
    assert int(said[-1]) <= last <= int(said[-1]) + 1


def test_a_new_file_in_a_new_folder_is_made(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'ocop.db'}")
    with made.transaction() as tx:
        tx.execute(text("CREATE TABLE one (id INTEGER)"))
    made.close()

    assert (tmp_path / "a" / "b" / "ocop.db").is_file()
