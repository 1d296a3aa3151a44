"""Putting all rows of another database, or of a back-up, into a database that has none."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, OperationalError

from storage import migrate, moving
from storage.database import Database
from storage.moving import CannotHold, Counting, Row, Sum

_SQLITE = "sqlite:///"
_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class NotEmpty(Exception):
    """There are rows where the others should go."""


class InUse(Exception):
    """Somebody else is connected to that database."""


class NotThere(Exception):
    """There is no such database, or it cannot be reached."""


class Restored(NamedTuple):
    """How many rows there are now, and where those are that were there before, if any were."""

    rows: int
    aside: str = ""


class Source(Protocol):
    """Where all rows come from: in which form of the tables, and what belongs to them."""

    @property
    def revision(self) -> str:
        """The number of the migration at which they are."""

    @property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """The columns of each table."""

    @property
    def last(self) -> Mapping[str, int]:
        """The last number that each table has given away, where that is known."""

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table."""


class Live:
    """A database as that transaction sees it."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._tables = moving.tables(tx)
        self.columns = {name: moving.kinds(table) for name, table in self._tables.items()}
        self.last = moving.last_numbers(tx)

    @property
    def revision(self) -> str:
        """The number of the migration at which it is."""
        return str(self._tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one())

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table."""
        return moving.rows(self._tx, self._tables[table])


def into(url: str, source: Source, now: datetime, *, replace: bool = False) -> Restored:
    """Put all rows of the source there and prove it; then the tables are in their newest form.

    Raises what ``need_room`` does, and CannotHold when the rows do not fit. Whatever kills it, it
    can be done again.
    """
    if url.startswith(_SQLITE):
        return _into_file(Path(url.removeprefix(_SQLITE)), source, now, replace=replace)
    aside = _made_empty(url, now, replace=replace)
    return Restored(_fill(url, source), aside)


def need_room(url: str, *, replace: bool = False) -> None:
    """Raise NotEmpty when there are rows already that may not be moved aside.

    Raises InUse when others are connected, and NotThere when nobody answers.
    """
    if url.startswith(_SQLITE):
        path = Path(url.removeprefix(_SQLITE))
        if path.exists() and not replace and not _is_empty(url):
            raise NotEmpty
        return
    with _answering(url) as tx:
        if tx.execute(text(_OTHERS)).scalar():
            raise InUse
        if not (replace or moving.is_empty(tx)):
            raise NotEmpty


def is_there(url: str) -> bool:
    """Whether there may be a database: on SQLite a file, which asking for its rows would make."""
    return not url.startswith(_SQLITE) or Path(url.removeprefix(_SQLITE)).exists()


# -- SQLite ----------------------------------------------------------------------------------------


def _into_file(path: Path, source: Source, now: datetime, *, replace: bool) -> Restored:
    """Make a new file beside the old one, which stays until the new one is whole."""
    need_room(f"{_SQLITE}{path}", replace=replace)
    with_rows = path.exists() and not _is_empty(f"{_SQLITE}{path}")
    fresh = path.with_name(f"{path.name}.new")
    _unlink(fresh)
    try:
        rows = _fill(f"{_SQLITE}{fresh}", source)
        _write_out(fresh)
        aside = _set_aside(path, now) if with_rows else ""
        _unlink(*(path.with_name(f"{path.name}{beside}") for beside in _BESIDE))
        fresh.replace(path)
    finally:
        _unlink(fresh)
    return Restored(rows, aside)


def _is_empty(url: str) -> bool:
    with closing(Database(url)) as database, database.reading() as tx:
        return moving.is_empty(tx)


def _write_out(path: Path) -> None:
    """Let everything stand in the file itself, and nothing of it beside."""
    with closing(Database(f"{_SQLITE}{path}")) as database:
        database.leave_no_trace()


def _set_aside(path: Path, now: datetime) -> str:
    """Give the file a second name, so that at no moment there is none."""
    _write_out(path)
    aside = path.with_name(f"{path.name}.{_stamp(now)}")
    os.link(path, aside)
    return str(aside)


def _unlink(*paths: Path) -> None:
    for path in paths:
        for beside in ("", *_BESIDE):
            path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)


# -- PostgreSQL ------------------------------------------------------------------------------------


def _made_empty(url: str, now: datetime, *, replace: bool) -> str:
    """Let no table be there; what had rows is a schema of its own now."""
    need_room(url, replace=replace)
    with closing(Database(url)) as database, database.transaction() as tx:
        if moving.is_empty(tx):
            moving.clear(tx)
            return ""
        aside, old = _stamp(now), str(tx.execute(text("SELECT current_schema()")).scalar())
        tx.exec_driver_sql(f'ALTER SCHEMA "{old}" RENAME TO "{aside}"')
        tx.exec_driver_sql(f'CREATE SCHEMA "{old}"')
        return aside


@contextmanager
def _answering(url: str) -> Iterator[Connection]:
    try:
        with closing(Database(url)) as database, database.reading() as tx:
            yield tx
    except (OperationalError, ArgumentError) as error:
        raise NotThere from error


# -- both ------------------------------------------------------------------------------------------


def _fill(url: str, source: Source) -> int:
    migrate.upgrade(url, source.revision)
    with closing(moving.trusting(url)) as database, database.transaction() as tx:
        passed = _Passed(source)
        moving.lay(tx, source.columns, passed.rows, source.last)
        there = moving.sums(tx)
        if wrong := [name for name, found in passed.sums().items() if there[name] != found]:
            raise CannotHold(wrong[0])
    migrate.upgrade(url)
    return sum(found.rows for found in there.values())


class _Passed:
    """The rows of a source, summed up as they pass."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._counts: dict[str, Counting] = {}

    def rows(self, table: str) -> Iterator[Row]:
        counting = self._counts[table] = Counting()
        for row in self._source.rows(table):
            counting.line(row)
            yield row

    def sums(self) -> dict[str, Sum]:
        return {name: counting.found() for name, counting in self._counts.items()}


def _stamp(now: datetime) -> str:
    return f"before-{now:%Y%m%d-%H%M%S}"
