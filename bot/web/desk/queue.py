"""What waits for the officer at the desk, in its order, and where one stands in it."""

from dataclasses import dataclass

from bot.web.desk.visits import Visit
from conversations.messages import Message
from handlers.officer import digest_lines
from storage import waiting
from storage.waiting import Waiting

MOST = 60
_PAGES = {"idea": "ideas", "paper": "papers", "review": "dossiers", "check": "dossiers"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: what it is called, and its page."""

    kind: str
    text: str
    link: str
    by: object
    at: object


@dataclass(frozen=True, slots=True)
class Turn:
    """Where one stands: how much waits in all, what is before and what comes next, by page."""

    count: int
    before: str
    after: str


def items(visit: Visit) -> list[Item]:
    """The first of what waits, the oldest first."""
    found = waiting.first(visit.talk.tx, visit.scope, MOST)
    return [Item(one.kind, _label(visit, one), link(one), one.by, one.at) for one in found]


def link(one: Waiting) -> str:
    """The page of a thing that waits."""
    return f"/desk/{_PAGES[one.kind]}/{one.id}"


def turn(visit: Visit) -> Turn:
    """Where the page that is asked for stands; what is not there any more leads to the first."""
    found = waiting.first(visit.talk.tx, visit.scope, MOST)
    links, count = [link(one) for one in found], len(found)
    if count == MOST:
        count = sum(waiting.counts(visit.talk.tx, visit.scope).values())
    if visit.address not in links:
        return Turn(count, "", links[0] if links else "")
    at = links.index(visit.address)
    return Turn(count, links[at - 1] if at else "", links[at + 1] if at + 1 < len(links) else "")


def onward(visit: Visit) -> str:
    """Where to go when what stands on this page is done."""
    return turn(visit).after or "/desk/inbox"


def _label(visit: Visit, one: Waiting) -> str:
    number = one.number.rpartition("-")[2].lstrip("0") or one.number
    about: dict[str, object] = {"number": number, "name": one.name}
    if one.kind == "paper":
        about["paper"] = digest_lines.paper(one.paper, visit.talk.rules)
    return visit.words(Message(f"inbox.line_{one.kind}", about))
