"""Producers on real channels, who wait a little before they answer twice what came twice."""

import asyncio
import contextlib
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.channels.phones import ChannelPhone
from tests.faults.phone import Line
from tests.faults.producer import Producer, question

AGAIN = 3.0  # seconds until she answers a second time what was asked a second time
_SORRY = ("em chưa ghi vào đâu", "Em sợ ghi nhầm chỗ")  # an answer came too early


@dataclass
class Talker(Producer):
    """Answers the newest question on her screen; says nothing that nobody asked for."""

    stuck: str = ""
    answered: int = 0
    answered_again: int = 0
    most_ideas: int = 0  # 0 is as many as she is asked for
    _last: str = ""

    @property
    def on(self) -> ChannelPhone:
        """Her phone."""
        assert isinstance(self.phone, ChannelPhone)
        return self.phone

    async def live(self) -> None:
        """Greet, register, and hand in ideas until nobody wants more of them."""
        try:
            await self._talk()
        except TimeoutError:
            last = self.phone.lines[-1].text if self.phone.lines else "nothing"
            self.stuck = f"{self.on.chat.chat} waits in vain after {self._last!r}: {last!r}"

    async def _talk(self) -> None:
        await self.phone.say("chào em")
        line = await self._next_question(0)
        while not self._is_done(line):
            await asyncio.sleep(self.pace())
            line = self._newest(line.seq) or line
            await self._answer(line)
            line = await self._next_but(line)

    def _is_done(self, line: Line) -> bool:
        enough = self.ideas >= self.most_ideas if self.most_ideas else not self.wants_more
        return question(line) == "done" and enough

    async def _answer(self, line: Line) -> None:
        asked = question(line)
        self.answered += 1
        if asked == self._last and asked not in {"confirm", "done"}:
            self.answered_again += 1
            self.ideas -= asked == "idea.ask_name"  # the same one still
        self._last = asked
        await super()._answer(line)

    async def _next_but(self, answered: Line) -> Line:
        """The next question; the one just answered only when nothing else comes of the answer."""
        line = await self._next_question(answered.seq)
        if not _same(line, answered):
            return line
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AGAIN):
                while _same(line, answered) and not self._was_told_so(answered.seq):
                    self.phone.new.clear()
                    await self.phone.new.wait()
                    line = self._newest(line.seq) or line
        return line

    def _was_told_so(self, after: int) -> bool:
        later = [line.text for line in self.phone.lines if line.seq > after]
        return any(sorry in text for text in later for sorry in _SORRY)


def _same(line: Line, other: Line) -> bool:
    return (line.text, line.choices) == (other.text, other.choices)


def seen_twice(one: Talker) -> tuple[int, int]:
    """How many letters she saw twice in a row, and how many of these were questions."""
    twice = [line for before, line in pairwise(one.phone.lines) if _same(before, line)]
    return len(twice), sum(bool(question(line)) for line in twice)
