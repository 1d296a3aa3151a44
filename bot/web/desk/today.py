"""Hôm nay: the area in numbers, each of which opens its list, as the chat's summary has them."""

from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Page, Visit
from conversations.messages import Message
from handlers.officer import calendar, digest_lines, digest_lists
from handlers.officer.digest_lists import At
from storage import overview, waiting
from storage.overview import MATTERS, STEPS, Line

A_PAGE = 50
_OPENS = {
    **dict.fromkeys(("dossier", "filing", "review"), "dossiers"),
    **dict.fromkeys(("paper", "ends"), "papers"),
    "idea": "ideas",
}
_ROUNDS = 2


def show(visit: Visit) -> Page:
    """The numbers, what waits for this officer, and the days that come next."""
    view, tx = digest_lists.view_of(visit.talk), visit.talk.tx
    numbers = [
        {"matter": each, "title": _title(visit, At(each)), "count": overview.count(tx, each, view)}
        for each in MATTERS
    ]
    mine = waiting.counts(tx, visit.scope)
    return Page("today", {"numbers": numbers, "mine": mine, "days": _days(visit)})


def _days(visit: Visit) -> list[dict[str, Any]]:
    """The steps to come of the nearest rounds, the nearest day first."""
    talk, home = visit.talk, calendar.home_of(visit.scope.area)
    found: list[dict[str, Any]] = [
        {"day": row.day, "round": visit.words(calendar.named(each)), "what": _step(visit, step)}
        for each in calendar.running(talk, home)[:_ROUNDS]
        for step, row in talk.calendar.of(each.key, home).items()
        if row.day >= talk.today
    ]
    return sorted(found, key=lambda each: each["day"])[:6]


def _step(visit: Visit, step: str) -> str:
    return visit.words(Message(f"move_date.step_{step}"))


def lines(visit: Visit) -> Page:
    """The list behind a number, page by page; of one that has parts, those first."""
    matter = visit.path["matter"]
    if matter not in {*MATTERS, *STEPS}:
        raise HTTPException(404)
    about, page = visit.query.get("about", "")[:60], max(1, visit.asked("page", 1))
    at, view, tx = At(matter, about, page), digest_lists.view_of(visit.talk), visit.talk.tx
    found = overview.lines(tx, matter, view, about, most=A_PAGE, after=(page - 1) * A_PAGE)
    count = overview.count(tx, matter, view, about)
    told = [{"text": _told(visit, line), "link": _link(line)} for line in found]
    more = page + 1 if page * A_PAGE < count else 0
    args: dict[str, Any] = {
        "title": _title(visit, at),
        "lines": told,
        "count": count,
        "matter": matter,
    }
    parts = [] if about else _parts(visit, matter)
    args["targets"] = overview.targets(tx, view) if matter == "targets" else []
    return Page("list", {**args, "about": about, "page": page, "more": more, "parts": parts})


def _parts(visit: Visit, matter: str) -> list[dict[str, Any]]:
    if matter not in {"stuck", "targets"}:
        return []
    view = digest_lists.view_of(visit.talk)
    every = overview.groups(visit.talk.tx, matter, view)
    return [
        {"about": about, "count": count, "title": _title(visit, At(matter, about))}
        for about, count in every[:A_PAGE]
    ]


def _title(visit: Visit, at: At) -> str:
    if not at.about:
        return visit.words(digest_lists.title_of(at.matter))
    if at.matter == "targets" and at.about.isdecimal():
        return visit.words(Message("digest.title_star", {"star": int(at.about[:1])}))
    if at.matter != "stuck":
        return visit.words(digest_lists.title_of(at.matter))
    paper = digest_lines.paper(at.about, visit.talk.rules)
    return visit.words(Message("digest.title_lacking", {"paper": paper}))


def _told(visit: Visit, line: Line) -> str:
    return visit.lines([digest_lines.told(line, visit.talk.rules)])[0]


def _link(line: Line) -> str:
    if line.kind == "question":
        return f"/desk/questions/{line.number}"
    opens = _OPENS.get(line.kind)
    return f"/desk/{opens}/{line.id}" if opens else ""
