"""The hours in which nobody is written to unasked: the night, and the days of Tết."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from programme import workdays

VIETNAM = timezone(timedelta(hours=7))
_A_DAY = timedelta(days=1)
_LEAST = timedelta(seconds=1)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a day is quiet, by the clock of Viet Nam; the end is open again."""

    from_: time = time(20, 30)
    to: time = time(7)


NIGHT = Hours()


def is_quiet(at: datetime, hours: Hours = NIGHT) -> bool:
    """Whether nobody is written to at that moment, which is aware."""
    local = at.astimezone(VIETNAM)
    if local.date() in workdays.tet(local.year):
        return True
    clock = local.time()
    if hours.from_ <= hours.to:
        return hours.from_ <= clock < hours.to
    return clock >= hours.from_ or clock < hours.to


def next_open(at: datetime, hours: Hours = NIGHT) -> datetime:
    """The moment itself if one may write then, else the first at which one may; in UTC."""
    local = at.astimezone(VIETNAM)
    spans = (span for day in _days(local, _A_DAY) for span in _open(day, hours))
    return next(max(local, begin) for begin, end in spans if local < end).astimezone(UTC)


def last_open(at: datetime, hours: Hours = NIGHT) -> datetime:
    """The moment itself if one may write then, else the last second before it; in UTC."""
    local = at.astimezone(VIETNAM)
    spans = (span for day in _days(local, -_A_DAY) for span in reversed(_open(day, hours)))
    begin, end = next((begin, end) for begin, end in spans if begin <= local)
    return (local if begin <= local < end else end - _LEAST).astimezone(UTC)


def _days(local: datetime, step: timedelta) -> Iterator[date]:
    day = local.date()
    while True:
        yield day
        day += step


def _open(day: date, hours: Hours) -> tuple[Span, ...]:
    """The spans of a day in which one may write, without their last moment."""
    if day in workdays.tet(day.year):
        return ()
    midnight = datetime.combine(day, time(), VIETNAM)
    begin, end = midnight, midnight + _A_DAY
    from_, to = (datetime.combine(day, each, VIETNAM) for each in (hours.from_, hours.to))
    spans = ((begin, from_), (to, end)) if hours.from_ <= hours.to else ((to, from_),)
    return tuple((one, other) for one, other in spans if one < other)
