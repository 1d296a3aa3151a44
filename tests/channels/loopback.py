"""A network on which every name is a port of this machine, and TLS is only said to be there."""

from collections.abc import Callable

import httpcore


class Loopback(httpcore.AsyncNetworkBackend):
    """Brings every connection to one port; who asks may look names up as ever."""

    def __init__(self, port: Callable[[], int]) -> None:
        self._port = port
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(self, *_host: object, **_named: object) -> httpcore.AsyncNetworkStream:
        return Plain(await self._network.connect_tcp("127.0.0.1", self._port()))

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)


class Plain(httpcore.AsyncNetworkStream):
    """A connection that only says it is safe."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self.read, self.write, self.aclose = stream.read, stream.write, stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(self, *_context: object, **_named: object) -> "Plain":
        return self
