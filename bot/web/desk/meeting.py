"""Phiên họp: the secretary's page of a meeting: who is there, how far it is, ending it, results."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.founding import titles
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.forms.ministry import ministry
from conversations.forms.results import results
from conversations.messages import Message
from handlers.officer import concluding, opinions, progress, recording, sittings
from handlers.officer.counting import Meeting, Product
from programme import council
from programme.roles import Right
from storage import councils

_SHORTEST, _LONGEST = 3, 80  # signs of a decision's number
_EARLIEST = date(2018, 5, 7)  # the programme began
_STARS = frozenset({"3", "4", "5"})  # that can follow from the ministry's word (Điều 5)


def found(visit: Visit) -> Meeting:
    """The meeting that the address names, for who writes for its council."""
    visit.need(Right.COUNCIL)
    meeting = sittings.numbered(visit.talk, visit.scope, visit.number("number"))
    if meeting is None:
        raise HTTPException(404)
    return meeting


def show(visit: Visit) -> Page:
    """Who is there, how far each sheet is, and what is to be done before it can end."""
    meeting = found(visit)
    about = {
        "meeting": meeting,
        "titles": titles(visit),
        "products": [product(visit, meeting, each) for each in meeting.products],
        "lacking": visit.lines(progress.lacks(meeting)) if meeting.is_open else [],
        "apart": [each.row["place"] for each in meeting.products if progress.is_apart(each)],
        "decides": concluding.is_next(visit.talk, meeting),
        "kinds": concluding.kinds(meeting),
        "up": _up(visit, meeting),
        "now": sittings.is_newest(visit.talk, meeting),
        "owing": Counter(seat["seat"] for each in meeting.products for seat in each.owing),
    }
    return Page("meeting", about)


def product(visit: Visit, meeting: Meeting, each: Product) -> dict[str, Any]:
    """How far a product is; what its sheets come to once that may be seen."""
    tally = each.tally if meeting.shows(each) else None
    return {
        "row": each.row,
        "states": [(seat, meeting.state(each, seat)) for seat in meeting.marking],
        "done": each.handed_in,
        "expected": each.expected,
        "points": council.shown(tally.points) if tally else "",
        "star": tally.star if tally else None,
        "spread": tally.spread if tally else None,
        "apart": meeting.is_open and tally is not None and progress.is_apart(each),
        "proposals": meeting.proposals(each),
        "put_off": visit.words(progress.why_put_off(each)) if each.put_off else "",
    }


def _up(visit: Visit, meeting: Meeting) -> list[dict[str, Any]]:
    """The products of this meeting of which the ministry's word is waited for."""
    here = {each.row["id"] for each in meeting.products}
    rows = councils.gone_up(visit.talk.tx, visit.scope)
    return [row for row in rows if row["id"] in here]


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Do with the meeting what the chat can; only the newest of a council still changes."""
    meeting, deed = found(visit), visit.form.get("do", "")
    if deed not in _DEEDS:
        raise HTTPException(400)
    if deed in _WHILE_OPEN and not sittings.is_newest(visit.talk, meeting):
        return Go(visit.address, (visit.words(Message("sitting.is_over")),))
    said = _DEEDS[deed](visit, meeting)
    return Go(f"{visit.address}?lacks=reason") if said is None else Go(visit.address, said)


Said = tuple[str, ...] | None  # what was told; None where the form lacks something


def _attend(visit: Visit, meeting: Meeting) -> Said:
    there = [seat["seat"] for seat in meeting.marking if f"seat-{seat['seat']}" in visit.form]
    return visit.does(sittings.attend, " ".join(map(str, there))) if there else None


def _remind(visit: Visit, _meeting: Meeting) -> Said:
    return visit.does(sittings.remind)


def _until(visit: Visit, _meeting: Meeting) -> Said:
    day = visit.day("day")
    return visit.does(opinions.set_day, day) if day and day >= visit.talk.today else None


def _close(visit: Visit, meeting: Meeting) -> Said:
    return visit.does(sittings.finish, str(meeting.row["id"]))


def _decide(visit: Visit, meeting: Meeting) -> Said:
    """Note the decision; the form has been read back on the page before."""
    told = _decision(visit)
    if told is None or visit.form.get("sure") != "yes":
        return None
    facts = {"sitting": meeting.row["id"], **concluding.kinds(meeting)}
    return visit.does(concluding.sent, visit.filled(results, facts, {**told, "sure": "yes"}))


def _ministry(visit: Visit, meeting: Meeting) -> Said:
    """Note what the ministry decided of a product that went up from this meeting."""
    told, star = _decision(visit), visit.form.get("star", "")
    which = next((r for r in _up(visit, meeting) if r["id"] == visit.asked("dossier", 0)), None)
    if told is None or star not in _STARS or which is None:
        return None
    facts = {"dossier": which["id"], "name": which["name"]}
    return visit.does(
        concluding.ministry_sent, visit.filled(ministry, facts, {**told, "star": star})
    )


def _decision(visit: Visit) -> dict[str, str] | None:
    """The number and the day of a decision, which cannot be signed in time to come."""
    number, day = visit.form.get("number", "").strip()[:_LONGEST], visit.day("day")
    if len(number) < _SHORTEST or day is None or not _EARLIEST <= day <= visit.talk.today:
        return None
    return {"number": number, "day": day.isoformat()}


def _paper(visit: Visit, meeting: Meeting, kind: str) -> Said:
    return visit.does(recording.order, kind, meeting)


_WHILE_OPEN = frozenset({"attend", "remind", "until", "close"})
_DEEDS: dict[str, Callable[[Visit, Meeting], Said]] = {
    "attend": _attend,
    "remind": _remind,
    "until": _until,
    "close": _close,
    "decide": _decide,
    "ministry": _ministry,
    **{kind: partial(_paper, kind=kind) for kind in recording.PAPERS},
}
