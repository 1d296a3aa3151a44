"""Who talks to us, and where: a person has one or more chats, and is reached in one of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.consents import ELSEWHERE, ConsentRow
from storage.database import NEVER_AGAIN, UtcDateTime, table_of


class Chat(NamedTuple):
    """Where a chat is: the channel, which of our bots on it, the chat's own id there."""

    channel: str
    bot: str
    chat: str


class PersonRow(SQLModel, table=True):
    """A person, of whom nothing is kept here but that they exist."""

    __tablename__ = "persons"
    __table_args__ = NEVER_AGAIN

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ChatRow(SQLModel, table=True):
    """A chat and whose it is.

    Where the person has several, ``used_at`` is when they last wrote here, and ``joined_at`` when
    this one came to the others; it is empty for the first.
    """

    __tablename__ = "chats"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    blocked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    preferred_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Place(NamedTuple):
    """One of the chats of a person."""

    chat: Chat
    joined_at: datetime | None
    blocked_at: datetime | None


_PERSONS = table_of(PersonRow)
_CONSENTS = table_of(ConsentRow)
CHATS = table_of(ChatRow)
_MAKE = Insert(_PERSONS, "created_at", "RETURNING id")
_MEET = Insert(
    CHATS,
    "channel bot chat person_id created_at",
    "ON CONFLICT DO NOTHING RETURNING channel, bot, chat, person_id",
)
_NOW = bindparam("now", type_=UtcDateTime)
_THIS = and_(
    CHATS.c.channel == bindparam("on"),
    CHATS.c.bot == bindparam("by"),
    CHATS.c.chat == bindparam("at"),
)
_WHOSE = Ready(
    select(
        CHATS.c.chat,
        CHATS.c.person_id,
        or_(CHATS.c.used_at.is_not(None), CHATS.c.blocked_at.is_not(None)),
    ).where(
        CHATS.c.channel == bindparam("channel"),
        CHATS.c.bot == bindparam("bot"),
        CHATS.c.chat.in_(bindparam("chats", expanding=True)),
    )
)
_WROTE = (
    update(CHATS)
    .where(_THIS)
    .values(used_at=case((CHATS.c.used_at.is_not(None), _NOW)), blocked_at=None)
)
_BLOCKED = update(CHATS).where(_THIS, CHATS.c.blocked_at.is_(None)).values(blocked_at=_NOW)
_UNBLOCKED = update(CHATS).where(_THIS).values(blocked_at=None)
_PREFERRED = update(CHATS).where(_THIS).values(preferred_at=_NOW)
LAST_USED = func.coalesce(CHATS.c.used_at, CHATS.c.created_at)
_OF = CHATS.c.person_id == bindparam("person")
_PLACES = (
    select(CHATS.c.channel, CHATS.c.bot, CHATS.c.chat, CHATS.c.joined_at, CHATS.c.blocked_at)
    .where(_OF)
    .order_by(CHATS.c.preferred_at.is_(None), LAST_USED.desc(), CHATS.c.channel, CHATS.c.chat)
)
_AGREED = select(_CONSENTS.c.id).where(
    _CONSENTS.c.person_id == bindparam("person"),
    _CONSENTS.c.purpose == ELSEWHERE,
    _CONSENTS.c.withdrawn_at.is_(None),
)


def of(tx: Connection, chats: Sequence[Chat]) -> dict[Chat, int]:
    """Whose these chats are; chats that nobody wrote from are left out."""
    return {chat: person for chat, person, _ in _known(tx, chats)}


def _known(tx: Connection, chats: Sequence[Chat]) -> Iterator[tuple[Chat, int, bool]]:
    """These chats, whose they are, and whether it must be noted that somebody writes there."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for channel, bot, chat in dict.fromkeys(chats):
        together[channel, bot].append(chat)
    for (channel, bot), some in together.items():
        for row in _WHOSE.rows(tx, channel=channel, bot=bot, chats=some):
            yield Chat(channel, bot, row[0]), row[1], bool(row[2])


def meet(tx: Connection, chats: Sequence[Chat], now: datetime) -> dict[Chat, int]:
    """Whose these chats are, in which somebody writes now; a new chat gets a new person.

    Who writes has let us in again.
    """
    known, wrote = {}, []
    for chat, person, noted in _known(tx, chats):
        known[chat] = person
        if noted:
            wrote.append(chat)
    if wrote:
        tx.execute(_WROTE, [{**_this(chat), "now": now} for chat in sorted(wrote)])
    new = sorted(set(chats) - known.keys())  # sorted: no two processes wait for each other
    return known | _met(tx, new, now) if new else known


def _met(tx: Connection, chats: Sequence[Chat], now: datetime) -> dict[Chat, int]:
    made = sorted(row[0] for row in _MAKE.run(tx, [(now,)] * len(chats)))
    rows = [(*chat, person, now) for chat, person in zip(chats, made, strict=True)]
    met = {Chat(row[0], row[1], row[2]): row[3] for row in _MEET.run(tx, rows)}
    if late := [chat for chat in chats if chat not in met]:  # another process met them just now
        tx.execute(delete(_PERSONS).where(_PERSONS.c.id.in_(set(made) - set(met.values()))))
        met |= of(tx, late)
    return met


def _this(chat: Chat) -> dict[str, Any]:
    return {"on": chat.channel, "by": chat.bot, "at": chat.chat}


def anew(tx: Connection, now: datetime) -> int:
    """Somebody of whom nothing is known yet."""
    return int(_MAKE.run(tx, [(now,)])[0][0])


# -- where they are reached -----------------------------------------------------------------------


def places(tx: Connection, person: int) -> list[Place]:
    """All chats of the person: the preferred one first, then by when they last wrote there."""
    return [Place(Chat(*row[:3]), *row[3:]) for row in tx.execute(_PLACES, {"person": person})]


def chat_of(tx: Connection, person: int) -> Chat | None:
    """Where the person is reached by what answers nothing: in the preferred chat, or the last.

    Where that is blocked, the next one if the person agreed to it; None for who has no chat.
    """
    known = places(tx, person)
    if not known:
        return None
    first = known[0]
    other = elsewhere(tx, person, first.chat) if first.blocked_at else None
    return other or first.chat


def elsewhere(tx: Connection, person: int, chat: Chat) -> Chat | None:
    """The other chat that a letter may go to which cannot be delivered in this one.

    None unless the person has agreed to that.
    """
    others = [one.chat for one in places(tx, person) if one.chat != chat and not one.blocked_at]
    if not others or tx.execute(_AGREED, {"person": person}).first() is None:
        return None
    return others[0]


def prefer(tx: Connection, chat: Chat, now: datetime) -> None:
    """From now on what answers nothing goes to this chat of its person."""
    whose = of(tx, [chat]).get(chat)
    tx.execute(update(CHATS).where(CHATS.c.person_id == whose).values(preferred_at=None))
    tx.execute(_PREFERRED, {**_this(chat), "now": now})


def blocked(tx: Connection, chat: Chat, now: datetime) -> None:
    """Note that the person cannot be reached in this chat, since now or since longer."""
    tx.execute(_BLOCKED, {**_this(chat), "now": now})


def unblocked(tx: Connection, chat: Chat) -> None:
    """Note that the person can be reached in this chat again."""
    tx.execute(_UNBLOCKED, _this(chat))


def moved(tx: Connection, chat: Chat, new: Chat) -> bool:
    """Let this chat be that one from now on; False when it is unknown, or that one is known."""
    if of(tx, [new]):
        return False
    return bool(tx.execute(update(CHATS).where(_THIS).values(new._asdict()), _this(chat)).rowcount)
