"""Ours as it runs: Telegram's channel by polling, reception, delivery, SQLite with every commit."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bots.known import introduce
from benchmarks.bots.script import MEMBER, TOKEN, Script
from bot import clock
from bot.channels.arriving import Remote
from bot.channels.telegram.line import Line
from bot.channels.telegram.live import Telegram
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.send import TelegramSender
from bot.delivery import Delivery
from bot.reception import Reception
from bot.settings import ROOT
from bot.wording import Wording
from conversations.events import Address
from conversations.forms import catalogue
from storage import ideas, tables
from storage.database import Database
from storage.persons import Chat

UNLIMITED = 1e6  # letters a second; no limit of Telegram's is tried here


class _Nothing:
    """Files and blocked bots, of which there are none."""

    async def expected(self, event_key: str, address: Address, remote: Remote) -> None:
        raise NotImplementedError  # no update of this benchmark carries a file

    async def noted(self, event_key: str, address: Address, *, here: bool) -> None:
        raise NotImplementedError  # nobody blocks the bot here


class Polling:
    """Fetches its updates itself."""

    def __init__(self, script: Script, folder: Path, people: int, base: str) -> None:
        del script
        line = Line(TOKEN, base)
        self._database = Database(f"sqlite:///{folder / 'ours.db'}")
        self._reception = Reception(
            self._database, catalogue, Wording(ROOT / "templates"), clock.now
        )
        self._sender = TelegramSender(line, a_second=UNLIMITED)
        senders = {self._sender.channel: self._sender}
        self._delivery = Delivery(self._database, self._reception, senders, clock.now, "bench")
        self._reception.errands = self._delivery
        receiver = Receiver(line.bot, self._reception, _Nothing(), _Nothing(), clock.now)
        self._telegram = Telegram(line, receiver, {})
        self._chats = [
            Chat(self._sender.channel, line.bot, str(MEMBER + number)) for number in range(people)
        ]

    @property
    def finished(self) -> list[dict[str, Any]]:
        """The ideas that were handed in."""
        with self._database.reading() as tx:
            return ideas.everyone(tx)

    async def run(self, opened: Callable[[], None]) -> None:
        """Hear until cancelled."""
        tables.metadata.create_all(self._database.engine)
        with self._database.transaction() as tx:
            introduce(tx, self._chats, clock.now())
        self._reception.start()
        opened()
        sending = asyncio.create_task(self._delivery.run())
        try:
            await self._telegram.run()
        finally:
            self._reception.stop()
            sending.cancel()
            await asyncio.wait([sending])
            await self._sender.close()
            await self._telegram.close()
            self._database.close()
