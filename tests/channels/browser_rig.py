"""The browser's phones behind the rig of the contract."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import clock
from bot.channels.browser.lines import Lines
from bot.channels.browser.posted import Placed, Posted, Shared, Stuck, Tapped, Typed
from bot.channels.browser.receive import BrowserReceiver, Head
from bot.channels.browser.send import BrowserSender
from bot.channels.contract import TryLater
from conversations.events import Address
from storage.database import Database
from storage.files import Files
from tests.channels.channels import Door, Fault, Person, Seen

Act = tuple[str, Posted | tuple[Head, bytes]]


@dataclass
class Phone:
    """Somebody with the page open; what they do lies in ``acts`` until it is posted."""

    name: str
    lines: Lines
    acts: list[Act]
    files: Files
    keys: "count[int]" = field(default_factory=count)
    seen: int = 0

    @property
    def address(self) -> Address:
        return Address("browser", "demo", self.name)

    def says(self, text: str) -> None:
        self._does(Typed(key=self._key(), seen=self.seen, text=text))

    async def taps(self, label: str) -> None:
        buttons = {
            c["label"]: c["data"] for line in await self._shown() for c in line.get("choices", ())
        }
        self._does(Tapped(key=self._key(), seen=self.seen, data=buttons[label], text=label))

    def sends_sticker(self) -> None:
        self._does(Stuck(key=self._key(), seen=self.seen, data="rice"))

    def sends_photo(self, content: bytes) -> None:
        self._sends("photo", "a.jpg", content)

    def sends_voice(self, content: bytes) -> None:
        self._sends("voice", "a.ogg", content)

    def sends_document(self, name: str, content: bytes) -> None:
        self._sends("file", name, content)

    def _sends(self, kind: str, name: str, content: bytes) -> None:
        head = Head(self._key(), self.seen, kind, name, len(content))
        self.acts.append((self.name, (head, content)))

    def shares_contact(self, phone: str, *, own: bool) -> None:
        assert not own, "the page cannot know"
        self._does(Shared(key=self._key(), seen=self.seen, phone=phone))

    def shares_location(self, latitude: float, longitude: float) -> None:
        self._does(Placed(key=self._key(), seen=self.seen, latitude=latitude, longitude=longitude))

    async def sees(self) -> list[Seen]:
        shown = await self._shown()
        self.seen = shown[-1]["seq"] if shown else 0
        said = [line for line in shown if line["kind"] == "text"]
        return [Seen(s["text"], tuple(c["label"] for c in s["choices"])) for s in said]

    async def opens(self) -> list[bytes]:
        shown = [line["file"] for line in await self._shown() if line["kind"] != "text"]
        return [self.files.path(file).read_bytes() for file in shown]

    async def _shown(self) -> list[dict[str, Any]]:
        return [line for line in await self.lines.after(self.name, 0, 200) if line["who"] == "bot"]

    def _key(self) -> str:
        return f"message-{next(self.keys)}"

    def _does(self, posted: Posted) -> None:
        self.acts.append((self.name, posted))


@dataclass
class BrowserRig:
    """The page's phones; what was posted in vain is posted again, as the page does."""

    door: Door
    lines: Lines
    receiver: BrowserReceiver
    files: Files
    acts: list[Act] = field(default_factory=list)
    done: list[Act] = field(default_factory=list)
    limit: int = 0
    ambiguous: type[TryLater] = TryLater
    secrets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.sender = BrowserSender(self.lines, self.files.path)
        self.lan = Phone("phone-lan", self.lines, self.acts, self.files)
        self.may = Phone("phone-may", self.lines, self.acts, self.files)

    async def told(self) -> None:
        while self.acts:
            try:
                await self._post(self.acts[0])
            except OSError:
                return
            self.done.append(self.acts.pop(0))

    def waiting(self) -> int:
        return len(self.acts)

    async def tells_again(self, order: Callable[[list[int]], list[int]]) -> None:
        self.acts.extend(self.done[place] for place in order(list(range(len(self.done)))))
        await self.told()

    def files_in(self) -> list[tuple[str, bytes]]:
        kept = [(body[0].wanted, body[1]) for _, body in self.done if isinstance(body, tuple)]
        return [
            (kind, content)
            for kind, content in kept
            if self.files.path(hashlib.sha256(content).hexdigest()).exists()
        ]

    def fails(self, fault: Fault, person: Person | None = None) -> None:
        raise AssertionError(f"nothing stands between: {fault} {person}")

    async def mends(self) -> None:
        raise AssertionError("nothing stands between")

    async def _post(self, act: Act) -> None:
        phone, body = act
        if isinstance(body, tuple):
            await self.receiver.upload(phone, *body)
        else:
            await self.receiver.post(phone, body)


@asynccontextmanager
async def opened(door: Door, database: Database) -> AsyncIterator[BrowserRig]:
    """Phones on the page, without the page."""
    with TemporaryDirectory() as folder:
        lines, files = Lines(database, clock.now), Files(Path(folder))
        yield BrowserRig(door, lines, BrowserReceiver(door, database, lines, files), files)
