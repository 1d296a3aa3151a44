"""Bảng ít dùng: a wrong value of a rare table is mended, as far as no rule hangs on it.

What another page or the chat changes is changed there: of a fair that was announced, for one,
everybody is told. What a table's row is found again by, and what follows from others, stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conversations import readings
from conversations.reading import Read
from handlers.talk import Talk
from programme.places import places
from storage import announcements, fairs, producers, products, rare_rows
from storage.database import Transaction
from storage.rare_rows import Row

_Reading = Callable[[str], Any]
MEANWHILE, ANNOUNCED = "meanwhile", "announced"  # of the row, and of none of its columns
_MOST_DONG = 10**15
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Cell:
    """What may be written there: a reading of it, whether it is needed, and its most signs."""

    kind: str
    needed: bool = False
    most: int = 200


@dataclass(frozen=True, slots=True)
class Amiss:
    """Why what was typed cannot stand there; its words are on the page."""

    reason: str


CELLS: dict[str, dict[str, Cell]] = {
    "budgets": {
        "what": Cell("text", needed=True),
        "year": Cell("year"),
        "dong": Cell("dong", needed=True),
        "spent_dong": Cell("dong"),
        "decision": Cell("text"),
    },
    "fairs": {
        "name": Cell("text", needed=True),
        "starts": Cell("day"),
        "ends": Cell("day"),
        "venue": Cell("text"),
        "cancelled": Cell("flag", needed=True),
    },
    "places": {"commune_code": Cell("commune", needed=True)},
    "producers": {
        "name": Cell("text", needed=True),
        "commune_code": Cell("commune", needed=True),
    },
    "products": {
        "name": Cell("text", needed=True),
        "product_set": Cell("set", needed=True),
    },
    "sources": {"title": Cell("text", needed=True, most=400), "about": Cell("text", most=400)},
    "targets": {"text": Cell("text", needed=True, most=1000), "year": Cell("year", needed=True)},
}


def change(
    talk: Talk, table: str, which: str, mark: str, typed: Mapping[str, str]
) -> dict[str, str]:
    """Keep what was typed into the row as it was when it had that mark; else why not, by column.

    LookupError where there is no such row. What is wrong with the row as a whole has no column.
    """
    row = rare_rows.to_mend(talk.tx, table, which)
    if row is None or table not in CELLS:
        raise LookupError(table)
    if barred := why_not(talk.tx, table, row):
        return {"": barred}
    if rare_rows.mark(row) != mark:
        return {"": MEANWHILE}
    asked = {name: cell for name, cell in CELLS[table].items() if row[name] or typed.get(name)}
    values, wrong = _read(asked, typed)
    wrong |= _in_order({**row, **values})
    if not wrong:
        _keep(talk, table, row, {name: new for name, new in values.items() if new != row[name]})
    return wrong


def why_not(tx: Transaction, table: str, row: Row) -> str | None:
    """Why nothing of this row may be mended here; None where it may."""
    told = table == "fairs" and announcements.names_fair(tx, row["id"])
    return ANNOUNCED if told else None


def _keep(talk: Talk, table: str, row: Row, new: Mapping[str, Any]) -> None:
    if not new:
        talk.say("own_office.row_same")
        return
    _KEEPS[table](talk, table, row, new)
    talk.log("edited_table", table, row["id"], columns="/".join(sorted(new)))
    talk.say("own_office.row_mended")


# -- what follows from it ----------------------------------------------------------------------


def _row(talk: Talk, table: str, row: Row, new: Mapping[str, Any]) -> None:
    rare_rows.change(talk.tx, table, row["id"], new)


def _fair(talk: Talk, _table: str, row: Row, new: Mapping[str, Any]) -> None:
    fairs.change(talk.tx, row["id"], **new)


def _place(talk: Talk, table: str, row: Row, new: Mapping[str, Any]) -> None:
    _row(talk, table, row, new)
    producers.resettle(talk.tx, row, _home(new["commune_code"]), talk.now)


def _producer(talk: Talk, _table: str, row: Row, new: Mapping[str, Any]) -> None:
    home = _home(new["commune_code"]) if "commune_code" in new else {}
    producers.change(talk.tx, row["id"], {**new, **home}, talk.now)


def _home(code: str) -> dict[str, str]:
    """Where a producer lives who lives in that commune of today."""
    there = places().by_code(code)
    name = f"{there.kind} {there.name}" if there else ""
    return {"commune_code": code, "commune": name, "province": there.province if there else ""}


def _product(talk: Talk, _table: str, row: Row, new: Mapping[str, Any]) -> None:
    products.mend(talk.tx, row, new)


_KEEPS: dict[str, Callable[[Talk, str, Row, Mapping[str, Any]], None]] = {
    **dict.fromkeys(("budgets", "sources", "targets"), _row),
    "fairs": _fair,
    "places": _place,
    "producers": _producer,
    "products": _product,
}


# -- what was typed ----------------------------------------------------------------------------


def _read(
    wanted: Mapping[str, Cell], typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of these columns, and of those that are wrong why."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, cell in wanted.items():
        value = _value(cell, typed.get(name, ""))
        if isinstance(value, Amiss):
            wrong[name] = value.reason
        else:
            values[name] = value
    return values, wrong


def _value(cell: Cell, typed: str) -> Any:
    """What was typed as it is kept, read as a register's cell is; or why it cannot be."""
    from programme.register import cells  # noqa: PLC0415 - a start needs none of it

    told: dict[str, _Reading] = {"text": str, "day": cells.day, "set": cells.product_set}
    said = cells.text(typed, cell.most)
    if not said:
        return Amiss("missing") if cell.needed else None
    value = said if isinstance(said, cells.Wrong) else (told | _READS)[cell.kind](said)
    return Amiss(value.reason) if isinstance(value, cells.Wrong) else value


def _year(said: str) -> int | Amiss:
    return int(said) if said.isdecimal() and int(said) in _YEARS else Amiss("bad_date")


def _dong(said: str) -> int | Amiss:
    told = readings.money(said)
    if isinstance(told, Read) and told.sure and told.value <= _MOST_DONG:
        return told.value
    return Amiss("bad_number")


def _flag(said: str) -> bool:
    return said == "yes"


def _commune(said: str) -> str | Amiss:
    return said if places().by_code(said) else Amiss("bad_code")


_READS: dict[str, _Reading] = {
    "year": _year,
    "dong": _dong,
    "flag": _flag,
    "commune": _commune,
}


def _in_order(row: Mapping[str, Any]) -> dict[str, str]:
    """That nothing ends before it starts, as far as both days are known."""
    starts, ends = row.get("starts") or "", row.get("ends") or ""
    known = min(len(starts), len(ends))
    return {"ends": "ends_before_start"} if ends[:known] < starts[:known] else {}
