"""What hearing asks of Telegram: aiogram's methods over our wire."""

from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.channels.calling import Unclear, Unsent
from bot.channels.telegram.line import Line
from bot.channels.telegram.updates import KINDS, MOST_BYTES
from bot.channels.telegram.wire import Wire

SHORT = 15.0  # seconds
FILE = 60.0
TROUBLE = (TelegramAPIError, Unsent, Unclear)  # all that a call may raise

# pydantic forgets such a type when nobody holds it, and takes milliseconds to make it again.
_KEPT = (Response[bool], Response[list[dict[str, Any]]])
_UNREADABLE = (ClientDecodeError, UnicodeDecodeError, RecursionError, TypeError)


class Gone(Exception):
    """The file does not lie there, or not any more."""


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates, each update as it was written: one that cannot be read must not stop the rest."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0
    allowed_updates: tuple[str, ...] = KINDS


class WireSession(BaseSession):
    """aiogram's transport: our wire, with its proxy and its silent errors."""

    def __init__(self, wire: Wire, base: str) -> None:
        super().__init__(TelegramAPIServer.from_base(base.rstrip("/")), timeout=SHORT)
        self._wire = wire

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the library's own signature
    ) -> TelegramType:
        """Call the method; raises one of TROUBLE."""
        url = self.api.api_url(bot.token, method.__api_method__)
        body = method.model_dump_json(exclude_none=True, warnings=False).encode()
        reply = await self._wire.post(url, body, SHORT + (timeout or 0))
        try:
            return cast(
                "TelegramType",
                self.check_response(bot, method, reply.status, reply.body.decode()).result,
            )
        except _UNREADABLE:
            pass
        # Outside, because the library's error quotes what it could not read.
        raise Unclear(f"HTTP {reply.status} without an answer of the API")

    async def close(self) -> None:
        """Close the wire."""
        await self._wire.close()

    async def stream_content(
        self, url: str, *_given: Any, **_more: Any
    ) -> AsyncGenerator[bytes, None]:
        """Fetch a file, in one piece; raises Unsent, Unclear, TooMuch or Gone."""
        reply = await self._wire.get(url, MOST_BYTES, FILE)
        if reply.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise Gone(f"HTTP {reply.status}")
        if reply.status != HTTPStatus.OK:
            raise Unclear(f"HTTP {reply.status}")
        yield reply.body


def caller(line: Line, wire: Wire) -> Bot:
    """Aiogram's bot for this line, to ask and never to speak."""
    return Bot(line.token, session=WireSession(wire, line.base))
