"""One database: SQLite in a file by default, PostgreSQL by its URL; the same statements on both."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator, create_engine, event, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel, Table

# An open transaction, as the rooms above name it.
Transaction = Connection
BUSY_SECONDS = 10  # how long a process waits for another one that writes to the same file
_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# For tables whose numbers others remember: no number again, also after its row was deleted.
NEVER_AGAIN = {"sqlite_autoincrement": True}
# Constraints need names, or a later migration cannot take them away again.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into UTC; a naive time is refused, since nobody knows where it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        moved = value.astimezone(UTC)
        return moved.replace(tzinfo=None) if dialect.name == "sqlite" else moved

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Database:
    """Transactions on one database. On SQLite writers take turns, so that none waits in vain."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._turns = threading.Lock() if self.is_sqlite else None
        self._reading = {"begin": "DEFERRED"} if self.is_sqlite else _ONE_MOMENT

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded default."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction that commits at the end of the block, or not at all when it raises."""
        if self._turns is None:
            with self.engine.begin() as tx:
                yield tx
            return
        with self._turns, self.engine.begin() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, beside whoever is writing: all of it from one moment."""
        with self.engine.connect() as connection:
            tx = connection.execution_options(**self._reading)
            yield tx
            tx.rollback()

    def is_passing(self, trouble: BaseException) -> bool:
        """Whether the database could not just then: it was busy, full or away."""
        dbapi: Any = self.engine.dialect.loaded_dbapi
        return isinstance(trouble, OperationalError | dbapi.OperationalError)

    def leave_no_trace(self) -> bool:
        """Let what was deleted be gone from SQLite's log too; False while somebody else reads it.

        In the file itself it was overwritten when it was deleted; PostgreSQL sees to its own.
        """
        if not self.is_sqlite:
            return True
        with closing(self.engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
            busy: int = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def insert_new(tx: Connection, table: Table) -> Any:
    """An INSERT for this database on which ``on_conflict_…`` can be said."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def insert_all(tx: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert many rows in one call; none is fine too."""
    if rows:
        tx.execute(insert(table), rows)


def alone(tx: Connection, name: str) -> None:
    """Let no other transaction pass here under that name before this one ends.

    On SQLite whoever writes is alone anyway.
    """
    if tx.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))


def table_of(row: type[SQLModel]) -> Table:
    """The table that a row class declares, for Core statements."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
    return table


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    path = url.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"check_same_thread": False, "timeout": BUSY_SECONDS}
    engine = create_engine(url, connect_args=arguments)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours to say, see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {kind}")
