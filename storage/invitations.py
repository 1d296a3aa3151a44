"""Mã mời: one-time codes that make whoever types one an officer; only their hash is kept."""

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.roles import Role
from storage.database import UtcDateTime, table_of


class InvitationRow(SQLModel, table=True):
    """A code for one office: good once, until ``until``; the command line makes them for nobody.

    ``follows`` is the officer whose duties go over to whoever uses it.
    """

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
    follows: int | None = Field(default=None, foreign_key="persons.id")
    name: str = ""


class Office(NamedTuple):
    """What an invitation makes of whoever uses it, who invited, and whose duties come with it."""

    role: Role
    area: str
    unit: int | None = None
    made_by: int | None = None
    follows: int | None = None
    name: str = ""  # of whom is invited, as long as nobody has used it


class Used(NamedTuple):
    """An invitation that was used just now: its number, and what it made of who used it."""

    id: int
    office: Office


_INVITATIONS = table_of(InvitationRow)
_OFFICE = tuple(
    _INVITATIONS.c[name] for name in ("role", "area", "unit_id", "made_by", "follows", "name")
)


def give(tx: Connection, code: str, office: Office, until: datetime) -> int:
    """Keep a code for that office and give the invitation's number."""
    about = {"role": office.role, "area": office.area, "unit_id": office.unit}
    by = {"made_by": office.made_by, "follows": office.follows, "name": office.name}
    row = {"hashed": _hashed(code), "until": until, **about, **by}
    made = insert(_INVITATIONS).values(row).returning(_INVITATIONS.c.id)
    return int(tx.execute(made).scalar_one())


def look(tx: Connection, code: str, now: datetime) -> Office | None:
    """What the code would make of somebody; None when it is wrong, used or too old."""
    row = tx.execute(select(*_OFFICE).where(*_good(code, now))).first()
    return _office(row) if row else None


def use(tx: Connection, code: str, person: int, now: datetime) -> Used | None:
    """What the code makes of the person, once; None when it is wrong, used or too old."""
    office = look(tx, code, now)
    used = update(_INVITATIONS).where(*_good(code, now))
    used = used.values(used_at=now, used_by=person, name="").returning(_INVITATIONS.c.id)
    number = tx.execute(used).scalar()
    return Used(number, office) if number and office else None


def take_back(tx: Connection, person: int) -> int:
    """Take back the open invitations of that person; how many those were."""
    return int(tx.execute(delete(_INVITATIONS).where(*_open_of(person))).rowcount)


def drop_following(tx: Connection, person: int) -> int:
    """Take back what would still hand over that person's duties; how many those were."""
    theirs = (_INVITATIONS.c.follows == person, _INVITATIONS.c.used_at.is_(None))
    return int(tx.execute(delete(_INVITATIONS).where(*theirs)).rowcount)


def pass_on(tx: Connection, person: int, to: int) -> None:
    """Let the open invitations of that person be the other's: that one hears who accepts."""
    tx.execute(update(_INVITATIONS).where(*_open_of(person)).values(made_by=to))


def open_(tx: Connection, person: int, now: datetime) -> int:
    """How many invitations of that person can still be used."""
    mine = (*_open_of(person), _INVITATIONS.c.until > now)
    found = select(func.count()).select_from(_INVITATIONS).where(*mine)
    return int(tx.execute(found).scalar_one())


def _good(code: str, now: datetime) -> tuple[Any, ...]:
    unused = _INVITATIONS.c.used_at.is_(None)
    return (_INVITATIONS.c.hashed == _hashed(code), unused, _INVITATIONS.c.until > now)


def _open_of(person: int) -> tuple[Any, ...]:
    return (_INVITATIONS.c.made_by == person, _INVITATIONS.c.used_at.is_(None))


def _office(row: Any) -> Office:
    return Office(Role(row[0]), *row[1:])


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
