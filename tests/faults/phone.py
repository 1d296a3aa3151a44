"""A phone of the page, as its script speaks: what is posted is repeated until it is answered."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

AGAIN = 0.1  # seconds before what broke off is tried again
LINE_LIMIT = 2**20


class Line(NamedTuple):
    """A line on the screen: from the person or from the bot, with its buttons."""

    seq: int
    who: str
    text: str
    choices: tuple[str, ...]


class Phone:
    """Posts messages, and sees the lines as they come by server-sent events."""

    def __init__(self, port: int, name: str) -> None:
        self.name = name
        self.lines: list[Line] = []
        self.new = asyncio.Event()
        self.broken_off = 0  # posts that a kill left without an answer
        self._port = port
        self._count = 0

    @property
    def seen(self) -> int:
        return self.lines[-1].seq if self.lines else 0

    async def say(self, text: str) -> None:
        """Returns when the server has said that it is safe."""
        await self._post({"kind": "text", "text": text})

    async def tap(self, data: str) -> None:
        await self._post({"kind": "tap", "data": data})

    async def watch(self) -> None:
        """See every line once, over any number of broken calls; never ends by itself."""
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
                async for line in self._events():
                    self.lines.append(line)
                    self.new.set()
            await asyncio.sleep(AGAIN)

    async def _post(self, message: dict[str, Any]) -> None:
        self._count += 1
        key = f"{self.name}-{self._count:04d}"
        body = json.dumps({**message, "key": key, "seen": self.seen}).encode()
        while not await self._answered(body):  # noqa: ASYNC110 - as a person does
            await asyncio.sleep(AGAIN)

    async def _answered(self, body: bytes) -> bool:
        head = f"POST /phones/{self.name}/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        try:
            writer.write(head.encode() + body)
            answer = await reader.read()
        except OSError:
            answer = b""
        finally:
            writer.close()
        safe = b" 200 " in answer.partition(b"\r\n")[0] and b'"seq"' in answer
        self.broken_off += not safe
        return safe

    async def _events(self) -> AsyncIterator[Line]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=LINE_LIMIT)
        try:
            writer.write(
                f"GET /phones/{self.name}/events?after={self.seen} HTTP/1.1\r\n"
                "Host: x\r\n\r\n".encode()
            )
            while written := await reader.readline():
                if written.startswith(b"data: "):
                    yield _line(json.loads(written[6:]))
        finally:
            writer.close()


def _line(found: dict[str, Any]) -> Line:
    choices = tuple(choice["data"] for choice in found.get("choices", ()))
    return Line(found["seq"], found["who"], found.get("text", ""), choices)
