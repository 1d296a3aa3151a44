"""Officers by the command line: the first code, who is there, a phone shut out, what was done."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from secrets import randbelow

import msgspec

from bot import clock
from bot.clock import TurnedClock
from bot.settings import Settings
from conversations.forms.invite import fits
from conversations.session import Session
from documents import qr
from handlers.officer import inviting, leaving, naming
from programme import office_codes, roles
from programme.places import places
from programme.quiet import VIETNAM
from programme.roles import Role
from storage import audit, invitations, migrate, officers, sessions
from storage.audit import Entry
from storage.database import Database, Transaction, alone
from storage.invitations import Office
from storage.officers import Scope

NOBODY = 0  # who did it, in the log: the command line


class WrongOffice(Exception):
    """There is no such office, or no such officer; the message says what would do."""


# -- inviting --------------------------------------------------------------------------------------


def invite(settings: Settings, role: Role, area: str = "", days: int = 7) -> None:
    """Print a code that makes whoever types it that officer, once, within so many days.

    Raises WrongOffice when that role has no such area.
    """
    office = Office(role, _area(role, area))
    with _writing(settings) as tx:
        _give(tx, settings, office, timedelta(days=days))


def _area(role: Role, said: str) -> str:
    """The code of an area that is told by its code or by its name, as the role may have it."""
    code = code_of(said)
    if not fits(role, code):
        wanted = "a commune" if roles.level(role) == "commune" else "a province"
        raise WrongOffice(f"--area: {role} looks after {wanted}, {said or 'nothing'} is none")
    return code


def code_of(said: str) -> str:
    """The code of an area that is told by its code or its name; raises WrongOffice."""
    if not said or naming.area(said):
        return said
    communes = [match for match in places().find(said) if match.exact]
    if len(communes) == 1 and not places().areas(said):
        return communes[0].commune.code
    if province := places().province_of(said):
        return province.code
    raise WrongOffice(f"--area: {said} is no commune and no province of today, or not the only one")


def _give(tx: Transaction, settings: Settings, office: Office, good_for: timedelta) -> None:
    now, code = _now(settings), office_codes.made(randbelow)
    number = invitations.give(tx, code, office, now + good_for)
    _log(tx, "invite", ("invitation", number), now, **inviting.noted(office))
    link = settings.start_link
    until = (now + good_for).astimezone(VIETNAM)
    _say(f"{office.role} {naming.area(office.area) or 'everywhere'}, until {until:%d/%m/%Y}")
    _say(f"code  {office_codes.shown(code)}")
    _say(f"type  {inviting.typed('', code)}")
    if link:
        _say(f"link  {link}{code}")
    _say(qr.terminal(inviting.typed(link, code)))


# -- who is there ----------------------------------------------------------------------------------


def listed(settings: Settings, area: str = "") -> None:
    """Print the officers of an area and of what lies in it, a line each, by number."""
    with _reading(settings) as tx:
        for one in officers.under(tx, officers.over(code_of(area))):
            where = naming.area(one.area) or "everywhere"
            unit = f"unit {one.unit}" if one.unit else ""
            _say(f"{one.person}\t{one.role}\t{one.area}\t{where}\t{one.since:%Y-%m-%d}\t{unit}")


def shut_out(settings: Settings, number: int, *, again: bool = False) -> None:
    """Take the office from that officer's phone at once; ``again`` gives a code for a new one.

    Raises WrongOffice for whoever is no officer.
    """
    with _writing(settings) as tx:
        alone(tx, "officers")
        one = officers.scope(tx, number)
        if one is None:
            raise WrongOffice(f"there is no officer {number}: see ./run bot officers")
        _shut_out(tx, one, _now(settings))
        _say(f"{number} is no officer any more")
        if again:
            _, role, area, unit = one
            _give(tx, settings, Office(role, area, unit, follows=number), inviting.GOOD_FOR)


def _shut_out(tx: Transaction, one: Scope, now: datetime) -> None:
    kept = sessions.load(tx, [one.person]).get(one.person)
    before = msgspec.json.decode(kept.body, type=Session) if kept else Session()
    after = leaving.shut_out(tx, one, before, now)
    body = msgspec.json.encode(after).decode()
    saved = sessions.Saved(one.person, body, after.token, after.shown, after.wake_at)
    sessions.save(tx, [saved], now)
    _log(tx, "shut_out", ("person", one.person), now, role=str(one.role), area=one.area)


# -- what was done ---------------------------------------------------------------------------------


def verify(settings: Settings, since: str = "", *, as_json: bool = False) -> int:
    """Print each place where the log is not as it was written; 0 when it is whole, else 1.

    ``since`` is a number and its hash that were noted down elsewhere, as "SEQ:HASH".
    """
    with _reading(settings) as tx:
        found = [f"{fault.seq} {fault.what}" for fault in audit.faults(tx)]
        found += _differing(tx, since) if since else []
        seq, last = audit.head(tx)
    if as_json:
        _say(json.dumps({"whole": not found, "faults": found, "rows": seq, "head": last}))
    else:
        for fault in found:
            _say(fault)
        _say(f"{'broken' if found else 'whole'}: {seq}:{last}")
    return int(bool(found))


def _differing(tx: Transaction, since: str) -> list[str]:
    seq, _, noted = since.partition(":")
    if not (seq.isdecimal() and noted):
        raise WrongOffice("--since: as SEQ:HASH, the last line of an earlier verify")
    known = audit.hash_of(tx, int(seq)) if int(seq) else audit.BEGINNING
    return [] if known == noted else [f"{seq} not what was noted down"]


def deeds(settings: Settings, person: int) -> None:
    """Print what that person did and looked at, a line each, oldest first."""
    with _reading(settings) as tx:
        for row in audit.of_person(tx, person):
            about = " ".join(f"{name}={told}" for name, told in json.loads(row["about"]).items())
            subject = f"{row['kind']} {row['subject']}" if row["kind"] else ""
            _say(f"{row['seq']}\t{row['at']:%Y-%m-%dT%H:%M:%SZ}\t{row['deed']}\t{subject}\t{about}")


# -- the database ----------------------------------------------------------------------------------


@contextmanager
def _writing(settings: Settings) -> Iterator[Transaction]:
    migrate.upgrade(settings.database)
    with closing(Database(settings.database)) as database, database.transaction() as tx:
        yield tx


@contextmanager
def _reading(settings: Settings) -> Iterator[Transaction]:
    migrate.upgrade(settings.database)
    with closing(Database(settings.database)) as database, database.reading() as tx:
        yield tx


def _now(settings: Settings) -> datetime:
    """The time as the bot has it, where people turn its clock too."""
    return TurnedClock(settings.data / "clock")() if settings.is_demo else clock.now()


def _log(
    tx: Transaction, deed: str, subject: tuple[str, int], now: datetime, **about: int | str | None
) -> None:
    audit.append(tx, Entry(NOBODY, deed, *subject, about), now)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
