"""What each bot did in a month, where a service allows only so much of it or takes money."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert
from storage.database import table_of
from storage.persons import CHATS


class QuotaRow(SQLModel, table=True):
    """A bot's month, such as 2026-11: events heard, letters sent, and templates paid for."""

    __tablename__ = "quotas"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    heard: int = 0
    sent: int = 0
    paid: int = 0


class Month(NamedTuple):
    """One bot's month."""

    channel: str
    bot: str
    month: str


class Used(NamedTuple):
    """What a bot has used up: the people who ever wrote to it, and what it did in the month."""

    users: int
    heard: int = 0
    sent: int = 0
    paid: int = 0


_QUOTAS = table_of(QuotaRow)
_COUNT = Insert(
    _QUOTAS,
    "channel bot month heard sent paid",
    "ON CONFLICT (channel, bot, month) DO UPDATE"
    " SET heard = quotas.heard + excluded.heard, sent = quotas.sent + excluded.sent",
)
_MONTH = (
    _QUOTAS.c.channel == bindparam("on"),
    _QUOTAS.c.bot == bindparam("by"),
    _QUOTAS.c.month == bindparam("in"),
)
_USED = select(_QUOTAS.c.heard, _QUOTAS.c.sent, _QUOTAS.c.paid).where(*_MONTH)
_USERS = (
    select(func.count())
    .select_from(CHATS)
    .where(CHATS.c.channel == bindparam("on"), CHATS.c.bot == bindparam("by"))
)
_PAY = (
    update(_QUOTAS)
    .where(*_MONTH, _QUOTAS.c.paid < bindparam("most"))
    .values(paid=_QUOTAS.c.paid + 1)
)
_GIVE_BACK = update(_QUOTAS).where(*_MONTH, _QUOTAS.c.paid > 0).values(paid=_QUOTAS.c.paid - 1)


def count(tx: Connection, heard: Iterable[Month], sent: Iterable[Month] = ()) -> None:
    """Count these events and letters, each named by its bot's month; one statement for all."""
    came, went = Counter(heard), Counter(sent)
    months = sorted(came.keys() | went.keys())  # sorted: no two processes wait for each other
    _COUNT.run(tx, [(*month, came[month], went[month], 0) for month in months])


def used(tx: Connection, month: Month) -> Used:
    """What the bot has used up by now."""
    users = int(tx.execute(_USERS, _named(month)).scalar_one())
    row = tx.execute(_USED, _named(month)).first()
    return Used(users, *row) if row else Used(users)


def pay(tx: Connection, month: Month, most: int) -> bool:
    """Count one template that is paid for; false when the month has no more."""
    _COUNT.run(tx, [(*month, 0, 0, 0)])
    paid: Any = tx.execute(_PAY, {**_named(month), "most": most})
    return bool(paid.rowcount)


def give_back(tx: Connection, month: Month) -> None:
    """One that was counted was not sent after all."""
    tx.execute(_GIVE_BACK, _named(month))


def _named(month: Month) -> dict[str, str]:
    return {"on": month.channel, "by": month.bot, "in": month.month}
