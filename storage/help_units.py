"""The offices that help producers, and with what."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field

from storage import imported
from storage.database import alone, table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import HelpUnit


class HelpUnitRow(imported.ImportedRow, table=True):
    """An office that helps; ``duties`` is a JSON list of texts.

    ``area`` is the province for which an officer told of it; empty where a file did.
    """

    __tablename__ = "help_units"

    unit: str
    duties: str
    place_id: int | None = Field(default=None, foreign_key="places.id")
    area: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


_UNITS = table_of(HelpUnitRow)


def keep(tx: Connection, units: Sequence["HelpUnit"], places: Mapping[str, int]) -> imported.Kept:
    """Take in the helping offices of a file; its places are there already."""
    rows = [
        imported.values(
            _UNITS,
            unit,
            duties=_listed(unit.duties),
            place_id=places[unit.place] if unit.place else None,
        )
        for unit in units
    ]
    return imported.keep(tx, _UNITS, rows)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All helping offices, ``duties`` as a list."""
    units = imported.everyone(tx, _UNITS)
    return [{**unit, "duties": json.loads(unit["duties"])} for unit in units]


def add(tx: Connection, area: str, unit: str, duties: Sequence[str]) -> int:
    """Add an office that helps in that area; its number."""
    alone(tx, "help-units")
    last = int(tx.execute(select(func.coalesce(func.max(_UNITS.c.id), 0))).scalar_one())
    row = {"key": f"desk-{last + 1}", "unit": unit, "duties": _listed(duties), "area": area}
    return int(tx.execute(insert(_UNITS).values(row).returning(_UNITS.c.id)).scalar_one())


def change(tx: Connection, number: int, unit: str, duties: Sequence[str]) -> None:
    """Let the office be called so, and help with that."""
    told = {"unit": unit, "duties": _listed(duties)}
    tx.execute(update(_UNITS).where(_UNITS.c.id == number).values(told))


def drop(tx: Connection, number: int) -> None:
    """Forget the office, of which nobody is."""
    tx.execute(delete(_UNITS).where(_UNITS.c.id == number))


def _listed(duties: Sequence[str]) -> str:
    return json.dumps(list(duties), ensure_ascii=False)


def serving(tx: Connection, units: Collection[str]) -> list[int]:
    """The numbers of the offices that stand for any of these units of programme.units."""
    every = everyone(tx) if units else []
    return [one["id"] for one in every if _stands_for(one) & set(units)]


def _stands_for(one: Mapping[str, Any]) -> frozenset[str]:
    from programme import units  # noqa: PLC0415 - a start needs none of it

    return units.of_office(one["unit"], one["duties"])
