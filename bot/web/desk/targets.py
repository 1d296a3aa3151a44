"""Chỉ tiêu: what is wanted of each place against what there is, tasks by their day, and money."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.answers import Asked
from conversations.conclusions import Conclusion
from conversations.forms.support import support
from conversations.messages import Message
from conversations.reading import Read
from handlers.officer import money, naming
from handlers.officer import targets as wanting
from handlers.officer import tasks as giving
from programme import targets as aims
from programme.roles import Right
from programme.targets import Wanted
from storage import progress, report_rows, supports, tasks

_A_PAGE, _MOST = 200, 9999
_YEARS = (1, 3)  # back and ahead, for which a target may be set
_COMMUNE = 5  # signs of a code
_UNIT, _DEED = (2, 120), (3, 500)  # signs
_SUPPORT = ("unit", "fund", "planned", "paid", "use", "decision")
# What may be wanted, by how a form names it: the kind, and of products from how many stars on.
_KINDS = {
    f"{kind}-{star}": (kind, star)
    for kind in aims.KINDS
    for star in ((3, 4, 5) if kind in aims.OF_PRODUCTS else (0,))
}
Row = dict[str, Any]
Wrong = list[str]


def show(visit: Visit) -> Page:
    """The targets of a year, the tasks that are open, and the year's money."""
    return _page(visit)


def _page(visit: Visit, *wrong: str) -> Page:
    talk, scope = visit.talk, visit.scope
    year = _year(visit)
    every = progress.here(talk.tx, scope, year, talk.today)
    given = tasks.open_here(talk.tx, scope, _A_PAGE)
    about = {
        "year": year,
        "targets": [_target(visit, each) for each in every[:_A_PAGE]],
        "more": max(0, len(every) - _A_PAGE),
        "kinds": [(key, visit.words(_kind(*each))) for key, each in _KINDS.items()],
        "asks_place": _asks_place(visit),
        "counts": tasks.counted(talk.tx, scope, talk.today),
        "tasks": [_task(visit, each) for each in given],
        **_money(visit, year),
        "plans": scope.may(Right.PLAN),
        "typed": dict(visit.form),
        "wrong": frozenset(wrong),
    }
    return Page("targets", about)


def _asks_place(visit: Visit) -> bool:
    return len(visit.scope.area) != _COMMUNE


def _year(visit: Visit) -> int:
    year = visit.asked("year", visit.talk.year)
    return year if date.min.year <= year <= date.max.year else visit.talk.year


def _target(visit: Visit, one: progress.Target) -> Row:
    place = naming.area(one.commune_code or one.province_code)
    share = min(100, 100 * one.reached // one.wanted) if one.wanted else 100
    what = visit.words(_kind(one.kind, one.star))
    return {"place": place, "what": what, "share": share, **one._asdict()}


def _kind(kind: str, star: int) -> Message:
    return Message(f"targets.kind_{kind}", {"star": star})


def _task(visit: Visit, row: Mapping[str, Any]) -> Row:
    late = row["due"] is not None and row["due"] < visit.talk.today
    mine = visit.talk.person in {row["assigned_to"], row["given_by"]}
    return {**row, "late": late, "may": mine or visit.scope.may(Right.PLAN)}


def _money(visit: Visit, year: int) -> Row:
    tx, scope = visit.talk.tx, visit.scope
    cells = supports.cells(tx, scope, year)
    told = [each for each in report_rows.of_budgets(tx, scope) if each["year"] == year]
    return {
        "cells": cells[:_A_PAGE],
        "funds": [_fund(each, cells) for each in sorted({cell.fund for cell in cells})],
        "supports": supports.here(tx, scope, year)[:_A_PAGE],
        "budgets": told[:_A_PAGE],
    }


def _fund(fund: str, cells: Sequence[supports.Cell]) -> supports.Cell:
    """The sum of a fund over all units."""
    mine = [cell for cell in cells if cell.fund == fund]
    return supports.Cell("", fund, sum(one.planned for one in mine), sum(one.paid for one in mine))


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Do what the form wants; where a field is none of that, the form comes back as it was."""
    deed = _DEEDS.get(visit.form.get("do", ""))
    if deed is None:
        raise HTTPException(400)
    right, does = deed
    visit.need(right)
    wrong = does(visit)
    return (
        _page(visit, *wrong) if wrong else Go(f"{visit.address}?year={_year(visit)}", visit.said())
    )


def _set(visit: Visit) -> Wrong:
    """Let so much be wanted of a place in the year; nothing, where that is 0."""
    talk, form = visit.talk, visit.form
    place = form.get("place", "").strip() if _asks_place(visit) else ""
    area = wanting.area_of(talk, place, visit.scope)
    kind, wanted = _KINDS.get(form.get("kind", "")), visit.asked("wanted", -1)
    back, ahead = _YEARS
    wrong = [] if area else ["place"]
    wrong += [] if kind else ["kind"]
    wrong += [] if 0 <= wanted <= _MOST else ["wanted"]
    wrong += [] if talk.year - back <= _year(visit) <= talk.year + ahead else ["year"]
    if wrong or area is None or kind is None:
        return wrong
    of, star = kind
    wanting.keep(talk, area, _year(visit), [Wanted(of, wanted, star)])
    talk.flush()
    return []


def _add(visit: Visit) -> Wrong:
    """Give a task, with a day or without."""
    form, day = visit.form, visit.day("due")
    unit, deed = (" ".join(form.get(name, "").split()) for name in ("unit", "deed"))
    wrong = [] if _UNIT[0] <= len(unit) <= _UNIT[1] else ["unit"]
    wrong += [] if _DEED[0] <= len(deed) <= _DEED[1] else ["deed"]
    wrong += ["due"] if form.get("due") and (day is None or day < visit.talk.today) else []
    if not wrong:
        giving.add(visit.talk, Conclusion(unit, deed, day))
    return wrong


def _finish(visit: Visit) -> Wrong:
    giving.finish(visit.talk, visit.asked("number", 0))
    return []


def _support(visit: Visit) -> Wrong:
    """Write down a support, as the chat's form does."""
    typed = {key: visit.form.get(f"s-{key}", "").strip() for key in _SUPPORT}
    answers: Row = {}
    wrong = []
    for key, text in typed.items():
        question = support.question(key)
        if not text and question.optional:
            continue
        asked = Asked(support.name, key, visit.talk.today, answers, {})
        match question.kind.read(text, asked) if text else None:
            case Read(value):
                answers[key] = value
            case _:
                wrong.append(f"s-{key}")
    if not wrong:
        money.sent(visit.talk, visit.filled(support, {"funds": []}, answers))
    return wrong


def _pay(visit: Visit) -> Wrong:
    """Keep what was paid of a support in all, unless somebody else has kept a sum meanwhile."""
    row = supports.numbered(visit.talk.tx, visit.scope, visit.asked("number", 0))
    if row is None:
        raise HTTPException(400)
    asked = Asked(support.name, "paid", visit.talk.today, {}, {})
    match support.question("paid").kind.read(visit.form.get("paid", ""), asked):
        case Read(paid) if visit.form.get("seen") == str(row["paid"]):
            money.pay(visit.talk, row, paid)
            return []
        case Read(_):
            return ["meanwhile"]
        case _:
            return ["paid"]


_DEEDS: dict[str, tuple[Right, Callable[[Visit], Wrong]]] = {
    "set": (Right.PLAN, _set),
    "add": (Right.PLAN, _add),
    "finish": (Right.READ, _finish),
    "support": (Right.PLAN, _support),
    "pay": (Right.PLAN, _pay),
}
