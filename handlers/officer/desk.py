"""The officer's few words in the chat: becoming one, lists, an idea's photos, answering, days."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

from conversations import engine
from conversations.messages import Attached, Message
from conversations.session import NEVER_SHOWN
from handlers.officer import (
    adding,
    calendar,
    cycling,
    dated,
    digest,
    digest_wishes,
    digest_words,
    dossiers,
    moving,
    papers,
    resting,
    taking_back,
    words,
)
from handlers.officer.dated import Said
from handlers.officer.words import Order
from handlers.producer import consenting
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme.folding import fold
from programme.roles import Right
from storage import files, ideas, officers, questions

_INVITED = re.compile(r"^/start\s+(\S{4,64})$")
_REPLY = re.compile(r"^(?:tl|tra loi|reply)(?: cau)?(?: so)? (\d{1,6})\b")
_PHOTOS = re.compile(
    r"^(?:xem )?(?:anh|hinh|photos?)(?: phieu| of)?(?: so)? (?:yt (\d{4}) )?(\d{1,6})$"
)
_LIST = frozenset({"/danhsach", "y tuong moi", "danh sach", "ideas", "ds", "danh sach phieu"})
_MOST = 8
# What an officer says who wants to be a producer too.
_PRODUCING = frozenset({"idea", "profile"})


class Deed(NamedTuple):
    """What an officer's words want done, and the right that it takes."""

    do: Callable[[Talk], None]
    right: Right = Right.READ


Reader = Callable[[Talk, str], Deed | None]


def heard(talk: Talk, text: str) -> bool:
    """Take what only officers say; everything else is left to others."""
    if invited := _INVITED.match(text.strip()):
        return _invited(talk, invited[1])
    if moving.open_here(talk) and dated.only_a_day(text, talk.today):
        return False
    deed = next((found for read in _READERS if (found := read(talk, text))), None)
    scope = officers.scope(talk.tx, talk.person) if deed else None
    if deed is None or scope is None:
        return False
    token = talk.session.token
    if scope.may(deed.right):
        deed.do(talk)
    else:
        talk.say("officer.not_yours", role=Message(f"officer.role_{scope.role}"))
    if moving.open_here(talk) and talk.session.token == token:
        talk.resume(told=True)  # what was asked of days stands there again
    return True


# -- what the words want ---------------------------------------------------------------------------


def _of_lists(_talk: Talk, text: str) -> Deed | None:
    said = fold(text[:40])
    if said in _LIST:
        return Deed(_list)
    photos = _PHOTOS.match(said.replace("-", " "))
    return Deed(partial(_photos, number=int(photos[2]), year=photos[1])) if photos else None


def _of_questions(_talk: Talk, text: str) -> Deed | None:
    reply = _reply(text)
    return Deed(partial(_answer, number=reply[0], text=reply[1]), Right.ANSWER) if reply else None


def _of_summary(talk: Talk, text: str) -> Deed | None:
    if summary := digest_words.read(text):
        return Deed(partial(digest.obey, order=summary))
    return None if (chosen := digest.chosen(talk, text)) is None else Deed(chosen)


def _of_papers(_talk: Talk, text: str) -> Deed | None:
    order = words.read(text)
    if order is None:
        return None
    return Deed(partial(_obey, order=order, text=text), _RIGHTS.get(order.deed, Right.READ))


def _of_days(_talk: Talk, text: str) -> Deed | None:
    read = dated.read(text)
    return Deed(partial(_do_days, read=read), Right.DATES) if read else None


def _from_list(talk: Talk, text: str) -> Deed | None:
    """What a number wants done, where it stands for one of the officer's own items."""
    shown = talk.session.menu
    place = engine.digit(text) or taking_back.word(text, shown)
    if not 1 <= place <= len(shown) or talk.active() or talk.session.shown == NEVER_SHOWN:
        return None
    name, _, which = shown[place - 1].partition(":")
    if name not in _CHOSEN:
        return None
    do, right = _CHOSEN[name]
    return Deed(lambda talk: do(talk, which), right)


def at_a_loss(talk: Talk, item: str | None = None) -> bool:
    """Tell an officer, who wants nothing that we know, what can be typed; False for others."""
    if item in _PRODUCING or not officers.is_officer(talk.tx, talk.person):
        return False
    talk.note("officer.words")
    talk.say("calendar.words")
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


