"""One-time codes by which one person lets another act for a producer; only their hash is kept."""

import hashlib
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, table_of


class CodeRow(SQLModel, table=True):
    """A code for one producer: good once, until ``until``."""

    __tablename__ = "codes"

    id: int | None = Field(default=None, primary_key=True)
    hashed: str = Field(index=True)
    producer_id: int = Field(foreign_key="producers.id")
    made_by: int = Field(foreign_key="persons.id")
    until: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_CODES = table_of(CodeRow)


def give(tx: Connection, code: str, producer: int, person: int, until: datetime) -> None:
    """Keep a code that the person may pass on."""
    row = {"hashed": _hashed(code), "producer_id": producer, "made_by": person, "until": until}
    tx.execute(insert(_CODES).values(row))


def use(tx: Connection, code: str, now: datetime) -> int | None:
    """The producer that the code opens, once; None when it is wrong, used or too old."""
    good = (_CODES.c.hashed == _hashed(code), _CODES.c.used_at.is_(None), _CODES.c.until > now)
    first = select(func.min(_CODES.c.id)).where(*good).scalar_subquery()
    used = update(_CODES).where(_CODES.c.id == first, *good).values(used_at=now)
    found: int | None = tx.execute(used.returning(_CODES.c.producer_id)).scalar()
    return found


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
