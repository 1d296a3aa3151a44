"""The channels that keep the contract, each behind the same Rig; the suite knows nothing else.

To add a channel, write ``tests/channels/<channel>_rig.py`` with an async context manager that
takes a Door and a Database and gives a Rig, and add a line for each way of listening to CHANNELS:

    "zalo-polling": Channel("tests.channels.zalo_rig:polling", PLAIN | {Skill.SERVICE}),

Nothing in ``test_contract*.py`` has to change: a test that needs a skill runs on the channels that
have it, every other test runs on all. ``test_same_talk.py`` plays whole conversations on the same
rigs, with the real reception as the door.

What a rig is made of:

- ``lan`` and ``may`` are two people who have the bot on their phone. What they do returns at once,
  as it does for people; ``await rig.told()`` waits until the bot has been told.
- ``door`` is where events must arrive. It can be shut, or break; nothing may be acknowledged to the
  service before ``door.receive`` has returned, and what was not acknowledged is told again.
- ``sender`` is the real sending side; ``fails`` lets its next sends meet trouble. It finds in
  ``files`` what letters bring.
"""

import importlib
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast

from bot.channels.contract import Sender, TryLater
from conversations.events import Address, Event
from storage.database import Database
from storage.files import Files


class Skill(StrEnum):
    """What a channel can do that not every channel can."""

    BUTTONS = "buttons"  # choices are buttons that bring back their data; else "1. …" lines
    CONTACT = "contact"  # a telephone number can be shared
    VOUCHED = "vouched"  # and the channel says whether it is the sender's own
    LOCATION = "location"
    PHOTO = "photo"  # a picture comes in as the bytes that were sent
    VOICE = "voice"  # and what somebody has spoken
    DOCUMENT = "document"  # and a document
    FILES = "files"  # a letter's file comes out as it is, or as a link
    SERVICE = "service"  # somebody else's service stands between, and may fail or repeat itself


class Fault(StrEnum):
    """What can befall a letter between us and the service."""

    BUSY = "busy"  # too many requests: wait seven seconds
    DOWN = "down"  # the service answers that it is broken
    HTML = "html"  # something in between answers with a page for browsers, and an error
    PAGE = "page"  # the same, but it says that all is well
    CUT = "cut"  # the answer ends in the middle
    CLOSED = "closed"  # nobody listens at the address
    REVOKED = "revoked"  # our token does not count any more
    GONE = "gone"  # the person has blocked the bot
    NOBODY = "nobody"  # there is no such chat
    REFUSED = "refused"  # the service will never take this letter
    LOST = "lost"  # the letter was sent, the connection broke before the answer
    SLOW = "slow"  # the letter was sent, the answer takes longer than we wait


WAIT = 7  # seconds that a busy service asks for


@dataclass(frozen=True, slots=True)
class Seen:
    """One message of the bot on a person's phone; labels are those of its buttons."""

    text: str
    labels: tuple[str, ...] = ()


class Door(Protocol):
    """Where events go in."""

    failures: int  # how often it has broken

    async def receive(self, event: Event) -> None: ...


class Person(Protocol):
    """Somebody with a phone, who waits for nothing; an act without its skill is never called."""

    address: Address

    def says(self, text: str) -> None: ...
    async def taps(self, label: str) -> None:
        """Tap the button with that label, its number left out, on the newest that has it."""

    def sends_sticker(self) -> None: ...
    def sends_photo(self, content: bytes) -> None: ...
    def sends_voice(self, content: bytes) -> None: ...
    def sends_document(self, name: str, content: bytes) -> None: ...
    def shares_contact(self, phone: str, *, own: bool) -> None: ...
    def shares_location(self, latitude: float, longitude: float) -> None: ...
    async def sees(self) -> list[Seen]:
        """Look at the bot's messages on the phone, oldest first."""

    async def opens(self) -> list[bytes]:
        """Open every file that the bot has sent, and every link to one."""


class Rig(Protocol):
    """One channel, real on our side, with people and a service on the other."""

    sender: Sender
    lan: Person
    may: Person
    files: Files  # where we keep what letters bring
    limit: int  # of a message's text, in UTF-16 units; asked only where there is a SERVICE
    ambiguous: type[TryLater]  # raised when nobody knows whether the letter was sent
    secrets: tuple[str, ...]  # what must never be read in a log or an error

    async def told(self) -> None:
        """Wait until all that people did is acknowledged, or until the door has broken once."""

    def waiting(self) -> int:
        """How many things the bot has not acknowledged."""

    async def tells_again(self, order: Callable[[list[int]], list[int]]) -> None:
        """Tell all that was ever told once more, as places in that list; wait as ``told`` does."""

    def files_in(self) -> list[tuple[str, bytes]]:
        """The kind and the content of every file that came in."""

    def fails(self, fault: Fault, person: Person | None = None) -> None:
        """Let the next send (to that person) meet the fault."""

    async def mends(self) -> None:
        """Let the service be well again."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a rig is made (``module:function``; imported when first needed), and its skills."""

    rig: str
    skills: frozenset[Skill]

    def open(self, door: Door, database: Database) -> AbstractAsyncContextManager[Rig]:
        """Start the channel with that door; the database is for channels that keep things."""
        module, _, name = self.rig.partition(":")
        make = getattr(importlib.import_module(module), name)
        return cast("AbstractAsyncContextManager[Rig]", make(door, database))


CONSOLE = frozenset({Skill.BUTTONS, Skill.CONTACT, Skill.VOUCHED, Skill.LOCATION})
PLAIN = frozenset({Skill.PHOTO, Skill.FILES})
RICH = PLAIN | {Skill.BUTTONS, Skill.CONTACT, Skill.LOCATION, Skill.VOICE, Skill.DOCUMENT}
TELEGRAM = RICH | {Skill.VOUCHED, Skill.SERVICE}
ZALO = PLAIN | {Skill.VOICE, Skill.SERVICE}

CHANNELS: Mapping[str, Channel] = {
    "browser": Channel("tests.channels.browser_rig:opened", RICH),
    "console": Channel("tests.channels.console_rig:opened", CONSOLE),
    "telegram-polling": Channel("tests.channels.telegram_rig:polling", TELEGRAM),
    "telegram-webhook": Channel("tests.channels.telegram_rig:webhook", TELEGRAM),
    "zalo-polling": Channel("tests.channels.zalo_rig:polling", ZALO),
    "zalo-webhook": Channel("tests.channels.zalo_rig:webhook", ZALO),
    "zalo-oa": Channel(
        "tests.channels.zalo_oa_rig:opened", ZALO | {Skill.LOCATION, Skill.DOCUMENT}
    ),
}


def services() -> dict[str, list[str]]:
    """The channels by the service behind them: how a bot hears makes no other service."""
    found: dict[str, list[str]] = {}
    for name in CHANNELS:
        found.setdefault(re.sub("-(polling|webhook)$", "", name), []).append(name)
    return found


def channels_with(*skills: Skill) -> list[str]:
    """The names of the channels that have all these skills; there must be one."""
    found = [name for name, channel in CHANNELS.items() if channel.skills.issuperset(skills)]
    assert found, f"no channel has {skills}"
    return found
