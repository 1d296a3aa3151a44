"""Many rows in one statement: the hot path's way around what Core costs for each single value."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy.engine import Connection, Dialect
from sqlmodel import Table

from storage.database import UtcDateTime

MOST = 64  # rows in one statement for SQLite, so that only so many texts are ever written
Values = Sequence[Sequence[Any]]


class Insert:
    """Inserts rows, each a sequence in the order of ``columns``; ``ending`` follows the values."""

    def __init__(self, table: Table, columns: str, ending: str = "") -> None:
        self._table = table
        self._columns = [table.c[name] for name in columns.split()]
        self._ending = ending
        self._times = [
            at for at, column in enumerate(self._columns) if isinstance(column.type, UtcDateTime)
        ]
        self._texts: dict[int, str] = {}

    def run(self, tx: Connection, rows: Values) -> list[tuple[Any, ...]]:
        """Insert these rows in their order; what the ending returns, if it returns anything."""
        if not rows:
            return []
        bound = self._bound(rows, tx.dialect)
        if tx.dialect.name != "sqlite":
            return _told(tx, self._from_json(tx.dialect), msgspec.json.encode(bound).decode())
        told: list[tuple[Any, ...]] = []
        for at in range(0, len(bound), MOST):
            some = bound[at : at + MOST]
            told += _told(tx, self._from_values(tx.dialect, len(some)), *chain(*some))
        return told

    def _from_values(self, dialect: Dialect, count: int) -> str:
        """The statement with a sign for each value, as SQLite takes it fastest."""
        if count not in self._texts:
            row = f"({', '.join('?' * len(self._columns))})"
            self._texts[count] = self._text(dialect, f"VALUES {', '.join([row] * count)}")
        return self._texts[count]

    def _from_json(self, dialect: Dialect) -> str:
        """The statement with all rows in one value, as psycopg and PostgreSQL take it fastest."""
        if 0 not in self._texts:
            kinds = [column.type.compile(dialect) for column in self._columns]
            values = ", ".join(f"(r ->> {at})::{kind}" for at, kind in enumerate(kinds))
            rows = "jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS t (r, n) ORDER BY n"
            self._texts[0] = self._text(dialect, f"SELECT {values} FROM {rows}")  # noqa: S608
        return self._texts[0]

    def _text(self, dialect: Dialect, values: str) -> str:
        quoted = dialect.identifier_preparer.quote
        names = ", ".join(quoted(column.name) for column in self._columns)
        return f"INSERT INTO {quoted(self._table.name)} ({names}) {values} {self._ending}"

    def _bound(self, rows: Values, dialect: Dialect) -> list[Sequence[Any]]:
        """The rows with each time as the database keeps it."""
        bind = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
        if bind is None or not self._times:
            return list(rows)
        known: dict[datetime | None, Any] = {}  # the rows of a batch are mostly of one moment
        bound = [list(row) for row in rows]
        for values in bound:
            for at in self._times:
                time = values[at]
                if time not in known:
                    known[time] = bind(time)
                values[at] = known[time]
        return [*bound]


def _told(tx: Connection, text: str, *values: Any) -> list[tuple[Any, ...]]:
    done = tx.exec_driver_sql(text, values)
    return [tuple(row) for row in done] if done.returns_rows else []
