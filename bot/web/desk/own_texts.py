"""Lời của văn phòng: what the office is called, what its papers begin and end with, who signs."""

import json
from collections.abc import Mapping

from bot.web.desk.visits import Answer, Go, Page, Visit
from handlers.officer import own_office
from programme import office
from programme.roles import Right
from storage import office_settings

_MOST = {"called": 28, "contact": 120, "opening": 800, "closing": 800}
_MOST_OTHERS = 160
_VERSIONS = 6


def most(name: str) -> int:
    """How many signs such a text may have."""
    return _MOST.get(name, _MOST_OTHERS)


def show(visit: Visit) -> Page:
    """The texts as they stand, and what stood before."""
    return _page(visit, own_office.texts(visit.talk))


def _page(visit: Visit, told: Mapping[str, str], *wrong: str) -> Page:
    visit.need(Right.OFFICE)
    area = own_office.area(visit.talk)
    rows = office_settings.history(visit.talk.tx, area, office_settings.TEXTS, _VERSIONS)
    about = {
        "told": {name: told.get(name, "") for name in office.TEXTS},
        "most": {name: most(name) for name in office.TEXTS},
        "seen": rows[0]["id"] if rows else 0,
        "versions": rows,
        "wrong": frozenset(wrong),
    }
    return Page("own_texts", about)


def do(visit: Visit) -> Answer:
    """Let the texts be these, or again what they were in an earlier version."""
    visit.need(Right.OFFICE)
    told = _again(visit) if visit.form.get("do") == "back" else _typed(visit)
    wrong = [name for name, text in told.items() if len(text) > most(name)]
    if wrong:
        return _page(visit, told, *wrong)
    if not own_office.say_so(visit.talk, told, visit.asked("seen", 0)):
        return _page(visit, told, "meanwhile")
    return Go(visit.address, visit.said())


def _typed(visit: Visit) -> dict[str, str]:
    return {name: visit.form.get(name, "").replace("\r\n", "\n").strip() for name in office.TEXTS}


def _again(visit: Visit) -> dict[str, str]:
    area, number = own_office.area(visit.talk), visit.asked("version", 0)
    rows = office_settings.history(visit.talk.tx, area, office_settings.TEXTS, _VERSIONS)
    body = next((row["body"] for row in rows if row["id"] == number), "")
    told: dict[str, str] = json.loads(body or "{}")
    return told
