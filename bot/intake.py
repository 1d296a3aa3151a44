"""Intake: fetches the files that channels announce, judges, keeps and examines them for the talk.

What was announced is a row until it was heard, so no file is lost or heard twice.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
import structlog

from bot import judging
from bot.channels.arriving import Door, NotFetched, Remote
from bot.hearing import chat_of
from bot.retrying import retry
from bot.wording import Wording
from conversations.events import Address, Content, Event, Photo, Strange
from conversations.messages import Message
from conversations.session import Session
from storage import files, inbox, intake, outbox, persons, sessions
from storage.database import Database, Transaction
from storage.files import Files
from storage.intake import Announced, Claimed
from storage.persons import Chat

AT_ONCE = 4  # files on their way together
BREATH = timedelta(seconds=1)  # in which the other pictures of an album come too
HOLD = timedelta(seconds=60)  # that the rest of its chat waits for a file
PATIENCE = 90.0  # seconds for one fetching; each channel has its own, shorter ones
CLAIM = timedelta(seconds=180)  # who says nothing for so long is dead
IDLE = 0.5  # seconds between looks when nothing rings
AWAY = 5.0  # seconds that a broken database is left alone
WAITS = (2, 10, 30, 120, 300, 900, 1800)  # seconds before the 2nd, 3rd … try; an hour in all
_LONGEST = 2000  # signs of a caption
_LARGEST = 2**31 - 1
_log = structlog.get_logger()
_session = msgspec.json.Decoder(Session).decode

# Fetches what lies with one of our bots at that source; raises NotFetched.
Download = Callable[[str, str], Awaitable[bytes]]


@dataclass(slots=True)
class Intake:
    """Takes in the files of the channels that it has a download for."""

    database: Database
    door: Door
    announce: Callable[[Announced], Awaitable[None]]  # notes a file among the events
    wording: Wording
    folder: Files
    downloads: Mapping[str, Download]
    clock: Callable[[], datetime]
    name: str
    release: Callable[[Sequence[Chat]], None]  # what waited in these chats may be heard
    posted: Callable[[], None] = lambda: None  # told after a commit: there may be letters
    look: Callable[[str, str], None] = lambda _file, _mime: None  # at a kept file of that type
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _judging: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _under_way: int = 0

    # -- announced ---------------------------------------------------------------------------------

    async def expected(
        self, event_key: str, address: Address, remote: Remote, order: int | None = None
    ) -> None:
        """Note the file to be fetched, and say so to its sender; returns after the commit.

        A key counts once. Of several files that come together only the first is spoken of.
        """
        now = self.clock()
        await self.announce(_announced(event_key, address, remote, order, now))
        self._bell.set()

    def _say(self, tx: Transaction, chat: Chat, message: Message, now: datetime) -> None:
        person = persons.meet(tx, [chat], now)[chat]
        kept = sessions.load(tx, [person]).get(person)
        language = _session(kept.body).language if kept else Session().language
        letters = self.wording.letters(language, message)
        outbox.put(tx, [outbox.Posted(chat, person, one.text, "[]", None) for one in letters], now)

    # -- taken -------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Take in what is announced, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    await self._round(group)
        finally:
            with self.database.transaction() as tx:
                intake.release(tx, self.name)

    async def once(self) -> int:
        """Take in what is due, as much as is taken at once; how many files that were."""
        claimed = await self._claimed()
        await asyncio.gather(*map(self._take, claimed))
        return len(claimed)

    async def _round(self, group: asyncio.TaskGroup) -> None:
        self._bell.clear()
        try:
            for file in await self._claimed():
                group.create_task(self._take(file))
        except Exception:  # noqa: BLE001 - the loop outlives whatever breaks one round
            _log.exception("intake_failed")
            await asyncio.sleep(AWAY)
        with contextlib.suppress(TimeoutError):  # wait_for can swallow our own end
            async with asyncio.timeout(IDLE):
                await self._bell.wait()

    async def _claimed(self) -> Sequence[Claimed]:
        claimed, free = await asyncio.to_thread(self._claim)
        self.release(free)
        self._under_way += len(claimed)
        return claimed

    def _claim(self) -> tuple[Sequence[Claimed], Sequence[Chat]]:
        """What is ours to take in now, and the chats that have waited long enough for a file."""
        with self.database.reading() as tx:
            if not intake.any_open(tx):
                return (), ()
        now, room = self.clock(), AT_ONCE - self._under_way
        with self.database.transaction() as tx:
            free = intake.let_go(tx, now)
            channels = list(self.downloads)
            return intake.claim(tx, channels, self.name, now, now + CLAIM, room), free

    async def _take(self, file: Claimed) -> None:
        """Take in one file, whatever happens; the others must not suffer from it."""
        try:
            await self._taken(file)
        except Exception as trouble:  # noqa: BLE001 - as promised
            await self._later(file, trouble)
        finally:
            self._under_way -= 1
            self._bell.set()

    async def _taken(self, file: Claimed) -> None:
        if file.found is None:
            if file.attempts > len(WAITS) + 1:  # it has broken whoever took it up
                raise NotFetched("too often", gone=True)
            file = await self._judged(file, await self._fetched(file))
        if file.file is not None:
            await self._examined(file.file)
        more = await asyncio.to_thread(self._more, file)
        await self.door.receive(_event(file, more=more))
        await asyncio.to_thread(self._settle, file, "taken")
        self.release([file.chat])

    async def _fetched(self, file: Claimed) -> bytes:
        if file.size > judging.MOST_BYTES:
            return b""  # it is judged by its size
        async with asyncio.timeout(PATIENCE):
            return await self.downloads[file.chat.channel](file.chat.bot, file.source)

    async def _judged(self, file: Claimed, content: bytes) -> Claimed:
        async with self._judging:  # an opened picture may take 240 MB
            return await asyncio.to_thread(self._judge, file, content)

    def _judge(self, file: Claimed, content: bytes) -> Claimed:
        """Keep the file if it is one that we take; what it was found to be is safe afterwards."""
        found = judging.judge(content, file.size, file.kind)
        kept = None if isinstance(found, Strange) else self.folder.keep(content)
        what = found.kind if isinstance(found, Strange) else found
        with self.database.transaction() as tx:
            if kept:
                files.note(tx, kept, judging.served_type(content), len(content), self.clock())
            intake.judged(tx, file.id, what, kept)
        return file._replace(found=what, file=kept)

    async def _examined(self, kept: str) -> None:
        async with self._judging:  # one at a time, so that no more than one thread waits for it
            await asyncio.to_thread(self._examine, kept)

    def _examine(self, kept: str) -> None:
        with self.database.reading() as tx:
            mime = files.mime(tx, kept)
        self.look(kept, mime or "")

    def _more(self, file: Claimed) -> bool:
        """Whether other files of that chat are still on their way."""
        with self.database.reading() as tx:
            return intake.awaited(tx, file.chat, self.clock()) > 1

    def _settle(self, file: Claimed, status: str) -> None:
        with self.database.transaction() as tx:
            intake.settle(tx, file.id, status)

    # -- not to be had -----------------------------------------------------------------------------

    async def _later(self, file: Claimed, trouble: Exception) -> None:
        """Try again later, or tell the person that the file is not to be had."""
        gone = isinstance(trouble, NotFetched) and trouble.gone
        due = None if gone else retry(WAITS, file.attempts, self.clock())
        again = due is not None
        why, channel = _why(trouble), file.chat.channel
        _log.warning("file_not_taken", channel=channel, why=why, tries=file.attempts, again=again)
        try:
            await asyncio.to_thread(self._put_off, file, due)
        except Exception as error:  # noqa: BLE001 - its claim runs out, and it is tried again
            _log.error("intake_failed", error=type(error).__name__)
            return
        if not again:
            self.release([file.chat])
            self.posted()

    def _put_off(self, file: Claimed, due: datetime | None) -> None:
        now = self.clock()
        with self.database.transaction() as tx:
            if due is not None:
                intake.put_off(tx, file.id, due)
                return
            if inbox.first_times(tx, [(file.chat, file.key)], now):
                self._say(tx, file.chat, Message("intake.lost"), now)
            intake.settle(tx, file.id, "lost")


def _announced(
    key: str, address: Address, remote: Remote, order: int | None, now: datetime
) -> Announced:
    size = min(max(remote.size, 0), _LARGEST)
    name, caption = judging.plain_name(remote.name), remote.caption[:_LONGEST]
    about = (order, remote.kind, remote.source, name, size, caption)
    return Announced(chat_of(address), key, now, *about, now + BREATH, now + HOLD)


def _event(file: Claimed, *, more: bool) -> Event:
    return Event(Address(*file.chat), file.key, file.at, _content(file, more=more), file.place)


def _content(file: Claimed, *, more: bool) -> Content:
    match file.found:
        case "photo" if file.file:
            return Photo(file.file, file.caption, more)
        case "voice" | "file" as kind if file.file:
            return judging.told(kind, file.file, file.name, file.caption)
        case strange:
            return Strange(strange or "")


def _why(trouble: Exception) -> str:
    """A reason without what may follow it, which may name the place where the file lies."""
    said = str(trouble).partition(":")[0] if isinstance(trouble, NotFetched) else ""
    return said or type(trouble).__name__
