"""How much each chat, and each bot, has sent within a span: a row each, counted anew in the next.

A span is known by its number, such as the minutes since 1970; so nothing need be set back.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, bindparam, delete, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert, Ready
from storage.database import table_of
from storage.persons import Chat


class TallyRow(SQLModel, table=True):
    """How much of ``what`` came in the span ``near`` and on the ``day``.

    Without a chat it is that of the bot's chats together.
    """

    __tablename__ = "tallies"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    near: int = Field(sa_type=BigInteger)
    in_near: int = Field(sa_type=BigInteger)
    day: int = Field(index=True)
    in_day: int = Field(sa_type=BigInteger)


class Came(NamedTuple):
    """So much of ``what`` in a chat, in the spans of these numbers; below zero it is given back."""

    chat: Chat
    what: str
    near: int
    day: int
    in_near: int
    in_day: int


class Tally(NamedTuple):
    """How much came in the span and on the day, with what came now."""

    near: int
    day: int


_TALLIES = table_of(TallyRow)
_ADD = Insert(
    _TALLIES,
    "channel bot chat what near in_near day in_day",
    "ON CONFLICT (channel, bot, chat, what) DO UPDATE SET"
    " in_near = excluded.in_near"
    " + CASE WHEN tallies.near = excluded.near THEN tallies.in_near ELSE 0 END,"
    " in_day = excluded.in_day"
    " + CASE WHEN tallies.day = excluded.day THEN tallies.in_day ELSE 0 END,"
    " near = excluded.near, day = excluded.day"
    " RETURNING channel, bot, chat, what, in_near, in_day",
)
_OF_BOT = Ready(
    select(_TALLIES.c.what, _TALLIES.c.in_near).where(
        _TALLIES.c.channel == bindparam("of"),
        _TALLIES.c.bot == bindparam("to"),
        _TALLIES.c.chat == "",
        _TALLIES.c.near == bindparam("span"),
    )
)


def count(tx: Connection, came: Iterable[Came]) -> dict[tuple[Chat, str], Tally]:
    """Add what came, each chat's ``what`` once, and tell how much that makes."""
    rows = [(*one.chat, one.what, one.near, one.in_near, one.day, one.in_day) for one in came]
    rows.sort()  # no two processes wait for each other
    told = _ADD.run(tx, rows)
    return {(Chat(r[0], r[1], r[2]), r[3]): Tally(r[4], r[5]) for r in told}


def of_bot(tx: Connection, channel: str, bot: str, near: int) -> dict[str, int]:
    """How much of each came in that span in all chats of the bot together, as far as committed."""
    return dict(_OF_BOT.rows(tx, of=channel, to=bot, span=near))


def forget(tx: Connection, before: int) -> int:
    """Drop what was counted last before the day of that number; how many rows that was."""
    gone: Any = tx.execute(delete(_TALLIES).where(_TALLIES.c.day < before))
    return int(gone.rowcount)
