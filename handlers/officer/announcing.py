"""Thông báo at the officer's: the form is read back with whom it reaches; only then it goes out."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from conversations import noticing, walk
from conversations.aiming import of as aimed
from conversations.forms.announcement import announcement
from conversations.messages import Message, Shown
from conversations.session import Run
from handlers.officer import announced, announcement_numbers, own_office, previewing
from handlers.officer.announced import said
from handlers.officer.scoping import scope_of
from handlers.reminded import language_of
from handlers.talk import Talk
from programme import aims
from programme.places import places
from storage import announcements, audience, calling_off, corrections, fairs, recipients, sessions
from storage.audience import Reached

FORM = "announcement"
_PASTED = 160  # signs from which on a text is pasted, and no name


# -- asking ----------------------------------------------------------------------------------------


def is_pasted(text: str) -> bool:
    """Whether it is an official text, as it stands in its letter."""
    return len(text) >= _PASTED


def begin(talk: Talk, text: str = "") -> None:
    """Ask what is to be announced; what a pasted text tells is read from it, and read back."""
    found = read(talk, text) if text else {}
    for run in [each for each in talk.session.runs if each.form == FORM]:
        talk.end(run)
    talk.leave()
    start(talk, found, len(found))


def pasted(talk: Talk, run: Run, text: str) -> None:
    """Go on with what the text tells beside what was answered."""
    found = read(talk, text)
    kept = {name: value for name, value in run.answers.items() if name not in found}
    corrects = {name: run.facts[name] for name in ("corrects",) if name in run.facts}
    talk.end(run)
    start(talk, {**kept, **found, **corrects}, len(found))


def start(talk: Talk, found: dict[str, Any], read: int = 0) -> None:
    """Open the form with what is known; how many of that were read is said."""
    if read:
        talk.note("announcing.read", count=read)
    talk.start(FORM, {**found, "province": province_of(scope_of(talk).area)})


def read(talk: Talk, text: str) -> dict[str, Any]:
    """The answers that an official text tells."""
    found = dict(noticing.read(text, talk.today))
    who = found.get("who")
    if isinstance(who, str) and (aim := aimed(who, talk.today, province_of(scope_of(talk).area))):
        found["aim"] = aim
    return found


def province_of(area: str) -> str | None:
    """The code of the province that the area is or lies in."""
    commune = places().by_code(area)
    return commune.province_code if commune else area or None


def again(told: dict[str, Any]) -> dict[str, Any]:
    """The answers that were given, for the form to begin with."""
    names = {question.key for question in announcement.questions}
    return {name: value for name, value in told.items() if name in names}


# -- made ------------------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Freeze the list, and show whom it reaches and what they read."""
    told = walk.collected(announcement, run)
    if first := run.facts.get("corrects"):
        correct(talk, first, told)
        return
    if made := freeze(talk, told):
        previewing.show(talk, made)
    else:
        _say_nobody(talk, told)


def freeze(talk: Talk, told: dict[str, Any]) -> int | None:
    """Freeze the list of those whom it is for, and its words; the id. None where that is nobody."""
    whom = _people(talk, told)
    if not whom:
        return None
    area = scope_of(talk).area
    told["office"] = own_office.texts(talk).get("called") or announced.office(area)
    about = {"kind": told["kind"], "area": area, "fair_id": _fair(talk, told)}
    return _make(talk, about, told, whom)


def _people(talk: Talk, told: dict[str, Any]) -> list[Reached]:
    aim = aims.of(told["aim"])
    found = audience.people(talk.tx, scope_of(talk), aim, previewing.day(talk, told))
    if not aim.languages:
        return found
    kept = sessions.read(talk.tx, [one.person for one in found])
    reads = {person: language_of(row.body) for person, row in kept.items()}
    return [one for one in found if reads.get(one.person, "vi") in aim.languages]


def _fair(talk: Talk, told: dict[str, Any]) -> int | None:
    if told["kind"] != "fair":
        return None
    return fairs.hold(talk.tx, of_fair(told))


def of_fair(told: dict[str, Any]) -> dict[str, Any]:
    """The columns of the fair that is told of."""
    days = told["days"]
    about = {"name": told["name"], "venue": told["place"]}
    return {**about, "starts": days["from"], "ends": days["to"]}


