"""All rows of a database in a form that any other takes: read at one moment, laid down whole.

A row is what its columns hold, in the order of their names. Two databases hold the same when the
sums of their tables are the same, whatever each is and in whatever order it keeps its rows.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Executable,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    column,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, DropConstraint

from storage.database import Database, UtcDateTime

Row = Sequence[Any]
Tables = dict[str, Table]

# What a column may be, under its name in a back-up: by what it is known, read and written here.
_KINDS: dict[str, tuple[type[Any], type[Any], Any]] = {
    "moment": (DateTime, datetime, UtcDateTime),
    "day": (Date, date, Date),
    "flag": (Boolean, bool, Boolean),
    "number": (Integer, int, BigInteger),
    "bytes": (LargeBinary, bytes, LargeBinary),
    "text": (String, str, String),
}
_ROWS = 1000  # at once in memory
_ROUND = 1 << 128
_ALEMBIC = "alembic_version"
_OWNERS = """
    SELECT t.relname, a.attname, s.oid::regclass::text FROM pg_class s
    JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace
"""
_COUNTED = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"


class CannotHold(Exception):
    """A table cannot take the rows as they are; the message names it."""


class Sum(msgspec.Struct, frozen=True):
    """How many rows there are, and a sum that is another as soon as one of them is another."""

    rows: int
    sum: str


@dataclass(slots=True)
class Counting:
    """Sums rows up as they pass by."""

    rows: int = 0
    total: int = 0

    def line(self, row: Row) -> bytes:
        """The row as a line of JSON, which is counted."""
        line = msgspec.json.encode(row)
        self.rows += 1
        self.total += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest())
        return line

    def found(self) -> Sum:
        """The sum of all that passed."""
        return Sum(self.rows, f"{self.total % _ROUND:032x}")


# -- reading ---------------------------------------------------------------------------------------


def tables(tx: Connection) -> Tables:
    """The tables that are there, as they are there, each with its columns in order of names."""
    known = MetaData()
    found = inspect(tx).get_multi_columns()
    return {
        name: Table(name, known, *(Column(it["name"], _type(it)()) for it in _in_order(columns)))
        for (_, name), columns in sorted(found.items(), key=lambda each: each[0][1])
        if name != _ALEMBIC
    }


def kinds(table: Table) -> dict[str, str]:
    """What each column holds, by its name."""
    return {column.name: _kind(column.type) for column in table.columns}


def line_type(columns: Mapping[str, str]) -> Any:
    """The type of a row with these columns, to read its line with."""
    parts = tuple(_KINDS[kind][1] | None for kind in columns.values())
    return tuple.__class_getitem__(parts)


def rows(tx: Connection, table: Table) -> Iterator[Row]:
    """All rows of a table, of which few are in memory at once."""
    found = tx.execute(select(table), execution_options={"yield_per": _ROWS})
    return (tuple(row) for row in found)


def sums(tx: Connection) -> dict[str, Sum]:
    """The sum of every table."""
    return {name: sum_of(tx, table) for name, table in tables(tx).items()}


def sum_of(tx: Connection, table: Table) -> Sum:
    """The sum of one table."""
    counting = Counting()
    for row in rows(tx, table):
        counting.line(row)
    return counting.found()


def last_numbers(tx: Connection) -> dict[str, int]:
    """The last number that each table has given away, where the database remembers it."""
    if tx.dialect.name == "sqlite":
        if not tx.execute(text(_COUNTED)).first():
            return {}
        return {row[0]: row[1] for row in tx.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    found = {}
    for table, _, sequence in tx.execute(text(_OWNERS)).all():
        state: Executable = select(column("last_value"), column("is_called")).select_from(
            text(sequence)
        )
        last, given = tx.execute(state).one()
        found[table] = last if given else 0
    return found


def is_empty(tx: Connection) -> bool:
    """Whether no table has a row."""
    every = tables(tx).values()
    return not any(tx.execute(select(1).select_from(it).limit(1)).first() for it in every)


def _in_order(columns: Iterable[Any]) -> list[Any]:
    return sorted(columns, key=lambda column: str(column["name"]))


def _type(column: Any) -> Any:
    return _KINDS[_kind(column["type"])][2]


def _kind(found: Any) -> str:
    if isinstance(found, UtcDateTime):
        return "moment"
    for kind, (sort, _, _) in _KINDS.items():
        if isinstance(found, sort):
            return kind
    raise CannotHold(f"a column of {found!r}")


# -- laying down -----------------------------------------------------------------------------------


def trusting(url: str) -> Database:
    """A database to lay rows down in: SQLite does not ask for each where what it points to is."""
    made = Database(url)
    if made.is_sqlite:  # asking at the end of the transaction would look through whole tables
        off = "PRAGMA foreign_keys=OFF"
        event.listen(made.engine, "connect", lambda connection, _: connection.execute(off))
    return made


def clear(tx: Connection) -> None:
    """Let no table be there any more."""
    names = [_quoted(tx, name) for name in inspect(tx).get_table_names()]
    for name in names:
        kind = "CASCADE" if tx.dialect.name != "sqlite" else ""
        tx.exec_driver_sql(f"DROP TABLE {name} {kind}")


def lay(
    tx: Connection,
    told: Mapping[str, Mapping[str, str]],
    rows_of: Callable[[str], Iterable[Row]],
    last: Mapping[str, int],
) -> None:
    """Put the rows of all these tables into a database that has the same tables without a row.

    ``told`` has the columns of each, ``last`` the last number that it gave away. Raises CannotHold
    when something does not fit; then nothing of it may be kept.
    """
    there = tables(tx)
    for name, columns in told.items():
        if name not in there or kinds(there[name]) != dict(columns):
            raise CannotHold(name)
    with _unchecked(tx):
        for name in told:
            _fill(tx, there[name], rows_of(name))
    _count_on(tx, there, last)
    if tx.dialect.name != "sqlite":
        tx.exec_driver_sql("ANALYZE")  # what is asked next must not wait until it knows these rows


def _fill(tx: Connection, table: Table, found: Iterable[Row]) -> None:
    errors: Any = tx.dialect.loaded_dbapi
    try:
        if tx.dialect.name == "sqlite":
            _insert(tx, table, found)
        else:
            _copy(tx, table, found)
    except (DBAPIError, errors.Error) as error:
        raise CannotHold(table.name) from error


def _insert(tx: Connection, table: Table, found: Iterable[Row]) -> None:
    names, left = [column.name for column in table.columns], iter(found)
    while some := [dict(zip(names, row, strict=True)) for row in islice(left, _ROWS)]:
        tx.execute(insert(table), some)


def _copy(tx: Connection, table: Table, found: Iterable[Row]) -> None:
    names = ", ".join(_quoted(tx, column.name) for column in table.columns)
    driver: Any = tx.connection.driver_connection
    into = f"COPY {_quoted(tx, table.name)} ({names}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in found:
            copy.write_row(row)


@contextmanager
def _unchecked(tx: Connection) -> Iterator[None]:
    """Ask only afterwards whether every row that is pointed to is there."""
    if tx.dialect.name == "sqlite":
        yield
        if lost := tx.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise CannotHold(str(lost[0]))
        return
    known = MetaData()
    known.reflect(tx)
    keys = [key for table in known.tables.values() for key in table.foreign_key_constraints]
    for key in keys:
        tx.execute(DropConstraint(key))
    yield
    for key in keys:
        _check_again(tx, key)


def _check_again(tx: Connection, key: ForeignKeyConstraint) -> None:
    try:
        tx.execute(AddConstraint(key))
    except DBAPIError as error:
        raise CannotHold(key.table.name) from error


def _count_on(tx: Connection, there: Tables, last: Mapping[str, int]) -> None:
    """Let the next number of each table be one that it never gave away."""
    if tx.dialect.name == "sqlite":
        reached = last_numbers(tx)
        for name in tx.execute(text(_COUNTED)).scalars().all():
            given = {"name": name, "seq": max(last.get(name, 0), reached.get(name, 0))}
            tx.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
            tx.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :seq)"), given)
        return
    for name, key, sequence in tx.execute(text(_OWNERS)).all():
        if number := max(last.get(name, 0), _highest(tx, there[name], key)):
            tx.execute(select(func.setval(sequence, number)))


def _highest(tx: Connection, table: Table, column: str) -> int:
    return tx.execute(select(func.max(table.c[column]))).scalar() or 0


def _quoted(tx: Connection, name: str) -> str:
    return tx.dialect.identifier_preparer.quote(name)
