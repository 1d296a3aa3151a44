"""Giấy của văn phòng: papers that the office asks for beside the law, and how long one waits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Go, Page, Visit
from handlers.officer import digest_lines, own_office
from programme import office, products, ruleset
from programme import papers as kinds
from programme.office import OwnPaper
from programme.roles import Right
from programme.ruleset import RuleSet
from storage import office_settings

_NAME, _DAYS, _MONTHS = (2, 120), (1, 720), (1, 240)
_COPIES = {str(each): each for each in office.COPIES}
_VERSIONS = 6
_NEW = "new"


def show(visit: Visit) -> Page:
    """The office's own papers, and the waits of the law's."""
    return _page(visit)


def _page(visit: Visit, typed: Mapping[str, str] | None = None, *wrong: str) -> Page:
    """The page; with what was typed where something in it is ``wrong``, and still to be sent."""
    visit.need(Right.OFFICE)
    talk, own = visit.talk, own_office.papers(visit.talk)
    law = ruleset.rule_set(talk.rules.name)
    name, area = office_settings.PAPERS, own_office.area(talk)
    versions = office_settings.history(talk.tx, area, name, _VERSIONS)
    about = {
        "papers": [_shown(paper) for paper in own.papers],
        "blank": _shown(OwnPaper("", "", "", 7)),
        "rows": [(row["number"], row["name"]) for row in ruleset.part("evidence", law)["rows"]],
        "waits": [_wait(visit, each, own.waits or {}) for each in _of_law(law)],
        "seen": versions[0]["id"] if versions else 0,
        "versions": versions,
        "typed": dict(typed or {}),
        "wrong": frozenset(wrong),
    }
    return Page("own_papers", about)


def _shown(paper: OwnPaper) -> dict[str, Any]:
    return {
        "id": paper.id or _NEW,
        "name": paper.name,
        "issuer": paper.issuer,
        "lead_days": str(paper.lead_days),
        "months": str(paper.months or ""),
        "copy": paper.copy,
        "row": str(paper.row),
        "sets": ", ".join(map(str, paper.sets)),
        "asked": paper.asked,
    }


def _of_law(law: RuleSet) -> list[kinds.Paper]:
    return [paper for paper in kinds.papers(law).values() if paper.row]


def _wait(visit: Visit, paper: kinds.Paper, waits: Mapping[str, int]) -> dict[str, Any]:
    name = visit.words(digest_lines.paper(paper.id, visit.talk.rules))
    return {"id": paper.id, "name": name, "ours": paper.lead_days, "days": waits.get(paper.id, "")}


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Ask for a paper, change one, ask for it no more or again; or set a wait."""
    visit.need(Right.OFFICE)
    form = visit.form
    if form.get("do") == "wait":
        return _waits(visit)
    known = {each.id: each for each in own_office.papers(visit.talk).papers}
    old = known.get(form.get("id", ""))
    if form.get("do") in {"stop", "again"} and old is not None:
        return _asked(visit, old, again=form["do"] == "again")
    if form.get("do") != "keep" or (old is None and form.get("id") != _NEW):
        raise HTTPException(400)
    paper = _read(visit, old)
    if not isinstance(paper, OwnPaper):
        return _page(visit, form, *paper)
    deed = own_office.change if old else own_office.ask_for
    return _done(visit, deed(visit.talk, paper, visit.asked("seen", 0)))


def _asked(visit: Visit, old: OwnPaper, *, again: bool) -> Answer:
    paper = replace(old, asked=again)
    return _done(visit, own_office.change(visit.talk, paper, visit.asked("seen", 0)))


def _done(visit: Visit, done: object) -> Answer:
    if not done:
        return _page(visit, visit.form, "meanwhile")
    return Go(visit.address, visit.said())


def _read(visit: Visit, old: OwnPaper | None) -> OwnPaper | list[str]:
    """The paper as the form tells it; else what is wrong with the form."""
    form = visit.form
    name, issuer = (" ".join(form.get(each, "").split()) for each in ("name", "issuer"))
    wrong = [
        field
        for field, text in (("name", name), ("issuer", issuer))
        if not _NAME[0] <= len(text) <= _NAME[1]
    ]
    days, months = _number(form.get("lead_days", ""), *_DAYS), form.get("months", "").strip()
    good_for, sets = _number(months, *_MONTHS), _sets(form.get("sets", ""))
    row = _number(form.get("row", "0"), 0, 15)
    wrong += [name for name, told in (("lead_days", days), ("sets", sets)) if told is None]
    wrong += ["months"] if months and good_for is None else []
    if wrong or days is None or sets is None:
        return wrong
    copy = _COPIES.get(form.get("copy", ""), "plain")
    id_, asked = (old.id, old.asked) if old else ("", True)
    return OwnPaper(id_, name, issuer, days, row or 0, copy, good_for, sets, asked)


def _number(told: str, least: int, most: int) -> int | None:
    told = told.strip()
    number = int(told) if told.isdecimal() and len(told) < 5 else -1  # noqa: PLR2004
    return number if least <= number <= most else None


def _sets(told: str) -> tuple[int, ...] | None:
    """The product sets by their numbers, all for nothing; None for what is none."""
    parts = told.replace(",", " ").replace(";", " ").split()
    known = [int(part) if part.isdecimal() and len(part) < 4 else 0 for part in parts]  # noqa: PLR2004
    return tuple(sorted(set(known))) if all(map(products.by_number, known)) else None


def _waits(visit: Visit) -> Answer:
    law = ruleset.rule_set(visit.talk.rules.name)
    kind, told = visit.form.get("paper", ""), visit.form.get("days", "").strip()
    days = _number(told, *_DAYS)
    if kind not in {paper.id for paper in _of_law(law)}:
        raise HTTPException(400)
    if told and days is None:
        return _page(visit, visit.form, "days")
    return _done(visit, own_office.wait(visit.talk, kind, days, visit.asked("seen", 0)))
