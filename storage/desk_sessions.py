"""The desk's door: links that let an officer in once, and who sits there now; kept as hashes.

Whoever sits there is let go of at once when they are no officer any more, or another one, and when
the chat from which they came is no more theirs.
"""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, table_of
from storage.officers import OfficerRow
from storage.persons import CHATS, Chat

LINK = timedelta(minutes=10)
NOWHERE = Chat("", "", "")
IDLE, LONGEST = timedelta(hours=8), timedelta(days=7)


class DeskLinkRow(SQLModel, table=True):
    """A link asked for in that chat: good once, until ``until``."""

    __tablename__ = "desk_links"

    hashed: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    channel: str
    bot: str
    chat: str
    until: datetime = Field(sa_type=UtcDateTime)


class DeskSessionRow(SQLModel, table=True):
    """An officer who sits at the desk, and the chat from which they came."""

    __tablename__ = "desk_sessions"

    hashed: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    channel: str
    bot: str
    chat: str
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class Sitting(NamedTuple):
    """Who sits at the desk, and when they were seen there last."""

    person: int
    chat: Chat
    seen_at: datetime


_LINKS = table_of(DeskLinkRow)
_SESSIONS = table_of(DeskSessionRow)
_OFFICERS = table_of(OfficerRow)
_PLACE = ("channel", "bot", "chat")


def give(tx: Connection, code: str, person: int, chat: Chat, now: datetime) -> None:
    """Keep a link for the person, in place of those they had; what has ended is dropped."""
    tx.execute(delete(_LINKS).where((_LINKS.c.person_id == person) | (_LINKS.c.until <= now)))
    tx.execute(delete(_SESSIONS).where(_SESSIONS.c.seen_at <= now - IDLE))
    row = {"hashed": _hashed(code), "person_id": person, "until": now + LINK}
    tx.execute(insert(_LINKS).values(**row, **chat._asdict()))


def enter(tx: Connection, code: str, token: str, now: datetime) -> int | None:
    """Let whose link it is sit there under that token, once; None where it lets in nobody.

    That is where it was used, is too old or unknown, or where they are no officer any more.
    """
    mine = (_LINKS.c.hashed == _hashed(code), _LINKS.c.until > now)
    columns = (_LINKS.c.person_id, *(_LINKS.c[name] for name in _PLACE))
    row = tx.execute(delete(_LINKS).where(*mine).returning(*columns)).first()
    if row is None:
        return None
    person, *place = row
    values = {"hashed": _hashed(token), "person_id": person, "began_at": now, "seen_at": now}
    tx.execute(insert(_SESSIONS).values(**values, **dict(zip(_PLACE, place, strict=True))))
    return person if found(tx, token, now) else None


def found(tx: Connection, token: str, now: datetime) -> Sitting | None:
    """Who sits there under that token; None when nobody does, or nobody may any more."""
    same = [CHATS.c[name] == _SESSIONS.c[name] for name in _PLACE]
    theirs = and_(*same, CHATS.c.person_id == _SESSIONS.c.person_id)
    in_office = and_(
        _OFFICERS.c.person_id == _SESSIONS.c.person_id,
        _OFFICERS.c.since <= _SESSIONS.c.began_at,
    )
    awake = (_SESSIONS.c.seen_at > now - IDLE, _SESSIONS.c.began_at > now - LONGEST)
    columns = (_SESSIONS.c.person_id, *(_SESSIONS.c[name] for name in _PLACE), _SESSIONS.c.seen_at)
    rows = select(*columns).join(CHATS, theirs).join(_OFFICERS, in_office)
    row = tx.execute(rows.where(_SESSIONS.c.hashed == _hashed(token), *awake)).first()
    return Sitting(row[0], Chat(*row[1:4]), row[4]) if row else None


def seen(tx: Connection, token: str, now: datetime) -> None:
    """Note that they are there still."""
    mine = update(_SESSIONS).where(_SESSIONS.c.hashed == _hashed(token))
    tx.execute(mine.values(seen_at=now))


def end(tx: Connection, token: str) -> None:
    """Let them leave."""
    tx.execute(delete(_SESSIONS).where(_SESSIONS.c.hashed == _hashed(token)))


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
