"""Hộp thư: what all verdicts have in common: saying one, who was quicker, and the next thing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from conversations.messages import Message
from conversations.papering import named
from handlers import reasons
from handlers.officer import impartial
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme.roles import Right, Role
from storage import officers, reviews, waiting
from storage.reviews import Review, Subject, Verdict
from storage.waiting import Place

NEXT, PAGE, OPEN, LIST = "inbox_next", "inbox_page", "inbox_open", "inbox"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_OF_PROVINCE = frozenset({"whole", "lacking"})
_FIGURES = 9  # that fit into a column; a button may bring anything back

Item = tuple[str, Message | str]


# -- places in the list ----------------------------------------------------------------------------


def place(kind: str, subject: int, at: datetime) -> str:
    """The place of a thing in the list, as an item carries it."""
    return f"{(at - _EPOCH) // _MICRO}.{kind}.{subject}"


def read(told: str) -> Place | None:
    """The place that an item carries; None for any other text."""
    at, _, rest = told.partition(".")
    kind, _, subject = rest.partition(".")
    if kind not in waiting.KINDS or not (at.isdecimal() and len(at) <= 2 * _FIGURES):
        return None
    return Place(_EPOCH + int(at) * _MICRO, kind, _number(subject))


def later(kind: str, subject: int, at: datetime) -> Item:
    """The item that leaves a thing as it is and goes on to the next."""
    return (f"{NEXT}:{place(kind, subject, at)}", Message("inbox.later"))


def is_item(item: str) -> bool:
    """Whether the item leads on in the inbox."""
    return item.partition(":")[0] in {NEXT, PAGE, OPEN, LIST}


def behind(talk: Talk) -> str:
    """The place that the list on the screen goes on from; empty where there is none."""
    items = (item.partition(":") for item in talk.session.menu)
    return next((which for name, _, which in items if name == NEXT), "")


def numbers(which: str) -> tuple[int, int]:
    """The subject of an item and how many verdicts were seen there: ``12.0``; else zeros."""
    subject, _, seen = which.partition(".")
    return _number(subject), _number(seen)


def _number(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) <= _FIGURES else 0


# -- a verdict -------------------------------------------------------------------------------------


def gave(talk: Talk, subject: Subject, *said: Verdict) -> bool:
    """Note what the officer finds; False where it is not theirs to say, which is told.

    It is not where it is their own, and where somebody was quicker: then what stands is told.
    """
    right = Right.CHECK if said[-1].verdict in _OF_PROVINCE else Right.JUDGE
    if is_own(talk, subject, right):
        go_on(talk)
        return False
    if reviews.give(talk.tx, subject, said, talk.person, talk.now):
        talk.log(f"{said[-1].verdict}_{subject.kind}", subject.kind, subject.id)
        return True
    overtaken(talk, subject)
    return False


def is_own(talk: Talk, subject: Subject, right: Right = Right.JUDGE) -> bool:
    """Whether it is the officer's own; then it is told who judges it instead."""
    return impartial.refused(talk, reviews.producer_of(talk.tx, subject), right)


def overtaken(talk: Talk, subject: Subject) -> None:
    """Say what was found meanwhile, by whom and when; it stays so."""
    last = reviews.standing(talk.tx, scope_of(talk), subject.kind, subject.id)
    talk.note("inbox.overtaken", line=line(talk, last)) if last else talk.note("inbox.gone")
    go_on(talk)


def line(talk: Talk, one: Review) -> Message:
    """One verdict: who, what, when, why."""
    return lines(talk, [one])[0]


def lines(talk: Talk, some: Sequence[Review]) -> tuple[Message, ...]:
    """Several verdicts, each in a line."""
    roles = officers.roles_of(talk.tx, (one.person for one in some))
    return tuple(_line(talk, one, roles.get(one.person)) for one in some)


def _line(talk: Talk, one: Review, role: Role | None) -> Message:
    taken = (one.kind, one.verdict) == ("idea", "accepted")
    args = {
        "who": _who(talk, one, role),
        "what": Message("inbox.was_taken" if taken else f"inbox.was_{one.verdict}"),
        "moment": one.at,
        "about": _about(talk, one),
        "reason": reasons.told(one.reason) if one.reason else None,
    }
    return Message("inbox.verdict", args)


def _about(talk: Talk, one: Review) -> Message | str | None:
    if one.verdict in {"met", "not_met"}:
        return Message(f"judgement.label_{one.about}")
    return named(one.about, talk.rules) if one.verdict == "lacking" else None


def _who(talk: Talk, one: Review, role: Role | None) -> Message:
    if one.person == talk.person:
        return Message("inbox.you")
    if one.verdict == "answered":
        return Message("inbox.producer")
    return Message(f"officer.role_{role}") if role else Message("inbox.former")


# -- going on --------------------------------------------------------------------------------------


def go_on(talk: Talk, after: str = "") -> None:
    """Say how much still waits, and lead to the next thing, where the inbox is what one is at."""
    if not after and not any(map(is_item, talk.session.menu)):
        return
    left = sum(waiting.counts(talk.tx, scope_of(talk)).values())
    if not left:
        talk.change(menu=())
        talk.say("inbox.done")
        return
    items = [(f"{NEXT}:{after or behind(talk)}", Message("inbox.next"))]
    items.append((LIST, Message("inbox.all")))
    offer(talk, "inbox.left", items, count=left)


def offer(talk: Talk, key: str, items: Sequence[Item], **about: Any) -> None:
    """Say one thing with items by number; what was asked before is left."""
    talk.leave()
    talk.offer(key, items, **about)
