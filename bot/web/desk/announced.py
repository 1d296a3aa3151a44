"""Thông báo: what was announced, its ledger as it grows, and stopping, going on, ending."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import composing
from bot.web.desk.visits import Answer, Content, Go, Page, Visit
from conversations.messages import Message
from handlers.officer import (
    announced,
    announcement_lists,
    announcement_orders,
    announcing,
    previewing,
    sampling,
)
from programme.roles import Right
from storage import announcements, files

_NEWEST, _A_PAGE = 40, 50
_SHORTEST, _LONGEST = 4, 90  # signs of why it will not be, as producers read it
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


def row(visit: Visit) -> dict[str, Any]:
    """The announcement of the address, if it was made in the area."""
    found = announcements.by_id(visit.talk.tx, visit.scope, visit.number("number"))
    if found is None:
        raise HTTPException(404)
    return found


def show(visit: Visit) -> Page:
    """One of them: its words, its ledger, and the people behind a number of it."""
    return _page(visit, row(visit))


def _page(visit: Visit, one: dict[str, Any], *wrong: str) -> Page:
    status, is_ready = visit.query.get("status", ""), one["status"] == announcements.READY
    people = _people(visit, one, status) if status in _STATES else []
    samples = sampling.samples(visit.talk, one) if is_ready else ()
    may = visit.scope.may(Right.ANNOUNCE)
    about = {
        **_ledger(visit, one),
        "text": visit.words(announced.letter(one)),
        "poster": one["poster"] is not None,
        "people": people,
        "status": status,
        "may": may,
        "counted": visit.words(previewing.counted(visit.talk, one)) if is_ready else "",
        "samples": [visit.words(each) for each in samples],
        "late": "late" in visit.query,
        "first": announcing.first_of(visit.talk, one) if one["corrects"] else None,
        "says_off": bool(announced.said(one).get("called_off")),
        "can": _can(visit, one, may=may),
        "typed": dict(visit.form),
        "wrong": frozenset(wrong),
    }
    return Page("announcement", about)


def _can(visit: Visit, one: dict[str, Any], *, may: bool) -> dict[str, bool]:
    """What can still be put right of it: how it is sent, or what was told."""
    first = announcing.first_of(visit.talk, one)
    is_off = first["called_off_at"] is not None or bool(announced.said(one).get("called_off"))
    stands = may and not is_off
    is_ready = one["status"] == announcements.READY
    return {"edit": stands and is_ready, "mend": stands and first["started_at"] is not None}


def poster(visit: Visit) -> Content:
    """The picture that goes with it."""
    one = row(visit)
    media = files.mime(visit.talk.tx, one["poster"]) if one["poster"] else None
    path = visit.files.path(one["poster"]) if media else None
    if media is None or path is None or not path.exists():
        raise HTTPException(404)
    return Content(path, media, one["number"])


def ledger(visit: Visit) -> Page:
    """The ledger alone, as the page fetches it again and again."""
    return Page("ledger", _ledger(visit, row(visit)))


def _ledger(visit: Visit, one: Mapping[str, Any]) -> dict[str, Any]:
    [told] = _told(visit, [one])
    counts = told["ledger"]._asdict()
    names = {name: visit.words(Message(f"announcing.list_{name}")) for name in _STATES}
    numbers = [{"status": name, "label": names[name], "count": counts[name]} for name in _STATES]
    total = counts["previewed"]
    share = 100 * (total - counts["waiting"]) // total if total else 100
    return {"row": told, "numbers": numbers, "total": total, "share": share}


def _people(visit: Visit, one: Mapping[str, Any], status: str) -> list[str]:
    visit.talk.log("listed_recipients", "announcement", one["id"], status=status)
    found = announcements.rows(visit.talk.tx, visit.scope, one["id"], status, most=_A_PAGE)
    return visit.lines(announcement_lists.recipient(each) for each in found)


def do(visit: Visit) -> Answer:
    """Let it go, pause it, let it go on, or let nobody else be told; as the chat does it."""
    visit.need(Right.ANNOUNCE)
    one, deed = row(visit), visit.form.get("do", "")
    if deed == "call_off":
        return _call_off(visit, one)
    if deed in _BEFORE and one["status"] == announcements.READY:
        return composing.go(visit, one)
    if deed not in announcement_orders.ON_THE_WAY:
        raise HTTPException(400)
    return Go(visit.address, visit.does(announcement_orders.ON_THE_WAY[deed], one))


def _call_off(visit: Visit, one: dict[str, Any]) -> Answer:
    """Show what those read who were told of it, before it goes."""
    reason = visit.form.get("reason", "").strip()
    if not _SHORTEST <= len(reason) <= _LONGEST:
        return _page(visit, one, "reason")
    made = announcing.called_off(visit.talk, one, reason)
    gone = composing.looked_at(visit, made) if made else None
    return gone or Go(visit.address, visit.said())
