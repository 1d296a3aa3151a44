"""Quyền riêng tư: what somebody agrees to, their data in one file, and being forgotten.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: Điều 4 (rights), 9 (consent), 14 (erasing).
"""

import json

from conversations.messages import Message
from documents import orders
from documents.belongings import Belongings, Sent
from handlers.producer import consenting
from handlers.talk import Talk
from programme import retention
from programme.firings import day_of
from storage import consents, erasing, erasure, exporting, officers, personal, persons

Item = tuple[str, Message]
_MINE = ("own_data", "erase")


# -- what is agreed to -----------------------------------------------------------------------------


def show(talk: Talk) -> None:
    """Everything that is agreed to, since when; each can be changed by its number."""
    talk.leave()
    held = consents.standing(talk.tx, talk.person)
    if consents.DOSSIER not in held:
        _none(talk)
        return
    if not consenting.given(talk.session):  # under words that are no longer ours
        consenting.ask(talk, "privacy")
        return
    about = held[consents.DOSSIER]
    purposes = _purposes(talk)
    lines = tuple(_line(purpose, held.get(purpose)) for purpose in purposes)
    turns = [_turn(purpose, on=purpose in held) for purpose in purposes]
    talk.offer(
        "privacy.standing",
        [*turns, *map(_item, (*_MINE, "forget"))],
        since=day_of(about.since),
        version=about.version,
        lines=lines,
    )


def _none(talk: Talk) -> None:
    if consents.ever(talk.tx, talk.person):
        talk.offer("privacy.withdrawn", list(map(_item, (*_MINE, "consent"))))
    else:
        talk.say("privacy.nothing")


def _purposes(talk: Talk) -> tuple[str, ...]:
    """Those that can be changed alone; of several chats there is one more to agree to."""
    several = len(persons.places(talk.tx, talk.person)) > 1
    return ("reminders", "news", *((consents.ELSEWHERE,) if several else ()))


def _line(purpose: str, held: consents.Held | None) -> Message:
    if held is None:
        return Message(f"privacy.off_{purpose}")
    return Message(f"privacy.on_{purpose}", {"since": day_of(held.since)})


def _turn(purpose: str, *, on: bool) -> Item:
    way = "off" if on else "on"
    return f"privacy_{way}:{purpose}", Message(f"privacy.turn_{way}_{purpose}")


def _item(name: str) -> Item:
    return name, Message(f"privacy.item_{name}")


def turn_off(talk: Talk, purpose: str) -> None:
    """End one purpose at once; the others stand."""
    if purpose in _purposes(talk):
        consenting.stop(talk, purpose)
        talk.note("privacy.noted")
    show(talk)


def turn_on(talk: Talk, purpose: str) -> None:
    """Agree to one purpose more; who agrees to nothing is asked for all of it first."""
    if not consenting.given(talk.session):
        consenting.ask(talk, "privacy")
        return
    if purpose in _purposes(talk):
        consenting.go_on(talk, purpose)
        talk.note("privacy.noted")
    show(talk)


# -- what is kept ----------------------------------------------------------------------------------


def own_data(talk: Talk) -> None:
    """Pack all that is kept of the person, and send it to this chat."""
    if not consents.ever(talk.tx, talk.person):
        talk.say("privacy.nothing")
        talk.resume(told=True)
        return
    about = packed(talk)
    talk.print("own_data", about)
    talk.say("privacy.packing", seconds=orders.seconds(about))
    talk.resume(told=True)


def packed(talk: Talk) -> Belongings:
    """All that is kept of the person, as it goes into their file."""
    export = exporting.collect(talk.tx, talk.person)
    record = {
        "rows": export.rows,
        "looks": [one._asdict() | {"area": _place(one.area)} for one in export.looks],
        "kept": retention.kept(),
        "sources": retention.sources(),
    }
    files = tuple(Sent(*one) for one in export.files)
    return Belongings(talk.today, json.dumps(record, default=str, ensure_ascii=False), files)


def _place(area: str) -> str:
    """What that commune is called; nothing where it is no commune."""
    from programme.places import places  # noqa: PLC0415 - a start needs none of it

    found = places().by_code(area) if area else None
    return found.name if found else ""


# -- being forgotten -------------------------------------------------------------------------------


def ask_erase(talk: Talk) -> None:
    """Say what would go and what the law keeps, and ask once."""
    if officers.is_officer(talk.tx, talk.person):
        talk.say("privacy.officer_first")
        return
    she = personal.hers(talk.tx, talk.person)
    if not (she.producers or consents.ever(talk.tx, talk.person)):
        talk.say("privacy.nothing")
        return
    talk.leave()
    if set(she.producers) - set(she.alone):
        talk.note("privacy.shared")
    stays = erasing.kept(talk.tx, talk.person).counts()
    items = [(name, Message(f"privacy.{name}")) for name in ("erase_yes", "erase_no")]
    if stays["dossiers"]:
        counts = {name: stays[name] for name in ("dossiers", "papers")}
        talk.offer("privacy.ask_erase_filed", items, **counts)
    elif stays["certificates"]:
        talk.offer("privacy.ask_erase_certified", items)
    else:
        talk.offer("privacy.ask_erase", items)


def erase(talk: Talk) -> None:
    """Have all erased that the law does not keep; from now on nothing is said unasked."""
    if officers.is_officer(talk.tx, talk.person):
        talk.say("privacy.officer_first")
        return
    consenting.end(talk)
    number = erasure.ask(talk.tx, talk.person, talk.now, talk.year)
    talk.offer("privacy.erasing", [("erase_off", Message("privacy.erase_off"))], number=number)


def keep(talk: Talk) -> None:
    """Erase nothing; nothing was asked for yet."""
    talk.note("privacy.not_erased")
    show(talk)


def call_off(talk: Talk) -> None:
    """Stop an erasure that has not begun."""
    called = erasure.call_off(talk.tx, talk.person, talk.now)
    talk.offer("privacy.called_off", [_item("consent")]) if called else show(talk)
