"""Turning a demo's clock: nothing that is due on the way is jumped over.

Each thing happens at its own time, and its letters are on the phones before time goes on.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import TurnedClock, WrongTime

MOST_STOPS = 2000  # at which something is due, in one turning
PATIENCE = 20.0  # seconds that one turning may take
STRIDE = timedelta(hours=1)  # how far time goes on while something that was due is left undone
SETTLES = 3.0  # seconds that the letters of one stop may take
LOOK_AGAIN = 0.01  # seconds between looks whether they are on the phones


class Busy(Exception):
    """The clock is being turned already."""


@dataclass(frozen=True, slots=True)
class Turned:
    """At how many times something was due on the way, and where it stopped short, if it did."""

    events: int
    until: datetime | None = None  # what it was to be turned to, when that was too far for once


@dataclass(slots=True)
class Turner:
    """Turns the clock from one due thing to the next, up to where it was to go.

    ``next_due`` gives, at that time, when the first thing is due that is not done; ``tick`` does
    all that is due by now, and ``settle`` returns when what came of it is delivered.
    """

    clock: TurnedClock
    next_due: Callable[[datetime], datetime | None]
    tick: Callable[[], None]
    settle: Callable[[], Awaitable[None]]
    is_quiet: Callable[[datetime], bool]  # whether nobody is written to unasked at that time
    watch: Callable[[], float] = time.monotonic
    _busy: bool = False

    async def turn(self, to: datetime) -> Turned:
        """Turn to that time. Raises WrongTime as its check does, and Busy."""
        with self._alone():
            self.clock.check(to)
            return await self._run(to)

    async def turn_to_next(self) -> Turned:
        """Turn to the next thing that is due, if there is one. Raises Busy."""
        with self._alone():
            at = self.clock()
            await self._stop(at)
            due = await self._following(at)
            return await self._run(due) if due else Turned(0)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if self._busy:
            raise Busy
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    async def _run(self, to: datetime) -> Turned:
        """Stop now, at each time up to that one at which something is due, and there."""
        ends, events, at = self.watch() + PATIENCE, 0, self.clock()
        await self._stop(at)
        while (due := await self._following(at)) and due <= to:
            if events == MOST_STOPS or self.watch() >= ends:
                return Turned(events, to)
            await self._stop(due)
            events, at = events + 1, due
        if at < to:
            await self._stop(to)
        return Turned(events)

    async def _following(self, at: datetime) -> datetime | None:
        """Where to stop next. What a tick leaves undone must not keep the time from going on."""
        due = await asyncio.to_thread(self.next_due, at)
        return due if due is None or due > at else at + STRIDE

    async def _stop(self, at: datetime) -> None:
        """Let it be that time, and what is due then come to its end."""
        await asyncio.to_thread(self._tick, at)
        await self.settle()

    def _tick(self, at: datetime) -> None:
        with contextlib.suppress(WrongTime):  # time runs: meanwhile it has come by itself
            self.clock.turn_to(at)
        self.tick()


@dataclass(frozen=True, slots=True)
class Settling:
    """Waits until what a tick has begun is delivered, and not for ever.

    ``heard`` returns when all that was told is heard, ``due`` says whether a letter still waits
    that may go now.
    """

    heard: Callable[[], Awaitable[None]]
    due: Callable[[], bool]

    async def __call__(self) -> None:
        """Wait."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLES):
                await self.heard()
                while await asyncio.to_thread(self.due):
                    await asyncio.sleep(LOOK_AGAIN)
                    await self.heard()
