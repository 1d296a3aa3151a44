"""Fairs: those of the years, those whose year nobody wrote down, and those that were called off."""

import re
from collections.abc import Iterable, Sequence

from programme.folding import fold
from programme.reports import reading
from programme.reports.report import About, Gathering, Row
from programme.reports.rows import Budget, Fair, Source

_COUNTED = re.compile(r"\b(\d+) hoi cho\b")


def tell(into: Gathering, every: Iterable[Fair], first: int, last: int) -> None:
    """The fairs of these years; one without a year is told with them."""
    told = [each for each in every if each.year is None or first <= each.year <= last]
    columns = "name year starts venue cancelled joined source"
    into.table("fairs", columns, map(_row, told))
    into.count("fairs", "fairs", cancelled=0)
    into.count("fairs.cancelled", "fairs", cancelled=1)
    into.count("fairs.undated", "fairs", cancelled=0, year=None)
    into.sum("fairs.joined", "fairs", "joined")
    for year in sorted({each.year for each in told if each.year}):
        into.count(f"fairs.{year}", "fairs", cancelled=0, year=year)
    for source in sorted({each.source for each in told if each.source}):
        into.count(f"fairs.source.{source}", "fairs", cancelled=0, source=source)


def check(
    into: Gathering, every: Sequence[Fair], budgets: Iterable[Budget], sources: Iterable[Source]
) -> None:
    """Whether budgets count as many fairs as are listed, and whether fairs lie in their years."""
    for budget in budgets:
        said, years = _COUNTED.search(fold(budget.what)), budget.years
        if said and years:
            found = sum(_is_of(each, budget.source, years) for each in every)
            about: About = {"what": budget.what, "told": int(said[1]), "found": found}
            if found != int(said[1]):
                into.doubt("fairs", about | {"source": budget.source})
    for source in sources:
        if span := reading.years(source.about):
            _check_years(into, every, source, span)


def _check_years(
    into: Gathering, every: Iterable[Fair], source: Source, span: tuple[int, int]
) -> None:
    for each in every:
        outside = each.year is not None and not span[0] <= each.year <= span[1]
        if each.source == source.key and outside:
            about: About = {"what": each.name, "year": each.year, "about": source.about}
            into.doubt("outside", about | {"source": source.key})


def _is_of(each: Fair, source: str, years: tuple[int, int]) -> bool:
    there = each.year is not None and years[0] <= each.year <= years[1]
    return each.source == source and there and not each.cancelled


def _row(each: Fair) -> Row:
    cancelled = int(each.cancelled)
    return (each.name, each.year, each.starts, each.venue, cancelled, each.joined, each.source)
