"""Back-planning: from the day of handing in to the days on which each thing is to be begun.

Waiting is counted in working days. Two of them are kept to spare before the day of handing in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from programme import checklist, workdays
from programme.checklist import Line
from programme.dossier import Dossier
from programme.papers import Days, State
from programme.rounds import Round
from programme.workdays import Changed

Kind = Literal["score", "paper", "file"]
Pace = Literal["calm", "tight", "late"]

SPARE = 2  # working days
_AT_HAND = frozenset({State.BLURRED, State.NEEDS_CERTIFIED_COPY})
_A_DAY = 1
_A_WEEK = 5  # working days
_OF_THE_DOSSIER = 0  # the row of its forms and samples, which are made when the rest is together
_ORDER: tuple[Kind, ...] = ("score", "paper", "file")


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do: when to begin it, by when at the latest, and when it is there.

    ``line`` is the line of the checklist of a paper. ``begin`` is a working day, today or later.
    ``begin_by`` may have gone by already. ``wait_days`` are working days.
    """

    kind: Kind
    line: Line | None
    begin: date
    begin_by: date
    ready: date
    wait_days: int

    @property
    def errand(self) -> bool:
        """Whether one must go out for it; what takes no longer than a day is made at home."""
        return self.spread and self.wait_days > _A_DAY

    @property
    def closing(self) -> bool:
        """Whether it is a form or a sample of the dossier itself."""
        return bool(self.line and self.line.papers[0].row == _OF_THE_DOSSIER)

    @property
    def spread(self) -> bool:
        """Whether it is a paper that one begins in a week of its own choice."""
        return self.kind == "paper" and not self.closing


@dataclass(frozen=True, slots=True)
class Plan:
    """Her days up to handing in, in the order of their beginning.

    ``next`` is, when it is too late for this round, the first one for which it is not.
    """

    pace: Pace
    items: tuple[Item, ...]
    file_by: date
    council: date
    next: Round | None = None

    @property
    def too_late(self) -> tuple[Item, ...]:
        """What comes after the day of handing in, however soon it is begun."""
        return tuple(each for each in self.items if each.ready > self.file_by)


