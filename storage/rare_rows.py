"""Rows of tables that are rarely looked at, as they are kept, for whoever looks after the system.

None of these holds a secret, or words of a producer. Of producers there are those alone of whom
only a register told, and no more of them than it publishes.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, and_, cast, func, or_, select, true
from sqlalchemy import update as updating
from sqlalchemy.engine import Connection

from storage import imported, pairings, personal

NAMES = (
    *("budgets", "budget_parts", "budget_lines", "certificates", "councils", "counted_targets"),
    *("days_off", "fairs", "help_units", "imports", "milestones", "office_settings", "places"),
    *("producers", "products", "quotas", "sittings", "sources", "targets"),
)
Row = dict[str, Any]
_SHOWN = {
    "producers": "id name kind commune_code commune province commune_was source document",
    "products": "id name product_set set_confidence producer_id seasonal months key document",
}
_FARTHEST = 10**9  # rows; an address may bring any number


def there() -> list[str]:
    """Those of them that there are, with one column as their key."""
    return [name for name in NAMES if name in personal.tables() and len(_keys(name)) == 1]


def columns(name: str) -> list[str]:
    """The columns of that table, first the one that tells rows apart, last where a row is from."""
    return [str(each.name) for each in _columns(name)]


def key(name: str) -> str:
    """The column that tells its rows apart."""
    return str(_keys(name)[0].name)


def count(tx: Connection, name: str, said: str = "") -> int:
    """How many rows it has in which that is said."""
    rows = select(func.count()).select_from(_table(name)).where(_says(name, said))
    return int(tx.execute(rows).scalar_one())


def page(
    tx: Connection,
    name: str,
    part: tuple[int, int],
    sorts: Sequence[tuple[str, str]] = (),
    said: str = "",
) -> list[Row]:
    """The rows of that part, after so many and so many, in which that is said.

    They come in the order of ``sorts``, columns with their directions, else the newest first.
    """
    after, most = part
    shown = {str(each.name): each for each in _columns(name)}
    known = [(shown[column], way) for column, way in sorts if column in shown]
    by = [column.desc() if way == "desc" else column.asc() for column, way in known]
    by.append(_keys(name)[0].desc())
    rows = select(*shown.values()).where(_says(name, said)).order_by(*by)
    part_of = rows.offset(min(after, _FARTHEST)).limit(most)
    return [dict(row) for row in tx.execute(part_of).mappings()]


def one(tx: Connection, name: str, which: str) -> Row | None:
    """The row of that key; None where there is none."""
    row = tx.execute(_one(name, which)).mappings().first()
    return dict(row) if row else None


def to_mend(tx: Connection, name: str, which: str) -> Row | None:
    """The same, and nobody else changes it till this is over."""
    row = tx.execute(_one(name, which).with_for_update()).mappings().first()
    return dict(row) if row else None


def mark(row: Mapping[str, Any]) -> str:
    """What is another when anything in the row is another."""
    return hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()


def change(tx: Connection, name: str, number: int, values: Mapping[str, Any]) -> None:
    """Keep other values in the row of that number."""
    table = _table(name)
    tx.execute(updating(table).where(table.c.id == number).values(values))


def _one(name: str, which: str) -> Any:
    written = cast(_keys(name)[0], String)
    return select(*_columns(name)).where(written == which, _is_shown(name))


def _says(name: str, said: str) -> ColumnElement[bool]:
    written = (cast(column, String) for column in _columns(name))
    found = or_(*(each.contains(said, autoescape=True) for each in written)) if said else true()
    return and_(found, _is_shown(name))


def _is_shown(name: str) -> ColumnElement[bool]:
    return pairings.of_register() if name == "producers" else true()


def _columns(name: str) -> list[Column[Any]]:
    table, first = _table(name), key(name)
    if name in _SHOWN:
        return [table.c[each] for each in _SHOWN[name].split()]
    origin = {"key", *imported.Origin.model_fields}
    others = [each for each in table.c if each.name != first]
    return [table.c[first], *sorted(others, key=lambda each: each.name in origin)]


def _table(name: str) -> Table:
    return personal.tables()[name]


def _keys(name: str) -> list[Any]:
    return list(_table(name).primary_key)
