"""The lists behind the numbers of a summary, page by page, and in parts where they have some.

What is on the screen is remembered as the list of items that a number means; every item is
``digest:<matter>:<about>:<page>``, and one more of them, behind the others, is the next page.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from conversations.messages import Message
from handlers.officer import digest_lines, targets
from handlers.producer import parked
from handlers.talk import Talk
from storage import digests, officers, overview
from storage.overview import MATTERS, View

WEEK = timedelta(days=7)
ITEM, FURTHER = "digest", "digest_further"
_PAGE = 8


class At(NamedTuple):
    """A list, or the part of it that is about one thing, and which page of it."""

    matter: str
    about: str = ""
    page: int = 1

    def item(self, kind: str = ITEM) -> str:
        """The same as an item of the list on the screen."""
        return f"{kind}:{self.matter}:{self.about}:{self.page}"

    @classmethod
    def of(cls, item: str) -> "At":
        """What an item of the list on the screen stands for."""
        _, matter, about, page = item.split(":")
        return cls(matter, about, int(page))


ALL = tuple(At(matter).item() for matter in MATTERS)


def view_of(talk: Talk) -> View:
    """The officer's area as it is now. LookupError for whoever is no officer."""
    scope = officers.scope(talk.tx, talk.person)
    if scope is None:
        raise LookupError(talk.person)
    return View(scope, talk.now, _new_since(digests.of(talk.tx, talk.person), talk.now))


def _new_since(row: dict[str, Any] | None, now: datetime) -> datetime:
    """Since when something is new: as the last summary had it, or a week where there is none."""
    if row is None or row["said_at"] is None or now - row["said_at"] >= WEEK:
        return now - WEEK
    return datetime.fromisoformat(row["said"].partition(" ")[0])


def turn_here(talk: Talk) -> None:
    """Leave the form that is being talked about; the number that is typed next is for us."""
    found = talk.active()
    if found is None:
        return
    if found[0].review and found[1].answers:
        talk.note("menu.kept", title=parked.title(found[1]))
    talk.leave()


def offer(talk: Talk, key: str, items: Sequence[str], **args: Any) -> None:
    """Say one thing; the next number means one of these, which stand in the words themselves."""
    talk.offer(key, (), **args)
    talk.change(menu=tuple(items))


def show(talk: Talk, at: At) -> None:
    """Show the list; of one that has parts these first, each with its number."""
    view = view_of(talk)
    turn_here(talk)
    if at.matter == "targets" and not at.about:
        _reached(talk, view)
    elif at.matter == "stuck" and not at.about:
        _lacking(talk, view, at)
    else:
        _list(talk, view, at)


def _list(talk: Talk, view: View, at: At) -> None:
    count, title = overview.count(talk.tx, at.matter, view, at.about), _called(talk, at)
    after = (at.page - 1) * _PAGE
    found = overview.lines(talk.tx, at.matter, view, at.about, most=_PAGE, after=after)
    if not found:
        offer(talk, "digest.empty", ALL, title=title)
        return
    lines = tuple(digest_lines.told(line, talk.rules) for line in found)
    first, last = after + 1, after + len(found)
    talk.say("digest.list", title=title, first=first, last=last, count=count, lines=lines)
    for opening in digest_lines.openings(found, talk.year):
        talk.note(opening.key, **opening.args)
    _further(talk, at, count - last)


def _further(talk: Talk, at: At, more: int) -> None:
    """Say how to go on: to the next page, or to another list."""
    if more > 0:
        next_ = at._replace(page=at.page + 1).item(FURTHER)
        offer(talk, "digest.more", (*ALL, next_), more=more)
    else:
        offer(talk, "digest.others", ALL)


def title_of(matter: str) -> Message:
    """What a list is called."""
    return Message(f"digest.title_{matter}")


def _called(talk: Talk, at: At) -> Message:
    if not at.about:
        return title_of(at.matter)
    if at.matter == "targets":
        return Message("digest.title_star", {"star": int(at.about)})
    paper = digest_lines.paper(at.about, talk.rules)
    return Message("digest.title_lacking", {"paper": paper})


def _lacking(talk: Talk, view: View, at: At) -> None:
    """The papers that dossiers wait for, each with how many; a number opens those."""
    every = overview.groups(talk.tx, "stuck", view)
    after = (at.page - 1) * _PAGE
    some = [(At("stuck", about), count) for about, count in every[after : after + _PAGE]]
    if not some:
        offer(talk, "digest.empty", ALL, title=title_of("stuck"))
        return
    talk.note("digest.lacking", lines=_parts(talk, some))
    items = [part.item() for part, _ in some]
    if more := len(every) - after - len(some):
        items.append(at._replace(page=at.page + 1).item(FURTHER))
        offer(talk, "digest.more", items, more=more)
    else:
        offer(talk, "digest.others_by_word", items)


def _reached(talk: Talk, view: View) -> None:
    """The targets of the year as the office wrote them, and beside them what there is."""
    if told := overview.targets(talk.tx, view):
        lines = tuple(Message("digest.target", {"text": text}) for text in told)
        talk.say("digest.targets", year=talk.year, lines=lines)
    if counted := targets.told(talk, view.scope, talk.year):
        talk.say("targets.list", year=talk.year, lines=counted)
    stars = overview.groups(talk.tx, "targets", view)
    some = [(At("targets", star), count) for star, count in sorted(stars)]
    steps = [(At(step), overview.count(talk.tx, step, view)) for step in overview.STEPS]
    some += [(step, count) for step, count in steps if count]
    if some:
        talk.note("digest.reached", lines=_parts(talk, some))
        offer(talk, "digest.others_by_word", [part.item() for part, _ in some])
    else:
        offer(talk, "digest.nothing_reached", ALL, year=talk.year)


def _parts(talk: Talk, some: Sequence[tuple[At, int]]) -> tuple[Message, ...]:
    return tuple(
        Message("digest.number", {"place": place, "title": _called(talk, at), "count": count})
        for place, (at, count) in enumerate(some, 1)
    )
