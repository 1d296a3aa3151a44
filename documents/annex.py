"""The annex of a report: a workbook with a sheet a list, whose sums are formulas, and a front."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from documents import annex_charts, charts, fitting, report_words
from documents.annex_charts import List
from documents.report_words import MONEY, shown, words
from programme.reports.report import Cell, Report, Table

_AS_GIVEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": "#1d5b3a"},
    "note": {"font_color": "#5a645f"},
    "link": {"font_color": "#1d5b3a", "underline": 1, "valign": "top"},
    "head": {"bold": True, "font_color": "white", "bg_color": "#1d5b3a", "text_wrap": True}
    | {"align": "center", "valign": "vcenter"},
    "cell": {"valign": "top", "text_wrap": True, "indent": 1},
    "figure": {"valign": "top", "num_format": "#,##0"},
    "share": {"valign": "top", "num_format": "0.00%"},
    "total": {"bold": True, "num_format": "#,##0", "top": 1},
    "sum": {"bold": True, "top": 1},
}
_HEAD, _A4 = 3, 9
_NARROW, _WIDE = 9, 42  # signs
_TITLE = 1.4  # signs of a cell that one of a title takes
_MOST_SIGNS = 32_767  # that Excel takes in a cell
_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " ") | {"'": "’"})  # in names of sheets
# Numbers of things, which add up; a year, a set or a star does not.
_COUNTS = MONEY | {"evaluated", "recognised", "failed", "star3", "star4", "star5", "products"}
_COUNTS |= {"count", "joined", "cancelled", "done", "late"}
# Lists of things that are of several kinds, or a part of each other.
_NO_SUM = frozenset({"stated", "budgets", "sessions"})
_WHOLE = 10_000  # hundredths of a percent


def workbook(report: Report) -> bytes:
    """The lists of the report as an .xlsx; each sum is a formula whose value is that of its list.

    Every text stays one, whatever it begins with. The same report makes the same bytes.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - it has none

    saved = io.BytesIO()
    with Workbook(saved, _AS_GIVEN) as book:
        book.set_properties({"created": datetime(report.last, 1, 1, tzinfo=UTC)})
        _Desk(book, report).write()
    return saved.getvalue()


