"""Playing a transcript through reception, engine, words and tables, without a network."""

import asyncio
import json
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from bot.announcing import Announcing
from bot.channels.console.bringing import Drawer
from bot.channels.console.screens import BOT, CHANNEL, Screens
from bot.channels.console.transcript import VIETNAM, Kept, Passed, Said, Set, read
from bot.examining import BOUNDS, IDLE
from bot.posting import letter_of
from bot.printing import BOUNDS as PRINTING
from bot.printing import Printing
from bot.reception import Reception
from bot.reminding import Reminding, unasked_due
from bot.retaining import Retaining
from bot.wording import ours
from conversations.events import Address, Content, Event, Wake
from conversations.forms import catalogue
from conversations.messages import Attached, Message
from documents.shelf import Shelf
from handlers.officer import announced
from hands.hiring import Hands
from programme import quiet
from storage import (
    announcements,
    ideas,
    inbox,
    migrate,
    outbox,
    persons,
    producers,
    sessions,
    steps,
)
from storage.database import Database
from storage.files import Files

START = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
_LATER = timedelta(hours=1)
PACE = timedelta(seconds=5)  # between one thing that somebody does and the next
OFFICER = "CANBO"
PAPERS = "giay"  # the folder beside a transcript


@dataclass(slots=True)
class Player:
    """A transcript being played: a clock that is turned, phones, and the real parts behind them."""

    database: Database
    now: datetime = START
    drawer: Drawer | None = None
    printing: Printing | None = None
    lines: list[str] = field(default_factory=list)
    _screens: Screens = field(default_factory=Screens)
    _seen: int = 0
    _codes: int = 0
    _reception: Reception = field(init=False)
    _reminding: Reminding = field(init=False)
    _retaining: Retaining = field(init=False)
    _announcing: Announcing = field(init=False)

    def __post_init__(self) -> None:
        """Put the real parts behind the phones."""
        about = (catalogue, ours(), lambda: self.now, OFFICER)
        self._reception = Reception(self.database, *about)
        self._reception.chance = self._next_code
        self._reception.desk_url = "https://ocop.example"
        self._reminding = Reminding(self.database, self._reception, lambda: self.now)
        self._retaining = Retaining(self.database, lambda: self.now)
        parts = (self.database, ours(), lambda: self.now)
        self._announcing = Announcing(*parts, announced)

    @property
    def letters(self) -> list[tuple[str, str]]:
        """Every letter so far: its phone and its words."""
        return [(shown.phone, shown.text()) for shown in self._screens.shown]

    def _next_code(self, most: int) -> int:
        """Codes that are the same each time a transcript is played."""
        self._codes += 1
        return (self._codes * 271_828 + self._codes // most) % most

    def do(self, text: str) -> None:
        """Play a whole transcript."""
        for entry, line in read(text):
            self.lines.append(line)
            match entry:
                case Set(now):
                    self.now = now
                case Passed(time):
                    self.wait(time)
                case Said():
                    self.say(entry)
                case Kept():
                    pass

    def say(self, said: Said) -> None:
        """Do one thing on a phone, and deliver what follows."""
        if not said.blindly:
            self.now += PACE
            self._seen = self._screens.next_place()
        phone = said.phone or "main"
        content = self._sent(said.text) or self._screens.content(phone, said.text)
        self._hear(self._screens.event(phone, content, self.now, self._seen))

    def _sent(self, act: str) -> Content | None:
        """A file from the drawer, if it is one that is sent."""
        return self.drawer.sent(act, self.database, self.now) if self.drawer else None

    def hear(self, phone: str, key: str, content: Content) -> None:
        """Let reception hear what happened on a phone, and deliver what follows."""
        address = Address(CHANNEL, BOT, phone)
        self._hear(Event(address, key, self.now, content, self._seen))

    def _hear(self, event: Event) -> None:
        self._reception.hear([event])
        self.deliver()
        self._announce()

    def wait(self, time: timedelta) -> None:
        """Let time go by; what becomes due meanwhile is done when it is due."""
        end = self.now + time
        self._remind(thorough=True)
        self._retaining.tick()
        while (at := self._next_due()) and at <= end:
            self.now = max(self.now, at)
            self._wake()
            self._remind()
        self.now = end
        self._remind()
        self._retaining.tick()
        self._print()

    def _remind(self, *, thorough: bool = False) -> None:
        self._reminding.remind(thorough=thorough)
        self.deliver()
        self._announce()

    def _announce(self) -> None:
        """What is announced goes out; then it is noted that it came."""
        for _ in range(2):
            if not self._announcing.tick():
                break
            self.deliver()

    def _next_due(self) -> datetime | None:
        """When the next thing is due; what is due already and must wait for the morning, then."""
        with self.database.reading() as tx:
            wake, unasked = sessions.next_wake(tx), unasked_due(tx)
            announced_at = announcements.next_at(tx)
        if unasked and unasked <= self.now:
            unasked = quiet.next_open(self.now + _LATER)
        if announced_at and announced_at <= self.now:
            announced_at = quiet.next_open(self.now) if quiet.is_quiet(self.now) else None
        return min((at for at in (wake, unasked, announced_at) if at), default=None)

    def _wake(self) -> None:
        while due := self._due(self.now):
            chat, token, at = due
            key = f"wake:{chat.chat}:{token}:{at.timestamp()}"
            self.hear(chat.chat, key, Wake())

    def _print(self) -> None:
        """Papers that were asked for come when some time has gone by."""
        while self.printing and asyncio.run(self.printing.once()):
            self.deliver()

    def _due(self, end: datetime) -> tuple[persons.Chat, int, datetime] | None:
        with self.database.reading() as tx:
            return next(iter(sessions.due(tx, end, most=1)), None)

    def deliver(self) -> None:
        """Show every letter that waits, in order, on its phone."""
        while claimed := self._claim():
            settled, shown = [], []
            for letter in claimed:
                place = self._show(letter)
                settled.append(outbox.Settled(letter.id, "sent", receipt=place))
                if letter.prompt is not None:
                    shown.append((letter.person, letter.prompt, place))
            with self.database.transaction() as tx:
                outbox.settle(tx, settled, self.now)
                sessions.note_shown(tx, shown)
                held = inbox.with_held(tx, [letter.chat for letter in claimed])
            if held:
                self._reception.hear([], held)

    def _claim(self) -> list[outbox.Claimed]:
        with self.database.transaction() as tx:
            lease = outbox.Lease("play", self.now + timedelta(minutes=1))
            night = [CHANNEL] if quiet.is_quiet(self.now) else []  # then only answers go
            return outbox.claim(tx, [CHANNEL], lease, self.now, paced=night)

    def _show(self, claimed: outbox.Claimed) -> int:
        letter = letter_of(claimed)
        place = self._screens.show(claimed.chat.chat, claimed.id, letter)
        shown = self._screens.shown[-1]
        name = "" if shown.phone == "main" else shown.phone
        if letter.attached:
            self.lines.append(f"{name}< {_file(letter.attached)}")
        self.lines.append(f"{name}< " + shown.text().replace("\n", "\n  "))
        return place

    # -- what is seen afterwards -----------------------------------------------------------------

    def transcript(self) -> str:
        """The whole talk, in the form that it is read from."""
        return "\n".join(self.lines) + "\n"

    def stored(self) -> dict[str, Any]:
        """What the tables hold now: profiles, ideas, and each person's session."""
        with self.database.reading() as tx:
            return {
                "producers": producers.everyone(tx),
                "ideas": ideas.everyone(tx),
                "sessions": [json.loads(body) for body in sessions.everyone(tx)],
            }

    def forms(self) -> frozenset[str]:
        """The forms that somebody began."""
        with self.database.reading() as tx:
            begun = steps.values(tx, "started")
        return frozenset(json.loads(value)["form"] for value in begun)


def _file(attached: Attached) -> str:
    """How a transcript shows that a file came."""
    shown = Message(f"files.shown_{attached.kind}", {"name": attached.name})
    return ours().letters("vi", shown)[0].text


@dataclass(frozen=True, slots=True)
class Played:
    """A transcript after it was played, and what was stored by then."""

    transcript: str
    stored: dict[str, Any]
    letters: tuple[tuple[str, str], ...]
    forms: frozenset[str]

    def stored_json(self) -> str:
        """What was stored, as JSON."""
        encoded = msgspec.json.encode(self.stored)
        return msgspec.json.format(encoded, indent=2).decode() + "\n"


def play(text: str, papers: Path = Path(PAPERS), hands: Hands | None = None) -> Played:
    """Play a transcript on a new database that is gone afterwards.

    The files that it sends lie among the papers; they are looked at by these hands, or by new ones.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Hands(1, BOUNDS, IDLE)) as own,
        closing(Hands(1, PRINTING, IDLE)) as press,
    ):
        url = f"sqlite:///{Path(folder) / 'play.db'}"
        migrate.upgrade(url)
        files = Files(Path(folder) / "files")
        player = Player(Database(url), drawer=Drawer(papers, files, hands or own))
        shelf = Shelf(Path(folder) / "shelf")
        about = (player.database, ours(), files, shelf, press)
        player.printing = Printing(*about, lambda: player.now, "play")
        player.do(text)
        played = Played(player.transcript(), player.stored(), tuple(player.letters), player.forms())
        player.database.close()
    return played
