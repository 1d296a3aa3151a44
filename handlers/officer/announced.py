"""Announcements as producers read them, and as an officer names them: their letters and numbers."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from conversations.messages import Attached, Choice, Message, Shown
from handlers.talk import Talk
from programme import firings
from programme.places import places
from storage import announcements, calling_off, fairs, minders
from storage.announcements import Ledger
from storage.joining import ASKING

ANSWERS = ("fair_join", "fair_no", "fair_ask")
_LETTERS = {
    "fair": "announcing.fair",
    "training": "announcing.training",
    "buyer": "announcing.buyer",
    "other": "announcing.other",
}
_STOPPED = {"no_room": "announcing.no_room", "left": "announcing.left"}
_USE = timedelta(days=14)  # that news without a day are news


def said(row: Mapping[str, Any]) -> dict[str, Any]:
    """What was said in the form, and with it the office, and the number of the first."""
    read: dict[str, Any] = json.loads(row["said"])
    return read


def letter(row: Mapping[str, Any]) -> Message:
    """What whoever is on the list reads, in whichever language."""
    told = said(row)
    if told.get("called_off"):
        about = {"name": told["name"], "reason": told["called_off"]}
        return Message("announcing.called_off", {"office": told["office"], **about})
    first = row["corrects"] or row["id"]
    choices = tuple(Choice(f"m|{name}:{first}", _label(row["kind"], name)) for name in ANSWERS)
    shown = choices if row["kind"] in ASKING else ()
    attached = Attached("photo", row["poster"], "poster") if row["poster"] else None
    return Message(_LETTERS[row["kind"]], _about(row, told), shown, attached=attached)


def progress(row: Mapping[str, Any], ledger: Ledger) -> Message:
    """What its officer is told by itself: how far it is, that it is done, why it stopped."""
    about: dict[str, Any] = named(row)
    if row["status"] == announcements.PAUSED:
        key = _STOPPED.get(row["reason"]) or "announcing.broken"
        if row["reason"] == minders.LEFT:
            about["moment"] = None if row["started_at"] else row["send_at"]
        return Message(key, {**about, "left": ledger.waiting})
    if row["status"] == announcements.DONE:
        reached = {"done": ledger.sent, "short": ledger.previewed - ledger.sent}
        return Message("announcing.is_done", {**about, **reached})
    done = ledger.previewed - ledger.waiting
    return Message("announcing.progress", {**about, "done": done, "total": ledger.previewed})


def _label(kind: str, name: str) -> Message:
    selling = kind == "buyer" and name != "fair_ask"
    return Message(f"announcing.{name}_selling" if selling else f"announcing.{name}")


def _about(row: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    again = bool(row["corrects"])
    about: dict[str, Any] = {"office": told["office"], "name": told["name"], "again": again}
    if row["kind"] == "other":
        return {**about, "text": told["text"]}
    about |= {"number": told.get("short") or short(row["number"]), "by": told.get("register_by")}
    if row["kind"] == "buyer":
        return {**about, "text": told["text"]}
    days = told["days"]
    closes = days["to"] if days["to"] != days["from"] else None
    return {**about, "opens": days["from"], "closes": closes, "place": told["place"]}


def details(told: Mapping[str, Any]) -> tuple[Message, ...]:
    """What else is known of it, a line each."""
    lines = [
        Message("announcing.detail", {"label": Message(f"announcement.label_{name}"), "text": text})
        for name in ("support", "cost", "conditions", "who", "where", "contact")
        if (text := told.get(name))
    ]
    if phone := told.get("phone"):
        label, number = Message("announcement.label_phone"), Shown("phone", phone)
        lines.append(Message("announcing.detail", {"label": label, "text": number}))
    return tuple(lines)


def last_day(told: Mapping[str, Any], *, again: bool = False) -> date | None:
    """The last day on which one can answer; of what was told before, on which it is of use."""
    days = told.get("days") or {}
    if again:
        return date.fromisoformat(days["to"]) if days else None
    day = told.get("register_by") or days.get("from")
    return date.fromisoformat(min(day, days.get("to", day))) if day else None


def use_by(told: Mapping[str, Any], now: datetime, *, again: bool = False) -> datetime:
    """After when nobody needs to hear of it any more; of what was told before, when it is over."""
    day = last_day(told, again=again)
    return firings.end_of(day) if day else now + _USE


def office(area: str) -> str:
    """What the office of that area is called: the name of its commune or province."""
    found = places().by_code(area)
    if found:
        return f"{found.kind} {found.name}"
    province = places().province(area)
    return province.shown if province else ""


def cancel(talk: Talk, row: Mapping[str, Any]) -> None:
    """Let nobody else be told; what is under way this instant arrives."""
    if not announcements.cancel(talk.tx, row["id"], talk.now):
        talk.say("announcing.over", **named(row))
        return
    talk.log("cancelled_announcement", "announcement", row["id"])
    ledger = announcements.ledger(talk.tx, row["id"])
    if row["fair_id"] and not ledger.sent and not row["corrects"]:
        fairs.change(talk.tx, row["fair_id"], cancelled=True)
    counts = {"done": ledger.sent, "count": ledger.cancelled}
    talk.messages.append(Message("announcing.cancelled", {**named(row), **counts}))
    if calling_off.taken_back(talk.tx, row, talk.now):
        left = announcements.ledger(talk.tx, row["corrects"]).waiting
        about = {"name": said(row)["name"], "left": left}
        again = Message("announcing.resumed", {"number": said(row)["short"], **about})
        talk.messages.append(again)


# -- its number ------------------------------------------------------------------------------------


def short(number: str) -> int:
    """The number as people type it: 3 of TB-2026-0003."""
    return int(number.rpartition("-")[2])


def named(row: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that name it in a sentence."""
    return {"number": short(row["number"]), "name": said(row)["name"]}
