"""Charts of a report, where a meeting would look: bars with their figures, as PNG."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from documents import pictures
from documents.report_words import MONEY, million, shown, words
from programme.reports.report import Report, Table

MOST = 14  # rows, as many as a page holds beside its text
_SIGNS = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart, which is that row of its table; what is not known is None."""

    at: int
    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of these columns of a table, beside what stands in the column of their names."""

    name: str
    table: str
    named: str
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def seen(self) -> bool:
        """Whether there is anything to be seen in it: more than one bar, and not all of nothing."""
        values = [value for bar in self.bars for value in bar.values]
        return len(values) > 1 and any(values)


class Drawn(dict[str, Any]):
    """The charts by their names, each drawn when it is asked for, and made of its picture then.

    None where there is nothing to be seen in one; KeyError for a name that none has.
    """

    def __init__(self, report: Report, made: Callable[[bytes], Any] = bytes) -> None:
        super().__init__()
        self._charts = {each.name: each for each in charts(report)}
        self._made = made

    def __missing__(self, name: str) -> Any:
        chart = self._charts[name]
        self[name] = self._made(_drawn(chart)) if chart.seen else None
        return self[name]

    def named(self, layout: str) -> dict[str, Any]:
        """All of them, but drawn those alone that the words of a layout ask for."""
        return {name: self[name] if f"charts.{name}" in layout else None for name in self._charts}


def charts(report: Report) -> tuple[Chart, ...]:
    """Every chart of the report, each row once, of many rows the first."""
    lines = any(row["dong"] for _, row in _rows(report, "lines"))
    return tuple(
        _chart(report, *each)
        for each in (
            ("by_year", "by_year", "year", ("star5", "star4", "star3")),
            ("places", "by_place", "place", ("products", "recognised")),
            ("targets", "targets", "text", ("least", "reached")),
            ("money", *(("lines", "unit") if lines else ("budgets", "what")), ("dong", "spent")),
            ("funds", "by_fund", "fund", ("dong", "spent")),
            ("communes", "by_commune", "commune", ("products",)),
        )
    )


def _chart(report: Report, name: str, table: str, named: str, columns: tuple[str, ...]) -> Chart:
    bars = [
        Bar(at, shown(named, row[named], table) or "", tuple(row[column] for column in columns))
        for at, row in _rows(report, table)
        if _KEPT.get(name, _any)(row)
    ]
    if name in _MOST_FIRST:
        bars.sort(key=lambda bar: -(bar.values[0] or 0))
    return Chart(name, table, named, columns, tuple(bars[:MOST]))


def _any(_row: dict[str, Any]) -> bool:
    return True


_KEPT: dict[str, Callable[[dict[str, Any]], bool]] = {
    "targets": lambda row: bool(row["least"]) and row["reached"] is not None,
    "money": lambda row: bool(row["dong"]) and not row.get("printed_sum"),
}
_MOST_FIRST = frozenset({"places", "money", "communes"})


def _rows(report: Report, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    tables: dict[str, Table] = {table.key: table for table in report.tables}
    if key in tables:
        for at, row in enumerate(tables[key].rows):
            yield at, dict(zip(tables[key].columns, row, strict=True))


def _drawn(chart: Chart) -> bytes:
    said = million if MONEY & set(chart.columns) else str
    rows = [
        {
            "name": bar.name if len(bar.name) <= _SIGNS else f"{bar.name[:_SIGNS].rstrip()}…",
            "values": bar.values,
            "shown": ["" if value is None else said(value) for value in bar.values],
        }
        for bar in chart.bars
    ]
    most = max(value or 0 for bar in chart.bars for value in bar.values)
    told = {**words()["charts"][chart.name], "most": most, "rows": rows}
    return pictures.draw("reports/chart.typ", chart=told)
