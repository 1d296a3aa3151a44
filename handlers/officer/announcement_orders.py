"""Does what officers order of announcements: begins, shows, pauses, goes on, ends, puts right."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from conversations import noticing, readings
from conversations.answers import Asked
from conversations.coming import ComingMoment
from conversations.reading import Read
from handlers.officer import (
    announced,
    announcement_lists,
    announcement_numbers,
    announcement_sending,
    announcement_words,
    announcing,
    previewing,
)
from handlers.officer.announced import named
from handlers.officer.announcement_words import Order
from handlers.talk import Talk
from programme.folding import flat
from storage import announcements, calling_off, minders, officers
from storage.announcements import CANCELLED, DONE, PAUSED, READY, SENDING

Do = Callable[[Talk], None]
Row = dict[str, Any]
_WHOLE = {"kind", "name", "days", "place"}
_FIRST = frozenset({"kind", "name"})
_ANY = (SENDING, PAUSED, READY, DONE, CANCELLED)
# Which of them is meant where no number was said: the newest that stands so.
_FITTING = {"pause": (SENDING,), "resume": (PAUSED,), "cancel": (SENDING, PAUSED, READY)}


def read(talk: Talk, text: str) -> Do | None:
    """What the words want done; None when they are about something else."""
    if announcing.is_pasted(text) or noticing.is_brief(text):
        return _paste(talk, text) if officers.is_officer(talk.tx, talk.person) else None
    if when := _when(talk, text):
        return when
    order = announcement_words.read(text)
    if order is None or not (order.named or _is_meant(talk, order)):
        return None
    return partial(_obey, order=order)


def _paste(talk: Talk, text: str) -> Do | None:
    """An official text goes into the form that is open, or begins one where none is.

    One in few words must tell all, and stands where the form begins: later it is an answer.
    """
    found, brief = talk.active(), not announcing.is_pasted(text)
    told = noticing.read(text, talk.today).keys()
    if brief and not told >= _WHOLE:
        return None
    if found is None:
        return partial(announcing.begin, text=text) if {"name", "days"} <= told else None
    form, run = found
    if form.name != announcing.FORM or (brief and run.at not in _FIRST):
        return None
    return partial(announcing.pasted, run=run, text=text)


def _when(talk: Talk, text: str) -> Do | None:
    """When the announcement that is looked at is to go out: "hẹn 5/12 lúc 14h"."""
    name, _, which = (talk.session.menu or ("",))[0].partition(":")
    if name != previewing.NOW or talk.active():
        return None
    said = announcement_words.LATER.match(flat(text))
    rest = text[said.end() :] if said else text
    if not said and readings.clock(text) is None:
        return None
    match ComingMoment().read(rest, Asked("sending_day", "day", talk.today, {}, {})):
        case Read(str(moment), _):
            return partial(announcement_sending.at, which=which, moment=moment)
        case _:
            return None


def _is_meant(talk: Talk, order: Order) -> bool:
    """Whether a word that means other things too is about an announcement: one is under way."""
    if talk.active() or not officers.is_officer(talk.tx, talk.person):
        return False
    return (
        announcement_numbers.newest(talk, *_FITTING.get(order.deed, (SENDING, PAUSED))) is not None
    )


def _obey(talk: Talk, order: Order) -> None:
    if order.deed == "begin":
        announcing.begin(talk)
    elif order.deed == "list":
        announcement_lists.newest(talk)
    elif row := _meant(talk, order):
        _DEEDS[order.deed](talk, row, order)


def _meant(talk: Talk, order: Order) -> Row | None:
    if order.number:
        return announcement_numbers.of_number(talk, order.number, order.year)
    row = announcement_numbers.newest(talk, *_FITTING.get(order.deed, _ANY))
    if row is None:
        announcement_lists.newest(talk)
    return row


def _pause(talk: Talk, row: Row, _order: Order) -> None:
    if not announcements.pause(talk.tx, row["id"], talk.now):
        talk.say("announcing.over", **named(row))
        return
    talk.log("paused_announcement", "announcement", row["id"])
    talk.say("announcing.paused", **named(row), left=_left(talk, row))


def _resume(talk: Talk, row: Row, _order: Order) -> None:
    now = announcements.resume(talk.tx, row["id"], talk.now)
    if not now:
        talk.say("announcing.over", **named(row))
        return
    if row["reason"] == minders.LEFT:
        minders.take_over(talk.tx, row["id"], talk.person)
    talk.log("resumed_announcement", "announcement", row["id"])
    if now == READY:
        talk.say("announcing.scheduled", **named(row), moment=row["send_at"])
        return
    calling_off.begun(talk.tx, row, talk.now)
    talk.say("announcing.resumed", **named(row), left=_left(talk, row))


def _left(talk: Talk, row: Mapping[str, Any]) -> int:
    return announcements.ledger(talk.tx, row["id"]).waiting


def _cancel(talk: Talk, row: Row, _order: Order) -> None:
    announced.cancel(talk, row)


def _show(talk: Talk, row: Row, _order: Order) -> None:
    announcement_lists.show(talk, row)


def _joined(talk: Talk, row: Row, _order: Order) -> None:
    announcement_lists.joined(talk, row)


def _workbook(talk: Talk, row: Row, _order: Order) -> None:
    announcement_lists.workbook(talk, row)


def _results(talk: Talk, row: Row, _order: Order) -> None:
    announcement_lists.results(talk, row)


def _mend(talk: Talk, row: Row, _order: Order) -> None:
    announcing.mend(talk, row)


def _call_off(talk: Talk, row: Row, order: Order) -> None:
    if order.why:
        announcing.call_off(talk, row, order.why)
    else:
        talk.say("announcing.why_called_off", number=announced.short(row["number"]))


_DEEDS: dict[str, Callable[[Talk, Row, Order], None]] = {
    "progress": _show,
    "show": _show,
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "mend": _mend,
    "call_off": _call_off,
    "joined": _joined,
    "workbook": _workbook,
    "results": _results,
}


def _one(talk: Talk, which: str) -> None:
    if row := announcement_numbers.of_id(talk, which):
        announcement_lists.show(talk, row)


# What the items of the lists on the screen want.
CHOSEN: dict[str, Callable[[Talk, str], None]] = {
    previewing.NOW: announcement_sending.go,
    previewing.LATER: announcement_sending.later,
    previewing.EDIT: announcement_sending.edit,
    previewing.DROP: announcement_sending.drop,
    announcement_lists.ONE: _one,
    announcement_lists.LIST: announcement_lists.listed,
    announcement_lists.ANSWERED: announcement_lists.answered,
}


def _on_the_way(name: str) -> Callable[[Talk, Row], None]:
    return lambda talk, row: _DEEDS[name](talk, row, Order(name))


# What can be done with one that is on its way, wherever its officer looks at it.
ON_THE_WAY = {name: _on_the_way(name) for name in ("pause", "resume", "cancel")}