class _Desk:
    """Writes the sheets of one annex."""

    def __init__(self, book: Any, report: Report) -> None:
        self._book, self._report, self._words = book, report, words()["annex"]
        self._looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        self._on = report_words.name(report)
        documents = (table for table in report.tables if table.key == "documents")
        self._titles = {str(row[0]): str(row[1]) for table in documents for row in table.rows}

    def write(self) -> None:
        told = list(_lists(self._report))
        names = [f"{at}. {title}" for at, (title, _, _) in enumerate(told, 1)]
        sheets = [name.translate(_FORBIDDEN)[:_SHEET_NAME].strip() for name in names]
        self._front(sheets, [len(table.rows) for _, table, _ in told])
        self._charts(
            {
                table.key: List(name, _HEAD + 2, _letters(columns))
                for name, (_, table, columns) in zip(sheets, told, strict=True)
            }
        )
        for sheet, (title, table, columns) in zip(sheets, told, strict=True):
            self._list(sheet, title, table, columns)
        self._doubts()

    def _front(self, sheets: list[str], sizes: list[int]) -> None:
        title = f"{self._words['title']}: {self._on}"
        sheet = self._sheet(self._words["front"], title)
        width = max(_WIDE, int(len(title) * _TITLE))
        self._heads(sheet, self._words["front_columns"], [width, _NARROW])
        for at, (name, size) in enumerate(zip(sheets, sizes, strict=True), _HEAD + 1):
            sheet.write_url(at, 0, f"internal:'{name}'!A1", self._looks["link"], name)
            first, last = _HEAD + 2, _HEAD + 1 + size
            counted = f"=COUNT('{name}'!A{first}:A{last})" if size else "=0"
            sheet.write_formula(at, 1, counted, self._looks["figure"], size)

    def _charts(self, lists: dict[str, List]) -> None:
        seen = [it for it in charts.charts(self._report) if it.seen and it.table in lists]
        if seen:
            sheet = self._sheet(self._words["charts"], self._words["charts"])
            annex_charts.draw(self._book, sheet, _HEAD + 1, seen, lists)

    def _list(self, name: str, title: str, table: Table, columns: list[str]) -> None:
        sheet = self._sheet(name, title)
        back = f"internal:'{self._words['front']}'!A1"
        sheet.write_url(1, 0, back, self._looks["link"], self._words["back"])
        cells = [table.column(column) for column in columns]
        said = [
            [self._text(column, cell, table.key) for cell in some]
            for column, some in zip(columns, cells, strict=True)
        ]
        widths = [min(max([_NARROW - 2, *map(len, some)]) + 3, _WIDE) for some in said]
        heads = ["TT", *(self._head(table.key, column) for column in columns)]
        self._heads(sheet, heads, [_NARROW // 2, *widths])
        for down, row in enumerate(zip(*cells, strict=True), _HEAD + 1):
            texts = (some[down - _HEAD - 1] for some in said)
            sheet.set_row(down, fitting.height(zip(texts, widths, strict=True)))
            sheet.write_number(down, 0, down - _HEAD, self._looks["figure"])
            for across, cell in enumerate(row, 1):
                self._cell(sheet, (down, across), columns[across - 1], cell, table.key)
        self._sums(sheet, table, columns)

    def _sums(self, sheet: Any, table: Table, columns: list[str]) -> None:
        """The last row: each column of counts summed, but for lines that are sums themselves."""
        first, last = _HEAD + 2, _HEAD + 1 + len(table.rows)
        if not table.rows or table.key in _NO_SUM or not _COUNTS & set(columns):
            return
        sheet.write_string(last, 1, self._words["total"], self._looks["sum"])
        for across, column in enumerate(columns, 1):
            if column in _COUNTS:
                at = _letters(columns)[column]
                formula, value = _sum(
                    table, column, f"{at}{first}:{at}{last}", columns, first, last
                )
                sheet.write_formula(last, across, formula, self._looks["total"], value)

    def _doubts(self) -> None:
        told = [report_words.doubt(each, self._titles) for each in self._report.doubts]
        if not told:
            return
        sheet = self._sheet(self._words["doubts"], self._words["doubts"])
        columns = words()["columns"]
        widths = (_NARROW // 2, 2 * _WIDE, _WIDE)
        self._heads(sheet, [columns["number"], columns["what"], columns["note"]], widths)
        for at, each in enumerate(told, 1):
            texts = (each["text"] or "", each["note"] or "")
            sheet.set_row(_HEAD + at, fitting.height(zip(texts, widths[1:], strict=True)))
            sheet.write_number(_HEAD + at, 0, at, self._looks["figure"])
            sheet.write_string(_HEAD + at, 1, each["text"] or "", self._looks["cell"])
            sheet.write_string(_HEAD + at, 2, each["note"] or "", self._looks["cell"])

    def _sheet(self, name: str, title: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, title, self._looks["title"])
        sheet.write_string(2, 0, self._on, self._looks["note"])
        sheet.freeze_panes(_HEAD + 1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P/&N")
        return sheet

    def _heads(self, sheet: Any, heads: Sequence[str], widths: Sequence[int]) -> None:
        sheet.set_row(_HEAD, fitting.height(zip(heads, widths, strict=True)))
        for across, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(across, across, width)
            sheet.write_string(_HEAD, across, head, self._looks["head"])

    def _head(self, table: str, column: str) -> str:
        own = words()["names_of_columns"].get(table, {})
        return str(own.get(column) or words()["columns"][column])

    def _cell(self, sheet: Any, at: tuple[int, int], column: str, cell: Cell, table: str) -> None:
        match cell:
            case None | "":
                sheet.write_blank(*at, None, self._looks["cell"])
            case int() if column == "share":
                sheet.write_number(*at, cell / _WHOLE, self._looks["share"])
            case int():
                look = "cell" if column in {"year", "number"} else "figure"
                sheet.write_number(*at, cell, self._looks[look])
            case _:
                sheet.write_string(*at, self._text(column, cell, table), self._looks["cell"])

    def _text(self, column: str, cell: Cell, table: str) -> str:
        if column == "source":
            return self._titles.get(str(cell or ""), str(cell or ""))[:_MOST_SIGNS]
        if isinstance(cell, int) and column in MONEY:
            return f"{cell:,}"
        return (shown(column, cell, table) or "")[:_MOST_SIGNS]


def _lists(report: Report) -> Iterator[tuple[str, Table, list[str]]]:
    """The lists that the report has, each with its title and those columns that are told."""
    tables = {table.key: table for table in report.tables}
    for key, about in words()["sheets"].items():
        if key in tables and tables[key].rows:
            table = tables[key]
            rows = table.met((("part", 0),)) if key == "stated" else table.rows
            yield about["title"], Table(key, table.columns, tuple(rows)), list(about["columns"])


def _sum(
    table: Table, column: str, cells: str, columns: list[str], first: int, last: int
) -> tuple[str, int]:
    """The formula of a sum, and its value: of lines those that no others stand under."""
    letters = _letters(columns)
    if table.key == "lines":
        own = letters["under"], letters["unit"]
        heads = f"COUNTIF(${own[0]}${first}:${own[0]}${last},${own[1]}{first}:${own[1]}{last})=0"
        leaves = table.column(column, (("printed_sum", 0),))
        return f"=SUMPRODUCT(({heads})*{cells})", _total(leaves)
    if table.key == "funds":
        unit = letters["unit"]
        whole = f'({unit}{first}:{unit}{last}="")*{cells}'
        return f"=SUMPRODUCT({whole})", _total(table.column(column, (("unit", ""),)))
    return f"=SUM({cells})", _total(table.column(column))


def _total(cells: list[Cell]) -> int:
    return sum(cell for cell in cells if isinstance(cell, int))


def _letters(columns: list[str]) -> dict[str, str]:
    return {column: chr(ord("B") + at) for at, column in enumerate(columns)}
