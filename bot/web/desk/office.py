"""Văn phòng: what the office keeps of its own: days off, and what lies over rules and texts."""

from pathlib import Path

from bot.web.desk.visits import Page, Visit
from handlers.officer import resting
from storage import days_off

_MOST = 100


def show(visit: Visit) -> Page:
    """The days off to come, and the files that the province lays over ours."""
    today = visit.talk.today
    own = [each for each in days_off.everyone(visit.talk.tx) if each["day"] >= today]
    laid = [name for folder in visit.talk.overlays for name in _names(folder)]
    told = visit.does(resting.show)[:1]
    rules = visit.talk.rules.name
    return Page("office", {"own": own, "laid": laid[:_MOST], "told": told, "rules": rules})


def _names(folder: Path) -> list[str]:
    """The files below it, by their place in it and nothing of where it lies."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
