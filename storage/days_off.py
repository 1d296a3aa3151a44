"""Ngày nghỉ: days that an office keeps otherwise than the calendar of holidays says."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_new, table_of


class DayOffRow(SQLModel, table=True):
    """A day that is off although it is none, or worked (``off`` is false) although it is one."""

    __tablename__ = "days_off"

    day: date = Field(primary_key=True)
    off: bool
    reason: str = ""
    set_by: int | None = Field(default=None, foreign_key="persons.id")
    set_at: datetime = Field(sa_type=UtcDateTime)


_DAYS = table_of(DayOffRow)


def changed(tx: Connection) -> dict[date, bool]:
    """The days that the office changed: whether each is off."""
    return {row[0]: row[1] for row in tx.execute(select(_DAYS.c.day, _DAYS.c.off))}


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All changed days, the first first."""
    return [dict(row) for row in tx.execute(select(_DAYS).order_by(_DAYS.c.day)).mappings()]


def keep(tx: Connection, day: date, off: bool, reason: str, by: int | None, now: datetime) -> None:
    """Note that the day is off, or worked; what was said of it before gives way."""
    row = {"day": day, "off": off, "reason": reason, "set_by": by, "set_at": now}
    upsert = insert_new(tx, _DAYS).values(row)
    tx.execute(upsert.on_conflict_do_update(index_elements=["day"], set_=row))


def forget(tx: Connection, day: date) -> bool:
    """Let the day be again what the calendar says; False when nobody had changed it."""
    return bool(tx.execute(delete(_DAYS).where(_DAYS.c.day == day)).rowcount)
