"""One-time codes by which one person lets another act for a producer; only their hash is kept."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, table_of
from storage.producers import MembershipRow


class CodeRow(SQLModel, table=True):
    """A code for one producer: good once, until ``until``."""

    __tablename__ = "codes"

    id: int | None = Field(default=None, primary_key=True)
    hashed: str = Field(index=True)
    producer_id: int = Field(foreign_key="producers.id")
    made_by: int = Field(foreign_key="persons.id")
    until: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by: int | None = Field(default=None, foreign_key="persons.id")


class Opened(NamedTuple):
    """What a code opens, and who gave it."""

    producer: int
    giver: int


class Ended(NamedTuple):
    """Somebody who acted for a producer because of a code, until now."""

    person: int
    producer: int


_CODES = table_of(CodeRow)
_MEMBERSHIPS = table_of(MembershipRow)
_ACTS = select(_MEMBERSHIPS.c.role).where(
    _MEMBERSHIPS.c.person_id == bindparam("person"),
    _MEMBERSHIPS.c.producer_id == bindparam("producer"),
)


def give(tx: Connection, code: str, producer: int, person: int, until: datetime) -> None:
    """Keep a code that the person may pass on."""
    row = {"hashed": _hashed(code), "producer_id": producer, "made_by": person, "until": until}
    tx.execute(insert(_CODES).values(row))


def use(tx: Connection, code: str, person: int, now: datetime) -> Opened | None:
    """What the code opens for the person, once; None when it is wrong, used or too old."""
    good = (_CODES.c.hashed == _hashed(code), _CODES.c.used_at.is_(None), _CODES.c.until > now)
    first = select(func.min(_CODES.c.id)).where(*good).scalar_subquery()
    used = update(_CODES).where(_CODES.c.id == first, *good).values(used_at=now, used_by=person)
    row = tx.execute(used.returning(_CODES.c.producer_id, _CODES.c.made_by)).first()
    return Opened(*row) if row else None


def take_back(tx: Connection, giver: int) -> list[Ended]:
    """End what the codes of this person have opened; who thus acts for a producer no more.

    Who acted for that producer before they used a code goes on as before.
    """
    opened = exists().where(
        _CODES.c.made_by == giver,
        _CODES.c.used_by == _MEMBERSHIPS.c.person_id,
        _CODES.c.producer_id == _MEMBERSHIPS.c.producer_id,
        _CODES.c.used_at == _MEMBERSHIPS.c.since,
    )
    ended = delete(_MEMBERSHIPS).where(_MEMBERSHIPS.c.role == "helper", opened)
    rows = tx.execute(ended.returning(_MEMBERSHIPS.c.person_id, _MEMBERSHIPS.c.producer_id))
    return sorted(Ended(*row) for row in rows)


def still_acts(tx: Connection, person: int, producer: int) -> bool:
    """Whether the person acts for the producer now; what a code opened may have been taken back."""
    return tx.execute(_ACTS, {"person": person, "producer": producer}).first() is not None


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
