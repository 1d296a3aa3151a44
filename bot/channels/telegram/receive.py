"""What becomes of an update: an event for reception, a file for the intake, or nothing."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.channels.arriving import Door, Intake
from bot.channels.telegram import updates
from bot.channels.telegram.updates import Arrived, Ignored, Presence, Tapped
from conversations.events import Address

_MOST_TAPS = 1000  # that wait to be answered; Telegram forgets them after seconds
_log = structlog.get_logger()


class Attendance(Protocol):
    """Where it is noted who can be reached."""

    async def noted(self, event_key: str, address: Address, *, here: bool) -> None:
        """Note that the person has blocked us, or let us in again; returns after the commit."""
        ...


@dataclass(frozen=True, slots=True)
class Receiver:
    """Hands on what the updates of one bot tell; the queries of its buttons wait in ``taps``."""

    bot: str
    door: Door
    intake: Intake
    attendance: Attendance
    clock: Callable[[], datetime]
    taps: "asyncio.Queue[str]" = field(default_factory=lambda: asyncio.Queue(_MOST_TAPS))

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Hand on what the update tells; returns after the commit, raises what the door raises."""
        match updates.read(raw, self.bot, self.clock()):
            case Ignored(why):
                _log.info("telegram_update_ignored", bot=self.bot, why=why)
            case Arrived(key, address, remote):
                await self.intake.expected(key, address, remote)
            case Presence(key, address, here):
                await self.attendance.noted(key, address, here=here)
            case Tapped(event, query):
                await self.door.receive(event)
                self._answer_soon(query)
            case event:
                await self.door.receive(event)

    def _answer_soon(self, query: str) -> None:
        if not self.taps.full():
            self.taps.put_nowait(query)
