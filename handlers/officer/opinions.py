"""Lấy ý kiến bằng văn bản: members mark until a day, and nobody meets (điểm d khoản 6 Điều 7).

Products whose opinions differ, or that are complex, are put off to a meeting.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from conversations import readings, walk
from conversations.reading import Read
from conversations.session import Run
from handlers.officer import impartial, sittings
from handlers.officer.counting import Meeting, Product
from handlers.officer.progress import is_apart
from handlers.talk import Talk
from programme import firings, rounds
from programme.roles import Right
from storage import councils, planner

# -- asking ----------------------------------------------------------------------------------------


def begin(talk: Talk) -> None:
    """Ask until when opinions are to come on all that waits and may be settled in writing."""
    if (made := sittings.none_open(talk)) is None:
        return
    rows = sittings.waiting(talk, made)
    asked = sittings.askable(talk, rows)
    if not asked:
        talk.say("opinions.nothing_to_ask" if rows else "sitting.nothing_waits")
        return
    talk.leave()
    others = len(rows) - len(asked)
    talk.note("opinions.waiting", count=len(asked), others=others, by=_result_by(talk, asked))
    talk.start("opinions", {"council": made["id"]})


def _result_by(talk: Talk, asked: Sequence[dict[str, Any]]) -> date | None:
    """By when the first of them has to have its result, from the day on which it was whole."""
    days = (firings.day_of(row["checked_at"]) for row in asked)
    terms = (rounds.due("reassessment", day, talk.rules) for day in days)
    return min(filter(None, terms), default=None)


def sent(talk: Talk, run: Run) -> None:
    """Ask the members for their opinions until that day."""
    answers = walk.collected(talk.catalogue.of(run), run)
    made = sittings.held_council(talk, run)
    rows = sittings.askable(talk, sittings.waiting(talk, made)) if made else []
    if not (made and rows):
        begin(talk)
        return
    day = date.fromisoformat(answers["day"])
    sittings.call(talk, made, rows, {"day": day, "place": "", "written": True})
    for person in sittings.to_tell(talk, councils.seats(talk.tx, made["id"])):
        talk.tell(person, "opinions.asked", day=day, count=len(rows))
    sittings.tell(talk)


def _asking(talk: Talk) -> Meeting | None:
    """The open asking of opinions, held; says so where there is none, or a meeting is open."""
    found = sittings.still_open(talk)
    if found is not None and not found.written:
        talk.say("opinions.is_meeting")
        return None
    return found


def move(talk: Talk, said: str) -> None:
    """Let opinions come until another day, and tell those who have not said theirs."""
    match readings.date(said, talk.today, "future"):
        case Read(day, _) if day >= talk.today:
            set_day(talk, day)
        case _:
            talk.say("opinions.which_day")


def set_day(talk: Talk, day: date) -> None:
    """The same of a day that is known."""
    if (found := _asking(talk)) is None:
        return
    councils.set_day(talk.tx, found.row["id"], day)
    planner.of_opinions(talk.tx, [found.row["id"]], talk.now)
    talk.log("moved_opinions", "sitting", found.row["id"])
    left = [seat["seat"] for each in found.products for seat in each.owing]
    seats = [seat for seat in found.marking if seat["seat"] in left]
    told = sittings.to_tell(talk, seats)
    for person in told:
        talk.tell(person, "opinions.moved", day=day)
    talk.say("opinions.day_set", day=day, count=len(told))


# -- to a meeting ----------------------------------------------------------------------------------


def put_off(talk: Talk, said: str) -> None:
    """Put products off to a meeting by their numbers, or "all"; asks which where none is named."""
    if (found := _asking(talk)) is None:
        return
    if not said:
        talk.say("opinions.which_product")
        return
    chosen = _named(found, said) if re.search(r"\d", said) else found.products
    meant = _not_own(talk, [each for each in chosen if each.stands])
    if not meant:
        _say_none(talk)
        return
    _keep(talk, found, {each.row["id"]: _why(found, each) for each in meant})
    for each in meant:
        talk.log("put_off_product", "dossier", each.row["id"])
    places = tuple(each.row["place"] for each in meant)
    talk.say("opinions.put_off", names=tuple(each.row["name"] for each in meant), places=places)


def _keep(talk: Talk, found: Meeting, reasons: dict[int, str]) -> None:
    councils.put_off(talk.tx, found.row["id"], reasons)
    planner.of_opinions(talk.tx, [found.row["id"]], talk.now)


def _why(found: Meeting, one: Product) -> str:
    if one.waited_for and not found.over:
        return "complex"
    if not found.has_enough(one):
        return "few"
    return "apart" if is_apart(one) else "complex"


def take_back(talk: Talk, place: int | None) -> None:
    """Let opinions on a product that was put off be asked again."""
    if (found := _asking(talk)) is None:
        return
    chosen = _not_own(talk, [each for each in _named(found, str(place)) if each.put_off])
    if not chosen:
        _say_none(talk)
        return
    (one,) = chosen
    _keep(talk, found, {one.row["id"]: ""})
    talk.log("took_back_product", "dossier", one.row["id"])
    talk.say("opinions.taken_back", number=one.row["place"], name=one.row["name"])


def _say_none(talk: Talk) -> None:
    if not talk.lead:  # else it was said of it that it is the officer's own
        talk.say("sitting.no_such_product")


def _named(found: Meeting, said: str) -> tuple[Product, ...]:
    places = {int(each) for each in re.findall(r"\d+", said)}
    return tuple(each for each in found.products if each.row["place"] in places)


def _not_own(talk: Talk, some: Sequence[Product]) -> list[Product]:
    """Those for whose producer the officer does not act; says so of the others."""
    return [
        each
        for each in some
        if not impartial.refused(talk, each.row["producer_id"], Right.COUNCIL, waits=False)
    ]
