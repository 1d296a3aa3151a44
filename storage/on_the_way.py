"""Announcements on their way: who is told next, and how the letters of those who were fared."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.engine import Connection

from storage import outbox
from storage.bulk import Ready
from storage.consents import ConsentRow
from storage.database import UtcDateTime, table_of
from storage.outbox import LOST, RECALLED, STALE, UNLINKED, OutboxRow
from storage.persons import Chat
from storage.recipients import (
    BLOCKED,
    CALLED_OFF,
    CANCELLED,
    FAILED,
    GIVEN_UP,
    LEFT,
    NEWS,
    NOT_TAKEN,
    OPTED_OUT,
    PERHAPS,
    QUEUED,
    REFUSED,
    SENT,
    TOO_LATE,
    WITHDRAWN,
    RecipientRow,
    agreed,
    of,
    reach,
)


class Queued(NamedTuple):
    """A person who is to be told now."""

    person: int
    producer: int | None
    chat: Chat


class Noted(NamedTuple):
    """What became of a queued row."""

    person: int
    chat: Chat
    status: str
    reason: str | None = None
    letter: int | None = None


_RECIPIENTS = table_of(RecipientRow)
_OUTBOX = table_of(OutboxRow)
_CONSENTS = table_of(ConsentRow)
_ON_ITS_WAY = _RECIPIENTS.c.status == literal_column("'posted'")  # as the index has it
_ANY_ON_ITS_WAY = select(_RECIPIENTS.c.letter_id).where(_ON_ITS_WAY).limit(1)

_QUEUED = (
    _RECIPIENTS.c.announcement_id == bindparam("number"),
    _RECIPIENTS.c.status == QUEUED,
)
_NEXT = Ready(
    select(
        *(_RECIPIENTS.c[name] for name in ("person_id", "producer_id", "channel", "bot", "chat"))
    )
    .where(*_QUEUED, _RECIPIENTS.c.channel == bindparam("on"), _RECIPIENTS.c.bot == bindparam("by"))
    .order_by(_RECIPIENTS.c.person_id)
    .limit(bindparam("most"))
    .with_for_update()  # nobody is joined with another, or erased, before they are noted
)
_THIS = and_(
    _RECIPIENTS.c.announcement_id == bindparam("number"),
    _RECIPIENTS.c.person_id == bindparam("person"),
)
_NOTE = Ready(
    update(_RECIPIENTS)
    .where(_THIS, _RECIPIENTS.c.status == QUEUED)
    .values(
        status=bindparam("to"),
        reason=bindparam("why"),
        letter_id=bindparam("letter"),
        channel=bindparam("on"),
        bot=bindparam("by"),
        chat=bindparam("where"),
        at=bindparam("when", type_=UtcDateTime),
    )
)


def following(
    tx: Connection, announcement: int, lane: tuple[str, str], most: int
) -> tuple[list[Queued], list[Noted]]:
    """Who is told next by that bot, at most so many; and who is not to be told any more, and why.

    Whoever has blocked that chat or left it is told in another one if they agreed to that.
    """
    rows = _NEXT.rows(tx, number=announcement, on=lane[0], by=lane[1], most=most)
    some = {row[0]: Queued(row[0], row[1], Chat(*row[2:])) for row in rows}
    welcome = agreed(tx, list(some), NEWS) if some else set()
    where = reach(tx, list(some), {one.person: one.chat for one in some.values()})
    told, gone = [], []
    for person, one in some.items():
        chat, why = where[person]
        if person not in welcome:
            gone.append(Noted(person, one.chat, OPTED_OUT, WITHDRAWN))
        elif chat is None:
            gone.append(Noted(person, one.chat, REFUSED, why))
        else:
            told.append(one._replace(chat=chat))
    return told, gone


def note(tx: Connection, announcement: int, noted: Sequence[Noted], now: datetime) -> None:
    """Note of persons who were to be told that their letter is posted, or why there is none."""
    _NOTE.each(
        tx,
        [
            {
                "number": announcement,
                "person": one.person,
                "to": one.status,
                "why": one.reason,
                "letter": one.letter,
                "on": one.chat.channel,
                "by": one.chat.bot,
                "where": one.chat.chat,
                "when": now,
            }
            for one in noted
        ],
    )


def give_up(
    tx: Connection, announcement: int, status: str, reason: str, now: datetime, *which: Any
) -> None:
    """Let nobody be told any more who is still to be told."""
    mine = (_RECIPIENTS.c.announcement_id == announcement, _RECIPIENTS.c.status == QUEUED, *which)
    about = {"status": status, "reason": reason, "at": now}
    tx.execute(update(_RECIPIENTS).where(*mine).values(about))


# -- how it fared ----------------------------------------------------------------------------------

_LETTER = _OUTBOX.c.id == _RECIPIENTS.c.letter_id
_WHY = func.coalesce(_OUTBOX.c.reason, "")
_FARED = case(
    (_OUTBOX.c.status == "sent", SENT),
    (_WHY.like("Unreachable%"), REFUSED),
    (_WHY == UNLINKED, REFUSED),
    (_WHY == RECALLED, CANCELLED),
    else_=FAILED,
)
_BECAUSE = case(
    (_WHY.like("Ambiguous%"), PERHAPS),
    (_OUTBOX.c.status == "sent", null()),
    (_WHY.like("Unreachable%"), BLOCKED),
    (_WHY.like("Refused%"), NOT_TAKEN),
    (_WHY == UNLINKED, LEFT),
    (_WHY == RECALLED, CALLED_OFF),
    (_WHY == STALE, TOO_LATE),
    (_WHY == LOST, PERHAPS),
    else_=GIVEN_UP,
)
_SETTLE = (
    update(_RECIPIENTS)
    .where(_ON_ITS_WAY, _LETTER, _OUTBOX.c.status.in_(("sent", "failed")))
    .values(
        status=_FARED,
        reason=_BECAUSE,
        at=func.coalesce(_OUTBOX.c.sent_at, bindparam("now", type_=UtcDateTime)),
    )
)
_ELSEWHERE = Ready(
    update(_RECIPIENTS)
    .where(_ON_ITS_WAY, _RECIPIENTS.c.letter_id == bindparam("old"))
    .values(
        letter_id=bindparam("letter"),
        channel=bindparam("on"),
        bot=bindparam("by"),
        chat=bindparam("where"),
    )
)


def settle(tx: Connection, now: datetime) -> int:
    """Note of every letter that arrived, or did not, how it fared; how many these are."""
    return int(tx.execute(_SETTLE, {"now": now}).rowcount)


def elsewhere(tx: Connection, old: int, letter: int, chat: Chat) -> None:
    """Let another letter in another chat stand for the one that could not be delivered."""
    about = {"old": old, "letter": letter}
    _ELSEWHERE.run(tx, **about, on=chat.channel, by=chat.bot, where=chat.chat)
    other = _OUTBOX.alias()
    until = select(other.c.use_by).where(other.c.id == old).scalar_subquery()
    tx.execute(update(_OUTBOX).where(_OUTBOX.c.id == letter).values(use_by=until))


def under_way(tx: Connection) -> dict[tuple[str, str], int]:
    """How many letters of announcements are on their way by each bot, named with its channel."""
    table = _RECIPIENTS.c
    lane = (table.channel, table.bot)
    rows = tx.execute(select(*lane, func.count()).where(_ON_ITS_WAY).group_by(*lane))
    return {(row[0], row[1]): row[2] for row in rows}


def any_under_way(tx: Connection) -> bool:
    """Whether any letter of an announcement is on its way."""
    return tx.execute(_ANY_ON_ITS_WAY).first() is not None


def among(tx: Connection, letters: Iterable[int]) -> set[int]:
    """Which of these letters are those of announcements, on their way."""
    mine = (_ON_ITS_WAY, _RECIPIENTS.c.letter_id.in_(list(letters)))
    return {row[0] for row in tx.execute(select(_RECIPIENTS.c.letter_id).where(*mine))}


def call_back(
    tx: Connection, which: ColumnElement[bool], status: str, reason: str | None, now: datetime
) -> None:
    """Take back what nobody has begun to send of the letters of these rows.

    They get that status for that reason: to be queued again, or given up for good.
    """
    outbox.recall_all(tx, select(_RECIPIENTS.c.letter_id).where(_ON_ITS_WAY, which))
    gone = select(_OUTBOX.c.id).where(_LETTER, _OUTBOX.c.status == "failed", _WHY == RECALLED)
    about = {"status": status, "reason": reason, "at": now}
    if status == QUEUED:
        about["letter_id"] = None
    mine = (_ON_ITS_WAY, which, gone.exists())
    tx.execute(update(_RECIPIENTS).where(*mine).values(about))


def give_up_lane(
    tx: Connection, announcement: int, lane: tuple[str, str], reason: str, now: datetime
) -> None:
    """Refuse all whom that bot was still to tell, and take back what waits there."""
    table = _RECIPIENTS.c
    there = and_(of(announcement), table.channel == lane[0], table.bot == lane[1])
    call_back(tx, there, REFUSED, reason, now)
    give_up(tx, announcement, REFUSED, reason, now, there)


def withdraw(tx: Connection, now: datetime) -> None:
    """Take back what waits for whoever wants no news any more since it was posted."""
    wants = select(_CONSENTS.c.id).where(
        _CONSENTS.c.person_id == _RECIPIENTS.c.person_id,
        _CONSENTS.c.purpose == NEWS,
        _CONSENTS.c.withdrawn_at.is_(None),
    )
    call_back(tx, ~wants.exists(), OPTED_OUT, WITHDRAWN, now)
