"""The working days of Viet Nam: without weekends, public holidays, the days off for them, Tết.

The holidays are known for 1901–2100, those that are moved by a decision of the year once that is
out; what an office changes goes before them. In other years only Saturdays and Sundays are off.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

Changed = Mapping[date, bool]
"""Days that an office changed: True is off, False is worked, such as a Saturday made up for."""

_SATURDAY = 5
_ONE = timedelta(days=1)
_NEW_YEAR = "Lunar New Year"


def off(day: date, changed: Changed | None = None) -> bool:
    """Whether offices are closed that day."""
    if changed and day in changed:
        return changed[day]
    return day in _off(day.year)


def after(day: date, count: int, changed: Changed | None = None) -> date:
    """The working day that is so many after the day, which itself does not count.

    So terms are counted by Điều 147 of Bộ luật Dân sự 2015. No working days after it is the day.
    """
    while count > 0:
        day += _ONE
        count -= not off(day, changed)
    return day


def before(day: date, count: int, changed: Changed | None = None) -> date:
    """The last working day from which so many working days are over by the end of the day.

    ``after`` of it is the day itself, or the last working day before it when it is a day off.
    """
    left = count + 1
    day += _ONE
    while left > 0:
        day -= _ONE
        left -= not off(day, changed)
    return day


def between(begin: date, end: date, changed: Changed | None = None) -> int:
    """How many working days come after the first day, up to and with the last."""
    days = (begin + timedelta(days=n) for n in range(1, (end - begin).days + 1))
    return sum(not off(day, changed) for day in days)


@cache
def tet(year: int) -> tuple[date, ...]:
    """The days off around the lunar new year in one span, the weekends beside them among them.

    Empty for a year whose lunar new year is not known.
    """
    first = _lunar_new_year(year)
    if first is None:
        return ()
    back = takewhile(off, _days(first - _ONE, -_ONE))
    return tuple(sorted((*back, *takewhile(off, _days(first, _ONE)))))


def _days(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step


@cache
def _off(year: int) -> frozenset[date]:
    """All days off of a year."""
    named, worked, _ = _known(year)
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    weekends = {day for day in days if day.weekday() >= _SATURDAY}
    return frozenset((weekends - worked) | named)


def _lunar_new_year(year: int) -> date | None:
    return _known(year)[2]


@cache
def _known(year: int) -> tuple[frozenset[date], frozenset[date], date | None]:
    """The holidays of a year, the days worked for one of them, and the lunar new year.

    The library is loaded when it is first asked: that takes a moment.
    """
    from holidays.countries.vietnam import Vietnam  # noqa: PLC0415

    around = [near for near in (year - 1, year, year + 1) if date.min.year <= near <= date.max.year]
    # The constructor of the library has no types.
    found = Vietnam(years=around, expand=False, language="en_US")  # type: ignore[no-untyped-call]
    first = [day for day in found.get_named(_NEW_YEAR, lookup="exact") if day.year == year]
    named = frozenset(day for day in found if day.year == year)
    return named, frozenset(found.weekend_workdays), next(iter(first), None)
