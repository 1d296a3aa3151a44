"""How what stands in a report is said: amounts in millions, shares, days, levels, doubts."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from documents.drafting import TEMPLATES
from documents.forms.written import written
from programme import papers, ruleset
from programme.reports import supports
from programme.reports.report import Cell, Doubt, Report

REPORTS = TEMPLATES / "reports"
MONEY = frozenset({"dong", "spent", "rest"})  # columns of đồng
_SHARES = frozenset({"share"})
_DAYS = frozenset({"on", "starts", "intake_before", "finish_before", "due"})
_YES = frozenset({"cancelled", "done", "late"})
_MILLION, _WHOLE = 10**6, 100
_NAMED = {"level": "levels", "cause": "causes"}  # columns of words that are called by names
_PLAIN = frozenset({"year", "number"})


@cache
def words() -> dict[str, Any]:
    """All words of reports."""
    told: dict[str, Any] = yaml.safe_load((REPORTS / "words.yaml").read_text(encoding="utf-8"))
    return told


def years(report: Report) -> str:
    """The years that a report is of."""
    said = words()["year" if report.first == report.last else "years"]
    return str(said.format(first=report.first, last=report.last))


def area(report: Report) -> str:
    """Where a report is of; everywhere has a name too."""
    return report.area or str(words()["everywhere"])


def name(report: Report) -> str:
    """What a report is called, in the name of its file too."""
    said = words()["names"][report.kind]
    return str(said.format(years=years(report), area=area(report)))


def shown(column: str, cell: Cell, table: str = "") -> str | None:
    """A cell as it is printed; None where nothing is known."""
    match cell:
        case None | "":
            return None
        case int() if column in MONEY:
            return million(cell)
        case int() if column in _SHARES:
            return f"{percent(cell)} %"
        case int() if column in _YES:
            return str(words()["is_so"]) if cell else None
        case int():
            return str(cell) if column in _PLAIN else str(written(cell))
        case _:
            return _text(column, cell, table)


def million(dong: int) -> str:
    """An amount in millions of đồng, to the last đồng: 1.444,197."""
    whole, rest = divmod(abs(dong), _MILLION)
    grouped = f"{whole:,}".replace(",", ".")
    part = f"{rest:06}".rstrip("0")
    return f"{'-' if dong < 0 else ''}{grouped}{',' + part if part else ''}"


def percent(hundredths: int) -> str:
    """A share in hundredths of a percent as it is written: 26,47."""
    whole, rest = divmod(hundredths, _WHOLE)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",")


def day(said: str) -> str:
    """A day, a month or a year as far as it is known: 26/02/2019."""
    return "/".join(reversed(said.split("-")))


def doubt(told: Doubt, titles: Mapping[str, str]) -> dict[str, str | None]:
    """The sentence on something to look at again, and beneath it what is known besides."""
    about = dict(told.about)
    kind = "text_unknown" if told.kind == "text" and not about["correct"] else told.kind
    said = {key: _figure(told.kind, key, value) for key, value in about.items()}
    beside = (about.get("note"), titles.get(str(about.get("source") or "")))
    text = words()["doubts"][kind].format(**said)
    return {"text": str(text), "note": ". ".join(str(each) for each in beside if each) or None}


def _figure(kind: str, key: str, value: Cell) -> str:
    in_money = kind.startswith(("sum_", "supports_")) or kind in {"overspent", "unpaid"}
    if isinstance(value, int) and key in {"told", "found"}:
        if in_money:
            return million(value)
        return percent(value) if kind == "share" else str(written(value))
    return str(value if value is not None else "")


def _text(column: str, cell: str, table: str) -> str | None:
    said: str | None
    if column in _NAMED:
        said = words()[_NAMED[column]].get(cell, cell)
    elif column in _DAYS:
        said = day(cell)
    elif column in {"what", "budget"} and table in {"budgets", "funds", "supports"}:
        said = words()["ours"] if cell == supports.OURS else written(cell)
    elif column == "kind" and table == "goals":
        said = words()["kinds"][cell]
    elif column == "what" and table in {"lacking", "returned"}:
        said = paper(cell)
    elif column == "what" and table in {"steps", "passed_over"}:
        said = words()["steps" if table == "steps" else "cycle"].get(cell, cell)
    elif column == "about" and table == "returned":
        said = words()["reasons"].get(cell, cell)
    else:
        said = written(cell)
    return said


@cache
def paper(kind: str) -> str:
    """The name of a kind of paper; one of an earlier decision has it there."""
    sets = map(ruleset.rule_set, reversed(ruleset.names()))
    found = (papers.papers(each).get(kind) for each in sets)
    return next((each.name for each in found if each), kind)
