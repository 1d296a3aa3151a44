"""Supports that officers wrote down, beside the budgets of an office's file; none counts twice.

One whose decision is that of a budget is a part of that budget's amount. All others of a year are
one more budget, of our own, by unit and fund.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from programme.folding import fold
from programme.reports.report import About, Gathering, Row
from programme.reports.rows import Budget, Fund, Line, Support

OURS = "supports"  # what a budget is called that consists of them
_DECISION = re.compile(r"\d+(?:\s*/\s*[\w-]+)*")

Placed = list[tuple[Support, Budget | None]]


def placed(every: Iterable[Support], budgets: Sequence[Budget], years: tuple[int, int]) -> Placed:
    """The supports of these years, each with the budget that it is of, or none."""
    some = (each for each in every if years[0] <= each.year <= years[1])
    return [(each, next((it for it in budgets if _is_of(each, it)), None)) for each in some]


def paid(budgets: Iterable[Budget], placed: Placed) -> Iterator[Budget]:
    """The budgets; one that does not say what is paid has what is paid of its supports."""
    for budget in budgets:
        mine = [support.spent for support, home in placed if home is budget]
        silent = mine and budget.spent is None
        yield replace(budget, spent=sum(mine)) if silent else budget


def alone(placed: Placed) -> Iterator[Budget]:
    """Those that are of no budget, as a budget of each year."""
    free = [support for support, home in placed if home is None]
    for year in sorted({each.year for each in free}):
        some = [each for each in free if each.year == year]
        units = dict.fromkeys(each.unit for each in some)
        lines = (_line(unit, [each for each in some if each.unit == unit]) for unit in units)
        yield Budget(
            key=f"{OURS}-{year}",
            what=OURS,
            year=year,
            dong=_dong(some),
            spent=_spent(some),
            funds=_funds(some),
            lines=tuple(lines),
        )


def tell(into: Gathering, placed: Placed) -> None:
    """Each support, with the budget that it is of."""
    columns = "number unit fund year dong spent rest use decision budget"
    into.table("supports", columns, (_row(each, home) for each, home in placed))
    into.count("money.supports", "supports")
    into.sum("money.supports.planned", "supports", "dong")
    into.sum("money.supports.paid", "supports", "spent")


def check(into: Gathering, budgets: Iterable[Budget], placed: Placed) -> None:
    """Whether more is promised, or paid, of a budget than there is of it, or one is told twice."""
    for budget in budgets:
        mine = [support for support, home in placed if home is budget]
        about: About = {"budget": budget.key, "what": budget.what, "source": budget.source}
        if (found := _dong(mine)) > budget.dong:
            into.doubt("supports_beyond", about | {"told": budget.dong, "found": found})
        if budget.spent is not None and (found := _spent(mine)) > budget.spent:
            into.doubt("supports_paid", about | {"told": budget.spent, "found": found})
        for support, home in placed:
            if home is None and _is_told(support, budget):
                twice: About = {"number": support.number, "unit": support.unit}
                into.doubt("supports_twice", about | twice | {"told": support.dong})


def _row(each: Support, home: Budget | None) -> Row:
    sums = (each.dong, each.spent, each.dong - each.spent)
    of = home.what if home else ""
    return (each.number, each.unit, each.fund, each.year, *sums, each.use, each.decision, of)


def _is_of(support: Support, budget: Budget) -> bool:
    first, last = budget.years or (support.year, support.year)
    same = _decision(support.decision) is not None
    same = same and _decision(support.decision) == _decision(budget.decision)
    return same and first <= support.year <= last


def _is_told(support: Support, budget: Budget) -> bool:
    """Whether a line of the budget gives the same unit just as much in that year."""
    first, last = budget.years or (0, 0)
    same = (fold(support.unit), support.dong)
    lines = any((fold(line.unit), line.dong) == same for line in budget.lines)
    return lines and first <= support.year <= last


def _decision(said: str) -> str | None:
    """The number of a decision, "QĐ 649/QĐ-UBND 29/3/2018" as "649/qd-ubnd"."""
    found = _DECISION.search(fold(said))
    return re.sub(r"\s", "", found[0]) if found else None


def _line(unit: str, some: Sequence[Support]) -> Line:
    uses = dict.fromkeys(each.use for each in some if each.use)
    funds = _funds(some)
    return Line(unit=unit, dong=_dong(some), spent=_spent(some), use="; ".join(uses), funds=funds)


def _funds(some: Sequence[Support]) -> tuple[Fund, ...]:
    by_fund: dict[str, list[Support]] = {}
    for each in some:
        by_fund.setdefault(fold(each.fund), []).append(each)
    return tuple(
        Fund(fund=mine[0].fund, dong=_dong(mine), spent=_spent(mine)) for mine in by_fund.values()
    )


def _dong(some: Iterable[Support]) -> int:
    return sum(each.dong for each in some)


def _spent(some: Iterable[Support]) -> int:
    return sum(each.spent for each in some)
