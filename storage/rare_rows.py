"""Rows of tables that are rarely looked at, as they are kept, for whoever looks after the system.

None of these holds a secret, or words of a producer.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, func, or_, select, true
from sqlalchemy.engine import Connection

from storage import personal

NAMES = (
    *("budgets", "budget_parts", "budget_lines", "certificates", "councils", "counted_targets"),
    *("days_off", "fairs", "help_units", "imports", "milestones", "office_settings", "quotas"),
    *("sittings", "sources", "targets"),
)
Row = dict[str, Any]


def there() -> list[str]:
    """Those of them that there are, with one column as their key."""
    return [name for name in NAMES if name in personal.tables() and len(_keys(name)) == 1]


def columns(name: str) -> list[str]:
    """The columns of that table, first the one that tells rows apart."""
    first = key(name)
    return [first, *(str(each.name) for each in _table(name).c if each.name != first)]


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
    table = _table(name)
    known = [(table.c[column], way) for column, way in sorts if column in table.c]
    by = [column.desc() if way == "desc" else column.asc() for column, way in known]
    by.append(_keys(name)[0].desc())
    rows = select(table).where(_says(name, said)).order_by(*by).offset(after).limit(most)
    return [_told(row) for row in tx.execute(rows).mappings()]


def one(tx: Connection, name: str, which: str) -> Row | None:
    """The row of that key; None where there is none."""
    written = cast(_keys(name)[0], String)
    row = tx.execute(select(_table(name)).where(written == which)).mappings().first()
    return _told(row) if row else None


def _says(name: str, said: str) -> ColumnElement[bool]:
    written = (cast(column, String) for column in _table(name).c)
    return or_(*(each.contains(said, autoescape=True) for each in written)) if said else true()


def _table(name: str) -> Table:
    return personal.tables()[name]


def _keys(name: str) -> list[Any]:
    return list(_table(name).primary_key)


def _told(row: Any) -> Row:
    return {name: "" if value is None else str(value) for name, value in row.items()}
