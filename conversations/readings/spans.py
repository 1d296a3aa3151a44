"""Days from one to another: "24/12 den 28/12", "24-28/12/2026", "tu 24 den 28 thang 12"."""

import re
from dataclasses import dataclass
from datetime import date

from conversations.reading import Read, Reading
from conversations.readings.dates import date as one_day
from conversations.readings.day import Asked, solar
from programme.folding import fold

_DASHES = str.maketrans("–—", "--")
_MONTH = r"(?: ?[/.] ?| thang )"
_YEAR = r"(?: ?[/.] ?| nam )"
_FIRST = rf"(?P<d1>\d{{1,2}})(?:{_MONTH}(?P<m1>\d{{1,2}})(?:{_YEAR}(?P<y1>\d{{4}}|\d{{2}}))?)?"
_LAST = rf"(?P<d2>\d{{1,2}}){_MONTH}(?P<m2>\d{{1,2}})(?:{_YEAR}(?P<y2>\d{{4}}|\d{{2}}))?"
_TO = r" ?(?:-|,? ?den|toi|to|until)(?: het)?(?: ngay)? ?"
_SPAN = re.compile(rf"(?<![\d/.]){_FIRST}{_TO}{_LAST}(?![\d/])")
_LONGEST = 366  # days that an event may last


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both among them."""

    first: date
    last: date


def span(text: str, today: date) -> Reading[Span]:
    """The days; one day alone is the first and the last. Without a year they are the next such."""
    if found := inside(text, today):
        return Read(found)
    match one_day(text, today, "future"):
        case Read(day, sure):
            return Read(Span(day, day), sure)
        case _:
            return None


def inside(text: str, today: date) -> Span | None:
    """The first such days that stand anywhere in the text."""
    said = fold(text.translate(_DASHES))
    spans = (_read(found, today) for found in _SPAN.finditer(said))
    return next(filter(None, spans), None)


def _read(found: re.Match[str], today: date) -> Span | None:
    asked = Asked(today, "future")
    year = found["y2"] or found["y1"]
    day, month = int(found["d2"]), int(found["m2"])
    if year:
        last = solar(day, month, asked.full_year(year))
    else:
        last = asked.choose(lambda year: solar(day, month, year))
    if last is None:
        return None
    first = _first(found, last, asked)
    return Span(first, last) if first and 0 <= (last - first).days < _LONGEST else None


def _first(found: re.Match[str], last: date, asked: Asked) -> date | None:
    """In the month and the year of the last day, where its own are not said."""
    month = int(found["m1"] or last.month)
    year = asked.full_year(found["y1"]) if found["y1"] else last.year - (month > last.month)
    return solar(int(found["d1"]), month, year)
