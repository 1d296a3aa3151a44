"""Many people at once, each with one message under way, and how long their answers take."""

import asyncio
import resource
import time
from collections.abc import Sized
from dataclasses import dataclass
from typing import Protocol

from benchmarks.bots.script import TALK, update

PATIENCE = 120.0  # seconds without any answer: then something is lost


class Bot(Protocol):
    """A bot under test: updates go in as bytes, ``tell`` returns when their answer has gone out."""

    @property
    def finished(self) -> Sized:
        """The forms that were handed in."""
        ...

    async def open(self) -> None:
        """Get ready."""
        ...

    async def close(self) -> None:
        """End."""
        ...

    async def tell(self, person: int, at: int, body: bytes) -> None:
        """Take one update to its end."""
        ...

    def button(self, person: int, place: int) -> str:
        """What the button at that place of the last letter brings back."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run has shown: updates a second, CPU an update, latencies, and memory at its peak."""

    updates: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    rss_mb: float
    finished: int


class Crowd:
    """People who talk to one bot, and the clock beside them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._took: list[float] = []
        self._next: dict[int, int] = {}

    @property
    def took(self) -> list[float]:
        """How many seconds each answer of the last run took."""
        return self._took

    async def all_at_once(self, first: int, people: int) -> Figures:
        """Everybody plays the whole talk, as fast as the answers come."""
        began, cpu = time.perf_counter(), time.process_time()
        self._took = []
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as talks:
            for person in range(first, first + people):
                talks.create_task(self._talk(person))
        return self._figures(time.perf_counter() - began, time.process_time() - cpu)

    async def steadily(self, first: int, people: int, rate: float, seconds: float) -> Figures:
        """So many updates a second, evenly, each from the person who has waited longest."""
        self._took = []
        self._next = dict.fromkeys(range(first, first + people), 0)
        began, cpu, count = time.perf_counter(), time.process_time(), int(rate * seconds)
        async with asyncio.timeout(PATIENCE + seconds), asyncio.TaskGroup() as messages:
            for number in range(count):
                due = began + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                messages.create_task(self._following(first + number % people, due))
        return self._figures(time.perf_counter() - began, time.process_time() - cpu)

    async def _talk(self, person: int) -> None:
        for at in range(len(TALK)):
            await self._say(person, at, time.perf_counter())

    async def _following(self, person: int, since: float) -> None:
        at = self._next[person]
        self._next[person] = at + 1
        await self._say(person, at, since)

    async def _say(self, person: int, at: int, since: float) -> None:
        said = TALK[at]
        data = self._bot.button(person, said.button) if said.button >= 0 else ""
        await self._bot.tell(person, at, update(person, at, said.text, data))
        self._took.append(time.perf_counter() - since)

    def _figures(self, seconds: float, cpu: float) -> Figures:
        took, count = sorted(self._took), len(self._took)
        return Figures(
            updates=count / seconds,
            cpu_us=cpu / count * 1e6,
            p50_ms=took[count // 2] * 1000,
            p99_ms=took[count * 99 // 100] * 1000,
            rss_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            finished=len(self._bot.finished),
        )
