"""Giấy at the officer's: seeing each, saying that it is good, or giving it back with a reason."""

from typing import Any, Literal, NamedTuple

from conversations.messages import Attached, Message
from conversations.papering import named
from handlers.officer import dossiers
from handlers.producer import standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import papers
from storage import dossiers as rows
from storage import files
from storage import papers as given

_MOST = 8
_LONGEST = 300  # signs of a reason


class Found(NamedTuple):
    """A paper, what it is called, and the newest dossier that it is for."""

    paper: dict[str, Any]
    name: Message | str
    one: Standing


# -- those of one dossier --------------------------------------------------------------------------


def listing(talk: Talk, one: Standing) -> None:
    """The papers that were given, by number, each with how it stands."""
    lines = tuple(_line(one, each) for each in one.given[-_MOST:])
    talk.say("officer.papers", lines=lines) if lines else talk.say("officer.no_papers")


def _line(one: Standing, paper: dict[str, Any]) -> Message:
    about = {"number": paper["id"], "name": named(paper["paper"], one.rules)}
    return Message("officer.paper_line", {**about, "state": _state(one, paper)})


def _state(one: Standing, paper: dict[str, Any]) -> Message:
    if paper["paper"] == "samples" and not paper["verdict"]:  # there is only the producer's word
        return Message("officer.samples_told", {"count": paper["count"]})
    kind = papers.papers(one.rules)[paper["paper"]]
    state = papers.state(kind, (standing.evidence(paper, one.producer),), one.dossier.days)
    return Message(f"papers.state_{state}")


# -- one of them -----------------------------------------------------------------------------------


def _find(talk: Talk, number: int) -> Found | None:
    """The paper of that number, if it lies in the officer's area."""
    paper = given.numbered(talk.tx, dossiers.scope_of(talk), number)
    row = rows.for_paper(talk.tx, paper) if paper else None
    if paper is None or row is None:
        talk.say("officer.no_such_paper", number=number)
        return None
    one = standing.of(talk, row)
    return Found(paper, named(paper["paper"], one.rules), one)


def show(talk: Talk, number: int) -> None:
    """Send the pages of the paper, one after the other."""
    if (found := _find(talk, number)) is None:
        return
    talk.log("read_paper", "paper", number)
    pages = found.paper["files"]
    for at, file in enumerate(pages, 1):
        image = (files.mime(talk.tx, file) or "image/").startswith("image/")
        kind: Literal["photo", "file"] = "photo" if image else "file"
        about = {"name": found.name, "number": number, "at": at, "of": len(pages)}
        talk.show(Attached(kind, file, f"giay-{number}-{at}"), "officer.paper", **about)
    if not pages:
        talk.say("officer.paper_without_file", name=found.name)


def accept(talk: Talk, number: int) -> None:
    """Note that the paper is good, and tell its sender."""
    if (found := _find(talk, number)) is None:
        return
    if given.judge(talk.tx, number, "accepted", "", talk.person, talk.now):
        talk.log("accepted_paper", "paper", number)
        talk.say("officer.paper_accepted", name=found.name, number=number)
        about = {"paper": found.name, "name": found.one.row["name"]}
        talk.tell(found.paper["person_id"], "dossier.accepted", **about)
    else:
        talk.say("officer.paper_replaced", name=found.name)


def give_back(talk: Talk, number: int, text: str) -> None:
    """Give the paper back with the reason that was typed, and tell its sender; ask for one."""
    if (found := _find(talk, number)) is None:
        return
    reason = text.partition(str(number))[2].strip(" :.,\n")[:_LONGEST]
    if not reason:
        talk.say("officer.reason_wanted", number=number, name=found.name)
    elif given.judge(talk.tx, number, "returned", reason, talk.person, talk.now):
        talk.log("returned_paper", "paper", number)
        talk.say("officer.paper_returned", name=found.name, number=number)
        about = {"paper": found.name, "name": found.one.row["name"], "reason": reason}
        talk.tell(found.paper["person_id"], "dossier.returned", **about)
    else:
        talk.say("officer.paper_replaced", name=found.name)
