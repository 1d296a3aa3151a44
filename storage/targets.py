"""Chỉ tiêu: what an office means to reach in a year."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection
from sqlmodel import Field

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import Target


class TargetRow(imported.ImportedRow, table=True):
    """A target in the office's own words."""

    __tablename__ = "targets"

    year: int
    text: str
    place_id: int | None = Field(default=None, foreign_key="places.id")


_TARGETS = table_of(TargetRow)


def keep(tx: Connection, targets: Sequence["Target"], places: Mapping[str, int]) -> imported.Kept:
    """Take in the targets of a file; its places are there already."""
    rows = [
        imported.values(_TARGETS, each, place_id=places[each.place] if each.place else None)
        for each in targets
    ]
    return imported.keep(tx, _TARGETS, rows)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All targets."""
    return imported.everyone(tx, _TARGETS)
