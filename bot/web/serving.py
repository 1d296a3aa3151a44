"""The HTTP server: uvicorn, that lets go of the streams as soon as it is told to stop."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn


class Server(uvicorn.Server):
    """Uvicorn ends the lifespan only after all answers, and a stream never ends by itself."""

    def __init__(
        self, config: uvicorn.Config, let_go: Callable[[], None], ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._let_go = let_go
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take Ctrl+C and a polite kill as the wish to stop, and as nothing else afterwards."""
        loop = asyncio.get_running_loop()
        if threading.current_thread() is not threading.main_thread():
            yield  # signals come to the main thread only
            return
        for wish in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(wish, self.handle_exit, wish, None)
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the streams, then everything else."""
        self._let_go()
        await super().shutdown(sockets)
