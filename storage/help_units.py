"""The offices that help producers, and with what."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection
from sqlmodel import Field

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import HelpUnit


class HelpUnitRow(imported.ImportedRow, table=True):
    """An office that helps; ``duties`` is a JSON list of texts."""

    __tablename__ = "help_units"

    unit: str
    duties: str
    place_id: int | None = Field(default=None, foreign_key="places.id")


_UNITS = table_of(HelpUnitRow)


def keep(tx: Connection, units: Sequence["HelpUnit"], places: Mapping[str, int]) -> imported.Kept:
    """Take in the helping offices of a file; its places are there already."""
    rows = [
        imported.values(
            _UNITS,
            unit,
            duties=json.dumps(unit.duties, ensure_ascii=False),
            place_id=places[unit.place] if unit.place else None,
        )
        for unit in units
    ]
    return imported.keep(tx, _UNITS, rows)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All helping offices, ``duties`` as a list."""
    units = imported.everyone(tx, _UNITS)
    return [{**unit, "duties": json.loads(unit["duties"])} for unit in units]


def serving(tx: Connection, units: Collection[str]) -> list[int]:
    """The numbers of the offices that stand for any of these units of programme.units."""
    every = everyone(tx) if units else []
    return [one["id"] for one in every if _stands_for(one) & set(units)]


def _stands_for(one: Mapping[str, Any]) -> frozenset[str]:
    from programme import units  # noqa: PLC0415 - a start needs none of it

    return units.of_office(one["unit"], one["duties"])
