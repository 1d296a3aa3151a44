"""The officer's few words in the chat: becoming one, lists, an idea's photos, answering, days."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

from conversations import engine
from conversations.messages import Message
from conversations.session import NEVER_SHOWN
from handlers import intents
from handlers.officer import (
    accepting,
    adding,
    announcement_orders,
    answering,
    calendar,
    council,
    dated,
    desk_link,
    digest,
    digest_wishes,
    digest_words,
    hints,
    ideas,
    inbox,
    inspecting,
    money,
    moving,
    obeying,
    offices,
    pairing,
    people,
    phrases,
    reports,
    resting,
    revoking,
    taking_back,
    targets,
    tasks,
    words,
    year_figures,
)
from handlers.officer.dated import Said
from handlers.producer import consenting, parked
from handlers.talk import Talk
from programme.folding import fold
from programme.roles import Right
from storage import officers

_INVITED = re.compile(r"^/start\s+(\S{4,64})$")
_PHOTOS = re.compile(
    r"^(?:xem )?(?:anh|hinh|photos?)(?: phieu| of)?(?: so)? (?:yt (\d{4}) )?(\d{1,6})$"
)
_LIST = frozenset({"/danhsach", "y tuong moi", "danh sach", "ideas", "ds", "danh sach phieu"})
_ROOMS = (targets, tasks, inspecting, revoking, money, year_figures, pairing)
_KIND = frozenset({"hello", "thanks"})
_DRAFTS = frozenset({"go_on", "drafts"})
# What an officer says who wants to be a producer too.
_PRODUCING = frozenset({"idea", "profile"})


class Deed(NamedTuple):
    """What an officer's words want done, and the right that it takes."""

    do: Callable[[Talk], None]
    right: Right = Right.READ


Reader = Callable[[Talk, str], Deed | None]


def heard(talk: Talk, text: str) -> bool:
    """Take what only officers say; everything else is left to others."""
    if accepting.heard(talk, text):
        return True
    if invited := _INVITED.match(text.strip()):
        return _invited(talk, invited[1])
    if moving.open_here(talk) and dated.only_a_day(text, talk.today):
        return False
    deed = _read(talk, text)
    if deed is None and not talk.active():
        plainer = (_read(talk, words) for words in phrases.plainer(text))
        deed = next(filter(None, plainer), None) or _of_name(text)
    return _does(talk, deed)


def _read(talk: Talk, text: str) -> Deed | None:
    return next((found for read in _READERS if (found := read(talk, text))), None)


def tapped(talk: Talk, item: str) -> bool:
    """Do what the button of an officer's list wants; everything else is left to others."""
    return _does(talk, _of_item(item))


def _does(talk: Talk, deed: Deed | None) -> bool:
    """Do what an officer wants done and may; False for nothing, and for who is no officer."""
    scope = officers.scope(talk.tx, talk.person) if deed else None
    if deed is None or scope is None:
        return False
    token = talk.session.token
    if scope.may(deed.right):
        deed.do(talk)
    else:
        talk.say("officer.not_yours", role=Message(f"officer.role_{scope.role}"))
    if talk.session.token == token:
        talk.resume(told=True)  # what was asked before, if anything was, stands there again
    return True


# -- what the words want ---------------------------------------------------------------------------


def _of_lists(_talk: Talk, text: str) -> Deed | None:
    said = fold(text[:40])
    if said in _LIST:
        return Deed(ideas.listing)
    photos = _PHOTOS.match(said.replace("-", " "))
    return Deed(partial(ideas.photos, number=int(photos[2]), year=photos[1])) if photos else None


def _of_drafts(talk: Talk, text: str) -> Deed | None:
    """What lies half filled, of who is no producer; with a form open the words are for that."""
    asked = not talk.active() and not consenting.given(talk.session)
    wanted = asked and intents.exact(text) in _DRAFTS and parked.newest(talk) is not None
    return Deed(parked.go_on) if wanted else None


def _of_questions(_talk: Talk, text: str) -> Deed | None:
    return Deed(do, Right.ANSWER) if (do := answering.wanted(text)) else None


def _of_offices(talk: Talk, text: str) -> Deed | None:
    return Deed(*found) if (found := offices.wanted(talk, text)) else None


def _of_council(talk: Talk, text: str) -> Deed | None:
    return Deed(*found) if (found := council.wanted(talk, text)) else None


def _of_summary(talk: Talk, text: str) -> Deed | None:
    if summary := digest_words.read(text):
        return Deed(partial(digest.obey, order=summary))
    return None if (chosen := digest.chosen(talk, text)) is None else Deed(chosen)


def _of_announcements(talk: Talk, text: str) -> Deed | None:
    return Deed(do, Right.ANNOUNCE) if (do := announcement_orders.read(talk, text)) else None


