"""Kinds of answers that are chosen: yes or no, one option, several, one of the facts, a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.messages import Message
from conversations.reading import Read, Unclear, Wrong
from conversations.readings.choices import Option
from programme import rounds

# What one letter can list beside the question; who has more records types the name.
_MOST = 8
_ROOM = 170
_ROUND = ("dot", "round")
_FEWEST = 2  # rounds to choose from
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class YesNo(Kind):
    """Yes or no."""

    name: ClassVar[str] = "yes_no"

    def read(self, text: str, asked: Asked) -> Readable:
        """In any form that people say it, or by its number."""
        del asked
        digit = {"1": True, "2": False}.get(text.strip())
        return Read(digit) if digit is not None else readings.yes_no(text)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """Yes first."""
        del asked
        yes, no = Message("engine.yes"), Message("engine.no")
        return (Offer("yes", True, yes), Offer("no", False, no))


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few options, whose labels are ``<form>.<question>_<option>``."""

    name: ClassVar[str] = "choice"
    options: tuple[Option, ...]

    def read(self, text: str, asked: Asked) -> Readable:
        """By number, by word, without marks, with a typo."""
        del asked
        reading = readings.choice(text, self.options)
        if not self._is_yes_or_no() or (isinstance(reading, Read) and reading.sure):
            return reading
        match readings.yes_no(text):
            case Read(said, True):
                return Read("yes" if said else "no")
            case _:
                return None

    def _is_yes_or_no(self) -> bool:
        return {option.value for option in self.options} == {"yes", "no"}

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """All options in order."""
        return _labelled(self.options, asked)


@dataclass(frozen=True, slots=True)
class Choices(Kind):
    """Any number of options: typed in one message (``1 3 4``) or tapped one by one."""

    name: ClassVar[str] = "choices"
    collects: ClassVar[bool] = True
    options: tuple[Option, ...]

    def read(self, text: str, asked: Asked) -> Readable:
        """All that one message names; none of them is an answer too."""
        del asked
        match readings.choices(text, self.options):
            case Read(value, sure):
                return Read(list(value), sure)
            case Unclear(candidates):
                return Unclear(tuple(list(candidate) for candidate in candidates))
            case other:
                return other

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """All options in order."""
        return _labelled(self.options, asked)

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """The option, once."""
        return None if new in parts else new


def _labelled(options: tuple[Option, ...], asked: Asked) -> tuple[Offer, ...]:
    prefix = f"{asked.form}.{asked.key}_"
    return tuple(Offer(o.value, o.value, Message(prefix + o.value)) for o in options)


@dataclass(frozen=True, slots=True)
class FactChoice(Kind):
    """One of the records that the run was given: ``facts[fact]`` holds ``{value, label}`` each."""

    name: ClassVar[str] = "fact"
    ages: ClassVar[bool] = True
    fact: str

    def read(self, text: str, asked: Asked) -> Readable:
        """By number or by label."""
        facts = asked.facts.get(self.fact, [])
        options = tuple(Option(str(i), _names(fact["label"])) for i, fact in enumerate(facts))
        return _by_index(readings.choice(text, options), facts)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The records in order, as many as a letter can show."""
        facts = asked.facts.get(self.fact, [])[:_MOST]
        room = _ROOM // max(1, len(facts))
        return tuple(Offer(str(i), f, _cut(f["label"], room)) for i, f in enumerate(facts))

    def stale(self, value: Any, asked: Asked) -> bool:
        """A record that is no longer among the facts."""
        return value not in asked.facts.get(self.fact, [value])


def _cut(label: str, room: int) -> str:
    return label if len(label) <= room else f"{label[: room - 1].rstrip()}…"


def _names(label: str) -> tuple[str, ...]:
    """The label, and what is left of it without its first word ("HTX")."""
    first, _, rest = label.partition(" ")
    return (label, rest) if rest else (first,)


@dataclass(frozen=True, slots=True)
class RoundKind(Kind):
    """One of the next provincial rounds that the commune's proposal can still reach.

    ``facts["rounds"]`` has those of the producer's home, ``{key, number, year, before}`` each.
    """

    name: ClassVar[str] = "round"
    ages: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        """By number in the list, or as "đợt 1", "đợt 1/2027"."""
        coming = self._coming(asked)
        options = tuple(
            Option(str(i), tuple(f"{word} {said}" for word in _ROUND for said in _said(r)))
            for i, r in enumerate(coming)
        )
        return _by_index(readings.choice(text, options), coming)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The rounds of the next twelve months, and two at least."""
        return tuple(
            Offer(value["key"], value, Message("values.round", {"value": value}))
            for value in self._coming(asked)
        )

    def stale(self, value: Any, asked: Asked) -> bool:
        """A round whose proposals have closed can no longer be joined."""
        return all(value["key"] != r["key"] for r in self._coming(asked))

    def _coming(self, asked: Asked) -> list[dict[str, Any]]:
        """Those that the facts name and that are open; of the rules where these are all over."""
        known, today = asked.facts.get("rounds", ()), asked.today
        open_ = [each for each in known if today.isoformat() < each["before"]]
        soon = (today + _A_YEAR).isoformat()
        near = [
            each for place, each in enumerate(open_) if place < _FEWEST or each["before"] < soon
        ]
        if len(near) < _FEWEST:
            return [dict(value) for value in _coming_rounds(today)]
        return [{name: each[name] for name in ("key", "number", "year")} for each in near]


def _said(value: dict[str, Any]) -> tuple[str, str]:
    return f"{value['number']} {value['year']}", f"{value['number']}"


@lru_cache(maxsize=8)
def _coming_rounds(today: date) -> tuple[dict[str, Any], ...]:
    coming = rounds.upcoming(today, most=_FEWEST)
    return tuple({"key": r.key, "number": r.number, "year": r.year} for r in coming)


def _by_index(reading: Readable, records: Sequence[Any]) -> Readable:
    match reading:
        case Read(value, sure):
            return Read(records[int(value)], sure)
        case Unclear(candidates):
            return Unclear(tuple(records[int(index)] for index in candidates))
        case other:
            return other
