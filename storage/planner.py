"""Planning what is to be said: a few statements for some dossiers, or for a million."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam
from sqlalchemy.engine import Connection

from programme import workdays
from programme.calendar import Milestone
from programme.firings import day_of, end_of
from storage import (
    answerers,
    audit,
    certificates,
    days_off,
    due,
    joining,
    milestones,
    officers,
    questions,
    reminders,
)
from storage.audit import Entry
from storage.database import UtcDateTime
from storage.plans import Plan

_FRESH = timedelta(hours=20)  # after which who has not answered may be asked once more
_OF_PAPERS = frozenset({"expires", "before_council"})
_STEPS = ("ideas", "plans", "training", "council")  # of a round, apart from its deadlines
_AT_ONCE, _A_FEW = 500, 50  # certificates and questions that are seen to at once
_HANDED_OVER = 4  # working days till a question that was handed over goes to the level above
_FIGURES, _FIGURES_TILL = (1, 14), (2, 1)  # the days after which, and till which, they are asked
_OF_QUESTIONS = ("question", "question_above", "question_raised")
_IDS: Any = bindparam("ids", expanding=True)
_SHARING: Any = bindparam("sharing", expanding=True)  # these and those that share papers with them


def dossiers(
    tx: Connection, ids: Sequence[int] | None, stand: Sequence[Milestone], now: datetime
) -> None:
    """Plan what concerns these dossiers, or all; ``stand`` are the days of the rounds."""
    some = ids is not None
    mine: dict[str, Any] = {"ids": list(ids)} if ids is not None else {}
    sharing = {"sharing": due.together(tx, ids)} if ids is not None else {}
    for kind in due.SOURCES:
        _of_kind(kind, some=some).keep(tx, now, mine, sharing if kind in _OF_PAPERS else mine)
    steps(tx, ids, stand, now)


def steps(
    tx: Connection, ids: Sequence[int] | None, stand: Sequence[Milestone], now: datetime
) -> None:
    """Plan the steps of the rounds that offices set, for these dossiers or for all."""
    some = ids is not None
    mine: dict[str, Any] = {"ids": list(ids)} if ids is not None else {}
    for step in _STEPS:
        if any(each.step == step for each in stand) or reminders.any_planned(tx, step):
            _of_step(step, some=some).keep(tx, now, mine, mine)


@cache
def _of_step(step: str, *, some: bool) -> Plan:
    """The same for a step of the rounds: its days are looked up, however many offices set one."""
    return Plan(step, "step", due.of_step(step, _IDS if some else None), _about(some=some))


@cache
def _of_kind(kind: str, *, some: bool) -> Plan:
    """How reminders of that kind are planned, of some dossiers or of all."""
    if not some:
        return Plan(kind, kind, due.of_dossiers(kind, None), _about(some=False))
    if kind in _OF_PAPERS:
        source, about = due.of_dossiers(kind, _SHARING), reminders.about_any(due.papers(_IDS))
        return Plan(kind, kind, source, about)
    return Plan(kind, kind, due.of_dossiers(kind, _IDS), _about(some=True))


def _about(*, some: bool) -> Any:
    return reminders.about_any(_IDS) if some else None


def moved(tx: Connection, to: Milestone, by: int | None, now: datetime) -> None:
    """Plan the one notice of a day that was moved, for all whom it concerns but who moved it.

    They are those whose dossiers are in that round there, and the officers there. ``to`` is the day
    that stands now, with its number; it is said at once, or when one may write.
    """
    until, number = end_of(to.day), to.id or 0
    known = (each["id"] for each in milestones.history(tx, to.round, to.step, to.area))
    earlier = [each for each in known if each != number]
    reminders.overtake(tx, ("moved", "moved_here"), earlier, now)
    source = due.steps([to], None, milestones.standing(tx))
    reminders.at_once(tx, source, "moved", number, until, now)
    whom = [each for each in officers.within(tx, to.area) if each != by]
    told = ("moved_here", number, to.day, 0, now, until)
    reminders.add(tx, [(person, *told) for person in whom])


def rolled(tx: Connection, dossier: int, by: date, now: datetime) -> None:
    """Plan the one notice that a dossier goes on to the next round, with its filing day there."""
    source = due.members(dossier, by)
    reminders.at_once(tx, source, "rolled", dossier, end_of(by), now)


def shifted(tx: Connection, dossier: int, by: date, now: datetime) -> None:
    """Plan the one notice that a dossier's filing day is another one, as days off changed."""
    reminders.at_once(tx, due.members(dossier, by), "shifted", dossier, end_of(by), now)


