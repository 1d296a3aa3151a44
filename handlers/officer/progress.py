"""How far a meeting is, or the asking of written opinions, in words; what it lacks to end."""

from collections.abc import Iterator

from conversations.messages import Message
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme import council

_NAMED, _PROPOSED = 4, 2


def say(talk: Talk, found: Meeting) -> None:
    """Who has come, or answered, and for each product what there is and what is to be done."""
    (_say_written if found.written else _say_head)(talk, found)
    lines = tuple(_line(found, each) for each in found.products)
    talk.say("sitting.products", lines=lines, hint=_hint(found))


def _hint(found: Meeting) -> Message:
    status = found.row["status"]
    if found.written and status in {"open", "moved"}:
        return Message(f"opinions.hint_{status}")
    return Message(f"sitting.hint_{status}")


def _say_head(talk: Talk, found: Meeting) -> None:
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


def _say_written(talk: Talk, found: Meeting) -> None:
    state = "over" if found.is_open and found.over else found.row["status"]
    talk.say(
        "opinions.head",
        number=found.row["number"],
        day=found.row["day"],
        ended=not found.is_open,
        answered=len(found.answered),
        marking=len(found.marking),
        needed=found.needed,
        state=Message(f"opinions.state_{state}"),
    )


def _line(found: Meeting, one: Product) -> Message:
    about = {"number": one.row["place"], "name": one.row["name"]}
    if one.row["refused"]:
        return Message("sitting.line_refused", {**about, "why": one.row["refused"]})
    if one.put_off:
        return Message("opinions.line_put_off", {**about, "why": why_put_off(one)})
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
            "written": found.written,
            "waited": waited[:_NAMED],
            "more": len(waited[_NAMED:]),
            "proposals": tuple(f"{name}: {why}" for name, why in found.proposals(one)[:_PROPOSED]),
        },
    )


def why_put_off(one: Product) -> Message:
    """Why a product is put off to a meeting."""
    return Message(f"opinions.why_{one.put_off}")


def is_apart(one: Product) -> bool:
    """Whether its sheets are so far apart that they should be talked over."""
    return bool(one.stands and one.tally and one.tally.apart)


def lacks(found: Meeting) -> Iterator[Message]:
    """What is lacking for it to end."""
    if found.written:
        yield from _lacks_opinions(found)
        return
    if not found.present:
        yield Message("sitting.lacks_presence")
    elif not found.may_decide:
        many = {"present": len(found.there), "needed": found.needed}
        yield Message("sitting.lacks_quorum", {**many, "chaired": found.chaired})
    if open_ := [each for each in found.products if not each.settled]:
        yield Message("sitting.lacks_sheets", {"places": _places(open_)})


def _lacks_opinions(found: Meeting) -> Iterator[Message]:
    asked = [each for each in found.products if each.stands]
    waits = [each for each in asked if each.waited_for and not found.over]
    few = [each for each in asked if each not in waits and not found.has_enough(each)]
    if waits:
        yield Message("opinions.lacks_sheets", {"places": _places(waits), "day": found.row["day"]})
    if few:
        yield Message("opinions.lacks_enough", {"places": _places(few), "needed": found.needed})


def _places(some: list[Product]) -> tuple[int, ...]:
    return tuple(each.row["place"] for each in some)
