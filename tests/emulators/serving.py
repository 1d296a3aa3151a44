"""A real HTTP server on a free port of this machine, there as long as a test needs it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette


class Served:
    """An application behind a port. It can go deaf, cut a connection, and come back."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self._config = uvicorn.Config(
            app, log_level="critical", access_log=False, lifespan="off", ws="none"
        )
        self._config.load()
        self._server = uvicorn.Server(self._config)
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        """Listen, unless it does already; the second time at the same port."""
        if any(listening.is_serving() for listening in getattr(self._server, "servers", ())):
            return
        # Named as TCP, or asyncio would let small packets wait for each other.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self._server = uvicorn.Server(self._config)
        self._server.lifespan = self._config.lifespan_class(self._config)
        # Without the server's own loop, which looks only ten times a second whether it is to end.
        await self._server.startup(sockets=[listening])

    def go_deaf(self) -> None:
        """Let nobody connect any more, as if the service were not running."""
        for listening in self._server.servers:
            listening.close()
        self.cut(None)

    def cut(self, client: tuple[str, int] | None) -> None:
        """Break the connection of that client, or everybody's, without a word."""
        for connection in list(self._server.server_state.connections):
            if client in (None, getattr(connection, "client", None)):
                connection.transport.abort()

    async def close(self) -> None:
        self.go_deaf()
        for task in list(self._server.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self._server.server_state.tasks, return_exceptions=True)


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[Served]:
    """The application on a port of its own."""
    served = Served(app)
    await served.open()
    try:
        yield served
    finally:
        await served.close()
