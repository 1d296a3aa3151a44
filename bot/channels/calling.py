"""One HTTP call to a chat service, and whether it can have been heard when no answer comes."""

import asyncio
import ssl
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import msgspec

MOST_BYTES = 1024 * 1024  # no answer of a chat service is longer
CONNECT = 5.0  # seconds
QUEUE = 10.0  # seconds until one of our connections is free
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


class Unsent(Exception):
    """Nobody there has heard of the call."""


class Unclear(Exception):
    """The call went out and nothing that can be understood came back; it may have been done."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered."""

    status: int
    body: bytes

    def json(self) -> Any:
        """The body as JSON; None when it is something else."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None


class Caller:
    """Posts to one service. Addresses may hold a token, so neither they nor httpx's errors get out.

    The transport is used without ``httpx.AsyncClient``, which logs each address that it asks.
    """

    def __init__(self) -> None:
        limits = httpx.Limits(max_connections=20)
        self._transport = httpx.AsyncHTTPTransport(verify=_trusted(), limits=limits)

    async def ask(self, request: httpx.Request, wait: float) -> Reply:
        """Send the request and give the answer; raises Unsent or Unclear, without the address."""
        times = httpx.Timeout(wait, connect=CONNECT, pool=QUEUE)
        request.extensions = {**request.extensions, "timeout": times.as_dict()}
        try:
            async with asyncio.timeout(wait + QUEUE):
                return await self._answer(request)
        except _NOT_SENT as error:
            failure: Exception = Unsent(type(error).__name__)
        except (httpx.HTTPError, httpx.StreamError, TimeoutError) as error:
            failure = Unclear(type(error).__name__)
        raise failure  # outside, so that the error with the address in it is not its context

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _answer(self, request: httpx.Request) -> Reply:
        response = await self._transport.handle_async_request(request)
        body = bytearray()
        try:
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    break
        finally:
            await response.aclose()
        return Reply(response.status_code, bytes(body[:MOST_BYTES]))


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count; reading them takes 20 ms."""
    return httpx.create_ssl_context()


def posting(url: str, body: object, headers: dict[str, str] | None = None) -> httpx.Request:
    """A request that posts the body as JSON."""
    content = msgspec.json.encode(body)
    kind = {"Content-Type": "application/json"}
    return httpx.Request("POST", url, content=content, headers=kind | (headers or {}))
