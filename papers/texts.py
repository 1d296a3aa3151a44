"""Texts of documents that were written on a computer: the first pages of a PDF, a file of Word."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree as ET

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it has no types
from pypdfium2 import raw

from papers.examined import Refused
from papers.opening import LONGEST
from papers.pixels import Pixels
from papers.recognising import Text

MOST_PAGES = 200
MOST_OF_WORD = 20_000_000  # bytes of its text, unpacked
MOST_LINES = 400
_PAGES = 2  # that are read
_FEWEST = 40  # letters of a page; one with fewer is a picture of a page
_DOTS = 150  # an inch
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN_PART = "word/document.xml"
# An archive that is cut off, locked, packed in a way of its own, or not what it says.
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, SyntaxError)


class NotRead(Exception):
    """A document that nobody can read, and why."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why)
        self.why: Refused = why


@dataclass(frozen=True, slots=True)
class Document:
    """A document of so many sheets: its text, or its first page as a picture."""

    sheets: int
    text: Text
    picture: Pixels | None = None


def pdf(content: bytes) -> Document:
    """Read the first pages of a PDF; raises NotRead."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            if len(document) > MOST_PAGES:
                raise NotRead("too_long")
            lines = list(islice(_lines(document), MOST_LINES))
            scanned = sum(sign.isalpha() for line in lines for sign in line) < _FEWEST
            picture = _drawn(document[0]) if scanned else None
            return Document(len(document), Text(tuple(lines), 100.0), picture)
    except pypdfium2.PdfiumError as bad:
        # Of a document without pages PDFium tells what was wrong with the one before.
        locked = bad.err_code == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in content
        raise NotRead("locked" if locked else "broken") from bad


def word(content: bytes) -> Document:
    """Read the paragraphs of a file of Word; raises NotRead."""
    try:
        lines = (_squeezed(text) for text in _paragraphs(_main_part(content)))
        return Document(1, Text(tuple(islice(filter(None, lines), MOST_LINES)), 100.0))
    except _BROKEN as bad:
        raise NotRead("broken") from bad


def is_word(content: bytes) -> bool:
    """Whether it is an archive with the main part of a file of Word."""
    try:
        return _MAIN_PART in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # a newer zip than zipfile reads
        return False


def _lines(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(min(_PAGES, len(document))):
        with closing(document[number].get_textpage()) as page:
            lines = page.get_text_bounded().splitlines()
        yield from filter(None, map(_squeezed, lines))


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _drawn(page: pypdfium2.PdfPage) -> Pixels:
    scale = min(_DOTS / 72, LONGEST / max(page.get_size()))
    return np.asarray(page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB"))


def _main_part(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_MAIN_PART) as part:
        found = part.read(MOST_OF_WORD + 1)
    if len(found) > MOST_OF_WORD:
        raise NotRead("too_heavy")
    if b"<!DOCTYPE" in found or b"\0" in found:  # Word writes neither, and both can be traps
        raise NotRead("broken")
    return found


def _paragraphs(main_part: bytes) -> Iterator[str]:
    for paragraph in ET.fromstring(main_part).iter(f"{_WORD}p"):  # noqa: S314 - without a DOCTYPE
        yield "".join(_written(each) for each in paragraph.iter())


def _written(element: ET.Element) -> str:
    if element.tag == f"{_WORD}t":
        return element.text or ""
    return " " if element.tag in {f"{_WORD}tab", f"{_WORD}br"} else ""
