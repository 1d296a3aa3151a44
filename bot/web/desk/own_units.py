"""Nơi giúp: the offices that help producers in the area, and with what."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Go, Page, Visit
from handlers.officer import own_units
from programme.roles import Right

_NAME, _DUTY = (3, 120), 120
_MOST = 12  # duties of one


def show(visit: Visit) -> Page:
    """Those of the area, and room for one more."""
    return _page(visit)


def _page(visit: Visit, typed: Mapping[str, str] | None = None, *wrong: str) -> Page:
    visit.need(Right.OFFICE)
    units = own_units.everyone(visit.talk)
    lacking = [name for name, _ in own_units.lacking(visit.talk)]
    about = {
        "units": units,
        "lacking": lacking,
        "typed": dict(typed or {}),
        "wrong": frozenset(wrong),
    }
    return Page("own_units", about)


def do(visit: Visit) -> Answer:
    """Add one, change one, or take one off."""
    visit.need(Right.OFFICE)
    form = visit.form
    row = own_units.of(visit.talk, visit.asked("unit", 0))
    if form.get("do") == "usual":
        return Go(visit.address, visit.does(own_units.add_usual))
    if form.get("do") == "drop" and row is not None:
        return Go(visit.address, visit.does(own_units.drop, row))
    if form.get("do") != "keep" or (row is None and form.get("unit")):
        raise HTTPException(400)
    name = " ".join(form.get("name", "").split())
    duties = [" ".join(line.split()) for line in form.get("duties", "").splitlines()]
    duties = [line for line in duties if line]
    wrong = [] if _NAME[0] <= len(name) <= _NAME[1] else ["name"]
    wrong += ["duties"] if len(duties) > _MOST or any(len(each) > _DUTY for each in duties) else []
    if wrong:
        return _page(visit, form, *wrong)
    about = (row, name, duties) if row else (name, duties)
    return Go(visit.address, visit.does(own_units.change if row else own_units.add, *about))
