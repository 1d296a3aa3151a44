"""Intake with all that is around it: a service where files lie, a door, a clock to turn."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.arriving import NotFetched, Remote
from bot.hearing import Hearing
from bot.intake import CLAIM, Intake
from conversations.events import Address, Content, Event, Photo
from conversations.forms import catalogue
from conversations.messages import Message
from storage import inbox
from storage.database import Database
from storage.files import Files
from storage.intake import Announced
from storage.persons import Chat
from tests.wording import WORDING

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LAN = Address("telegram", "77", "lan")
MAY = Address("telegram", "77", "may")
LOOKING = WORDING.letters("vi", Message("intake.looking"))[0].text
LOST = WORDING.letters("vi", Message("intake.lost"))[0].text


class Killed(BaseException):
    """The process is dead; nobody catches this."""


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Cloud:
    """Where files lie: contents by source. ``troubles`` come first, in the same way."""

    contents: dict[str, bytes] = field(default_factory=dict)
    troubles: dict[str, list[BaseException]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    slow: float = 0.0
    at_once: int = 0
    most_at_once: int = 0

    async def download(self, bot: str, source: str) -> bytes:
        self.asked.append((bot, source))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.slow)
        finally:
            self.at_once -= 1
        if self.troubles.get(source):
            raise self.troubles[source].pop(0)
        if source not in self.contents:
            raise NotFetched("HTTP 404", gone=True)
        return self.contents[source]


@dataclass
class InboxDoor:
    """Hears an event once, as reception does; the process dies before or after, if told to."""

    database: Database
    heard: list[Event] = field(default_factory=list)
    dies: str = ""

    async def receive(self, event: Event) -> None:
        if self.dies == "before":
            raise Killed
        address = event.address
        chat = Chat(address.channel, address.bot, address.chat)
        with self.database.transaction() as tx:
            if inbox.first_times(tx, [(chat, event.key)], NOW):
                self.heard.append(event)
        if self.dies == "after":
            raise Killed

    def contents(self) -> list[Content]:
        return [event.content for event in self.heard]

    def photos(self, who: Address = LAN) -> list[str]:
        """The hashes of the pictures that were heard from that chat."""
        heard = [event.content for event in self.heard if event.address == who]
        return [content.file for content in heard if isinstance(content, Photo)]


@dataclass
class IntakeRig:
    """``process`` makes another process beside the one that is there; the clock is theirs both."""

    database: Database
    folder: Path
    clock: Clock = field(default_factory=Clock)
    cloud: Cloud = field(default_factory=Cloud)
    released: list[Chat] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.files = Files(self.folder)
        self.door = InboxDoor(self.database)
        self.intake = self.process("one")

    def process(self, name: str) -> Intake:
        downloads = {"telegram": self.cloud.download}
        about = (self.clock, name, self.released.extend)
        door, announce = self.door, self.announce
        return Intake(self.database, door, announce, WORDING, self.files, downloads, *about)

    async def announce(self, file: Announced) -> None:
        """As reception does it."""
        with self.database.transaction() as tx:
            Hearing(tx, self.intake.clock(), catalogue, WORDING, None).take([file], [])

    async def sent(
        self,
        content: bytes,
        key: str = "1",
        who: Address = LAN,
        order: int | None = 9,
        **about: Any,
    ) -> None:
        """Somebody sends a file, which lies there under its event's key."""
        self.cloud.contents[key] = content
        remote = Remote(key, **({"kind": "photo"} | about))
        await self.intake.expected(key, who, remote, order)

    async def work(self, intake: Intake | None = None) -> None:
        """Take in what is due a little later, until nothing is."""
        self.clock.now += timedelta(seconds=2)
        while await (intake or self.intake).once():
            pass

    async def killed(self) -> Intake:
        """The process dies over its work; another one, later, finds its claims."""
        with pytest.raises(Killed):
            await self.work()
        self.door.dies = ""
        self.clock.now += CLAIM
        return self.process("two")

    def letters(self) -> Sequence[str]:
        with self.database.reading() as tx:
            return [row[0] for row in tx.execute(text("SELECT text FROM outbox ORDER BY id"))]

    def statuses(self) -> Sequence[str]:
        with self.database.reading() as tx:
            return [row[0] for row in tx.execute(text("SELECT status FROM intake ORDER BY id"))]
