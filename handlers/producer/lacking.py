"""Còn thiếu gì: what a dossier still lacks, paper by paper, and the best next step."""

from collections.abc import Sequence
from typing import Any

from conversations import ready
from conversations.messages import Message
from conversations.papering import named
from handlers.producer.standing import Standing
from handlers.reasons import told
from handlers.talk import Talk
from programme import advice, checklist, papers, scoring
from programme.checklist import Line
from programme.papers import Paper, State

_NAMED = 3
_A_PAGE = 5


def missing(talk: Talk, one: Standing, *, asked: bool = False) -> None:
    """What is missing in one line, and the best next step; what is not sure, to who asked."""
    urgent = advice.by_urgency(one.dossier)
    in_between = talk.active() is not None
    if urgent:
        _say_missing(talk, one, urgent)
    if asked:
        _say_doubts(talk, one)
    if in_between:  # then on with what was open
        talk.resume()
        return
    talk.leave()
    if urgent:
        _offer_first(talk, one, urgent[0])
    else:
        _nothing_missing(talk, one)


def _say_missing(talk: Talk, one: Standing, urgent: Sequence[Line]) -> None:
    done, total = advice.progress(one.dossier)
    names = tuple(name_of(one, line) for line in urgent[:_NAMED])
    more = max(0, len(urgent) - _NAMED)
    about = {"name": one.row["name"], "done": done, "total": total}
    talk.note("dossier.missing", **about, papers=names, more=more)
    if not one.dossier.claims:
        talk.note("dossier.not_scored")


def _say_doubts(talk: Talk, one: Standing) -> None:
    """Say what the law leaves open for such a product."""
    for doubt in scoring.said_doubts(one.dossier):
        talk.note(f"failures.doubt_{doubt}")


def _offer_first(talk: Talk, one: Standing, first: Line) -> None:
    items = [
        (f"paper:{first.papers[0].id}", Message("dossier.do_first", {"name": name_of(one, first)})),
        ("papers", Message("dossier.see_all")),
        ("send", Message("dossier.item_send")),
    ]
    if not one.dossier.claims:
        items.append(("score", Message("dossier.item_score")))
    talk.offer("dossier.next_step", items, step=step(one, first))


def _nothing_missing(talk: Talk, one: Standing) -> None:
    if one.dossier.claims:
        items = ("book", "stars", "menu")
        key = "dossier.complete"
    else:
        items, key = ("score", "send", "menu"), "dossier.complete_unscored"
    choices = [(item, Message(f"dossier.item_{item}")) for item in items]
    talk.offer(key, choices, name=one.row["name"])


def count(one: Standing) -> int:
    """How many papers are still to be seen to."""
    return len(checklist.missing(one.dossier))


def name_of(one: Standing, line: Line) -> Message | str:
    """The everyday name of a line of the checklist."""
    return named(line.papers[0].id, one.rules)


def step(one: Standing, line: Line, kind: str = "") -> Message:
    """The one next step about a line; where it may be one of several papers, about that one."""
    paper = next((each for each in line.papers if each.id == kind), line.papers[0])
    args: dict[str, Any] = {"name": named(paper.id, one.rules), "days": paper.lead_days}
    if line.state is State.MISSING and said_to_have(one, line):
        return Message("dossier.have_it", {"name": args["name"]})
    if line.state is State.MISSING and paper.id in _WRITTEN:
        return Message("dossier.we_write_it", {"name": args["name"]})
    if line.state is State.RETURNED:
        args["reason"] = _reason(one, line)
    return Message(f"papers.do_{line.state}", args)


def said_to_have(one: Standing, line: Line) -> bool:
    """Whether she said with the idea that she has one of the papers."""
    return not one.said_to_have.isdisjoint(paper.id for paper in line.papers)


def _reason(one: Standing, line: Line) -> Message | str | None:
    ids = {paper.id for paper in line.papers}
    reasons = [each["reason"] for each in one.given if each["paper"] in ids and each["reason"]]
    return told(reasons[-1]) if reasons else None


# -- the list --------------------------------------------------------------------------------------


def page(talk: Talk, one: Standing, number: str) -> None:
    """A further page of the list."""
    listing(talk, one, int(number) if number.isdecimal() else 0)


