"""A paper as it came: what is wrong with it, its clean page, and what can be read on it."""

import base64
import io
import struct
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import msgspec
import pytest
from pikepdf import Encryption
from PIL import Image

from papers import crafts, opening, recognising
from papers.examined import Examined
from tests.bot.specimens import XLSX, office, png_that_says
from tests.documents.samples import A4, document, saved
from tests.papers import photos
from tests.papers.certificates import certificate
from tests.papers.test_opening import HEIC

SENT = Path(__file__).parents[1] / "chats" / "giay"
A4_SIZES = {(1240, 1754), (1754, 1240)}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Examine = Callable[[bytes], Examined]


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return tmp_path / "clean.jpg"


@pytest.fixture
def examine(tmp_path: Path, clean: Path) -> Examine:
    """As a hand does it."""

    def examined(content: bytes) -> Examined:
        path = tmp_path / "sent"
        path.write_bytes(content)
        answer = msgspec.json.encode(crafts.WORKS["examine"](str(path), str(clean)))
        return msgspec.json.decode(answer, type=Examined)

    return examined


def word(*paragraphs: str) -> bytes:
    written = io.BytesIO()
    file = docx.Document()
    for each in paragraphs:
        file.add_paragraph(each)
    file.save(written)
    return written.getvalue()


def main_part(text: bytes) -> bytes:
    return office("[Content_Types].xml", "word/document.xml", content=text)


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        assert picture.format == "JPEG"
        return picture.size


# -- photos ---------------------------------------------------------------------------------------


def test_a_good_photo_is_cleaned_and_read(examine: Examine, clean: Path) -> None:
    found = examine((SENT / "attp.jpg").read_bytes())

    assert (found.kind, found.refused, found.faults, found.sheets) == ("photo", None, (), 1)
    assert found.number == "12/2025/NNPTNT-LC"
    assert (found.issued, found.expires) == (date(2025, 3, 1), date(2028, 3, 1))
    assert found.holder == "HTX Bản Liền"
    assert found.confidence > 80
    assert any("AN TOÀN THỰC" in line for line in found.lines)
    assert found.clean
    assert size(clean) in A4_SIZES


@pytest.mark.parametrize(("name", "fault"), [("attp-mo", "blurred"), ("cat-goc", "cut")])
def test_a_page_with_a_fault_is_cleaned_all_the_same(
    examine: Examine, clean: Path, name: str, fault: str
) -> None:
    found = examine((SENT / f"{name}.jpg").read_bytes())

    assert found.faults == (fault,)
    assert found.clean
    assert size(clean) in A4_SIZES


@pytest.mark.parametrize("kind", ["out_of_focus", "dark", "cat"])
def test_what_cannot_be_read_is_not_guessed(examine: Examine, kind: str) -> None:
    found = examine(photos.photo(kind, 1).content)

    assert found.faults
    assert (found.lines, found.number, found.confidence) == ((), None, 0)


