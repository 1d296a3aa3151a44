"""Splitting: the printed book once more, one PDF a paper, named so that they sort as they stand."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pikepdf
from pikepdf import Pdf


def split(book: Path, files: Iterable[tuple[str, int, int]], day: tuple[int, int, int]) -> bytes:
    """An archive with those pages of the book, from the first to the last of each file."""
    written = io.BytesIO()
    with Pdf.open(book) as pdf, zipfile.ZipFile(written, "w") as archive:
        for name, first, last in files:
            entry = zipfile.ZipInfo(name, (*day, 0, 0, 0))
            archive.writestr(entry, _extract(pdf, first, last))
    return written.getvalue()


def _extract(pdf: Pdf, first: int, last: int) -> bytes:
    written = io.BytesIO()
    with Pdf.new() as part:
        part.pages.extend(pdf.pages[first - 1 : last])
        part.remove_unreferenced_resources()
        objects = pikepdf.ObjectStreamMode.generate
        part.save(written, object_stream_mode=objects, deterministic_id=True)
    return written.getvalue()
