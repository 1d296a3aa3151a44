"""Files that people sent and that lie with a service until they are fetched: a row each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.database import NEVER_AGAIN, UtcDateTime, alone, table_of
from storage.inbox import Key
from storage.persons import Chat

_OPEN = ("waiting", "fetching")


class IntakeRow(SQLModel, table=True):
    """One file: waiting → fetching → taken | lost; refused is one too many, never fetched.

    Until ``holds_until`` its chat waits for it. ``found`` is what it was judged to be, and ``file``
    the hash that it is kept under; who takes it up later need not fetch it again.
    """

    __tablename__ = "intake"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "key"),
        Index("ix_intake_status", "status", "channel", "bot", "chat", "id"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    chat: str
    key: str
    at: datetime = Field(sa_type=UtcDateTime)
    place: int | None = Field(default=None, sa_type=BigInteger)  # as Event.order
    kind: str
    source: str
    name: str = ""
    size: int = 0
    caption: str = ""
    status: str = "waiting"
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    holds_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    found: str | None = None
    file: str | None = None


class Announced(NamedTuple):
    """A file as its channel announces it; ``due_at`` is when to begin with it."""

    chat: Chat
    key: str
    at: datetime
    place: int | None
    kind: str
    source: str
    name: str
    size: int
    caption: str
    due_at: datetime
    holds_until: datetime


class Claimed(NamedTuple):
    """A file that is ours to fetch now, unless it was found to be something already."""

    id: int
    chat: Chat
    key: str
    at: datetime
    place: int | None
    kind: str
    source: str
    name: str
    size: int
    caption: str
    attempts: int
    found: str | None
    file: str | None


_INTAKE = table_of(IntakeRow)
_NOTE = Insert(
    _INTAKE,
    "channel bot chat key at place kind source name size caption due_at holds_until"
    " status attempts",
    "ON CONFLICT DO NOTHING RETURNING id",
)
_REFUSE = Insert(
    _INTAKE,
    "channel bot chat key at place kind source name size caption due_at status attempts",
    "ON CONFLICT DO NOTHING",
)
_DECLARED = Ready(
    select(_INTAKE.c.channel, _INTAKE.c.bot, _INTAKE.c.key, _INTAKE.c.size).where(
        tuple_(_INTAKE.c.channel, _INTAKE.c.bot, _INTAKE.c.key).in_(
            bindparam("keys", expanding=True)
        )
    )
)
_CLAIMED = (
    *("id", "channel", "bot", "chat", "key", "at", "place", "kind", "source"),
    *("name", "size", "caption", "attempts", "found", "file"),
)
_OLDER = _INTAKE.alias("older")
_NOW = bindparam("now", type_=UtcDateTime)
_IS_OPEN = _INTAKE.c.status.in_(_OPEN)


def _same_chat() -> ColumnElement[bool]:
    return (
        (_OLDER.c.channel == _INTAKE.c.channel)
        & (_OLDER.c.bot == _INTAKE.c.bot)
        & (_OLDER.c.chat == _INTAKE.c.chat)
    )


_BEHIND = exists().where(
    _OLDER.c.status.in_(_OPEN),
    _same_chat(),
    _OLDER.c.id < _INTAKE.c.id,
    _OLDER.c.holds_until > _NOW,
)
_CHOSEN = (
    select(_INTAKE.c.id)
    .where(
        _IS_OPEN,
        _INTAKE.c.channel.in_(bindparam("channels", expanding=True)),
        or_(_INTAKE.c.status == "waiting", _INTAKE.c.claimed_until < _NOW),
        _INTAKE.c.due_at <= _NOW,
        ~_BEHIND,
    )
    .order_by(_INTAKE.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=_INTAKE, skip_locked=True)
    .cte("chosen")
)
_CLAIM = (
    update(_INTAKE)
    .where(_INTAKE.c.id.in_(select(_CHOSEN.c.id)))
    .values(
        status="fetching",
        claimed_by=bindparam("by"),
        claimed_until=bindparam("until", type_=UtcDateTime),
        attempts=_INTAKE.c.attempts + 1,
    )
    .returning(*(_INTAKE.c[name] for name in _CLAIMED))
)
_LANE = (_INTAKE.c.channel, _INTAKE.c.bot, _INTAKE.c.chat)
_ONE_OPEN = select(_INTAKE.c.id).where(_IS_OPEN).limit(1)
_HOLDS = _IS_OPEN & (_INTAKE.c.holds_until > _NOW)
_AWAITED = select(func.count()).where(
    _HOLDS,
    _INTAKE.c.channel == bindparam("channel"),
    _INTAKE.c.bot == bindparam("bot"),
    _INTAKE.c.chat == bindparam("in_chat"),
)
_HOLDING = Ready(  # asked for in each transaction of reception
    select(*_LANE, func.min(_INTAKE.c.id), func.max(_INTAKE.c.id)).where(_HOLDS).group_by(*_LANE)
)
_LET_GO = (
    update(_INTAKE)
    .where(_IS_OPEN, _INTAKE.c.holds_until <= _NOW)
    .values(holds_until=None)
    .returning(*_LANE)
)
_MINE = _INTAKE.c.id == bindparam("number")
_FREE = {"claimed_by": None, "claimed_until": None}
_JUDGED = update(_INTAKE).where(_MINE).values(found=bindparam("as_what"), file=bindparam("kept_as"))
_SETTLE = (
    update(_INTAKE)
    .where(_MINE, _IS_OPEN)
    .values(status=bindparam("to"), source="", name="", caption="", **_FREE)
)
_PUT_OFF = (
    update(_INTAKE)
    .where(_MINE, _IS_OPEN)
    .values(status="waiting", due_at=bindparam("again", type_=UtcDateTime), **_FREE)
)
_FETCHING = update(_INTAKE).where(_INTAKE.c.status == "fetching").values(status="waiting", **_FREE)


def announce(tx: Connection, file: Announced) -> int | None:
    """Note a file that is to be fetched, and give its number; None when it was told of before.

    Nobody else passes here for the same chat before the transaction ends.
    """
    alone(tx, "intake " + " ".join(file.chat))
    noted = _NOTE.run(tx, [(*file.chat, *file[1:], "waiting", 0)])
    return int(noted[0][0]) if noted else None


def refuse(tx: Connection, files: Sequence[Announced]) -> None:
    """Note files that are not to be fetched, so that telling of them again changes nothing."""
    rows = [
        (*one.chat, one.key, one.at, one.place, one.kind, "", "", one.size, "", one.due_at)
        for one in sorted(files, key=lambda one: (one.chat, one.key))
    ]
    _REFUSE.run(tx, [(*row, "refused", 0) for row in rows])


def declared(tx: Connection, keys: Sequence[Key]) -> dict[Key, int]:
    """Those of these events that are files which were announced, each with the size it was told."""
    rows = _DECLARED.rows(tx, keys=list(keys)) if keys else []
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def any_open(tx: Connection) -> bool:
    """Whether any file is still to be taken."""
    return tx.execute(_ONE_OPEN).first() is not None


def awaited(tx: Connection, chat: Chat, now: datetime) -> int:
    """How many files that chat waits for."""
    about = {"channel": chat.channel, "bot": chat.bot, "in_chat": chat.chat, "now": now}
    return int(tx.execute(_AWAITED, about).scalar_one())


def holding(tx: Connection, now: datetime) -> dict[Chat, tuple[int, int]]:
    """The chats that wait for files, each with the numbers of its oldest and its newest one."""
    rows = _HOLDING.rows(tx, now=now)
    return {Chat(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}


def let_go(tx: Connection, now: datetime) -> list[Chat]:
    """The chats that have waited long enough for a file; they wait for it no longer."""
    return list(dict.fromkeys(Chat(*row) for row in tx.execute(_LET_GO, {"now": now})))


def claim(
    tx: Connection, channels: Sequence[str], by: str, now: datetime, until: datetime, most: int
) -> list[Claimed]:
    """Take so many files of these channels that are due, until that time; oldest first.

    A file waits for an older one of its chat as long as the chat itself does. One whose claim has
    run out (whoever fetched it died) is taken again.
    """
    about = {"channels": list(channels), "by": by, "now": now, "until": until, "most": most}
    rows = tx.execute(_CLAIM, about)
    return sorted(Claimed(r[0], Chat(r[1], r[2], r[3]), *r[4:]) for r in rows)


def judged(tx: Connection, number: int, found: str, file: str | None) -> None:
    """Note what a file was found to be, and where it is kept if it is."""
    tx.execute(_JUDGED, {"number": number, "as_what": found, "kept_as": file})


def settle(tx: Connection, number: int, status: str) -> None:
    """Note that a file was taken or lost; where it lay and what was said of it is forgotten."""
    tx.execute(_SETTLE, {"number": number, "to": status})


def put_off(tx: Connection, number: int, due: datetime) -> None:
    """Let a file wait for another try."""
    tx.execute(_PUT_OFF, {"number": number, "again": due})


def release(tx: Connection, by: str | None = None) -> int:
    """Let go of whatever that process has claimed; of every claim when none is named."""
    mine = _FETCHING if by is None else _FETCHING.where(_INTAKE.c.claimed_by == by)
    return int(tx.execute(mine).rowcount)


def forget(tx: Connection, before: datetime) -> int:
    """Drop what was settled and came before that time; how many rows that was."""
    gone: Any = tx.execute(delete(_INTAKE).where(_INTAKE.c.at < before, ~_IS_OPEN))
    return int(gone.rowcount)
