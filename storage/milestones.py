"""Mốc: the days of the rounds, as the law's rule set makes them and as officers move them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, bindparam, func, insert, or_, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.calendar import Milestone
from storage.database import UtcDateTime, insert_all, table_of

_STANDS = text("replaced_at IS NULL")


class MilestoneRow(SQLModel, table=True):
    """A step of a round has its day in an area; a row in whose place a newer one came stays.

    ``area`` is empty for everywhere, or a province's or a commune's code; ``basis`` says whether
    the day is the law's, derived from it, or an office's own.
    """

    __tablename__ = "milestones"
    __table_args__ = (
        Index(
            "ix_milestones_standing",
            "round_key",
            "step",
            "area",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_key: str
    step: str
    area: str = ""
    day: date
    basis: str
    reason: str = ""
    set_by: int | None = Field(default=None, foreign_key="persons.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_MILESTONES = table_of(MilestoneRow)
_STANDING = _MILESTONES.c.replaced_at.is_(None)
_THIS = (
    _MILESTONES.c.round_key == bindparam("key"),
    _MILESTONES.c.step == bindparam("at"),
    _MILESTONES.c.area == bindparam("where"),
    _STANDING,
)


def standing(tx: Connection) -> tuple[Milestone, ...]:
    """The days that stand, the oldest first."""
    rows = tx.execute(select(_MILESTONES).where(_STANDING).order_by(_MILESTONES.c.id)).mappings()
    return tuple(
        Milestone(
            row["round_key"],
            row["step"],
            row["area"],
            row["day"],
            row["reason"],
            row["basis"],
            row["id"],
        )
        for row in rows
    )


def ensure(tx: Connection, made: tuple[Milestone, ...], now: datetime) -> None:
    """Keep those of these days whose place is empty, as a rule set makes them for a year."""
    known = {(each.round, each.step, each.area) for each in standing(tx)}
    new = [each for each in made if (each.round, each.step, each.area) not in known]
    insert_all(tx, _MILESTONES, [_row(each, None, now) for each in new])


def move(tx: Connection, to: Milestone, by: int | None, now: datetime) -> int:
    """Let this day stand in the place of the one that stood, and give its number."""
    this = {"key": to.round, "at": to.step, "where": to.area}
    tx.execute(update(_MILESTONES).where(*_THIS).values(replaced_at=now), this)
    made = insert(_MILESTONES).values(_row(to, by, now)).returning(_MILESTONES.c.id)
    return int(tx.execute(made).scalar_one())


def take_back(tx: Connection, key: str, area: str, now: datetime) -> None:
    """Let no day of the round stand any more that the office of the area has set."""
    these = (_MILESTONES.c.round_key == key, _MILESTONES.c.area == area, _STANDING)
    tx.execute(update(_MILESTONES).where(*these).values(replaced_at=now))


def history(tx: Connection, key: str, step: str, area: str) -> list[dict[str, Any]]:
    """All days that this step of the round had in the area, the oldest first."""
    same = (
        _MILESTONES.c.round_key == key,
        _MILESTONES.c.step == step,
        _MILESTONES.c.area == area,
    )
    rows = tx.execute(select(_MILESTONES).where(*same).order_by(_MILESTONES.c.id)).mappings()
    return [dict(row) for row in rows]


def moves(tx: Connection, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These days by number, each with the ``old`` day that held there before it, if one did.

    That was the area's own day, else the province's, else the one of everywhere.
    """
    if not numbers:
        return {}
    rows = tx.execute(select(_MILESTONES).where(_MILESTONES.c.id.in_(numbers))).mappings()
    return {row["id"]: {**row, "old": _before(tx, row)} for row in rows}


def _before(tx: Connection, row: Any) -> date | None:
    same = (_MILESTONES.c[name] == row[name] for name in ("round_key", "step"))
    held = or_(_MILESTONES.c.replaced_at.is_(None), _MILESTONES.c.replaced_at >= row["set_at"])
    around = _MILESTONES.c.area.in_(_around(row["area"]))
    earlier = select(_MILESTONES.c.day).where(*same, around, held, _MILESTONES.c.id < row["id"])
    nearest = earlier.order_by(func.length(_MILESTONES.c.area).desc(), _MILESTONES.c.id.desc())
    found: date | None = tx.execute(nearest.limit(1)).scalar()
    return found


def _around(area: str) -> list[str]:
    """The area, its province if it is a commune, and everywhere."""
    from programme.places import places  # noqa: PLC0415 - a start needs none of it

    commune = places().by_code(area) if area else None
    return ["", area, *([commune.province_code] if commune else [])]


def _row(day: Milestone, by: int | None, now: datetime) -> dict[str, Any]:
    return {
        "round_key": day.round,
        "step": day.step,
        "area": day.area,
        "day": day.day,
        "basis": day.basis,
        "reason": day.reason,
        "set_by": by,
        "set_at": now,
    }
