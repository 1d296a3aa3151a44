"""The sign that an answer is being written, where it takes a while; nothing depends on it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.channels.calling import Unclear, Unsent
from bot.channels.zalo.client import Failed
from bot.channels.zalo.send import Voice
from conversations.events import Address

SHOWN = 5.0  # seconds that Zalo shows it
WAITING = 100  # signs; when more are wanted nobody will see them in time


@dataclass(slots=True)
class Busy:
    """Shows the sign to one after the other, and to each at most every five seconds."""

    voices: Mapping[str, Voice]
    _wanted: "asyncio.Queue[Address]" = field(default_factory=lambda: asyncio.Queue(WAITING))
    _shown: dict[Address, float] = field(default_factory=dict)

    def show(self, address: Address) -> None:
        """Show it soon."""
        with suppress(asyncio.QueueFull):
            self._wanted.put_nowait(address)

    async def run(self) -> None:
        """Show until cancelled."""
        while True:
            await self._show(await self._wanted.get())

    async def _show(self, address: Address) -> None:
        now = asyncio.get_running_loop().time()
        self._shown = {who: at for who, at in self._shown.items() if now - at < SHOWN}
        voice = self.voices.get(address.bot)
        if voice is None or address in self._shown or voice.throttle.wait() is not None:
            return
        self._shown[address] = now
        with suppress(Failed, Unsent, Unclear):
            await voice.client.typing(address.chat)
