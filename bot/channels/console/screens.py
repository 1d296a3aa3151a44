"""Phones without a network: what a transcript says people do there, and what their screens show."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from conversations.events import (
    Address,
    Contact,
    Content,
    Event,
    File,
    Location,
    Photo,
    Strange,
    Tap,
    Text,
    Voice,
)
from conversations.messages import Letter
from programme.folding import fold

CHANNEL = "console"
BOT = "play"


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter on one phone, at its place among all that happened."""

    phone: str
    letter: Letter
    place: int

    def text(self) -> str:
        """The letter with its choices as numbered lines."""
        choices = [f"{number}. {label}" for number, (_, label) in enumerate(self.letter.choices, 1)]
        return "\n".join([self.letter.text, *choices])


@dataclass(slots=True)
class Screens:
    """All phones of a talk. Acts and letters share one count, so that each has its place."""

    shown: list[Shown] = field(default_factory=list)
    place: int = 0
    _letters: dict[tuple[str, int], int] = field(default_factory=dict)  # their places
    _buttons: dict[str, dict[str, str]] = field(default_factory=dict)

    def next_place(self) -> int:
        """A place after all that happened."""
        self.place += 1
        return self.place

    def show(self, phone: str, letter_id: int, letter: Letter) -> int:
        """Show the letter once, however often it is sent; its place."""
        if (phone, letter_id) not in self._letters:
            self._letters[phone, letter_id] = self.next_place()
            self.shown.append(Shown(phone, letter, self.place))
            buttons = {fold(label): data for data, label in letter.choices}
            self._buttons.setdefault(phone, {}).update(buttons)
        return self._letters[phone, letter_id]

    def event(self, phone: str, content: Content, at: datetime, seen: int) -> Event:
        """What somebody did who had seen all up to that place."""
        return Event(Address(CHANNEL, BOT, phone), f"{self.next_place()}", at, content, seen)

    def content(self, phone: str, text: str) -> Content:
        """What a line of a transcript means: words, or an act such as ``[ảnh]`` or ``[bấm Có]``."""
        if not (text.startswith("[") and text.endswith("]")):
            return Text(text)
        name, _, more = text[1:-1].partition(" ")
        file = hashlib.sha256(text.encode()).hexdigest()
        contents: dict[str, Content] = {
            "anh": Photo(file),
            "tep": File(file, more),
            "ghi": Voice(file),
            "nhan": Strange("sticker"),
            "vi": Location(22.5, 104.3),
            "so": Contact(more, own=True),
            "bam": Tap(self._buttons.get(phone, {}).get(fold(more), more)),
        }
        return contents.get(fold(name)) or Strange(fold(name))
