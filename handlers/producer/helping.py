"""Helpers: somebody types on the same phone, or acts for a producer from their own."""

import re
from datetime import timedelta

from conversations.session import Run
from handlers.producer import consenting, menu, profiles
from handlers.talk import Talk
from programme.folding import fold
from storage import codes, producers

_CODE = re.compile(r"^(?:giup|help)\s+(\d{6})$")
_ON = frozenset({"go ho", "toi go ho", "con go ho", "chau go ho", "nhap ho", "typing for"})
_OFF = frozenset({"het go ho", "thoi go ho", "xong go ho", "stop typing for"})
_GOOD_FOR = timedelta(minutes=10)
_TRIES = 5


def heard(talk: Talk, text: str) -> bool:
    """Take the words that begin and end typing for somebody, and the code of a producer."""
    words = fold(text[:60]).strip(" .")
    if code := _CODE.match(words):
        use_code(talk, code[1])
    elif words in _ON:
        _with_consent(talk)
    elif words in _OFF:
        end(talk)
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
    """Act for the producer whose code this is; after five wrong ones no more are tried."""
    if not consenting.given(talk.session):
        consenting.ask(talk, f"code:{code}")
        return
    tries = talk.session.tries
    producer = codes.use(talk.tx, code, talk.now) if tries < _TRIES else None
    if producer is None:
        talk.change(tries=tries + 1)
        talk.say("menu.code_bad", turn=tries + 1)
    else:
        producers.join(talk.tx, talk.person, producer, "helper", talk.now)
        mine = producers.of_person(talk.tx, talk.person)
        name = next(p["name"] for p in mine if p["id"] == producer)
        talk.change(tries=0)
        talk.say("menu.code_used", name=name)
    if not talk.resume(told=True):
        menu.show(talk)
