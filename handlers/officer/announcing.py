"""Thông báo at the officer's: the form is read back with whom it reaches; only then it goes out."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from conversations import noticing, walk
from conversations.aiming import of as aimed
from conversations.forms.announcement import announcement
from conversations.messages import Shown
from conversations.session import Run
from handlers.officer import announced, announcement_numbers, previewing
from handlers.officer.announced import said
from handlers.officer.scoping import scope_of
from handlers.reminded import language_of
from handlers.talk import Talk
from programme import aims, firings, quiet
from programme.places import places
from storage import announcements, audience, fairs, planner, recipients, sessions
from storage.audience import Reached

FORM = "announcement"
_PASTED = 160  # signs from which on a text is pasted, and no name


# -- asking ----------------------------------------------------------------------------------------


def is_pasted(text: str) -> bool:
    """Whether it is an official text, as it stands in its letter."""
    return len(text) >= _PASTED


def begin(talk: Talk, text: str = "") -> None:
    """Ask what is to be announced; what a pasted text tells is read from it, and read back."""
    found = _read(talk, text) if text else {}
    for run in [each for each in talk.session.runs if each.form == FORM]:
        talk.end(run)
    talk.leave()
    _start(talk, found, len(found))


def pasted(talk: Talk, run: Run, text: str) -> None:
    """Go on with what the text tells beside what was answered."""
    found = _read(talk, text)
    kept = {name: value for name, value in run.answers.items() if name not in found}
    corrects = {name: run.facts[name] for name in ("corrects",) if name in run.facts}
    talk.end(run)
    _start(talk, {**kept, **found, **corrects}, len(found))


def _start(talk: Talk, found: dict[str, Any], read: int) -> None:
    if read:
        talk.note("announcing.read", count=read)
    talk.start(FORM, {**found, "province": _province(scope_of(talk).area)})


def _read(talk: Talk, text: str) -> dict[str, Any]:
    found = dict(noticing.read(text, talk.today))
    who = found.get("who")
    if isinstance(who, str) and (aim := aimed(who, talk.today, _province(scope_of(talk).area))):
        found["aim"] = aim
    return found


def _province(area: str) -> str | None:
    """The code of the province that the area is or lies in."""
    commune = places().by_code(area)
    return commune.province_code if commune else area or None


# -- made ------------------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Freeze the list, and show whom it reaches and what they read."""
    told = walk.collected(announcement, run)
    if first := run.facts.get("corrects"):
        correct(talk, first, told)
        return
    whom = _people(talk, told)
    if not whom:
        _say_nobody(talk, told)
        return
    area = scope_of(talk).area
    told["office"] = announced.office(area)
    about = {"kind": told["kind"], "area": area, "fair_id": _fair(talk, told)}
    previewing.show(talk, _make(talk, about, told, whom))


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
    return fairs.hold(talk.tx, _of_fair(told))


def _of_fair(told: dict[str, Any]) -> dict[str, Any]:
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
    about = (talk.tx, scope_of(talk), aims.of(told["aim"]), previewing.day(talk, told))
    aim = Shown("aim", told["aim"])
    counts = {"count": len(audience.unasked(*about)), "more": len(audience.away(*about))}
    talk.note("announcing.nobody", aim=aim, **counts)
    _start(talk, {name: value for name, value in told.items() if name != "aim"}, 0)


# -- sent, or not ----------------------------------------------------------------------------------


def go(talk: Talk, which: str) -> None:
    """Let it go out now."""
    row = _still_ready(talk, which)
    if row is None or not announcements.start(talk.tx, row["id"], talk.now):
        return
    talk.log("started_announcement", "announcement", row["id"])
    _announce_fair(talk, row)
    at, about = quiet.next_open(talk.now), {"total": row["previewed"], **announced.named(row)}
    if at > talk.now:
        talk.say("announcing.going_later", **about, day=firings.day_of(at))
    else:
        talk.say("announcing.going", **about)


def _still_ready(talk: Talk, which: str) -> dict[str, Any] | None:
    talk.change(menu=())
    row = announcement_numbers.of_id(talk, which)
    if row is not None and row["status"] == announcements.READY:
        return row
    talk.say("announcing.settled")
    return None


