"""How much a bot may send now of what is no answer: little and often, after the answers."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

SPARE = 0.25  # seconds of a bot's pace that may be saved up, for a look that comes late
LEAST = 2.0  # letters that may be saved up even by a slow bot


@dataclass(slots=True)
class _Purse:
    left: float
    at: float


@dataclass(slots=True)
class Pacing:
    """Each bot's purse: filled by time, emptied by every letter, its answers too."""

    clock: Callable[[], float] = time.monotonic
    _purses: dict[tuple[str, str], _Purse] = field(default_factory=dict)

    def free(self, lane: tuple[str, str], pace: float) -> int:
        """How many letters may go now at so many a second."""
        now = self.clock()
        most = max(LEAST, pace * SPARE)
        purse = self._purses.setdefault(lane, _Purse(most, now))
        purse.left = min(most, purse.left + (now - purse.at) * pace)
        purse.at = now
        return max(0, int(purse.left))

    def spend(self, lane: tuple[str, str], letters: int) -> None:
        """Count letters that go, also answers, which nothing holds back."""
        if lane in self._purses:
            self._purses[lane].left -= letters
