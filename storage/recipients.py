"""To whom an announcement goes: a frozen list, one row a person, each with how it fared and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Index,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.consents import ELSEWHERE, ConsentRow
from storage.database import UtcDateTime, table_of
from storage.persons import CHATS, LAST_USED, Chat

# What becomes of a row.
QUEUED, POSTED, SENT, FAILED, REFUSED = "queued", "posted", "sent", "failed", "refused"
OPTED_OUT, CANCELLED = "opted_out", "cancelled"
# Why it did: of what failed, was refused, was called off; and of what went and may have come.
TOO_LATE, NOT_TAKEN, GIVEN_UP, PERHAPS = "too_late", "not_taken", "given_up", "perhaps"
NO_CHAT, BLOCKED, LEFT, USED_UP = "no_chat", "blocked", "left", "used_up"
WITHDRAWN, CALLED_OFF, SAME_PERSON = "withdrawn", "called_off", "same_person"
_POSTED = text("status = 'posted'")


class RecipientRow(SQLModel, table=True):
    """One person: queued → posted → sent | failed | refused | opted_out | cancelled.

    ``producer_id`` is why it concerns them. The chat is the one frozen with the list, and later
    that to which the letter went; ``letter_id`` is the letter's number in the outbox.
    """

    __tablename__ = "recipients"
    __table_args__ = (
        Index("ix_recipients_status", "announcement_id", "status", "channel", "bot", "person_id"),
        Index("ix_recipients_letter", "letter_id", sqlite_where=_POSTED, postgresql_where=_POSTED),
    )

    announcement_id: int = Field(primary_key=True, foreign_key="announcements.id")
    person_id: int = Field(primary_key=True, foreign_key="persons.id", index=True)
    producer_id: int | None = Field(default=None, foreign_key="producers.id", index=True)
    channel: str = ""
    bot: str = ""
    chat: str = ""
    status: str = QUEUED
    reason: str | None = None
    letter_id: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None  # join, no, ask
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    needs: str | None = None  # JSON: what whoever joins needs there
    results: str | None = None  # JSON: what came of it


class Reach(NamedTuple):
    """Where a person is reached; without a chat the reason says why not."""

    chat: Chat | None
    reason: str | None = None


_RECIPIENTS = table_of(RecipientRow)
_CONSENTS = table_of(ConsentRow)
NEWS = "news"  # the purpose for which people agree to be told
_ROW = "announcement_id person_id producer_id channel bot chat status reason at"
_FREEZE = Insert(_RECIPIENTS, _ROW)
_PERSONS = 500  # in one statement
_NOWHERE = Chat("", "", "")
_CHATS = Ready(
    select(CHATS.c.person_id, CHATS.c.channel, CHATS.c.bot, CHATS.c.chat, CHATS.c.blocked_at)
    .where(CHATS.c.person_id.in_(bindparam("persons", expanding=True)))
    .order_by(CHATS.c.preferred_at.is_(None), LAST_USED.desc(), CHATS.c.channel, CHATS.c.chat)
)
_AGREED = Ready(
    select(_CONSENTS.c.person_id).where(
        _CONSENTS.c.person_id.in_(bindparam("persons", expanding=True)),
        _CONSENTS.c.purpose == bindparam("purpose"),
        _CONSENTS.c.withdrawn_at.is_(None),
    )
)


def freeze(
    tx: Connection, announcement: int, people: Sequence[tuple[int, int | None]], now: datetime
) -> int:
    """Keep the list as it is now, each person once; how many these are."""
    whom = dict(reversed(people))  # of several producers of a person the first
    whom = {person: whom[person] for person, _ in people}
    where = reach(tx, list(whom))
    rows = [
        (announcement, person, producer, *_frozen(where[person]), now)
        for person, producer in whom.items()
    ]
    _FREEZE.run(tx, rows)
    return len(rows)


def _frozen(found: Reach) -> tuple[str, str, str, str, str | None]:
    status = QUEUED if found.chat else REFUSED
    return (*(found.chat or _NOWHERE), status, found.reason)


def reach(
    tx: Connection, people: Sequence[int], frozen: Mapping[int, Chat] = MappingProxyType({})
) -> dict[int, Reach]:
    """Where each of them is reached by what answers nothing; see ``persons.chat_of``.

    That is the frozen chat as long as it is theirs and lets us in.
    """
    found: dict[int, Reach] = {}
    for at in range(0, len(people), _PERSONS):
        some = list(people[at : at + _PERSONS])
        anywhere = agreed(tx, some, ELSEWHERE)
        known: dict[int, list[tuple[Chat, bool]]] = defaultdict(list)
        for person, channel, bot, chat, blocked in _CHATS.rows(tx, persons=some):
            known[person].append((Chat(channel, bot, chat), blocked is not None))
        for one in some:
            first = frozen.get(one)
            found[one] = _reached(known[one], first, further=one in anywhere)
    return found


def _reached(known: Sequence[tuple[Chat, bool]], first: Chat | None, *, further: bool) -> Reach:
    if not known:
        return Reach(None, LEFT if first else NO_CHAT)
    if first and (first, False) in known:
        return Reach(first)
    allowed = known if further else known[:1]
    free = next((chat for chat, blocked in allowed if not blocked), None)
    return Reach(free) if free else Reach(None, BLOCKED)


def agreed(tx: Connection, people: Sequence[int], purpose: str) -> set[int]:
    """Who of these agrees to that purpose now."""
    return {row[0] for row in _AGREED.rows(tx, persons=list(people), purpose=purpose)}


def of(announcement: int) -> ColumnElement[bool]:
    """The condition for the rows of that announcement."""
    return _RECIPIENTS.c.announcement_id == announcement


def needs(tx: Connection, which: ColumnElement[bool]) -> dict[tuple[str, str], int]:
    """How many of these rows each bot still has to tell, by its channel and name."""
    lane = (_RECIPIENTS.c.channel, _RECIPIENTS.c.bot)
    open_ones = (_RECIPIENTS.c.status.in_((QUEUED, POSTED)), which)
    rows = tx.execute(select(*lane, func.count()).where(*open_ones).group_by(*lane).order_by(*lane))
    return {(row[0], row[1]): row[2] for row in rows}


# -- the list --------------------------------------------------------------------------------------


def told(tx: Connection, announcement: int) -> list[tuple[int, int | None]]:
    """Who was told, or perhaps was, each with the producer whom it concerns."""
    table = _RECIPIENTS.c
    came = or_(table.status == SENT, table.reason == PERHAPS)
    rows = select(table.person_id, table.producer_id).where(of(announcement), came)
    return [(row[0], row[1]) for row in tx.execute(rows.order_by(table.person_id))]


def join(tx: Connection, gone: int, person: int, now: datetime) -> None:
    """Let lists on which one person stands have the other instead.

    Where both stand both rows stay, so that the ledger adds up; but nobody is told twice, and what
    either answered is the answer.
    """
    table = _RECIPIENTS.c
    ours = _RECIPIENTS.alias()
    known = select(ours.c.announcement_id).where(ours.c.person_id == person)
    theirs = update(_RECIPIENTS).where(table.person_id == gone)
    tx.execute(theirs.where(table.announcement_id.not_in(known)).values(person_id=person))
    told = {"status": CANCELLED, "reason": SAME_PERSON, "at": now}
    tx.execute(theirs.where(table.status == QUEUED).values(told))
    under_way = select(ours.c.announcement_id).where(
        ours.c.person_id == gone, ours.c.status.in_((POSTED, SENT))
    )
    here = (table.person_id == person, table.status == QUEUED)
    tx.execute(update(_RECIPIENTS).where(*here, table.announcement_id.in_(under_way)).values(told))
    said = ("answer", "answered_at", "needs", "results")
    answers = select(table.announcement_id, *(table[name] for name in said))
    for row in tx.execute(answers.where(table.person_id == gone, table.answer.is_not(None))):
        same = (of(row[0]), table.person_id == person, table.answer.is_(None))
        tx.execute(update(_RECIPIENTS).where(*same).values(dict(zip(said, row[1:], strict=True))))


def mine(tx: Connection, announcement: int, person: int) -> dict[str, Any] | None:
    """The person's own row; None for who is not on the list."""
    found = select(_RECIPIENTS).where(of(announcement), _RECIPIENTS.c.person_id == person)
    row = tx.execute(found).mappings().first()
    return dict(row) if row else None
