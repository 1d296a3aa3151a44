"""Hỗ trợ, kinh phí: supports written down, and their sums by unit and fund, planned and paid."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from conversations import readings, walk
from conversations.messages import Message
from conversations.reading import Read
from conversations.session import Run
from handlers.officer.ordered import ordered
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme.roles import Right
from storage import officers, supports
from storage.supports import Cell

_LOOK = 120  # signs
_MOST = 12  # lines
_FUNDS = 5  # to choose from
_COMMUNE = 5  # signs of a code
_NUMBER = r"(?: so)? (?P<number>\d{1,6})"
_SAID: tuple[tuple[str, str], ...] = (
    (r"(?:them|ghi|nhap) (?:khoan )?ho tro|add support", "add"),
    (
        r"(?:xem )?(?:kinh phi|ho tro|cac khoan ho tro|supports)(?:(?: nam)? (?P<year>20\d\d))?",
        "sums",
    ),
    (rf"(?:da chi|chi|da cap) ho tro{_NUMBER}:? (?P<rest>.+)", "pay"),
    (r"paid support (?P<number>\d{1,6}):? (?P<rest>.+)", "pay"),
    (rf"(?:bo|xoa) ho tro{_NUMBER}|drop support (?P<other>\d{{1,6}})", "drop"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_FORM = "support"

Do = Callable[[Talk], None]


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are of no money, or answer the form."""
    found = ordered(talk, text, _PATTERNS, _FORM)
    if found is None:
        return None
    deed, told = found
    return partial(_DEEDS[deed], told=told), Right.READ if deed == "sums" else Right.PLAN


# -- writing down ----------------------------------------------------------------------------------


def _add(talk: Talk, *, told: dict[str, str]) -> None:
    del told
    talk.leave()
    talk.start(_FORM, {"funds": supports.funds(talk.tx, scope_of(talk), _FUNDS)})


def sent(talk: Talk, run: Run) -> None:
    """Keep the support where its producer is at home, else in the officer's own area."""
    answers = walk.collected(talk.catalogue.of(run), run)
    unit, scope = answers["unit"], scope_of(talk)
    whose = supports.whose(talk.tx, scope, unit)
    commune = scope.area if len(scope.area) == _COMMUNE else ""
    province = officers.around(scope.area)[-1]
    home = {"commune_code": commune, "province_code": province, "producer_id": None}
    if whose:
        home = {"producer_id": whose.pop("id"), **whose}
    about: dict[str, Any] = {"unit": unit, "fund": answers["fund"], "use": answers["use"]}
    about |= {"planned": answers["planned"], "paid": answers.get("paid") or 0}
    about |= {"decision": answers.get("decision") or "", "year": talk.year}
    number = supports.add(talk.tx, {**home, **about}, talk.person, talk.now)
    talk.log("added_support", "support", number, planned=about["planned"], paid=about["paid"])
    over = about["paid"] > about["planned"]
    talk.say("money.kept", number=number, unit=unit, budget=about["planned"], over=over)


def _pay(talk: Talk, *, told: dict[str, str]) -> None:
    """Keep what has been paid in all."""
    row = _found(talk, told)
    read = readings.money(told["rest"])
    if row is None:
        return
    if not isinstance(read, Read):
        talk.say("money.how_much", number=row["number"])
        return
    pay(talk, row, read.value)


def pay(talk: Talk, row: dict[str, Any], paid: int) -> None:
    """Keep that so much has been paid of a support till now, in all."""
    supports.pay(talk.tx, row["id"], paid)
    talk.log("paid_support", "support", row["number"], paid=paid)
    over = paid > row["planned"]
    talk.say("money.paid", number=row["number"], spent=paid, budget=row["planned"], over=over)


def _drop(talk: Talk, *, told: dict[str, str]) -> None:
    if row := _found(talk, told):
        supports.drop(talk.tx, row["id"], talk.now)
        talk.log("dropped_support", "support", row["number"])
        talk.say("money.dropped", number=row["number"])


def _found(talk: Talk, told: dict[str, str]) -> dict[str, Any] | None:
    number = int(told.get("number") or told["other"])
    row = supports.numbered(talk.tx, scope_of(talk), number)
    if row is None:
        talk.say("money.no_such", number=number)
    return row


# -- the sums --------------------------------------------------------------------------------------


def _sums(talk: Talk, *, told: dict[str, str]) -> None:
    """The sum of the year, of each fund, and of each unit and fund; what is overspent is marked."""
    scope = scope_of(talk)
    year = int(told.get("year", talk.year))
    cells = supports.cells(talk.tx, scope, year)
    if not cells:
        talk.say("money.no_supports", year=year)
        return
    talk.say("money.whole", year=year, budget=_planned(cells), spent=_paid(cells))
    funds = sorted({cell.fund for cell in cells})
    lines = tuple(_fund(fund, [cell for cell in cells if cell.fund == fund]) for fund in funds)
    talk.say("money.by_lines", lines=lines[:_MOST])
    talk.say("money.by_lines", lines=tuple(_cell(cell) for cell in cells[:_MOST]))
    over = tuple(row["number"] for row in supports.here(talk.tx, scope, year) if _is_over(row))
    if over:
        talk.say("money.overspent", numbers=over[:_MOST], count=len(over))


def _is_over(row: dict[str, Any]) -> bool:
    return bool(row["paid"] > row["planned"])


def _fund(fund: str, cells: Sequence[Cell]) -> Message:
    return Message("money.fund", {"fund": fund, "budget": _planned(cells), "spent": _paid(cells)})


def _cell(cell: Cell) -> Message:
    sums = {"budget": cell.planned, "spent": cell.paid}
    return Message("money.cell", {"unit": cell.unit, "fund": cell.fund, **sums})


def _planned(cells: Sequence[Cell]) -> int:
    return sum(cell.planned for cell in cells)


def _paid(cells: Sequence[Cell]) -> int:
    return sum(cell.paid for cell in cells)


_DEEDS: dict[str, Callable[..., None]] = {"add": _add, "sums": _sums, "pay": _pay, "drop": _drop}
