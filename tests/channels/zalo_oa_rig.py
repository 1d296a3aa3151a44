"""The Official Account behind the rig of the contract: the emulator, and our side for real."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette

from bot import clock
from bot.channels.arriving import Remote
from bot.channels.contract import Ambiguous, TryLater
from bot.channels.fetching import Fetcher, Outside
from bot.channels.lending import Lending, key_of
from bot.channels.zalo_oa.hook import PATH
from bot.channels.zalo_oa.line import Line, Signature
from bot.channels.zalo_oa.live import ZaloOa
from bot.channels.zalo_oa.send import OaSender
from conversations.events import Address
from storage.database import Database
from storage.files import Files
from tests.channels.channels import Door, Fault, Person, Seen
from tests.channels.closing import Closing
from tests.channels.loopback import Loopback
from tests.channels.opening import PUBLIC, linked, say
from tests.emulators import faults
from tests.emulators.serving import serving
from tests.emulators.zalo_oa import (
    APP,
    APP_SECRET,
    FIRST_REFRESH,
    OA_SECRET,
    Knobs,
    OaEmulator,
    started,
)
from tests.emulators.zalo_oa_people import OA, Follower

PATIENCE = 0.3
REVOKED = faults.Fault("cs", error=(-216, "Access token is invalid"))
FAULTS = {
    Fault.BUSY: faults.Fault("cs", error=(-32, "Too many requests")),
    Fault.DOWN: faults.Fault("cs", status=500, body=b'{"message":"Internal Server Error"}'),
    Fault.HTML: faults.Fault("cs", status=502, body=faults.PAGE),
    Fault.PAGE: faults.Fault("cs", status=200, body=faults.PAGE),
    Fault.CUT: faults.Fault("cs", applied=True, cut=True),
    Fault.REVOKED: REVOKED,
    Fault.GONE: faults.Fault("cs", error=(-213, "User has not followed OA")),
    Fault.NOBODY: faults.Fault("cs", error=(-201, "user_id is invalid")),
    Fault.REFUSED: faults.Fault("cs", error=(-201, "text is invalid")),
    Fault.LOST: faults.Fault("cs", applied=True, drop=True),
    Fault.SLOW: faults.Fault("cs", applied=True, silence=3 * PATIENCE),
}


@dataclass
class Notes:
    """An intake that fetches at once, and a book of who is there."""

    fetcher: Fetcher
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    attendance: list[tuple[Address, bool]] = field(default_factory=list)

    async def expected(self, event_key: str, _address: Address, remote: Remote) -> None:
        if event_key not in self.files:
            self.files[event_key] = (remote.kind, await self.fetcher.download(remote.source))

    async def noted(self, _event_key: str, address: Address, *, here: bool) -> None:
        self.attendance.append((address, here))


@dataclass
class OaPerson:
    """A follower as the contract wants one."""

    user: Follower
    ours: Callable[[], str]  # where our public address really is

    @property
    def address(self) -> Address:
        return Address("zalo_oa", OA, self.user.id)

    def says(self, text: str) -> None:
        self.user.says(text)

    def sends_sticker(self) -> None:
        self.user.sends_sticker()

    def sends_photo(self, content: bytes) -> None:
        self.user.sends("image", content)

    def sends_voice(self, content: bytes) -> None:
        self.user.sends("audio", content)

    def sends_document(self, name: str, content: bytes) -> None:
        del name  # the emulator has one of its own
        self.user.sends("file", content)

    def shares_location(self, latitude: float, longitude: float) -> None:
        self.user.shares_location(latitude, longitude)

    async def sees(self) -> list[Seen]:
        return [
            Seen(message["text"], tuple(one["title"] for one in message.get("buttons", ())))
            for message in self.user.messages
            if "text" in message
        ]

    async def opens(self) -> list[bytes]:
        laid = [m.get("image") or m.get("file") for m in self.user.messages]
        shown = [self.user.service.contents[name] for name in laid if name]
        return [*shown, *await linked(self.user.sees(), self.ours())]


@dataclass
class OaRig:
    """The service on loopback, and our side of it."""

    service: OaEmulator
    zalo: ZaloOa
    door: Door
    notes: Notes
    files: Files
    limit: int = 2000
    ambiguous: type[TryLater] = Ambiguous
    secrets: tuple[str, ...] = (APP_SECRET, OA_SECRET, FIRST_REFRESH, "access-1", "refresh-1")

    def __post_init__(self) -> None:
        self.sender = Closing(self.zalo.sender, self.service.site)
        self.lan = OaPerson(self.service.follower(), self._ours)
        self.may = OaPerson(self.service.follower(), self._ours)

    @property
    def real(self) -> OaSender:
        return self.zalo.sender

    async def told(self) -> None:
        await self.service.post_waiting()

    def waiting(self) -> int:
        return len(self.service.waiting)

    async def tells_again(self, order: Callable[[list[int]], list[int]]) -> None:
        told = list(self.service.told)
        self.service.waiting.extend(told[place] for place in order(list(range(len(told)))))
        await self.told()

    def files_in(self) -> list[tuple[str, bytes]]:
        return list(self.notes.files.values())

    def fails(self, fault: Fault, person: Person | None = None) -> None:
        if fault == Fault.CLOSED:
            self.sender.closed = True
            return
        found = replace(FAULTS[fault], only=person.address.chat if person else "")
        # A token that does not count is renewed at once; it must fail twice to be trouble.
        self.service.faults.add(*[found] * (2 if fault == Fault.REVOKED else 1))

    async def mends(self) -> None:
        self.service.faults.waiting.clear()
        self.sender.closed = False

    def _ours(self) -> str:
        return self.service.hook.removesuffix(PATH)


def line_to(service: OaEmulator, folder: Path, signature: Signature = "enforce") -> Line:
    """How the account is reached on loopback."""
    return Line(
        OA,
        APP,
        APP_SECRET,
        OA_SECRET,
        FIRST_REFRESH,
        folder / "zalo-oa.json",
        signature,
        pays=True,
        base=service.base,
        login_base=service.base,
        patience=PATIENCE,
    )


async def _public(_host: str, _port: int) -> list[str]:
    return ["8.8.8.8"]


@asynccontextmanager
async def turned(
    door: Door, knobs: Knobs | None = None, signature: Signature = "enforce"
) -> AsyncIterator[OaRig]:
    """The service with its knobs turned, and our side of it."""
    with TemporaryDirectory() as folder:
        async with started(knobs) as service:
            network = Outside(_public, Loopback(lambda: service.site.port))
            notes = Notes(Fetcher(["*.zdn.vn"], network))
            line = line_to(service, Path(folder), signature)
            zalo = ZaloOa(line, door, notes, notes, clock.now)
            files = Files(Path(folder) / "files")
            zalo.sender.files, zalo.sender.say = files.path, say
            lending = Lending(f"https://{PUBLIC}", key_of(OA_SECRET), files.path, clock.now)
            zalo.sender.lending = lending
            async with serving(Starlette(routes=zalo.routes())) as hooks:
                service.hook = hooks.address + PATH
                yield OaRig(service, zalo, door, notes, files)
            await zalo.close()


@asynccontextmanager
async def opened(door: Door, _database: Database) -> AsyncIterator[OaRig]:
    """The service, and our side of it."""
    async with turned(door) as rig:
        yield rig
