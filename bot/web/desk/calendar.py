"""Lịch các đợt: the days of the coming rounds; the office moves its own steps, with a reason."""

from datetime import date
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.forms.move_date import move_date
from conversations.messages import Message
from handlers.officer import calendar, moving
from handlers.officer.dated import Said
from programme import rounds as keys
from programme.calendar import Milestone
from programme.roles import Right
from programme.rounds import Round

_BO = "bo"  # the level of the ministry's rounds
_SHORTEST, _LONGEST = 2, 200  # signs of a reason
_MOST = 4  # rounds at once


def show(visit: Visit) -> Page:
    """The coming rounds, each with its steps in the order of the calendar."""
    home = calendar.home_of(visit.scope.area)
    running = list(calendar.running(visit.talk, home)[:_MOST])
    if not calendar.is_commune(visit.scope.area):
        running += calendar.running(visit.talk, home, _BO)[:2]
    told = [_round(visit, each) for each in running]
    return Page("calendar", {"rounds": told, "may": visit.scope.may(Right.DATES)})


def _round(visit: Visit, one: Round) -> dict[str, Any]:
    area = visit.scope.area
    found = visit.talk.calendar.of(one.key, calendar.home_of(area))
    steps = calendar.MINISTRY if one.level == _BO else {s: s for s in calendar.STEPS}
    own = steps if one.level == _BO else calendar.own_steps(area)
    return {
        "key": one.key,
        "name": visit.words(calendar.named(one)),
        "steps": [
            {
                "step": name,
                "name": visit.words(Message(f"move_date.step_{name}")),
                "day": found[step].day if step in found else None,
                "whose": _whose(visit, found[step]) if step in found else "",
                "mine": name in own,
            }
            for name, step in steps.items()
        ],
    }


def _whose(visit: Visit, row: Milestone) -> str:
    return visit.words(calendar.by(row))


def move(visit: Visit) -> Answer:
    """Show what moving a day would mean; on the second word do it, and have everybody told."""
    visit.need(Right.DATES)
    form = visit.form
    read, day = keys.parts(form.get("round", "")[:30]), visit.day("day")
    why = form.get("why", "").strip()[:_LONGEST]
    if read is None or form.get("step") not in {*calendar.STEPS, *calendar.MINISTRY}:
        raise HTTPException(400)
    if day is None or len(why) < _SHORTEST:
        return Go(f"{visit.address}?lacks=reason")
    if form.get("sure") != "yes":
        said = Said("move", read.year, read.number, form["step"], day, why, level=read.level)
        told = visit.does(moving.begin, said)
        asks = {name: form[name] for name in ("round", "step")} | {"day": day, "why": why}
        return Page("moving", {"told": told, "asks": asks, "was": form.get("was", "")})
    return Go(visit.address, _moved(visit, day, why))


def _moved(visit: Visit, day: date, why: str) -> tuple[str, ...]:
    form, talk = visit.form, visit.talk
    read = keys.parts(form["round"])
    number, year = (read.number, read.year) if read else (0, 0)
    round_ = {"key": form["round"], "number": number, "year": year}
    answers = {"round": round_, "step": form["step"], "day": day.isoformat(), "why": why}
    step = calendar.MINISTRY.get(form["step"], form["step"])
    stands = talk.calendar.of(form["round"], calendar.home_of(visit.scope.area))
    now = next((row.day.isoformat() for name, row in stands.items() if name == step), "")
    sure = "yes" if now == form.get("was", "") else "no"
    run = visit.filled(move_date, {}, answers | {"sure": sure})
    return visit.does(moving.sent, run)
