"""Kiểm tra sau chứng nhận: planned, written down at the site, mended, closed, and counted."""

import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from conversations import walk
from conversations.messages import Attached, Message
from conversations.reading import Read
from conversations.readings import dates
from conversations.session import Run
from handlers import reasons
from handlers.officer import impartial
from handlers.officer.ordered import ordered
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import reasons as ready
from programme.folding import fold
from programme.roles import Right
from storage import inspections, planner, producers

_MOST = 12  # in a list
_NAMED = 4  # of several that fit
_NUMBER = r"(?: so)? (?P<number>\d{1,6})"
_IT = r"(?:kiem tra|inspection)"
_SAID: tuple[tuple[str, str], ...] = (
    (rf"(?:xem |cac )?{_IT}(?:s| sau chung nhan)?(?:(?: nam)? (?P<year>20\d\d))?", "list"),
    (rf"ghi {_IT}{_NUMBER}|record inspection (?P<other>\d{{1,6}})", "record"),
    (rf"(?:gui |them )?anh {_IT}{_NUMBER}|photos of inspection (?P<other>\d{{1,6}})", "photos"),
    (rf"(?:dong|ket thuc|close) {_IT}{_NUMBER}", "close"),
    (rf"mau {_IT}{_NUMBER} (?:dat|deu dat|dat ca|good)", "good"),
    (rf"mau {_IT}{_NUMBER} (?:khong dat|hong|bad)(?: (?P<count>\d{{1,3}}))?(?: mau)?", "bad"),
    (rf"(?:(?:xem|lan|dot) kiem tra|inspection){_NUMBER}", "tell"),
    (r"kiem tra (?:co so|chu the|sau chung nhan) (?P<rest>.+)|inspect (?P<whom>.+)", "plan"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_DAY = re.compile(r",? (?:(?:vao )?ngay |on )?(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?)$")
_LOOKING = frozenset({"list", "tell"})
_FORM = "inspection"
_PHOTOS = 24  # of one visit

Do = Callable[[Talk], None]


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are of no inspection, or answer its form."""
    found = ordered(talk, text, _PATTERNS, _FORM)
    if found is None:
        return None
    deed, told = found
    return partial(_DEEDS[deed], told=told), Right.READ if deed in _LOOKING else Right.PLAN


# -- planning --------------------------------------------------------------------------------------


def _plan(talk: Talk, *, told: dict[str, str]) -> None:
    """Plan a visit to the producer that is named, on the day that is named or today."""
    said = told.get("rest") or told.get("whom") or ""
    named = _DAY.sub("", said)
    day = _day(talk, said)
    fitting = _fitting(talk, named)
    if len(fitting) != 1:
        names = tuple(each["name"] for each in fitting[:_NAMED])
        talk.say("inspection.which" if names else "inspection.nobody", said=named, names=names)
    elif day is None:
        talk.say("inspection.day_past")
    elif number := planned(talk, fitting[0]["id"], day):
        talk.say("inspection.planned", number=number, producer=fitting[0]["name"], day=day)


def planned(talk: Talk, producer: int, day: date) -> int | None:
    """Plan a visit; its number. None for a producer for whom the officer acts, which is noted."""
    if impartial.refused(talk, producer, Right.PLAN, waits=False):
        return None
    number = inspections.plan(talk.tx, producer, day, talk.person, talk.now)
    talk.log("planned_inspection", "producer", producer, number=number)
    return number


def _day(talk: Talk, said: str) -> date | None:
    if not (found := _DAY.search(said)):
        return talk.today
    read = dates.date(found[1], talk.today, "future")
    return read.value if isinstance(read, Read) and read.value >= talk.today else None


def _fitting(talk: Talk, named: str) -> list[dict[str, Any]]:
    """The certified producers whose name is the one that was typed, else those that hold it."""
    every = [(fold(each["name"]), each) for each in _certified(talk)]
    same = [each for name, each in every if name == named]
    return same or [each for name, each in every if named in name]


def _certified(talk: Talk) -> list[dict[str, Any]]:
    return inspections.certified_here(talk.tx, scope_of(talk))


# -- writing down ----------------------------------------------------------------------------------


def _record(talk: Talk, *, told: dict[str, str]) -> None:
    """Ask what was seen at the site."""
    row = _to_do(talk, told)
    if row is None:
        return
    if row["status"] != inspections.PLANNED:
        _show(talk, row)
        return
    there = inspections.certificates_of(talk.tx, row["producer_id"], talk.today)
    if not there:
        talk.say("inspection.no_certificate", producer=row["producer"])
        return
    lines = tuple(
        Message("inspection.product", {"place": at, "name": one["name"], "star": one["star"]})
        for at, one in enumerate(there, 1)
    )
    talk.leave()
    talk.note("inspection.products", producer=row["producer"], lines=lines)
    facts = {"inspection": row["id"], "number": row["number"], "products": there}
    talk.start(_FORM, {**facts, "ready": list(ready.for_inspections())})


def sent(talk: Talk, run: Run) -> None:
    """Keep what was found, and ask for photos of it."""
    if row := recorded(talk, run):
        _ask_photos(talk, row)


def recorded(talk: Talk, run: Run) -> dict[str, Any] | None:
    """Keep what was found, and tell the producer kindly what to mend till when.

    None where it was recorded before, which is said.
    """
    answers = walk.collected(talk.catalogue.of(run), run)
    places = {int(each) for each in answers["checked"].split(", ")}
    there = [one for at, one in enumerate(run.facts["products"], 1) if at in places]
    found = {"day": talk.today, "samples": answers["samples"]}
    found |= {"findings": answers.get("why") or "", "until": _until(answers)}
    number = run.facts["inspection"]
    if not inspections.record(talk.tx, number, there, found, talk.now):
        talk.say("inspection.was_recorded", number=run.facts["number"])
        return None
    talk.log("recorded_inspection", "inspection", number, products=len(there))
    planner.of_inspections(talk.tx, [number], talk.now)
    (row,) = inspections.by_ids(talk.tx, [number])
    _tell_producer(talk, row)
    about = {"number": row["number"], "producer": row["producer"], "until": row["until"]}
    talk.say("inspection.kept", **about, products=len(there), samples=row["samples"])
    return row


def _photos(talk: Talk, *, told: dict[str, str]) -> None:
    """Ask for photos of what was seen there."""
    if row := _to_do(talk, told):
        _ask_photos(talk, row)


def _ask_photos(talk: Talk, row: dict[str, Any]) -> None:
    talk.leave()
    talk.start("inspected", {"inspection": row["id"], "number": row["number"]})


def photographed(talk: Talk, run: Run) -> None:
    """Keep the photos with the inspection."""
    photos = walk.collected(talk.catalogue.of(run), run).get("photos") or []
    number = run.facts["number"]
    if not photos:
        talk.say("inspected.no_photos", number=number)
        return
    every = inspections.add_photos(talk.tx, run.facts["inspection"], photos, _PHOTOS)
    talk.log("kept_inspection_photos", "inspection", run.facts["inspection"], count=len(photos))
    if set(photos) <= set(every):
        talk.say("inspected.kept", number=number, count=len(photos))
    else:
        talk.say("inspected.full", number=number, most=_PHOTOS)


def _until(answers: dict[str, Any]) -> date | None:
    return date.fromisoformat(answers["until"]) if answers.get("until") else None


def _tell_producer(talk: Talk, row: dict[str, Any]) -> None:
    for person in producers.owners(talk.tx, row["producer_id"]):
        if row["findings"]:
            why = reasons.told(row["findings"])
            talk.tell(person, "inspection.please_mend", why=why, until=row["until"])
        else:
            talk.tell(person, "inspection.all_good", samples=row["samples"])


def _good(talk: Talk, *, told: dict[str, str]) -> None:
    _tested(talk, told, 0)


def _bad(talk: Talk, *, told: dict[str, str]) -> None:
    _tested(talk, told, int(told.get("count", 1)))


def _tested(talk: Talk, told: dict[str, str], failed: int) -> None:
    """Keep what the laboratory said of the samples, of which no more can have failed than were."""
    row = _to_do(talk, told)
    if row is None:
        return
    if row["samples"] < max(1, failed):
        talk.say("inspection.not_so_many", number=row["number"], count=row["samples"])
        return
    inspections.tested(talk.tx, row["id"], failed)
    talk.log("kept_samples", "inspection", row["id"], failed=failed)
    talk.say("inspection.tested", number=row["number"], count=row["samples"], failed=failed)


def _close(talk: Talk, *, told: dict[str, str]) -> None:
    row = _to_do(talk, told)
    if row is None:
        return
    if inspections.close(talk.tx, row["id"], talk.now):
        talk.log("closed_inspection", "inspection", row["id"])
        planner.of_inspections(talk.tx, [row["id"]], talk.now)
        for person in producers.owners(talk.tx, row["producer_id"]):
            talk.tell(person, "inspection.is_good_now")
        talk.say("inspection.closed", number=row["number"])
    else:
        _show(talk, row)


# -- looking ---------------------------------------------------------------------------------------


def _list(talk: Talk, *, told: dict[str, str]) -> None:
    """The inspections of a year, and what they come to: sites, products by star, samples."""
    scope, year = scope_of(talk), int(told.get("year", talk.year))
    rows = inspections.of_year(talk.tx, scope, year, _MOST)
    if not rows:
        talk.say("inspection.none_in", year=year)
        return
    counts = inspections.counted(talk.tx, scope, year)
    stars = inspections.by_star(talk.tx, scope, year)
    parts = tuple(
        Message("inspection.of_star", {"count": count, "star": star})
        for star, count in stars.items()
    )
    talk.say(
        "inspection.counts",
        year=year,
        parts=parts,
        sites=counts.sites,
        products=counts.products,
        samples=counts.samples,
        failed=counts.failed,
    )
    lines = tuple(_line(row) for row in rows)
    talk.say("inspection.list", lines=lines, number=rows[0]["number"])


def _line(row: dict[str, Any]) -> Message:
    about = {name: row[name] for name in ("number", "producer", "day")}
    state = Message(f"inspection.state_{row['status']}", {"until": row["until"]})
    return Message("inspection.line", {**about, "state": state})


def _tell(talk: Talk, *, told: dict[str, str]) -> None:
    if row := _found(talk, told):
        _show(talk, row)


def _show(talk: Talk, row: dict[str, Any]) -> None:
    """All that is known of it, and the photos of what was mended."""
    names = tuple(each["name"] for each in inspections.products(talk.tx, row["id"]))
    about = {name: row[name] for name in ("number", "producer", "day", "samples", "failed")}
    why = reasons.told(row["findings"]) if row["findings"] else None
    state = Message(f"inspection.state_{row['status']}", {"until": row["until"]})
    planned = row["status"] == inspections.PLANNED
    closed = row["status"] == inspections.CLOSED
    talk.log("read_inspection", "inspection", row["id"])
    told = {**about, "names": names, "why": why, "state": state}
    talk.say("inspection.one", **told, planned=planned, closed=closed)
    for key in ("seen", "photos"):
        photos = json.loads(row[key])
        for at, file in enumerate(photos, 1):
            attached = Attached("photo", file, f"kt-{row['number']}-{key}-{at}")
            about = {"number": row["number"], "at": at, "of": len(photos)}
            talk.show(attached, f"inspection.{'photo' if key == 'photos' else 'seen'}", **about)


def _to_do(talk: Talk, told: dict[str, str]) -> dict[str, Any] | None:
    """The inspection of that number, unless it is of a producer for whom the officer acts."""
    row = _found(talk, told)
    own = row and impartial.refused(talk, row["producer_id"], Right.PLAN, waits=False)
    return None if own else row


def _found(talk: Talk, told: dict[str, str]) -> dict[str, Any] | None:
    number = int(told.get("number") or told["other"])
    row = inspections.numbered(talk.tx, scope_of(talk), number)
    if row is None:
        talk.say("inspection.no_such", number=number)
    return row


_DEEDS: dict[str, Callable[..., None]] = {
    "list": _list,
    "record": _record,
    "close": _close,
    "photos": _photos,
    "good": _good,
    "bad": _bad,
    "tell": _tell,
    "plan": _plan,
}


def failed(talk: Talk, number: int, count: int) -> None:
    """Keep that so many samples of the inspection of that number failed; none are all good."""
    _tested(talk, {"number": str(number)}, count)


def closed(talk: Talk, number: int) -> None:
    """End the inspection of that number: nothing is left to be mended."""
    _close(talk, told={"number": str(number)})