def others(tx: Connection, fairs: Sequence[tuple[int, date]], now: datetime) -> None:
    """Plan what concerns no dossier: fairs, each with its day, questions, tasks, inspections."""
    of_questions(tx, None, now)
    of_tasks(tx, None, now)
    of_inspections(tx, None, now)
    of_revocations(tx, None, now)
    of_opinions(tx, None, now)
    of_years(tx, now)
    reminders.call_off(tx, "fair", [number for number, _ in fairs], now)
    for number, _ in fairs:
        of_fair(tx, number, now)


def windows(tx: Connection, now: datetime, after: int = 0) -> int:
    """Plan what a handful of certificates calls for; the last number of them, 0 where none is left.

    They are those behind that number; what was planned of those that are gone goes too.
    """
    if after >= certificates.last(tx):
        return 0
    span = {"after": after, "last": after + _AT_ONCE}
    _WINDOWS.keep(tx, now, span, span)
    return span["last"]


def of_fair(tx: Connection, fair: int, now: datetime) -> None:
    """Plan what follows from a fair that was announced: the day nears for those who join.

    Whoever has not answered is asked once more, and whoever was there what came of it.
    """
    days = joining.days(tx, fair)
    given: dict[str, Any] = {"fair": fair if days else 0, "since": now - _FRESH}
    for plan, day in zip(_FAIRS, days or (day_of(now),) * 3, strict=True):
        plan.keep(tx, now, {"ids": [fair]}, {**given, "on": day})


def raise_late(tx: Connection, now: datetime, after: int = 0) -> int:
    """Give the questions that nobody answered in time to the level above, each level once.

    That is a handful of them behind that number; the last number of them, 0 where none is left.
    """
    late = questions.late(tx, day_of(now), _A_FEW, after)
    days = _terms(tx, now) if late else None
    for question in late:
        whom = answerers.not_asked_yet(tx, question)
        if whom and days:
            questions.raised(tx, question["id"], whom[0], days, now)
            entry = Entry(0, "raised_question", "question", question["id"], {"to": whom[0]})
            audit.append(tx, entry, now)
    return late[-1]["id"] if late else 0


def hand_over(tx: Connection, now: datetime, after: int = 0) -> int:
    """Give the questions whose officer is one no more to who is there now, and note it.

    That one hears of them at once. It is a handful of them, as in ``raise_late``.
    """
    days = _terms(tx, now)
    some = questions.orphans(tx, _A_FEW, after)
    for question in some:
        if whom := answerers.above(tx, {**question, "assigned_to": None}):
            questions.assign(tx, question["id"], whom[0], days, now)
            entry = Entry(0, "handed_over", "question", question["id"], {"to": whom[0]})
            audit.append(tx, entry, now)
    return some[-1]["id"] if some else 0


def _terms(tx: Connection, now: datetime) -> questions.Days:
    today = day_of(now)
    return questions.Days(today, workdays.after(today, _HANDED_OVER, days_off.changed(tx)))


def of_questions(tx: Connection, ids: Sequence[int] | None, now: datetime) -> None:
    """Plan what is said of these questions while nobody answers, or of all."""
    mine: dict[str, Any] = {"ids": list(ids)} if ids is not None else {}
    for kind in _OF_QUESTIONS:
        _of_question(kind, some=ids is not None).keep(tx, now, mine, mine)


