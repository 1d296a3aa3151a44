"""Polling: fetch, hear, commit, and only then fetch again; one poller a token."""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.channels.calling import Unclear, Unsent
from bot.channels.zalo import updates
from bot.channels.zalo.client import Failed, ZaloClient
from bot.channels.zalo.receive import Receiver
from bot.channels.zalo.updates import Update

HOLD = 30  # seconds that the service may keep a question open
BREATH = 1.0  # seconds between two polls of which the first brought nothing new
LONGEST = 30.0  # seconds; the first pause after a failure is a breath
ELSEWHERE = 5.0  # seconds between looks whether another process still polls
REMEMBERED = 1000
_WEBHOOK_IS_SET = 400
_log = structlog.get_logger()

Lease = Callable[[str], Awaitable[bool]]


async def alone(_name: str) -> bool:
    """The lease of a process that has no others beside it."""
    return True


@dataclass(slots=True)
class Poller:
    """Fetches one bot's updates. The service may hand one out again and again, or only once.

    ``lease`` tells before each poll whether it is this process that polls for the bot.
    """

    client: ZaloClient
    receiver: Receiver
    bot: str
    lease: Lease = alone
    breath: float = BREATH
    _known: "OrderedDict[str, None]" = field(default_factory=OrderedDict)
    _failures: int = 0

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            if await self.lease(f"zalo:{self.bot}"):
                await self._round()
            else:
                await asyncio.sleep(ELSEWHERE)

    async def _round(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            brought = await self.client.updates(HOLD)
        except (Failed, Unsent, Unclear) as trouble:
            await self._troubled(trouble)
            return
        self._failures = 0
        if not await self._hear(brought):
            await asyncio.sleep(max(0.0, began + self.breath - loop.time()))

    async def _hear(self, brought: Any) -> bool:
        """Hear each update; whether there was anything new."""
        new = [await self._take(update) for update in updates.each(brought)]
        return any(new)

    async def _take(self, update: Update) -> bool:
        """Hear one update, as often as it takes: the service may not have it any more."""
        failures = 0
        while True:
            try:
                return self._is_new(await self.receiver.take(update, self.bot))
            except Exception as error:  # noqa: BLE001 - it is ours to keep until it is safe
                _log.error("zalo_update_waits", bot=self.bot, error=type(error).__name__)
            await asyncio.sleep(pause(failures, self.breath))
            failures += 1

    def _is_new(self, key: str) -> bool:
        if not key or key in self._known:
            return False
        self._known[key] = None
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return True

    async def _troubled(self, trouble: Exception) -> None:
        if self._failures == 0:
            _log.warning("zalo_poll_failed", bot=self.bot, why=str(trouble))
        wait = pause(self._failures, self.breath)
        self._failures += 1
        if isinstance(trouble, Failed) and trouble.code == _WEBHOOK_IS_SET:
            await self._take_over()
        await asyncio.sleep(wait)

    async def _take_over(self) -> None:
        """Somebody has set a webhook since; as long as it is set nothing can be fetched."""
        try:
            await self.client.delete_webhook()
        except (Failed, Unsent, Unclear) as trouble:
            _log.warning("zalo_webhook_stays", bot=self.bot, why=str(trouble))


def pause(failures: int, first: float) -> float:
    """Seconds after so many failures in a row: 1, 2, 4 … 30 where the first is 1, none alike."""
    grown = min(LONGEST, first * 2.0 ** min(failures, 30))
    return grown * random.uniform(0.5, 1.0)  # noqa: S311 - it is no secret
