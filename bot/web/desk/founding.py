"""Lập Hội đồng: who sits in it, as its decision tells; then everybody's code, once, to be printed.

As in the chat the list is read back before it counts, and a council that sits is not replaced.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Page, Visit
from conversations.answers import Asked, Readable
from conversations.forms.council import council
from conversations.messages import Message
from conversations.reading import Read
from conversations.readings.seats import Seat
from handlers.officer import calendar, seating
from handlers.officer.seating import Invited
from programme.places import places
from programme.roles import Right
from storage import councils


def titles(visit: Visit) -> dict[str, str]:
    """What a seat is called, by its position."""
    every = councils.MARKING | {"secretary", "guest"}
    return {each: visit.words(Message(f"council.position_{each}")) for each in every}


def show(visit: Visit) -> Page:
    """An empty form."""
    return _page(visit, {})


def _page(
    visit: Visit,
    typed: Mapping[str, str],
    *wrong: str,
    seats: Sequence[Mapping[str, str]] = (),
    unread: Sequence[str] = (),
    why: str = "",
) -> Page:
    visit.need(Right.COUNCIL)
    if calendar.is_commune(visit.scope.area):
        raise HTTPException(403)
    province = _province(visit, typed)
    before = councils.current(visit.talk.tx, province) if province else None
    about = {
        "typed": dict(typed),
        "wrong": frozenset(wrong),
        "asks_province": not visit.scope.area,
        "before": before,
        "seats": seats,
        "unread": unread,
        "why": why,
        "titles": titles(visit),
    }
    return Page("founding", about)


def _province(visit: Visit, typed: Mapping[str, str]) -> str:
    """The code of the province whose council it is; empty where none was named."""
    if visit.scope.area:
        return visit.scope.area
    meant = places().province_of(typed.get("province", ""))
    return meant.code if meant else ""


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Read the list back; or make the council as it was read, and show everybody's code."""
    visit.need(Right.COUNCIL)
    form, deed = visit.form, visit.form.get("do")
    if deed not in {"look", "make"}:
        raise HTTPException(400)
    province, answers, wrong, unread = _province(visit, form), *_answered(visit)
    if not province:
        wrong.append("province")
    if wrong:
        return _page(visit, form, *wrong, unread=unread)
    seats, before = answers["seats"], councils.current(visit.talk.tx, province)
    if deed == "look":
        return _page(visit, form, seats=seats, unread=unread)
    if visit.asked("seen", 0) != (before["id"] if before else 0):
        return _page(visit, form, "meanwhile", seats=seats, unread=unread)
    coming = seating.found(visit.talk, province, answers)
    if not coming:
        return _page(visit, form, "sits", why=" ".join(visit.said()), seats=seats)
    return invitations(visit, coming)


def _answered(visit: Visit) -> tuple[dict[str, Any], list[str], list[str]]:
    """The answers as the chat would have them, the fields that are none, and the lines unread."""
    answers: dict[str, Any] = {}
    wrong: list[str] = []
    day = visit.day("decided_on")
    texts = {
        "decision": visit.form.get("decision", "").strip(),
        "decided_on": f"{day:%d/%m/%Y}" if day else "",
    }
    for key, text in texts.items():
        match _read(visit, key, text):
            case Read(value):
                answers[key] = value
            case _:
                wrong.append(key)
    answers["seats"], unread = _seats(visit)
    if not answers["seats"]:
        return answers, [*wrong, "seats"], unread
    broken = [rule.name for rule in council.rules if rule.broken(answers, {})]
    return answers, wrong + broken, unread


def _read(visit: Visit, key: str, text: str) -> Readable:
    asked = Asked(council.name, key, visit.talk.today, {}, {})
    return council.question(key).kind.read(text, asked) if text else None


def _seats(visit: Visit) -> tuple[list[Seat], list[str]]:
    """The seats that the lines name, none where they are too many, and the lines unread."""
    kind = council.question("seats").kind
    match _read(visit, "seats", visit.form.get("seats", "")):
        case Read({"told": _, "unread": unread} as told) if kind.part([], told) == told:
            return kind.whole([told]), list(unread)
        case _:
            return [], []


# -- who is to come --------------------------------------------------------------------------------


def invitations(visit: Visit, coming: Sequence[Invited]) -> Page:
    """Everybody's code, to be printed: it is told at this instant alone."""
    made = councils.by_id(visit.talk.tx, coming[0].seat["council_id"])
    assert made is not None  # noqa: S101 - the seats are its own
    meant = places().province(made["province_code"])
    about = {
        "coming": coming,
        "council": made,
        "province": meant.shown if meant else "",
        "titles": titles(visit),
        "said": list(visit.said()),
    }
    return Page("invitations", about)
