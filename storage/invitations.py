"""Mã mời: one-time codes that make whoever types one an officer; only their hash is kept."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.roles import Role
from storage.database import UtcDateTime, table_of


class InvitationRow(SQLModel, table=True):
    """A code for one office: good once, until ``until``; the command line makes them for nobody."""

    __tablename__ = "invitations"

    id: int | None = Field(default=None, primary_key=True)
    hashed: str = Field(unique=True)
    role: str
    area: str
    unit_id: int | None = Field(default=None, foreign_key="help_units.id")
    made_by: int | None = Field(default=None, foreign_key="persons.id", index=True)
    until: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by: int | None = Field(default=None, foreign_key="persons.id")


class Office(NamedTuple):
    """What an invitation makes of whoever uses it, and who invited."""

    role: Role
    area: str
    unit: int | None = None
    made_by: int | None = None


_INVITATIONS = table_of(InvitationRow)


def give(tx: Connection, code: str, office: Office, until: datetime) -> int:
    """Keep a code for that office and give the invitation's number."""
    about = {"role": office.role, "area": office.area, "unit_id": office.unit}
    row = {"hashed": _hashed(code), "until": until, "made_by": office.made_by, **about}
    made = insert(_INVITATIONS).values(row).returning(_INVITATIONS.c.id)
    return int(tx.execute(made).scalar_one())


def use(tx: Connection, code: str, person: int, now: datetime) -> Office | None:
    """What the code makes of the person, once; None when it is wrong, used or too old."""
    good = (
        _INVITATIONS.c.hashed == _hashed(code),
        _INVITATIONS.c.used_at.is_(None),
        _INVITATIONS.c.until > now,
    )
    used = update(_INVITATIONS).where(*good).values(used_at=now, used_by=person)
    names = ("role", "area", "unit_id", "made_by")
    row = tx.execute(used.returning(*(_INVITATIONS.c[name] for name in names))).first()
    return Office(Role(row[0]), *row[1:]) if row else None


def take_back(tx: Connection, person: int) -> int:
    """Take back the open invitations of that person; how many those were."""
    mine = (_INVITATIONS.c.made_by == person, _INVITATIONS.c.used_at.is_(None))
    return int(tx.execute(delete(_INVITATIONS).where(*mine)).rowcount)


def open_(tx: Connection, person: int, now: datetime) -> int:
    """How many invitations of that person can still be used."""
    mine = (_INVITATIONS.c.made_by == person, _INVITATIONS.c.used_at.is_(None))
    found = select(func.count()).select_from(_INVITATIONS).where(*mine, _INVITATIONS.c.until > now)
    return int(tx.execute(found).scalar_one())


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
