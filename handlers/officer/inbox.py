"""Hộp thư at the officer's: all that waits for a verdict, one list, and one thing after another."""

from collections.abc import Callable, Mapping
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.papering import named
from conversations.session import Run
from handlers.officer import completeness, ideas, judging, onward, papers
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme.folding import fold
from storage import waiting
from storage.waiting import Waiting

_A_PAGE = 4
_WORDS = frozenset(
    {
        "viec",
        "xem viec",
        "hop thu",
        "xem hop thu",
        "viec cho toi",
        "viec cua toi",
        "viec cho",
        "/viec",
        "inbox",
        "my work",
    }
)
_NEXT = frozenset({"tiep", "tiep theo", "viec tiep", "viec tiep theo", "next"})
_OPEN: dict[str, Callable[[Talk, int], None]] = {
    "idea": ideas.tell,
    "paper": papers.show,
    "review": judging.tell,
    "check": completeness.tell,
}


def read(talk: Talk, text: str) -> Callable[[Talk], None] | None:
    """What the words want of the inbox; "tiếp" is left to others while they have a list."""
    said = fold(text[:40]).strip(" .,!")
    if said in _WORDS:
        return show
    return following if said in _NEXT and _is_mine(talk) else None


def _is_mine(talk: Talk) -> bool:
    """Whether "next" can mean nothing else than the next thing of the inbox."""
    shown = talk.session.menu
    return not talk.active() and (not shown or any(map(onward.is_item, shown)))


def show(talk: Talk, which: str = "") -> None:
    """How much waits, and the first things of it, or those behind a place; the newest last."""
    scope = scope_of(talk)
    counts = waiting.counts(talk.tx, scope)
    if not counts:
        talk.say("inbox.nothing")
        return
    found = waiting.first(talk.tx, scope, _A_PAGE + 1, onward.read(which))
    shown = found[:_A_PAGE] or waiting.first(talk.tx, scope, _A_PAGE)
    items: list[onward.Item] = [
        (f"{onward.OPEN}:{one.kind}.{one.id}", _label(talk, one)) for one in shown
    ]
    if len(found) > _A_PAGE:
        last = shown[-1]
        place = onward.place(last.kind, last.id, last.at)
        items.append((f"{onward.PAGE}:{place}", Message("inbox.further")))
    parts = [
        Message(f"inbox.count_{kind}", {"count": counts[kind]})
        for kind in waiting.KINDS
        if kind in counts
    ]
    onward.offer(talk, "inbox.list", items, count=sum(counts.values()), parts=parts)


def _label(talk: Talk, one: Waiting) -> Message:
    if one.kind == "paper":
        paper = named(one.paper, talk.rules)
        return Message("inbox.line_paper", {"number": one.id, "paper": paper, "name": one.name})
    number = str(int(one.number.rpartition("-")[2]))
    return Message(f"inbox.line_{one.kind}", {"number": number, "name": one.name})


def page(talk: Talk, which: str) -> None:
    """The things behind that place."""
    show(talk, which)


def opened(talk: Talk, which: str) -> None:
    """Open one thing: ``idea.5``."""
    kind, _, subject = which.partition(".")
    _OPEN.get(kind, _nothing)(talk, onward.numbers(subject)[0])


def _nothing(talk: Talk, _subject: int) -> None:
    show(talk)


def following(talk: Talk, which: str = "") -> None:
    """Open the first thing behind that place, or behind what is on the screen."""
    place = onward.read(which or onward.behind(talk))
    scope = scope_of(talk)
    found = waiting.first(talk.tx, scope, 1, place)
    if found:
        _OPEN[found[0].kind](talk, found[0].id)
        return
    if place and waiting.counts(talk.tx, scope):
        talk.note("inbox.last")
    show(talk)


# -- forms -----------------------------------------------------------------------------------------


def back(talk: Talk, run: Run) -> None:
    """Give back what the run is about, with its reason."""
    why = walk.collected(talk.catalogue.of(run), run)["why"]
    _BACK[run.facts["kind"]](talk, run.facts, why)


_BACK: dict[str, Callable[[Talk, Mapping[str, Any], str], None]] = {
    "idea": ideas.returned,
    "paper": papers.returned,
    "check": completeness.told_why,
}

CHOSEN: dict[str, Callable[[Talk, str], None]] = {
    onward.LIST: show,
    onward.PAGE: page,
    onward.OPEN: opened,
    onward.NEXT: following,
}
