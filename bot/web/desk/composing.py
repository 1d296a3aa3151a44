"""Soạn thông báo: all that the chat asks, on one page; then whom it reaches, then it goes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.answers import Asked
from conversations.form import Question
from conversations.forms.announcement import TOLD, announcement
from conversations.forms.sending_day import sending_day
from conversations.messages import Message
from conversations.reading import Read
from handlers.officer import (
    announced,
    announcement_numbers,
    announcement_sending,
    announcing,
    previewing,
)
from programme.roles import Right

KINDS = ("fair", "training", "buyer", "other")
_HELD, _SAID, _ANSWERED = KINDS[:2], KINDS[2:], KINDS[:3]
_MORE = (*(key for key, _ in TOLD), "letter_date", "phone")
_ALWAYS = ("name", "aim")
_ASKED = {each.key: each for each in announcement.questions if isinstance(each, Question)}
Typed = dict[str, str]


def show(visit: Visit) -> Page:
    """An empty form; with ``kind`` of that kind."""
    kind = visit.query.get("kind", "")
    return _page(visit, {"kind": kind if kind in KINDS else KINDS[0]})


def _page(visit: Visit, typed: Mapping[str, str], *wrong: str, said: str = "") -> Page:
    visit.need(Right.ANNOUNCE)
    labels = {key: visit.words(Message(f"announcement.label_{key}")) for key in _MORE}
    about = {
        "kinds": [(key, visit.words(Message(f"announcement.kind_{key}"))) for key in KINDS],
        "more": [(key, labels[key], typed.get(key, "")) for key in _MORE],
        "typed": dict(typed),
        "wrong": frozenset(wrong),
        "why": said,
    }
    return Page("composing", about)


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Read what an official text tells; or freeze it, and show whom it reaches before it goes."""
    visit.need(Right.ANNOUNCE)
    if visit.form.get("do") == "read":
        return _read(visit)
    if visit.form.get("do") != "make" or visit.form.get("kind") not in KINDS:
        raise HTTPException(400)
    answers, wrong = _answers(visit)
    if wrong:
        return _page(visit, visit.form, *wrong)
    made = announcing.freeze(visit.talk, answers)
    if made is None:
        why = visit.words(announcing.nobody(visit.talk, answers))
        return _page(visit, visit.form, "nobody", said=why)
    row = announcement_numbers.of_id(visit.talk, str(made))
    if row is None or previewing.refused(visit.talk, row):
        return _page(visit, visit.form, "room", said=" ".join(visit.said()))
    return Go(f"/desk/announcements/{made}")


def _read(visit: Visit) -> Page:
    found = announcing.read(visit.talk, visit.form.get("notice", ""))
    typed = {name: text for name, text in visit.form.items() if name not in {"do", "token"}}
    days = found.get("days") or {}
    told = {name: value for name, value in found.items() if isinstance(value, str)}
    typed |= {**told, **{name: days[name] for name in ("from", "to") if name in days}}
    typed["aim"] = found.get("who", "") if "aim" in found else typed.get("aim", "")
    return _page(visit, typed, *(() if found else ("notice",)))


def _answers(visit: Visit) -> tuple[dict[str, Any], list[str]]:
    """The answers as the chat would have them, and the fields that are none."""
    form, kind = visit.form, visit.form["kind"]
    facts = {"province": announcing.province_of(visit.scope.area)}
    answers: dict[str, Any] = {"kind": kind}
    wrong = []
    for key in _wanted(kind):
        typed = _days(form) if key == "days" else form.get(key, "").strip()
        question = _ASKED[key]
        if not typed and question.optional:
            continue
        asked = Asked(announcement.name, key, visit.talk.today, answers, facts)
        match question.kind.read(typed, asked) if typed else None:
            case Read(value):
                answers[key] = value
            case _:
                wrong.append(key)
    late = {"days", "register_by"} <= answers.keys()
    if late and answers["register_by"] > answers["days"]["to"]:
        wrong.append("too_late")
    return answers, wrong


def _wanted(kind: str) -> tuple[str, ...]:
    held = ("days", "place") if kind in _HELD else ()
    said = ("text",) if kind in _SAID else ()
    until = ("register_by",) if kind in _ANSWERED else ()
    return (*_ALWAYS, *held, *said, *until, *_MORE)


def _days(form: Mapping[str, str]) -> str:
    """From a day to a day, as one writes it; empty where one is none."""
    try:
        first = date.fromisoformat(form.get("from", ""))
        last = date.fromisoformat(form["to"]) if form.get("to") else first
    except ValueError:
        return ""
    return f"{first:%d/%m/%Y} - {last:%d/%m/%Y}" if last >= first else ""


# -- before it goes --------------------------------------------------------------------------------


def go(visit: Visit, row: dict[str, Any]) -> Answer:
    """Let one that was looked at go now, on the morning of a day, or not at all."""
    deed, which = visit.form["do"], str(row["id"])
    if deed == "now":
        return Go(visit.address, visit.does(announcement_sending.go, which))
    if deed == "drop":
        return Go("/desk/announcements", visit.does(announcement_sending.drop, which))
    day = visit.form.get("day", "")
    last = announced.last_day(announced.said(row), again=bool(row["corrects"]))
    latest = last.isoformat() if last else "9999"
    if not _is_day(day) or not visit.talk.today.isoformat() <= day <= latest:
        return Go(f"{visit.address}?late=1")
    run = visit.filled(sending_day, {"announcement": row["id"]}, {"day": day})
    return Go(visit.address, visit.does(announcement_sending.scheduled, run))


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
