"""Counting what bots do in a month, where a service allows only so much of it or takes money."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.zalo import quota
from bot.clock import month
from storage import quotas
from storage.database import Database
from storage.persons import Chat
from storage.quotas import Month

METERED = frozenset({"zalo", "zalo_oa"})  # the services that allow only so much in a month


def allowed(zalo: int) -> dict[str, int]:
    """How many messages a month a bot of each counted channel may spend on what is no answer.

    ``zalo`` is how many it has; what must be kept of it for answers is not spent.
    """
    return {"zalo": zalo * quota.SAVE_AT // 100}


def months(chats: Iterable[Chat], now: datetime) -> list[Month]:
    """The month of each chat's bot that something counts for, where anybody counts."""
    counted = [chat for chat in chats if chat.channel in METERED]
    this = month(now) if counted else ""
    return [Month(chat.channel, chat.bot, this) for chat in counted]


@dataclass(frozen=True, slots=True)
class Counting:
    """What bots may still do; at most so many paid templates in a month."""

    database: Database
    clock: Callable[[], datetime]
    most_paid: int = 0

    async def used(self, channel: str, bot: str) -> tuple[int, int]:
        """The people who ever wrote to the bot, and its messages of this month, both ways."""
        return await asyncio.to_thread(self._used, self._month(channel, bot))

    async def take(self, oa: str) -> bool:
        """Take one paid template out of the account's month; false when none is left."""
        return await asyncio.to_thread(self._pay, self._month("zalo_oa", oa))

    async def give_back(self, oa: str) -> None:
        """Put back one that was not sent after all."""
        await asyncio.to_thread(self._back, self._month("zalo_oa", oa))

    def _month(self, channel: str, bot: str) -> Month:
        return Month(channel, bot, month(self.clock()))

    def _used(self, of: Month) -> tuple[int, int]:
        with self.database.reading() as tx:
            found = quotas.used(tx, of)
        return found.users, found.heard + found.sent

    def _pay(self, of: Month) -> bool:
        with self.database.transaction() as tx:
            return quotas.pay(tx, of, self.most_paid)

    def _back(self, of: Month) -> None:
        with self.database.transaction() as tx:
            quotas.give_back(tx, of)
