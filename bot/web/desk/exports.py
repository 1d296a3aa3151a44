"""Xuất ra: reports and tables of the area; they are printed, and come into the officer's chat."""

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Go, Page, Visit
from handlers.officer import digest, reports
from handlers.officer.digest_words import Order
from programme.roles import Right

_REPORTS = ("year", "term", "plan", "conclusions", "annex")
_TERM = 5  # years, the first of which ends on 1 or 6
_EARLIEST, _AHEAD = 2008, 10


def show(visit: Visit) -> Page:
    """What can be had."""
    year = visit.talk.year
    return Page("exports", {"year": year, "years": range(year + 1, year - 6, -1)})


def order(visit: Visit) -> Go:
    """Order one of them, as the chat does."""
    visit.need(Right.READ)
    kind = visit.form.get("do", "")
    if kind in {"digest", "digest_xlsx"}:
        return Go(visit.address, visit.does(digest.obey, Order(kind)))
    what = visit.form.get("what", "")
    if kind not in reports.CHOSEN or what not in _REPORTS:
        raise HTTPException(400)
    if what == "annex" and kind != "report_xlsx":
        kind = "report_xlsx"
    first, last = _years(what, visit.asked("year", visit.talk.year), visit.talk.year)
    make, _ = reports.CHOSEN[kind]
    return Go(visit.address, visit.does(make, f"{what}.{first}.{last}"))


def _years(what: str, told: int, now: int) -> tuple[int, int]:
    year = min(max(told, _EARLIEST), now + _AHEAD)
    if what == "term":
        begins = year - (year - 1) % _TERM
        return begins, begins + _TERM - 1
    return year, year
