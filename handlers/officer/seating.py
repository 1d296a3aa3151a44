"""Hội đồng at the officer's: setting it up, who sits in it, and the codes by which they come."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import digest_wishes, leaving
from handlers.producer import consenting
from handlers.talk import Talk
from programme import office_codes
from programme.places import places
from programme.roles import Role
from storage import councils, officers

_PROVINCE = 2  # signs of a province's code
_DAYS = timedelta(days=14)  # for which a code is good
_INVITED = councils.MARKING | {"secretary"}
_WRITING = frozenset({"clerk", "secretary"})
_BY_SEAT = frozenset({Role.MEMBER, Role.SECRETARY})


class Invited(NamedTuple):
    """A seat, and the code by which somebody comes to it until then; it is told only now."""

    seat: dict[str, Any]
    code: str
    until: datetime


def province_of(talk: Talk) -> str | None:
    """The province whose council it is about: the officer's, else where they sit, else the last."""
    scope = officers.scope(talk.tx, talk.person)
    if scope and len(scope.area) == _PROVINCE:
        return scope.area
    seat = councils.of_person(talk.tx, talk.person)
    if seat:
        return str(seat["province_code"])
    return councils.last_province(talk.tx) if scope and not scope.area else None


def council_of(talk: Talk) -> dict[str, Any] | None:
    """The council that it is about; says how to make one where there is none."""
    province = province_of(talk)
    found = councils.current(talk.tx, province) if province else None
    if found is None:
        talk.say("council.no_council")
    return found


def begin(talk: Talk, named: str) -> None:
    """Ask for the council's decision and its people."""
    scope = officers.scope(talk.tx, talk.person)
    area = scope.area if scope else ""
    if area and len(area) != _PROVINCE:
        talk.say("council.of_province")
        return
    meant = places().province(area) if area else places().province_of(named) if named else None
    if meant is None:
        talk.say("council.which_province")
        return
    if _sits(talk, meant.code):
        talk.say("council.is_sitting")
        return
    talk.leave()
    talk.start("council", {"province": meant.code, "name": meant.shown})


def _sits(talk: Talk, province: str) -> bool:
    """Whether the council of the province has a meeting that is not over."""
    council = councils.current(talk.tx, province)
    last = councils.last_sitting(talk.tx, council["id"]) if council else None
    return last is not None and last["status"] == "open"


def sent(talk: Talk, run: Run) -> None:
    """Keep the council, and hand out a code for each who is to come."""
    answers = walk.collected(talk.catalogue.of(run), run)
    if coming := found(talk, run.facts["province"], answers):
        _hand_out(talk, coming)


def found(talk: Talk, province: str, answers: dict[str, Any]) -> list[Invited]:
    """Make the council that was answered; those who are to come to it.

    Nobody where another one sits just now, which is said.
    """
    if _sits(talk, province):
        talk.say("council.is_sitting")
        return []
    values = {
        "province_code": province,
        "decision": answers["decision"],
        "decided_on": date.fromisoformat(answers["decided_on"]),
        "made_by": talk.person,
    }
    before = councils.current(talk.tx, province)
    council = councils.found(talk.tx, values, answers["seats"], talk.now)
    for seat in councils.seats(talk.tx, before["id"]) if before else ():
        _release(talk, seat)
    talk.log("founded_council", "council", council, area=province)
    seats = councils.seats(talk.tx, council)
    meant, marking = places().province(province), len(councils.marking(seats))
    name = meant.shown if meant else ""
    talk.say("council.made", name=name, count=len(seats), marking=marking)
    return [_invited(talk, seat) for seat in seats if seat["position"] in _INVITED]


def _invited(talk: Talk, seat: dict[str, Any]) -> Invited:
    code, until = office_codes.made(talk.chance), talk.now + _DAYS
    councils.invite(talk.tx, seat["council_id"], seat["seat"], code, until)
    return Invited(seat, office_codes.shown(code), until)


def _hand_out(talk: Talk, coming: list[Invited]) -> None:
    lines = tuple(
        Message("council.code_line", {**_named(each.seat), "code": each.code}) for each in coming
    )
    talk.say("council.codes", lines=lines, days=_DAYS.days)


def _named(seat: dict[str, Any]) -> dict[str, Any]:
    position = Message(f"council.position_{seat['position']}")
    return {"number": seat["seat"], "name": seat["name"], "position": position}


def tell(talk: Talk) -> None:
    """Who sits in the council, and who has come."""
    if (council := council_of(talk)) is None:
        return
    seats = councils.seats(talk.tx, council["id"])
    lines = tuple(
        Message(
            "council.seat_line",
            {
                **_named(seat),
                "office": seat["office"],
                "came": seat["person_id"] is not None,
                "comes": seat["position"] in _INVITED,
            },
        )
        for seat in seats
    )
    about = {"decision": council["decision"], "day": council["decided_on"]}
    talk.say("council.seats", **about, lines=lines)


def new_code(talk: Talk, number: int | None) -> None:
    """Give a new code for a seat, also to whoever sat there and has lost the phone."""
    if invited := invite_anew(talk, number):
        _hand_out(talk, [invited])


def invite_anew(talk: Talk, number: int | None) -> Invited | None:
    """The new code of the seat of that number; None where nobody comes to it, which is said."""
    if (council := council_of(talk)) is None:
        return None
    seats = councils.seats(talk.tx, council["id"])
    seat = next((each for each in seats if each["seat"] == number), None)
    if seat is None or seat["position"] not in _INVITED:
        talk.say("council.no_such_seat")
        return None
    _release(talk, seat)
    talk.log("invited_to_council", "council", council["id"], seat=seat["seat"])
    return _invited(talk, seat)


def _release(talk: Talk, seat: dict[str, Any]) -> None:
    """Let who sat there be no officer any more, if they were one by that seat alone."""
    person = seat["person_id"]
    scope = officers.scope(talk.tx, person) if person not in (None, talk.person) else None
    if scope and scope.role in _BY_SEAT:
        session = talk.session_of(person)
        talk.sessions[person] = leaving.dismiss(talk.tx, scope, session, talk.now)
        talk.log("dismiss", "person", person, role=str(scope.role), area=scope.area)


def joined(talk: Talk, code: str) -> bool:
    """Seat whoever has typed the code of a seat; False when it is none."""
    seat = councils.sit(talk.tx, code, talk.person, talk.now)
    if seat is None:
        return False
    council = councils.by_id(talk.tx, seat["council_id"])
    assert council is not None  # noqa: S101 - the seat is one of its
    scope = officers.scope(talk.tx, talk.person)
    role = Role.SECRETARY if seat["position"] in _WRITING else Role.MEMBER
    if scope is None or (scope.role is Role.MEMBER and role is not Role.MEMBER):
        talk.session = leaving.closed(talk.tx, talk.person, talk.session, talk.now)
        by = council["made_by"]
        province = str(seat["province_code"])
        officers.appoint(talk.tx, talk.person, province, talk.now, role, appointed_by=by)
        if role is Role.SECRETARY:
            digest_wishes.begin(talk)
    if not consenting.given(talk.session):
        talk.leave()  # what was asked of a stranger
    talk.log("came_to_council", "council", council["id"], seat=seat["seat"])
    talk.say("council.welcome", **_named(seat), writes=seat["position"] in _WRITING)
    if council["made_by"] != talk.person:
        talk.tell(council["made_by"], "council.came", **_named(seat))
    return True
