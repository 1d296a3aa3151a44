"""Rows of a workbook are as high as what is in them, whatever program opens it."""

import io
import textwrap
from datetime import date

import pytest
from openpyxl import load_workbook

from documents import annex, fitting, national
from documents.report_words import words
from tests.documents.test_reports import made

LONG = "Báo cáo của Uỷ ban nhân dân huyện Mường Khương về kết quả thực hiện Chương trình OCOP"


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        ([], None),
        ([("Gạo", 9), ("", 9)], None),
        ([("Gạo\nnếp", 30)], 30.0),
        ([("Gạo nếp", 4)], 30.0),
        ([("Gạo", 9), ("một hai ba bốn năm", 6)], 75.0),
    ],
)
def test_a_row_has_a_line_for_each_line_of_its_longest_text(
    cells: list[tuple[str, int]], points: float | None
) -> None:
    assert fitting.height(cells) == points


def test_no_row_is_higher_than_a_row_may_be() -> None:
    assert fitting.height([("từ " * 5000, 10)]) == 409.0


def test_a_text_that_wraps_in_the_annex_has_the_room_for_it() -> None:
    book = load_workbook(io.BytesIO(annex.workbook(made("annex"))))

    wrapped = 0
    for sheet in book.worksheets:
        if sheet.title == words()["annex"]["charts"]:
            continue
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                width = int(sheet.column_dimensions[cell.column_letter].width)
                if cell.data_type == "s" and len(cell.value) > width and not cell.hyperlink:
                    needed = 15 * len(textwrap.wrap(cell.value, width))
                    assert (sheet.row_dimensions[cell.row].height or 15) >= needed, cell.value
                    wrapped += 1
    assert wrapped > 3


def test_an_amount_stands_whole_in_its_column() -> None:
    book = load_workbook(io.BytesIO(annex.workbook(made("annex"))))

    amounts = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, int) and cell.value >= 10**6:
                    width = sheet.column_dimensions[cell.column_letter].width
                    assert width > len(f"{cell.value:,}"), (sheet.title, cell.coordinate)
                    amounts += 1
    assert amounts > 1


def test_the_register_has_room_for_long_names() -> None:
    table = national.Table("San_pham", ("Ma", "TenSanPham"), ((1, LONG),))
    (sheet,) = load_workbook(io.BytesIO(national.workbook([table], date(2026, 12, 1)))).worksheets

    assert sheet.row_dimensions[2].height == 45
