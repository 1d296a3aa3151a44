"""A code of an office is typed: whoever types it is an officer from now on."""

import re
from datetime import datetime, timedelta

from handlers.officer import digest_wishes, handing_over, inviting, leaving, naming, seating
from handlers.producer import consenting
from handlers.talk import Talk
from programme import office_codes
from programme.folding import fold
from programme.roles import Role
from storage import duties, invitations, links, officers
from storage.database import alone
from storage.invitations import Office, Used
from storage.officers import Scope

MISSES = 300  # wrong codes within an hour in all chats with one bot; then it looks at none
_HOUR = timedelta(hours=1)
_CODE = re.compile(
    r"^(?:/start|(?:nhap )?ma moi(?: can bo)?(?: la)?|(?:invitation |invite )?code)[: ]+(\S.*)$"
)


def heard(talk: Talk, text: str) -> bool:
    """Take a code, alone or behind a few words; of any other text nothing is done."""
    said = _CODE.match(fold(text[:60]))
    code = office_codes.read(said[1] if said else text[:40])
    if code is None:
        return False
    inside = said is None and _is_asked(talk)
    closed = _closed_until(talk)
    office = None if closed else invitations.look(talk.tx, code, talk.now)
    if office is not None:
        _found(talk, code, office)
        return True
    if not closed and seating.joined(talk, code):
        return True
    if not closed:
        left = links.miss(talk.tx, talk.chat, talk.now)
        talk.log("wrong_code", left=left)
        closed = _closed_until(talk)
    if not inside:
        _refuse(talk, closed)
    return not inside


def _is_asked(talk: Talk) -> bool:
    """Whether something is asked to which a number like a code may be the answer."""
    found = talk.active()
    return found is not None and found[0].name != "consent"


def _closed_until(talk: Talk) -> datetime | None:
    """Until when no code is looked at here: too many were wrong in this chat, or in all."""
    if links.missed(talk.tx, talk.chat, talk.now) >= MISSES:
        return talk.now + _HOUR
    return links.closed_until(talk.tx, talk.chat, talk.now)


def _refuse(talk: Talk, closed: datetime | None) -> None:
    """Say that it is no good, and never why: used, too old and never given sound the same."""
    if closed:
        talk.say("offices.closed", minutes=-(-(closed - talk.now) // timedelta(minutes=1)))
    else:
        talk.say("offices.wrong_code")
    talk.resume(told=True)


# -- a good one ------------------------------------------------------------------------------------


def _found(talk: Talk, code: str, office: Office) -> None:
    alone(talk.tx, "officers")  # two codes at once must not leave nobody who is administrator
    before = officers.scope(talk.tx, talk.person)
    if before and (key := _kept_from(talk, before, office)):
        talk.say(key)
    elif used := invitations.use(talk.tx, code, talk.person, talk.now):
        _become(talk, used, before)
    else:
        _refuse(talk, None)


def _kept_from(talk: Talk, before: Scope, office: Office) -> str:
    """Why an officer should not take that office as well, if there is a reason."""
    if talk.person in {office.made_by, office.follows}:
        return "offices.own_code"
    if before[1:] == (office.role, office.area, office.unit):
        return "offices.is_already"
    lesser = office.role != Role.ADMINISTRATOR or office.area != before.area
    last = officers.is_last_administrator(talk.tx, talk.person)
    return "offices.last_one" if last and lesser else ""


def _become(talk: Talk, used: Used, before: Scope | None) -> None:
    office = used.office
    if before:
        talk.session = leaving.closed(talk.tx, talk.person, talk.session, talk.now)
        invitations.take_back(talk.tx, talk.person)
        duties.told_anew(talk.tx, before.area)
    about = {"unit_id": office.unit, "appointed_by": office.made_by, "name": office.name}
    officers.appoint(talk.tx, talk.person, office.area, talk.now, office.role, **about)
    talk.log("accept", "invitation", used.id, **inviting.noted(office))
    if office.follows:
        handing_over.complete(talk, office, office.follows)
    digest_wishes.begin(talk)
    duties.told_anew(talk.tx, office.area)
    if not consenting.given(talk.session):
        talk.leave()  # what was asked of a stranger
    _welcome(talk, office)
    if office.made_by and office.made_by != office.follows:
        told = naming.office(talk.tx, office.role, office.area, office.unit)
        about = {"number": talk.person, "name": office.name or None}
        talk.tell(office.made_by, "offices.accepted", **about, office=told)


def _welcome(talk: Talk, office: Office) -> None:
    """Say what the office is, and what can be done in it."""
    told = naming.office(talk.tx, office.role, office.area, office.unit)
    talk.note("offices.welcome", office=told)
    talk.say(f"offices.welcome_{office.role}")
