"""The archive of what is kept of a person: to read, to take elsewhere, and their files."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest

from documents import belongings, orders
from documents.belongings import Belongings, Sent

ROWS: dict[str, Any] = {
    "producers": [{"name": "HTX Bản Liền", "kind": "cooperative", "phone": "0982345671"}],
    "outbox": [{"sent_at": "2026-11-30 02:00:00+00:00", "text": "#panic() *đậm* $x$ <b>"}],
    "steps": [{"value": {"a": 1}}],
    "tables_of_tomorrow": [{"what": "mới"}],
}
RECORD = {
    "rows": ROWS,
    "looks": [{"day": "2026-11-29", "role": "commune", "area": "xã Bản Liền",
               "deed": "read_paper", "kind": "paper"}],
    "kept": [{"id": "dossiers", "law": "QD26"}],
    "sources": {"QD26": "Quyết định 26/2026/QĐ-TTg"},
}  # fmt: skip
JPEG, PDF = Sent("a" * 64, "image/jpeg"), Sent("b" * 64, "application/pdf")


def about(*files: Sent, **more: Any) -> Belongings:
    return Belongings(date(2026, 11, 30), json.dumps(RECORD | more), files)


def opened(given: Belongings, found: dict[str, list[tuple[str, str]]]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(belongings.pack(given, found)))


def text(archive: zipfile.ZipFile) -> str:
    pdf = pypdfium2.PdfDocument(archive.read("du-lieu-cua-toi.pdf"))
    read = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return read.replace("\r\n", "\n")


def test_it_is_read_in_words_and_words_of_people_are_never_markup() -> None:
    read = text(opened(about(), {}))

    assert "hợp tác xã" in read
    assert "0982345671" in read
    assert "30/11/2026" in read
    assert "#panic() *đậm* $x$ <b>" in read
    assert "29/11/2026 · cán bộ xã Bản Liền · xem giấy" in read
    assert "Quyết định 26/2026/QĐ-TTg" in read


def test_all_of_it_is_there_for_a_computer_also_what_is_not_read_in_words() -> None:
    told = json.loads(opened(about(), {}).read("du-lieu-cua-toi.json"))

    assert told["rows"] == ROWS
    assert told["made_on"] == "2026-11-30"


@pytest.fixture
def found(tmp_path: Path) -> dict[str, list[tuple[str, str]]]:
    for name, size in (("photo", 600), ("clean", 100), ("pdf", 300)):
        (tmp_path / name).write_bytes(name.encode() * size)
    return {
        JPEG.digest: [("c" * 64, str(tmp_path / "clean")), (JPEG.digest, str(tmp_path / "photo"))],
        PDF.digest: [(PDF.digest, str(tmp_path / "pdf"))],
    }


def test_the_files_that_were_sent_come_as_they_were_sent(
    found: dict[str, list[tuple[str, str]]],
) -> None:
    archive = opened(about(JPEG, PDF), found)

    names = [name for name in archive.namelist() if name.startswith("giay-to/")]
    assert names == ["giay-to/001-aaaaaaaa.jpg", "giay-to/002-bbbbbbbb.pdf"]
    assert archive.read(names[0]).startswith(b"photophoto")


def test_where_that_is_too_much_clean_pages_come_and_what_is_left_out_is_named(
    found: dict[str, list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram takes no more from a bot; nothing may be lost without a word."""
    monkeypatch.setattr(belongings, "MOST_BYTES", 600)

    archive = opened(about(JPEG, PDF), found)

    told = json.loads(archive.read("du-lieu-cua-toi.json"))
    assert archive.read("giay-to/001-aaaaaaaa.jpg").startswith(b"cleanclean")
    assert told["left_out"] == [PDF.digest]
    assert "chưa gói được" in text(archive)


def test_a_file_that_is_gone_is_named_too() -> None:
    told = json.loads(opened(about(JPEG), {}).read("du-lieu-cua-toi.json"))

    assert told["left_out"] == [JPEG.digest]


def test_an_order_for_it_is_the_same_after_it_was_written_down() -> None:
    given = about(JPEG)

    assert orders.read("own_data", orders.written("own_data", given)) == given
    assert orders.files(given) == [JPEG.digest]
