"""Who can be reached: what channels tell of people who block us or let us in again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.hearing import chat_of
from conversations.events import Address
from storage import inbox, persons
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Attendance:
    """Notes it, each event once, since a channel may repeat an old one after a newer."""

    database: Database
    clock: Callable[[], datetime]

    async def noted(self, event_key: str, address: Address, *, here: bool) -> None:
        """Note that the person has blocked us, or let us in again; returns after the commit."""
        await asyncio.to_thread(self._note, event_key, address, here)

    def _note(self, event_key: str, address: Address, here: bool) -> None:
        chat, now = chat_of(address), self.clock()
        with self.database.transaction() as tx:
            if not inbox.first_times(tx, [(chat, event_key)], now):
                return
            if here:
                persons.unblocked(tx, chat)
            else:
                persons.blocked(tx, chat, now)
