"""Sau chứng nhận, to be written down: visits and what was found, revocations and their decision."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import aftercare, dossier, inbox, pictures
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.answers import Asked
from conversations.form import Form
from conversations.forms.inspected import inspected
from conversations.forms.inspection import inspection
from conversations.forms.revocation import revocation, revoking
from conversations.messages import Message
from conversations.reading import Read
from handlers.officer import impartial, inspecting
from handlers.officer import revoking as deciding
from handlers.producer import standing
from programme import reasons as ready
from programme import revocation as law
from programme.roles import Right
from storage import inspections, revocations

_Row = dict[str, Any]
_LONGEST = 200  # signs of what is to be mended


def show(visit: Visit) -> Page:
    """All that came after the certificate, each with what can be done with it now."""
    row = dossier.found(visit)
    visit.talk.log("read_dossier", "dossier", row["id"])
    return _page(visit, row)


def _page(visit: Visit, row: _Row, *wrong: str) -> Page:
    """The page; with what is ``wrong`` in the form that came back."""
    visit.need(Right.PLAN)
    one, talk = standing.of(visit.talk, row), visit.talk
    whose = row["producer_id"]
    about = {
        **aftercare.of(visit, one),
        "dossier": row,
        "producer": one.producer,
        "there": inspections.certificates_of(talk.tx, whose, talk.today),
        "certified": _certified(visit, row),
        "reasons": inbox.offered(visit, ready.for_inspections()),
        "causes": [
            (each, visit.words(Message(f"revocation.cause_{each}"))) for each in law.causes()
        ],
        "decides": visit.scope.may(Right.COUNCIL),
        "typed": dict(visit.form),
        "wrong": frozenset(wrong),
    }
    return Page("certified", about)


def _certified(visit: Visit, row: _Row) -> list[_Row]:
    """The certificates of its producer that hold, of which none is about to be revoked."""
    every = revocations.standing(visit.talk.tx, visit.scope, visit.talk.today)
    mine = [each for each in every if each["producer_id"] == row["producer_id"]]
    found = revocations.of_certificates(visit.talk.tx, visit.scope, [each["id"] for each in mine])
    asked = {each["certificate_id"] for each in found if each["status"] == revocations.OPEN}
    return [each for each in mine if each["id"] not in asked]


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Do what the form wants; where a field is none of that, the form comes back as it was."""
    row = dossier.found(visit)
    deed = _DEEDS.get(visit.form.get("do", ""))
    if deed is None:
        raise HTTPException(400)
    right, does = deed
    visit.need(right)
    wrong = does(visit, row)
    return _page(visit, row, *wrong) if wrong else Go(visit.address, visit.said())


def _read(visit: Visit, form: Form, typed: Mapping[str, str]) -> tuple[_Row, list[str]]:
    """The answers of a form as the chat would have them, and the fields that are none."""
    answers: _Row = {}
    wrong = []
    for key, text in typed.items():
        asked = Asked(form.name, key, visit.talk.today, answers, {})
        match form.question(key).kind.read(text, asked) if text else None:
            case Read(value):
                answers[key] = value
            case _:
                wrong.append(key)
    return answers, wrong


def _written(day: date | None) -> str:
    """The day as people write it."""
    return f"{day:%d/%m/%Y}" if day else ""


Wrong = list[str]


def _plan(visit: Visit, row: _Row) -> Wrong:
    day = visit.day("day")
    if day is None or day < visit.talk.today:
        return ["day"]
    name = standing.of(visit.talk, row).producer["name"]
    if number := inspecting.planned(visit.talk, row["producer_id"], day):
        visit.talk.say("inspection.planned", number=number, producer=name, day=day)
    return []


def _record(visit: Visit, row: _Row) -> Wrong:
    """Keep what was found at a visit, of a planned one or of one that nobody planned."""
    talk, form = visit.talk, visit.form
    why = inbox.reason(visit, ready.for_inspections())[:_LONGEST]
    typed = {"samples": form.get("samples", "").strip()}
    typed |= {"until": _written(visit.day("until"))} if why else {}
    answers, wrong = _read(visit, inspection, typed)
    there = inspections.certificates_of(talk.tx, row["producer_id"], talk.today)
    places = [at for at, each in enumerate(there, 1) if form.get(f"product-{each['id']}")]
    wrong += [] if places else ["products"]
    if wrong:
        return wrong
    seen = _visit(visit, row)
    if seen is None:
        return []
    facts = {"inspection": seen["id"], "number": seen["number"], "products": there}
    answers |= {"checked": ", ".join(map(str, places))} | ({"why": why} if why else {})
    inspecting.recorded(talk, visit.filled(inspection, facts, answers))
    return []


