"""Whose turn it is: what is no answer goes evenly, as fast as the service takes it and no faster.

A service counts what reaches it within a second, and nobody here knows when a letter reaches it. So
each counts from when it goes until a second after its answer came: by then the service counts it no
more, however long the way is. Answers count too, but wait for nobody here.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

SPARE = 0.25  # seconds of a bot's pace that may be in our hands, for a look that comes late
LEAST = 2  # letters that may be in our hands even of a slow bot
SPAN = 1.0  # seconds that a service looks back
EVENLY = 0.9  # of what lies between two letters; if many went at once, answers would wait for all
LATE = 3  # turns that were missed as we came late, and may be taken at once
IN_A_ROW = 3  # chats that are told to wait one after the other: then it is the bot that is meant

Lane = tuple[str, str]  # a channel, and one of our bots there


@dataclass(slots=True)
class _Bot:
    """What one bot has going."""

    most: int
    span: float  # seconds in which it may send so many
    next_at: float  # when the next that is no answer may go
    counted: int = 0
    refused: int = 0  # in a row
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    alarm: asyncio.TimerHandle | None = None

    @property
    def gap(self) -> float:
        """The seconds between two that are no answers."""
        return EVENLY * self.span / self.most


@dataclass(slots=True)
class Pacing:
    """Every bot's turns, in the loop that sends."""

    clock: Callable[[], float] = time.monotonic
    _bots: dict[Lane, _Bot] = field(default_factory=dict)
    _from: float = 0.0

    def rest(self) -> None:
        """Let what is no answer wait for a second: who knows what the process before us sent."""
        self._from = self.clock() + SPAN

    async def turn(self, lane: Lane, pace: float) -> None:
        """Wait until a letter may go that is no answer; it counts from now on."""
        bot = self._bot(lane, pace)
        mine = asyncio.get_running_loop().create_future()
        bot.waiting.append(mine)
        self._let(bot)
        await mine

    def count(self, lane: Lane, pace: float) -> None:
        """Count an answer that goes now."""
        self._bot(lane, pace).counted += 1

    def done(self, lane: Lane) -> None:
        """A letter that counted was answered: it does so for a second yet."""
        bot = self._bots[lane]
        asyncio.get_running_loop().call_later(bot.span, self._forget, bot)

    def told(self, lane: Lane, wait: timedelta | None) -> None:
        """A chat was told to wait, or with None was not; if many are in a row, the bot waits."""
        bot = self._bots.get(lane)
        if bot is None:
            return
        bot.refused = bot.refused + 1 if wait else 0
        if wait and bot.refused >= IN_A_ROW:
            bot.next_at = max(bot.next_at, self.clock() + wait.total_seconds())

    def _bot(self, lane: Lane, pace: float) -> _Bot:
        if lane not in self._bots:
            most = max(1, int(pace))
            self._bots[lane] = _Bot(most, SPAN * most / pace, self._from)
        return self._bots[lane]

    def _forget(self, bot: _Bot) -> None:
        bot.counted -= 1
        self._let(bot)

    def _let(self, bot: _Bot) -> None:
        """Let go whoever may."""
        while bot.waiting and bot.counted < bot.most:
            now = self.clock()
            if now < bot.next_at:
                self._wake(bot, bot.next_at - now)
                return
            first = bot.waiting.popleft()
            if not first.done():
                bot.counted += 1
                bot.next_at = max(bot.next_at, now - LATE * bot.gap) + bot.gap
                first.set_result(None)

    def _wake(self, bot: _Bot, seconds: float) -> None:
        if bot.alarm:
            bot.alarm.cancel()
        bot.alarm = asyncio.get_running_loop().call_later(seconds, self._let, bot)


def in_hand(pace: float) -> int:
    """How many letters that are no answers may be in our hands at that pace."""
    return max(LEAST, int(pace * SPARE))
