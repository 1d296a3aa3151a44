"""Viết giúp: the producer's own papers, told in the chat and printed to be signed."""

from collections.abc import Mapping
from typing import Any

from conversations import walk
from conversations.form import Question, Repeat
from conversations.messages import Message
from conversations.session import Run
from documents import orders
from handlers.producer import dossiers, recalled, standing, written
from handlers.producer.recalled import Known
from handlers.producer.standing import Standing
from handlers.talk import Talk
from storage import ideas, writings

# The papers, and as which kind of the checklist each is sent back once it is signed.
SENT_AS = {
    "story": "story_text",
    "environment_pledge": "environment_papers",
    "self_declaration": "declaration",
    "labour_list": "labour_list",
    "linkage_contract": "linkage_contract",
    "batch_log": "internal_control_plan",
}
LOG = "batch_log"  # about it there is nothing to ask
_BACK = ("dossier", Message("dossier.back"))


def listing(talk: Talk, one: Standing) -> None:
    """The papers that we write together, each with whether it is written."""
    before = _before(talk, one)
    talk.leave()
    items = [(f"write:{kind}", _line(kind, there=kind in before)) for kind in SENT_AS]
    talk.offer("writing.list", [*items, _BACK], name=one.row["name"])


def _line(kind: str, *, there: bool) -> Message:
    title = Message(f"printing.title_{kind}")
    if kind == LOG:
        return Message("writing.line_log", {"title": title, "printed": there})
    return Message("writing.line", {"title": title, "written": there})


def _before(talk: Talk, one: Standing) -> dict[str, dict[str, Any]]:
    return writings.of(talk.tx, one.row["root"])


def write(talk: Talk, one: Standing, kind: str) -> None:
    """Begin to write that paper, go on with it, or look at it again; the log is just printed."""
    if kind not in SENT_AS:
        listing(talk, one)
    elif kind == LOG:
        _keep(talk, one, LOG, {})
        _order(talk, LOG, written.batch_log(one, talk.year))
    elif half := _half_done(talk, one, kind):
        talk.leave(half.id)
        talk.resume()
    else:
        _begin(talk, one, kind)


def _half_done(talk: Talk, one: Standing, kind: str) -> Run | None:
    mine = (run for run in talk.session.runs if run.form == kind)
    return next((run for run in mine if run.facts["dossier"] == one.row["id"]), None)


def _begin(talk: Talk, one: Standing, kind: str) -> None:
    before, idea = _before(talk, one), _idea(talk, one)
    facts = recalled.facts(Known(one, idea, before, talk.today), kind)
    talk.leave()
    if kind in before:
        talk.note("writing.again")
        facts = {key: facts[key] for key in facts.keys() - _prefilling(talk, kind)}
        facts["given"] = before[kind]
    else:
        _say_begin(talk, kind, facts, idea)
    talk.start(kind, facts)


def _idea(talk: Talk, one: Standing) -> dict[str, Any]:
    found = ideas.by_id(talk.tx, one.row["idea_id"]) if one.row["idea_id"] else None
    return dict(found["answers"]) if found else {}


def _prefilling(talk: Talk, kind: str) -> set[str | None]:
    """The facts that would answer again, and perhaps otherwise, what was answered before."""
    return {q.prefill for q in talk.catalogue[kind].questions if isinstance(q, Question)}


def _say_begin(talk: Talk, kind: str, facts: dict[str, Any], idea: Mapping[str, Any]) -> None:
    """Say what lies ahead: how many questions, or how many people."""
    count = sum(_asked(entry, facts) for entry in talk.catalogue[kind].questions)
    if kind == "story":
        talk.note("writing.begin_story", count=count)
    elif kind == "labour_list":
        labour = idea.get("labour")
        told = labour.get("total") if isinstance(labour, dict) else None
        talk.note("writing.begin_people", count=told)
    else:
        talk.note("writing.begin", count=count)


def _asked(entry: Question | Repeat, facts: Mapping[str, Any]) -> bool:
    return isinstance(entry, Question) and entry.asked and entry.prefill not in facts


# -- told ------------------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Keep what was told, and print the paper to be read and signed."""
    answers = walk.collected(talk.catalogue.of(run), run)
    row = dossiers.row_of(talk, run.facts["dossier"])
    if row is None:
        dossiers.not_theirs(talk)
        return
    one = standing.of(talk, row)
    told = {"position": recalled.position(_before(talk, one)), **answers}
    _keep(talk, one, run.form, answers)
    _order(talk, run.form, written.PAPERS[run.form](one, told))


def _keep(talk: Talk, one: Standing, kind: str, answers: Mapping[str, Any]) -> None:
    by = (talk.person, talk.session.typist)
    writings.write(talk.tx, one.row["root"], kind, answers, by, talk.now)


def _order(talk: Talk, kind: str, about: Any) -> None:
    """Have both files printed; say that the paper counts when it is signed and sent back."""
    talk.print(kind, about)
    talk.leave()
    if kind != LOG:
        talk.note("writing.done", title=Message(f"printing.title_{kind}"))
    talk.note("printing.asked", seconds=orders.seconds(about))
    send = Message("writing.item_send_log" if kind == LOG else "writing.item_send")
    items = [(f"send:{SENT_AS[kind]}", send), ("writing", Message("writing.item_more")), _BACK]
    talk.offer(f"writing.after_{kind}", items)


# -- what the checks ask ---------------------------------------------------------------------------


def told(talk: Talk, one: Standing) -> frozenset[str] | None:
    """The elements that the story tells; None while we have not written it together."""
    story = _before(talk, one).get("story")
    return None if story is None else written.parts(one, story)


def unsigned(talk: Talk, one: Standing) -> frozenset[str]:
    """The kinds of paper that are written and were not sent back yet."""
    sent_back = {each["paper"] for each in one.given}
    wrote = {SENT_AS[kind] for kind in _before(talk, one) if kind in SENT_AS}
    return frozenset(wrote - sent_back - {SENT_AS[LOG]})


def has_log(talk: Talk, one: Standing) -> bool:
    """Whether a log of batches was printed or photographed."""
    sent_back = any(each["paper"] == SENT_AS[LOG] for each in one.given)
    return sent_back or LOG in _before(talk, one)
