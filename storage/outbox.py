"""Letters, in the exact words they are sent: one row each, one lane a chat, in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.database import NEVER_AGAIN, UtcDateTime, table_of
from storage.persons import Chat

_OPEN = text("status IN ('waiting', 'sending')")
_UNSENT = text("status = 'waiting' AND rank > 0")
_UNASKED = text("rank > 0")
_USE_BY = text("use_by IS NOT NULL AND status = 'waiting'")
# Why a letter failed, when it was no channel that said so.
RECALLED, STALE, LOST, UNLINKED = "Recalled", "Stale", "Lost", "unlinked"


class OutboxRow(SQLModel, table=True):
    """One letter: waiting → sending → sent | failed. ``rank`` 0 is an answer, the most urgent.

    After ``use_by`` nobody needs it any more. ``edits`` is where it stands in the chat, of one
    that has other words since it was sent.
    """

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
        Index("ix_outbox_use_by", "use_by", sqlite_where=_USE_BY, postgresql_where=_USE_BY),
        Index("ix_outbox_unasked", "person_id", sqlite_where=_UNASKED, postgresql_where=_UNASKED),
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
    attached: str = ""  # JSON: a file that goes with it
    rank: int = 0
    status: str = "waiting"
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    use_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    receipt: int | None = Field(default=None, sa_type=BigInteger)  # on some channels milliseconds
    edits: int | None = Field(default=None, sa_type=BigInteger)
    reason: str | None = None


class Posted(NamedTuple):
    """A letter to post; ``choices`` is JSON, and so is ``attached`` unless it is empty.

    After ``use_by`` it is not sent any more.
    """

    chat: Chat
    person: int
    text: str
    choices: str
    prompt: int | None
    rank: int = 0
    attached: str = ""
    use_by: datetime | None = None


class Lease(NamedTuple):
    """Who sends, and until when nobody else will."""

    by: str
    until: datetime


class Claimed(NamedTuple):
    """A letter that is ours to send now."""

    id: int
    chat: Chat
    person: int
    text: str
    choices: str
    prompt: int | None
    attempts: int
    rank: int = 0
    reason: str | None = None  # why it was not sent the last time
    attached: str = ""
    edits: int | None = None  # where it stands, if only its words are to be changed there


class Settled(NamedTuple):
    """How a letter fared: sent (with the channel's receipt), failed, or waiting again till due."""

    id: int
    status: str
    receipt: int | None = None
    reason: str | None = None
    due_at: datetime | None = None


_OUTBOX = table_of(OutboxRow)
_PUT = Insert(
    _OUTBOX,
    "channel bot chat person_id text choices prompt rank attached use_by due_at status attempts",
)
_POST = Insert(
    _OUTBOX,
    "channel bot chat person_id text choices prompt rank attached use_by due_at status attempts",
    "RETURNING id, channel, bot, chat",
)
_CLAIMED = ("id", "channel", "bot", "chat", "person_id", "text", "choices", "prompt")
_TRIED = ("attempts", "rank", "reason", "attached", "edits")
# A chat's letters in the order in which they go: what is being sent, then by urgency and by age.
_URGENCY = literal(1 << 48, BigInteger)
_IDLE = literal(1 << 60, BigInteger)
_SETTLE = Ready(
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


_FRESH = or_(_OUTBOX.c.use_by.is_(None), _OUTBOX.c.use_by > bindparam("now", type_=UtcDateTime))


_LOST = and_(
    _OUTBOX.c.status == "sending",
    _OUTBOX.c.claimed_until < bindparam("now", type_=UtcDateTime),
    _OUTBOX.c.use_by <= bindparam("now", type_=UtcDateTime),
)


def _claiming(lanes: ColumnElement[bool], wanted: ColumnElement[bool]) -> Ready:
    """Claims the first letters of these lanes that are wanted."""
    order = _URGENCY * _OUTBOX.c.rank + _OUTBOX.c.id
    order += case((_OUTBOX.c.status == "waiting", _IDLE), else_=literal(0, BigInteger))
    heads = (
        select(func.min(order).label("order"))
        .where(_OPEN, lanes, func.coalesce(not_(_LOST), true()))
        .group_by(_OUTBOX.c.channel, _OUTBOX.c.bot, _OUTBOX.c.chat)
        .subquery("heads")
    )
    free = or_(
        _OUTBOX.c.status == "waiting", _OUTBOX.c.claimed_until < bindparam("now", type_=UtcDateTime)
    )
    chosen = (
        select(_OUTBOX.c.id)
        .join(heads, heads.c.order % _URGENCY == _OUTBOX.c.id)
        .where(free, wanted, _OUTBOX.c.due_at <= bindparam("now", type_=UtcDateTime), _FRESH)
        .order_by(heads.c.order)
        .limit(bindparam("most"))
        .with_for_update(of=_OUTBOX, skip_locked=True)
        .cte("chosen")  # chosen once, whatever way PostgreSQL finds to update them
    )
    return Ready(
        update(_OUTBOX)
        .where(_OUTBOX.c.id.in_(select(chosen.c.id)))
        .values(
            status="sending",
            claimed_by=bindparam("by"),
            claimed_until=bindparam("until", type_=UtcDateTime),
            attempts=_OUTBOX.c.attempts + 1,
        )
        .returning(*(_OUTBOX.c[name] for name in (*_CLAIMED, *_TRIED)))
    )


_ON = _OUTBOX.c.channel.in_(bindparam("channels", expanding=True))
_PACED = _OUTBOX.c.channel.in_(bindparam("paced", expanding=True))
_CALM = _OUTBOX.c.rank > 0
_FIRST = or_(_OUTBOX.c.rank == 0, not_(_PACED))
# What is no answer and only waits comes after every answer: thousands of them need no look.
_CLAIM = _claiming(and_(_ON, or_(_FIRST, _OUTBOX.c.status == "sending")), _FIRST)
_CLAIM_CALM = _claiming(
    and_(_OUTBOX.c.channel == bindparam("on"), _OUTBOX.c.bot == bindparam("for")), _CALM
)
_CALM_LANES = Ready(select(_OUTBOX.c.channel, _OUTBOX.c.bot).where(_OPEN, _ON, _CALM).distinct())
_KEEP = Ready(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("letter"), _OUTBOX.c.status == "sending")
    .values(claimed_until=bindparam("until", type_=UtcDateTime))
)


def put(tx: Connection, letters: Sequence[Posted], now: datetime) -> None:
    """Post these letters, to be sent in their order."""
    _PUT.run(tx, [(*letter.chat, *letter[1:], now, "waiting", 0) for letter in letters])


def post(tx: Connection, letters: Sequence[Posted], now: datetime) -> dict[Chat, int]:
    """Post these letters, of which each chat gets one at most, and give the number of each."""
    rows = [(*letter.chat, *letter[1:], now, "waiting", 0) for letter in letters]
    return {Chat(*row[1:]): row[0] for row in _POST.run(tx, rows)}


def reword(tx: Connection, letter: int, words: str, now: datetime, before: datetime) -> bool:
    """Let a letter have these words; one that was sent is changed where it stands.

    False when it is under way, was changed after ``before``, or stands nowhere.
    """
    place = func.coalesce(_OUTBOX.c.receipt, _OUTBOX.c.edits)
    stands = and_(_OUTBOX.c.status == "sent", place.is_not(None), _OUTBOX.c.due_at <= before)
    mine = (_OUTBOX.c.id == letter, or_(stands, _OUTBOX.c.status == "waiting"))
    again = literal(now, UtcDateTime())
    due = case((_OUTBOX.c.status == "sent", again), else_=_OUTBOX.c.due_at)
    to = {"text": words, "edits": place, "status": "waiting", "attempts": 0, "due_at": due}
    return bool(tx.execute(update(_OUTBOX).where(*mine).values(to)).rowcount)


def is_under_way(tx: Connection, letter: int) -> bool:
    """Whether somebody is sending the letter."""
    mine = (_OUTBOX.c.id == letter, _OUTBOX.c.status == "sending")
    return tx.execute(select(_OUTBOX.c.id).where(*mine)).first() is not None


def unsent(tx: Connection, persons: Sequence[int]) -> list[int]:
    """The letters to these persons that answer nothing and that nobody has begun to send."""
    mine = (_UNSENT, _OUTBOX.c.person_id.in_(persons))
    return [row[0] for row in tx.execute(select(_OUTBOX.c.id).where(*mine))]


def any_due(tx: Connection, channels: Sequence[str], now: datetime) -> bool:
    """Whether a letter for these channels may go now, or is on its way."""
    ready = (_OPEN, _OUTBOX.c.channel.in_(channels), _OUTBOX.c.due_at <= now, _FRESH)
    return tx.execute(select(_OUTBOX.c.id).where(*ready).limit(1), {"now": now}).first() is not None


def any_stale(tx: Connection, now: datetime) -> bool:
    """Whether there is a letter that nobody needs any more."""
    found = select(_OUTBOX.c.id).where(_USE_BY, _OUTBOX.c.use_by <= now).limit(1)
    return tx.execute(found).first() is not None


def recall(tx: Connection, letters: Sequence[int]) -> set[int]:
    """Take back those of these letters that nobody has begun to send; which those were."""
    return set(_given_up(tx, RECALLED, _OUTBOX.c.id.in_(letters)))


def recall_all(tx: Connection, letters: Select[Any]) -> None:
    """The same for all of the letters that this finds."""
    _given_up(tx, RECALLED, _OUTBOX.c.id.in_(letters))


def drop_stale(tx: Connection, now: datetime) -> dict[int, int]:
    """Give up the letters that nobody needs any more; which those were, and whose each was."""
    return _given_up(tx, STALE, _USE_BY, _OUTBOX.c.use_by <= now)


def drop_lost(tx: Connection, now: datetime) -> None:
    """Give up what a sender had in its hands when it died, if nobody needs it any more.

    It may have come, so it is not said again.
    """
    lost = update(_OUTBOX).where(_OPEN, _LOST).values(status="failed", reason=LOST)
    tx.execute(lost, {"now": now})


def _given_up(tx: Connection, why: str, *which: Any) -> dict[int, int]:
    waiting_ones = update(_OUTBOX).where(_OUTBOX.c.status == "waiting", *which)
    gone = waiting_ones.values(status="failed", reason=why)
    told = gone.returning(_OUTBOX.c.id, _OUTBOX.c.person_id)
    return {row[0]: row[1] for row in tx.execute(told)}


def claim(
    tx: Connection,
    channels: Sequence[str],
    lease: Lease,
    now: datetime,
    most: int = 100,
    paced: Sequence[str] = (),
) -> list[Claimed]:
    """Take the first open letter of each chat on these channels, at most so many.

    The first is the most urgent, and of these the oldest; a chat gives none while one of its
    letters is being sent or its first is not due yet: order comes first. A letter whose claim has
    run out (its sender died) is taken again. The most urgent go first, so that an answer does not
    wait behind everybody's announcements; of the ``paced`` channels none but answers are taken.
    """
    on = {"channels": list(channels), "paced": list(paced)}
    return _claimed(_CLAIM.rows(tx, **on, most=most, now=now, **lease._asdict()))


def claim_calm(
    tx: Connection, lane: tuple[str, str], lease: Lease, now: datetime, most: int
) -> list[Claimed]:
    """The same for one bot of a paced channel, and only what is no answer."""
    on = {"on": lane[0], "for": lane[1]}
    return _claimed(_CLAIM_CALM.rows(tx, **on, most=most, now=now, **lease._asdict()))


def calm_lanes(tx: Connection, channels: Sequence[str]) -> list[tuple[str, str]]:
    """The bots, each with its channel, for which something waits that is no answer."""
    return [(row[0], row[1]) for row in _CALM_LANES.rows(tx, channels=list(channels))]


def keep(tx: Connection, letters: Sequence[int], until: datetime) -> None:
    """Hold on to claimed letters, as sending them takes long."""
    _KEEP.each(tx, [{"letter": letter, "until": until} for letter in letters])


def _claimed(rows: Sequence[tuple[Any, ...]]) -> list[Claimed]:
    return sorted(Claimed(row[0], Chat(*row[1:4]), *row[4:]) for row in rows)


def settle(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Note how claimed letters fared; what was sent stays sent, whoever else tried too."""
    _SETTLE.each(
        tx,
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


def move(tx: Connection, chat: Chat, new: Chat) -> None:
    """Let what has not been sent to that chat go to the new one."""
    here = [getattr(_OUTBOX.c, name) == value for name, value in chat._asdict().items()]
    tx.execute(update(_OUTBOX).where(_OPEN, *here).values(new._asdict()))


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


def texts(tx: Connection, person: int) -> list[str]:
    """Every letter to that person in its words, oldest first."""
    rows = tx.execute(
        select(_OUTBOX.c.text).where(_OUTBOX.c.person_id == person).order_by(_OUTBOX.c.id)
    )
    return [row[0] for row in rows]
