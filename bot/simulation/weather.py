"""When a simulated year's bot, or its network, is away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from programme import quiet

LONGEST = 72  # hours
_LEAST = timedelta(minutes=2)  # that it takes to tell and to send
_LOOK = timedelta(minutes=10)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Weather:
    """Spans in which the bot stands still, and spans in which its letters do not leave."""

    outages: tuple[Span, ...]
    no_network: tuple[Span, ...]

    def back(self, at: datetime) -> datetime:
        """When the bot runs again, which is at once when it runs."""
        return next((end for begin, end in self.outages if begin <= at < end), at)

    def connected(self, at: datetime) -> bool:
        """Whether letters leave."""
        return self.connects(at) == at

    def connects(self, at: datetime) -> datetime:
        """When letters leave again, which is at once when they do."""
        return next((end for begin, end in self.no_network if begin <= at < end), at)

    def could_tell(self, begin: datetime, end: datetime) -> bool:
        """Whether there was a time in that span in which a letter could be made and sent."""
        at = begin
        while at + _LEAST < end:
            run = self.back(at)
            if run == at and self.connected(at) and not quiet.is_quiet(at):
                return True
            at = max(at + _LOOK, run)
        return False


def weather(chance: Random, begin: datetime, end: datetime, times: int) -> Weather:
    """So many outages of the bot up to three days each, and as many of its network."""
    return Weather(
        _spans(chance, begin, end, times, LONGEST), _spans(chance, begin, end, times, LONGEST)
    )


def _spans(
    chance: Random, begin: datetime, end: datetime, times: int, most: int
) -> tuple[Span, ...]:
    hours = int((end - begin).total_seconds() // 3600)
    starts = sorted(chance.sample(range(hours), times))
    spans: list[Span] = []
    for start in starts:
        at = begin + timedelta(hours=start, minutes=chance.randrange(60))
        if not spans or at > spans[-1][1]:
            spans.append((at, at + timedelta(hours=chance.uniform(0.2, most))))
    return tuple(spans)