# -- dossiers and papers ---------------------------------------------------------------------------


def _obey(talk: Talk, order: Order, text: str) -> None:
    if order.deed == "dossiers":
        _dossiers(talk)
    elif not order.numbers:
        talk.say(_WHICH.get(order.deed, f"officer.which_{order.deed}"))
    elif order.deed in _WITH_DOSSIER:
        for number in order.numbers:
            if one := dossiers.of_number(talk, number, order.year):
                _WITH_DOSSIER[order.deed](talk, one)
    elif order.deed == "give_back":
        papers.give_back(talk, order.numbers[0], text)
    else:
        for number in order.numbers:
            (papers.accept if order.deed == "accept" else papers.show)(talk, number)


def _dossiers(talk: Talk) -> None:
    if not dossiers.listing(talk):
        talk.say("officer.no_dossiers")


def _tell(talk: Talk, one: Standing) -> None:
    dossiers.tell(talk, one)
    cycling.tell(talk, one)
    papers.listing(talk, one)
    dossiers.first_doubts(talk, one)


_WITH_DOSSIER: dict[str, Callable[[Talk, Standing], None]] = {
    "dossier": _tell,
    "form_03": dossiers.form_03,
    "doubts": dossiers.all_doubts,
    "send_up": cycling.send_up,
    "plan_good": cycling.plan_good,
}
_RIGHTS = {
    "accept": Right.JUDGE,
    "give_back": Right.JUDGE,
    "plan_good": Right.JUDGE,
    "form_03": Right.PROPOSE,
    "send_up": Right.PROPOSE,
}
_WHICH = {"send_up": "calendar.which_send_up", "plan_good": "calendar.which_plan_good"}


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
}


# -- questions -------------------------------------------------------------------------------------


def _reply(text: str) -> tuple[int, str] | None:
    """The number and the words of "TL 12 …", as they were typed."""
    found = _REPLY.match(fold(text[:60]))
    if found is None:
        return None
    words_ = text.partition(found[1])[2].lstrip(" :.,\n").rstrip()
    return (int(found[1]), words_) if words_ else None


def _answer(talk: Talk, number: int, text: str) -> None:
    person = questions.answer(talk.tx, number, talk.person, text, talk.now)
    if person is None:
        talk.say("officer.no_such_question", number=number)
        return
    talk.tell(person, "officer.reply", text=text)
    talk.say("officer.reply_sent", number=number)


# -- ideas -----------------------------------------------------------------------------------------


def _photos(talk: Talk, number: int, year: str | None) -> None:
    """Send the photos of the idea of that number, one after the other."""
    whole = f"YT-{year or talk.year}-{number:04d}"
    idea = ideas.numbered(talk.tx, dossiers.scope_of(talk), whole)
    kept = (idea["answers"].get("photos") or []) if idea else []
    if idea is None or not kept:
        talk.say("officer.no_photos" if idea else "officer.no_such_idea", number=number)
        return
    for at, file in enumerate(kept, 1):
        kind: Literal["photo", "file"] = (
            "photo" if (files.mime(talk.tx, file) or "image/").startswith("image/") else "file"
        )
        about = {"number": idea["number"], "name": idea["name"], "at": at, "of": len(kept)}
        talk.show(Attached(kind, file, f"{idea['number']}-{at}"), "officer.photo", **about)


def _list(talk: Talk) -> None:
    """The newest ideas of the officer's area, and its open dossiers."""
    lines = tuple(
        Message(
            "officer.idea_line",
            {
                "number": i["number"],
                "name": i["name"],
                "producer": i["answers"]["producer"]["label"],
                "commune": (i["answers"].get("commune") or {}).get("name"),
                "when": i["submitted_at"],
            },
        )
        for i in ideas.handed_in(talk.tx, dossiers.scope_of(talk), _MOST)
    )
    talk.say("officer.ideas", lines=lines) if lines else talk.say("officer.no_ideas")
    dossiers.listing(talk)


# Whoever knows the words first says what they want.
_READERS: tuple[Reader, ...] = (
    _of_lists,
    _of_questions,
    _of_summary,
    _of_papers,
    _of_days,
    _from_list,
)
