"""A transcript's phones behind the rig of the contract."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import clock
from bot.channels.console.screens import BOT, CHANNEL, Screens
from bot.channels.console.send import ConsoleSender
from bot.channels.contract import TryLater
from conversations.events import Address, Contact, Content, Event, Location, Strange, Text
from programme.folding import fold
from storage.database import Database
from storage.files import Files
from tests.channels.channels import Door, Fault, Person, Seen


@dataclass
class Phone:
    """Somebody of a transcript; what they do lies in ``acts`` until it is heard."""

    name: str
    screens: Screens
    acts: list[Event]
    seen: int = 0

    @property
    def address(self) -> Address:
        return Address(CHANNEL, BOT, self.name)

    def says(self, text: str) -> None:
        self._does(Text(text))

    async def taps(self, label: str) -> None:
        self._does(self.screens.content(self.name, f"[bấm {label}]"))

    def sends_sticker(self) -> None:
        self._does(Strange("sticker"))

    def sends_photo(self, content: bytes) -> None:
        raise AssertionError(f"a transcript has no {len(content)} bytes")

    def sends_voice(self, content: bytes) -> None:
        raise AssertionError(f"a transcript has no {len(content)} bytes")

    def sends_document(self, name: str, content: bytes) -> None:
        raise AssertionError(f"a transcript has no {len(content)} bytes of {name}")

    def shares_contact(self, phone: str, *, own: bool) -> None:
        self._does(Contact(phone, own))

    def shares_location(self, latitude: float, longitude: float) -> None:
        self._does(Location(latitude, longitude))

    async def opens(self) -> list[bytes]:
        raise AssertionError("a transcript has no bytes")

    async def sees(self) -> list[Seen]:
        self.seen = self.screens.place
        mine = [shown.letter for shown in self.screens.shown if shown.phone == self.name]
        return [Seen(one.text, tuple(label for _, label in one.choices)) for one in mine]

    def _does(self, content: Content) -> None:
        self.acts.append(self.screens.event(self.name, content, clock.now(), self.seen))


@dataclass
class ConsoleRig:
    """Two phones; what was not heard is told again."""

    door: Door
    files: Files
    acts: list[Event] = field(default_factory=list)
    done: list[Event] = field(default_factory=list)
    limit: int = 0
    ambiguous: type[TryLater] = TryLater
    secrets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        screens = Screens()
        self.sender = ConsoleSender(screens)
        self.lan = Phone(fold("Lan"), screens, self.acts)
        self.may = Phone(fold("Mây"), screens, self.acts)

    async def told(self) -> None:
        while self.acts:
            try:
                await self.door.receive(self.acts[0])
            except OSError:
                return
            self.done.append(self.acts.pop(0))

    def waiting(self) -> int:
        return len(self.acts)

    async def tells_again(self, order: Callable[[list[int]], list[int]]) -> None:
        self.acts.extend(self.done[place] for place in order(list(range(len(self.done)))))
        await self.told()

    def files_in(self) -> list[tuple[str, bytes]]:
        return []

    def fails(self, fault: Fault, person: Person | None = None) -> None:
        raise AssertionError(f"nothing stands between: {fault} {person}")

    async def mends(self) -> None:
        raise AssertionError("nothing stands between")


@asynccontextmanager
async def opened(door: Door, _database: Database) -> AsyncIterator[ConsoleRig]:
    """Phones without a network."""
    with TemporaryDirectory() as folder:
        yield ConsoleRig(door, Files(Path(folder)))
