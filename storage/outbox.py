"""Letters, in the exact words they are sent: one row each, one lane a chat, in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Index, Subquery, bindparam, func, or_, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert
from storage.database import NEVER_AGAIN, UtcDateTime, table_of
from storage.persons import Chat

_OPEN = text("status IN ('waiting', 'sending')")


class OutboxRow(SQLModel, table=True):
    """One letter: waiting → sending → sent | failed. ``rank`` 0 is an answer, the most urgent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "channel",
            "bot",
            "chat",
            "id",
            "rank",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    chat: str
    person_id: int = Field(foreign_key="persons.id")
    text: str
    choices: str
    prompt: int | None = None
    rank: int = 0
    status: str = "waiting"
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    receipt: int | None = Field(default=None, sa_type=BigInteger)  # on some channels milliseconds
    reason: str | None = None


class Posted(NamedTuple):
    """A letter to post; ``choices`` is JSON."""

    chat: Chat
    person: int
    text: str
    choices: str
    prompt: int | None
    rank: int = 0


class Claimed(NamedTuple):
    """A letter that is ours to send now."""

    id: int
    chat: Chat
    person: int
    text: str
    choices: str
    prompt: int | None
    attempts: int


class Settled(NamedTuple):
    """How a letter fared: sent (with the channel's receipt), failed, or waiting again till due."""

    id: int
    status: str
    receipt: int | None = None
    reason: str | None = None
    due_at: datetime | None = None


_OUTBOX = table_of(OutboxRow)
_PUT = Insert(_OUTBOX, "channel bot chat person_id text choices prompt rank due_at status attempts")
_CLAIMED = ("id", "channel", "bot", "chat", "person_id", "text", "choices", "prompt", "attempts")
_SETTLE = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("letter"), _OUTBOX.c.status != "sent")
    .values(
        status=bindparam("to"),
        receipt=bindparam("place"),
        reason=bindparam("why"),
        due_at=func.coalesce(bindparam("again", type_=UtcDateTime), _OUTBOX.c.due_at),
        sent_at=bindparam("when", type_=UtcDateTime),
        claimed_by=None,
        claimed_until=None,
    )
)


def put(tx: Connection, letters: Sequence[Posted], now: datetime) -> None:
    """Post these letters, to be sent in their order."""
    _PUT.run(tx, [(*letter.chat, *letter[1:], now, "waiting", 0) for letter in letters])


def claim(
    tx: Connection,
    channels: Sequence[str],
    by: str,
    now: datetime,
    until: datetime,
    most: int = 100,
) -> list[Claimed]:
    """Take the first open letter of each chat on these channels, at most so many, until that time.

    A chat whose first letter is being sent, or is not due yet, gives none: order comes first. A
    letter whose claim has run out (its sender died) is taken again. Chats go by the most urgent of
    their letters, so that an answer does not wait behind everybody's announcements.
    """
    heads = _heads(channels)
    free = or_(_OUTBOX.c.status == "waiting", _OUTBOX.c.claimed_until < now)
    chosen = (
        select(_OUTBOX.c.id)
        .join(heads, heads.c.id == _OUTBOX.c.id)
        .where(free, _OUTBOX.c.due_at <= now)
        .order_by(heads.c.rank, _OUTBOX.c.id)
        .limit(most)
        .with_for_update(of=_OUTBOX, skip_locked=True)
        .cte("chosen")  # chosen once, whatever way PostgreSQL finds to update them
    )
    rows = tx.execute(
        update(_OUTBOX)
        .where(_OUTBOX.c.id.in_(select(chosen.c.id)))
        .values(
            status="sending",
            claimed_by=by,
            claimed_until=until,
            attempts=_OUTBOX.c.attempts + 1,
        )
        .returning(*(_OUTBOX.c[name] for name in _CLAIMED))
    )
    return sorted(Claimed(r[0], Chat(r[1], r[2], r[3]), *r[4:]) for r in rows)


def _heads(channels: Sequence[str]) -> Subquery:
    """Of each chat its first open letter, and the most urgent rank among all of its open ones."""
    lane = (_OUTBOX.c.channel, _OUTBOX.c.bot, _OUTBOX.c.chat)
    return (
        select(func.min(_OUTBOX.c.id).label("id"), func.min(_OUTBOX.c.rank).label("rank"))
        .where(_OPEN, _OUTBOX.c.channel.in_(channels))
        .group_by(*lane)
        .subquery("heads")
    )


def settle(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Note how claimed letters fared; what was sent stays sent, whoever else tried too."""
    if settled:
        tx.execute(
            _SETTLE,
            [
                {
                    "letter": s.id,
                    "to": s.status,
                    "place": s.receipt,
                    "why": s.reason,
                    "again": s.due_at,
                    "when": now if s.status == "sent" else None,
                }
                for s in settled
            ],
        )


def release(tx: Connection, *, by_others_than: str) -> int:
    """Let go of every claim of other senders: for a sender that knows it is alone."""
    gone = tx.execute(
        update(_OUTBOX)
        .where(_OPEN, _OUTBOX.c.status == "sending", _OUTBOX.c.claimed_by != by_others_than)
        .values(status="waiting", claimed_by=None, claimed_until=None)
    )
    return int(gone.rowcount)


def waiting(tx: Connection) -> int:
    """How many letters have not been sent yet."""
    return int(tx.execute(select(func.count()).select_from(_OUTBOX).where(_OPEN)).scalar_one())


def next_due(tx: Connection, channels: Sequence[str]) -> datetime | None:
    """When a letter of these channels may go next; None while all that is open is being sent."""
    heads = _heads(channels)
    first = select(func.min(_OUTBOX.c.due_at)).join(heads, heads.c.id == _OUTBOX.c.id)
    found: datetime | None = tx.execute(first.where(_OUTBOX.c.status == "waiting")).scalar()
    return found


def texts(tx: Connection, person: int) -> list[str]:
    """Every letter to that person in its words, oldest first."""
    rows = tx.execute(
        select(_OUTBOX.c.text).where(_OUTBOX.c.person_id == person).order_by(_OUTBOX.c.id)
    )
    return [row[0] for row in rows]
