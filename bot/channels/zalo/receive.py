"""What becomes of an update: an event for reception, a file for the intake, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.channels.arriving import Door, Intake
from bot.channels.zalo import updates
from bot.channels.zalo.updates import Arrived, Ignored, Update

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Hands on what the updates of all our bots tell."""

    door: Door
    intake: Intake
    clock: Callable[[], datetime]

    async def take(self, update: Update, bot: str) -> str:
        """Hand on what the update tells; returns after the commit, with the update's key."""
        match updates.read(update, bot, self.clock()):
            case Ignored(why, name):
                _log.info("zalo_update_ignored", bot=bot, why=why, update=name)
                return ""
            case Arrived(key, address, remote):
                await self.intake.expected(key, address, remote)
                return key
            case event:
                await self.door.receive(event)
                return event.key
