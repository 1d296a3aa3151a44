"""Soạn thông báo: all that the chat asks, on one page; then whom it reaches, then it goes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import pictures
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.answers import Asked
from conversations.form import Question
from conversations.forms.announcement import TOLD, announcement
from conversations.forms.sending_day import sending_day
from conversations.messages import Message, Shown
from conversations.reading import Read
from handlers.officer import (
    announced,
    announcement_numbers,
    announcement_sending,
    announcing,
    previewing,
)
from programme.roles import Right
from storage import files

KINDS = ("fair", "training", "buyer", "other")
_HELD, _SAID, _ANSWERED = KINDS[:2], KINDS[2:], KINDS[:3]
_MORE = (*(key for key, _ in TOLD), "letter_date", "phone")
_ALWAYS = ("name", "aim")
_ASKED = {each.key: each for each in announcement.questions if isinstance(each, Question)}
Typed = dict[str, str]


def show(visit: Visit) -> Page:
    """An empty form; with ``kind`` of that kind."""
    kind = visit.query.get("kind", "")
    return page(visit, {"kind": kind if kind in KINDS else KINDS[0]})


def page(
    visit: Visit,
    typed: Mapping[str, str],
    *wrong: str,
    said: str = "",
    mends: Mapping[str, Any] | None = None,
) -> Page:
    """The form with what was typed; ``mends`` names what was announced that it puts right."""
    visit.need(Right.ANNOUNCE)
    labels = {key: visit.words(Message(f"announcement.label_{key}")) for key in _MORE}
    kinds = KINDS if mends is None or not mends["sent"] else (typed["kind"],)
    about = {
        "kinds": [(key, visit.words(Message(f"announcement.kind_{key}"))) for key in kinds],
        "more": [(key, labels[key], typed.get(key, "")) for key in _MORE],
        "typed": dict(typed),
        "wrong": frozenset(wrong),
        "why": said,
        "mends": mends,
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
    answers, wrong = answered(visit)
    if wrong:
        return page(visit, typed(visit), *wrong)
    made = announcing.freeze(visit.talk, answers)
    if made is None:
        why = visit.words(announcing.nobody(visit.talk, answers))
        return page(visit, typed(visit), "nobody", said=why)
    return looked_at(visit, made) or page(visit, typed(visit), "room", said=said(visit))


def said(visit: Visit) -> str:
    """What the deed has told, on the page itself."""
    return "\n".join(visit.said())


def looked_at(visit: Visit, made: int) -> Go | None:
    """On to what was made, to be looked at; None where this month has no room for it."""
    row = announcement_numbers.of_id(visit.talk, str(made))
    if row is None or previewing.refused(visit.talk, row):
        return None
    return Go(f"/desk/announcements/{made}")


def typed(visit: Visit) -> Typed:
    """What was typed; a picture that came is kept, so that nobody has to choose it again."""
    kept = pictures.kept(visit)
    return {**visit.form, "poster": kept} if kept else dict(visit.form)


def _read(visit: Visit) -> Page:
    found = announcing.read(visit.talk, visit.form.get("notice", ""))
    was = {name: text for name, text in typed(visit).items() if name not in {"do", "token"}}
    was |= told(found)
    was["aim"] = found.get("who", "") if "aim" in found else was.get("aim", "")
    return page(visit, was, *(() if found else ("notice",)))


def told(answers: Mapping[str, Any]) -> Typed:
    """What stands in the boxes where these are the answers."""
    days = answers.get("days") or {}
    texts = {name: value for name, value in answers.items() if isinstance(value, str)}
    return {**texts, **{name: days[name] for name in ("from", "to") if name in days}}


def answered(
    visit: Visit, before: Mapping[str, Any] | None = None, *, aimed: bool = True
) -> tuple[dict[str, Any], list[str]]:
    """The answers as the chat would have them, and the fields that are none.

    What was answered ``before`` and is typed no other way stays, though its day has gone by;
    where it is not ``aimed`` that goes for whom it is for.
    """
    was, facts = before or {}, {"province": announcing.province_of(visit.scope.area)}
    kind = visit.form["kind"]
    answers: dict[str, Any] = {"kind": kind} if aimed else {"kind": kind, "aim": was["aim"]}
    wrong = []
    for key in _wanted(kind):
        text = _text(visit, key)
        if key in answers or (not text and _ASKED[key].optional):
            continue
        if text and text == shown(visit, key, was):
            answers[key] = was[key]
            continue
        asked = Asked(announcement.name, key, visit.talk.today, answers, facts)
        match _ASKED[key].kind.read(text, asked) if text else None:
            case Read(value):
                answers[key] = value
            case _:
                wrong.append(key)
    wrong += _poster(visit, answers)
    late = {"days", "register_by"} <= answers.keys()
    if late and answers["register_by"] > answers["days"]["to"]:
        wrong.append("too_late")
    return answers, wrong


def _text(visit: Visit, key: str) -> str:
    return _days(visit.form) if key == "days" else visit.form.get(key, "").strip()


def shown(visit: Visit, key: str, answers: Mapping[str, Any]) -> str:
    """What stands in the box of that answer, as it comes back from there."""
    if key == "aim":
        return visit.value(Shown("aim", answers["aim"])) if "aim" in answers else ""
    return _days(answers.get("days") or {}) if key == "days" else told(answers).get(key, "")


def _poster(visit: Visit, answers: dict[str, Any]) -> list[str]:
    """The picture that goes with it, unless it is to go without; the field where it is none."""
    if pictures.is_strange(visit):
        return ["poster"]
    held = "" if visit.form.get("bare") else visit.form.get("poster", "")
    if not (kept := pictures.kept(visit) or held):
        return []
    if not (files.mime(visit.talk.tx, kept) or "").startswith("image/"):
        return ["poster"]
    answers["poster"] = [kept]
    return []


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
