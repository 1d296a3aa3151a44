"""Long work goes by the handful: between two others have their turn, and it can be ended."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

BREATH = 0.005  # seconds between handfuls, in which others come to their turn to write
YIELDING = 2.0  # as long as a handful took, so many times over, it waits while people talk
LONGEST = 1.0  # seconds that it waits at most
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the clock's long work goes: slower while people talk, and no further once ended."""

    is_talking: Callable[[], bool] = lambda: False
    _ended: Event = field(default_factory=Event)

    def through(self, handfuls: Iterable[T]) -> Iterator[T]:
        """Give them one by one, with a pause behind each; no more of them once all is to end."""
        began = time.monotonic()
        for each in handfuls:
            yield each
            took = time.monotonic() - began
            if self._ended.wait(min(took * YIELDING, LONGEST) if self.is_talking() else BREATH):
                return
            began = time.monotonic()

    def finish(self, handfuls: Iterable[object]) -> bool:
        """Let all be done that giving the next of them does; false when that was cut short."""
        for _ in self.through(handfuls):
            pass
        return not self.has_ended

    def end(self) -> None:
        """Let the work under way end behind the handful that it is at."""
        self._ended.set()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to be begun."""
        return self._ended.is_set()
