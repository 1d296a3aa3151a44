"""Giấy at the officer's: seeing each, saying that it is good, or giving it back with a reason."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from conversations.messages import Attached, Message
from conversations.papering import named
from handlers import reasons
from handlers.officer import onward
from handlers.officer.because import reason
from handlers.officer.scoping import scope_of
from handlers.producer import standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import papers
from programme import reasons as ready
from programme.roles import Right
from storage import dossiers as rows
from storage import files, reviews
from storage import papers as given
from storage.reviews import Subject, Verdict

_MOST = 8


class Found(NamedTuple):
    """A paper, what it is called, and the newest dossier that it is for."""

    paper: dict[str, Any]
    name: Message | str
    one: Standing


# -- those of one dossier --------------------------------------------------------------------------


def listing(talk: Talk, one: Standing, page: int = 0) -> None:
    """The papers that were given, by number, each with how it stands; the newest page first.

    A number leads on to the older ones, unless a form is open, which goes on.
    """
    more = listed(talk, one, page)
    if more and not talk.active():
        talk.offer("officer.older_papers", [older(f"papers_of:{one.row['id']}", page)], more=more)


def listed(talk: Talk, one: Standing, page: int) -> int:
    """Say a page of them; how many are older still."""
    last = max(0, len(one.given) - page * _MOST)
    lines = tuple(_line(one, each) for each in one.given[max(0, last - _MOST) : last])
    talk.say("officer.papers", lines=lines) if lines else talk.say("officer.no_papers")
    return max(0, last - _MOST)


def older(item: str, page: int) -> tuple[str, Message]:
    """The item that leads from that page to the one with older papers."""
    return (f"{item}.{page + 1}", Message("officer.item_older"))


def listing_of(talk: Talk, which: str) -> None:
    """The same of the dossier of that id: ``3``, or ``3.1`` for its second page."""
    number, page = onward.numbers(which)
    if row := rows.here(talk.tx, scope_of(talk), number):
        talk.log("read_dossier", "dossier", row["id"])
        listing(talk, standing.of(talk, row), page)


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
    paper = given.numbered(talk.tx, scope_of(talk), number)
    row = rows.for_paper(talk.tx, paper) if paper else None
    if paper is None or row is None:
        talk.say("officer.no_such_paper", number=number)
        return None
    one = standing.of(talk, row)
    return Found(paper, named(paper["paper"], one.rules), one)


def show(talk: Talk, number: int) -> None:
    """Send the pages of the paper, one after the other, and ask what is found of it."""
    if (found := _find(talk, number)) is None:
        return
    talk.log("read_paper", "paper", number)
    pages = found.paper["files"]
    mimes = files.mimes(talk.tx, pages)
    for at, file in enumerate(pages, 1):
        image = mimes.get(file, "image/").startswith("image/")
        kind: Literal["photo", "file"] = "photo" if image else "file"
        about = {"name": found.name, "number": number, "at": at, "of": len(pages)}
        talk.show(Attached(kind, file, f"giay-{number}-{at}"), "officer.paper", **about)
    if not pages:
        talk.note("officer.paper_without_file", name=found.name)
    if found.paper["replaced_at"]:
        talk.say("officer.paper_replaced", name=found.name)
    elif scope_of(talk).may(Right.JUDGE) and not onward.is_own(talk, Subject("paper", number)):
        _offer(talk, found)
    else:
        talk.resume(told=True)  # what was open, such as a sheet that is being marked


def _offer(talk: Talk, found: Found) -> None:
    paper = found.paper
    _say_before(talk, paper)
    which = f"{paper['id']}.{paper['turns']}"
    items: list[onward.Item] = [
        (f"paper_accept:{which}", Message("inbox.good")),
        (f"paper_back:{which}", Message("inbox.back")),
    ]
    items.append(onward.later("paper", paper["id"], paper["given_at"]))
    about = {"number": paper["id"], "paper": found.name, "name": found.one.row["name"]}
    producer = found.one.producer["name"]
    onward.offer(talk, "inbox.paper", items, **about, producer=producer)


def _say_before(talk: Talk, paper: Mapping[str, Any]) -> None:
    """What was found of it; of one that came again, what the last one went back for."""
    scope = scope_of(talk)
    if last := reviews.standing(talk.tx, scope, "paper", paper["id"]):
        talk.note("inbox.before", line=onward.line(talk, last))
        return
    older = given.versions(talk.tx, scope, paper["id"])[:-1]
    before = older[-1] if older else None
    if before and before["verdict"] == "returned" and before["reason"]:
        talk.note("inbox.paper_again", reason=reasons.told(before["reason"]))


def history(talk: Talk, number: int) -> None:
    """Every version of the paper, and every verdict on each."""
    if (found := _find(talk, number)) is None:
        return
    talk.log("read_paper", "paper", number)
    scope = scope_of(talk)
    every = given.versions(talk.tx, scope, number)
    told = reviews.history(talk.tx, scope, "paper", [each["id"] for each in every])
    said = list(zip(told, onward.lines(talk, told), strict=True))
    lines: list[Message] = []
    for each in every:
        sent = {"number": each["id"], "moment": each["given_at"]}
        lines.append(Message("inbox.version", {**sent, "sheets": each["sheets"]}))
        lines += [line for one, line in said if one.subject == each["id"]]
    talk.say("inbox.history", name=found.name, lines=tuple(lines))


# -- verdicts --------------------------------------------------------------------------------------


def accept(talk: Talk, which: str) -> None:
    """Note that the paper is good, as it was seen: ``12.0``; tell its sender; go on."""
    number, seen = onward.numbers(which)
    if _accepted(talk, number, seen):
        onward.go_on(talk)


def accept_all(talk: Talk, numbers: Sequence[int]) -> None:
    """The same of papers that were named by their numbers."""
    taken = [number for number in numbers if _accepted(talk, number, _free(talk, number))]
    if taken:
        onward.go_on(talk)


def _accepted(talk: Talk, number: int, seen: int | None) -> bool:
    found = _judged(talk, number, seen, Verdict("accepted"))
    if found:
        talk.note("officer.paper_accepted", name=found.name, number=number)
        about = {"paper": found.name, "name": found.one.row["name"]}
        talk.tell(found.paper["person_id"], "dossier.accepted", **about)
    return found is not None


def ask_why(talk: Talk, which: str) -> None:
    """Ask why the paper goes back."""
    number, seen = onward.numbers(which)
    if (found := _find(talk, number)) is None or onward.is_own(talk, Subject("paper", number)):
        return
    behind = onward.behind(talk)
    talk.leave()
    talk.note("inbox.back_which", name=found.name)
    fitting = ready.for_paper(papers.papers(found.one.rules)[found.paper["paper"]])
    about = {"kind": "paper", "subject": number, "seen": seen, "behind": behind}
    talk.start("give_back", {**about, "ready": list(fitting)})


def give_back(talk: Talk, number: int, words: str) -> None:
    """Give the paper back that was named by its number; without a reason, ask for it."""
    seen = _free(talk, number)
    if seen is None:
        return
    if why := reason(words):
        returned(talk, {"subject": number, "seen": seen}, why)
    else:
        ask_why(talk, f"{number}.{seen}")


def returned(talk: Talk, facts: Mapping[str, Any], why: str) -> None:
    """Give the paper back with that reason, and tell its sender; go on."""
    number = facts["subject"]
    said = why if reasons.is_ready(why) else reason(why)
    if found := _judged(talk, number, facts["seen"], Verdict("returned", said)):
        talk.note("officer.paper_returned", name=found.name, number=number)
        about = {"paper": found.name, "name": found.one.row["name"]}
        whose = found.paper["person_id"]
        talk.tell(whose, "dossier.returned", **about, reason=reasons.told(said))
        onward.go_on(talk, facts.get("behind", ""))


def _free(talk: Talk, number: int) -> int | None:
    """How many verdicts there are on a paper; None where another officer's stands, which is said.

    Whoever only types the number has not seen that.
    """
    if (found := _find(talk, number)) is None:
        return None
    by, turns = found.paper["judged_by"], int(found.paper["turns"])
    if by in {None, talk.person} or not found.paper["verdict"] or found.paper["replaced_at"]:
        return turns
    onward.overtaken(talk, Subject("paper", number))
    return None


def _judged(talk: Talk, number: int, seen: int | None, said: Verdict) -> Found | None:
    """Note the verdict on the paper as it was seen; None where nothing is to be done any more."""
    found = _find(talk, number) if seen is not None else None
    if found is None or seen is None:
        return None
    if found.paper["replaced_at"]:
        talk.say("officer.paper_replaced", name=found.name)
        return None
    if not onward.gave(talk, Subject("paper", number, seen), said):
        return None
    given.judge(talk.tx, number, said.verdict, said.reason, talk.person, talk.now)
    return found