def _make(
    talk: Talk,
    about: dict[str, Any],
    told: dict[str, Any],
    whom: Sequence[tuple[int, int | None]],
) -> int:
    """Freeze it with all that it says; the id."""
    row = {**about, "made_by": talk.person, "poster": next(iter(told.get("poster", ())), None)}
    row |= {"aim": _json(told["aim"]), "said": _json(told)}
    again = "corrects" in about
    row |= {"use_by": announced.use_by(told, talk.now, again=again)}
    made = announcements.make(talk.tx, row, whom, talk.now, talk.year)
    talk.log("made_announcement", "announcement", made, people=len(whom))
    return made


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _say_nobody(talk: Talk, told: dict[str, Any]) -> None:
    """Say why nobody is reached, and let whom it is for be said again."""
    talk.lead.append(nobody(talk, told))
    start(talk, {name: value for name, value in told.items() if name != "aim"})


def nobody(talk: Talk, told: dict[str, Any]) -> Message:
    """That it reaches nobody: for whom it was, and how many may not be told, or cannot."""
    about = (talk.tx, scope_of(talk), aims.of(told["aim"]), previewing.day(talk, told))
    counts = {"count": len(audience.unasked(*about)), "more": len(audience.away(*about))}
    return Message("announcing.nobody", {"aim": Shown("aim", told["aim"]), **counts})


# -- put right -------------------------------------------------------------------------------------


def mend(talk: Talk, row: dict[str, Any]) -> None:
    """Open the form with what was announced; the correction goes to whoever was told."""
    first = first_of(talk, row)
    if not _is_off(talk, first):
        talk.leave()
        talk.note("announcing.mending", **announced.named(row))
        start(talk, {**again(now(talk, first)), "corrects": first["id"]})


def correct(talk: Talk, first: int, told: dict[str, Any]) -> None:
    """Show what the correction says to exactly those who were told the first."""
    _preview(talk, corrected(talk, first, told))


def corrected(talk: Talk, first: int, told: dict[str, Any]) -> int | None:
    """Freeze the correction for exactly those who were told the first; the id.

    None where it cannot be, which is said.
    """
    row = announcement_numbers.of_id(talk, str(first))
    whom = recipients.told(talk.tx, first) if row else []
    if row is None or not whom:
        talk.say("announcing.told_nobody_yet", number=announced.short(row["number"]) if row else 0)
        return None
    if _is_off(talk, row):
        return None
    if _read_by_all(told) == _read_by_all(now(talk, row)):
        talk.say("announcing.nothing_differs", **announced.named(row))
        return None
    told |= {"office": said(row)["office"], "short": announced.short(row["number"])}
    about = {"kind": row["kind"], "area": _area(row), "fair_id": row["fair_id"], "corrects": first}
    return _make(talk, about, told, whom)


def _preview(talk: Talk, made: int | None) -> None:
    if made is not None:
        talk.leave()  # a form that is open would take the number of the choice
        previewing.show(talk, made)


def call_off(talk: Talk, row: dict[str, Any], reason: str) -> None:
    """Show what exactly those who were told of it read: that it will not be."""
    _preview(talk, called_off(talk, row, reason))


def called_off(talk: Talk, row: dict[str, Any], reason: str) -> int | None:
    """Freeze that it will not be for exactly those who were told of it, once; the id.

    None where nobody needs to be told, or nobody can be any more; which is said.
    """
    first = first_of(talk, row)
    if _is_off(talk, first):
        return None
    told = now(talk, first)
    if _is_over(talk, told):
        talk.say("announcing.over", **announced.named(first))
    elif recipients.told(talk.tx, first["id"]):
        announcements.pause(talk.tx, first["id"], talk.now, calling_off.ASKED)
        return corrected(talk, first["id"], {**told, "called_off": reason})
    else:
        announced.cancel(talk, first)
    return None


def first_of(talk: Talk, row: dict[str, Any]) -> dict[str, Any]:
    """What was announced at first, of a correction; else the same."""
    found = announcement_numbers.of_id(talk, str(row["corrects"])) if row["corrects"] else None
    return found or row


def _is_off(talk: Talk, first: dict[str, Any]) -> bool:
    """Whether it was called off before, which is said: that is the last word of it."""
    if first["called_off_at"]:
        talk.say("announcing.is_called_off", **announced.named(first))
    return first["called_off_at"] is not None


def now(talk: Talk, first: dict[str, Any]) -> dict[str, Any]:
    """What is said of it since it was put right last."""
    newest = corrections.newest(talk.tx, [first["id"]])
    return said({"said": newest.get(first["id"], first["said"])})


def _read_by_all(told: dict[str, Any]) -> dict[str, Any]:
    """What those whom it reaches read of it, or hear when they ask."""
    own = {**again(told), "called_off": told.get("called_off")}
    return {name: value for name, value in own.items() if value and name != "aim"}


def _is_over(talk: Talk, told: dict[str, Any]) -> bool:
    days = told.get("days")
    return days is not None and date.fromisoformat(days["to"]) < talk.today


def _area(row: dict[str, Any]) -> str:
    return str(row["commune_code"] or row["province_code"])