@cache
def _of_question(kind: str, *, some: bool) -> Plan:
    return Plan(kind, kind, due.of_questions(kind, _IDS if some else None), _about(some=some))


def of_tasks(tx: Connection, ids: Sequence[int] | None, now: datetime) -> None:
    """Plan what is said of these tasks till they are done, or of all."""
    mine: dict[str, Any] = {"ids": list(ids)} if ids is not None else {}
    _of_task(some=ids is not None).keep(tx, now, mine, mine)


@cache
def _of_task(*, some: bool) -> Plan:
    return Plan("task", "task", due.of_tasks(_IDS if some else None), _about(some=some))


def of_inspections(tx: Connection, ids: Sequence[int] | None, now: datetime) -> None:
    """Plan what is said of what these inspections found, or all."""
    mine: dict[str, Any] = {"ids": list(ids)} if ids is not None else {}
    for kind in ("mend", "recheck"):
        _of_inspection(kind, some=ids is not None).keep(tx, now, mine, mine)


@cache
def _of_inspection(kind: str, *, some: bool) -> Plan:
    return Plan(kind, kind, due.of_inspections(kind, _IDS if some else None), _about(some=some))


def of_revocations(tx: Connection, ids: Sequence[int] | None, now: datetime) -> None:
    """Plan what is said of these decisions to revoke while they are due, or of all."""
    mine: dict[str, Any] = {"ids": list(ids)} if ids is not None else {}
    _of_revocation(some=ids is not None).keep(tx, now, mine, mine)


@cache
def _of_revocation(*, some: bool) -> Plan:
    source = due.of_revocations(_IDS if some else None)
    return Plan("revoke", "revoke", source, _about(some=some))


def of_opinions(tx: Connection, sittings: Sequence[int] | None, now: datetime) -> None:
    """Plan what is said of these askings of opinions while they are open, or of all."""
    mine: dict[str, Any] = {"ids": list(sittings)} if sittings is not None else {}
    for kind in ("opinion", "opinions_over"):
        _of_asking(kind, some=sittings is not None).keep(tx, now, mine, mine)


@cache
def _of_asking(kind: str, *, some: bool) -> Plan:
    source = due.of_opinions if kind == "opinion" else due.of_askings
    return Plan(kind, kind, source(_IDS if some else None), _about(some=some))


def of_years(tx: Connection, now: datetime) -> None:
    """Plan the one question for the figures of a year, in the January after it."""
    asked = day_of(now)
    year = asked.year - (asked < date(asked.year, *_FIGURES_TILL))
    first, last = date(year, 1, 1), date(year, 12, 31)
    given = {"first": first, "last": last, "year": year, "on": date(year + 1, *_FIGURES)}
    _YEARS.keep(tx, now, {}, given)


_SPAN: tuple[Any, Any] = (bindparam("after"), bindparam("last"))
_WINDOWS = Plan("window", "window", due.windows(*_SPAN), reminders.about_between(*_SPAN))
_FAIR: Any = bindparam("fair")
_ON: Any = bindparam("on", type_=Date)
_YEARS = Plan(
    "yearly",
    "yearly",
    due.of_years(
        bindparam("first", type_=Date), bindparam("last", type_=Date), bindparam("year"), _ON
    ),
)
_SINCE: Any = bindparam("since", type_=UtcDateTime)
# Each by a day of joining.Days, in their order.
_FAIRS = tuple(
    Plan(kind, kind, source, reminders.about_any(_IDS))
    for kind, source in (
        ("fair", joining.joiners(_FAIR, _ON)),
        ("fair_results", joining.unreported(_FAIR, _ON)),
        ("fair_answer", joining.silent(_FAIR, _ON, _SINCE)),
    )
)
