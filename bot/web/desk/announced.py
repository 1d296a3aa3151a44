"""Thông báo: what was announced, its ledger as it grows, and stopping, going on, ending."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import composing
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.messages import Message
from handlers.officer import (
    announced,
    announcement_lists,
    announcement_orders,
    previewing,
    sampling,
)
from programme.roles import Right
from storage import announcements

_NEWEST, _A_PAGE = 40, 50
_BEFORE = ("now", "later", "drop")
_STATES = ("waiting", "sent", "failed", "refused", "opted_out", "cancelled")


def listing(visit: Visit) -> Page:
    """The newest of the area, each with what became of it."""
    found = announcements.newest(visit.talk.tx, visit.scope, _NEWEST)
    may = visit.scope.may(Right.ANNOUNCE)
    return Page("announcements", {"may": may, "rows": _told(visit, found)})


def _told(visit: Visit, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    ledgers = announcements.ledgers(visit.talk.tx, [row["id"] for row in rows])
    return [_line(visit, row) | {"ledger": ledgers[row["id"]]} for row in rows]


def _line(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "number": row["number"],
        "name": announced.said(row)["name"],
        "made_at": row["made_at"],
        "status": row["status"],
        "state": visit.words(announcement_lists.state(row)),
    }


def _row(visit: Visit) -> dict[str, Any]:
    row = announcements.by_id(visit.talk.tx, visit.scope, visit.number("number"))
    if row is None:
        raise HTTPException(404)
    return row


def show(visit: Visit) -> Page:
    """One of them: its words, its ledger, and the people behind a number of it."""
    row = _row(visit)
    status, is_ready = visit.query.get("status", ""), row["status"] == announcements.READY
    people = _people(visit, row, status) if status in _STATES else []
    samples = sampling.samples(visit.talk, row) if is_ready else ()
    about = {
        **_ledger(visit, row),
        "text": visit.words(announced.letter(row)),
        "people": people,
        "status": status,
        "may": visit.scope.may(Right.ANNOUNCE),
        "counted": visit.words(previewing.counted(visit.talk, row)) if is_ready else "",
        "samples": [visit.words(each) for each in samples],
        "late": "late" in visit.query,
    }
    return Page("announcement", about)


def ledger(visit: Visit) -> Page:
    """The ledger alone, as the page fetches it again and again."""
    return Page("ledger", _ledger(visit, _row(visit)))


def _ledger(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    [told] = _told(visit, [row])
    counts = told["ledger"]._asdict()
    names = {name: visit.words(Message(f"announcing.list_{name}")) for name in _STATES}
    numbers = [{"status": name, "label": names[name], "count": counts[name]} for name in _STATES]
    total = counts["previewed"]
    share = 100 * (total - counts["waiting"]) // total if total else 100
    return {"row": told, "numbers": numbers, "total": total, "share": share}


def _people(visit: Visit, row: Mapping[str, Any], status: str) -> list[str]:
    visit.talk.log("listed_recipients", "announcement", row["id"], status=status)
    found = announcements.rows(visit.talk.tx, visit.scope, row["id"], status, most=_A_PAGE)
    return visit.lines(announcement_lists.recipient(one) for one in found)


def do(visit: Visit) -> Answer:
    """Let it go, pause it, let it go on, or let nobody else be told; as the chat does it."""
    visit.need(Right.ANNOUNCE)
    row, deed = _row(visit), visit.form.get("do", "")
    if deed in _BEFORE and row["status"] == announcements.READY:
        return composing.go(visit, row)
    if deed not in announcement_orders.ON_THE_WAY:
        raise HTTPException(400)
    return Go(visit.address, visit.does(announcement_orders.ON_THE_WAY[deed], row))
