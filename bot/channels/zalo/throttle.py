"""How long a bot keeps silent after "too many": Zalo does not say, and does not say why."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

FIRST = 8.0  # seconds, doubled by each further refusal
LONGEST = 300.0
SILENT_AFTER = 2  # refusals in a row; the first may have been for one chat alone
OPEN_AFTER = 5  # refusals in a row that look like a month's quota and no more like a burst


@dataclass(slots=True)
class Throttle:
    """One bot's silence. Refusals of what was under way together count as one.

    The first refusal makes its own letter wait, the second in a row all letters of the bot.
    """

    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random
    _refusals: int = 0
    _refused_at: float = -1.0
    _until: float = 0.0

    @property
    def urgent_only(self) -> bool:
        """Whether to try nothing any more but answers to people who wait."""
        return self._refusals >= OPEN_AFTER

    def wait(self) -> timedelta | None:
        """How long to be silent still; None when one may speak."""
        left = self._until - self.clock()
        return timedelta(seconds=left) if left > 0 else None

    def refused(self, began: float) -> timedelta:
        """Note the refusal of a call that began then; how long its letter should wait."""
        if began > self._refused_at:
            self._refusals += 1
            self._refused_at = self.clock()
        pause = min(LONGEST, FIRST * 2.0 ** (self._refusals - 1)) * (1 + self.jitter() / 2)
        if self._refusals >= SILENT_AFTER:
            self._until = max(self._until, self._refused_at + pause)
        return timedelta(seconds=pause)

    def accepted(self) -> None:
        """The bot was heard: all is well."""
        self._refusals, self._until = 0, 0.0
