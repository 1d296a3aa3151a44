"""Files that people send: channels tell where they lie, and do not fetch them themselves."""

from dataclasses import dataclass
from typing import Literal, Protocol

from conversations.events import Address, Event


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that lies with a service: its address or id there, and what is said about it.

    ``size`` is in bytes, 0 where nobody knows.
    """

    source: str
    kind: Literal["photo", "file", "voice"]
    name: str = ""
    size: int = 0
    caption: str = ""


class NotFetched(Exception):
    """The file could not be had; ``gone`` when trying again is of no use."""

    def __init__(self, why: str, *, gone: bool) -> None:
        super().__init__(why)
        self.gone = gone


class Door(Protocol):
    """Where events go in, which is reception."""

    async def receive(self, event: Event) -> None:
        """Hear the event; returns after the commit of all that follows from it."""
        ...


class Intake(Protocol):
    """Where files are announced; it fetches and judges them, and makes the event itself."""

    async def expected(self, event_key: str, address: Address, remote: Remote) -> None:
        """Note the file to be fetched; returns after the commit. A key counts once."""
        ...
