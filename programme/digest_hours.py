"""When an officer's summary comes: each working day or once a week, at an hour by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from programme import quiet, workdays
from programme.quiet import VIETNAM
from programme.workdays import Changed

Every = Literal["day", "week", "none"]
_FIRST, _LAST = 7, 20  # the hours at which one may write; see programme.quiet


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer wants: how often, at which hour of Viet Nam, on which day (Monday is 0)."""

    every: Every = "day"
    hour: int = 8
    weekday: int = 0


def nearest(hour: int) -> int:
    """The hour itself if one may write then, else the nearest one of that day."""
    return min(max(hour, _FIRST), _LAST)


def next_at(wish: Wish, now: datetime, changed: Changed | None = None) -> datetime | None:
    """When the next summary comes, after now; None when none is wanted.

    A daily one comes on no day off, and none comes in the days of Tết or at night.
    """
    if wish.every == "none":
        return None
    comes = (_at(day, wish) for day in _days(now.astimezone(VIETNAM).date()))
    return next(at for at in comes if at > now and may_come(wish, at, changed))


def may_come(wish: Wish, at: datetime, changed: Changed | None = None) -> bool:
    """Whether a summary that was wished for so may come at that moment, be it a late one."""
    off = wish.every == "day" and workdays.off(at.astimezone(VIETNAM).date(), changed)
    return wish.every != "none" and not off and not quiet.is_quiet(at)


def put_off(wish: Wish, now: datetime, changed: Changed | None = None) -> datetime | None:
    """When one comes that is due and may not come now: a weekly one when one may write again."""
    return quiet.next_open(now) if wish.every == "week" else next_at(wish, now, changed)


def _at(day: date, wish: Wish) -> datetime:
    """The moment of that day, or of the wished one after it."""
    ahead = (wish.weekday - day.weekday()) % 7 if wish.every == "week" else 0
    clock = time(nearest(wish.hour), tzinfo=VIETNAM)
    return datetime.combine(day + timedelta(days=ahead), clock)


def _days(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)
