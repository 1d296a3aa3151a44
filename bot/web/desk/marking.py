"""Chấm: a member marks a product on the sheet of its set, alone, with its papers beside it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import inbox
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.messages import Message
from conversations.seating import marks as marks_of
from handlers.officer import ballot_sheets, counting, digest_lines
from handlers.officer.ballot_sheets import Found, Here
from programme import checklist, council, scoring
from programme.council import Tally
from programme.sheets import Criterion, WrongClaim
from storage import reviews
from storage.ballots import Ballot

LIST = "/desk/marking"
_LONGEST = 300  # signs of a remark or a reason
_NOTHING = "-"  # what a page sends for no option
_MARK, _REMARK = "m-", "r-"  # before the number of a criterion


def listing(visit: Visit) -> Page:
    """The products before the open meeting, each with how far the member's own sheet is."""
    at = ballot_sheets.here(visit.talk)
    if isinstance(at, Message):
        return Page("marking", {"lacking": visit.words(at), "rows": [], "left": 0})
    every, done = ballot_sheets.agenda(visit.talk, at), ballot_sheets.is_done
    rows = [
        {**row, "state": visit.words(ballot_sheets.state(row, sheet)), "done": done(row, sheet)}
        for row, sheet in every
    ]
    left = sum(not row["done"] for row in rows)
    return Page("marking", {"lacking": "", "rows": rows, "left": left, "sitting": at.sitting})


def _found(visit: Visit) -> Found:
    at = ballot_sheets.here(visit.talk)
    which = str(visit.number("number"))
    found = ballot_sheets.find(visit.talk, at, which) if isinstance(at, Here) else None
    if found is None:
        raise HTTPException(404)
    return found


# -- the sheet -------------------------------------------------------------------------------------


def show(visit: Visit) -> Page:
    """The whole sheet as it stands, and what speaks for the product."""
    found = _found(visit)
    visit.talk.log("read_dossier", "dossier", found.key.dossier)
    mine = ballot_sheets.newest(visit.talk, found.key)
    score = scoring.score(found.one.dossier)
    about = {
        "row": found.row,
        "producer": found.one.producer,
        "set": counting.sheet_of(found.one).name,
        "claimed": score.claimed,
        "proven": score.points,
        "parts": _parts(found, mine),
        "barred": mine.barred if mine else "",
        "stops": [stop.text for stop in checklist.stops(found.one.dossier)],
        "papers": _papers(visit, found),
        "commune": inbox.told(visit, _judged(visit, found)),
        **_how_far(visit, found),
    }
    return Page("sheet", about)


def _judged(visit: Visit, found: Found) -> Sequence[reviews.Review]:
    return reviews.history(visit.talk.tx, visit.scope, "dossier", [found.key.dossier])


def _parts(found: Found, mine: Ballot | None) -> list[dict[str, Any]]:
    sheet = counting.sheet_of(found.one)
    return [
        {
            "code": part.code,
            "title": part.title,
            "most": part.max,
            "lines": list(_lines(found, mine, [line for g in part.groups for line in g.criteria])),
        }
        for part in sheet.parts
    ]


def _lines(
    found: Found, mine: Ballot | None, some: Sequence[Criterion]
) -> Iterator[dict[str, Any]]:
    whole, given = found.one.dossier, mine.marks if mine else {}
    claimed, upon = whole.claimed, scoring.carried(found.one.rules, whole.sheet)
    for line in some:
        claim = claimed.get(line.id)
        yield {
            "id": line.id,
            "title": line.title,
            "most": line.max,
            "notes": line.notes,
            "upon": upon.get(line.id, ""),
            "options": _options(found, line, given.get(line.id)),
            "claimed": claim.points if claim else None,
            "proven": scoring.proven(whole, line, claim) if claim else 0,
            "papers": _serving(found, line),
            "remark": mine.remarks.get(line.id, "") if mine else "",
        }


def _options(found: Found, line: Criterion, given: str | None) -> list[dict[str, Any]]:
    open_ = line.open_to(found.variant)
    stars = {each.key: each.star for each in open_}
    return [
        {**each, "key": each["key"] or _NOTHING, "star": stars.get(each["key"])}
        | {"chosen": given == each["key"]}
        for each in sorted(marks_of(open_), key=lambda each: each["points"])
    ]


def _serving(found: Found, line: Criterion) -> list[int]:
    """The numbers of the papers at hand that speak for the criterion."""
    needs = (
        need
        for option in line.open_to(found.variant)
        for need in checklist.needs_of(found.one.dossier, line, option)
    )
    kinds = {paper for need in needs for paper in need.papers}
    return [each["id"] for each in found.one.given if each["paper"] in kinds]


def _papers(visit: Visit, found: Found) -> list[dict[str, Any]]:
    pages = inbox.sheets_of(visit, {each["id"]: each["files"] for each in found.one.given})
    rules = found.one.rules
    return [
        {
            "id": each["id"],
            "name": visit.words(digest_lines.paper(each["paper"], rules)),
            "pages": pages[each["id"]],
        }
        for each in found.one.given
    ]


