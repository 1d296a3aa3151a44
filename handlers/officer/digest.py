"""Tóm tắt: an officer's area in numbers, each of which opens a list; on asking, and by itself."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Literal

from conversations import engine
from conversations.messages import Message
from conversations.session import NEVER_SHOWN
from documents import orders
from handlers.officer import digest_lists, digest_sheet, digest_wishes
from handlers.officer.digest_lists import ALL, FURTHER, ITEM, At, title_of
from handlers.officer.digest_words import Order
from handlers.talk import Talk
from programme import digest_hours
from programme.calendar import Calendar
from programme.folding import fold
from storage import digests, officers, overview
from storage.database import Transaction
from storage.overview import MATTERS, View

_MORE = frozenset({"xem tiep", "tiep", "tiep theo", "trang sau", "more", "next"})
_PICTURE = frozenset({"anh", "xem anh", "hinh", "picture"})
Keys = Mapping[str, Sequence[tuple[str, int]]]  # what stands in each list


# -- what is typed ---------------------------------------------------------------------------------


def obey(talk: Talk, order: Order) -> None:
    """Do what was asked of the summary."""
    match order.deed:
        case "open":
            digest_lists.show(talk, At(MATTERS[order.place - 1], "", order.page))
        case "set" | "start":
            digest_wishes.keep(talk, order)
        case "stop":
            digest_wishes.stop(talk)
        case "digest" | "digest_xlsx" as kind:
            _print(talk, kind)
        case "which":
            talk.say("digest.which")
        case _:
            show(talk)


def chosen(talk: Talk, text: str) -> Callable[[Talk], None] | None:
    """What a number or a word means while a summary or a list of it is on the screen."""
    shown = talk.session.menu
    here = any(item.startswith(ITEM) for item in shown) and talk.session.shown != NEVER_SHOWN
    if not here or talk.active():
        return None
    said, place = fold(text[:20]).strip(" ."), engine.digit(text)
    if said in _PICTURE:
        return partial(_print, kind="digest")
    if said in _MORE:
        place = next((at for at, item in enumerate(shown, 1) if item.startswith(FURTHER)), 0)
    at = At.of(shown[place - 1]) if 1 <= place <= len(shown) else None
    return partial(digest_lists.show, at=at) if at else None


# -- the numbers -----------------------------------------------------------------------------------


def show(talk: Talk) -> None:
    """Tell the numbers of the area that are not zero; one more word opens each."""
    view = digest_lists.view_of(talk)
    counts = {matter: overview.count(talk.tx, matter, view) for matter in MATTERS}
    digest_lists.turn_here(talk)
    if any(counts.values()):
        talk.note("digest.now", lines=numbers(counts))
        digest_lists.offer(talk, "digest.how", ALL)
    else:
        digest_lists.offer(talk, "digest.nothing", ALL)


def numbers(counts: dict[str, int]) -> tuple[Message, ...]:
    """Those of the numbers, in order, that are not zero, each under its place."""
    return tuple(
        Message("digest.number", {"place": place, "title": title_of(matter), "count": count})
        for place, (matter, count) in enumerate(counts.items(), 1)
        if count
    )


def _print(talk: Talk, kind: Literal["digest", "digest_xlsx"]) -> None:
    about = digest_sheet.sheet(talk.tx, digest_lists.view_of(talk), talk.rules)
    talk.print(kind, about)
    talk.say("officer.printing", seconds=orders.seconds(about))


# -- by itself -------------------------------------------------------------------------------------


def due(tx: Transaction, person: int, now: datetime, calendar: Calendar) -> Message | None:
    """The summary for an officer whose hour has come; None when there is nothing new to say.

    Notes when the next one comes and, where one is given, what it said. One that is late and would
    come at night, or a daily one on a day off, is put off and not lost.
    """
    row, scope = digests.of(tx, person), officers.scope(tx, person)
    if row is None or scope is None:
        digests.said(tx, person, None, None, now)
        return None
    wish, changed = digest_wishes.wish_of(row), calendar.changed
    if not digest_hours.may_come(wish, now, changed):
        digests.said(tx, person, None, digest_hours.put_off(wish, now, changed), now)
        return None
    view = View(scope, now, row["said_at"] or now - digest_lists.WEEK)
    keys = {matter: overview.keys(tx, matter, view) for matter in MATTERS}
    stands = _stands(keys)
    says = bool(keys["new"]) or stands != row["said"].partition(" ")[2]
    what = f"{view.since.isoformat()} {stands}" if says else None
    digests.said(tx, person, what, digest_hours.next_at(wish, now, changed), now)
    return _letter(keys) if says else None


def _stands(keys: Keys) -> str:
    """All that stands in the lists in a few signs, without what is only new; empty for nothing."""
    lists: dict[str, Any] = {matter: keys[matter] for matter in MATTERS if matter != "new"}
    if not any(lists.values()):
        return ""
    return hashlib.sha256(repr(sorted(lists.items())).encode()).hexdigest()


def _letter(keys: Keys) -> Message:
    counts = {matter: len(found) for matter, found in keys.items()}
    first = next((place for place, each in enumerate(counts.values(), 1) if each), 0)
    if not first:
        return Message("digest.all_done")
    lead = Message("digest.come", {"lines": numbers(counts)})
    return Message("digest.how_to_open", {"number": first}, lead=(lead,))
