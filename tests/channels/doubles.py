"""What stands behind a channel in its tests: a door that can be shut or broken."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from conversations.events import Event


@dataclass
class ListDoor:
    """Writes down what it is told; breaks as often as ``breaks`` says, and waits while shut."""

    heard: list[Event] = field(default_factory=list)
    breaks: int = 0
    failures: int = 0
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _knocked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._open.set()

    async def receive(self, event: Event) -> None:
        self._knocked.set()
        await self._open.wait()
        if self.breaks:
            self.breaks -= 1
            self.failures += 1
            raise OSError("the disk is full")
        self.heard.append(event)

    def shut(self) -> None:
        """Let everybody wait who comes."""
        self._open.clear()

    def open(self) -> None:
        """Let them in."""
        self._open.set()

    async def knocked(self) -> None:
        """Wait until somebody has come."""
        await asyncio.wait_for(self._knocked.wait(), 5)

    def texts(self) -> list[str]:
        return [getattr(event.content, "text", "") for event in self.heard]


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and all those behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
