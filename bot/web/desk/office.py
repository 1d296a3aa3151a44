"""Văn phòng: what the office keeps of its own: days off, and what lies over rules and texts."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from bot.web.desk import rare
from bot.web.desk.visits import Answer, Go, Page, Visit
from handlers.officer import calendar, days_said, resting
from handlers.officer.dated import Said
from programme.roles import Right
from storage import days_off

_MOST = 100
_LONGEST = 120  # signs of a reason
_DEEDS = ("rest", "work", "forget")


def show(visit: Visit) -> Page:
    """The days off to come, and the files that the province lays over ours."""
    return _page(visit)


def _page(visit: Visit, typed: Mapping[str, str] | None = None, *wrong: str) -> Page:
    today, scope = visit.talk.today, visit.scope
    own = [each for each in days_off.everyone(visit.talk.tx) if each["day"] >= today]
    laid = [name for folder in visit.talk.overlays for name in _names(folder)]
    told = visit.does(resting.show)[:1]
    about = {
        "own": own,
        "laid": laid[:_MOST],
        "told": told,
        "rules": visit.talk.rules.name,
        "may_days": scope.may(Right.DATES) and not calendar.is_commune(scope.area),
        "may": scope.may(Right.OFFICE),
        "tables": rare.BASE if rare.may(scope) else "",
        "typed": dict(typed or {}),
        "wrong": frozenset(wrong),
    }
    return Page("office", about)


def _names(folder: Path) -> list[str]:
    """The files below it, by their place in it and nothing of where it lies."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def do(visit: Visit) -> Answer:
    """Let days be off, or worked, or again what the calendar says; as the chat does it."""
    visit.need(Right.DATES)
    form = visit.form
    days = _days(form.get("from", ""), form.get("to", ""))
    wrong = [] if days and days[0] >= visit.talk.today else ["days"]
    wrong += [] if len(days) <= days_said.MOST else ["many"]
    if wrong or form.get("do") not in _DEEDS:
        return _page(visit, form, *(wrong or ["days"]))
    why = " ".join(form.get("why", "").split())[:_LONGEST]
    said = Said(form["do"], why=why, days=days)
    return Go(visit.address, visit.does(resting.change, said))


def _days(first: str, last: str) -> tuple[date, ...]:
    """The days from the one to the other, one more than may be at most; none where one is none."""
    try:
        begin = date.fromisoformat(first)
        end = date.fromisoformat(last) if last else begin
    except ValueError:
        return ()
    count = min((end - begin).days, days_said.MOST) + 1
    return tuple(begin + timedelta(days=n) for n in range(count))
