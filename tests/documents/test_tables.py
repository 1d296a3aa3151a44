"""The workbook of an office: what Excel finds in it, read from its own parts."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from bot import judging
from documents import tables
from documents.digest import Cell, Day, Digest, Section
from tests.documents.filled import HOSTILE
from tests.documents.test_digest import DUE, STUCK, TOLD, waiting

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
SERIAL_OF_DUE = "46499"  # days since 30/12/1899


class Opened:
    """A workbook as Excel reads it."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            self.parts = {name: parts.read(name).decode() for name in parts.namelist()}
        shared = ET.fromstring(self.parts.get("xl/sharedStrings.xml", "<x/>"))
        self.strings = ["".join(one.itertext()) for one in shared]
        book = ET.fromstring(self.parts["xl/workbook.xml"])
        self.names = [one.attrib["name"] for one in book.findall("x:sheets/x:sheet", NS)]

    def sheet(self, place: int) -> ET.Element:
        return ET.fromstring(self.parts[f"xl/worksheets/sheet{place}.xml"])

    def cells(self, place: int) -> dict[str, str]:
        """What stands in the cells of a sheet, by their names."""
        found = {}
        for cell in self.sheet(place).iterfind(".//x:c", NS):
            value = cell.findtext("x:v", None, NS)
            if value is not None:
                shared = cell.attrib.get("t") == "s"
                found[cell.attrib["r"]] = self.strings[int(value)] if shared else value
        return found

    def table(self, place: int) -> ET.Element:
        return ET.fromstring(self.parts[f"xl/tables/table{place}.xml"])


def opened(told: Digest) -> Opened:
    return Opened(tables.workbook(told))


def one(*rows: tuple[Cell, ...], columns: tuple[str, ...] = ("Một", "Hai")) -> Digest:
    return replace(TOLD, sections=(Section("Mục", len(rows), columns, rows),))


def test_the_first_sheet_has_the_numbers_with_links_to_their_lists() -> None:
    book = opened(TOLD)
    cells = book.cells(1)

    assert book.names == ["Tổng hợp", "1. Chờ anh chị xem", "2. Kẹt ở giấy"]
    assert (cells["A5"], cells["B5"]) == ("Chờ anh chị xem", "5")
    assert (cells["A6"], cells["B6"]) == ("Kẹt ở giấy", "2")
    links = book.sheet(1).findall(".//x:hyperlink", NS)
    assert [(it.attrib["ref"], it.attrib["location"]) for it in links] == [
        ("A5", "'1. Chờ anh chị xem'!A1"),
        ("A6", "'2. Kẹt ở giấy'!A1"),
    ]


def test_a_list_keeps_the_number_that_it_has_in_the_chat() -> None:
    book = opened(replace(TOLD, sections=(replace(STUCK, place=3),)))

    assert book.names == ["Tổng hợp", "3. Kẹt ở giấy"]
    assert book.cells(1)["A5"] == "3. Kẹt ở giấy"
    assert book.cells(2)["A1"] == "3. Kẹt ở giấy"


def test_each_list_is_a_table_that_can_be_filtered_below_a_header_that_stays() -> None:
    book = opened(TOLD)
    cells, table = book.cells(2), book.table(2)

    assert [cells[at] for at in ("A4", "B4", "C4", "D4")] == list(TOLD.sections[0].columns)
    assert [cells[at] for at in ("A5", "B5", "D5")] == ["Gạo nếp 01", "HTX Bản Liền", "1"]
    assert table.attrib["ref"] == "A4:D9"
    filtered = table.find("x:autoFilter", NS)
    assert filtered is not None
    assert filtered.attrib["ref"] == "A4:D9"
    named = [it.attrib["name"] for it in table.iterfind(".//x:tableColumn", NS)]
    assert named == list(TOLD.sections[0].columns)
    pane = book.sheet(2).find(".//x:pane", NS)
    assert pane is not None
    assert (pane.attrib["ySplit"], pane.attrib["state"]) == ("4", "frozen")


