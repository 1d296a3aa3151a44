"""What a channel tells us: one event is one thing that one person did in one chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """Where a chat is: the channel, which of our bots on it, and the chat's own id there."""

    channel: str
    bot: str
    chat: str


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button, which brings back the ``data`` that we put on it (at most 64 bytes)."""

    data: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen on a file that may be a paper; ``read`` is what could be read, and a guess.

    ``faults`` are those of a photo, ``refused`` says why a document cannot be opened. ``read`` has
    some of ``number``, ``issued`` and ``expires`` (ISO days), ``holder``, ``address``, and
    ``likely``: what kind of paper it may be. ``printable`` is no document of a word processor.
    """

    faults: tuple[str, ...] = ()
    refused: str = ""
    sheets: int = 1
    printable: bool = True
    read: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture, already kept by us under ``file`` (the hash of its content).

    ``more`` when others were sent with it and are on their way: the last one is answered for all.
    """

    file: str
    caption: str = ""
    more: bool = False
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class File:
    """A document, already kept by us under ``file``."""

    file: str
    name: str = ""
    caption: str = ""
    seen: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice note, already kept by us under ``file``."""

    file: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared telephone number; ``own`` when the channel vouches that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Location:
    """A shared place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Strange:
    """Anything else, by name: ``sticker``, ``empty_file``, ``bad_file``, ``big_file`` and more."""

    kind: str


@dataclass(frozen=True, slots=True)
class Wake:
    """Our own clock: the pause that the engine asked for is over (see ``Session.wake_at``)."""


Content = Text | Tap | Photo | File | Voice | Contact | Location | Strange | Wake


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in one chat.

    ``key`` is the channel's own name for it, the same each time the channel repeats itself.
    ``order`` is its place in the chat, on the same scale as the receipts of our letters there
    (Telegram: message id; Zalo: date; browser: the last line that was on the screen);
    None where the channel cannot say, and then nothing is ever too early.
    """

    address: Address
    key: str
    at: datetime
    content: Content
    order: int | None = None
