"""Tóm tắt: when each officer wants the summary, and what it said the last time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, func, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Ready
from storage.database import UtcDateTime, insert_new, table_of

_COMES = text("next_at IS NOT NULL")


class DigestRow(SQLModel, table=True):
    """An officer's wish: ``every`` day, week or none, at ``hour`` (Viet Nam), on that weekday.

    ``said`` is what the last one said, so that nothing is sent when nothing changed.
    """

    __tablename__ = "digests"
    __table_args__ = (
        Index("ix_digests_next_at", "next_at", sqlite_where=_COMES, postgresql_where=_COMES),
    )

    person_id: int = Field(primary_key=True, foreign_key="persons.id")
    every: str = "day"
    hour: int = 8
    weekday: int = 0
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said: str = ""
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_DIGESTS = table_of(DigestRow)
_DUE = Ready(
    select(_DIGESTS.c.person_id)
    .where(_COMES, _DIGESTS.c.next_at <= bindparam("now", type_=UtcDateTime))
    .order_by(_DIGESTS.c.next_at)
    .limit(bindparam("most"))
)


def of(tx: Connection, person: int) -> dict[str, Any] | None:
    """The person's wish, if they have one."""
    row = tx.execute(select(_DIGESTS).where(_DIGESTS.c.person_id == person)).mappings().first()
    return dict(row) if row else None


def wish(tx: Connection, person: int, values: dict[str, Any]) -> None:
    """Keep what the person wants; what the last summary said stays."""
    upsert = insert_new(tx, _DIGESTS).values({"person_id": person, **values})
    tx.execute(upsert.on_conflict_do_update(index_elements=["person_id"], set_=values))


def due(tx: Connection, now: datetime, most: int) -> list[int]:
    """The persons whose summary is due."""
    return [row[0] for row in _DUE.rows(tx, now=now, most=most)]


def is_due(tx: Connection, person: int, now: datetime) -> bool:
    """Whether the summary of that person is due, and nobody has seen to it meanwhile."""
    mine = (_DIGESTS.c.person_id == person, _DIGESTS.c.next_at <= now)
    return tx.execute(select(_DIGESTS.c.person_id).where(*mine)).first() is not None


def unsaid(tx: Connection, persons: Sequence[int]) -> None:
    """Note that these persons never got what was said last, so that it is said again."""
    if persons:
        tx.execute(update(_DIGESTS).where(_DIGESTS.c.person_id.in_(persons)).values(said=""))


def next_due(tx: Connection) -> datetime | None:
    """When the next summary is due; None when nobody wants one."""
    found: datetime | None = tx.execute(select(func.min(_DIGESTS.c.next_at))).scalar()
    return found


def said(
    tx: Connection, person: int, what: str | None, next_at: datetime | None, now: datetime
) -> None:
    """Note what was said, if anything was, and when the next one is due."""
    values: dict[str, Any] = {"next_at": next_at}
    if what is not None:
        values |= {"said": what, "said_at": now}
    tx.execute(update(_DIGESTS).where(_DIGESTS.c.person_id == person).values(values))
