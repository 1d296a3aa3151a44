"""Kinh phí: amounts of an office, the funds they are from, and their tables; sums as printed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger
from sqlalchemy.engine import Connection
from sqlmodel import Field

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import Budget, BudgetRow, Part

Ids = Mapping[str, int]
_OF_THE_WHOLE = 0  # the line of a part that is of the budget itself; lines count from 1


class BudgetTableRow(imported.ImportedRow, table=True):
    """An amount, in đồng."""

    __tablename__ = "budgets"

    what: str
    dong: int = Field(sa_type=BigInteger)
    year: int | None = None
    place_id: int | None = Field(default=None, foreign_key="places.id")
    spent_dong: int | None = Field(default=None, sa_type=BigInteger)
    decision: str | None = None


class BudgetLineRow(imported.Origin, table=True):
    """One line of a budget's table; a line that others stand ``under`` is their printed sum."""

    __tablename__ = "budget_lines"

    budget_id: int = Field(primary_key=True, foreign_key="budgets.id")
    line: int = Field(primary_key=True)
    unit: str | None = None
    producer_id: int | None = Field(default=None, foreign_key="producers.id")
    under: str | None = None
    dong: int = Field(sa_type=BigInteger)
    spent_dong: int | None = Field(default=None, sa_type=BigInteger)
    use: str | None = None


class BudgetPartRow(imported.Origin, table=True):
    """The share of one fund in a line of the table, or in the whole."""

    __tablename__ = "budget_parts"

    budget_id: int = Field(primary_key=True, foreign_key="budgets.id")
    line: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    fund: str
    dong: int = Field(sa_type=BigInteger)


_BUDGETS = table_of(BudgetTableRow)
_LINES = table_of(BudgetLineRow)
_PARTS = table_of(BudgetPartRow)


def keep(tx: Connection, budgets: Sequence["Budget"], producers: Ids, places: Ids) -> imported.Kept:
    """Take in the budgets of a file; producers and places are there already."""
    rows = [
        imported.values(_BUDGETS, each, place_id=places[each.place] if each.place else None)
        for each in budgets
    ]
    kept = imported.keep(tx, _BUDGETS, rows)
    lines = {kept.ids[each.id]: _lines(each.rows, producers) for each in budgets}
    parts = {kept.ids[each.id]: list(_parts(each)) for each in budgets}
    astray = imported.keep_parts(tx, _LINES, "budget_id", lines)
    astray |= imported.keep_parts(tx, _PARTS, "budget_id", parts)
    return imported.with_parts(kept, astray)


def _lines(rows: Sequence["BudgetRow"], producers: Ids) -> list[dict[str, Any]]:
    return [
        imported.values(
            _LINES,
            row,
            line=line,
            producer_id=producers[row.producer] if row.producer else None,
        )
        for line, row in enumerate(rows, 1)
    ]


def _parts(budget: "Budget") -> Iterator[dict[str, Any]]:
    yield from _shares(_OF_THE_WHOLE, budget.parts)
    for line, row in enumerate(budget.rows, 1):
        yield from _shares(line, row.parts)


def _shares(line: int, parts: Sequence["Part"]) -> Iterator[dict[str, Any]]:
    for position, part in enumerate(parts):
        yield imported.values(_PARTS, part, line=line, position=position)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All budgets, each with its ``parts`` and the ``lines`` of its table, which have theirs."""
    every = imported.everyone(tx, _BUDGETS)
    budgets = {each["id"]: {**each, "parts": [], "lines": []} for each in every}
    owners = {(number, _OF_THE_WHOLE): budget for number, budget in budgets.items()}
    for line in imported.everyone(tx, _LINES):
        owners[line["budget_id"], line["line"]] = {**line, "parts": []}
        budgets[line["budget_id"]]["lines"].append(owners[line["budget_id"], line["line"]])
    for part in imported.everyone(tx, _PARTS):
        owners[part["budget_id"], part["line"]]["parts"].append(part)
    return list(budgets.values())
