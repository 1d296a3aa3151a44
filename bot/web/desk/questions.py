"""Câu hỏi: which questions wait, each with what may answer it; answered as in the chat."""

from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Go, Page, Visit
from handlers import referring
from handlers.officer import answering, proposals
from handlers.officer.answer_words import ABOVE, Said
from handlers.officer.proposals import Ready
from programme.firings import day_of
from programme.roles import Right
from storage import questions

_WAITING, _ANSWERED = 40, 20
_LEAST, _MOST = 2, 600  # signs of an answer
Question = dict[str, Any]


def listing(visit: Visit) -> Page:
    """The open questions of the area, the oldest first, and those that were answered last."""
    visit.need(Right.ANSWER)
    waiting = questions.open_here(visit.talk.tx, visit.scope, _WAITING)
    answered = questions.answered_here(visit.talk.tx, visit.scope, _ANSWERED)
    visit.talk.log("listed_questions", count=len(waiting) + len(answered))
    return Page("questions", {"waiting": waiting, "answered": answered, "most": _WAITING})


def show(visit: Visit) -> Page:
    """Who asks what, and the answers that may be sent as they are."""
    return _page(visit, _row(visit))


def _row(visit: Visit) -> Question:
    visit.need(Right.ANSWER)
    row = questions.numbered(visit.talk.tx, visit.scope, visit.number("number"))
    if row is None:
        raise HTTPException(404)
    return row


def _page(visit: Visit, row: Question, wrong: str = "") -> Page:
    """The page; with what was typed where it is ``wrong``, or somebody was quicker."""
    talk = visit.talk
    talk.log("read_question", "question", row["id"])
    is_open = row["answered_at"] is None
    notes = questions.remarks(talk.tx, row["id"], ("passed",))
    about = referring.about(talk, row)
    given = {
        "row": row,
        "day": day_of(row["asked_at"]),
        "asker": referring.who(talk, row),
        "about": visit.words(about) if about else "",
        "notes": [each["text"] for each in notes if each["text"]],
        "answer": visit.words(proposals.answer_of(talk, row)) if not is_open else "",
        "mine": row["answered_by"] == talk.person,
        "proposed": list(_proposed(visit, row)) if is_open else [],
        "typed": visit.form.get("text", ""),
        "most": _MOST,
        "wrong": wrong,
    }
    return Page("question", given)


def _proposed(visit: Visit, row: Question) -> list[tuple[str, str, str]]:
    """Key, name and words of each."""
    return [
        (one.key, visit.words(label), visit.words(one.words))
        for one, label in proposals.of(visit.talk, row)
    ]


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Answer it in words of one's own or in ready ones, add to an answer, or pass it on."""
    row, deed = _row(visit), visit.form.get("do", "")
    text = visit.form.get("text", "").strip()
    if deed == "pass":
        said = Said("pass", row["number"], text[:_MOST], ABOVE)
        return Go(visit.address, visit.does(answering.pass_on, said))
    if deed == "ready":
        one = proposals.named(visit.talk, row, visit.form.get("key", ""))
        return _reply(visit, row, one)
    if deed not in {"reply", "more"}:
        raise HTTPException(400)
    if not _LEAST <= len(text) <= _MOST:
        return _page(visit, row, "text")
    if deed == "more":
        return Go(visit.address, visit.does(answering.add, row, text))
    return _reply(visit, row, Ready("", text))


def _reply(visit: Visit, row: Question, one: Ready | None) -> Answer:
    if one is None:
        raise HTTPException(400)
    if not answering.reply(visit.talk, row, one):
        return _page(visit, _row(visit), "meanwhile")
    return Go("/desk/questions", visit.said())
