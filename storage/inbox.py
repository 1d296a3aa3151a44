"""What channels have told us, by its key: nothing is heard twice, and what must wait waits here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, delete, select, text, tuple_, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.database import UtcDateTime, table_of
from storage.persons import Chat


class InboxRow(SQLModel, table=True):
    """One event that came. ``held`` is its text while it waits for the receipt of a question."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_held",
            "channel",
            "bot",
            "chat",
            sqlite_where=text("held IS NOT NULL"),
            postgresql_where=text("held IS NOT NULL"),
        ),
        Index("ix_inbox_at", "at"),
    )

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    chat: str
    at: datetime = Field(sa_type=UtcDateTime)
    held: str | None = None


Key = tuple[str, str, str]
_INBOX = table_of(InboxRow)
_NOTE = Insert(
    _INBOX, "channel bot key chat at", "ON CONFLICT DO NOTHING RETURNING channel, bot, key"
)
_KEY = tuple_(_INBOX.c.channel, _INBOX.c.bot, _INBOX.c.key)
_LANE = tuple_(_INBOX.c.channel, _INBOX.c.bot, _INBOX.c.chat)
_WITH_HELD = Ready(
    select(_INBOX.c.channel, _INBOX.c.bot, _INBOX.c.chat)
    .where(_INBOX.c.held.is_not(None))
    .distinct()
)
_RELEASE = Ready(
    select(_INBOX.c.channel, _INBOX.c.bot, _INBOX.c.key, _INBOX.c.held)
    .where(_LANE.in_(bindparam("chats", expanding=True)), _INBOX.c.held.is_not(None))
    .order_by(_INBOX.c.at, _INBOX.c.key)
    .with_for_update()  # or two processes would both hear what they both release
)
_RELEASED = Ready(
    update(_INBOX).where(_KEY.in_(bindparam("keys", expanding=True))).values(held=None)
)
_UNNOTE = Ready(delete(_INBOX).where(_KEY.in_(bindparam("keys", expanding=True))))
_HOLD = Ready(
    update(_INBOX)
    .where(_INBOX.c.channel == bindparam("of"), _INBOX.c.bot == bindparam("to"))
    .where(_INBOX.c.key == bindparam("named"))
    .values(held=bindparam("body"))
)


def first_times(tx: Connection, rows: Sequence[tuple[Chat, str]], now: datetime) -> set[Key]:
    """Note these events (their chat and key) and tell which of them nobody has told us before."""
    told = {(chat.channel, chat.bot, key): chat.chat for chat, key in rows}
    values = [(*key, told[key], now) for key in sorted(told)]  # sorted: no two wait for each other
    return {(row[0], row[1], row[2]) for row in _NOTE.run(tx, values)}


def unnote(tx: Connection, keys: Sequence[Key]) -> None:
    """Keep nothing of these events, as of what floods in; whoever is told of them again hears."""
    if keys:
        _UNNOTE.run(tx, keys=list(keys))


def hold(tx: Connection, held: Sequence[tuple[Key, str]]) -> None:
    """Keep these events until the question before them is known to have been on the screen."""
    rows = [{"of": k[0], "to": k[1], "named": k[2], "body": body} for k, body in held]
    _HOLD.each(tx, rows)


def release(tx: Connection, chats: Sequence[Chat]) -> list[str]:
    """The events that waited in these chats, oldest first; they wait no longer."""
    rows = _RELEASE.rows(tx, chats=list(chats))
    if rows:
        _RELEASED.run(tx, keys=[row[:3] for row in rows])
    return [row[3] for row in rows]


def held_chats(tx: Connection) -> list[Chat]:
    """All chats in which something waits to be heard."""
    return [Chat(*row) for row in _WITH_HELD.rows(tx)]


def with_held(tx: Connection, chats: Sequence[Chat]) -> list[Chat]:
    """Those of these chats in which something waits to be heard."""
    wanted = set(chats)
    return [chat for chat in held_chats(tx) if chat in wanted]


def forget(tx: Connection, before: datetime) -> int:
    """Drop what came before that time and waits for nothing; how many rows that was."""
    gone: Any = tx.execute(delete(_INBOX).where(_INBOX.c.at < before, _INBOX.c.held.is_(None)))
    return int(gone.rowcount)
