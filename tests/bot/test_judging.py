"""Files are judged by what they are, and hostile ones do no harm."""

import io

import pytest
from PIL import Image

from bot import judging
from bot.judging import Kind, judge
from conversations.events import Strange
from tests.bot.specimens import (
    AAC,
    DOCX,
    HEIC,
    ICS,
    M4A,
    MP3,
    MP4,
    OGG,
    PDF,
    WEBM,
    XLSX,
    office,
    picture,
    png_that_says,
)


@pytest.mark.parametrize(
    ("content", "wanted", "kind", "served"),
    [
        (picture("JPEG"), "photo", "photo", "image/jpeg"),
        (picture("PNG"), "photo", "photo", "image/png"),
        (picture("WEBP"), "photo", "photo", "image/webp"),
        (HEIC, "photo", "photo", "image/heic"),
        (picture("JPEG"), "file", "photo", "image/jpeg"),
        (PDF, "file", "file", "application/pdf"),
        (PDF, "photo", "file", "application/pdf"),
        (DOCX, "file", "file", judging.DOCX),
        (XLSX, "file", "file", judging.XLSX),
        (OGG, "voice", "voice", "audio/ogg"),
        (WEBM, "voice", "voice", "audio/webm"),
        (MP4, "voice", "voice", "audio/mp4"),
        (M4A, "file", "voice", "audio/mp4"),
        (MP3, "file", "voice", "audio/mpeg"),
        (AAC, "voice", "voice", "audio/aac"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, wanted: str, kind: Kind, served: str) -> None:
    """Whoever picks a photo under "Tệp" has sent a photo all the same."""
    assert judge(content, len(content), wanted) == kind
    assert judging.served_type(content) == served


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"just words",
        ICS,
        b"MZ" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"GIF89a" + bytes(200),
        b"#!/bin/sh\nrm -rf /\n",
        MP4,
        WEBM,
        office("a.txt"),
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        DOCX[: len(DOCX) // 2],
        b"PK\x03\x04" + bytes(100),
        picture("JPEG")[:-200],
        picture("PNG")[:300],
        picture("WEBP")[:300],
        b"\xff\xd8\xff\xe0" + bytes(500),
        png_that_says(9_000, 9_000),
        png_that_says(12_000, 12_000),
        png_that_says(40_000, 40_000),
        png_that_says(0, 5),
    ],
)
def test_anything_else_is_a_bad_file(content: bytes) -> None:
    assert judge(content, len(content), "file") == Strange("bad_file")


def test_a_calendar_of_ours_is_served_as_one() -> None:
    """None is taken from anybody: a phone may do what it says without asking."""
    assert judging.served_type(ICS) == "text/calendar"


def test_a_document_that_would_flood_the_memory_is_a_bad_file() -> None:
    flood = office("[Content_Types].xml", "word/document.xml", content=bytes(60 * 1024 * 1024))

    assert len(flood) < 500_000
    assert judge(flood, len(flood), "file") == Strange("bad_file")


def test_an_empty_file_and_one_that_is_too_big_have_their_own_names() -> None:
    assert judge(b"", 0, "photo") == Strange("empty_file")
    assert judge(bytes(judging.MOST_BYTES + 1), 0, "photo") == Strange("big_file")
    assert judge(b"", judging.MOST_BYTES + 1, "photo") == Strange("big_file")


def test_a_picture_of_a_good_telephone_is_taken() -> None:
    """48 megapixels; the bytes are few as it is all one colour."""
    made = io.BytesIO()
    Image.new("RGB", (8000, 6000), "#558844").save(made, "JPEG", quality=30)

    assert judge(made.getvalue(), 0, "photo") == "photo"
