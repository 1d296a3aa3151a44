"""Money: budgets by fund and unit, planned against paid, and the sums that do not add up.

What officers wrote down as supports is part of the same picture (programme.reports.supports).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from programme.folding import fold
from programme.reports import reading, supports
from programme.reports.report import About, Gathering, Row, slug
from programme.reports.rows import Budget, Fund, Line, Support

_NEAR = 100  # a part of the whole that lacks less than a hundredth of it is meant to be all of it


def tell(
    into: Gathering, every: Iterable[Budget], given: Iterable[Support], years: tuple[int, int]
) -> None:
    """The budgets of these years with their lines and funds; each is told by its key."""
    budgets = [each for each in every if _within(each, *years)]
    placed = supports.placed(given, budgets, years)
    told = [*supports.paid(budgets, placed), *supports.alone(placed)]
    into.table("budgets", "budget what years dong spent decision source", map(_row, told))
    into.table("lines", "budget unit under dong spent rest use printed_sum", _lines(told))
    into.table("funds", "budget what unit fund dong", _funds(told))
    into.count("money.budgets", "budgets")
    into.sum("money.planned", "budgets", "dong")
    into.sum("money.paid", "budgets", "spent")
    for each in told:
        _figures(into, each)
    supports.tell(into, placed)
    _by_fund(into, told)
    for each in (*budgets, *supports.alone(placed)):
        _check(into, each)
    supports.check(into, budgets, placed)


def _within(budget: Budget, first: int, last: int) -> bool:
    years = budget.years
    return years is not None and first <= years[0] and years[1] <= last


def _row(each: Budget) -> Row:
    years = each.years or (0, 0)
    said = str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"
    return (each.key, each.what, said, each.dong, each.spent, each.decision, each.source)


def _lines(told: Iterable[Budget]) -> Iterable[Row]:
    for each in told:
        heads = _heads(each.lines)
        for line in each.lines:
            rest = None if line.spent is None else line.dong - line.spent
            about = (each.key, line.unit, line.under, line.dong, line.spent, rest)
            yield (*about, line.use, int(line.unit in heads))


def _funds(told: Iterable[Budget]) -> Iterable[Row]:
    for each in told:
        yield from _shares(each, "", each.funds)
        for line in each.lines:
            yield from _shares(each, line.unit, line.funds)


def _shares(budget: Budget, unit: str, funds: Iterable[Fund]) -> Iterable[Row]:
    for fund in funds:
        yield (budget.key, budget.what, unit, fund.fund, fund.dong)


def _heads(lines: Iterable[Line]) -> set[str]:
    """The lines that are printed sums of others."""
    return {line.under for line in lines if line.under}


def _by_fund(into: Gathering, told: Iterable[Budget]) -> None:
    """What each fund gives in all, and what of it is known to be paid."""
    found: dict[str, list[Fund]] = {}
    for budget in told:
        for fund in _of_whole(budget):
            found.setdefault(slug(fund.fund), []).append(fund)
    most = sorted(found.values(), key=lambda some: (-_dong(some), some[0].fund))
    rows = ((some[0].fund, _dong(some), _spent(some)) for some in most)
    into.table("by_fund", "fund dong spent", rows)
    for key, some in found.items():
        into.sum(f"money.fund.{key}.planned", "by_fund", "dong", fund=some[0].fund)


def _of_whole(budget: Budget) -> Iterable[Fund]:
    """The funds of the whole; else those of its lines, without lines that are sums of others."""
    if len(budget.funds) == 1 and budget.funds[0].dong == budget.dong:
        return (replace(budget.funds[0], spent=budget.spent),)
    heads = _heads(budget.lines)
    return budget.funds or [
        it for line in budget.lines if line.unit not in heads for it in line.funds
    ]


def _dong(funds: Iterable[Fund]) -> int:
    return sum(fund.dong for fund in funds)


def _spent(funds: Iterable[Fund]) -> int | None:
    """None where nothing is known of any; else what is."""
    known = [fund.spent for fund in funds if fund.spent is not None]
    return sum(known) if known else None


def _figures(into: Gathering, budget: Budget) -> None:
    key = f"money.{budget.key}"
    into.sum(f"{key}.planned", "budgets", "dong", budget=budget.key)
    if budget.spent is not None:
        into.sum(f"{key}.paid", "budgets", "spent", budget=budget.key)
        into.share(f"{key}.paid_share", f"{key}.paid", f"{key}.planned")
    for fund in budget.funds:
        about: About = {"budget": budget.key, "unit": "", "fund": fund.fund}
        into.sum(f"{key}.fund.{slug(fund.fund)}", "funds", "dong", **about)
    if budget.lines:
        into.sum(f"{key}.lines", "lines", "dong", budget=budget.key, printed_sum=0)
        into.sum(f"{key}.lines.paid", "lines", "spent", budget=budget.key, printed_sum=0)
        into.count(f"{key}.lines.count", "lines", budget=budget.key, printed_sum=0)
    for line in budget.lines:
        _of_line(into, key, budget, line)


def _of_line(into: Gathering, key: str, budget: Budget, line: Line) -> None:
    at, where = f"{key}.unit.{slug(line.unit)}", {"budget": budget.key, "unit": line.unit}
    into.sum(f"{at}.planned", "lines", "dong", **where)
    if line.spent is not None:
        into.sum(f"{at}.paid", "lines", "spent", **where)
    for fund in line.funds:
        into.sum(f"{at}.fund.{slug(fund.fund)}", "funds", "dong", **where, fund=fund.fund)


# -- what does not add up --------------------------------------------------------------------------


def _check(into: Gathering, budget: Budget) -> None:
    _check_funds(into, budget, budget.what, budget.dong, budget.funds)
    for line in budget.lines:
        _check_funds(into, budget, line.unit, line.dong, line.funds)
    heads = _heads(budget.lines)
    for line in budget.lines:
        if line.unit in heads:
            _check_head(into, budget, line)
    _check_whole(into, budget, [line for line in budget.lines if line.unit not in heads])
    _check_said(into, budget, [line for line in budget.lines if line.unit not in heads])
    for line in budget.lines:
        if line.unit not in heads:
            _check_paid(into, budget, line)


def _check_funds(
    into: Gathering, budget: Budget, of: str, dong: int, funds: Sequence[Fund]
) -> None:
    """Several funds are to be all of it; a single one only where it nearly is."""
    found = _dong(funds)
    nearly = len(funds) == 1 and abs(dong - found) * _NEAR < dong
    if len(funds) > 1 or nearly:
        _differs(into, "funds", budget, of, dong, found)


def _check_head(into: Gathering, budget: Budget, head: Line) -> None:
    under = [line for line in budget.lines if line.under == head.unit]
    _differs(into, "lines", budget, head.unit, head.dong, sum(line.dong for line in under))
    if head.spent is not None:
        paid = sum(line.spent or 0 for line in under)
        _differs(into, "lines_paid", budget, head.unit, head.spent, paid)
    for fund in head.funds:
        _differs(
            into, "fund_lines", budget, f"{head.unit}, {fund.fund}", fund.dong, _sum(under, fund)
        )


def _check_whole(into: Gathering, budget: Budget, lines: Sequence[Line]) -> None:
    if not lines:
        return
    _differs(into, "lines", budget, budget.what, budget.dong, sum(line.dong for line in lines))
    if budget.spent is not None:
        paid = sum(line.spent or 0 for line in lines)
        _differs(into, "lines_paid", budget, budget.what, budget.spent, paid)
    for fund in budget.funds:
        if found := _sum(lines, fund):
            _differs(into, "fund_lines", budget, fund.fund, fund.dong, found)


def _check_said(into: Gathering, budget: Budget, lines: Sequence[Line]) -> None:
    """What the document's own sentence says of a fund, where its table adds up to something else.

    That sentence's sum of all funds is told too, where it is not the whole.
    """
    said = {fund.fund: reading.million(fund.said) for fund in budget.funds if fund.said}
    for fund in budget.funds:
        told = said.get(fund.fund)
        if told is not None:
            found = _sum(lines, fund) or fund.dong
            _differs(into, "said", budget, fund.fund, told, found)
            others = sum(said.get(each.fund) or each.dong for each in budget.funds)
            _differs(into, "said_whole", budget, budget.what, budget.dong, others)


def _check_paid(into: Gathering, budget: Budget, line: Line) -> None:
    about: About = {"budget": budget.key, "what": line.unit, "told": line.dong}
    if line.spent is not None and line.spent > line.dong:
        into.doubt("overspent", about | {"found": line.spent, "source": budget.source})
    if budget.spent is not None and line.spent is None and line.dong:
        into.doubt("unpaid", about | {"source": budget.source})


def _sum(lines: Iterable[Line], fund: Fund) -> int:
    same = fold(fund.fund)
    return sum(each.dong for line in lines for each in line.funds if fold(each.fund) == same)


def _differs(into: Gathering, kind: str, budget: Budget, what: str, told: int, found: int) -> None:
    if told != found:
        about: About = {"budget": budget.key, "what": what, "told": told}
        into.doubt(f"sum_{kind}", about | {"found": found, "source": budget.source})
