"""Who talks to us, and where: a person has one or more chats."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert
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
    """A chat and whose it is."""

    __tablename__ = "chats"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


_PERSONS = table_of(PersonRow)
CHATS = table_of(ChatRow)
_MAKE = Insert(_PERSONS, "created_at", "RETURNING id")
_MEET = Insert(
    CHATS,
    "channel bot chat person_id created_at",
    "ON CONFLICT DO NOTHING RETURNING channel, bot, chat, person_id",
)
_WHOSE = select(CHATS.c.chat, CHATS.c.person_id).where(
    CHATS.c.channel == bindparam("channel"),
    CHATS.c.bot == bindparam("bot"),
    CHATS.c.chat.in_(bindparam("chats", expanding=True)),
)


def of(tx: Connection, chats: Sequence[Chat]) -> dict[Chat, int]:
    """Whose these chats are; chats that nobody wrote from are left out."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for channel, bot, chat in dict.fromkeys(chats):
        together[channel, bot].append(chat)
    known = {}
    for (channel, bot), some in together.items():
        for row in tx.execute(_WHOSE, {"channel": channel, "bot": bot, "chats": some}):
            known[Chat(channel, bot, row[0])] = row[1]
    return known


def meet(tx: Connection, chats: Sequence[Chat], now: datetime) -> dict[Chat, int]:
    """Whose these chats are; a chat that is new gets a new person."""
    known = of(tx, chats)
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


def chat_of(tx: Connection, person: int) -> Chat | None:
    """Where the person is reached: the chat they came by last."""
    row = tx.execute(
        select(CHATS.c.channel, CHATS.c.bot, CHATS.c.chat)
        .where(CHATS.c.person_id == person)
        .order_by(CHATS.c.created_at.desc())
        .limit(1)
    ).first()
    return Chat(*row) if row else None
