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
from storage import ballots, councils, officers
from storage.database import alone
from storage.officers import Scope

_MOST = 60  # products before one meeting
_NAMED = 4
_LONGEST = 300  # signs of a reason


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
    talk.note("sitting.waiting", count=len(waiting))
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


def _open(talk: Talk) -> Meeting | None:
    """The newest meeting, which nobody ends or marks in meanwhile, if it is not over."""
    found = current(talk, held=True)
    if found is not None and found.row["status"] != "open":
        talk.say("sitting.is_over")
        return None
    return found


def tell(talk: Talk) -> None:
    """Who is there, and for each product how many sheets, the mean, and what is to be done."""
    if (found := current(talk)) is None:
        return
    over = found.row["status"] != "open"
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
    lines = tuple(_line(each, over=over) for each in found.products)
    talk.say("sitting.products", lines=lines, hint=Message(f"sitting.hint_{found.row['status']}"))


def _line(one: Product, *, over: bool) -> Message:
    about = {"number": one.row["place"], "name": one.row["name"]}
    if one.row["refused"]:
        return Message("sitting.line_refused", {**about, "why": one.row["refused"]})
    tally = one.tally
    waited = tuple(seat["name"] for seat in one.waited_for)
    return Message(
        "sitting.line",
        {
            **about,
            "done": one.handed_in,
            "expected": one.expected,
            "points": council.shown(tally.points) if tally and (over or not waited) else None,
            "star": tally.star if tally and (over or not waited) else None,
            "spread": tally.spread if tally else None,
            "apart": bool(tally and tally.apart),
            "waited": waited[:_NAMED] if not over else (),
            "more": 0 if over else len(waited[_NAMED:]),
        },
    )


# -- who is there ----------------------------------------------------------------------------------


def attend(talk: Talk, said: str) -> None:
    """Note those seats as present; "all" are those that mark."""
    if (found := _open(talk)) is None:
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
    if (found := _open(talk)) is None:
        return
    left: dict[int, int] = {}
    for one in found.products:
        for seat in () if one.row["refused"] else one.waited_for:
            if seat["person_id"] is not None:
                left[seat["person_id"]] = left.get(seat["person_id"], 0) + 1
    for person, count in sorted(left.items()):
        talk.tell(person, "sitting.please_mark", count=count)
    talk.say("sitting.reminded" if left else "sitting.none_to_remind", count=len(left))


# -- one product -----------------------------------------------------------------------------------


def _of_place(talk: Talk, place: int | None) -> tuple[Meeting, Product] | None:
    found = _open(talk)
    one = found.at(place) if found else None
    if found is not None and one is None:
        talk.say("sitting.no_such_product")
    return (found, one) if found and one else None


def again(talk: Talk, place: int | None) -> None:
    """Let a product be marked anew, by all; the marks of before stay on record."""
    if (both := _of_place(talk, place)) is None:
        return
    found, one = both
    turn = councils.again(talk.tx, found.row["id"], one.row["id"])
    talk.log("opened_marking_again", "dossier", one.row["id"], turn=turn)
    for seat in found.marking:
        if seat["person_id"] not in (None, talk.person):
            about = {"number": one.row["place"], "name": one.row["name"]}
            talk.tell(seat["person_id"], "sitting.mark_again", **about)
    talk.say("sitting.again", number=one.row["place"], name=one.row["name"])


def refuse(talk: Talk, place: int | None, why: str) -> None:
    """Put a product out for a reason, whatever its points."""
    if (both := _of_place(talk, place)) is None:
        return
    found, one = both
    about = {"number": one.row["place"], "name": one.row["name"]}
    if not why.strip():
        talk.say("sitting.why_refused", **about)
        return
    councils.refuse(talk.tx, found.row["id"], one.row["id"], why[:_LONGEST])
    talk.log("refused_product", "dossier", one.row["id"])
    talk.say("sitting.refused", **about)


def let_in(talk: Talk, place: int | None) -> None:
    """Let a product that was out be marked again."""
    if (both := _of_place(talk, place)) is None:
        return
    found, one = both
    councils.refuse(talk.tx, found.row["id"], one.row["id"], "")
    talk.log("let_product_in", "dossier", one.row["id"])
    talk.say("sitting.let_in", number=one.row["place"], name=one.row["name"])


def drop(talk: Talk, place: int | None) -> None:
    """Take a product off the agenda; it waits for another meeting. One that was marked stays."""
    if (both := _of_place(talk, place)) is None:
        return
    found, one = both
    about = {"number": one.row["place"], "name": one.row["name"]}
    if ballots.any_of(talk.tx, found.row["id"], one.row["id"]):
        talk.say("sitting.is_marked", **about)
        return
    over = councils.drop(talk.tx, found.row["id"], one.row["id"])
    talk.log("dropped_product", "dossier", one.row["id"])
    talk.say("sitting.dropped_last" if over else "sitting.dropped", **about)


# -- ending it -------------------------------------------------------------------------------------


def close(talk: Talk) -> None:
    """Ask whether the meeting is to end; say what is lacking where it cannot."""
    if (found := _open(talk)) is None:
        return
    lacking = tuple(_lacking(found))
    if lacking:
        talk.say("sitting.cannot_end", lines=lacking)
        return
    apart = tuple(each.row["place"] for each in found.products if each.tally and _is_apart(each))
    items = [
        (f"end_sitting:{found.row['id']}", Message("sitting.item_end")),
        ("end_sitting:", Message("sitting.item_go_on")),
    ]
    talk.leave()
    talk.offer("sitting.really", items, number=found.row["number"], apart=apart)


def _is_apart(one: Product) -> bool:
    return bool(not one.row["refused"] and one.tally and one.tally.apart)


def _lacking(found: Meeting) -> Iterator[Message]:
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
    """End the meeting with what its products come to."""
    talk.change(menu=())
    found = current(talk, held=True)
    if found is None:
        return
    if str(found.row["id"]) != which or found.row["status"] != "open":
        tell(talk)
        return
    if any(_lacking(found)):
        close(talk)
        return
    results = {each.row["id"]: _result(each) for each in found.products}
    if councils.close(talk.tx, found.row["id"], results, talk.now):
        talk.log("closed_sitting", "sitting", found.row["id"])
        talk.note("sitting.ended", number=found.row["number"])
    tell(talk)


def _result(one: Product) -> dict[str, Any]:
    if one.row["refused"] or one.tally is None:
        return {"star": None}
    points = one.tally.points
    return {
        "star": one.tally.star,
        "points_of": points.numerator,
        "points_by": points.denominator,
    }