def _announce_fair(talk: Talk, row: dict[str, Any]) -> None:
    """From now on producers see the fair as it is told here."""
    told = said(row)
    off = bool(told.get("called_off"))
    if off:
        announcements.cancel(talk.tx, row["corrects"], talk.now)
    if row["fair_id"]:
        fairs.change(talk.tx, row["fair_id"], **_of_fair(told), cancelled=off)
        planner.of_fair(talk.tx, row["fair_id"], talk.now)


def later(talk: Talk, which: str) -> None:
    """Ask for the day on which it goes out."""
    if row := _still_ready(talk, which):
        talk.start("sending_day", {"announcement": row["id"]})


def scheduled(talk: Talk, run: Run) -> None:
    """Let it go out on the morning of that day."""
    row = _still_ready(talk, str(run.facts["announcement"]))
    if row is None:
        return
    day = date.fromisoformat(run.answers["day"])
    at, last = quiet.next_open(firings.morning(day)), announced.last_day(said(row))
    if last and firings.day_of(at) > last:
        talk.say("announcing.too_late_to_send", day=last, number=announced.short(row["number"]))
        previewing.show(talk, row["id"])
    elif at <= talk.now:
        go(talk, str(row["id"]))
    elif announcements.schedule(talk.tx, row["id"], at):
        talk.log("scheduled_announcement", "announcement", row["id"])
        _announce_fair(talk, row)
        talk.say("announcing.scheduled", **announced.named(row), day=firings.day_of(at))


def edit(talk: Talk, which: str) -> None:
    """Open the form again with all that was said; nothing of it was sent."""
    if row := _still_ready(talk, which):
        previewing.drop(talk, row)
        told = {"corrects": row["corrects"]} if row["corrects"] else {}
        _start(talk, {**_again(row), **told}, 0)


def _again(row: dict[str, Any]) -> dict[str, Any]:
    """The answers that were given, for the form to begin with."""
    names = {question.key for question in announcement.questions}
    return {name: value for name, value in said(row).items() if name in names}


def drop(talk: Talk, which: str) -> None:
    """Forget what was never sent."""
    if row := _still_ready(talk, which):
        previewing.drop(talk, row)
        talk.say("announcing.dropped")


# -- put right -------------------------------------------------------------------------------------


def mend(talk: Talk, row: dict[str, Any]) -> None:
    """Open the form with what was announced; the correction goes to whoever was told."""
    first = row["corrects"] or row["id"]
    talk.leave()
    talk.note("announcing.mending", **announced.named(row))
    _start(talk, {**_again(row), "corrects": first}, 0)


def correct(talk: Talk, first: int, told: dict[str, Any]) -> None:
    """Freeze the correction for exactly those who were told the first."""
    row = announcement_numbers.of_id(talk, str(first))
    whom = recipients.told(talk.tx, first) if row else []
    if row is None or not whom:
        talk.say("announcing.told_nobody_yet", number=announced.short(row["number"]) if row else 0)
        return
    told |= {"office": said(row)["office"], "short": announced.short(row["number"])}
    about = {"kind": row["kind"], "area": _area(row), "fair_id": row["fair_id"], "corrects": first}
    talk.leave()  # a form that is open would take the number of the choice
    previewing.show(talk, _make(talk, about, told, whom))


def call_off(talk: Talk, row: dict[str, Any], reason: str) -> None:
    """Tell exactly those who were told of it, once, that it will not be."""
    first = row["corrects"] or row["id"]
    root = announcement_numbers.of_id(talk, str(first)) or row
    if _is_over(talk, said(root)):
        talk.say("announcing.over", **announced.named(root))
    elif recipients.told(talk.tx, first):
        announcements.pause(talk.tx, first, talk.now)
        correct(talk, first, {**said(root), "called_off": reason})
    else:
        announced.cancel(talk, root)


def _is_over(talk: Talk, told: dict[str, Any]) -> bool:
    days = told.get("days")
    return days is not None and date.fromisoformat(days["to"]) < talk.today


def _area(row: dict[str, Any]) -> str:
    return str(row["commune_code"] or row["province_code"])
