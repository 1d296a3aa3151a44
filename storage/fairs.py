"""Hội chợ: the fairs that the office sends producers to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, func, insert, select, update
from sqlalchemy.engine import Connection, RowMapping

from storage import counters, imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import Fair


class FairRow(imported.ImportedRow, table=True):
    """A fair; its days are as exact as is known: 2026, 2026-12 or 2026-12-24."""

    __tablename__ = "fairs"

    name: str
    year: int | None = None
    starts: str | None = None
    ends: str | None = None
    venue: str | None = None
    cancelled: bool = False


_FAIRS = table_of(FairRow)
_WHOLE_DAY = 10  # signs of a day that is known exactly


def keep(tx: Connection, fairs: Sequence["Fair"]) -> imported.Kept:
    """Take in the fairs of a file."""
    return imported.keep(tx, _FAIRS, [imported.values(_FAIRS, fair) for fair in fairs])


def hold(tx: Connection, values: dict[str, Any]) -> int:
    """Keep a fair that an office announces: name, starts, ends, venue; its number.

    Till it is announced nobody is to hear of it, so it stands as called off.
    """
    key = f"announced-{counters.following(tx, 'fair')}"
    row = {**values, "key": key, "year": _year(values), "cancelled": True}
    return int(tx.execute(insert(_FAIRS).values(row).returning(_FAIRS.c.id)).scalar_one())


def change(tx: Connection, fair: int, **values: Any) -> None:
    """Keep what is new of a fair."""
    year = {"year": _year(values)} if "starts" in values else {}
    tx.execute(update(_FAIRS).where(_FAIRS.c.id == fair).values({**values, **year}))


def _year(values: Mapping[str, Any]) -> int | None:
    starts = values.get("starts")
    return int(starts[:4]) if starts else None


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All fairs, those that were called off too."""
    return imported.everyone(tx, _FAIRS)


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These fairs."""
    rows = tx.execute(select(_FAIRS).where(_FAIRS.c.id.in_(ids))).mappings() if ids else ()
    return [dict(row) for row in rows]


def coming(tx: Connection, today: date) -> list[tuple[int, date]]:
    """The fairs to come that were not called off and whose first day is known: number and day."""
    exact = func.length(_FAIRS.c.starts) == _WHOLE_DAY
    ahead = (_FAIRS.c.cancelled.is_(False), exact, _FAIRS.c.starts > today.isoformat())
    rows = tx.execute(select(_FAIRS.c.id, _FAIRS.c.starts).where(*ahead).order_by(_FAIRS.c.id))
    return [(row[0], date.fromisoformat(row[1])) for row in rows]


def newest(tx: Connection, most: int) -> list[dict[str, Any]]:
    """The fairs that were not called off, the newest first: ``name``, ``place`` and ``held``.

    ``held`` is a day, days, a month or a year in figures; it is None when nobody wrote it down.
    """
    when = func.coalesce(_FAIRS.c.starts, _FAIRS.c.ends, cast(_FAIRS.c.year, String))
    rows = tx.execute(
        select(_FAIRS)
        .where(_FAIRS.c.cancelled.is_(False))
        .order_by(when.is_(None), when.desc(), _FAIRS.c.id)
        .limit(most)
    )
    return [
        {"name": row["name"], "place": row["venue"], "held": _held(row)} for row in rows.mappings()
    ]


def _held(fair: RowMapping) -> str | None:
    days = dict.fromkeys(day for day in (fair["starts"], fair["ends"]) if day)
    if days:
        return " – ".join("/".join(map(_bare, reversed(day.split("-")))) for day in days)
    return str(fair["year"]) if fair["year"] else None


def _bare(figures: str) -> str:
    return figures.lstrip("0")
