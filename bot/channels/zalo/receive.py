"""What becomes of an update: an event for reception, a file for the intake, or nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.channels.arriving import Door, Intake
from bot.channels.zalo import updates
from bot.channels.zalo.updates import Arrived, Ignored, Update
from conversations.events import Address, Event

SOON = 0.7  # seconds in which most answers are there
_log = structlog.get_logger()


def silently(_address: Address) -> None:
    """For who shows nobody that an answer takes a while."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Hands on what the updates of all our bots tell."""

    door: Door
    intake: Intake
    clock: Callable[[], datetime]
    busy: Callable[[Address], None] = silently

    async def take(self, update: Update, bot: str) -> str:
        """Hand on what the update tells; returns after the commit, with the update's key."""
        match updates.read(update, bot, self.clock()):
            case Ignored(why, name):
                _log.info("zalo_update_ignored", bot=bot, why=why, update=name)
                return ""
            case Arrived(key, address, remote):
                await self.intake.expected(key, address, remote)
                self.busy(address)  # the verdict on a picture comes later
                return key
            case event:
                await self._hear(event)
                return event.key

    async def _hear(self, event: Event) -> None:
        later = asyncio.get_running_loop().call_later(SOON, self.busy, event.address)
        try:
            await self.door.receive(event)
        finally:
            later.cancel()
