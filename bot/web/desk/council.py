"""Hội đồng: the year's meetings, the products before each, and what came of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.web.desk.visits import Page, Visit
from handlers.officer import calendar
from storage import ballots, councils

_CLOSED = frozenset({"closed", "decided"})


def show(visit: Visit) -> Page:
    """The meetings of the area's province, the newest first; marks only once one has ended."""
    year = visit.asked("year", visit.talk.year)
    province = calendar.home_of(visit.scope.area).province or councils.last_province(visit.talk.tx)
    known = province and date.min.year <= year <= date.max.year
    found = councils.sittings(visit.talk.tx, province, year) if province and known else []
    meetings = [_meeting(visit, row) for row in reversed(found)]
    return Page("council", {"year": year, "meetings": meetings})


def _meeting(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    ended = row["status"] in _CLOSED
    here = councils.before(visit.talk.tx, visit.scope, row["id"])
    there = len(councils.present(visit.talk.tx, row["id"]))
    sheets = ballots.of_sitting(visit.talk.tx, row["id"])
    done = sum(one.handed_in_at is not None for one in sheets)
    products = [_product(each, ended=ended) for each in here]
    return {**row, "ended": ended, "there": there, "sheets": done, "products": products}


def _product(row: Mapping[str, Any], *, ended: bool) -> dict[str, Any]:
    counted = ended and row["points_by"]
    points = f"{row['points_of'] / row['points_by']:.2f}".replace(".", ",") if counted else ""
    return {**row, "points": points, "star": row["given"] if ended else None}
