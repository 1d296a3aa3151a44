"""One product of a meeting at the secretary's: marked anew, put out, let in, taken off.

Where opinions are asked in writing nobody talks it over: what needs that is put off to a meeting.
"""

from handlers.officer import impartial, sittings
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme.roles import Right
from storage import ballots, councils, planner

_LONGEST = 300  # signs of a reason


def _of_place(talk: Talk, place: int | None) -> tuple[Meeting, Product] | None:
    """The open meeting and its product there, unless the officer acts for its producer."""
    found = sittings.still_open(talk)
    one = found.at(place) if found else None
    if found is not None and one is None:
        talk.say("sitting.no_such_product")
    if not (found and one):
        return None
    own = impartial.refused(talk, one.row["producer_id"], Right.COUNCIL, waits=False)
    return None if own else (found, one)


def _of_talk(talk: Talk, place: int | None) -> tuple[Meeting, Product] | None:
    """The same where a council meets, which can talk the product over."""
    both = _of_place(talk, place)
    if both and both[0].written:
        talk.say("opinions.needs_talk", number=place, name=both[1].row["name"])
        return None
    return both


def again(talk: Talk, place: int | None, turn: int | None = None) -> None:
    """Let a product be marked anew, by all; the marks of before stay on record.

    Where the ``turn`` that was looked at is over, it is being marked anew already.
    """
    if (both := _of_talk(talk, place)) is None:
        return
    found, one = both
    about = {"number": one.row["place"], "name": one.row["name"]}
    if turn not in (None, one.row["turn"]):
        talk.say("sitting.is_again", **about)
        return
    turn = councils.again(talk.tx, found.row["id"], one.row["id"])
    talk.log("opened_marking_again", "dossier", one.row["id"], turn=turn)
    for seat in found.marking:
        if seat["person_id"] not in (None, talk.person):
            talk.tell(seat["person_id"], "sitting.mark_again", **about)
    talk.say("sitting.again", **about)


def refuse(talk: Talk, place: int | None, why: str) -> None:
    """Put a product out for a reason, whatever its points."""
    if (both := _of_talk(talk, place)) is None:
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
    about = {"number": one.row["place"], "name": one.row["name"], "written": found.written}
    if ballots.any_of(talk.tx, found.row["id"], one.row["id"]):
        talk.say("sitting.is_marked", **about)
        return
    over = councils.drop(talk.tx, found.row["id"], one.row["id"])
    planner.of_opinions(talk.tx, [found.row["id"]], talk.now)
    talk.log("dropped_product", "dossier", one.row["id"])
    talk.say("sitting.dropped_last" if over else "sitting.dropped", **about)
