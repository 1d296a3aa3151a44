"""Phiếu chấm: what each member of a council gives a product, option by option, turn by turn."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_new, table_of


class BallotRow(SQLModel, table=True):
    """A member's sheet: ``marks`` are the options' keys by criterion, as JSON.

    ``aside`` says that the member has an interest in the product and does not mark it; ``remarks``
    are the member's own words by criterion, as JSON; ``barred`` is why it should be out, to them.
    """

    __tablename__ = "ballots"

    sitting_id: int = Field(primary_key=True, foreign_key="sittings.id")
    dossier_id: int = Field(primary_key=True, foreign_key="dossiers.id")
    seat: int = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    marks: str = "{}"
    remarks: str = "{}"
    barred: str = ""
    aside: bool = False
    person_id: int = Field(foreign_key="persons.id")
    changed_at: datetime = Field(sa_type=UtcDateTime)
    handed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Ballot(NamedTuple):
    """A sheet as it stands."""

    sitting: int
    dossier: int
    seat: int
    turn: int
    marks: Mapping[str, str]
    aside: bool
    handed_in_at: datetime | None
    remarks: Mapping[str, str]
    barred: str
    changed_at: datetime

    @property
    def settled(self) -> bool:
        """Whether nothing more is expected of the member."""
        return self.aside or self.handed_in_at is not None


class Key(NamedTuple):
    """Which sheet: of a meeting's product, a seat's, of a turn."""

    sitting: int
    dossier: int
    seat: int
    turn: int


_BALLOTS = table_of(BallotRow)
_KEY = ("sitting_id", "dossier_id", "seat", "turn")


def mark(tx: Connection, key: Key, marks: Mapping[str, str], person: int, now: datetime) -> None:
    """Keep what a member gives by now; a sheet that was handed in is open again."""
    _put(tx, key, {"marks": _written(marks), "aside": False, "handed_in_at": None}, person, now)


def put_words(
    tx: Connection, key: Key, words: Mapping[str, Any], person: int, now: datetime
) -> None:
    """Keep a member's ``remarks`` by criterion, or why it is ``barred``; no mark changes by it."""
    written = {name: _written(value) for name, value in words.items()}
    _put(tx, key, written, person, now)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(dict(value), sort_keys=True)


def hand_in(tx: Connection, key: Key, now: datetime) -> bool:
    """Hand a sheet in; False when there is none, or it was."""
    open_ = (*_mine(key), _BALLOTS.c.handed_in_at.is_(None), _BALLOTS.c.aside.is_(False))
    done = update(_BALLOTS).where(*open_).values(handed_in_at=now, changed_at=now)
    return bool(tx.execute(done).rowcount)


def stand_aside(tx: Connection, key: Key, person: int, now: datetime) -> None:
    """Note that the member has an interest in the product; what they gave does not count."""
    _put(tx, key, {"aside": True, "handed_in_at": None}, person, now)


def of(tx: Connection, key: Key) -> Ballot | None:
    """One member's sheet."""
    row = tx.execute(select(_BALLOTS).where(*_mine(key))).mappings().first()
    return _ballot(row) if row else None


def any_of(tx: Connection, sitting: int, dossier: int) -> bool:
    """Whether any member has begun a sheet for that product."""
    mine = (_BALLOTS.c.sitting_id == sitting, _BALLOTS.c.dossier_id == dossier)
    return tx.execute(select(_BALLOTS.c.seat).where(*mine)).first() is not None


def of_sitting(tx: Connection, sitting: int) -> list[Ballot]:
    """All sheets of a meeting, of all turns."""
    rows = select(_BALLOTS).where(_BALLOTS.c.sitting_id == sitting)
    ordered = rows.order_by(_BALLOTS.c.dossier_id, _BALLOTS.c.turn, _BALLOTS.c.seat)
    return [_ballot(row) for row in tx.execute(ordered).mappings()]


def count_handed_in(tx: Connection, sittings: Sequence[int]) -> dict[int, int]:
    """How many sheets are in at each of these meetings; where none is, it is left out."""
    mine = (_BALLOTS.c.sitting_id.in_(sittings), _BALLOTS.c.handed_in_at.is_not(None))
    found = select(_BALLOTS.c.sitting_id, func.count()).where(*mine)
    return {row[0]: row[1] for row in tx.execute(found.group_by(_BALLOTS.c.sitting_id))}


def counted(every: Sequence[Ballot], dossier: int, turn: int) -> dict[int, Mapping[str, str]]:
    """The marks that count for a product in a turn, by seat."""
    return {
        each.seat: each.marks
        for each in every
        if (each.dossier, each.turn) == (dossier, turn) and each.handed_in_at and not each.aside
    }


def _put(tx: Connection, key: Key, values: dict[str, Any], person: int, now: datetime) -> None:
    empty = {"marks": "{}", "remarks": "{}", "barred": "", "aside": False}
    row = {**dict(zip(_KEY, key, strict=True)), **empty, "person_id": person}
    upsert = insert_new(tx, _BALLOTS).values({**row, **values, "changed_at": now})
    again = {**values, "person_id": person, "changed_at": now}
    tx.execute(upsert.on_conflict_do_update(index_elements=list(_KEY), set_=again))


def _mine(key: Key) -> tuple[Any, ...]:
    return tuple(_BALLOTS.c[name] == part for name, part in zip(_KEY, key, strict=True))


def _ballot(row: Any) -> Ballot:
    return Ballot(
        row["sitting_id"],
        row["dossier_id"],
        row["seat"],
        row["turn"],
        json.loads(row["marks"]),
        row["aside"],
        row["handed_in_at"],
        json.loads(row["remarks"]),
        row["barred"],
        row["changed_at"],
    )
