"""Filling orders: the files that stand in a paper are found, and it is laid on the shelf."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pikepdf

from documents import (
    belongings,
    card,
    drafting,
    ics,
    orders,
    photos,
    press,
    qr,
    reports,
    shelf,
    tables,
)
from documents.belongings import Belongings
from documents.book import Book, Scan
from documents.card import ScoreCard
from documents.digest import Digest, digest
from documents.forms import Form
from documents.forms.story import Story
from documents.orders import Filled
from documents.qr import QrCode
from documents.reports import ReportPaper
from documents.sheets import FINE, Refused
from documents.shelf import Shelf
from documents.timeline import Timeline, timeline

# For each hash the file, and before it the clean page that was made of it; each by hash and path.
Found = Mapping[str, Sequence[tuple[str, str]]]
_NOWHERE = Path("gone")


def fill(kind: str, text: str, found: Found, on: Shelf) -> Filled:
    """Print what was ordered; a book takes up to a minute, and hands of its own."""
    about = orders.read(kind, text)
    match about:
        case Book():
            return _book(kind, _with_scans(about, found), on)
        case ScoreCard() | Timeline() | Digest() | QrCode():
            return Filled(_laid(kind, text, _drawn(kind, about), on))
        case ReportPaper():
            content, lost = reports.printed(kind, _with_template(about, found))
            return Filled(_laid(kind, text, content, on), lost=lost)
        case Belongings():
            return Filled(_laid(kind, text, belongings.pack(about, found), on))
        case Story():
            shown, lost = _with_photos(about, found)
            return replace(_form(kind, text, shown, on), lost=lost)
        case _:
            return _form(kind, text, about, on)


def _drawn(kind: str, about: ScoreCard | Timeline | Digest | QrCode) -> bytes:
    match about:
        case ScoreCard():
            return card.plan(about) if kind == "plan" and about.path else card.card(about)
        case Timeline():
            return ics.calendar(about) if kind == "calendar" else timeline(about)
        case Digest():
            return _digest(kind, about)
        case QrCode():
            return qr.picture(about)


def _digest(kind: str, about: Digest) -> bytes:
    if kind == "fair_list":
        return tables.fair_list(about)
    return tables.workbook(about) if kind == "digest_xlsx" else digest(about)


def _form(kind: str, text: str, form: Form, on: Shelf) -> Filled:
    _, ending = orders.parts(kind)
    drafted = drafting.docx(form) if ending == "docx" else drafting.pdf(form)
    return Filled(_laid(kind, text, drafted, on))


def _laid(kind: str, text: str, content: bytes, on: Shelf) -> str:
    return on.put(f"{shelf.key(kind, text)}.{orders.parts(kind)[1]}", content).name


def _book(kind: str, book: Book, on: Shelf) -> Filled:
    printed = press.print_book(book, on)
    bound = press.split_book(book, printed, on) if kind == "book_zip" else printed.path
    lost = tuple(dict.fromkeys(fault.paper.title for fault in printed.faults))
    with_files = sum(bool(pages.paper.scans) for pages in printed.papers)
    with pikepdf.open(printed.path) as pdf:
        return Filled(bound.name, len(pdf.pages), with_files, lost)


def _with_scans(book: Book, found: Found) -> Book:
    papers = (
        replace(paper, scans=tuple(_scan(scan.digest, found) for scan in paper.scans))
        for paper in book.papers
    )
    return replace(book, papers=tuple(papers))


def _scan(digest: str, found: Found) -> Scan:
    """The clean page before the file itself; a file that is gone is printed as just that."""
    there = (Scan(name, Path(path)) for name, path in found[digest] if Path(path).is_file())
    return next(there, Scan(digest, _NOWHERE))


def _with_template(paper: ReportPaper, found: Found) -> ReportPaper:
    there = (path for _, path in found.get(paper.file, ()) if Path(path).is_file())
    return replace(paper, template=next(there, paper.template))


def _with_photos(story: Story, found: Found) -> tuple[Story, tuple[str, ...]]:
    seen = [replace(it, content=_seen(found[orders.named(it)])) for it in story.photos]
    lost = tuple(it.caption or "" for it in seen if not it.content)
    return replace(story, photos=tuple(it for it in seen if it.content)), lost


def _seen(candidates: Sequence[tuple[str, str]]) -> bytes:
    """The photo itself before the page that was made of it; empty when neither is to be had."""
    for _, path in reversed(candidates):
        with suppress(OSError, Refused):
            return photos.clean(Path(path).read_bytes(), FINE)[0]
    return b""
