"""The wire to Telegram: one pool of connections, and errors that tell whether a call was heard.

No error of the wire holds an address, because Telegram's addresses hold the token.
"""

import aiohttp

from bot.channels.calling import CONNECT, QUEUE, Reply, Unclear, Unsent

MOST_BYTES = 16 * 1024 * 1024  # a hundred updates of the longest kind stay far below
_NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
Body = bytes | aiohttp.FormData


class TooMuch(Exception):
    """The answer is longer than what was agreed."""


class Wire:
    """Asks over connections that stay open; ``proxy`` is an address like ``http://host:port``."""

    def __init__(self, proxy: str = "") -> None:
        self._proxy = proxy or None
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: Body, wait: float) -> Reply:
        """Post the body, JSON or a form, and give the answer; raises Unsent or Unclear."""
        headers = {"Content-Type": "application/json"} if isinstance(body, bytes) else {}
        return await self._ask("POST", url, body, headers, wait, MOST_BYTES)

    async def get(self, url: str, most: int, wait: float) -> Reply:
        """Fetch what lies there; raises Unsent, Unclear, or TooMuch when it is over ``most``."""
        return await self._ask("GET", url, None, {}, wait, most)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(
        self,
        method: str,
        url: str,
        body: Body | None,
        headers: dict[str, str],
        wait: float,
        most: int,
    ) -> Reply:
        times = aiohttp.ClientTimeout(wait + QUEUE, QUEUE, wait, CONNECT)
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, timeout=times, allow_redirects=False
            ) as answer:
                return Reply(answer.status, await _read(answer, most))
        except _NOT_SENT as error:
            failure: Exception = Unsent(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            failure = Unclear(type(error).__name__)
        raise failure  # outside, so that the error with the address in it is not its context

    def _open(self) -> aiohttp.ClientSession:
        """The session; made when first needed, because it belongs to the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                proxy=self._proxy, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    taken = bytearray()
    async for piece in answer.content.iter_any():
        taken += piece
        if len(taken) > most:
            raise TooMuch
    return bytes(taken)
