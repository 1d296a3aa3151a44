"""Phiếu cạnh nhau: what each member gave a product of a meeting, criterion by criterion."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import meeting as meetings
from bot.web.desk.council import LIST
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.messages import Message
from handlers.officer import agenda, counting, opinions, sittings
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme import council
from programme.council import Tally
from programme.sheets import Criterion, Part, Sheet
from storage import ballots, councils
from storage.ballots import Ballot

_LONGEST = 300  # signs of a reason


def _at(visit: Visit) -> tuple[Meeting, Product]:
    meeting = meetings.found(visit)
    each = meeting.at(visit.number("place"))
    if each is None:
        raise HTTPException(404)
    return meeting, each


def show(visit: Visit) -> Page:
    """How far the product is; its sheets side by side, once all of them are in."""
    meeting, each = _at(visit)
    side = _side(visit.talk, meeting, each)
    if side:
        visit.talk.log("compared_sheets", "dossier", each.row["id"])
    about = {
        **meetings.product(visit, meeting, each),
        "meeting": meeting,
        "waited": [seat["name"] for seat in each.waited_for],
        "side": _shown(side) if side else None,
        "now": meeting.is_open and sittings.is_newest(visit.talk, meeting),
    }
    return Page("compared", about)


# -- side by side ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """The sheets that count for a product, in the order of the seats, and those of before."""

    sheet: Sheet
    tally: Tally
    seats: list[dict[str, Any]]
    given: dict[int, dict[str, int]]  # points by criterion, by seat
    sheets: dict[int, Ballot]
    before: list[tuple[int, list[int | None]]]  # the sums of earlier turns; 0: when it was asked


def _side(talk: Talk, meeting: Meeting, each: Product) -> _Side | None:
    """The sheets, where they may be seen."""
    tally = each.tally
    if tally is None or not meeting.shows(each):
        return None
    one = counting.of_dossier(talk, each.row["id"])
    sheet, variant = counting.sheet_of(one), counting.variant_of(one, each.row)
    seats = [seat for seat in meeting.marking if seat["seat"] in tally.totals]

    def points(marks: Mapping[str, str]) -> dict[str, int]:
        return council.points(one.rules, sheet, marks, variant)

    def sums(sitting: int, turn: int) -> list[int | None]:
        marked = ballots.counted(ballots.of_sitting(talk.tx, sitting), each.row["id"], turn)
        found = {seat: sum(points(marks).values()) for seat, marks in marked.items()}
        return [found.get(seat["seat"]) for seat in seats]

    sheets = {ballot.seat: ballot for ballot in each.sheets if ballot.seat in tally.totals}
    given = {seat: points(ballot.marks) for seat, ballot in sheets.items()}
    before = [(turn, sums(meeting.row["id"], turn)) for turn in range(1, each.row["turn"])]
    if asked := councils.asked_before(talk.tx, meeting.row["id"], each.row["id"]):
        before.insert(0, (0, sums(asked, 1)))
    return _Side(sheet, tally, seats, given, sheets, before)


def _shown(side: _Side) -> dict[str, Any]:
    parts = [_part(side, part) for part in side.sheet.parts]
    totals = [side.tally.totals[seat["seat"]] for seat in side.seats]
    return {
        "seats": side.seats,
        "totals": totals,
        "ends": {min(totals), max(totals)} if side.tally.spread else set(),
        "mean": council.shown(side.tally.points),
        "before": side.before,
        "parts": parts,
        "most": sum(part["most"] for part in parts),
    }


def _part(side: _Side, part: Part) -> dict[str, Any]:
    lines = [_line(side, line) for group in part.groups for line in group.criteria]
    return {
        "code": part.code,
        "title": part.title,
        "most": part.max,
        "mean": council.shown(side.tally.by_part[part.code]),
        "sums": [sum(given) for given in zip(*(line["given"] for line in lines), strict=True)],
        "lines": lines,
    }


def _line(side: _Side, line: Criterion) -> dict[str, Any]:
    given = [side.given[seat["seat"]][line.id] for seat in side.seats]
    spread = max(given) - min(given)
    return {
        "id": line.id,
        "title": line.title,
        "most": line.max,
        "given": given,
        "mean": council.shown(side.tally.by_criterion[line.id]),
        "spread": spread,
        "far": 2 * spread > line.max,
        "short": line.id in side.tally.short,
        "remarks": list(_remarks(side, line)),
    }


def _remarks(side: _Side, line: Criterion) -> Iterator[tuple[str, str]]:
    for seat in side.seats:
        if said := side.sheets[seat["seat"]].remarks.get(line.id):
            yield seat["name"], said


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Let it be marked anew, put it out for a reason, let it in, or take it off the agenda.

    Where opinions are asked in writing it is put off to a meeting, or taken back.
    """
    meeting, each = _at(visit)
    deed, place = _DEEDS.get(visit.form.get("do", "")), each.row["place"]
    if deed is None:
        raise HTTPException(400)
    if not sittings.is_newest(visit.talk, meeting):
        return Go(visit.address, (visit.words(Message("sitting.is_over")),))
    if deed is agenda.refuse:
        why = visit.form.get("why", "").strip()[:_LONGEST]
        said = visit.does(deed, place, why)
        return Go(visit.address, said)
    told = (visit.asked("turn", 0),) if deed is agenda.again else ()
    said = visit.does(deed, str(place) if deed is opinions.put_off else place, *told)
    return Go(LIST if deed is agenda.drop else visit.address, said)


_DEEDS: dict[str, Callable[..., None]] = {
    "again": agenda.again,
    "refuse": agenda.refuse,
    "let_in": agenda.let_in,
    "drop": agenda.drop,
    "put_off": opinions.put_off,
    "take_back": opinions.take_back,
}
