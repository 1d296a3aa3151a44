"""The days that officers type one after the other, with ranges among them, and what follows."""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple
from unicodedata import normalize

from conversations import readings
from conversations.reading import Read
from programme.folding import fold

MOST = 31  # days at once
_WHOLE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?(?![\d/])")
_NUMBER = re.compile(r"\d{1,2}(?!\d)")  # a day whose month stands behind the next one
_BETWEEN = re.compile(r"[\s,;+&–—-]*(?:[^\W\d]{2,5}\s+){0,3}(?=\d)")
_PIECE = re.compile(r"[^\W\d]+|[–—-]")
_MONTH = re.compile(r"[/.-].*")
_AND = frozenset({"va", "and", "ngay", "on", "tu", "from"})
_TO = frozenset({"-", "–", "—", "den", "toi", "het", "to", "until"})
_A_DAY = timedelta(days=1)
_Sign = Literal["and", "to"]


class Days(NamedTuple):
    """The days, the first that is in no calendar as it was typed, and the words after them."""

    days: tuple[date, ...] = ()
    wrong: str = ""
    rest: str = ""


class _Typed(NamedTuple):
    sign: _Sign
    text: str
    end: int


def read(text: str, today: date) -> Days:
    """The days in order, each once, and one more than ``MOST`` at most; the first number begins."""
    told = normalize("NFC", text)
    typed = _typed(told)
    if not typed:
        return Days(rest=told)
    days: list[date] = []
    for sign, said, _ in _with_months(typed):
        day = one(said, _since(sign, days, today))
        if day is None:
            return Days(wrong=said)
        days += _up_to(days[-1], day) if sign == "to" and days else [day]
    once = tuple(sorted(set(days)))[: MOST + 1]
    return Days(once, "", told[typed[-1].end :])


def one(said: str, today: date) -> date | None:
    """The day, the next such one where no year is told; None where it is in no calendar."""
    match readings.date(said, today, "future"):
        case Read(day, _):
            return day
        case _:
            return None


def _typed(text: str) -> list[_Typed]:
    """What stands there for days, up to the first words that are no part of it."""
    found: list[_Typed] = []
    first = re.search(r"\d", text)
    at, sign = first.start() if first else len(text), _sign("")
    while sign and (here := _WHOLE.match(text, at) or _NUMBER.match(text, at)):
        found.append(_Typed(sign, here[0], here.end()))
        between = _BETWEEN.match(text, here.end())
        at, sign = (between.end(), _sign(between[0])) if between else (at, None)
    while found and not _WHOLE.fullmatch(found[-1].text):  # a number of the reason
        found.pop()
    return found


def _sign(between: str) -> _Sign | None:
    """What the words between two days make of them; None when they are others."""
    pieces = {fold(piece) or piece for piece in _PIECE.findall(between)}
    if not pieces <= _AND | _TO:
        return None
    return "to" if pieces & _TO else "and"


def _with_months(typed: list[_Typed]) -> list[_Typed]:
    """A number alone is in the month of the day behind it."""
    months = ""
    found: list[_Typed] = []
    for each in reversed(typed):
        month = _MONTH.search(each.text)
        months = month[0] if month else months
        found.append(each if month else each._replace(text=each.text + months))
    return found[::-1]


def _since(sign: _Sign, days: list[date], today: date) -> date:
    """From when on a day without a year is looked for: it is in the year of the one before."""
    if not days:
        return today
    return days[-1] if sign == "to" else max(today, date(days[-1].year, 1, 1))


def _up_to(first: date, last: date) -> list[date]:
    spanned = min((last - first).days, MOST)
    return [first + n * _A_DAY for n in range(1, spanned + 1)]
