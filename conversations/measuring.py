"""Kinds of answers that are read as a value: places, product sets, shares, dates, telephones."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Readable
from conversations.reading import Read, Unclear, Wrong
from programme import products
from programme.folding import fold
from programme.places import Found, Match, places
from programme.products import ProductSet

_MOST = 3
_PAGE = 4
_STARS = re.compile(r"(?<=[\w ]) ?(?:sao|stars?|s)$")


@dataclass(frozen=True, slots=True)
class CommuneKind(Kind):
    """A commune of today, found by its new or an old name; always read back before it is stored."""

    name: ClassVar[str] = "commune"
    recalls: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        """The best matches; joined with what was said before, if that alone was too little."""
        found = places().look(f"{text}, {asked.said}") if asked.said else places().look(text)
        if asked.said and not found.matches:
            found = places().look(text)
        values = tuple(_commune(match) for match in found.matches)
        match values:
            case ():
                return _no_commune(text, found)
            case (value,):
                return Read(value, sure=False)
            case _:
                return Unclear(values, found.ways)


def _commune(match: Match) -> dict[str, Any]:
    commune = match.commune
    name = f"{commune.kind} {commune.name}"
    return {"code": commune.code, "name": name, "province": commune.province, "via": match.via}


def _no_commune(text: str, found: Found) -> Wrong:
    """Where only a district or a province was named, say so; it takes a commune to go on."""
    if not found.areas:
        return Wrong("commune")
    return Wrong(f"commune_{found.areas[0].level}", {"name": text.strip()[:60]})


@dataclass(frozen=True, slots=True)
class ProductSetKind(Kind):
    """One of the 26 product sets, by the product's name; never stored without a yes."""

    name: ClassVar[str] = "product_set"

    def read(self, text: str, asked: Asked) -> Readable:
        """At most three proposals."""
        del asked
        values = [as_set(p.set) for p in products.propose(text, most=_MOST)]
        if not values:
            return None
        return Read(values[0], sure=False) if len(values) == 1 else Unclear(tuple(values))

    def otherwise(self, refused: Sequence[Any], asked: Asked) -> Readable:
        """More sets of the group looked at, else the six groups unless it was them."""
        del asked
        if any("code" in value for value in refused):
            return None
        for group in products.groups():
            pages = _pages(group.name)
            if tuple(refused) in pages[:-1]:
                return Unclear(pages[pages.index(tuple(refused)) + 1])
        return Unclear(tuple(product_groups()))

    def pick(self, value: Any, asked: Asked) -> Readable:
        """A set is itself; a group leads to its sets, a few at a time."""
        del asked
        if "number" in value:
            return Read(value)
        first, *_ = _pages(value["name"])
        return Unclear(first) if len(first) > 1 else Read(first[0], sure=False)


def as_set(product_set: ProductSet) -> dict[str, Any]:
    """The set as it is stored: its number and its name in QĐ 26/2026, Phụ lục I."""
    return {"number": product_set.number, "name": product_set.name}


def product_groups() -> list[dict[str, Any]]:
    """The six groups, as they are offered when no set fits a name."""
    return [{"code": group.code, "name": group.name} for group in products.groups()]


def _pages(group: str) -> list[tuple[dict[str, Any], ...]]:
    """The sets of a group, a few at a time and none left alone, so that a letter can show them."""
    sets = [as_set(each) for each in products.product_sets() if each.group == group]
    pages, size = -(-len(sets) // _PAGE), len(sets)
    cuts = [size * page // pages for page in range(pages + 1)]
    return [tuple(sets[start:end]) for start, end in pairwise(cuts)]


@dataclass(frozen=True, slots=True)
class SharesKind(Kind):
    """How much of a raw material comes from the commune and from the province, in percent."""

    name: ClassVar[str] = "shares"
    numeric: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        """As ``{commune, province}``."""
        del asked
        return _as_records(readings.shares(text))


@dataclass(frozen=True, slots=True)
class LabourKind(Kind):
    """How many people work on it, and how many of them live in the commune."""

    name: ClassVar[str] = "labour"
    numeric: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        """As ``{total, local}``."""
        del asked
        return _as_records(readings.labour(text))


def _as_records(reading: Readable) -> Readable:
    match reading:
        case Read(value, sure):
            return Read(asdict(value), sure)
        case Unclear(candidates):
            return Unclear(tuple(asdict(candidate) for candidate in candidates))
        case other:
            return other


@dataclass(frozen=True, slots=True)
class MonthsKind(Kind):
    """The months in which the product is there."""

    name: ClassVar[str] = "months"

    def read(self, text: str, asked: Asked) -> Readable:
        """As a list of month numbers."""
        del asked
        match readings.months(text):
            case Read(value, sure):
                return Read(list(value), sure)
            case other:
                return other


@dataclass(frozen=True, slots=True)
class Star(Kind):
    """The wished-for rank: 3, 4 or 5 (QĐ 26/2026 gives no certificate for one or two stars)."""

    name: ClassVar[str] = "star"
    numeric: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        """The number itself, so it is never the place in a list."""
        del asked
        match readings.whole(_STARS.sub("", fold(text))):
            case Read(value, sure) if value in (3, 4, 5):
                return Read(value, sure)
            case Read():
                return Wrong("star")
            case _:
                return None


@dataclass(frozen=True, slots=True)
class DateKind(Kind):
    """A day, a month or a year that people know: ``2015``, ``2015-03`` or ``2015-03-12``."""

    name: ClassVar[str] = "date"
    past: bool = False

    def read(self, text: str, asked: Asked) -> Readable:
        """The date as precise as it was said; in the past where it must be."""
        reading = readings.partial_date(text, asked.today)
        match reading:
            case Read(value, _) if self.past and _after(value, asked.today):
                return Wrong("date_future")
            case _:
                return reading


@dataclass(frozen=True, slots=True)
class PastDay(Kind):
    """A whole day, today or earlier, as ``2027-04-20``."""

    name: ClassVar[str] = "date"

    def read(self, text: str, asked: Asked) -> Readable:
        """The day; one that is still to come is wrong."""
        match readings.date(text, asked.today, "past"):
            case Read(day, _) if day > asked.today:
                return Wrong("date_future")
            case Read(day, sure):
                return Read(day.isoformat(), sure)
            case Unclear(days):
                return Unclear(tuple(day.isoformat() for day in days))
            case _:
                return None


@dataclass(frozen=True, slots=True)
class DecisionDay(PastDay):
    """Such a day, and none before the day ``since`` of the facts."""

    def read(self, text: str, asked: Asked) -> Readable:
        """The day; one before that day is wrong, and so is what may mean one."""
        since = asked.facts.get("since", "")
        early = Wrong("date_early", {"since": since})
        match PastDay.read(self, text, asked):
            case Read(day, _) if day < since:
                return early
            case Unclear(days) if min(days) < since:
                return early
            case other:
                return other


def _after(value: str, today: date) -> bool:
    return value > today.isoformat()[: len(value)]


@dataclass(frozen=True, slots=True)
class Phone(Kind):
    """A telephone number of Viet Nam; a shared contact is one too."""

    name: ClassVar[str] = "phone"
    media: ClassVar[frozenset[str]] = frozenset({"contact"})

    def read(self, text: str, asked: Asked) -> Readable:
        """As ``0912345678``."""
        del asked
        return readings.phone(text)


@dataclass(frozen=True, slots=True)
class Email(Kind):
    """An e-mail address."""

    name: ClassVar[str] = "email"

    def read(self, text: str, asked: Asked) -> Readable:
        """In lower case."""
        del asked
        return readings.email(text)