def plan(  # noqa: PLR0913 - all that a plan follows from
    dossier: Dossier,
    round_: Round,
    file_by: date,
    council: date,
    today: date,
    *,
    changed: Changed | None = None,
    following: Sequence[tuple[Round, date]] = (),
    at_hand: frozenset[str] = frozenset(),
) -> Plan:
    """What to begin when, to hand the dossier in by ``file_by`` for a council on that day.

    Calm: at most two errands a week, what takes longest first, each in good time. Tight: all at
    once. Late: a paper without which nothing is scored, or the handing in, comes too late; then
    ``following``, the later rounds with their days of handing in, are looked through. The forms
    and samples of the dossier itself are begun in the last weeks before handing in. Of papers that
    she has ``at_hand`` only a picture is wanted.
    """
    first = workdays.after(today - timedelta(days=1), 1, changed)
    at = _Desk(first, file_by, changed, at_hand)
    items = tuple(at.items(replace(dossier, days=Days(today, council))))
    pace = _pace(at, items)
    if pace == "calm":
        items = tuple(_spread(at, items))
    later = tuple(each for each in following if each[0].intake_before > round_.intake_before)
    next_ = _next(dossier, at, today, later) if pace == "late" else None
    ordered = sorted((*items, at.filing(items)), key=_order)
    return Plan(pace, tuple(ordered), file_by, council, next_)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The first day on which anything can begin, and the day of handing in."""

    first: date
    file_by: date
    changed: Changed | None
    at_hand: frozenset[str] = frozenset()

    def last(self, wait: int) -> date:
        """The last day to begin what takes so many working days."""
        return workdays.before(self.file_by, wait, self.changed)

    def reaches(self, wait: int) -> bool:
        return self.first <= self.last(wait)

    def item(self, kind: Kind, line: Line | None, wait: int, begin: date) -> Item:
        ready = workdays.after(begin, wait, self.changed)
        return Item(kind, line, begin, self.last(wait + SPARE), ready, wait)

    def items(self, dossier: Dossier) -> Iterator[Item]:
        """All that is to be done before handing in, begun at once."""
        if any(each.id not in dossier.claims for each in dossier.sheet.criteria):
            yield self.item("score", None, 0, self.first)
        for line in checklist.missing(dossier):
            found = self.item("paper", line, self._wait(line), self.first)
            yield self.begun(found, self._late_enough(found)) if found.closing else found

    def _wait(self, line: Line) -> int:
        """A paper that is at hand needs only a new picture, or a stamp on its copy."""
        here = line.state is State.MISSING and self.at_hand & {each.id for each in line.papers}
        return min(_A_DAY, line.wait_days) if here or line.state in _AT_HAND else line.wait_days

    def _late_enough(self, item: Item) -> date:
        return max(self.first, workdays.before(item.begin_by, _A_WEEK, self.changed))

    def begun(self, item: Item, day: date) -> Item:
        return self.item(item.kind, item.line, item.wait_days, day)

    def filing(self, items: Sequence[Item]) -> Item:
        """The handing in: when all that can be there in time is, and not before the spare days."""
        ready = (each.ready for each in items if each.ready <= self.file_by)
        return self.item("file", None, 0, max(self.first, self.last(SPARE), *ready))


def _pace(at: _Desk, items: Sequence[Item]) -> Pace:
    if not all(at.reaches(each.wait_days) for each in items if _stops(each)) or not at.reaches(0):
        return "late"
    in_time = [each for each in items if at.reaches(each.wait_days)]
    pressing = at.last(SPARE) <= at.first or any(each.begin_by <= at.first for each in in_time)
    if pressing or any(each.begin > each.begin_by for each in _errands(at, in_time)):
        return "tight"
    return "calm"


def _stops(item: Item) -> bool:
    return bool(item.line and item.line.stops)


def _spread(at: _Desk, items: Sequence[Item]) -> Iterator[Item]:
    """The items over the weeks; what comes too late in any case is begun at once."""
    free = [each for each in items if each.spread and at.reaches(each.wait_days)]
    yield from (each for each in items if each not in free)
    yield from _errands(at, free)
    at_home = (each for each in free if not each.errand)
    for item, week in zip(at_home, _weeks(at.first, at.changed), strict=False):
        yield at.begun(item, min(week[-1], item.begin_by))


def _errands(at: _Desk, items: Sequence[Item]) -> Iterator[Item]:
    """Two a week, what must be begun first first, and what stops everything before the rest."""
    errands = (each for each in items if each.errand)
    ordered = sorted(errands, key=lambda each: (each.begin_by, not _stops(each)))
    days = (day for week in _weeks(at.first, at.changed) for day in _two(week))
    return (at.begun(item, day) for item, day in zip(ordered, days, strict=False))


def _two(week: Sequence[date]) -> tuple[date, ...]:
    """Two days of a week that are not side by side, if it has that many."""
    return tuple(dict.fromkeys((week[0], week[len(week) // 2])))


def _weeks(first: date, changed: Changed | None) -> Iterator[list[date]]:
    """The working days from that one on, week by week; weeks without any are passed over."""
    for _, days in groupby(_working(first, changed), key=lambda day: day.isocalendar()[:2]):
        yield list(days)


def _working(day: date, changed: Changed | None) -> Iterator[date]:
    while True:
        yield day
        day = workdays.after(day, 1, changed)


def _next(
    dossier: Dossier, at: _Desk, today: date, following: Sequence[tuple[Round, date]]
) -> Round | None:
    """The first round for which all comes in time, or else all without which nothing is scored."""
    for needed in (bool, _stops):
        for round_, file_by in following:
            desk = _Desk(at.first, file_by, at.changed, at.at_hand)
            then = replace(dossier, days=Days(today, round_.finish_before))
            wanted = (each for each in desk.items(then) if needed(each))
            if desk.reaches(0) and all(desk.reaches(each.wait_days) for each in wanted):
                return round_
    return None


def _order(item: Item) -> tuple[date, int, date]:
    return item.begin, _ORDER.index(item.kind), item.begin_by
