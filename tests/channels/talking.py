"""Playing a transcript through a channel: real people's phones, wire, reception and delivery."""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import cast

from bot import judging
from bot.channels.console.bringing import Drawer
from bot.channels.console.playing import OFFICER, PACE, START
from bot.channels.console.transcript import Passed, Said, Set, read
from bot.delivery import Delivery
from bot.examining import Examiner
from bot.reception import Reception
from bot.reminding import Reminding, unasked_due
from conversations.events import Address, Event, Wake
from conversations.forms import catalogue
from programme.folding import fold
from storage import ideas, inbox, outbox, producers, sessions
from storage.database import Database, Transaction
from storage.persons import Chat
from tests.bot.specimens import OGG, PDF, picture
from tests.channels.channels import Channel, Fault, Person, Rig, Seen, Skill
from tests.channels.desk import Desk, HouseDoor
from tests.papers import remembering
from tests.wording import WORDING

NEEDS = {
    "bam": Skill.BUTTONS,
    "so": Skill.VOUCHED,
    "vi": Skill.LOCATION,
    "anh": Skill.PHOTO,
    "tep": Skill.DOCUMENT,
    "ghi": Skill.VOICE,
}
PATIENCE = 0.03  # seconds without a commit
LOST = 0.1  # share of acts after which the answer to a letter is lost, so that it comes twice


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Watched:
    """Delivery's errands; whoever waits hears of each commit."""

    delivery: Delivery
    loop: asyncio.AbstractEventLoop
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, tx: Transaction) -> Sequence[Chat]:
        return self.delivery.note(tx)

    def take(self, tx: Transaction) -> None:
        self.delivery.take(tx)

    def committed(self) -> None:
        self.delivery.committed()
        with contextlib.suppress(RuntimeError):  # the last commit may outlive the loop
            self.loop.call_soon_threadsafe(self.done.set)


def needs(text: str) -> set[Skill]:
    """What a channel must be able to do, for the transcript to be played on it."""
    acts = [entry.text for entry, _ in read(text) if isinstance(entry, Said)]
    return {
        NEEDS[name]
        for act in acts
        if act.startswith("[") and (name := fold(act[1:-1].partition(" ")[0])) in NEEDS
    }


def phones(text: str) -> list[str]:
    """The phones of the transcript, the main one first."""
    named = [entry.phone or "main" for entry, _ in read(text) if isinstance(entry, Said)]
    return list(dict.fromkeys(["main", *named]))


