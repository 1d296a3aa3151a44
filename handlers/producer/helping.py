"""Helpers: somebody types on the same phone, or acts for a producer from their own."""

import re
from datetime import datetime, timedelta
from typing import Any

from conversations.session import Run
from handlers.producer import consenting, menu, profiles
from handlers.talk import Talk
from programme.folding import fold
from storage import codes, dossiers, producers

_CODE = re.compile(r"^(?:giup|help)\s+(\d{6})$")
_ON = frozenset({"go ho", "toi go ho", "con go ho", "chau go ho", "nhap ho", "typing for"})
_OFF = frozenset({"het go ho", "thoi go ho", "xong go ho", "stop typing for"})
_NO_MORE = frozenset(
    {
        "thoi nho nguoi giup",
        "thoi nho",
        "thoi nho con giup",
        "thoi nguoi giup",
        "bo nguoi giup",
        "end help",
        "stop helper",
    }
)
_GOOD_FOR = timedelta(minutes=10)
_TRIES = 5
_LOCKED_FOR = timedelta(hours=1)


def heard(talk: Talk, text: str) -> bool:
    """Take the words that begin and end typing for somebody, and the code of a producer."""
    words = fold(text[:60]).strip(" .")
    if code := _CODE.match(words):
        use_code(talk, code[1])
    elif words in _ON:
        _with_consent(talk)
    elif words in _OFF:
        end(talk)
    elif words in _NO_MORE:
        take_back(talk)
    else:
        return False
    return True


def _with_consent(talk: Talk) -> None:
    if consenting.given(talk.session):
        begin(talk)
    else:
        consenting.ask(talk, "typist")


def begin(talk: Talk) -> None:
    """Ask whose hand it is from now on."""
    talk.start("typist")


def sent(talk: Talk, run: Run) -> None:
    """From now on the log names that hand."""
    talk.change(typist=run.answers["name"])
    talk.say("typist.done", name=run.answers["name"])


def end(talk: Talk) -> None:
    """The person types for herself again."""
    talk.say("typist.off" if talk.session.typist else "typist.not_on")
    talk.change(typist="")
    talk.resume(told=True)


def give_code(talk: Talk) -> None:
    """A code that lets one other person act for the producer that came first."""
    mine = producers.of_person(talk.tx, talk.person)
    if not mine:
        talk.note("menu.need_profile")
        profiles.begin_new(talk)
        return
    code = f"{talk.chance(1_000_000):06d}"
    codes.give(talk.tx, code, mine[0]["id"], talk.person, talk.now + _GOOD_FOR)
    talk.say("menu.code_given", code=code)
    talk.resume()


def use_code(talk: Talk, code: str) -> None:
    """Act for the producer whose code this is; after five wrong ones none is tried for an hour."""
    if not consenting.given(talk.session):
        consenting.ask(talk, f"code:{code}")
        return
    until = talk.session.locked_until
    if until and talk.now < until:
        _say_locked(talk, until)
    elif opened := codes.use(talk.tx, code, talk.person, talk.now):
        _opened(talk, opened)
    else:
        _wrong(talk)
    if not talk.resume(told=True):
        menu.show(talk)


def _opened(talk: Talk, opened: codes.Opened) -> None:
    """Let the person act for the producer, and tell who gave the code that it was used."""
    before = producers.of_person(talk.tx, talk.person)
    producers.join(talk.tx, talk.person, opened.producer, "helper", talk.now)
    dossiers.plan_anew(talk.tx, dossiers.of_producers([opened.producer]))
    name = _named(producers.of_person(talk.tx, talk.person), opened.producer)
    talk.change(tries=0, locked_until=None)
    talk.say("menu.code_used", name=name)
    if opened.giver != talk.person:
        talk.tell(opened.giver, "menu.code_taken", who=_called(talk, before), name=name)


def _called(talk: Talk, mine: list[dict[str, Any]]) -> str:
    """How the person is called: whose hand it is, or who stands for the own producer."""
    own = (str(one["representative"]) for one in mine if one["role"] == "own")
    return talk.session.typist or next(own, "")


def tell_own(talk: Talk, producer: int, key: str, **about: Any) -> None:
    """Let the producer's own people hear what a helper does for them; of their own deeds nobody."""
    own = producers.owners(talk.tx, producer)
    if talk.person in own:
        return
    who = _called(talk, producers.of_person(talk.tx, talk.person))
    for person in own:
        talk.tell(person, key, who=who, **about)


def _wrong(talk: Talk) -> None:
    tries = talk.session.tries + 1
    if tries < _TRIES:
        talk.change(tries=tries)
        talk.say("menu.code_bad", turn=tries)
    else:
        until = talk.now + _LOCKED_FOR
        talk.change(tries=0, locked_until=until)
        _say_locked(talk, until)


def _say_locked(talk: Talk, until: datetime) -> None:
    talk.say("menu.code_locked", count=-((talk.now - until) // timedelta(minutes=1)))


def take_back(talk: Talk) -> None:
    """Nobody acts for the person's producers any more who came by a code; they are told."""
    mine = producers.of_person(talk.tx, talk.person)
    ended = codes.take_back(talk.tx, talk.person)
    dossiers.plan_anew(talk.tx, dossiers.of_producers([one.producer for one in ended]))
    for helper in ended:
        talk.tell(helper.person, "menu.help_ended", name=_named(mine, helper.producer))
    talk.say("menu.help_taken_back" if ended else "menu.no_helpers")
    talk.resume(told=True)


def _named(known: list[dict[str, Any]], producer: int) -> str:
    return next((str(one["name"]) for one in known if one["id"] == producer), "")
