"""Polling: fetch, hear, commit, and only then let Telegram forget; one poller a token."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.channels.telegram.calls import TROUBLE, RawUpdates
from bot.channels.telegram.receive import Receiver

HOLD = 25  # seconds that Telegram may keep a question open
LONGEST = 30.0  # seconds; the first pause after a failure is one second
ELSEWHERE = 5.0  # seconds between looks whether another process still polls
TOKEN_AWAY = 600.0
_log = structlog.get_logger()

Lease = Callable[[str], Awaitable[bool]]
Raw = Mapping[str, Any]


async def alone(_name: str) -> bool:
    """The lease of a process that has no others beside it."""
    return True


@dataclass(slots=True)
class Poller:
    """Fetches one bot's updates. Whatever Telegram is asked for next, it forgets what was before.

    ``lease`` tells before each poll whether it is this process that polls; ``breath`` is the first
    pause after a failure, in seconds.
    """

    bot: Bot
    receiver: Receiver
    lease: Lease = alone
    breath: float = 1.0
    hold: int = HOLD
    _offset: int | None = None
    _failures: int = 0
    _said: str = ""

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                await self._turn()
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever breaks one turn
                self._say("telegram_polling_broken", type(error).__name__)
                await asyncio.sleep(self._pause())

    async def _turn(self) -> None:
        if await self.lease(f"telegram:{self.receiver.bot}"):
            await self._round()
        else:
            await asyncio.sleep(ELSEWHERE)

    async def _round(self) -> None:
        asked = RawUpdates(offset=self._offset, timeout=self.hold)
        try:
            brought = await self.bot(asked, request_timeout=self.hold)
        except TROUBLE as trouble:
            await asyncio.sleep(self._troubled(trouble))
            return
        if await self._hear(brought):
            self._failures, self._said = 0, ""
        else:
            await asyncio.sleep(self._pause())

    async def _hear(self, brought: Sequence[Raw]) -> bool:
        """Hear them together, in their order; whether all are safe. What is not will come again."""
        takes = (self.receiver.take(raw) for raw in brought)
        fates = await asyncio.gather(*takes, return_exceptions=True)
        numbers = [number for raw in brought if isinstance(number := raw.get("update_id"), int)]
        lost = [
            (raw["update_id"], fate)
            for raw, fate in zip(brought, fates, strict=True)
            if isinstance(fate, BaseException)
        ]
        if lost:
            error = type(lost[0][1]).__name__
            _log.error("telegram_update_waits", bot=self.receiver.bot, error=error)
            self._offset = min(number for number, _ in lost)
        elif numbers:
            self._offset = max(numbers) + 1
        return not lost and len(numbers) == len(brought)

    def _troubled(self, trouble: Exception) -> float:
        """Say once in a row what is wrong; how long to pause."""
        match trouble:
            case TelegramConflictError():
                self._say("telegram_polled_twice", trouble.message)
                return max(self.breath, self._pause())
            case TelegramUnauthorizedError() | TelegramNotFound():
                self._say("telegram_token_refused", "set OCOP_TELEGRAM_TOKEN anew")
                return TOKEN_AWAY
            case TelegramRetryAfter():
                return float(trouble.retry_after)
            case _:
                self._say("telegram_poll_failed", type(trouble).__name__)
                return self._pause()

    def _say(self, what: str, why: str) -> None:
        if what != self._said:
            _log.error(what, bot=self.receiver.bot, why=why)
        self._said = what

    def _pause(self) -> float:
        """Longer after each failure in a row, and never quite the same."""
        pause = min(LONGEST, self.breath * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 - it is no secret
