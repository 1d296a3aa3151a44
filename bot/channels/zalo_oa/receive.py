"""What becomes of an event: one for reception, a file for the intake, a note, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import structlog

from bot.channels.arriving import Door, Intake
from bot.channels.zalo_oa import updates
from bot.channels.zalo_oa.updates import Arrived, Ignored, Presence, Read, Told
from bot.channels.zalo_oa.windows import Acts
from conversations.events import Address, Event

_log = structlog.get_logger()


class Attendance(Protocol):
    """Where it is noted who can be reached."""

    async def noted(self, event_key: str, address: Address, *, here: bool) -> None:
        """Note that the person follows us, or has left; returns after the commit."""
        ...


@dataclass(frozen=True, slots=True)
class Receiver:
    """Hands on what is told about one account."""

    oa: str
    door: Door
    intake: Intake
    attendance: Attendance
    clock: Callable[[], datetime]
    acts: Acts = field(default_factory=Acts)

    async def take(self, told: Told) -> None:
        """Hand on what was told; returns after the commits."""
        for found in updates.read(told, self.oa, self.clock()):
            self._note(found, told)
            match found:
                case Ignored(why, name):
                    _log.info("zalo_oa_event_ignored", why=why, told=name)
                case Arrived(key, address, remote):
                    await self.intake.expected(key, address, remote)
                case Presence(key, address, here):
                    await self.attendance.noted(key, address, here=here)
                case event:
                    await self.door.receive(event)

    def _note(self, found: Read, told: Told) -> None:
        """Whoever writes may be written to for a while, by Zalo's clock: it may tell us late."""
        if isinstance(found, Event | Arrived):
            typed = updates.order(told)
            at = datetime.fromtimestamp(typed / 1000, UTC) if typed else self.clock()
            self.acts.noted(found.address.chat, min(at, self.clock()))