def _of_inbox(talk: Talk, text: str) -> Deed | None:
    return Deed(do) if (do := inbox.read(talk, text)) else None


def _of_desk(_talk: Talk, text: str) -> Deed | None:
    return Deed(do) if (do := desk_link.read(text)) else None


def _of_reports(talk: Talk, text: str) -> Deed | None:
    order = reports.read(talk, text)
    return Deed(partial(reports.tell, order=order)) if order else None


def _of_plans(talk: Talk, text: str) -> Deed | None:
    found = next((each for room in _ROOMS if (each := room.wanted(talk, text))), None)
    return Deed(*found) if found else None


def _of_papers(talk: Talk, text: str) -> Deed | None:
    order = words.read(text)
    if order is None or obeying.is_answer(talk, order):
        return None
    do = partial(obeying.obey, order=order, text=text)
    return Deed(do, obeying.RIGHTS.get(order.deed, Right.READ))


def _of_name(text: str) -> Deed | None:
    """A dossier that is called by its product or its producer, where nothing else is meant."""
    name = "" if intents.find(text) else words.dossier_called(text)
    return Deed(partial(obeying.called, name=name)) if name else None


def _of_days(talk: Talk, text: str) -> Deed | None:
    read = dated.read(text)
    if read is None:
        return None
    looks = read(talk.today).deed in _LOOKING
    return Deed(partial(_do_days, read=read), Right.READ if looks else Right.DATES)


def _from_list(talk: Talk, text: str) -> Deed | None:
    """What a number wants done, where it stands for one of the officer's own items."""
    shown = talk.session.menu
    place = engine.digit(text) or taking_back.word(text, shown) or people.word(text, shown)
    if not 1 <= place <= len(shown) or talk.active() or talk.session.shown == NEVER_SHOWN:
        return None
    return _of_item(shown[place - 1])


def _of_item(item: str) -> Deed | None:
    """What an item of an officer's list wants; None for one of another list."""
    name, _, which = item.partition(":")
    if name not in _CHOSEN:
        return None
    do, right = _CHOSEN[name]
    return Deed(lambda talk: do(talk, which), right)


def at_a_loss(talk: Talk, item: str | None = None) -> bool:
    """Greet an officer, or tell what can be typed; False for others and who is a producer now."""
    if item in _PRODUCING:
        return False
    if item not in _KIND or not officers.is_officer(talk.tx, talk.person):
        return hints.tell(talk)
    talk.note(f"officer.{item}")
    if item == "hello":
        inbox.show(talk)
    return True


def _invited(talk: Talk, code: str) -> bool:
    if talk.officer_code is None or code != talk.officer_code:
        return False
    officers.appoint(talk.tx, talk.person, "", talk.now)
    digest_wishes.begin(talk)
    if not consenting.given(talk.session):
        talk.leave()  # what was asked of a stranger
    talk.say("officer.welcome", area=None)
    return True


# -- days ------------------------------------------------------------------------------------------


def _do_days(talk: Talk, read: Callable[[date], Said]) -> None:
    said = read(talk.today)
    _WITH_DAYS[said.deed](talk, said)


def _calendar(talk: Talk, said: Said) -> None:
    calendar.show(talk, said.year)


def _days_off(talk: Talk, _said: Said) -> None:
    resting.show(talk)


def _extra(talk: Talk, _said: Said) -> None:
    adding.begin(talk)


_LOOKING = frozenset({"calendar", "days_off"})
_WITH_DAYS: dict[str, Callable[[Talk, Said], None]] = {
    "calendar": _calendar,
    "move": moving.begin,
    "extra": _extra,
    "take_back": taking_back.begin,
    "days_off": _days_off,
    "rest": resting.change,
    "work": resting.change,
    "forget": resting.change,
}
# What the items of an officer's list on the screen want, as ``<name>:<which>``.
_CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    "move_date": (moving.chosen, Right.DATES),
    "drop_round": (taking_back.chosen, Right.DATES),
    **{name: (do, Right.ANSWER) for name, do in answering.CHOSEN.items()},
    **{name: (do, Right.ANNOUNCE) for name, do in announcement_orders.CHOSEN.items()},
    **offices.CHOSEN,
    **obeying.CHOSEN,
    **council.CHOSEN,
    **reports.CHOSEN,
    **tasks.CHOSEN,
    **revoking.CHOSEN,
    **pairing.CHOSEN,
    **{name: (do, Right.READ) for name, do in inbox.CHOSEN.items()},
}


# Whoever knows the words first says what they want.
_READERS: tuple[Reader, ...] = (
    _of_announcements,
    _of_lists,
    _of_inbox,
    _of_drafts,
    _of_questions,
    _of_offices,
    _of_desk,
    _of_reports,
    _of_plans,
    _of_summary,
    _of_papers,
    _of_council,
    _of_days,
    _from_list,
)
