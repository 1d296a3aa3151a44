"""Phiên họp at the secretary's: calling one, who is there, how far the marking is, ending it.

What is asked in writing is a meeting too, to which nobody comes: see opinions.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import counting, progress, seating
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme import council
from storage import councils, officers, planner
from storage.database import alone
from storage.officers import Scope

_MOST = 60  # products before one meeting


# -- calling it ------------------------------------------------------------------------------------


def begin(talk: Talk) -> None:
    """Ask for the day and the place of a meeting on all that waits for one."""
    if (made := none_open(talk)) is None:
        return
    rows = waiting(talk, made)
    if not rows:
        talk.say("sitting.nothing_waits")
        return
    talk.leave()
    talk.note("sitting.waiting", count=len(rows), written=len(askable(talk, rows)))
    talk.start("sitting", {"council": made["id"]})


def none_open(talk: Talk) -> dict[str, Any] | None:
    """The council of the officer, if nothing before it is open; says so where something is."""
    made = seating.council_of(talk)
    if made is None or not _is_open(talk, made):
        return made
    talk.note("sitting.one_is_open")
    tell(talk)
    return None


def _is_open(talk: Talk, made: dict[str, Any]) -> bool:
    last = councils.last_sitting(talk.tx, made["id"])
    return last is not None and bool(last["status"] == "open")


def waiting(talk: Talk, made: dict[str, Any]) -> list[dict[str, Any]]:
    """The dossiers that wait for that council, as many as one meeting takes."""
    return councils.waiting(talk.tx, _scope(made), _MOST)


def askable(talk: Talk, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of them on which written opinions are enough (điểm d khoản 6 Điều 7)."""
    kinds = council.bylaws(talk.rules).written
    return [row for row in rows if row["case"] in kinds and not row["put_off"]]


def _scope(made: dict[str, Any]) -> Scope:
    """What the council of a province may see."""
    return officers.over(made["province_code"])


def sent(talk: Talk, run: Run) -> None:
    """Call the meeting, and tell the council."""
    answers = walk.collected(talk.catalogue.of(run), run)
    made = held_council(talk, run)
    rows = waiting(talk, made) if made else []
    if not (made and rows):
        begin(talk)
        return
    about = {"day": date.fromisoformat(answers["day"]), "place": answers["place"]}
    call(talk, made, rows, about)
    for person in to_tell(talk, councils.seats(talk.tx, made["id"])):
        talk.tell(person, "sitting.called", **about, count=len(rows))
    tell(talk)


def held_council(talk: Talk, run: Run) -> dict[str, Any] | None:
    """The council of the form, before which nobody else calls anything; None if it cannot sit."""
    made = councils.by_id(talk.tx, run.facts["council"])
    assert made is not None  # noqa: S101 - councils stay
    alone(talk.tx, f"council-{made['province_code']}")  # another secretary may be calling it too
    return None if made["ended_at"] or _is_open(talk, made) else made


def call(
    talk: Talk, made: dict[str, Any], rows: Sequence[dict[str, Any]], about: dict[str, Any]
) -> None:
    """Open a meeting of the council on those dossiers, or the asking of written opinions."""
    tables = {row["id"]: row["variant"] for row in rows}
    values = {**about, "made_by": talk.person}
    sitting = councils.call(talk.tx, made, values, tables, talk.now)
    planner.of_opinions(talk.tx, [sitting], talk.now)
    deed = "asked_opinions" if about.get("written") else "called_sitting"
    talk.log(deed, "sitting", sitting, count=len(rows))


def to_tell(talk: Talk, seats: Sequence[dict[str, Any]]) -> list[int]:
    """Who sits on those seats that mark, other than who talks."""
    people = (seat["person_id"] for seat in councils.marking(seats))
    return [person for person in people if person not in (None, talk.person)]


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
    if found := current(talk):
        progress.say(talk, found)


# -- who is there ----------------------------------------------------------------------------------


def attend(talk: Talk, said: str) -> None:
    """Note those seats as present; "all" are those that mark."""
    if (found := still_open(talk)) is None:
        return
    if found.written:
        talk.say("opinions.no_presence")
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
    owing = (seat["person_id"] for one in found.products for seat in one.owing)
    left = Counter(person for person in owing if person is not None)
    until = found.row["day"] if found.written else None
    for person, count in sorted(left.items()):
        talk.tell(person, "sitting.please_mark", count=count, until=until)
    talk.say("sitting.reminded" if left else "sitting.none_to_remind", count=len(left))


# -- ending it -------------------------------------------------------------------------------------


def close(talk: Talk) -> None:
    """Ask whether the meeting is to end; say what is lacking where it cannot."""
    if (found := still_open(talk)) is None:
        return
    if lacking := tuple(progress.lacks(found)):
        talk.say("sitting.cannot_end", lines=lacking, written=found.written)
        return
    apart = tuple(each.row["place"] for each in found.products if progress.is_apart(each))
    items = [
        (f"end_sitting:{found.row['id']}", Message("sitting.item_end", {"written": found.written})),
        ("end_sitting:", Message("sitting.item_go_on", {"written": found.written})),
    ]
    talk.leave()
    key = "opinions.really" if found.written else "sitting.really"
    talk.offer(key, items, number=found.row["number"], apart=apart)


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
    if any(progress.lacks(found)):
        close(talk)
        return False
    results = {each.row["id"]: _result(found, each) for each in found.products}
    if found.written:
        councils.set_day(talk.tx, found.row["id"], talk.today)
    councils.close(talk.tx, found.row["id"], results, talk.now)
    planner.of_opinions(talk.tx, [found.row["id"]], talk.now)
    talk.log("closed_sitting", "sitting", found.row["id"])
    for each in found.products:
        if results[each.row["id"]].get("to_meeting"):
            talk.tell(each.row["person_id"], "opinions.goes_to_meeting", name=each.row["name"])
    talk.note("opinions.ended" if found.written else "sitting.ended", number=found.row["number"])
    return True


def _result(found: Meeting, one: Product) -> dict[str, Any]:
    """What the agenda keeps of it; one whose opinions are apart comes to a meeting (Điều 7)."""
    if why := one.put_off or (found.written and progress.is_apart(one) and "apart"):
        return {"star": None, "to_meeting": why}
    if one.row["refused"] or one.tally is None:
        return {"star": None}
    points = one.tally.points
    return {
        "star": one.tally.star,
        "points_of": points.numerator,
        "points_by": points.denominator,
    }
