"""An office's .xlsx is read by a hand, cells alone; whatever else it may be is refused."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.registering import BOUNDS
from documents import workbooks
from documents.workbooks import Reason, Refused
from hands.hiring import Hands
from programme.register import Formula, Sheet

Rows = list[list[Any]]


def made(path: Path, rows: Rows, change: Callable[[Any], None] = lambda _: None) -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(path)
    return path


def read(path: Path) -> list[Sheet]:
    return workbooks.sheets(workbooks.open_workbook(path))


def refusal(path: Path) -> Reason:
    with pytest.raises(Refused) as refused:
        workbooks.open_workbook(path)
    return refused.value.reason


@pytest.fixture
def xlsx(tmp_path: Path) -> Path:
    return tmp_path / "sổ.xlsx"


def test_cells_are_what_they_are(xlsx: Path) -> None:
    morning = datetime(2024, 3, 12, 7)  # noqa: DTZ001 - Excel knows no zones
    row = ["Gạo Séng Cù", 3, 3.5, date(2024, 3, 12), morning, None, "0912", None]

    (sheet,) = read(made(xlsx, [row]))

    day = date(2024, 3, 12)
    assert [list(row) for row in sheet.rows] == [["Gạo Séng Cù", 3, 3.5, day, day, None, "0912"]]


def test_what_is_merged_downwards_stands_in_every_row_and_a_title_only_once(xlsx: Path) -> None:
    rows: Rows = [["Sổ", None, None], ["HTX A", "Gạo", 3], [None, "Chè", 4], ["HTX B", "Mật", 3]]

    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    (sheet,) = read(made(xlsx, rows, merge))

    assert [row[0] for row in sheet.rows] == ["Sổ", "HTX A", "HTX A", "HTX B"]
    assert len(sheet.rows[0]) == 1


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|'/c calc'!A0",
        '=HYPERLINK("http://x.vn","Gạo")',
        '=WEBSERVICE("https://x.vn")',
        "='[1]Sheet1'!A1",
        '=DDE("cmd","/c calc","x")',
    ],
)
def test_a_formula_that_reaches_out_is_told_and_never_computed(xlsx: Path, formula: str) -> None:
    (sheet,) = read(made(xlsx, [["Gạo", formula, 3]]))

    assert list(sheet.rows[0]) == ["Gạo", Formula(formula), 3]


def test_a_formula_of_the_sheet_is_only_what_it_showed(xlsx: Path) -> None:
    (sheet,) = read(made(xlsx, [[1, "=A1+1", "=SUM(Bảng[Sao])", "Gạo"]]))

    assert list(sheet.rows[0]) == [1, None, None, "Gạo"]


def test_hidden_sheets_are_left_alone(xlsx: Path) -> None:
    book = Workbook()
    book.active.title = "DS"
    book.create_sheet("Nháp").sheet_state = "hidden"
    book.save(xlsx)

    assert [sheet.name for sheet in read(xlsx)] == ["DS"]


# -- strange files ---------------------------------------------------------------------------------


def parts_of(rows: Rows, tmp_path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(made(tmp_path / "plain.xlsx", rows)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED = OLD + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NOT_XLSX),
        (b"TT;San pham\n1;Gao", Reason.NOT_XLSX),
        (b"%PDF-1.7", Reason.NOT_XLSX),
        (b"PK\x03\x04" + bytes(100), Reason.BROKEN),
        (OLD, Reason.OLD_XLS),
        (LOCKED, Reason.LOCKED),
        (bytes(workbooks.MOST_BYTES + 1), Reason.TOO_BIG),
    ],
    ids=["empty", "csv", "pdf", "cut", "xls", "locked", "big"],
)
def test_what_is_no_xlsx_is_refused_by_its_content(
    xlsx: Path, content: bytes, reason: Reason
) -> None:
    xlsx.write_bytes(content)

    assert refusal(xlsx) == reason


def test_a_file_that_is_gone_is_refused(xlsx: Path) -> None:
    assert refusal(xlsx) == Reason.GONE


def test_a_zip_of_another_kind_is_refused(xlsx: Path) -> None:
    assert refusal(packed(xlsx, {"word/document.xml": b"<x/>"})) == Reason.NOT_XLSX


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(xlsx: Path, tmp_path: Path) -> None:
    parts = parts_of([["Gạo"]], tmp_path)
    parts["xl/media/image1.png"] = bytes(220_000_000)

    assert refusal(packed(xlsx, parts)) == Reason.TOO_BIG


def test_too_many_rows_are_refused_before_they_are_read(xlsx: Path, tmp_path: Path) -> None:
    parts = parts_of([["Gạo"]], tmp_path)
    row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", row * 30_000 + b"</sheetData>"
    )

    assert refusal(packed(xlsx, parts)) == Reason.TOO_MANY_ROWS


def test_entities_are_never_unfolded(xlsx: Path, tmp_path: Path) -> None:
    parts = parts_of([["Gạo"]], tmp_path)
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = laughs + sheet.replace(b"A1", b"&b;")

    assert refusal(packed(xlsx, parts)) == Reason.BROKEN


def test_a_sheet_that_is_no_xml_is_refused(xlsx: Path, tmp_path: Path) -> None:
    parts = parts_of([["Gạo"]], tmp_path)
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row"

    assert refusal(packed(xlsx, parts)) == Reason.BROKEN


# -- by a hand -------------------------------------------------------------------------------------


@pytest.fixture
def hands() -> Iterator[Hands]:
    with closing(Hands(1, BOUNDS, 1.0)) as hired:
        yield hired


def test_a_hand_writes_the_sheets_down_or_says_why_not(
    hands: Hands, xlsx: Path, tmp_path: Path
) -> None:
    task = {"do": "documents.crafts:sheets", "shelf": str(tmp_path), "name": "sheets"}
    made(xlsx, [["Gạo", date(2024, 3, 12)]])

    assert hands.do({**task, "path": str(xlsx)}) == {}
    (sheet,) = workbooks.sheets((tmp_path / "sheets").read_bytes())
    assert list(sheet.rows[0]) == ["Gạo", date(2024, 3, 12)]

    xlsx.write_bytes(OLD)
    assert hands.do({**task, "path": str(xlsx)}) == {"refused": "old_xls"}
