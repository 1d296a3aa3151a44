"""A day as far as it was said, and the year that was left out."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Prefer = Literal["past", "future", "nearest"]

# How much of an ISO date was said, in characters: "2015", "2015-03", "2015-03-12".
YEAR, MONTH, DAY = 4, 7, 10

_FIRST_YEAR = 1900
_YEARS_AHEAD = 30
_YEARS_TRIED = 8  # a 29 February may be that far away


@dataclass(frozen=True, slots=True)
class Found:
    """A day of which only the first ``precision`` characters in ISO form were said."""

    day: date
    precision: int = DAY
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of days may know: today, its likelier side, whether the writer types marks."""

    today: date
    prefer: Prefer
    marks: bool = False

    def full_year(self, digits: str) -> int:
        """The year, of which perhaps only the last two digits were written."""
        if len(digits) > len("26"):
            return int(digits)
        year = self.today.year // 100 * 100 + int(digits)
        return year if year <= self.today.year + _YEARS_AHEAD // 2 else year - 100

    def believable(self, day: date) -> bool:
        """Whether a day of that year can be meant at all."""
        return _FIRST_YEAR <= day.year <= self.today.year + _YEARS_AHEAD

    def expected(self, day: date) -> bool:
        """Whether the day lies on the likelier side of today."""
        if self.prefer == "past":
            return day <= self.today
        return self.prefer == "nearest" or day >= self.today

    def choose(self, make: Callable[[int], date | None]) -> date | None:
        """The day on the likelier side of today, made from a year that was not said."""
        span = range(self.today.year - _YEARS_TRIED, self.today.year + _YEARS_TRIED + 1)
        days = [day for year in span if (day := make(year)) is not None and self.expected(day)]
        return min(days, key=lambda day: abs(day - self.today), default=None)


def solar(day: int, month: int, year: int) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def end_of_month(year: int, month: int) -> date:
    """Its last day."""
    return date(year, month, monthrange(year, month)[1])


def months_on(today: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def days_on(today: date, days: int) -> date:
    """So many days on."""
    return today + timedelta(days=days)