@dataclass
class Talk:
    """A transcript that is being played."""

    rig: Rig
    channel: Channel
    database: Database
    reception: Reception
    clock: Clock
    people: dict[str, Person]
    committed: asyncio.Event
    door: HouseDoor
    desk: Desk
    unruly: Random | None = None  # then updates come thrice, shuffled, and some letters come twice
    _files: int = 0
    _names: list[str] = field(default_factory=list)  # of the files that were sent
    _last: Person | None = None

    async def play(self, text: str) -> None:
        """Do all that the transcript says people do."""
        for entry, _ in read(text):
            match entry:
                case Said(blindly=True):
                    await self._act(entry)
                case Said():
                    await self.quiet()
                    self.clock.now += PACE
                    await self._act(entry)
                case Passed(time):
                    await self.quiet()
                    await self._wait(time)
                case Set(now):
                    await self.quiet()
                    self.clock.now = now
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until everything that was said is heard, answered and shown."""
        await self.rig.told()
        await self._fetched()
        if self.unruly:
            await self.rig.tells_again(self._shuffled)
        await self._settled()
        for person in self.people.values():
            await person.sees()

    def _shuffled(self, places: list[int]) -> list[int]:
        assert self.unruly
        latest = places[-4:] * 2
        return self.unruly.sample(latest, len(latest))

    async def _settled(self) -> None:
        """Look after each commit whether anything waits still."""
        async with asyncio.timeout(20):
            while True:
                self.committed.clear()
                if not self._busy():
                    return
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.committed.wait(), PATIENCE)
                    continue
                if self.unruly:  # a letter waits to be tried again
                    self.clock.now += timedelta(seconds=1)
                    self.reception.turn()

    def _busy(self) -> bool:
        with self.database.reading() as tx:
            return bool(outbox.waiting(tx) or inbox.held_chats(tx))

    async def _act(self, said: Said) -> None:
        person = self._last = self.people[said.phone or "main"]
        if self.unruly and self.unruly.random() < LOST:
            self.rig.fails(Fault.LOST)
        text = said.text
        if not (text.startswith("[") and text.endswith("]")):
            person.says(text)
            return
        name, _, more = text[1:-1].partition(" ")
        match fold(name):
            case "bam":
                await person.taps(_label(await person.sees(), more))
            case "anh" | "ghi" | "tep" as kind:
                self._send(person, kind, self.desk.take(text) or self._drawn(kind))
            case "so":
                person.shares_contact(more, own=True)
            case "vi":
                person.shares_location(22.5, 104.3)
            case _:
                person.sends_sticker()

    def _drawn(self, kind: str) -> tuple[str, bytes]:
        """A file that is unlike all others, when the transcript leaves open what is in it."""
        number = len(self._names) + 1
        match kind:
            case "anh":
                return "", picture("JPEG", (64, 48 + number))
            case "ghi":
                return "", OGG + bytes(number)
            case _:
                return "", PDF + b"\n" * number

    def _send(self, person: Person, kind: str, file: tuple[str, bytes]) -> None:
        name, content = file
        self._names.append(name)
        match kind:
            case "anh":
                person.sends_photo(content)
            case "ghi":
                person.sends_voice(content)
            case _:
                person.sends_document(name, content)

    async def _fetched(self) -> None:
        """What the intake will do: files that lay with the service are here now."""
        files = self.rig.files_in() if Skill.SERVICE in self.channel.skills else []
        for kind, content in files[self._files :]:
            assert self._last
            kept = hashlib.sha256(content).hexdigest()
            file = judging.told(cast("judging.Kind", kind), kept, self._names[self._files])
            self._files += 1
            key = f"file:{self._files}"
            await self.door.receive(Event(self._last.address, key, self.clock.now, file))

    async def _wait(self, time: timedelta) -> None:
        """Let time go by; what becomes due meanwhile is done when it is due."""
        end = self.clock.now + time
        await self._remind(thorough=True)
        while (at := self._next_due()) and at <= end:
            self.clock.now = max(self.clock.now, at)
            await self._wake()
            await self._remind()
        self.clock.now = end
        await self._remind()

    async def _remind(self, *, thorough: bool = False) -> None:
        reminding = Reminding(self.database, self.reception, self.clock)
        await asyncio.to_thread(reminding.remind, thorough=thorough)
        self.reception.turn()
        await self.quiet()

    def _next_due(self) -> datetime | None:
        with self.database.reading() as tx:
            wake, unasked = sessions.next_wake(tx), unasked_due(tx)
        return min((at for at in (wake, unasked) if at), default=None)

    async def _wake(self) -> None:
        while due := self._due(self.clock.now):
            address, token, at = due
            key = f"wake:{address.chat}:{token}:{at.timestamp()}"
            await self.reception.receive(Event(address, key, self.clock.now, Wake()))
            await self.quiet()

    def _due(self, end: datetime) -> tuple[Address, int, datetime] | None:
        with self.database.reading() as tx:
            found = next(iter(sessions.due(tx, end, most=1)), None)
        return (Address(*found[0]), found[1], found[2]) if found else None

    # -- what is there afterwards -----------------------------------------------------------------

    async def letters(self) -> dict[str, list[str]]:
        """What each phone shows of the bot, buttons as numbered lines."""
        return {name: [_read(one) for one in await who.sees()] for name, who in self.people.items()}

    def records(self) -> str:
        """What became of it in the tables."""
        with self.database.reading() as tx:
            kept = {"producers": producers.everyone(tx), "ideas": ideas.everyone(tx)}
        return json.dumps(kept, ensure_ascii=False, default=str, sort_keys=True)


def _label(seen: list[Seen], wanted: str) -> str:
    labels = [_bare(label) for one in reversed(seen) for label in one.labels]
    return next(label for label in labels if fold(label) == fold(wanted))


def _bare(label: str) -> str:
    return label.partition(" · ")[2] or label


def _read(seen: Seen) -> str:
    lines = [f"{number}. {_bare(label)}" for number, label in enumerate(seen.labels, 1)]
    return "\n".join([seen.text, *lines]).strip()


@asynccontextmanager
async def talking(
    channel: Channel, database: Database, text: str, unruly: Random | None = None
) -> AsyncIterator[Talk]:
    """The channel with the whole house behind it, and as many phones as the transcript has."""
    clock = Clock()
    codes = iter(range(271_828, 271_828 * 1000, 271_828))
    reception = Reception(database, catalogue, WORDING, clock, OFFICER)
    reception.chance = lambda most: next(codes) % most
    door = HouseDoor(reception)
    async with channel.open(door, database) as rig:
        examiner = Examiner(remembering.hands(), rig.files, database, clock)
        desk = Desk(examiner, Drawer(remembering.SENT, rig.files, remembering.hands()))
        door.look = desk.look
        delivery = Delivery(database, reception, {rig.sender.channel: rig.sender}, clock, "talk")
        reception.errands = errands = Watched(delivery, asyncio.get_running_loop())
        reception.start()
        sending = asyncio.create_task(delivery.run())
        people = dict(zip(phones(text), (rig.lan, rig.may), strict=False))
        try:
            about = (clock, people, errands.done, door, desk, unruly)
            yield Talk(rig, channel, database, reception, *about)
        finally:
            while not sending.done():
                sending.cancel()
                await asyncio.wait([sending], timeout=1)
            reception.stop()
