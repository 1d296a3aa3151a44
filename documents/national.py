"""The register in the field names of the ministry's data standards, as .xlsx, .csv and .json.

PTNT_OCOP is of QĐ 5277, DanhGiaSanPhamOCOP of QĐ 5333 (where "thoigGianDanhGia" is spelt so).
DoanhThuNam is in đồng, which is uncertain: no unit was found in what we read of that decision.
Beside them stands the register as offices keep it, which ``./run bot register import`` reads again.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents import fitting

Cell = str | int | None

PRODUCTS = (
    *("MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham"),
    *("XepHang", "ChuTheSXKD", "DoanhThuNam", "TrangThai"),
)
EVALUATIONS = (
    *("maDanhGia", "maSanPham", "tenDanhGia", "thangDiem", "coQuanThucHien"),
    *("thoigGianDanhGia", "ketQuaXepLoai"),
)
_AS_GIVEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD = {"bold": True, "font_color": "white", "bg_color": "#1d5b3a", "text_wrap": True}
_CELL = {"valign": "top", "text_wrap": True}
_NARROW, _WIDE = 8, 45  # signs
_MOST_SIGNS = 32_767  # that Excel takes in a cell
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # with these Excel takes a text of a .csv for a formula


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name, with its heads and rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(tables: Sequence[Table], made_on: date) -> bytes:
    """An .xlsx with a sheet a table, whose heads are its first row; every text stays one."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - it has none

    saved = io.BytesIO()
    with Workbook(saved, _AS_GIVEN) as book:
        book.set_properties({"created": _midnight(made_on)})
        head, cell = book.add_format(_HEAD), book.add_format(_CELL)
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            widths = [_width(table, at) for at in range(len(table.heads))]
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
            for at, (title, width) in enumerate(zip(table.heads, widths, strict=True)):
                sheet.set_column(at, at, width)
                sheet.write_string(0, at, title, head)
            for down, row in enumerate(table.rows, 1):
                texts = (str(value or "") for value in row)
                sheet.set_row(down, fitting.height(zip(texts, widths, strict=True)))
                for at, value in enumerate(row):
                    _write(sheet, (down, at), value, cell)
    return saved.getvalue()


def _midnight(day: date) -> object:
    from datetime import datetime  # noqa: PLC0415 - only what Excel calls a day

    return datetime.combine(day, datetime.min.time())


def _width(table: Table, at: int) -> int:
    longest = max((len(str(row[at] or "")) for row in table.rows), default=0)
    return min(max(len(table.heads[at]) + 2, longest + 1, _NARROW), _WIDE)


def _write(sheet: object, at: tuple[int, int], value: Cell, look: object) -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, look)  # type: ignore[attr-defined]  # xlsxwriter has no types
    elif isinstance(value, int):
        sheet.write_number(*at, value, look)  # type: ignore[attr-defined]  # as above
    else:
        sheet.write_string(*at, value[:_MOST_SIGNS], look)  # type: ignore[attr-defined]  # as above


def comma_separated(table: Table) -> bytes:
    """A .csv that Excel reads with its marks; before what it took for a formula stands a '."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.heads)
    writer.writerows([[_harmless(value) for value in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig")


def _harmless(value: Cell) -> Cell:
    risky = isinstance(value, str) and value.startswith(_ACTIVE)
    return f"'{value}" if risky else value


def as_json(tables: Sequence[Table]) -> bytes:
    """All tables by name, each a list of rows by their field names."""
    told = {it.name: [dict(zip(it.heads, row, strict=True)) for row in it.rows] for it in tables}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
