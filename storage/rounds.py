"""Đợt: the steps of an office's own calendar."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection
from sqlmodel import Field

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import PlannedRound


class RoundRow(imported.ImportedRow, table=True):
    """A step; its days are as exact as is known, and on ``intake_before`` itself it is too late."""

    __tablename__ = "rounds"

    what: str
    level: str
    year: int
    number: int | None = None
    place_id: int | None = Field(default=None, foreign_key="places.id")
    starts: str | None = None
    intake_before: str | None = None
    finish_before: str | None = None


_ROUNDS = table_of(RoundRow)


def keep(
    tx: Connection, rounds: Sequence["PlannedRound"], places: Mapping[str, int]
) -> imported.Kept:
    """Take in the calendar of a file; its places are there already."""
    rows = [
        imported.values(_ROUNDS, each, place_id=places[each.place] if each.place else None)
        for each in rounds
    ]
    return imported.keep(tx, _ROUNDS, rows)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """The whole calendar."""
    return imported.everyone(tx, _ROUNDS)
