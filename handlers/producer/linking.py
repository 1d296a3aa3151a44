"""One person in several chats: a code given in one and confirmed in the other makes them one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from msgspec.structs import replace

from conversations.messages import Message
from conversations.session import Session
from handlers.officer import leaving
from handlers.producer import consenting, menu, parked, unlinking
from handlers.producer.unlinking import on
from handlers.talk import Talk
from programme.folding import fold
from storage import links, persons, producers

GOOD_FOR = timedelta(minutes=10)
_DIGITS = 6
# "nối 123 456" and its like, or what Telegram types for who follows a link of ours.
_CODE = re.compile(
    r"^(?:/start noi-|(?:/?noi|noi kenh|noi may|noi ma|link|connect)\s+)([\d .-]{4,12})$"
)


def heard(talk: Talk, text: str) -> bool:
    """Take a code, and the words that say where letters are to go."""
    folded = fold(text[:60]).strip(" .,")
    if code := _CODE.match(folded):
        enter(talk, re.sub(r"\D", "", code[1]))
        return True
    return unlinking.preferred(talk, folded)


# -- the code -------------------------------------------------------------------------------------


def give_code(talk: Talk) -> None:
    """A code to be typed in the other chat."""
    until = talk.now + GOOD_FOR
    code = _fresh(talk)
    while not links.give(talk.tx, code, talk.person, until, talk.now):
        code = _fresh(talk)
    talk.say("linking.code_given", code=f"{code[:3]} {code[3:]}")
    talk.resume()


def _fresh(talk: Talk) -> str:
    return f"{talk.chance(10**_DIGITS):0{_DIGITS}d}"


def enter(talk: Talk, code: str) -> None:
    """Look at a code that was typed here, and ask whether this is meant; it opens nothing yet."""
    closed = links.closed_until(talk.tx, talk.chat, talk.now)
    giver = None if closed else links.giver(talk.tx, code, talk.now)
    if closed:
        minutes = -(-(closed - talk.now) // timedelta(minutes=1))
        talk.say("linking.closed", minutes=minutes)
        talk.resume()
    elif giver == talk.person:
        talk.say("linking.typed_here")
        talk.resume()
    elif giver is None or not links.type_in(talk.tx, code, talk.chat, talk.now):
        _wrong(talk)
    else:
        _ask(talk, giver)


def _wrong(talk: Talk) -> None:
    left = links.miss(talk.tx, talk.chat, talk.now)
    talk.say("linking.wrong", left=left) if left else talk.say("linking.last_wrong")
    talk.resume()


def _ask(talk: Talk, giver: int) -> None:
    talk.leave()
    known = producers.of_person(talk.tx, giver)
    there = persons.places(talk.tx, giver)[0].chat
    items = [
        ("link_yes", Message("linking.yes")),
        ("link_no", Message("linking.no")),
    ]
    name = known[0]["name"] if known else None
    talk.offer("linking.ask", items, name=name, there=on(there))


def decline(talk: Talk) -> None:
    """Nothing is linked, and the code is void."""
    links.drop(talk.tx, talk.chat, talk.now)
    talk.change(menu=())
    talk.say("linking.declined")
    if consenting.given(talk.session):
        parked.welcome_back(talk)


# -- joining --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Joined:
    """Two sessions made one, and how runs are numbered in it.

    ``shift`` is added to the numbers of the runs that came; ``renumbered`` are runs that were
    there and whose old number is on buttons of the chat that came, where it meant another run.
    """

    session: Session
    shift: int
    renumbered: Mapping[int, int]


def joined(first: Session, came: Session) -> Joined:
    """The first session, in which the open runs of the one that came lie as drafts.

    No number of a run that came or got a new one was ever on a button in any of the chats.
    """
    shift = max(first.next_run, came.next_run) - 1
    fresh = count(shift + came.next_run)
    renumbered = {run.id: next(fresh) for run in first.runs if run.id < came.next_run}
    own = [replace(run, id=renumbered.get(run.id, run.id)) for run in first.runs]
    theirs = [replace(run, id=run.id + shift) for run in came.runs]
    locks = [session.locked_until for session in (first, came) if session.locked_until]
    session = replace(
        first,
        runs=(*own, *theirs),
        stack=tuple(renumbered.get(number, number) for number in first.stack),
        next_run=next(fresh),
        token=max(first.token, came.token),
        shown=None,
        menu=(),
        tries=max(first.tries, came.tries),
        locked_until=max(locks, default=None),
    )
    return Joined(session, shift, renumbered)


def confirm(talk: Talk) -> None:
    """From now on this chat is the person's who gave the code; what was begun here comes along."""
    giver = links.use(talk.tx, talk.chat, talk.person, talk.now)
    if giver is None:
        talk.change(menu=())
        talk.say("linking.too_late")
        return
    there = [place.chat for place in persons.places(talk.tx, giver)]
    _become(talk, giver)
    for chat in there:
        talk.tell_in(chat, "linking.joined_there", here=on(talk.chat))
    run = talk.session.active()
    talk.leave()
    which = f":{run.id}" if run and talk.session.run(run.id) else ""
    items = [
        (f"link_both{which}", Message("linking.both")),
        (f"link_one{which}", Message("linking.one")),
    ]
    talk.note("linking.joined")
    talk.offer("linking.ask_both", items, there=on(there[0]), here=on(talk.chat))


def _become(talk: Talk, giver: int) -> None:
    both = {giver: talk.session_of(giver), talk.person: talk.session}
    if lost := links.loses_office(talk.tx, talk.person, giver):
        both[lost] = leaving.closed(talk.tx, lost, both[lost], talk.now)
    made = joined(both[giver], both[talk.person])
    numbers = (made.shift, made.renumbered)
    consent = links.join(talk.tx, talk.person, giver, numbers, talk.now)
    talk.person, talk.regrouped = giver, True
    talk.session = replace(made.session, consent=consent)


def allow_both(talk: Talk, which: str = "") -> None:
    """A letter that fails in one chat may go to the other; then on with the run of that number."""
    consenting.allow_elsewhere(talk, allowed=True)
    _go_on(talk, "linking.both_noted", which)


def keep_to_one(talk: Talk, which: str = "") -> None:
    """A letter stays in its chat, also when it fails there; then on with the run of that number."""
    consenting.allow_elsewhere(talk, allowed=False)
    _go_on(talk, "linking.one_noted", which)


def _go_on(talk: Talk, key: str, which: str) -> None:
    talk.note(key)
    if any(str(run.id) == which for run in talk.session.runs):
        parked.take_up(talk, which)
    elif not parked.welcome_back(talk):
        menu.show(talk)
