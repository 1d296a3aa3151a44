"""Telegram's limit for all messages of a bot together, kept as it counts them."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import AIORateLimiter

BURST = 4  # messages at one moment
APART = 4 / 3  # times the pace: so fast they may follow each other, till so many went in a second
SPAN = 1.0  # seconds that Telegram looks back


class Window(AIORateLimiter):
    """So many messages within a second and no more, however long each is on its way.

    One counts from when it leaves until a second after its answer came, as in that time it may
    have arrived at any moment.
    """

    def __init__(self, a_second: float) -> None:
        super().__init__(BURST, BURST / (a_second * APART))
        self._free = asyncio.Semaphore(max(1, int(a_second)))

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make the request as soon as it may be made."""
        about = (args, kwargs, endpoint, data, rate_limit_args)
        if "chat_id" not in data:  # that is no message
            return await super().process_request(callback, *about)
        await self._free.acquire()
        try:
            return await super().process_request(callback, *about)
        finally:
            asyncio.get_running_loop().call_later(SPAN, self._free.release)
