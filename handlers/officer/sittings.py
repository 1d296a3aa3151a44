"""Phiên họp at the secretary's: calling one, who is there, how far the marking is, ending it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import counting, seating
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme import council
from storage import councils, officers
from storage.database import alone
from storage.officers import Scope

_MOST = 60  # products before one meeting
_NAMED, _PROPOSED = 4, 2


# -- calling it ------------------------------------------------------------------------------------


def begin(talk: Talk) -> None:
    """Ask for the day and the place of a meeting on all that waits for one."""
    made = seating.council_of(talk)
    if made is None:
        return
    last = councils.last_sitting(talk.tx, made["id"])
    if last and last["status"] == "open":
        talk.note("sitting.one_is_open")
        tell(talk)
        return
    waiting = councils.waiting(talk.tx, _scope(made), _MOST)
    if not waiting:
        talk.say("sitting.nothing_waits")
        return
    talk.leave()
    written = sum(row["case"] in council.bylaws(talk.rules).written for row in waiting)
    talk.note("sitting.waiting", count=len(waiting), written=written)
    talk.start("sitting", {"council": made["id"]})


def _scope(made: dict[str, Any]) -> Scope:
    """What the council of a province may see."""
    return officers.over(made["province_code"])


def sent(talk: Talk, run: Run) -> None:
    """Call the meeting, and tell the council."""
    answers = walk.collected(talk.catalogue.of(run), run)
    made = councils.by_id(talk.tx, run.facts["council"])
    assert made is not None  # noqa: S101 - councils stay
    alone(talk.tx, f"council-{made['province_code']}")  # another secretary may be calling it too
    waiting = councils.waiting(talk.tx, _scope(made), _MOST)
    last = councils.last_sitting(talk.tx, made["id"])
    if not waiting or made["ended_at"] or (last and last["status"] == "open"):
        begin(talk)
        return
    day = date.fromisoformat(answers["day"])
    values = {"day": day, "place": answers["place"], "made_by": talk.person}
    tables = {row["id"]: row["variant"] for row in waiting}
    sitting = councils.call(talk.tx, made, values, tables, talk.now)
    talk.log("called_sitting", "sitting", sitting, count=len(waiting))
    about = {"day": day, "place": answers["place"], "count": len(waiting)}
    for seat in councils.seats(talk.tx, made["id"]):
        if seat["person_id"] not in (None, talk.person) and seat["position"] in councils.MARKING:
            talk.tell(seat["person_id"], "sitting.called", **about)
    tell(talk)


# -- how it stands ---------------------------------------------------------------------------------


def current(talk: Talk, *, held: bool = False) -> Meeting | None:
    """The newest meeting as it stands; says how to call one where there is none.

    While it is ``held`` nobody marks in it or ends it before all of this is kept.
    """
    made = seating.council_of(talk)
    if made is None:
        return None
    row = councils.last_sitting(talk.tx, made["id"])
    if row is None:
        talk.say("sitting.no_meeting")
        return None
    if held:
        councils.lock(talk.tx, row["id"])
        row = councils.sitting(talk.tx, row["id"]) or row
    return counting.meeting(talk, _scope(made), row)


def numbered(talk: Talk, scope: Scope, number: int) -> Meeting | None:
    """The meeting of that id as it stands, if its province is the officer's."""
    row = councils.sitting(talk.tx, number)
    made = councils.by_id(talk.tx, row["council_id"]) if row else None
    if row is None or made is None or scope.area not in {"", made["province_code"]}:
        return None
    return counting.meeting(talk, _scope(made), row)


def is_newest(talk: Talk, meeting: Meeting) -> bool:
    """Whether the officer's words are about that meeting: it is the newest of their council."""
    made = councils.current(talk.tx, seating.province_of(talk) or "")
    last = councils.last_sitting(talk.tx, made["id"]) if made else None
    return last is not None and bool(last["id"] == meeting.row["id"])


def still_open(talk: Talk) -> Meeting | None:
    """The newest meeting, which nobody ends or marks in meanwhile, if it is not over."""
    found = current(talk, held=True)
    if found is not None and not found.is_open:
        talk.say("sitting.is_over")
        return None
    return found


def tell(talk: Talk) -> None:
    """Who is there, and for each product how many sheets, the mean, and what is to be done."""
    if (found := current(talk)) is None:
        return
    talk.say(
        "sitting.head",
        number=found.row["number"],
        day=found.row["day"],
        place=found.row["place"],
        present=len(found.there) if found.present else None,
        marking=len(found.marking),
        needed=found.needed,
        state=Message(f"sitting.state_{found.row['status']}"),
    )
    lines = tuple(_line(found, each) for each in found.products)
    talk.say("sitting.products", lines=lines, hint=Message(f"sitting.hint_{found.row['status']}"))


