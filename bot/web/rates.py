"""How often one address may ask where no secret protects us: too often is 429, and when to return.

Services post with a secret to ``/hooks``, and what is lent has a signed address: there only what
was refused counts, so that nobody tries many. Counts are kept in memory, of this minute alone.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from math import ceil

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.browser.uploads import MOST_BYTES

MINUTE = 60.0
MOST_ADDRESSES = 20_000  # in a minute; those after them count as one
REFUSALS = 60  # a minute
_FREE = ("/healthz", "/static/")
_WITH_SECRET = ("/hooks/", "/lent/")
_REFUSED = range(400, 429)
_OTHERS = "others"


@dataclass(slots=True)
class Rates:
    """What each address did in this minute: so many requests and bytes are its most."""

    requests: int
    bytes_: int
    seconds: Callable[[], float] = time.monotonic
    _minute: int = -1
    _done: dict[str, list[int]] = field(default_factory=dict)  # requests, bytes, refusals

    def ask(self, address: str, size: int) -> int:
        """Count a request with a body of that size; 0, or in how many seconds to ask again."""
        done = self._of(address)
        if done[0] >= self.requests or (size and done[1] + size > self.bytes_ and done[1]):
            return self._rest()
        done[0] += 1
        done[1] += size
        return 0

    def closed(self, address: str) -> int:
        """In how many seconds to ask again who was refused too often; 0 for who may ask."""
        return self._rest() if self._of(address)[2] >= REFUSALS else 0

    def refused(self, address: str) -> None:
        """Count a refusal."""
        self._of(address)[2] += 1

    def _of(self, address: str) -> list[int]:
        minute = int(self.seconds() // MINUTE)
        if minute != self._minute:
            self._minute, self._done = minute, {}
        if address not in self._done and len(self._done) >= MOST_ADDRESSES:
            address = _OTHERS
        return self._done.setdefault(address, [0, 0, 0])

    def _rest(self) -> int:
        return max(1, ceil(MINUTE - self.seconds() % MINUTE))


class Gate:
    """Stands before the application and lets no address ask more often than its rates are."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self._app = app
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the application who asks too often."""
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        address, knows = _address(scope), scope["path"].startswith(_WITH_SECRET)
        wait = self._rates.closed(address) if knows else self._rates.ask(address, _size(scope))

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _REFUSED:
                self._rates.refused(address)
            await send(message)

        app = _too_often(wait) if wait else self._app
        await app(scope, receive, noted if knows and not wait else send)


def _too_often(seconds: int) -> ASGIApp:
    headers = {"Retry-After": str(seconds)}
    return JSONResponse({"error": "too many requests"}, status_code=429, headers=headers)


def _address(scope: Scope) -> str:
    """Who asks; of the newer addresses the half that one house has for itself."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        known = ip_address(host)
    except ValueError:
        return host
    return known.exploded[:19] if isinstance(known, IPv6Address) else host


def _size(scope: Scope) -> int:
    """The bytes of the body as they are told; as many as we ever take where they are not."""
    headers = Headers(scope=scope)
    told = headers.get("content-length", "")
    if told.isdecimal() and len(told) < len(str(MOST_BYTES)) + 1:
        return min(int(told), MOST_BYTES)
    return MOST_BYTES if told or "transfer-encoding" in headers else 0
