"""Workbooks for an office: the officer's summary as sheets that can be sorted, cut and printed."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import yaml

from documents import fitting
from documents.digest import Cell, Day, Digest, Section, said_day
from documents.drafting import TEMPLATES
from documents.forms.written import written

_AS_GIVEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d/m/yyyy",
}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": "#1d5b3a"},
    "note": {"font_color": "#5a645f"},
    "link": {"font_color": "#1d5b3a", "underline": 1, "valign": "top", "text_wrap": True},
    "back": {"font_color": "#1d5b3a", "underline": 1},
    "head": {"bold": True, "font_color": "white", "bg_color": "#1d5b3a", "text_wrap": True},
    "cell": {"valign": "top", "text_wrap": True},
    "day": {"valign": "top", "align": "left", "num_format": "d/m/yyyy"},
    "figure": {"valign": "top", "num_format": "0"},
}
_HEAD = 3  # the row of the columns' names, below the title, the day and an empty one
_A4 = 9
_NARROW, _WIDE = 10, 45  # signs
_MOST_SIGNS = 32_767  # that Excel takes in a cell
_EXACT = 10**15  # from here on Excel rounds figures
_FIRST_YEAR = 1900  # of Excel's days
_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " ") | {"'": "’"})  # in names of sheets


def workbook(told: Digest) -> bytes:
    """The summary as an .xlsx: a sheet of the numbers, each linked to the sheet of its list.

    Every text stays one, whatever it begins with. The same summary makes the same bytes.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - it has none

    saved = io.BytesIO()
    with Workbook(saved, _AS_GIVEN) as book:
        book.set_properties({"created": datetime.combine(told.on, datetime.min.time())})
        _Desk(book, told).write()
    return saved.getvalue()


def fair_list(told: Digest) -> bytes:
    """Who joins a fair as an .xlsx with one sheet, for its organiser; ``area`` is the fair."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - it has no types

    saved = io.BytesIO()
    with Workbook(saved, _AS_GIVEN) as book:
        book.set_properties({"created": datetime.combine(told.on, datetime.min.time())})
        _Desk(book, told).write_alone()
    return saved.getvalue()


class _Desk:
    """Writes the sheets of one summary."""

    def __init__(self, book: Any, told: Digest) -> None:
        words = yaml.safe_load((TEMPLATES / "tables.yaml").read_text(encoding="utf-8"))
        self._words: dict[str, Any] = words
        self._book, self._told = book, told
        self._looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        on = words["dated"].format(area=written(told.area) or "", day=said_day(told.on))
        self._on = on.strip(", ")

    def write(self) -> None:
        numbered = enumerate(self._told.sections, 1)
        names = [f"{it.place or n}. {_bare(it.title)}" for n, it in numbered]
        sheets = [name[:_SHEET_NAME].strip() for name in names]
        self._first(sheets)
        for name, section in zip(sheets, self._told.sections, strict=True):
            self._list(name, section)

    def write_alone(self) -> None:
        (section,) = self._told.sections
        name = _bare(section.title)[:_SHEET_NAME].strip()
        sheet = self._sheet(name, f"{section.title}: {self._told.area}", section.note)
        self._table(sheet, section.columns, section.rows)

    def _first(self, sheets: list[str]) -> None:
        sheet = self._sheet(self._words["sheet"], self._words["title"], self._on)
        rows = [(it.headed, it.count, it.note) for it in self._told.sections]
        self._table(sheet, self._words["columns"], rows)
        for place, (name, section) in enumerate(zip(sheets, self._told.sections, strict=True), 1):
            shown = _text(section.headed) or name
            sheet.write_url(_HEAD + place, 0, _link(name), self._looks["link"], shown)

    def _list(self, name: str, section: Section) -> None:
        note = f"{self._on}. {section.note}" if section.note else self._on
        sheet = self._sheet(name, section.headed, note)
        back = self._words["back"]
        sheet.write_url(2, 0, _link(self._words["sheet"]), self._looks["back"], back)
        self._table(sheet, section.columns, section.rows)

    def _sheet(self, name: str, title: str, note: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, _text(title), self._looks["title"])
        sheet.write_string(1, 0, _text(note), self._looks["note"])
        sheet.freeze_panes(_HEAD + 1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P/&N")
        return sheet

    def _table(self, sheet: Any, columns: Iterable[str], rows: Iterable[Any]) -> None:
        heads, cells = list(_unlike(columns)), [list(row) for row in rows]
        if not heads:
            return
        widths = list(_widths(heads, cells))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        if not cells:
            for place, head in enumerate(heads):
                sheet.write_string(_HEAD, place, head, self._looks["head"])
            sheet.write_string(_HEAD + 1, 0, self._words["nothing"], self._looks["note"])
            return
        named = [{"header": head, "header_format": self._looks["head"]} for head in heads]
        about = {"columns": named, "style": "Table Style Light 1"}
        sheet.add_table(_HEAD, 0, _HEAD + len(cells), len(heads) - 1, about)
        for down, row in enumerate(cells, _HEAD + 1):
            sheet.set_row(down, fitting.height(zip(map(_text, row), widths, strict=True)))
            for across, cell in enumerate(row):
                self._cell(sheet, (down, across), cell)

    def _cell(self, sheet: Any, at: tuple[int, int], cell: Cell) -> None:
        match cell:
            case Day(day) if day.year >= _FIRST_YEAR:
                midnight = datetime.combine(day, datetime.min.time())
                sheet.write_datetime(*at, midnight, self._looks["day"])
            case int() if abs(cell) < _EXACT:
                sheet.write_number(*at, cell, self._looks["figure"])
            case None:
                sheet.write_blank(*at, None, self._looks["cell"])
            case _:
                sheet.write_string(*at, _text(cell), self._looks["cell"])


def _text(cell: Cell) -> str:
    """The cell as a text that Excel takes."""
    match cell:
        case Day(day):
            said = said_day(day)
        case int():
            said = str(cell)
        case _:
            said = written(cell)
    return (said or "")[:_MOST_SIGNS]


def _bare(title: str) -> str:
    """The title without what no name of a sheet may hold."""
    return " ".join(_text(title).translate(_FORBIDDEN).split())


def _link(sheet: str) -> str:
    return f"internal:'{sheet}'!A1"


def _unlike(columns: Iterable[str]) -> Iterator[str]:
    """The names of the columns, none empty and none twice: a table takes no others."""
    seen: set[str] = set()
    for place, column in enumerate(columns, 1):
        name = " ".join(_text(column).split())[:255] or str(place)
        while name.casefold() in seen:
            name = f"{name} {place}"
        seen.add(name.casefold())
        yield name


def _widths(heads: list[str], rows: list[list[Cell]]) -> Iterator[int]:
    for place, head in enumerate(heads):
        signs = max((len(_text(row[place])) for row in rows), default=0)
        yield min(max(len(head) + 4, signs + 2, _NARROW), _WIDE)
