"""The real server in a process of its own, to be killed and started again on the same data."""

import asyncio
import signal
import socket
from pathlib import Path

from tests.ample import AMPLE
from tests.births import Born

PATIENCE = 60.0  # seconds that a start may take on a busy machine


class Server:
    """``python -m bot run`` on one port and one data folder, as often as it is needed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = _free_port()
        self._process: Born | None = None

    async def start(self) -> None:
        arguments = ("run", "--port", str(self.port))
        settings = {**AMPLE, "OCOP_DATA": str(self.data)}
        self._process = Born(arguments, settings, self.data / "server.log")
        async with asyncio.timeout(PATIENCE):
            while not await self._is_ready():  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        """As the power fails: no handler runs, nothing is flushed."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            assert self._process.ends(how) is not None, "it does not end"
            self._process = None

    async def _is_ready(self) -> bool:
        if self._process is None or not self._process.lives:
            raise RuntimeError((self.data / "server.log").read_text(encoding="utf-8")[-2000:])
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        try:
            return b" 200 " in await reader.readline()
        except OSError:
            return False
        finally:
            writer.close()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
