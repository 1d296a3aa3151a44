"""Telegram behind the rig of the contract: our real sides, the emulator on the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette

from bot import clock
from bot.channels.arriving import Remote
from bot.channels.contract import Ambiguous, TryLater
from bot.channels.telegram.line import Line, Mode
from bot.channels.telegram.live import Telegram
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.send import TelegramSender
from bot.channels.telegram.webhook import PATH
from conversations.events import Address
from storage.database import Database
from storage.files import Files
from tests.channels.channels import WAIT, Door, Fault, Person, Seen
from tests.channels.opening import say
from tests.emulators.serving import Served
from tests.emulators.telegram import (
    TOKEN,
    TelegramEmulator,
    Trouble,
    page,
    refused,
)
from tests.emulators.telegram_people import Person as Somebody

SECRET = "a-secret-that-only-tests-know"
PATIENCE = 0.3  # seconds until a letter's answer is given up
BREATH = 0.05
MENUS = {"vi": [("dangky", "Đăng ký sản phẩm")], "en": [("dangky", "Register a product")]}
HOLD = 20


@dataclass
class Notes:
    """Where files are announced and blocked bots noted; a file is fetched at once."""

    announced: list[tuple[str, Address, Remote]] = field(default_factory=list)
    attendance: list[tuple[str, Address, bool]] = field(default_factory=list)

    async def expected(self, event_key: str, address: Address, remote: Remote) -> None:
        if event_key not in {key for key, _, _ in self.announced}:
            self.announced.append((event_key, address, remote))

    async def noted(self, event_key: str, address: Address, *, here: bool) -> None:
        self.attendance.append((event_key, address, here))


@dataclass
class Phone:
    """A person of the emulator, as the contract wants people."""

    somebody: Somebody

    @property
    def address(self) -> Address:
        return Address("telegram", TOKEN.partition(":")[0], str(self.somebody.id))

    def says(self, text: str) -> None:
        self.somebody.says(text)

    async def taps(self, label: str) -> None:
        self.somebody.taps(label)

    def sends_sticker(self) -> None:
        self.somebody.sends_sticker()

    def sends_photo(self, content: bytes) -> None:
        self.somebody.sends_photo(content)

    def sends_voice(self, content: bytes) -> None:
        self.somebody.sends_voice(content)

    def sends_document(self, name: str, content: bytes) -> None:
        self.somebody.sends_document(name, content)

    def shares_contact(self, phone: str, *, own: bool) -> None:
        self.somebody.shares_contact(phone, own=own)

    def shares_location(self, latitude: float, longitude: float) -> None:
        self.somebody.shares_location(latitude, longitude)

    async def sees(self) -> list[Seen]:
        return [
            Seen(shown.text, tuple(label for label, _ in shown.buttons))
            for shown in self.somebody.screen
            if shown.text or shown.file is None
        ]

    async def opens(self) -> list[bytes]:
        return [shown.file for shown in self.somebody.screen if shown.file is not None]


FAULTS = {
    Fault.BUSY: Trouble(
        "sendMessage",
        does=False,
        answer=refused(429, f"Too Many Requests: retry after {WAIT}", retry_after=WAIT),
    ),
    Fault.DOWN: Trouble("sendMessage", does=False, answer=refused(500, "Internal Server Error")),
    Fault.HTML: Trouble("sendMessage", does=False, answer=page(502)),
    Fault.PAGE: Trouble("sendMessage", does=False, answer=page(200)),
    Fault.CUT: Trouble("sendMessage", truncated=True),
    Fault.REVOKED: Trouble("sendMessage", does=False, answer=refused(401, "Unauthorized")),
    Fault.GONE: Trouble(
        "sendMessage", does=False, answer=refused(403, "Forbidden: bot was blocked by the user")
    ),
    Fault.NOBODY: Trouble(
        "sendMessage", does=False, answer=refused(400, "Bad Request: chat not found")
    ),
    Fault.REFUSED: Trouble(
        "sendMessage", does=False, answer=refused(400, "Bad Request: message is too long")
    ),
    Fault.LOST: Trouble("sendMessage", cut=True),
    Fault.SLOW: Trouble("sendMessage", delay=5),
}


@dataclass
class TelegramRig:
    """Both sides of Telegram."""

    emulator: TelegramEmulator
    telegram: Telegram
    sender: TelegramSender
    door: Door
    notes: Notes
    files: Files
    hook: str  # where we are posted to
    running: "asyncio.Task[None]"
    limit: int = 4096
    ambiguous: type[TryLater] = Ambiguous
    secrets: tuple[str, ...] = (TOKEN, SECRET)
    _fetched: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lan = Phone(self.emulator.person("Lan"))
        self.may = Phone(self.emulator.person("Mây"))

    async def told(self) -> None:
        broken = self.door.failures
        async with asyncio.timeout(10):
            # Two things to wait for, of which one is only a number.
            while self.emulator.updates.pending and self.door.failures == broken:  # noqa: ASYNC110
                await asyncio.sleep(0.002)
        for _, _, remote in self.notes.announced[len(self._fetched) :]:
            self._fetched.append((remote.kind, await self.telegram.download(remote.source)))

    def waiting(self) -> int:
        return len(self.emulator.updates.pending)

    async def tells_again(self, order: Callable[[list[int]], list[int]]) -> None:
        told = self.emulator.updates.told
        self.emulator.updates.tell_again([told[place] for place in order(list(range(len(told))))])
        await self.told()

    def files_in(self) -> list[tuple[str, bytes]]:
        return list(self._fetched)

    def fails(self, fault: Fault, person: Person | None = None) -> None:
        if fault == Fault.CLOSED:
            self.emulator.served.go_deaf()
            return
        chat = int(person.address.chat) if person else None
        self.emulator.troubles.append(replace(FAULTS[fault], chat=chat))

    async def stop(self) -> None:
        """Let our process die, as far as hearing goes."""
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)

    async def mends(self) -> None:
        self.emulator.troubles.clear()
        await self.emulator.served.open()


@asynccontextmanager
async def _folder() -> AsyncIterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


@asynccontextmanager
async def opened(mode: Mode, door: Door) -> AsyncIterator[TelegramRig]:
    """Telegram in that mode, hearing and speaking."""
    async with _folder() as folder, TelegramEmulator().running() as emulator:
        ours = Served(Starlette())
        await ours.open()
        line = Line(TOKEN, emulator.served.address, mode, ours.address, SECRET)
        notes = Notes()
        receiver = Receiver(line.bot, door, notes, notes, clock.now)
        live = Telegram(line, receiver, MENUS, breath=BREATH, hold=HOLD)
        ours.app.routes.extend(live.routes())
        files = Files(folder)
        sender = TelegramSender(line, files=files.path, say=say, a_second=1000, wait=PATIENCE)
        running = asyncio.create_task(live.run())
        try:
            hook = ours.address + PATH
            yield TelegramRig(emulator, live, sender, door, notes, files, hook, running)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await sender.close()
            await live.close()
            await ours.close()


def polling(door: Door, _database: Database) -> object:
    """Telegram asked again and again."""
    return opened("polling", door)


def webhook(door: Door, _database: Database) -> object:
    """Telegram posting to us."""
    return opened("webhook", door)
