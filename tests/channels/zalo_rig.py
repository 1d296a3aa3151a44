"""The Zalo Bot Platform behind the rig of the contract: the emulator, and our side for real."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette

from bot import clock
from bot.channels.arriving import Remote
from bot.channels.contract import Ambiguous, TryLater
from bot.channels.fetching import Fetcher, Outside
from bot.channels.lending import Lending, key_of
from bot.channels.zalo.line import FILE_HOSTS, Line, Mode
from bot.channels.zalo.live import Zalo
from bot.channels.zalo.send import ZaloSender
from conversations.events import Address
from storage.database import Database
from storage.files import Files
from tests.channels import opening
from tests.channels.channels import Door, Fault, Person, Seen
from tests.channels.closing import Closing
from tests.channels.loopback import Loopback
from tests.emulators import faults
from tests.emulators.serving import serving
from tests.emulators.zalo import Knobs, ZaloEmulator, started
from tests.emulators.zalo_people import Bot, User

SECRET = "bi-mat-cua-cua-sau"
PUBLIC = opening.PUBLIC
PATIENCE = 0.3
FAULTS = {
    Fault.BUSY: faults.Fault("sendMessage", error=(429, "Too Many Requests")),
    Fault.DOWN: faults.Fault("sendMessage", error=(500, "Internal Server Error")),
    Fault.HTML: faults.Fault("sendMessage", status=502, body=faults.PAGE),
    Fault.PAGE: faults.Fault("sendMessage", status=200, body=faults.PAGE),
    Fault.CUT: faults.Fault("sendMessage", applied=True, cut=True),
    Fault.REVOKED: faults.Fault("sendMessage", error=(401, "Unauthorized")),
    Fault.GONE: faults.Fault("sendMessage", error=(403, "the user does not receive messages")),
    Fault.NOBODY: faults.Fault("sendMessage", error=(404, "chat not found")),
    Fault.REFUSED: faults.Fault("sendMessage", error=(400, "Bad Request: text")),
    Fault.LOST: faults.Fault("sendMessage", applied=True, drop=True),
    Fault.SLOW: faults.Fault("sendMessage", applied=True, silence=3 * PATIENCE),
}


@dataclass
class Fetching:
    """An intake that fetches at once, and keeps what came by its key."""

    fetcher: Fetcher
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    async def expected(self, event_key: str, _address: Address, remote: Remote) -> None:
        if event_key not in self.files:
            self.files[event_key] = (remote.kind, await self.fetcher.download(remote.source))


@dataclass
class ZaloPerson:
    """A user as the contract wants one."""

    user: User
    ours: Callable[[], str]  # where our public address really is

    @property
    def address(self) -> Address:
        return Address("zalo", self.user.bot.id, self.user.id)

    def says(self, text: str) -> None:
        self.user.says(text)

    def sends_sticker(self) -> None:
        self.user.sends_sticker()

    def sends_photo(self, content: bytes) -> None:
        self.user.sends_photo(content)

    def sends_voice(self, content: bytes) -> None:
        self.user.sends_voice(content)

    async def sees(self) -> list[Seen]:
        return [Seen(text) for text in self.user.sees()]

    async def opens(self) -> list[bytes]:
        return [*self.user.pictures, *await opening.linked(self.user.sees(), self.ours())]


@dataclass
class ZaloRig:
    """The service on loopback, and our side of it."""

    service: ZaloEmulator
    zalo: Zalo
    door: Door
    intake: Fetching
    files: Files
    mode: Mode
    limit: int = 2000
    ambiguous: type[TryLater] = Ambiguous

    def __post_init__(self) -> None:
        self.bot: Bot = next(iter(self.service.bots.values()))
        self.secrets = (self.bot.token, self.bot.token.partition(":")[2], SECRET)
        self.sender = Closing(self.zalo.sender, self.service.site)
        self.lan = ZaloPerson(self.service.user("Chị Lan"), self._ours)
        self.may = ZaloPerson(self.service.user("Cô Mây"), self._ours)

    async def told(self) -> None:
        if self.mode == "webhook":
            await self.service.post(self.bot)
            return
        failures = self.door.failures
        await until(lambda: not self.bot.unheard() or self.door.failures > failures)

    def waiting(self) -> int:
        return self.bot.unheard()

    async def tells_again(self, order: Callable[[list[int]], list[int]]) -> None:
        old = list(self.bot.told)
        for place in order(list(range(len(old)))):
            self.service.tell(self.bot, old[place])
        await self.told()

    def files_in(self) -> list[tuple[str, bytes]]:
        return list(self.intake.files.values())

    def fails(self, fault: Fault, person: Person | None = None) -> None:
        if fault == Fault.CLOSED:
            self.sender.closed = True
            return
        found = FAULTS[fault]
        only = person.address.chat if person else ""
        self.service.faults.add(replace(found, only=only))

    async def mends(self) -> None:
        self.service.faults.waiting.clear()
        self.sender.closed = False

    def _ours(self) -> str:
        return self.service.hosts[PUBLIC]


async def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, ten seconds at most."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - both sides run in this very loop
            await asyncio.sleep(0.001)


@asynccontextmanager
async def opened(mode: Mode, door: Door, knobs: Knobs | None = None) -> AsyncIterator[ZaloRig]:
    """The service and our side of it, running."""
    async with started(knobs) as service:
        tokens = tuple(service.bots)
        line = Line(tokens, service.base, mode, f"https://{PUBLIC}", SECRET, PATIENCE)
        network = Outside(_public, Loopback(lambda: service.site.port))
        intake = Fetching(Fetcher(FILE_HOSTS, network))
        zalo = Zalo(line, door, intake, clock.now, breath=0.01)
        with TemporaryDirectory() as folder:
            files = Files(Path(folder))
            lend(zalo.sender, files)
            async with serving(Starlette(routes=zalo.routes())) as hooks:
                service.hosts[PUBLIC] = hooks.address
                running = asyncio.create_task(zalo.run())
                await until(lambda: len(zalo.modes()) == len(tokens))
                yield ZaloRig(service, zalo, door, intake, files, mode)
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
        await zalo.close()


def lend(sender: ZaloSender, files: Files) -> None:
    """Let it bring these files, and lend them at our public address."""
    sender.files, sender.say = files.path, opening.say
    sender.lending = Lending(f"https://{PUBLIC}", key_of(SECRET), files.path, clock.now)


async def _public(_host: str, _port: int) -> list[str]:
    return ["8.8.8.8"]


def polling(door: Door, _database: Database) -> AbstractAsyncContextManager[ZaloRig]:
    """Updates are fetched."""
    return opened("polling", door)


def webhook(door: Door, _database: Database) -> AbstractAsyncContextManager[ZaloRig]:
    """Updates are posted."""
    return opened("webhook", door)
