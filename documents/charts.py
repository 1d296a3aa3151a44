"""Charts of a report, where a meeting would look: bars with their figures, as PNG."""

from collections.abc import Iterable, Iterator
from typing import Any

from documents import pictures
from documents.report_words import million, words
from programme.reports.report import Report, Row, Table

_MOST = 14  # rows, as many as a page holds beside its text
_SIGNS = 44


def drawn(report: Report) -> dict[str, bytes | None]:
    """The charts by their names; None where there is nothing to be seen in one."""
    every = {"by_year": _by_year, "targets": _targets, "money": _money}
    return {name: _chart(name, list(rows(report))) for name, rows in every.items()}


def _chart(name: str, rows: list[dict[str, Any]]) -> bytes | None:
    most = max((value or 0 for row in rows for value in row["values"]), default=0)
    if not most:
        return None
    told = {**words()["charts"][name], "most": most, "rows": rows[:_MOST]}
    return pictures.draw("reports/chart.typ", chart=told)


def _by_year(report: Report) -> Iterator[dict[str, Any]]:
    for row in _told(report, "by_year"):
        stars = [int(each or 0) for each in row[1:]]
        yield _row(str(row[0]), stars, map(str, stars))


def _targets(report: Report) -> Iterator[dict[str, Any]]:
    for row in _dicts(report, "targets"):
        if row["least"] and row["reached"] is not None:
            values = [row["least"], row["reached"]]
            yield _row(row["text"], values, map(str, values))


def _money(report: Report) -> Iterator[dict[str, Any]]:
    """By unit, or by budget where none has a table; the most first."""
    lines = [row for row in _dicts(report, "lines") if row["dong"] and not row["printed_sum"]]
    budgets = [row for row in _dicts(report, "budgets") if row["dong"]]
    for row in sorted(lines or budgets, key=lambda each: -each["dong"]):
        values = [row["dong"], row["spent"]]
        shown = ["" if value is None else million(value) for value in values]
        yield _row(row.get("unit") or row["what"], values, shown)


def _row(name: str, values: list[Any], shown: Iterable[str]) -> dict[str, Any]:
    short = name if len(name) <= _SIGNS else f"{name[:_SIGNS].rstrip()}…"
    return {"name": short, "values": values, "shown": list(shown)}


def _dicts(report: Report, key: str) -> Iterator[dict[str, Any]]:
    table = _table(report, key)
    for row in table.rows if table else ():
        yield dict(zip(table.columns if table else (), row, strict=True))


def _told(report: Report, key: str) -> tuple[Row, ...]:
    table = _table(report, key)
    return table.rows if table else ()


def _table(report: Report, key: str) -> Table | None:
    return next((table for table in report.tables if table.key == key), None)
