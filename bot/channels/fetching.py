"""Fetching files from addresses that others have written: never from inside our own network."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore

from bot.channels.arriving import NotFetched

MOST_BYTES = 10 * 1024 * 1024
MOST_HOPS = 3
WAIT = 60.0  # seconds for the whole file, on a slow line
_SILENCE = 10.0  # seconds without a byte
_REDIRECTS = {301, 302, 303, 307, 308}
_OK = 200
_TLS = 443
_URL_SIGNS = "%/:=&?~+!$,;'@()*[]"

_UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # how an IPv4 address looks behind a translator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name stands for."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Outside(httpcore.AsyncNetworkBackend):
    """Connects to public addresses alone, and to the very address that was looked at.

    Looking a name up once more for the connection would let its owner give another answer.
    """

    def __init__(
        self, names: Resolve = resolve, network: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._names = names
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the name's addresses, unless any of them is not public."""
        try:
            addresses = await self._names(host, port)
        except OSError:
            raise httpcore.ConnectError("no such name") from None
        if not addresses or not all(map(is_public, addresses)):
            raise NotFetched("an address that is not public", gone=True)
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)


def is_public(address: str) -> bool:
    """Whether an IP address can be reached from everywhere, and so is nobody's inside."""
    found = _within(ipaddress.ip_address(address.partition("%")[0]))
    unicast = isinstance(found, ipaddress.IPv4Address) or found in _UNICAST
    return found.is_global and unicast and not found.is_multicast


def _within(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for; the address itself where there is none."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches over https, from hosts that match a pattern such as ``*.zdn.vn``."""

    hosts: Sequence[str]
    network: httpcore.AsyncNetworkBackend = field(default_factory=Outside)
    most: int = MOST_BYTES
    wait: float = WAIT

    async def download(self, url: str) -> bytes:
        """The file's content, or NotFetched; its reasons never hold the address."""
        try:
            async with asyncio.timeout(self.wait), self._pool() as pool:
                return await self._follow(pool, url)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            why = type(error).__name__
        except TimeoutError:
            why = "too slow"
        raise NotFetched(why, gone=False)

    def _pool(self) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(max_connections=1, network_backend=self.network)

    async def _follow(self, pool: httpcore.AsyncConnectionPool, url: str) -> bytes:
        for _ in range(MOST_HOPS + 1):
            found = await self._get(pool, self._allowed(url))
            if isinstance(found, bytes):
                return found
            url = _joined(url, found)
        raise NotFetched("too many redirects", gone=True)

    def _allowed(self, url: str) -> SplitResult:
        """The address in its parts, if it is one that we ask."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or _TLS
        except ValueError:
            raise NotFetched("not an address", gone=True) from None
        if parts.scheme != "https" or port != _TLS or parts.username is not None:
            raise NotFetched("not a plain https address", gone=True)
        if not any(fnmatchcase(host, pattern) for pattern in self.hosts):
            raise NotFetched(f"a host that is not allowed: {host[:80]}", gone=True)
        return parts

    async def _get(self, pool: httpcore.AsyncConnectionPool, parts: SplitResult) -> bytes | str:
        """The content, or the address that it redirects to."""
        target = quote(parts._replace(fragment="").geturl(), safe=_URL_SIGNS)
        headers = [("Host", parts.hostname or ""), ("Accept-Encoding", "identity")]
        times = dict.fromkeys(("connect", "read", "write", "pool"), _SILENCE)
        async with pool.stream(
            "GET", target.encode(), headers=headers, extensions={"timeout": times}
        ) as response:
            if response.status in _REDIRECTS:
                return _location(response)
            if response.status != _OK:
                raise NotFetched(f"HTTP {response.status}", gone=response.status < 500)  # noqa: PLR2004
            return await self._content(response)

    async def _content(self, response: httpcore.Response) -> bytes:
        content = bytearray()
        async for piece in response.aiter_stream():
            content += piece
            if len(content) > self.most:
                raise NotFetched("too big", gone=True)
        return bytes(content)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise NotFetched("not an address", gone=True) from None


def _location(response: httpcore.Response) -> str:
    headers = {name.lower(): value for name, value in response.headers}
    return headers.get(b"location", b"").decode("latin-1")