def test_a_picture_of_no_page_keeps_its_colours_on_its_sheet(examine: Examine, clean: Path) -> None:
    """It may be the very photo that is wanted: the product, the workshop."""
    field = Image.new("RGB", (800, 600), (40, 120, 40))
    content = io.BytesIO()
    field.save(content, "JPEG")

    found = examine(content.getvalue())

    assert found.faults == ("no_page",)
    with Image.open(clean) as sheet:
        red, green, blue = sheet.convert("RGB").getpixel((sheet.width // 2, sheet.height // 2))  # type: ignore[misc]
    assert abs(red - 40) + abs(green - 120) + abs(blue - 40) < 20


def test_a_picture_of_an_iphone_is_examined(
    examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our library writes no HEIC, so its decoder gives a page where it gave two halves."""
    page = Image.fromarray(certificate(1).pixels)
    monkeypatch.setattr(opening, "_heif", lambda _content: page)

    found = examine(base64.b64decode(HEIC))

    assert (found.kind, found.faults) == ("photo", ())
    assert found.number == certificate(1).number


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (png_that_says(9000, 9000), "too_heavy"),
        (b"\xff\xd8\xff\xe0 half a photo", "broken"),
        (struct.pack(">I", 24) + b"ftypheic" + bytes(60), "broken"),
    ],
)
def test_a_picture_that_cannot_be_opened_says_why(
    examine: Examine, clean: Path, content: bytes, why: str
) -> None:
    found = examine(content)

    assert (found.kind, found.refused, found.clean) == ("photo", why, False)
    assert not clean.exists()


def test_without_tesseract_a_paper_is_judged_and_cleaned_but_not_read(
    examine: Examine, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office may take it out of its environment; nothing else must miss it."""
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    recognising.is_there.cache_clear()
    try:
        found = examine((SENT / "attp.jpg").read_bytes())
        bad = examine((SENT / "attp-mo.jpg").read_bytes())
    finally:
        recognising.is_there.cache_clear()

    assert (found.faults, found.lines, found.confidence) == ((), (), 0)
    assert bad.faults == ("blurred",)
    assert size(clean) in A4_SIZES


# -- PDFs -----------------------------------------------------------------------------------------


def test_a_pdf_is_counted_and_its_first_pages_are_read(examine: Examine, clean: Path) -> None:
    found = examine((SENT / "cong-bo.pdf").read_bytes())

    assert (found.kind, found.refused, found.sheets, found.clean) == ("pdf", None, 2, False)
    assert found.number == "01/2026/TCB"
    assert found.issued == date(2026, 6, 5)
    assert found.holder == "HTX BẢN LIỀN"
    assert "BẢN TỰ CÔNG BỐ SẢN PHẨM" in found.lines
    assert found.confidence == 100
    assert not clean.exists()


def test_a_scanned_pdf_is_read_from_its_first_page(examine: Examine) -> None:
    shown = certificate(1)
    scan = io.BytesIO()
    page = Image.fromarray(shown.pixels)
    page.rotate(180).save(scan, "PDF", resolution=150, save_all=True, append_images=[page])

    found = examine(scan.getvalue())

    assert (found.sheets, found.number) == (2, shown.number)
    assert 50 < found.confidence < 100


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (saved(document(A4), encryption=Encryption(user="x", owner="y")), "locked"),
        (saved(document(*[A4] * 201)), "too_long"),
        (saved(document()), "broken"),
        (b"%PDF-1.7 and nothing else", "broken"),
    ],
    ids=["locked", "too long", "no pages", "broken"],
)
def test_a_pdf_that_cannot_be_taken_says_why(examine: Examine, content: bytes, why: str) -> None:
    found = examine(content)

    assert (found.kind, found.refused) == ("pdf", why)


def test_a_pdf_with_a_page_as_small_as_a_stamp_is_no_trouble(examine: Examine) -> None:
    found = examine(saved(document((4, 4))))

    assert (found.refused, found.sheets, found.lines) == (None, 1, ())


# -- files of Word --------------------------------------------------------------------------------


def test_a_file_of_word_is_read_by_its_paragraphs(examine: Examine) -> None:
    found = examine(
        word(
            "BẢN CAM KẾT BẢO VỆ MÔI TRƯỜNG",
            "Số:\t07/2026/CK",
            " ",
            "Tên hợp tác xã: HTX Bản Liền",
            "Bản Liền, ngày 2 tháng 9 năm 2026, " + "nói thêm " * 40,
        )
    )

    assert (found.kind, found.refused, found.sheets) == ("docx", None, 1)
    assert (found.number, found.issued) == ("07/2026/CK", date(2026, 9, 2))
    assert found.holder == "HTX Bản Liền"
    assert found.lines[0] == "BẢN CAM KẾT BẢO VỆ MÔI TRƯỜNG"
    assert max(map(len, found.lines)) <= 120


def test_a_long_text_is_read_as_far_as_is_needed(examine: Examine) -> None:
    found = examine(word(*(f"dòng {number}" for number in range(3000))))

    assert len(found.lines) == 60


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (main_part(b"<w:document"), "broken"),
        (main_part(f'<!DOCTYPE a [<!ENTITY b "c">]><a xmlns="{WORD}">&b;</a>'.encode()), "broken"),
        (main_part(f'<?xml version="1.0"?><a xmlns="{WORD}"/>'.encode("utf-16")), "broken"),
        (main_part(b"<a>" + b" " * 20_000_001 + b"</a>"), "too_heavy"),
    ],
    ids=["cut off", "entities", "wide letters", "a flood"],
)
def test_a_trap_in_a_file_of_word_is_not_walked_into(
    examine: Examine, content: bytes, why: str
) -> None:
    found = examine(content)

    assert (found.kind, found.refused) == ("docx", why)


def test_a_locked_part_of_a_file_of_word_is_broken(examine: Examine) -> None:
    content = bytearray(word("x"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo("word/document.xml").header_offset
    content[at + 6] |= 1
    listed = content.rindex(b"word/document.xml") - 46
    content[listed + 8] |= 1

    assert examine(bytes(content)).refused == "broken"


# -- anything else --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"MZ a program", "strange"), (XLSX, "strange"), (b"PK\x03\x04", "strange")],
)
def test_what_is_no_paper_is_strange(examine: Examine, content: bytes, why: str) -> None:
    assert examine(content) == Examined("strange", why)  # type: ignore[arg-type]


def test_a_file_larger_than_any_paper_is_not_opened(examine: Examine) -> None:
    assert examine(bytes(40_000_001)).refused == "too_heavy"