def test_a_sheet_is_printed_on_a4_lying_as_wide_as_the_paper_with_its_header_on_each_page() -> None:
    book = opened(TOLD)

    setup = book.sheet(2).find("x:pageSetup", NS)
    assert setup is not None
    assert (setup.attrib["paperSize"], setup.attrib["orientation"]) == ("9", "landscape")
    assert setup.attrib["fitToHeight"] == "0"
    assert "'1. Chờ anh chị xem'!$4:$4" in book.parts["xl/workbook.xml"]


def test_a_day_is_a_day_that_is_read_as_here() -> None:
    book = opened(one((DUE, "22/04/2027")))

    assert book.cells(2)["A5"] == SERIAL_OF_DUE
    assert 'formatCode="d/m/yyyy"' in book.parts["xl/styles.xml"]


@pytest.mark.parametrize(
    "text",
    ["0912345678", "=1+1", "+84912345678", "-5", "@SUM(A1)", "http://a.vn", "1e5", "2027-04-07"],
)
def test_what_looks_like_something_else_stays_the_text_that_it_is(text: str) -> None:
    book = opened(one((text, None)))

    assert book.cells(2)["A5"] == text
    assert "<f>" not in book.parts["xl/worksheets/sheet2.xml"]
    (link,) = book.sheet(2).findall(".//x:hyperlink", NS)
    assert link.attrib["ref"] == "A3", "the way back to the numbers alone"


def test_a_long_figure_keeps_all_its_signs() -> None:
    cells = opened(one((1234567890123456789, 12_500_000))).cells(2)

    assert (cells["A5"], cells["B5"]) == ("1234567890123456789", "12500000")


def test_a_day_before_those_of_excel_is_a_text() -> None:
    assert opened(one((Day(date(1890, 5, 19)), None))).cells(2)["A5"] == "19/5/1890"


def test_an_empty_list_is_said_to_be_one() -> None:
    book = opened(replace(TOLD, sections=(waiting(0), STUCK)))

    assert book.cells(2)["A5"] == "Không có"
    assert book.cells(1)["B5"] == "0"


def test_a_summary_of_nothing_is_a_workbook_all_the_same() -> None:
    assert opened(replace(TOLD, sections=())).names == ["Tổng hợp"]


def test_sheets_have_names_that_excel_takes() -> None:
    titles = ["Giấy: [a]/b\\c*?", "'trích'", "Rất dài " * 9, "Rất dài " * 9, "", "History"]
    sections = tuple(replace(STUCK, title=title) for title in titles)

    names = opened(replace(TOLD, sections=sections)).names

    assert len({name.casefold() for name in names}) == 7
    assert not any(re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert all(0 < len(name) <= 31 for name in names)


def test_columns_of_one_name_are_told_apart() -> None:
    book = opened(one(("a", "b", "c"), columns=("Ngày", "ngày", "")))

    named = [it.attrib["name"] for it in book.table(2).iterfind(".//x:tableColumn", NS)]
    assert named == ["Ngày", "ngày 2", "3"]


@pytest.mark.parametrize("text", [*HOSTILE.values(), "x" * 40_000])
def test_hostile_text_stays_text(text: str) -> None:
    section = Section(text, 9, (text, text), ((text, 1), (None, DUE)), text)

    book = opened(Digest(text, date(2027, 4, 7), (section,)))

    assert len(book.names) == 2
    assert max(map(len, book.strings)) <= 32_767


def test_a_long_list_is_there_to_its_end() -> None:
    cells = opened(replace(TOLD, sections=(waiting(3000),))).cells(2)

    assert cells["A3004"] == "Gạo nếp 3000"


def test_the_same_summary_makes_the_same_bytes() -> None:
    assert tables.workbook(TOLD) == tables.workbook(TOLD)


def test_the_workbook_is_seen_to_be_one() -> None:
    assert judging.served_type(tables.workbook(TOLD)) == judging.XLSX
