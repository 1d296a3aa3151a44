"""Hội đồng: the year's meetings, the products before each, what came of them; calling the next.

What is asked in writing stands among them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import founding
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.forms.opinions import opinions
from conversations.forms.sitting import sitting
from handlers.officer import calendar, counting, seating, sittings
from handlers.officer import opinions as asking
from programme.roles import Right
from storage import ballots, councils

LIST = "/desk/council"
_CLOSED = frozenset({"closed", "decided", "moved"})
_SHORTEST, _LONGEST = 2, 120  # signs of a place


def show(visit: Visit) -> Page:
    """The meetings of the area's province, the newest first; marks only once one has ended."""
    year = visit.asked("year", visit.talk.year)
    province = calendar.home_of(visit.scope.area).province or councils.last_province(visit.talk.tx)
    known = province and date.min.year <= year <= date.max.year
    found = councils.sittings(visit.talk.tx, province, year) if province and known else []
    meetings = _meetings(visit, found[::-1])
    writes = visit.scope.may(Right.COUNCIL)
    about = {"year": year, "meetings": meetings, "writes": writes, "titles": founding.titles(visit)}
    return Page("council", about | {"made": _made(visit) if writes else None})


def _made(visit: Visit) -> dict[str, Any] | None:
    """The council of now and its people, and how many products wait for a meeting of it."""
    made = councils.current(visit.talk.tx, seating.province_of(visit.talk) or "")
    if made is None:
        return None
    last = councils.last_sitting(visit.talk.tx, made["id"])
    waiting = sittings.waiting(visit.talk, made)
    return {
        **made,
        "seats": councils.seats(visit.talk.tx, made["id"]),
        "sits": last is not None and last["status"] == "open",
        "waiting": len(waiting),
        "written": len(sittings.askable(visit.talk, waiting)),
    }


def _meetings(visit: Visit, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    tx, numbers = visit.talk.tx, [row["id"] for row in found]
    here = councils.before_these(tx, visit.scope, numbers)
    there, sheets = councils.count_present(tx, numbers), ballots.count_handed_in(tx, numbers)
    return [
        {
            **row,
            "ended": row["status"] in _CLOSED,
            "there": there.get(row["id"], 0),
            "sheets": sheets.get(row["id"], 0),
            "products": [_product(each, row) for each in here if each["sitting_id"] == row["id"]],
        }
        for row in found
    ]


def _product(row: Mapping[str, Any], meeting: Mapping[str, Any]) -> dict[str, Any]:
    ended = meeting["status"] in _CLOSED
    points = counting.points_of(row) if ended else None
    return {**row, "points": points or "", "star": row["given"] if ended else None}


def do(visit: Visit) -> Answer:
    """Give a seat a new code, call a meeting on what waits, or ask for opinions in writing."""
    visit.need(Right.COUNCIL)
    if visit.form.get("do") != "code":
        return _call(visit)
    invited = seating.invite_anew(visit.talk, visit.asked("seat", 0))
    return founding.invitations(visit, [invited]) if invited else Go(LIST, visit.said())


def _call(visit: Visit) -> Go:
    made = councils.current(visit.talk.tx, seating.province_of(visit.talk) or "")
    deed = visit.form.get("do")
    if made is None or deed not in {"call", "ask"}:
        raise HTTPException(400)
    day, place = visit.day("day"), visit.form.get("place", "").strip()[:_LONGEST]
    if day is None or day < visit.talk.today or (deed == "call" and len(place) < _SHORTEST):
        return Go(f"{visit.address}?lacks=reason")
    facts, answers = {"council": made["id"]}, {"day": day.isoformat()}
    if deed == "ask":
        said = visit.does(asking.sent, visit.filled(opinions, facts, answers))
    else:
        run = visit.filled(sitting, facts, {**answers, "place": place})
        said = visit.does(sittings.sent, run)
    last = councils.last_sitting(visit.talk.tx, made["id"])
    return Go(f"{visit.address}/{last['id']}" if last else visit.address, said)
