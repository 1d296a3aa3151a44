"""Printing what is asked for: the book, the card, the forms of the law; it comes as a file."""

from collections.abc import Callable
from typing import Any

from documents import orders
from handlers.producer import dossiers, lacking, printed, timelines
from handlers.producer.standing import Standing
from handlers.talk import Talk
from storage import ideas, writings

_BOOKS = ("book", "book_zip")


def book(talk: Talk, one: Standing) -> None:
    """Print the dossier as one book; say what it still lacks."""
    order(talk, one, "book")


def order(talk: Talk, one: Standing, kind: str) -> None:
    """Print one of the papers that follow from the dossier."""
    if kind not in _MADE:
        dossiers.home(talk, one)
        return
    if why := _nothing_to_print(one, kind):
        talk.note(why)
        dossiers.home(talk, one)
        return
    about = _MADE[kind](talk, one)
    if about is None:  # of a product whose idea was never handed in here
        dossiers.home(talk, one)
        return
    talk.print(kind, about)
    talk.note("printing.asked", seconds=orders.seconds(about))
    if kind in _BOOKS:
        _say_lacking(talk, one)
    talk.leave()
    dossiers.home(talk, one)


def _nothing_to_print(one: Standing, kind: str) -> str | None:
    """What to say where nothing is there to be printed yet."""
    if kind in ("card", "plan") and not one.dossier.claims:
        return "score.none_yet"
    if kind == "book_zip" and not any(each["files"] for each in one.given):
        return "dossier.nothing_to_pack"
    return None


def _say_lacking(talk: Talk, one: Standing) -> None:
    open_ = lacking.count(one)
    if open_:
        talk.note("dossier.book_is_draft", count=open_)


def _idea_sheet(talk: Talk, one: Standing) -> Any:
    idea = ideas.by_id(talk.tx, one.row["idea_id"])
    return printed.idea_sheet(idea, one.producer) if idea else None


def _card(talk: Talk, one: Standing) -> Any:
    return printed.card(one, talk.today)


def _book(talk: Talk, one: Standing) -> Any:
    return printed.book(one, talk.today)


def _form_01(talk: Talk, one: Standing) -> Any:
    return printed.form_01(one, writings.of(talk.tx, one.row["root"]))


def _form_02(talk: Talk, one: Standing) -> Any:
    return printed.form_02(one, writings.of(talk.tx, one.row["root"]))


_MADE: dict[str, Callable[[Talk, Standing], Any]] = {
    "book": _book,
    "book_zip": _book,
    "card": _card,
    "plan": _card,
    "form_01": _form_01,
    "form_02": _form_02,
    "idea_sheet": _idea_sheet,
    "timeline": timelines.timeline,
    "calendar": timelines.timeline,
}
