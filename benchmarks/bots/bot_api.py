"""A fake Bot API on loopback, in a process of its own, so quick that no bot ever waits for it.

    python -m benchmarks.bots.bot_api SCRIPT PEOPLE     # prints its port

Beside Telegram's methods it has ``/play?first=&people=&rate=``, answered when all have played.
"""

import argparse
import asyncio
import time
from collections import deque
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httptools
import msgspec

from benchmarks.bots import script
from benchmarks.bots.phones import BOT, Phones

_encode = msgspec.json.Encoder().encode
_TRUE = b'{"ok":true,"result":true}'
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
Answer = Callable[[bytes], None]


class Asked(msgspec.Struct):
    """What a call may carry that matters here."""

    offset: int = 0
    limit: int = 100
    timeout: float = 0.0
    chat_id: int | str = 0
    text: str = ""
    reply_markup: msgspec.Raw = msgspec.Raw(b"")


_asked = msgspec.json.Decoder(Asked).decode


def asked(body: bytes) -> Asked:
    """The call's parameters: from JSON, or from a form whose values are JSON."""
    if not body or body.startswith(b"{"):
        return _asked(body or b"{}")
    form = dict(parse_qsl(body.decode()))
    return Asked(
        int(form.get("offset", 0)),
        int(form.get("limit", 100)),
        float(form.get("timeout", 0)),
        form.get("chat_id", 0),
        form.get("text", ""),
        msgspec.Raw(form.get("reply_markup", "").encode()),
    )


class Api:
    """Keeps each update until it is asked for a later one, and holds the question meanwhile."""

    def __init__(self, letters: list[int], people: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._phones = Phones(letters, people, self._ring)
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._held: Answer | None = None
        self._until: asyncio.TimerHandle | None = None
        self._runs: set[asyncio.Task[None]] = set()

    def call(self, path: str, query: str, body: bytes, answer: Answer) -> None:
        """Do what is asked and answer it, maybe later."""
        match path.rpartition("/")[2]:
            case "sendMessage":
                given = asked(body)
                sent = self._phones.sent(int(given.chat_id), given.text, bytes(given.reply_markup))
                answer(b'{"ok":true,"result":%b}' % sent)
            case "getUpdates":
                self._updates(asked(body), answer)
            case "getMe":
                answer(b'{"ok":true,"result":%b}' % BOT)
            case "play":
                run = self._loop.create_task(self._play(dict(parse_qsl(query)), answer))
                self._runs.add(run)
                run.add_done_callback(self._runs.discard)
            case _:
                answer(_TRUE)

    def _updates(self, given: Asked, answer: Answer) -> None:
        while self._waiting and self._waiting[0][0] < given.offset:
            self._waiting.popleft()
        if self._waiting or not given.timeout:
            answer(self._page(given.limit))
            return
        self._let_go()
        self._held = answer
        self._until = self._loop.call_later(given.timeout, self._let_go)

    def _page(self, limit: int) -> bytes:
        page = b",".join(update for _, update in islice(self._waiting, limit))
        return b'{"ok":true,"result":[%b]}' % page

    def _ring(self, number: int, update: bytes) -> None:
        self._waiting.append((number, update))
        if self._until and not self._until.cancelled():
            self._until.cancel()
            self._loop.call_soon(self._let_go)  # what comes in this very moment goes with it

    def _let_go(self) -> None:
        answer, self._held = self._held, None
        if self._until:
            self._until.cancel()
            self._until = None
        if answer:
            answer(self._page(100))

    async def _play(self, given: dict[str, str], answer: Answer) -> None:
        cpu = time.process_time()
        people, rate = int(given["people"]), float(given["rate"])
        course = await self._phones.play(int(given["first"]), people, rate)
        took, count = sorted(course.took), len(course.took)
        figures = {
            "updates": count / course.seconds,
            "p50_ms": took[count // 2] * 1000,
            "p99_ms": took[count * 99 // 100] * 1000,
            "api_busy": (time.process_time() - cpu) / course.seconds,
        }
        answer(_encode(figures))


class Connection(asyncio.Protocol):
    """One connection that stays open, with one call after the other."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._parser = httptools.HttpRequestParser(self)
        self._url = b""
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Read on."""
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        self._url += url

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Do the call."""
        url, body, self._url, self._body = self._url, self._body, b"", b""
        parts = urlsplit(url.decode())
        self._api.call(parts.path, parts.query, body, self._answer)

    def _answer(self, body: bytes) -> None:
        self._transport.write(_HEAD % (len(body), body))


async def serve(kept: Path, people: int) -> None:
    """Serve until the process is ended."""
    api = Api([len(letters) for letters in script.read(kept).letters], people)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(api), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    given = argparse.ArgumentParser(description="a fake Bot API")
    given.add_argument("script", type=Path)
    given.add_argument("people", type=int)
    wanted = given.parse_args()
    asyncio.run(serve(wanted.script, wanted.people))
