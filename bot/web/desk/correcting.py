"""Sửa thông báo: what was said, on its form again; told anew to exactly those who were told."""

from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import announced, composing
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.messages import Message
from handlers.officer import announced as letters
from handlers.officer import announcing, previewing
from programme.roles import Right
from storage import announcements, corrections, recipients

_Row = dict[str, Any]


def show(visit: Visit) -> Page:
    """The form with what is said of it now."""
    row = _row(visit)
    was = _was(visit, row)
    boxes = {**composing.told(was), "aim": composing.shown(visit, "aim", was)}
    return _page(visit, row, {**boxes, "poster": next(iter(was.get("poster", ())), "")})


def _row(visit: Visit) -> _Row:
    """What waits to be sent, or what was told at first; a correction of it would be no other."""
    visit.need(Right.ANNOUNCE)
    row = announced.row(visit)
    return row if _waits(row) else announcing.first_of(visit.talk, row)


def _waits(row: _Row) -> bool:
    return bool(row["status"] == announcements.READY)


def _was(visit: Visit, row: _Row) -> dict[str, Any]:
    said = letters.said(row) if _waits(row) else announcing.now(visit.talk, row)
    return {**said, "kind": row["kind"]}


def _page(visit: Visit, row: _Row, typed: composing.Typed, *wrong: str, said: str = "") -> Page:
    sent = not _waits(row) or bool(row["corrects"])
    first = row["corrects"] or row["id"]
    mends = {
        "id": row["id"],
        "number": row["number"],
        "sent": sent,
        "told": len(recipients.told(visit.talk.tx, first)) if sent else 0,
        "seen": corrections.last(visit.talk.tx, first),
    }
    return composing.page(visit, typed, *wrong, said=said, mends=mends)


def do(visit: Visit) -> Answer:
    """Freeze what is said now, and show whom it reaches before it goes."""
    row = _row(visit)
    sent = not _waits(row) or bool(row["corrects"])
    kinds = (row["kind"],) if sent else composing.KINDS
    if visit.form.get("do") != "make" or visit.form.get("kind") not in kinds:
        raise HTTPException(400)
    if letters.said(row).get("called_off"):
        return Go(f"/desk/announcements/{row['id']}", (visit.words(_settled()),))
    if visit.asked("seen", 0) != corrections.last(visit.talk.tx, row["corrects"] or row["id"]):
        return _page(visit, row, composing.typed(visit), "meanwhile")
    answers, wrong = composing.answered(visit, _was(visit, row), aimed=not sent)
    if wrong:
        return _page(visit, row, composing.typed(visit), *wrong)
    return _made(visit, row, answers)


def _settled() -> Message:
    return Message("announcing.settled")


def _made(visit: Visit, row: _Row, answers: dict[str, Any]) -> Answer:
    """What was not sent yet is made anew, and what it was is forgotten."""
    talk, first = visit.talk, row["corrects"] or (None if _waits(row) else row["id"])
    made = announcing.corrected(talk, first, answers) if first else announcing.freeze(talk, answers)
    if made is None and not first:
        talk.messages.append(announcing.nobody(talk, answers))
    gone = composing.looked_at(visit, made) if made else None
    if gone is None:
        return _page(visit, row, composing.typed(visit), "not_made", said=composing.said(visit))
    if _waits(row):
        previewing.drop(talk, row)
    return gone
