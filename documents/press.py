"""The press: a book becomes one PDF; what was printed before and has not changed is used again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path

from documents import ledger, manuscript, naming, sheets, shelf
from documents.book import Book, Paper, Scan
from documents.manuscript import Manuscript
from documents.sheets import Grade, Opened, Reason, Sheet
from documents.shelf import Shelf
from hands import hiring
from hands.hiring import Bounds

OPENING = Bounds(megabytes=600, seconds=30)
PRINTING = Bounds(megabytes=900, seconds=120)
MANY_FILES = 150  # from here on pictures are kept smaller, or no channel would carry the book
_HANDS = 2
_TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "documents"
_RECIPE = "1"  # another one when the same manuscript is printed in another way
_MADE_BY = ("typst", "pikepdf", "fontpkg-be-vietnam-pro")


class PressFell(RuntimeError):
    """The press fell over a book though each of its files could be opened."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that could not be printed; a page in its place says so."""

    paper: Paper
    scan: Scan
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the book on which a paper stands."""

    paper: Paper
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The printed book: where it lies, where its papers stand, and what could not be printed."""

    path: Path
    papers: tuple[Pages, ...]
    faults: tuple[Fault, ...]
    newly_opened: int


def examine(scan: Scan, on: Shelf) -> Opened:
    """What the file would become in a book; asked when it is received, to refuse it in time."""
    opened, _ = _opened([scan], sheets.FINE, on)
    return opened[scan.digest]


def print_book(book: Book, on: Shelf) -> Printed:
    """Print the book onto the shelf; the same book makes the same bytes, printed before or not.

    It takes seconds: call it from a thread of its own.
    """
    scans = [scan for paper in book.papers for scan in paper.scans]
    grade = sheets.SMALL if len(scans) >= MANY_FILES else sheets.FINE
    opened, newly_opened = _opened(scans, grade, on)
    written, frames = manuscript.written(book, opened)
    name = _name(written, frames)
    if not (on.has(f"{name}.pdf") and on.has(f"{name}.json")):
        _print(name, written, frames, on)
    places = json.loads(on.path(f"{name}.json").read_bytes())
    papers = tuple(_pages(book, places))
    return Printed(on.path(f"{name}.pdf"), papers, tuple(_faults(book, opened)), newly_opened)


def split_book(book: Book, printed: Printed, on: Shelf) -> Path:
    """The printed book as an archive with one PDF a paper, for software that takes them singly."""
    files = [
        (
            naming.file_name(order, book.in_order(pages.paper.serves), pages.paper.title),
            pages.first,
            pages.last,
        )
        for order, pages in enumerate(printed.papers, 1)
        if pages.paper.scans
    ]
    stem = shelf.key(printed.path.name, repr(files))
    task = {"book": printed.path.name, "name": f"{stem}.zip", "files": files}
    if not on.has(f"{stem}.zip"):
        day = (book.printed_on.year, book.printed_on.month, book.printed_on.day)
        _press({"do": "documents.crafts:split", "shelf": str(on.folder), "day": day, **task})
    return on.path(f"{stem}.zip")


def _opened(scans: Sequence[Scan], grade: Grade, on: Shelf) -> tuple[dict[str, Opened], int]:
    found = {scan.digest: ledger.known(on, scan.digest, grade) for scan in scans}
    new = {scan.digest: scan for scan in scans if not found[scan.digest]}
    tasks = [
        {
            "do": "documents.crafts:open",
            "shelf": str(on.folder),
            "path": str(scan.path),
            "digest": scan.digest,
            "grade": astuple(grade),
        }
        for scan in new.values()
    ]
    answers = hiring.do_all(tasks, _HANDS, OPENING)
    fallen = Opened(refused=Reason.TOO_HEAVY)
    opened = (sheets.read(answer["opened"]) if answer else fallen for answer in answers)
    known = {digest: each for digest, each in found.items() if each}
    return known | dict(zip(new, opened, strict=True)), len(new)


def _print(name: str, written: Manuscript, frames: list[Sheet], on: Shelf) -> None:
    task = {
        "do": "documents.crafts:print",
        "shelf": str(on.folder),
        "name": name,
        "manuscript": written,
        "frames": [astuple(sheet) for sheet in frames],
    }
    _press(task)


def _press(task: hiring.Task) -> None:
    if hiring.do_all([task], 1, PRINTING) == [None]:
        raise PressFell(task["name"])


def _name(written: Manuscript, frames: list[Sheet]) -> str:
    words = (path.read_text(encoding="utf-8") for path in sorted(_TEMPLATES.glob("*.typ")))
    made_by = (version(each) for each in _MADE_BY)
    return shelf.key(json.dumps(written), repr(frames), *words, _RECIPE, *made_by)


def _pages(book: Book, places: list[tuple[int, int]]) -> Iterator[Pages]:
    in_order = (paper for _, papers in book.chapters for paper in papers)
    for number, paper in enumerate(in_order, 1):
        pages = [page for order, page in places if order == number]
        yield Pages(paper, pages[0], pages[-1])


def _faults(book: Book, opened: Mapping[str, Opened]) -> Iterator[Fault]:
    for _, papers in book.chapters:
        for paper in papers:
            for scan in paper.scans:
                if refused := opened[scan.digest].refused:
                    yield Fault(paper, scan, refused)
