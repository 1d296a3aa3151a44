"""Mời cán bộ: whoever is invited types a one-time code, or follows its link, and has the office."""

from datetime import timedelta
from typing import Any

from conversations import walk
from conversations.answers import Asked, Readable
from conversations.forms.invite import fits, invite, invited
from conversations.messages import Message
from conversations.reading import Read, Wrong
from conversations.session import Run
from documents.qr import QrCode
from handlers.officer import digest_lists, dossiers, naming
from handlers.officer.office_words import Order
from handlers.talk import Talk
from programme import office_codes, roles, units
from programme.roles import Role
from storage import help_units, invitations, officers
from storage.invitations import Office
from storage.officers import Scope

GOOD_FOR = timedelta(days=7)
UNIT = "invite_unit"
_USUAL = "+"  # before the place of one of the usual units
_WORDS = "ma moi"  # what is typed before a code, also where no channel follows links
_PROVINCE = 2  # signs of a province's code
_COMMUNE = 5


# -- asking ----------------------------------------------------------------------------------------


def begin(talk: Talk, order: Order) -> None:
    """Ask which role and where, as far as that was not said and is not the only one."""
    scope = dossiers.scope_of(talk)
    there = [role for role in Role if roles.invites(scope.role, role)]
    facts = _facts(scope, there)
    read = _read_place(talk, order, facts) if order.place else None
    place = dict(read.value) if isinstance(read, Read) and read.sure else None
    commune = place is not None and len(place["code"]) == _COMMUNE
    role = order.role or (Role.COMMUNE if commune else None)
    if role and role not in there:
        talk.say("offices.may_not_invite", role=Message(f"officer.role_{role}"))
    elif read == Wrong("office_area_outside"):
        talk.say("offices.outside", place=order.place)
    else:
        _anew(talk)
        if order.place and not place:
            talk.note("offices.which_place", place=order.place)
        area = (place if role else None) or _only_area(scope, role)
        told = {"role": role, "area": area, "name": order.name}
        _start(talk, facts | {name: value for name, value in told.items() if value})


def _start(talk: Talk, facts: dict[str, Any]) -> None:
    role = facts.get("role")
    if role and (role == Role.ADMINISTRATOR or "area" in facts):
        told = invited(facts if role != Role.ADMINISTRATOR else {"role": role})
        talk.note(told.key, **told.args)
    talk.start(invite.name, facts)


def _facts(scope: Scope, there: list[Role]) -> dict[str, Any]:
    """What the form must know: who may be invited, within which area, and which that is."""
    own = _as_answer(scope.area)
    level = "province" if len(scope.area) == _PROVINCE else "commune"
    known = {"own": own | {"level": level}} if own else {}
    return {"roles": [str(role) for role in there], "within": scope.area, **known}


def _as_answer(code: str) -> dict[str, Any]:
    name = naming.area(code)
    return {"code": code, "name": name} if name else {}


def _only_area(scope: Scope, role: Role | None) -> dict[str, Any] | None:
    """The inviter's own area, where it can be no other."""
    province = len(scope.area) == _PROVINCE
    only = len(scope.area) == _COMMUNE or (province and role and roles.level(role) == "province")
    return _as_answer(scope.area) if only else None


def _read_place(talk: Talk, order: Order, facts: dict[str, Any]) -> Readable:
    """The place that was named, as an answer of the form."""
    known = {"role": order.role} if order.role else {}
    asked = Asked(invite.name, "area", talk.today, known, facts)
    return invite.question("area").kind.read(order.place, asked)


def _anew(talk: Talk) -> None:
    for run in [each for each in talk.session.runs if each.form == invite.name]:
        talk.end(run)
    digest_lists.turn_here(talk)


# -- giving the code -------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Give the code, or ask first for whom an adviser works."""
    answers, scope = walk.collected(talk.catalogue.of(run), run), dossiers.scope_of(talk)
    role = Role(answers["role"])
    area = scope.area if role == Role.ADMINISTRATOR else answers["area"]["code"]
    if answers["sure"] != "yes":
        talk.say("offices.not_invited")
    elif not _may(scope, role, area):
        talk.say("offices.may_not_invite", role=Message(f"officer.role_{role}"))
    elif role == Role.ADVISER:
        _ask_unit(talk, area)
    else:
        name = str(run.facts.get("name", ""))
        give(talk, Office(role, area, made_by=talk.person, name=name))


