"""Making a report: each kind gathers its parts; what looks wrong is pointed out in all of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from programme.reports import (
    aftercare,
    fairs,
    living,
    money,
    planning,
    reading,
    results,
    stated,
    targets,
)
from programme.reports.report import Gathering, Report
from programme.reports.rows import Rows, Source, Task


class Wanted(NamedTuple):
    """Which report: of which area, by its name, and of which years."""

    kind: str
    area: str
    first: int
    last: int


def make(wanted: Wanted, rows: Rows) -> Report:
    """The report that the rows make. KeyError for a kind that is none of KINDS."""
    into = Gathering()
    _MADE[wanted.kind](into, _of_then(rows, wanted), wanted)
    _undecided(into)
    tables = tuple(into.tables.values())
    figures, shares = tuple(into.figures.values()), tuple(into.shares.values())
    return Report(*wanted, figures, shares, tables, tuple(into.doubts))


def _of_then(rows: Rows, wanted: Wanted) -> Rows:
    """The rows with the documents alone that speak of these years, as far as they name any."""
    told = [each for each in rows.sources if _speaks_of(each, wanted)]
    silent = {each.key for each in rows.sources} - {each.key for each in told}
    mistakes = tuple(each for each in rows.mistakes if each.source not in silent)
    return replace(rows, sources=tuple(told), mistakes=mistakes)


def _speaks_of(source: Source, wanted: Wanted) -> bool:
    years = reading.years(source.about)
    return years is None or (years[0] <= wanted.last and wanted.first <= years[1])


def _results(into: Gathering, rows: Rows, wanted: Wanted) -> None:
    """What a year, or several, came to."""
    first, last = wanted.first, wanted.last
    results.tell(into, rows.results, first, last)
    living.tell(into, rows)
    living.tasks(into, rows.tasks)
    aftercare.tell(into, rows)
    _office(into, rows, first, last)


def _plan(into: Gathering, rows: Rows, wanted: Wanted) -> None:
    first, last = wanted.first, wanted.last
    planning.tell(into, rows.planned, rows.results, first)
    planning.helpers(into, rows.units)
    planning.stages(into, rows.stages, first, last)
    targets.tell(into, rows.targets, rows.results, first, last)
    living.goals(into, rows.goals)
    money.tell(into, rows.budgets, rows.supports, (first, last))
    results.tell(into, rows.results, first - 1, first - 1)
    planning.check(into, rows.targets, first, last)
    stated.tell(into, rows.sources)
    stated.mistakes(into, rows.mistakes)


def _conclusions(into: Gathering, rows: Rows, wanted: Wanted) -> None:
    """What a meeting gave to do; where no task was written down, what each unit is there for."""
    duties = [Task(unit=unit.name, deed=duty) for unit in rows.units for duty in unit.duties]
    living.tasks(into, rows.tasks or duties)
    targets.tell(into, rows.targets, rows.results, wanted.first, wanted.last)
    living.goals(into, rows.goals)
    results.tell(into, rows.results, wanted.first - 1, wanted.last)
    stated.tell(into, rows.sources)
    stated.mistakes(into, rows.mistakes)


def _annex(into: Gathering, rows: Rows, wanted: Wanted) -> None:
    _results(into, rows, wanted)
    planning.stages(into, rows.stages, wanted.first, wanted.last)
    planning.helpers(into, rows.units)


def _office(into: Gathering, rows: Rows, first: int, last: int) -> None:
    fairs.tell(into, rows.fairs, first, last)
    money.tell(into, rows.budgets, rows.supports, (first, last))
    targets.tell(into, rows.targets, rows.results, first, last)
    living.goals(into, rows.goals)
    fairs.check(into, rows.fairs, rows.budgets, rows.sources)
    stated.tell(into, rows.sources)
    stated.mistakes(into, rows.mistakes)


def _undecided(into: Gathering) -> None:
    """Recognised, and nobody wrote down by which decision."""
    into.count("results.undecided", "results", recognised=1, decision="")
    if missing := into.figures["results.undecided"].value:
        into.doubt("undecided", {"found": missing})


_MADE: dict[str, Callable[[Gathering, Rows, Wanted], None]] = {
    "year": _results,
    "term": _results,
    "plan": _plan,
    "conclusions": _conclusions,
    "annex": _annex,
}
KINDS = tuple(_MADE)
