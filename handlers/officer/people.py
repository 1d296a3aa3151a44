"""Cán bộ: the officers of one's area by number; one of them leaves, or loses a phone."""

from conversations.messages import Message
from handlers.officer import digest_lists, dossiers, inviting, leaving, naming
from handlers.talk import Talk
from programme import roles
from programme.folding import fold
from storage import officers
from storage.database import alone
from storage.invitations import Office
from storage.officers import Officer, Scope

DISMISS, SHUT_OUT = "dismiss_officer", "shut_out_officer"
_PAGE = 8
_YES = frozenset({"co", "dung", "ok", "chac", "dong y", "thoi viec", "khoa", "khoa may", "yes"})
_NO = frozenset({"khong", "thoi", "giu", "giu nguyen", "de nguyen", "no"})


def show(talk: Talk, page: int | None = None) -> None:
    """The officers of the area but who asks, a page of them, each by the number that stays."""
    scope = dossiers.scope_of(talk)
    others = [one for one in officers.under(talk.tx, scope) if one.person != scope.person]
    start = (max(1, page or 1) - 1) * _PAGE
    shown = others[start : start + _PAGE]
    talk.log("look_officers", count=len(shown))
    digest_lists.turn_here(talk)
    if not shown:
        talk.say("offices.nobody")
        return
    talk.note("offices.people", lines=tuple(_line(talk, one) for one in shown))
    more = len(others) - start - len(shown)
    if more:
        talk.say("offices.more_people", more=more, page=(page or 1) + 1)
    else:
        talk.say("offices.how_people")


def _line(talk: Talk, one: Officer) -> Message:
    told = naming.office(talk.tx, one.role, one.area, one.unit)
    about = {"number": one.person, "name": one.name or None, "since": one.since}
    return Message("offices.line", {**about, "office": told})


def call(talk: Talk, number: int, name: str) -> None:
    """Let that officer be called so in the list; no name takes the one that was there away."""
    if one := _under(talk, number):
        officers.call(talk.tx, one.person, name)
        talk.log("named_officer", "person", one.person)
        if name:
            talk.say("offices.called", number=number, name=name)
        else:
            talk.say("offices.unnamed", number=number)


# -- somebody leaves -------------------------------------------------------------------------------


def ask_dismiss(talk: Talk, number: int | None) -> None:
    """Ask whether that officer is to be none any more."""
    if number is None:
        talk.say("offices.whom_dismiss")
    elif one := _under(talk, number):
        _ask(talk, DISMISS, one)


def dismiss(talk: Talk, which: str) -> None:
    """Let that officer be none any more, and tell them."""
    if one := _chosen(talk, which):
        talk.sessions[one.person] = leaving.dismiss(
            talk.tx, one, talk.session_of(one.person), talk.now
        )
        talk.log("dismiss", "person", one.person, role=str(one.role), area=one.area)
        told = naming.office(talk.tx, one.role, one.area, one.unit)
        talk.tell(one.person, "offices.dismissed", office=told)
        talk.say("offices.dismissal_done", office=told, number=one.person)


def ask_shut_out(talk: Talk, number: int | None) -> None:
    """Ask whether that officer's phone is lost."""
    if number is None:
        talk.say("offices.whom_shut_out")
    elif one := _under(talk, number):
        _ask(talk, SHUT_OUT, one)


def shut_out(talk: Talk, which: str) -> None:
    """Take all from that phone at once, and give a code by which a new one has the duties back."""
    if one := _chosen(talk, which):
        talk.sessions[one.person] = leaving.shut_out(
            talk.tx, one, talk.session_of(one.person), talk.now
        )
        talk.log("shut_out", "person", one.person, role=str(one.role), area=one.area)
        told = naming.office(talk.tx, one.role, one.area, one.unit)
        talk.say("offices.shut_out_done", office=told, number=one.person)
        _, role, area, unit = one
        inviting.give(talk, Office(role, area, unit, made_by=talk.person, follows=one.person))


def _ask(talk: Talk, item: str, one: Scope) -> None:
    told = naming.office(talk.tx, one.role, one.area, one.unit)
    digest_lists.turn_here(talk)
    items = (f"{item}:{one.person}", f"{item}:")
    if item == DISMISS:
        digest_lists.offer(talk, "offices.really_dismiss", items, office=told, number=one.person)
    else:
        digest_lists.offer(talk, "offices.really_shut_out", items, office=told, number=one.person)


def word(text: str, shown: tuple[str, ...]) -> int:
    """The place of what the text chooses, while such a question is on the screen; else 0."""
    if not (shown and shown[0].partition(":")[0] in {DISMISS, SHUT_OUT}):
        return 0
    said = fold(text[:20]).strip(" .,!")
    return 1 if said in _YES else 2 if said in _NO else 0


def _chosen(talk: Talk, which: str) -> Scope | None:
    """The officer of that number, as things stand now; none where all is to stay."""
    talk.change(menu=())
    alone(talk.tx, "officers")  # of two who dismiss each other one stays
    if which.isdecimal():
        return _under(talk, int(which))
    talk.say("offices.stays")
    return None


def _under(talk: Talk, number: int) -> Scope | None:
    """The officer of that number, if this one stands over them; else it is said why not."""
    scope, one = officers.scope(talk.tx, talk.person), officers.scope(talk.tx, number)
    if scope is None or one is None or not scope.holds(one.area):
        talk.say("offices.no_such_officer", number=number)
    elif number == talk.person:
        talk.say("offices.not_oneself")
    elif not roles.over(scope.role, one.role):
        talk.say("offices.not_under", number=number)
    else:
        return one
    return None