def listing(talk: Talk, one: Standing, page: int = 0) -> None:
    """The whole checklist in criterion order, some lines at a time; each can be asked about."""
    lines = checklist.lines(one.dossier)
    shown = lines[page * _A_PAGE : (page + 1) * _A_PAGE]
    items = [(f"paper:{line.papers[0].id}", _line(one, line)) for line in shown]
    if len(lines) > (page + 1) * _A_PAGE:
        items.append((f"papers:{page + 1}", Message("dossier.more")))
    if not page:
        _say_doubts(talk, one)
    talk.leave()
    pages = -(-len(lines) // _A_PAGE)
    about = {"name": one.row["name"], "page": page + 1, "pages": pages}
    talk.offer("dossier.papers", items, **about)


def _line(one: Standing, line: Line) -> Message:
    state = Message(f"papers.state_{line.state}")
    return Message("dossier.paper_line", {"name": name_of(one, line), "state": state})


def about(talk: Talk, one: Standing, paper: str) -> None:
    """All about one paper: what it is, who issues it, how long it takes, how it stands."""
    line = line_of(one, paper) or _not_asked_yet(one, paper)
    if line is None:
        listing(talk, one)
        return
    kind = next(each for each in line.papers if each.id == paper)
    known = isinstance(named(paper, one.rules), Message)
    talk.leave()
    _tell(talk, one, kind)
    others = [each.id for each in line.papers if each.id != paper]
    items = [*_ways(paper, known=known), *(_or_else(one, other) for other in others[:1])]
    if any(each["paper"] == paper and each["verdict"] != "accepted" for each in one.given):
        items.append((f"drop:{paper}", Message("paper.item_drop")))
    items.append(_SEE_ALL)
    next_ = step(one, line, paper) if line.open else None
    talk.offer("dossier.paper", items, state=Message(f"papers.state_{line.state}"), step=next_)


def _not_asked_yet(one: Standing, paper: str) -> Line | None:
    """A line for a paper that only a better claim asks for."""
    kind = papers.papers(one.rules).get(paper)
    return Line((kind,), checklist.best_state(one.dossier, (paper,))) if kind else None


_SEE_ALL = ("papers", Message("dossier.see_all"))


def _or_else(one: Standing, paper: str) -> tuple[str, Message]:
    return (f"paper:{paper}", Message("dossier.or_else", {"name": named(paper, one.rules)}))


def _ways(paper: str, *, known: bool) -> list[tuple[str, Message]]:
    """How a paper can be brought: written together, photographed, or just said to be there."""
    if not known:
        return [(f"send:{paper}", Message("dossier.send_it"))]
    if paper == "samples":
        return [("samples", Message("dossier.have_samples"))]
    written = [(_WRITTEN[paper], Message("dossier.write_it"))] if paper in _WRITTEN else []
    example = (f"example:{paper}", Message("dossier.see_example"))
    return [*written, (f"send:{paper}", Message("dossier.send_it")), example]


# Papers that we write together, with the wish that begins that.
_WRITTEN = {
    "story_text": "write:story",
    "environment_papers": "write:environment_pledge",
    "declaration": "write:self_declaration",
    "labour_list": "write:labour_list",
    "linkage_contract": "write:linkage_contract",
    "internal_control_plan": "write:batch_log",
    "form_01": "print:form_01",
    "form_02": "print:form_02",
}


def line_of(one: Standing, paper: str) -> Line | None:
    """The line of the checklist that a paper of that kind is for."""
    lines = checklist.lines(one.dossier)
    return next((line for line in lines if paper in {each.id for each in line.papers}), None)


def _tell(talk: Talk, one: Standing, paper: Paper) -> None:
    said = ready.of_paper(paper, one.rules)
    talk.say(said.key, **said.args)


def example(talk: Talk, one: Standing, paper: str) -> None:
    """What a good paper of that kind looks like."""
    if paper not in papers.papers(one.rules):
        listing(talk, one)
        return
    talk.note("papers.example", text=Message(f"papers.example_{paper}"))
    about_items = [
        (f"send:{paper}", Message("dossier.send_it")),
        ("papers", Message("dossier.see_all")),
    ]
    talk.offer("dossier.and_now", about_items)


def open_papers(one: Standing) -> list[str]:
    """The kinds of paper that are still wanted, the most urgent first; samples are no paper."""
    lines = advice.by_urgency(one.dossier)
    return [line.papers[0].id for line in lines if line.papers[0].id != "samples"]
