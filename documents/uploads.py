"""PDFs that people sent: opened with care, emptied of all that acts, fit to be printed."""

import io
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import cast

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it has no types
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from documents import photos
from documents.sheets import Grade, Reason, Refused, Removed

MOST_PAGES = 200
MOST_DRAWING = 30_000_000  # bytes of drawing on all pages, unpacked
HEAVY_PAGE = 400_000  # bytes; a page that weighs more is a scan, and is printed as a picture
_SMALLEST, _LARGEST = 20.0, 14_400.0  # points; the largest is the format's own limit
_A4_HEIGHT = 842
_SEEN = {
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
    *("/Contents", "/Resources", "/Group"),
}


def is_pdf(content: bytes) -> bool:
    """Whether the bytes begin as a PDF; some programs put a few of their own before it."""
    return b"%PDF-" in content[:1024]


def clean(content: bytes) -> tuple[bytes, tuple[Removed, ...]]:
    """The PDF with nothing left but what is seen on its pages, and what was taken out."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            return _emptied(pdf)
    except pikepdf.PasswordError as locked:
        raise Refused(Reason.LOCKED) from locked
    except (Refused, MemoryError):
        raise
    except Exception as bad:  # a broken PDF fails in many ways, and all of them mean this
        raise Refused(Reason.BROKEN) from bad


def sizes(content: bytes) -> list[tuple[float, float]]:
    """How wide and high each page is seen, in points."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [_seen(page) for page in pdf.pages]


def is_heavy(content: bytes, pages: int) -> bool:
    """Whether the pages weigh so much that a phone would feel them."""
    return len(content) > HEAVY_PAGE * pages


def pictures(content: bytes, grade: Grade) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Each page as a picture, as photos are printed."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            for page in document:
                finest = grade.dots / 72 * min(1.0, _A4_HEIGHT / max(page.get_size()))
                drawn = photos.shrunk(page.render(scale=finest).to_pil(), grade)
                yield photos.jpeg(drawn, grade), drawn.size
    except pypdfium2.PdfiumError as bad:
        raise Refused(Reason.BROKEN) from bad


def _emptied(pdf: Pdf) -> tuple[bytes, tuple[Removed, ...]]:
    _check(pdf)
    removed = list(dict.fromkeys(_found(pdf)))
    _flatten(pdf)
    bare = Pdf.new()
    bare.pages.extend(pdf.pages)
    for page in bare.pages:
        _keep_what_is_seen(page)
    written = io.BytesIO()
    bare.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue(), tuple(removed)


def _check(pdf: Pdf) -> None:
    count = len(pdf.pages)
    if not count:
        raise Refused(Reason.EMPTY)
    if count > MOST_PAGES:
        raise Refused(Reason.TOO_LONG)
    if any(_pixels(each) > photos.MOST_PIXELS for each in pdf.objects):
        raise Refused(Reason.TOO_HEAVY)
    room = MOST_DRAWING
    for page in pdf.pages:
        _check_size(page)
        room -= _drawing(page)
        if room < 0:
            raise Refused(Reason.TOO_HEAVY)


def _pixels(thing: Object) -> int:
    """How many pixels it has, if it is a picture."""
    if not isinstance(thing, Stream) or thing.get(Name.Subtype) != Name.Image:
        return 0
    return int(thing.get(Name.Width, 0)) * int(thing.get(Name.Height, 0))


def _check_size(page: Page) -> None:
    if not all(_SMALLEST <= side <= _LARGEST for side in _seen(page)):
        raise Refused(Reason.BROKEN)


def _seen(page: Page) -> tuple[float, float]:
    left, low, right, high = (float(each) for each in cast("list[float]", list(page.cropbox)))
    width, height = abs(right - left), abs(high - low)
    return (height, width) if page.rotation % 180 else (width, height)


def _drawing(page: Page) -> int:
    """The bytes that draw the page, unpacked."""
    contents = page.obj.get(Name.Contents)
    streams = list(contents) if isinstance(contents, Array) else [contents] if contents else []
    return sum(len(stream.read_bytes()) for stream in streams)


def _found(pdf: Pdf) -> Iterator[Removed]:
    if pdf.is_encrypted:
        yield Removed.LOCK
    names = pdf.Root.get(Name.Names, Dictionary())
    if Name.JavaScript in names or Name.OpenAction in pdf.Root or Name.AA in pdf.Root:
        yield Removed.SCRIPTS
    if Name.EmbeddedFiles in names or len(pdf.attachments):
        yield Removed.ATTACHMENTS
    for page in pdf.pages:
        yield from _found_on(page)


def _found_on(page: Page) -> Iterator[Removed]:
    if Name.AA in page.obj:
        yield Removed.SCRIPTS
    for note in page.obj.get(Name.Annots, Array()):
        if note.get(Name.Subtype) == Name.FileAttachment:
            yield Removed.ATTACHMENTS
        elif Name.A in note or Name.AA in note:
            acts = str(note.get(Name.A, Dictionary()).get(Name.S, Name.JavaScript))
            yield Removed.LINKS if acts in {"/URI", "/GoTo"} else Removed.SCRIPTS


def _flatten(pdf: Pdf) -> None:
    """Draw what was filled in and stamped onto the page itself, where it stays."""
    with suppress(pikepdf.PdfError, ValueError):
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")


def _keep_what_is_seen(page: Page) -> None:
    for entry in set(page.obj.keys()) - _SEEN:
        del page.obj[entry]