def _line(found: Meeting, one: Product) -> Message:
    about = {"number": one.row["place"], "name": one.row["name"]}
    if one.row["refused"]:
        return Message("sitting.line_refused", {**about, "why": one.row["refused"]})
    tally = one.tally if found.shows(one) else None
    waited = tuple(seat["name"] for seat in one.waited_for if found.is_open)
    return Message(
        "sitting.line",
        {
            **about,
            "done": one.handed_in,
            "expected": one.expected,
            "points": council.shown(tally.points) if tally else None,
            "star": tally.star if tally else None,
            "spread": tally.spread if tally else None,
            "apart": bool(tally and tally.apart),
            "waited": waited[:_NAMED],
            "more": len(waited[_NAMED:]),
            "proposals": tuple(f"{name}: {why}" for name, why in found.proposals(one)[:_PROPOSED]),
        },
    )


# -- who is there ----------------------------------------------------------------------------------


def attend(talk: Talk, said: str) -> None:
    """Note those seats as present; "all" are those that mark."""
    if (found := still_open(talk)) is None:
        return
    there = {seat["seat"] for seat in found.seats}
    every = {seat["seat"] for seat in found.marking}
    present = {int(each) for each in re.findall(r"\d+", said)} & there if said else every
    if not present:
        talk.say("sitting.nobody")
        return
    councils.attend(talk.tx, found.row["id"], present)
    talk.log("noted_presence", "sitting", found.row["id"], count=len(present))
    now = current(talk)
    assert now is not None  # noqa: S101 - it was there just now
    absent = tuple(seat["name"] for seat in now.marking if seat["seat"] not in now.present)
    key = "sitting.enough" if now.may_decide else "sitting.not_enough"
    talk.say(
        key,
        present=len(now.there),
        marking=len(now.marking),
        needed=now.needed,
        chaired=now.chaired,
        absent=absent,
    )


def remind(talk: Talk) -> None:
    """Ask those whose sheets are not there yet, each once."""
    if (found := still_open(talk)) is None:
        return
    left: dict[int, int] = {}
    for one in found.products:
        for seat in () if one.row["refused"] else one.waited_for:
            if seat["person_id"] is not None:
                left[seat["person_id"]] = left.get(seat["person_id"], 0) + 1
    for person, count in sorted(left.items()):
        talk.tell(person, "sitting.please_mark", count=count)
    talk.say("sitting.reminded" if left else "sitting.none_to_remind", count=len(left))


# -- ending it -------------------------------------------------------------------------------------


def close(talk: Talk) -> None:
    """Ask whether the meeting is to end; say what is lacking where it cannot."""
    if (found := still_open(talk)) is None:
        return
    lacking = tuple(lacks(found))
    if lacking:
        talk.say("sitting.cannot_end", lines=lacking)
        return
    apart = tuple(each.row["place"] for each in found.products if is_apart(each))
    items = [
        (f"end_sitting:{found.row['id']}", Message("sitting.item_end")),
        ("end_sitting:", Message("sitting.item_go_on")),
    ]
    talk.leave()
    talk.offer("sitting.really", items, number=found.row["number"], apart=apart)


def is_apart(one: Product) -> bool:
    """Whether its sheets are so far apart that they should be talked over and marked anew."""
    return bool(not one.row["refused"] and one.tally and one.tally.apart)


def lacks(found: Meeting) -> Iterator[Message]:
    """What is lacking for the meeting to end."""
    if not found.present:
        yield Message("sitting.lacks_presence")
    elif not found.may_decide:
        many = {"present": len(found.there), "needed": found.needed}
        yield Message("sitting.lacks_quorum", {**many, "chaired": found.chaired})
    open_ = [each for each in found.products if not each.settled]
    if open_:
        places = tuple(each.row["place"] for each in open_)
        yield Message("sitting.lacks_sheets", {"places": places})


def end(talk: Talk, which: str) -> None:
    """End the meeting with what its products come to, and tell that."""
    talk.change(menu=())
    if finish(talk, which):
        tell(talk)


def finish(talk: Talk, which: str) -> bool:
    """End the meeting with what its products come to; say what is lacking where it cannot."""
    found = current(talk, held=True)
    if found is None:
        return False
    if str(found.row["id"]) != which or not found.is_open:
        return True
    if any(lacks(found)):
        close(talk)
        return False
    results = {each.row["id"]: _result(each) for each in found.products}
    councils.close(talk.tx, found.row["id"], results, talk.now)
    talk.log("closed_sitting", "sitting", found.row["id"])
    talk.note("sitting.ended", number=found.row["number"])
    return True


def _result(one: Product) -> dict[str, Any]:
    if one.row["refused"] or one.tally is None:
        return {"star": None}
    points = one.tally.points
    return {
        "star": one.tally.star,
        "points_of": points.numerator,
        "points_by": points.denominator,
    }
