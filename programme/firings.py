"""When a due thing is spoken of: how many days before its day, at what hour, and until when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from programme import workdays
from programme.quiet import VIETNAM

HOUR = time(8, 0, tzinfo=VIETNAM)
_LAST_YEAR = 2100  # what ends later ends never
_AFTERWARDS = timedelta(days=14)  # that it is worth saying that a day has gone by
_BEGIN_LATE = timedelta(days=7)  # that a beginning which is overdue is still urged
_DRAFT = timedelta(days=60)

# Days before the day, the first first; below zero is after it.
# The days before the filing day are those of deadlines-26-2026, and the day itself.
_DEADLINE = (60, 30, 14, 7, 3, 1, 0, -1)
BEFORE: dict[str, tuple[int, ...]] = {
    "file": _DEADLINE,  # hand the dossier to the commune
    "begin": (7, 0),  # begin with the paper that takes longest
    "expires": (60, 30, 7, 0, -1),  # a paper ends
    "before_council": (45, 20),  # a paper that is good today ends before the council's day
    "window": _DEADLINE,  # file the re-evaluation (Điều 5: 180 to 120 days before the end)
    "step": (7, 1, 0),  # a step of the round: a training, the council
    "fair": (14, 3),  # to who joins
    "fair_answer": (2,),  # registering ends: to who was told and has not answered
    "fair_results": (-1,),  # it is over: to who joined
    "draft": (-3, -10, -30),  # after the last word
    "review": (7, 3, 1, 0, -1, -7, -13),  # the commune's fifteen working days (Điều 5)
    "review_above": (-1, -7),  # they are over: to the province's officer
    "propose": (7, 3, 1, 0),  # a dossier that is handed in is to go up to the province
    "stuck": (10, 5),  # the filing day nears and nothing moves: to the commune's officer
    "stuck_above": (5,),  # and still nothing: to the province's
    "mend": (7, 1, 0),  # what an inspection found is to be mended: to the producer
    "recheck": (0, -7),  # and looked at again: to the officer who was there
    "revoke": (7, 3, 1, 0, -1),  # the fifteen days for a decision to revoke (Điều 8)
    "opinion": (3, 1, 0),  # opinions asked in writing are to come: to who has not said all
    "opinions_over": (-1,),  # their day has gone by: to who asked
    "yearly": (-1,),  # the figures of the year that is over: to who is certified, once
    "task": (7, 1, 0, -1),  # what a meeting gave to a unit: to who answers for it
    "question": (0,),  # a question waits: to whoever is responsible
    "question_above": (0,),  # and still does: to the level above
    "question_raised": (0,),  # the same to who asked
}
# What officers are told on working days only.
_IN_OFFICE_HOURS = frozenset(
    {"review", "review_above", "propose", "stuck", "stuck_above", "task", "recheck", "revoke"}
    | {"opinion", "opinions_over"}
)
_OF_QUESTIONS = frozenset({"question", "question_above", "question_raised"})  # true till answered


@dataclass(frozen=True, slots=True)
class Firing:
    """One time at which a thing of that day is spoken of; ``before`` names it."""

    day: date
    before: int
    due_at: datetime
    use_by: datetime


def firings(kind: str, day: date, now: datetime) -> tuple[Firing, ...]:
    """The firings of a thing that are still to come, the first first.

    Whoever comes too late for all of them gets the last one at once, while it is of use.
    """
    all_ = (_firing(kind, day, before) for before in BEFORE[kind])
    every = [each for each in all_ if each.due_at < each.use_by]  # days off may push one past it
    coming = tuple(each for each in every if each.due_at > now)
    if any(each.before >= 0 for each in coming) or kind == "draft":
        return coming
    missed = [each for each in every if each.due_at <= now < each.use_by]
    at_once = now.astimezone(UTC)
    late = tuple(Firing(day, each.before, at_once, each.use_by) for each in missed[-1:])
    return late + coming


def _firing(kind: str, day: date, before: int) -> Firing:
    at = day - timedelta(days=before)
    step = timedelta(days=-1 if before >= 0 else 1)
    while at in workdays.tet(at.year) or (kind in _IN_OFFICE_HOURS and workdays.off(at)):
        at += step
    return Firing(
        day, before, datetime.combine(at, HOUR).astimezone(UTC), _use_by(kind, day, before)
    )


def _use_by(kind: str, day: date, before: int) -> datetime:
    if kind == "draft":
        last = day + _DRAFT
    elif before < 0 or kind in _OF_QUESTIONS:
        last = day + _AFTERWARDS
    else:
        last = day + (_BEGIN_LATE if kind == "begin" else timedelta())
    return end_of(last)


def end_of(day: date) -> datetime:
    """The end of the day in Viet Nam."""
    return datetime.combine(day + timedelta(days=1), time(0, tzinfo=VIETNAM)).astimezone(UTC)


def day_of(at: datetime) -> date:
    """The day in Viet Nam."""
    return at.astimezone(VIETNAM).date()


def next_morning(at: datetime) -> datetime:
    """When the reminders of the next day come on which one may write."""
    day = day_of(at) + timedelta(days=1)
    while day in workdays.tet(day.year):
        day += timedelta(days=1)
    return morning(day)


def morning(day: date) -> datetime:
    """When that day's reminders come."""
    return datetime.combine(day, HOUR).astimezone(UTC)
