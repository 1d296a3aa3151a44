"""Days said by the calendar: "ngay 3 thang 2 nam 2015", "ram thang 8", "28 tet", "cuoi thang 4"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from conversations.readings import lunar
from conversations.readings.day import (
    DAY,
    MONTH,
    YEAR,
    Asked,
    Found,
    end_of_month,
    months_on,
    solar,
)
from conversations.readings.relative import BESIDE
from conversations.readings.spelled import counted
from conversations.readings.written import settled

Calendar = Literal["solar", "lunar"] | None

_N = r"[0-9]{1,2}|[a-z]+(?: [a-z]+){0,2}?"
_BESIDES = "|".join(sorted(BESIDE, key=len, reverse=True))
_WHEN = rf"(?:(?: nam | ?[,/.-] ?| )([0-9]{{4}}|[0-9]{{2}})| nam ({_BESIDES})| (sang nam))?"
_OF = r"(?:,? ?(?:thang|th\.?|t) ?| ?/ ?)"
_DAY = re.compile(rf"(?:ngay )?(?:(mung|mong) )?({_N}){_OF}({_N}){_WHEN}")
_LUNAR_DAY = re.compile(rf"(?:ngay )?(?:(mung|mong) )?({_N}) (gieng|chap){_WHEN}")
_DAY_ALONE = re.compile(rf"(?:(?:ngay|hom) (?:(mung|mong) )?|(mung|mong) )({_N})|(?:ngay )?(ram)")
_TET = re.compile(rf"(?:(?:ngay )?(mung |mong )?({_N}) |(?:ngay )?)tet(?: nguyen dan)?{_WHEN}")
_EVE = re.compile(rf"(?:dem )?giao thua{_WHEN}")
_MONTH = re.compile(rf"(?:(dau|giua|cuoi) )?(?:thang|th\.?|t) ?({_N}){_WHEN}")
_PART_OF_YEAR = re.compile(rf"(dau|giua|cuoi) nam(?: ([0-9]{{4}})| ({_BESIDES}))?")
_PART_OF_QUARTER = re.compile(rf"(dau|giua|cuoi) quy ({_N}){_WHEN}")

_RAM = 15
_LAST_MONTH, _LAST_QUARTER = 12, 4
# "Mùng 3 Tết" comes after, "28 Tết" before the new year.
_TET_DAYS, _CHAP_DAYS, _LAST_OF_CHAP = 10, 20, 30
_MONTHS = {"gieng": 1, "chap": 12, "tu": 4}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "tu": 4}


@dataclass(frozen=True, slots=True)
class _Year:
    """The year as it was said: in figures, from today, or not at all."""

    digits: str | None
    beside: str | None
    next_: str | None

    def settle(
        self, make: Callable[[int], date | None], asked: Asked, precision: int = DAY
    ) -> Found | None:
        """The day that ``make`` gives for the year."""
        if self.digits:
            return settled(make(asked.full_year(self.digits)), asked, precision)
        if self.beside or self.next_:
            year = asked.today.year + (BESIDE[self.beside] if self.beside else 1)
            return settled(make(year), asked, precision)
        chosen = asked.choose(make)
        return Found(chosen, precision, sure=False) if chosen else None


def spoken(said: str, asked: Asked, calendar: Calendar) -> tuple[Found, ...]:
    """The days that the folded words may name, the likeliest first."""
    said = f"{said} nay" if said.endswith(" thang") else said
    for pattern, meaning in _MEANINGS:
        if (found := pattern.fullmatch(said)) and (days := meaning(found, asked, calendar)):
            return tuple(day for day in days if day is not None)
    return ()


def _month_number(word: str) -> int:
    return _MONTHS.get(word) or counted(word)


def _day(found: re.Match[str], asked: Asked, calendar: Calendar) -> list[Found | None]:
    mung, day_word, month_word, *when = found.groups()
    day = _RAM if day_word == "ram" else counted(day_word)
    if not day:
        return []
    near = _in_near_month(day, month_word, asked) if month_word in BESIDE and not any(when) else []
    if near and (asked.marks or month_word != "sau"):
        return near
    month, year = _month_number(month_word), _Year(*when)
    if day_word == "ram" or month_word in ("gieng", "chap"):
        calendar = "lunar"
    return near + [
        year.settle(make, asked) for make in _calendars(day, month, calendar, doubt=bool(mung))
    ]


def _calendars(
    day: int, month: int, calendar: Calendar, *, doubt: bool
) -> list[Callable[[int], date | None]]:
    """The day in the calendar that was said; "mùng" without one may be either."""

    def by_sun(year: int) -> date | None:
        return solar(day, month, year)

    def by_moon(year: int) -> date | None:
        return lunar.solar(day, month, year)

    if calendar == "lunar":
        return [by_moon]
    return [by_sun, by_moon] if doubt and calendar is None else [by_sun]


def _in_near_month(day: int, word: str, asked: Asked) -> list[Found | None]:
    month = months_on(asked.today.replace(day=1), BESIDE[word])
    return [settled(solar(day, month.month, month.year), asked)]


def _lunar_day(found: re.Match[str], asked: Asked, _calendar: Calendar) -> list[Found | None]:
    return _day(found, asked, "lunar")


def _day_alone(found: re.Match[str], asked: Asked, calendar: Calendar) -> list[Found | None]:
    day = _RAM if found[4] else counted(found[3])
    by_moon = found[1] or found[2] or found[4] or calendar == "lunar"
    month, year = (
        (lunar.month_of(asked.today), lunar.year_of(asked.today))
        if by_moon
        else (asked.today.month, asked.today.year)
    )
    make = lunar.solar if by_moon else solar
    near = (divmod(year * 12 + month - 1 + step, 12) for step in (-1, 0, 1))
    days = [made for y, m in near if (made := make(day, m + 1, y)) and asked.expected(made)]
    chosen = min(days, key=lambda made: abs(made - asked.today), default=None)
    return [Found(chosen, sure=False)] if chosen else []


def _tet(found: re.Match[str], asked: Asked, _calendar: Calendar) -> list[Found | None]:
    mung, day_word, *when = found.groups()
    if day_word == "sau" and not mung:  # "after Tết", not its sixth day
        day_word = None
    day = counted(day_word) if day_word else 1
    year = _Year(*when).settle(lambda y: _tet_day(day, y), asked)
    return [year if day_word or year is None else Found(year.day, sure=False)]


def _tet_day(day: int, year: int) -> date | None:
    if 1 <= day <= _TET_DAYS:
        return lunar.solar(day, 1, year)
    if day == _LAST_OF_CHAP:
        return lunar.last_of_year(year - 1)
    return lunar.solar(day, 12, year - 1) if day >= _CHAP_DAYS else None


def _eve(found: re.Match[str], asked: Asked, _calendar: Calendar) -> list[Found | None]:
    return [_Year(*found.groups()).settle(lambda year: lunar.last_of_year(year - 1), asked)]


def _month(found: re.Match[str], asked: Asked, calendar: Calendar) -> list[Found | None]:
    part, word, *when = found.groups()
    near: list[Found | None] = []
    if word in BESIDE and not any(when):
        first = months_on(asked.today.replace(day=1), BESIDE[word])
        near = [Found(_in_month(part, first.year, first.month, asked), MONTH, sure=part is None)]
        if asked.marks or word != "sau":
            return near
    month, year = _month_number(word), _Year(*when)
    if not 1 <= month <= _LAST_MONTH or calendar == "lunar" or word in ("gieng", "chap"):
        return []
    part = part or ("dau" if any(when) else None)
    return [*near, year.settle(lambda y: _in_month(part, y, month, asked), asked, MONTH)]


def _in_month(part: str | None, year: int, month: int, asked: Asked) -> date:
    """The day that stands for a part of a month, or for all of it."""
    part = part or {"past": "dau", "nearest": "giua", "future": "cuoi"}[asked.prefer]
    end = end_of_month(year, month)
    return {"dau": end.replace(day=1), "giua": end.replace(day=15), "cuoi": end}[part]


def _part_of_year(found: re.Match[str], asked: Asked, _calendar: Calendar) -> list[Found | None]:
    part, digits, beside = found.groups()
    month, day = {"dau": (1, 1), "giua": (7, 1), "cuoi": (12, 31)}[part]
    beside = beside or (None if digits else "nay")
    return [_Year(digits, beside, None).settle(lambda year: date(year, month, day), asked, YEAR)]


def _part_of_quarter(found: re.Match[str], asked: Asked, _calendar: Calendar) -> list[Found | None]:
    part, word, *when = found.groups()
    quarter = _QUARTERS.get(word) or counted(word)
    if not 1 <= quarter <= _LAST_QUARTER:
        return []
    month = 3 * quarter - {"dau": 2, "giua": 1, "cuoi": 0}[part]
    return [_Year(*when).settle(lambda year: _in_month(part, year, month, asked), asked, MONTH)]


_MEANINGS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Asked, Calendar], list[Found | None]]], ...
] = (
    (_TET, _tet),
    (_EVE, _eve),
    (_LUNAR_DAY, _lunar_day),
    (_DAY, _day),
    (_DAY_ALONE, _day_alone),
    (_PART_OF_YEAR, _part_of_year),
    (_PART_OF_QUARTER, _part_of_quarter),
    (_MONTH, _month),
)
