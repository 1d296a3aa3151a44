"""Rows that an office's file tells: each is found again by its id there, and follows the file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel, Table

from storage.database import insert_all

if TYPE_CHECKING:  # a start that takes in nothing need not load the reader of files
    from programme.sample_form.rows import Row

Values = Mapping[str, Any]


class Origin(SQLModel):
    """Where a row is from: its document, how it read there, and how sure the correction is."""

    document: str | None = Field(default=None, foreign_key="sources.key")
    as_written: str | None = None
    confidence: str | None = None
    note: str | None = None


class ImportedRow(Origin):
    """A row that has an id of its own in the file, its ``key``."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)


class Kept(NamedTuple):
    """The rows of one section: the number of each by its key, and which were new or changed."""

    ids: dict[str, int]
    new: set[str]
    changed: set[str]


def origin(row: "Row") -> dict[str, Any]:
    """The columns of Origin."""
    return {
        "document": row.source,
        "as_written": row.as_written,
        "confidence": row.confidence,
        "note": row.note,
    }


def values(table: Table, row: "Row", **others: Any) -> dict[str, Any]:
    """The columns of the table that are called like the fields of the row, and the others."""
    names = [column.name for column in table.c]
    named = {name: getattr(row, name) for name in names if hasattr(row, name)}
    if "key" in table.c:
        named["key"] = named.pop("id")
    return {**named, "document": row.source, **others}


def keep(
    tx: Connection,
    table: Table,
    rows: Sequence[Values],
    *,
    by: str = "key",
    made: Values | None = None,
    touched: Values | None = None,
) -> Kept:
    """Add the rows that are new by that column, and change those that differ.

    A new row has the values of ``made`` and ``touched`` too, a changed one those of ``touched``.
    """
    known = {row[by]: dict(row) for row in tx.execute(select(table)).mappings()}
    new = [row for row in rows if row[by] not in known]
    changed = [row for row in rows if row[by] in known and _differs(row, known[row[by]])]
    for row in new:
        tx.execute(insert(table).values({**row, **(made or {}), **(touched or {})}))
    for row in changed:
        tx.execute(update(table).where(table.c[by] == row[by]).values({**row, **(touched or {})}))
    ids = tx.execute(select(table.c[by], table.c.id))
    return Kept(
        {row[0]: row[1] for row in ids}, {row[by] for row in new}, {row[by] for row in changed}
    )


def keep_parts(
    tx: Connection, table: Table, owner: str, wanted: Mapping[int, Sequence[Values]]
) -> set[int]:
    """Make what belongs to these owners just what is wanted; the owners where it was not so."""
    there: dict[int, list[Values]] = {number: [] for number in wanted}
    for row in tx.execute(select(table).order_by(*table.primary_key)).mappings():
        there.setdefault(row[owner], []).append(dict(row))
    astray = {number for number, rows in wanted.items() if not _same(rows, there[number])}
    if astray:
        tx.execute(delete(table).where(table.c[owner].in_(astray)))
        rows = [{owner: number, **row} for number in sorted(astray) for row in wanted[number]]
        insert_all(tx, table, rows)
    return astray


def everyone(tx: Connection, table: Table) -> list[dict[str, Any]]:
    """All rows of a table, in their order."""
    return [dict(row) for row in tx.execute(select(table).order_by(*table.primary_key)).mappings()]


def with_parts(kept: Kept, astray: Iterable[int]) -> Kept:
    """The same, and as changed also those of whom a part was."""
    numbers = set(astray)
    touched = {key for key, number in kept.ids.items() if number in numbers}
    return kept._replace(changed=kept.changed | (touched - kept.new))


def _differs(row: Values, known: Values) -> bool:
    return any(known[name] != value for name, value in row.items())


def _same(wanted: Sequence[Values], there: Sequence[Values]) -> bool:
    pairs = zip(wanted, there, strict=False)
    return len(wanted) == len(there) and not any(_differs(row, known) for row, known in pairs)