def _visit(visit: Visit, row: _Row) -> _Row | None:
    """The visit of the form, or one of today; None for a producer for whom the officer acts."""
    talk = visit.talk
    if visit.form.get("number"):
        seen = _inspection(visit, row)
        own = impartial.refused(talk, row["producer_id"], Right.PLAN, waits=False)
        return None if own else seen
    number = inspecting.planned(talk, row["producer_id"], talk.today)
    return inspections.numbered(talk.tx, visit.scope, number) if number else None


def _inspection(visit: Visit, row: _Row) -> _Row:
    """The inspection of the form, of the producer of the page."""
    found = inspections.numbered(visit.talk.tx, visit.scope, visit.asked("number", 0))
    if found is None or found["producer_id"] != row["producer_id"]:
        raise HTTPException(400)
    return found


def _photo(visit: Visit, row: _Row) -> Wrong:
    """Keep a photo of what was seen there."""
    seen = _inspection(visit, row)
    if impartial.refused(visit.talk, row["producer_id"], Right.PLAN, waits=False):
        return []
    kept = pictures.kept(visit)
    if kept is None:
        return ["picture"]
    facts = {"inspection": seen["id"], "number": seen["number"]}
    inspecting.photographed(visit.talk, visit.filled(inspected, facts, {"photos": [kept]}))
    return []


def _samples(visit: Visit, row: _Row) -> Wrong:
    """Keep what the laboratory said of the samples."""
    seen, text = _inspection(visit, row), visit.form.get("failed", "").strip()
    if not text.isdecimal() or visit.asked("failed", -1) not in range(seen["samples"] + 1):
        return ["failed"]
    inspecting.failed(visit.talk, seen["number"], int(text))
    return []


def _close(visit: Visit, row: _Row) -> Wrong:
    inspecting.closed(visit.talk, _inspection(visit, row)["number"])
    return []


def _propose(visit: Visit, row: _Row) -> Wrong:
    """Propose that a certificate of the producer be revoked."""
    which = visit.asked("certificate", 0)
    every = revocations.standing(visit.talk.tx, visit.scope, visit.talk.today)
    one = next((each for each in every if each["id"] == which), None)
    if one is None or one["producer_id"] != row["producer_id"]:
        raise HTTPException(400)
    typed = {"concluded": _written(visit.day("concluded")), "why": visit.form.get("why", "")}
    answers, wrong = _read(visit, revocation, typed)
    answers["cause"] = visit.form.get("cause", "")
    wrong += [] if answers["cause"] in law.causes() else ["cause"]
    if not wrong and (facts := deciding.to_propose(visit.talk, one)):
        deciding.sent(visit.talk, visit.filled(revocation, facts, answers))
    return wrong


def _revocation(visit: Visit, row: _Row) -> _Row:
    """The revocation of the form, of a certificate of the page's producer."""
    found = revocations.numbered(visit.talk.tx, visit.scope, visit.asked("number", 0))
    if found is None or found["producer_id"] != row["producer_id"]:
        raise HTTPException(400)
    return found


def _decide(visit: Visit, row: _Row) -> Wrong:
    """Revoke the certificate by a decision."""
    found, day = _revocation(visit, row), visit.day("decided_on")
    answers, wrong = _read(visit, revoking, {"number": visit.form.get("decision", "").strip()})
    if day is None or not deciding.first_day(found) <= day <= visit.talk.today:
        wrong.append("decided_on")
    if visit.form.get("sure") != "yes":
        wrong.append("sure")
    if wrong or day is None:
        return wrong
    answers |= {"day": day.isoformat(), "sure": "yes"}
    deciding.decided(visit.talk, visit.filled(revoking, {"revocation": found["id"]}, answers))
    return []


def _drop(visit: Visit, row: _Row) -> Wrong:
    deciding.dropped(visit.talk, _revocation(visit, row)["number"])
    return []


_DEEDS: dict[str, tuple[Right, Callable[[Visit, _Row], Wrong]]] = {
    "plan": (Right.PLAN, _plan),
    "record": (Right.PLAN, _record),
    "photo": (Right.PLAN, _photo),
    "samples": (Right.PLAN, _samples),
    "close": (Right.PLAN, _close),
    "propose": (Right.PLAN, _propose),
    "decide": (Right.COUNCIL, _decide),
    "drop": (Right.COUNCIL, _drop),
}
