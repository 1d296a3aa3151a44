"""Kinds of answers about what is to come: a day, a round of an office's calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.messages import Message
from conversations.reading import Read, Unclear, Wrong
from conversations.readings.choices import Option
from conversations.readings.spans import span
from programme import rounds

_MOST = 4  # rounds in one letter
_WORDS = ("dot", "round")


@dataclass(frozen=True, slots=True)
class ComingDay(Kind):
    """A whole day, today or later, as ``2027-04-20``; without a year it is the next such day."""

    name: ClassVar[str] = "date"

    def read(self, text: str, asked: Asked) -> Readable:
        """The day; one that has gone by is wrong."""
        match readings.date(text, asked.today, "future"):
            case Read(day, _) if day < asked.today:
                return Wrong("date_past")
            case Read(day, sure):
                return Read(day.isoformat(), sure)
            case Unclear(days):
                return Unclear(tuple(day.isoformat() for day in days))
            case _:
                return None


@dataclass(frozen=True, slots=True)
class ComingMoment(Kind):
    """Such a day, and perhaps the time of day in Viet Nam, as ``2027-04-20T14:30``.

    A time alone is today's.
    """

    name: ClassVar[str] = "moment"

    def read(self, text: str, asked: Asked) -> Readable:
        """The day with the time behind it; a day that has gone by is wrong."""
        found = readings.clock(text)
        if found is None:
            return ComingDay().read(text, asked)
        day = ComingDay().read(found.rest, asked) if found.rest else Read(asked.today.isoformat())
        match day:
            case Read(on, sure):
                return Read(f"{on}T{found.at:%H:%M}", sure)
            case Unclear(days):
                return Unclear(tuple(f"{on}T{found.at:%H:%M}" for on in days))
            case other:
                return other


@dataclass(frozen=True, slots=True)
class ComingDays(Kind):
    """From a day to a day, as ``{from, to}`` in ISO texts; one day alone is both."""

    name: ClassVar[str] = "days"

    def read(self, text: str, asked: Asked) -> Readable:
        """The days; what is over is wrong."""
        match span(text, asked.today):
            case Read(found, _) if found.last < asked.today:
                return Wrong("date_past")
            case Read(found, sure):
                value = {"from": found.first.isoformat(), "to": found.last.isoformat()}
                return Read(value, sure)
            case _:
                return None


@dataclass(frozen=True, slots=True)
class OfficeRound(Kind):
    """A round that an office still works on: ``facts["rounds"]``, else the next of the law."""

    name: ClassVar[str] = "round"

    def read(self, text: str, asked: Asked) -> Readable:
        """By number in the list, or as "đợt 1", "đợt 1/2027"."""
        there = _there(asked)
        options = tuple(Option(str(at), _called(each)) for at, each in enumerate(there))
        match readings.choice(text, options):
            case Read(at, sure):
                return Read(there[int(at)], sure)
            case Unclear(places):
                return Unclear(tuple(there[int(at)] for at in places))
            case _:
                return None

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """All of them, the nearest first."""
        return tuple(
            Offer(each["key"], each, Message("values.round", {"value": each}))
            for each in _there(asked)
        )


def _there(asked: Asked) -> list[dict[str, Any]]:
    given = asked.facts.get("rounds") or [
        {"key": each.key, "number": each.number, "year": each.year}
        for each in rounds.upcoming(asked.today, most=2)
    ]
    return list(given[:_MOST])


def _called(each: Mapping[str, Any]) -> tuple[str, ...]:
    number, year = each["number"], each["year"]
    said = (f"{number} {year}", f"{number} nam {year}", f"{number}")
    return tuple(f"{word} {told}" for word in _WORDS for told in said)
