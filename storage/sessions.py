"""The talk with each person, as the engine left it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Index, bindparam, exists, func, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.database import UtcDateTime, table_of
from storage.persons import CHATS, LAST_USED, Chat

_WAKES = text("wake_at IS NOT NULL")


class SessionRow(SQLModel, table=True):
    """One person's session. ``body`` is opaque here; question ``token`` is open at ``shown``."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_wake_at", "wake_at", sqlite_where=_WAKES, postgresql_where=_WAKES),
    )

    person_id: int = Field(primary_key=True, foreign_key="persons.id")
    body: str
    token: int = 0
    shown: int | None = Field(default=None, sa_type=BigInteger)  # milliseconds, on some channels
    wake_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Kept(NamedTuple):
    """A session as it is kept: its text, and the place at which its open question appeared."""

    body: str
    shown: int | None


class Saved(NamedTuple):
    """A session to keep."""

    person: int
    body: str
    token: int
    shown: int | None
    wake_at: datetime | None


_SESSIONS = table_of(SessionRow)
_LOAD = Ready(
    select(_SESSIONS.c.person_id, _SESSIONS.c.body, _SESSIONS.c.shown)
    .where(_SESSIONS.c.person_id.in_(bindparam("persons", expanding=True)))
    .order_by(_SESSIONS.c.person_id)
    .with_for_update()
)
_READ = Ready(
    select(_SESSIONS.c.person_id, _SESSIONS.c.body, _SESSIONS.c.shown).where(
        _SESSIONS.c.person_id.in_(bindparam("persons", expanding=True))
    )
)
_SAVE = Insert(
    _SESSIONS,
    "person_id body token shown wake_at updated_at",
    "ON CONFLICT (person_id) DO UPDATE SET body = excluded.body, token = excluded.token,"
    " shown = excluded.shown, wake_at = excluded.wake_at, updated_at = excluded.updated_at",
)
_SHOWN = Ready(
    update(_SESSIONS)
    .where(_SESSIONS.c.person_id == bindparam("person"), _SESSIONS.c.token == bindparam("asked"))
    .values(shown=bindparam("place"))
)

_OTHERS = CHATS.alias()
_ELSEWHERE = exists().where(
    _OTHERS.c.person_id == CHATS.c.person_id,
    func.coalesce(_OTHERS.c.used_at, _OTHERS.c.created_at) > LAST_USED,
)


def load(tx: Connection, persons: Sequence[int]) -> dict[int, Kept]:
    """The sessions of these persons, locked until the transaction ends; no new ones among them."""
    return {row[0]: Kept(row[1], row[2]) for row in _LOAD.rows(tx, persons=list(persons))}


def read(tx: Connection, persons: Sequence[int]) -> dict[int, Kept]:
    """The same for who only looks: nothing is locked, so nobody is waited for."""
    return {row[0]: Kept(row[1], row[2]) for row in _READ.rows(tx, persons=list(persons))}


def save(tx: Connection, sessions: Sequence[Saved], now: datetime) -> None:
    """Keep these sessions as they are now."""
    last = {saved.person: saved for saved in sessions}
    _SAVE.run(tx, [(*last[person], now) for person in sorted(last)])


def note_shown(tx: Connection, receipts: Sequence[tuple[int, int, int]]) -> None:
    """Note where in the chat a question appeared: (person, token, place). Old tokens do nothing."""
    rows = [{"person": p, "asked": token, "place": place} for p, token, place in receipts]
    _SHOWN.each(tx, rows)


def due(tx: Connection, now: datetime, most: int = 500) -> list[tuple[Chat, int, datetime]]:
    """The chats in which a pause is over, each with the open question's token and when it ended.

    Of several chats of one person it is the one in which they wrote last.
    """
    rows = tx.execute(
        select(CHATS.c.channel, CHATS.c.bot, CHATS.c.chat, _SESSIONS.c.token, _SESSIONS.c.wake_at)
        .join(CHATS, CHATS.c.person_id == _SESSIONS.c.person_id)
        .where(_SESSIONS.c.wake_at <= now, ~_ELSEWHERE)
        .order_by(_SESSIONS.c.wake_at)
        .limit(most)
    )
    return [(Chat(row[0], row[1], row[2]), row[3], row[4]) for row in rows]


def touched(tx: Connection, persons: Sequence[int]) -> dict[int, datetime]:
    """When each of these sessions was last changed."""
    mine = select(_SESSIONS.c.person_id, _SESSIONS.c.updated_at)
    rows = tx.execute(mine.where(_SESSIONS.c.person_id.in_(persons))) if persons else ()
    return {row[0]: row[1] for row in rows}


def left_since(
    tx: Connection, since: datetime, most: int, after: int = 0
) -> list[tuple[int, str, datetime]]:
    """The sessions that were changed since then: whose, the text, and when it was changed last.

    They come by person, behind that one, so many at most.
    """
    changed = select(_SESSIONS.c.person_id, _SESSIONS.c.body, _SESSIONS.c.updated_at)
    some = changed.where(_SESSIONS.c.updated_at >= since, _SESSIONS.c.person_id > after)
    rows = tx.execute(some.order_by(_SESSIONS.c.person_id).limit(most))
    return [(row[0], row[1], row[2]) for row in rows]


def next_wake(tx: Connection) -> datetime | None:
    """When the next pause is over; None when nobody pauses."""
    found: datetime | None = tx.execute(select(func.min(_SESSIONS.c.wake_at))).scalar()
    return found


def everyone(tx: Connection) -> list[str]:
    """The text of every session, by person."""
    rows = tx.execute(select(_SESSIONS.c.body).order_by(_SESSIONS.c.person_id))
    return [row[0] for row in rows]
