"""Ngày nghỉ at the officer's: those of the calendar, and what the office keeps otherwise."""

from datetime import date, timedelta

from conversations.messages import Message
from conversations.readings import lunar
from handlers.officer import calendar, days_said
from handlers.officer.dated import Said
from handlers.talk import Talk
from programme import workdays
from storage import days_off, dossiers

_A_DAY = timedelta(days=1)
_AHEAD = 366  # days that are looked at
_MOST = 8
_SATURDAY = 5
_LONGEST = 120  # signs of a reason
_NAMED = {(1, 1): "new_year", (4, 30): "reunification", (5, 1): "labour", (11, 24): "culture"}
_NAMED |= {(9, 1): "national", (9, 2): "national", (9, 3): "national"}
_HUNG_KINGS = (10, 3)  # of the lunar calendar

Span = tuple[str, date, date]


def show(talk: Talk) -> None:
    """The public holidays of the next twelve months, and the days that the office changed."""
    spans = [_line(each) for each in _holidays(talk.today)[:_MOST]]
    talk.say("calendar.holidays", lines=tuple(spans))
    own = [each for each in days_off.everyone(talk.tx) if each["day"] >= talk.today]
    lines = tuple(
        Message(
            "calendar.own_rest" if each["off"] else "calendar.own_work",
            {"when": each["day"], "reason": each["reason"]},
        )
        for each in own[:_MOST]
    )
    if not lines:
        talk.say("calendar.no_own_days")
        return
    talk.note("calendar.own_days", lines=lines)
    talk.say("calendar.take_back")


def _holidays(today: date) -> list[Span]:
    """Each with its name, its first and its last day; weekends alone are none."""
    found: list[Span] = []
    for n in range(_AHEAD):
        day = today + n * _A_DAY
        name = _name(day)
        if not name:
            continue
        if found and found[-1][0] == name and found[-1][2] == day - _A_DAY:
            found[-1] = (name, found[-1][1], day)
        else:
            found.append((name, day, day))
    return found


def _name(day: date) -> str:
    """What the holiday is called; empty for a working day and for a plain weekend."""
    if not workdays.off(day):
        return ""
    if day in workdays.tet(day.year):
        return "tet"
    if name := _NAMED.get((day.month, day.day)):
        return name
    if day == lunar.solar(*_HUNG_KINGS, day.year):
        return "hung_kings"
    return "instead" if day.weekday() < _SATURDAY else ""


def _line(span: Span) -> Message:
    name, first, last = span
    about = {"opens": first, "closes": last if last > first else None}
    return Message("calendar.holiday", {**about, "name": Message(f"calendar.holiday_{name}")})


# -- changing --------------------------------------------------------------------------------------


def change(talk: Talk, said: Said) -> None:
    """Note that days are off or worked, or let them be again what the calendar says."""
    if calendar.is_commune(calendar.area_of(talk)):
        talk.say("calendar.days_not_yours")
    elif said.wrong:
        talk.say("calendar.no_such_day", said=said.wrong)
    elif not said.days or said.days[0] < talk.today:
        talk.say("calendar.which_day")
    elif len(said.days) > days_said.MOST:
        talk.say("calendar.too_many_days", most=days_said.MOST)
    elif said.deed == "forget":
        _forget(talk, said.days)
    else:
        _keep(talk, said.days, off=said.deed == "rest", reason=said.why[:_LONGEST])


def _keep(talk: Talk, days: tuple[date, ...], *, off: bool, reason: str) -> None:
    for day in days:
        days_off.keep(talk.tx, day, off, reason, talk.person, talk.now)
    _plan_anew(talk)
    talk.say("calendar.rests" if off else "calendar.works", spans=_spans(days), reason=reason)


def _forget(talk: Talk, days: tuple[date, ...]) -> None:
    gone = tuple(day for day in days if days_off.forget(talk.tx, day))
    if not gone:
        talk.say("calendar.not_changed", spans=_spans(days))
        return
    _plan_anew(talk)
    kinds = {workdays.off(day) for day in gone}
    off = kinds.pop() if len(kinds) == 1 else None
    talk.say("calendar.as_before", spans=_spans(gone), off=off)


def _spans(days: tuple[date, ...]) -> tuple[Message, ...]:
    """The days, those that follow each other as one."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and found[-1][1] == day - _A_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(_span(first, last) for first, last in found)


def _span(first: date, last: date) -> Message:
    return Message("calendar.span", {"opens": first, "closes": last if last > first else None})


def _plan_anew(talk: Talk) -> None:
    talk.dates_changed()
    dossiers.plan_anew(talk.tx)
