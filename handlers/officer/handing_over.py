"""Bàn giao: an officer's duties go over to whoever comes next, by a code like that of others."""

from handlers.officer import announced, dossiers, inviting, leaving, naming
from handlers.talk import Talk
from storage import announcements, duties, minders, officers
from storage.invitations import Office
from storage.officers import OFFICE, Scope, around


def begin(talk: Talk) -> None:
    """Give a code that moves this officer's duties to whoever uses it; nothing changes till then.

    LookupError for whoever is no officer.
    """
    _, role, area, unit = dossiers.scope_of(talk)
    inviting.give(talk, Office(role, area, unit, made_by=talk.person, follows=talk.person))


def complete(talk: Talk, office: Office, before: int) -> None:
    """Let who has just accepted have all that was the other's, who is told if still in office."""
    if before == talk.person:
        return  # the phone was found again
    duties.pass_on(talk.tx, before, talk.person, talk.now)
    for row in minders.pass_on(talk.tx, before, talk.person):
        stands = announced.progress(row, announcements.ledger(talk.tx, row["id"]))
        talk.tell(talk.person, stands.key, **stands.args)  # after the welcome
    scope = officers.scope(talk.tx, before)
    if scope is None:
        return  # shut out before, and that phone hears nothing
    talk.sessions[before] = leaving.dismiss(talk.tx, scope, talk.session_of(before), talk.now)
    talk.log("hand_over", "person", before, role=str(office.role), area=office.area)
    told = naming.office(talk.tx, office.role, office.area, office.unit)
    talk.tell(before, "offices.handed_over", office=told)
    for above in _above(talk, scope):
        if above != talk.person:
            talk.tell(above, "offices.other_now", office=told, number=talk.person)


def _above(talk: Talk, scope: Scope) -> list[int]:
    """The officers of the areas in which that one lies, and of everywhere each other."""
    areas = [each for each in around(scope.area) if each != scope.area] or [scope.area]
    found = [one for each in areas for one in officers.of(talk.tx, each) if one.role in OFFICE]
    return [one.person for one in found if one.person != scope.person]
