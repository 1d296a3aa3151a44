"""Opening one stranger's file for the book: its sheets go to the shelf, or it is refused."""

from pathlib import Path

from documents import ledger, photos, sheets, uploads
from documents.sheets import Grade, Opened, Reason, Refused, Sheet
from documents.shelf import Shelf

MOST_BYTES = 40_000_000


def open_file(path: Path, digest: str, grade: Grade, on: Shelf) -> Opened:
    """Open the file, lay its sheets on the shelf and note it; a file that is gone is not noted."""
    try:
        opened = _opened(path, ledger.name(digest, grade), grade, on)
    except FileNotFoundError:
        return Opened(refused=Reason.GONE)
    except MemoryError:
        opened = Opened(refused=Reason.TOO_HEAVY)
    except Refused as refusal:
        opened = Opened(refused=refusal.reason)
    ledger.enter(on, digest, grade, opened)
    return opened


def _opened(path: Path, stem: str, grade: Grade, on: Shelf) -> Opened:
    if path.stat().st_size > MOST_BYTES:
        raise Refused(Reason.TOO_HEAVY)
    content = path.read_bytes()
    if photos.is_photo(content):
        return Opened((_picture(*photos.clean(content, grade), f"{stem}-1.jpg", on),))
    if uploads.is_pdf(content):
        return _document(content, stem, grade, on)
    raise Refused(Reason.STRANGE if content else Reason.EMPTY)


def _picture(content: bytes, size: tuple[int, int], part: str, on: Shelf) -> Sheet:
    on.put(part, content)
    return Sheet(part, None, sheets.lies(*size))


def _document(content: bytes, stem: str, grade: Grade, on: Shelf) -> Opened:
    bare, removed = uploads.clean(content)
    sizes = uploads.sizes(bare)
    if uploads.is_heavy(bare, len(sizes)):
        drawn = enumerate(uploads.pictures(bare, grade), 1)
        found = [_picture(*each, f"{stem}-{number}.jpg", on) for number, each in drawn]
        return Opened(tuple(found), removed)
    part = on.put(f"{stem}.pdf", bare).name
    pages = (Sheet(part, page, sheets.lies(*size)) for page, size in enumerate(sizes))
    return Opened(tuple(pages), removed)
