"""What a person does on a phone: kept as a line of theirs, then told to reception."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from bot import judging
from bot.channels.browser import posted
from bot.channels.browser.lines import Lines
from bot.channels.browser.posted import Posted
from conversations.events import Address, Content, Event, Strange
from storage import files
from storage.database import Database
from storage.files import Files


@dataclass(frozen=True, slots=True)
class Head:
    """What a phone says about a file: the message's key, how it was picked, name and size."""

    key: str
    seen: int
    wanted: str
    name: str
    size: int


class Door(Protocol):
    """Where events go in, which is reception."""

    async def receive(self, event: Event) -> None:
        """Hear the event; returns after the commit of all that follows from it."""
        ...


class BrowserReceiver:
    """The service side and our side of the door; both know a repeated key."""

    def __init__(
        self,
        door: Door,
        database: Database,
        lines: Lines,
        folder: Files,
        look: Callable[[str, str], None] = lambda _file, _mime: None,  # at a kept file of that type
    ) -> None:
        self._door = door
        self._database = database
        self._lines = lines
        self._folder = folder
        self._look = look
        self._judging = asyncio.Semaphore(1)  # an opened picture may take 240 MB

    async def post(self, phone: str, message: Posted) -> int:
        """Hear a message; the number of its line, once the answer to it is safe."""
        happened, line = posted.content(message), posted.line(message)
        return await self._hear(phone, message.key, message.seen, happened, line)

    async def upload(self, phone: str, head: Head, content: bytes) -> int:
        """Hear a file; one that cannot be taken is heard as such, so that somebody answers."""
        async with self._judging:
            happened, line = await asyncio.to_thread(self._keep, head, content)
        return await self._hear(phone, head.key, head.seen, happened, line)

    def _keep(self, head: Head, content: bytes) -> tuple[Content, dict[str, Any]]:
        name = judging.plain_name(head.name)
        found = judging.judge(content, head.size, head.wanted)
        if isinstance(found, Strange):
            return found, {"kind": "file", "name": name}
        file = self._folder.keep(content)
        mime = judging.served_type(content)
        with self._database.transaction() as tx:
            files.note(tx, file, mime, len(content), self._lines.clock())
        self._look(file, mime)
        return judging.told(found, file, name), {"kind": found, "file": file, "name": name}

    async def _hear(
        self, phone: str, key: str, seen: int, content: Content, line: dict[str, Any]
    ) -> int:
        seq = await self._lines.add(phone, key, "person", {**line, "key": key})
        address = Address("browser", "demo", phone)
        # The inbox knows events by bot and key, and two phones may have made the same key.
        event = Event(address, f"{phone}/{key}", self._lines.clock(), content, seen)
        await self._door.receive(event)
        return seq