def _may(scope: Scope, role: Role, area: str) -> bool:
    return roles.invites(scope.role, role) and scope.holds(area) and fits(role, area)


def _ask_unit(talk: Talk, area: str) -> None:
    """Ask for whom an adviser works: a unit of the area, or a usual one that it has not told of."""
    told = [one for one in help_units.everyone(talk.tx) if one["area"] in officers.around(area)]
    usual = units.usual() if len(told) < len(units.usual()) else ()
    known = {one["unit"] for one in told}
    offered = [(str(one["id"]), one["unit"]) for one in told]
    offered += [(f"{_USUAL}{at}", n) for at, (n, _) in enumerate(usual) if n not in known]
    names = [name for _, name in offered]
    lines = tuple(
        Message("offices.unit_line", {"place": place, "name": name})
        for place, name in enumerate([*names, Message("offices.no_unit")], 1)
    )
    items = [f"{UNIT}:{area}.{which}" for which, _ in offered]
    digest_lists.offer(talk, "offices.which_unit", (*items, f"{UNIT}:{area}."), lines=lines)


def of_unit(talk: Talk, which: str) -> None:
    """Give the code of an adviser who works for that unit, or for none."""
    area, _, unit = which.partition(".")
    talk.change(menu=())
    if _may(dossiers.scope_of(talk), Role.ADVISER, area):
        give(talk, Office(Role.ADVISER, area, _unit(talk, area, unit), talk.person))


def _unit(talk: Talk, area: str, unit: str) -> int | None:
    """The number of the unit; a usual one is the province's from now on."""
    if not unit.startswith(_USUAL):
        return int(unit) if unit else None
    name, duties = units.usual()[int(unit.removeprefix(_USUAL))]
    province = officers.around(area)[-1]
    every = help_units.everyone(talk.tx)
    known = [one["id"] for one in every if (one["area"], one["unit"]) == (province, name)]
    if not known:
        known = [help_units.add(talk.tx, province, name, duties)]
        talk.log("added_unit", "unit", known[0])
    return int(known[0])


def give(talk: Talk, office: Office) -> None:
    """Keep a new code for that office, and say it; its picture comes when it is drawn."""
    code = office_codes.made(talk.chance)
    number = invitations.give(talk.tx, code, office, talk.now + GOOD_FOR)
    talk.log("invite", "invitation", number, **noted(office))
    told = naming.office(talk.tx, office.role, office.area, office.unit)
    key, until = _said_with(talk, office), talk.today + GOOD_FOR
    talk.say(key, office=told, code=office_codes.shown(code), until=until)
    if talk.start_link:
        talk.say("offices.link", link=talk.start_link + code)
    talk.print("office_code", QrCode(typed(talk.start_link, code), naming.area(office.area) or ""))


def _said_with(talk: Talk, office: Office) -> str:
    if not office.follows:
        return "offices.code"
    mine = office.follows == talk.person
    return "offices.code_to_hand_over" if mine else "offices.code_again"


def typed(start_link: str, code: str) -> str:
    """What makes whoever follows or types it an officer."""
    return start_link + code if start_link else f"{_WORDS} {office_codes.shown(code)}"


def noted(office: Office) -> dict[str, int | str | None]:
    """What the log says of an office."""
    told = {"role": str(office.role), "area": office.area, "unit": office.unit}
    return {**told, "made_by": office.made_by, "follows": office.follows}


def take_back(talk: Talk) -> None:
    """Make void all codes of the officer that nobody has used yet."""
    count = invitations.take_back(talk.tx, talk.person)
    talk.log("take_back_codes", count=count)
    if count:
        talk.say("offices.taken_back", count=count)
    else:
        talk.say("offices.none_to_take_back")