def _how_far(visit: Visit, found: Found) -> dict[str, Any]:
    """How many criteria are marked, and what they come to by now."""
    mine = ballot_sheets.newest(visit.talk, found.key)
    marks = dict(mine.marks) if mine else {}
    sheet = counting.sheet_of(found.one)
    points = council.points(found.one.rules, sheet, marks, found.variant)
    left = len(ballot_sheets.lacking(found, marks))
    alone = ballot_sheets.whole(found, marks) if not left else None
    is_mine = ballot_sheets.is_of(mine, found.key)
    return {
        "total": len(sheet.criteria),
        "left": left,
        "points": sum(points.values()),
        "star": alone.star if alone else None,
        "by_part": _by_part(alone),
        "state": visit.words(ballot_sheets.state(found.row, mine if is_mine else None)),
        "seen": mine.changed_at.isoformat() if mine else "",
    }


def _by_part(alone: Tally | None) -> list[tuple[str, int]]:
    return [(code, int(points)) for code, points in alone.by_part.items()] if alone else []


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Keep what is marked, as the page sends it by itself; hand in; stand aside; hold it out."""
    found, deed = _found(visit), visit.form.get("do", "")
    if deed == "keep" and "part" in visit.form:
        return _kept(visit, found)
    if deed not in _DEEDS:
        raise HTTPException(400)
    if deed != "aside" and not _is_as_seen(visit, found):
        return Go(visit.address, (visit.words(Message("ballot.changed_elsewhere")),))
    return _DEEDS[deed](visit, found)


def _aside(visit: Visit, found: Found) -> Go:
    done = ballot_sheets.stand_aside(visit.talk, found.key)
    return _went(visit, LIST, Message("ballot.aside", {"name": _name(found)}), done=done)


def _bar(visit: Visit, found: Found) -> Go:
    why = visit.form.get("why", "").strip()[:_LONGEST]
    before = ballot_sheets.newest(visit.talk, found.key)
    if not (why or (before and before.barred)):
        return _keep_whole(visit, found)
    done = _keep(visit, found) and ballot_sheets.bar(visit.talk, found.key, why)
    about = {"number": found.row["place"], "name": _name(found)}
    said = Message(f"ballot.{'barred' if why else 'not_barred'}", about)
    return _went(visit, visit.address, said, done=done)


def _keep_whole(visit: Visit, found: Found) -> Go:
    """Keep it; one that was handed in stays so where no mark has changed."""
    done = _keep(visit, found)
    mine = ballot_sheets.newest(visit.talk, found.key)
    key = "handed_in" if mine and mine.handed_in_at else "kept"
    return _went(visit, visit.address, Message(f"ballot.{key}", {"name": _name(found)}), done=done)


def _hand_in(visit: Visit, found: Found) -> Go:
    """Hand it in; where something is not marked yet, say how much."""
    done = _keep(visit, found)
    if done and not ballot_sheets.hand_in(visit.talk, found):
        left = len(ballot_sheets.lacking(found, ballot_sheets.given(visit.talk, found.key)))
        said = Message("ballot.left_open", {"name": _name(found), "count": left})
        return _went(visit, visit.address, said, done=True)
    return _went(visit, LIST, Message("ballot.handed_in", {"name": _name(found)}), done=done)


_DEEDS: dict[str, Callable[[Visit, Found], Go]] = {
    "aside": _aside,
    "bar": _bar,
    "keep": _keep_whole,
    "hand_in": _hand_in,
}


def _name(found: Found) -> str:
    name: str = found.one.row["name"]
    return name


def _went(visit: Visit, where: str, said: Message, *, done: bool) -> Go:
    """On to that page, saying so; where nothing could be kept any more, saying why."""
    name = said.args["name"]
    said = said if done else Message("ballot.is_settled", {"name": name})
    return Go(where, (visit.words(said),))


def _is_as_seen(visit: Visit, found: Found) -> bool:
    """Whether the sheet is as the page has it, which may have been open for long."""
    now: str = _how_far(visit, found)["seen"]
    return visit.form.get("seen", "") == now


def _kept(visit: Visit, found: Found) -> Page:
    done = _keep(visit, found)
    return Page("kept", {"row": found.row, "done": done, **_how_far(visit, found)})


def _keep(visit: Visit, found: Found) -> bool:
    """Keep the marks and remarks that the form brings; 400 for what the sheet does not have."""
    marks, remarks = _brought(visit, _MARK), _brought(visit, _REMARK)
    marks = {id_: "" if key == _NOTHING else key for id_, key in marks.items()}
    sheet = counting.sheet_of(found.one)
    try:
        council.points(found.one.rules, sheet, marks, found.variant)
    except WrongClaim as wrong:
        raise HTTPException(400) from wrong
    said = {id_: words.strip()[:_LONGEST] for id_, words in remarks.items()}
    known = {line.id for line in sheet.criteria}
    if not said.keys() | marks.keys() <= known:
        raise HTTPException(400)
    before = ballot_sheets.newest(visit.talk, found.key)
    new = {id_: key for id_, key in marks.items() if not before or before.marks.get(id_) != key}
    return ballot_sheets.keep(visit.talk, found.key, new, said)


def _brought(visit: Visit, begins: str) -> dict[str, str]:
    return {
        name.removeprefix(begins): value
        for name, value in visit.form.items()
        if name.startswith(begins)
    }
