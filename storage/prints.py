"""Papers that people asked for in the chat, to be printed and sent to them: a row each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import NEVER_AGAIN, UtcDateTime, alone, table_of
from storage.persons import CHATS, Chat


class PrintRow(SQLModel, table=True):
    """One paper: waiting → done | failed. Until ``claimed_until`` somebody is at work on it.

    ``about`` is all that stands in it, frozen when it was asked for, and forgotten when it is
    settled; ``file`` is the hash that the printed paper is kept under.
    """

    __tablename__ = "prints"
    __table_args__ = (Index("ix_prints_status", "status", "id"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    channel: str
    bot: str
    chat: str
    kind: str
    about: str
    status: str = "waiting"
    attempts: int = 0
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    file: str | None = None
    asked_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Asked(NamedTuple):
    """A paper that somebody wants; ``about`` is JSON."""

    chat: Chat
    person: int
    kind: str
    about: str


class Claimed(NamedTuple):
    """A paper that is ours to print now."""

    id: int
    chat: Chat
    person: int
    kind: str
    about: str
    attempts: int


_PRINTS = table_of(PrintRow)
_CLAIMED = ("id", "channel", "bot", "chat", "person_id", "kind", "about", "attempts")
_FREE = {"claimed_by": None, "claimed_until": None}
_NOW = bindparam("now", type_=UtcDateTime)
_WAITS = _PRINTS.c.status == "waiting"
_MINE = (_PRINTS.c.id == bindparam("number")) & _WAITS
_SAME = select(_PRINTS.c.id).where(
    _WAITS,
    *(
        _PRINTS.c[name] == bindparam(name)
        for name in ("channel", "bot", "chat", "person_id", "kind", "about")
    ),
)
_ASK = insert(_PRINTS).returning(_PRINTS.c.id)
_IS_DUE = and_(
    _WAITS,
    _PRINTS.c.due_at <= _NOW,
    or_(_PRINTS.c.claimed_until.is_(None), _PRINTS.c.claimed_until < _NOW),
)
_CHOSEN = (
    select(_PRINTS.c.id)
    .where(_IS_DUE, _PRINTS.c.kind.not_in(bindparam("but", expanding=True)))
    .order_by(_PRINTS.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("chosen")
)
_CLAIM = (
    update(_PRINTS)
    .where(_PRINTS.c.id.in_(select(_CHOSEN.c.id)))
    .values(
        claimed_by=bindparam("by"),
        claimed_until=bindparam("until", type_=UtcDateTime),
        attempts=_PRINTS.c.attempts + 1,
    )
    .returning(*(_PRINTS.c[name] for name in _CLAIMED))
)
_SETTLE = (
    update(_PRINTS)
    .where(_MINE)
    .values(status=bindparam("to"), file=bindparam("kept_as"), done_at=_NOW, about="", **_FREE)
)
_PUT_OFF = (
    update(_PRINTS).where(_MINE).values(due_at=bindparam("again", type_=UtcDateTime), **_FREE)
)
_RELEASE = update(_PRINTS).where(_WAITS, _PRINTS.c.claimed_by.is_not(None)).values(**_FREE)
_KEEP = (
    update(_PRINTS)
    .where(_MINE, _PRINTS.c.claimed_by == bindparam("by"))
    .values(claimed_until=bindparam("until", type_=UtcDateTime))
)
_READER = (
    select(_PRINTS.c.person_id)
    .join(
        CHATS,
        and_(
            *(CHATS.c[name] == _PRINTS.c[name] for name in ("channel", "bot", "chat", "person_id"))
        ),
    )
    .where(_PRINTS.c.id == bindparam("number"))
)
_ONE_OPEN = select(_PRINTS.c.id).where(_IS_DUE).limit(1)


def ask(tx: Connection, wanted: Asked, now: datetime) -> int:
    """Have it printed, and give its number; the one that waits already when it is the very same."""
    alone(tx, "prints " + " ".join(wanted.chat))
    about = {"person_id": wanted.person, "kind": wanted.kind, "about": wanted.about}
    row = wanted.chat._asdict() | about
    same: int | None = tx.execute(_SAME, row).scalar()
    return same or int(tx.execute(_ASK, row | {"asked_at": now, "due_at": now}).scalar_one())


def any_open(tx: Connection, now: datetime) -> bool:
    """Whether anything is due that nobody is at work on."""
    return tx.execute(_ONE_OPEN, {"now": now}).first() is not None


def claim(
    tx: Connection,
    by: str,
    now: datetime,
    until: datetime,
    most: int,
    but: Sequence[str] = (),
) -> list[Claimed]:
    """Take so many papers that are due, until that time, oldest first; none of the kinds ``but``.

    One whose claim has run out (whoever printed it died) is taken again.
    """
    about = {"by": by, "now": now, "until": until, "most": most, "but": list(but)}
    rows = tx.execute(_CLAIM, about)
    return sorted(Claimed(r[0], Chat(r[1], r[2], r[3]), *r[4:]) for r in rows)


def keep(tx: Connection, numbers: Sequence[int], by: str, until: datetime) -> None:
    """Hold on to what that process has claimed, as printing it takes long."""
    if numbers:
        rows = [{"number": number, "by": by, "until": until} for number in numbers]
        tx.execute(_KEEP, rows)


def reader(tx: Connection, number: int) -> int | None:
    """Who gets the paper: whoever asked for it. None when that chat is somebody else's by now."""
    found: int | None = tx.execute(_READER, {"number": number}).scalar()
    return found


def done(tx: Connection, number: int, file: str, now: datetime) -> bool:
    """Note that it is printed and kept; False when it was settled before, by whomever."""
    return _settled(tx, number, "done", file, now)


def fail(tx: Connection, number: int, now: datetime) -> bool:
    """Give it up; False when it was settled before."""
    return _settled(tx, number, "failed", None, now)


def _settled(tx: Connection, number: int, status: str, file: str | None, now: datetime) -> bool:
    about = {"number": number, "to": status, "kept_as": file, "now": now}
    return bool(tx.execute(_SETTLE, about).rowcount)


def put_off(tx: Connection, number: int, due: datetime) -> None:
    """Let it wait for another try."""
    tx.execute(_PUT_OFF, {"number": number, "again": due})


def release(tx: Connection, by: str | None = None) -> int:
    """Let go of whatever that process has claimed; of every claim when none is named."""
    mine = _RELEASE if by is None else _RELEASE.where(_PRINTS.c.claimed_by == by)
    return int(tx.execute(mine).rowcount)


def forget(tx: Connection, before: datetime) -> int:
    """Drop what was settled and asked for before that time; how many rows that was."""
    gone: Any = tx.execute(delete(_PRINTS).where(_PRINTS.c.asked_at < before, ~_WAITS))
    return int(gone.rowcount)
