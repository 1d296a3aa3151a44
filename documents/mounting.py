"""Mounting: pictures and pages of PDFs are laid into the empty frames of the typeset book."""

import io
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf, Rectangle, Stream
from PIL import Image

from documents.sheets import FRAME, Sheet
from documents.shelf import Shelf

_MILLIMETRE = 72 / 25.4
_HUNG = Name("/Hung")  # never by chance: the same book has the same bytes


def mount(pdf: bytes, sheets: Iterable[tuple[int, Sheet]], shelf: Shelf) -> bytes:
    """The book with each sheet in the frame of the page of that number, counted from one."""
    with ExitStack() as open_files, Pdf.open(io.BytesIO(pdf)) as book:
        wall = _Wall(book, shelf, open_files)
        for number, sheet in sheets:
            wall.hang(book.pages[number - 1], sheet)
        return _saved(book)


@dataclass(slots=True)
class _Wall:
    """Where sheets are hung; what hangs in several frames is kept once."""

    book: Pdf
    shelf: Shelf
    open_files: ExitStack
    pictures: dict[str, Object] = field(default_factory=dict)
    documents: dict[str, Pdf] = field(default_factory=dict)

    def hang(self, page: Page, sheet: Sheet) -> None:
        frame = _frame(page)
        if sheet.page is None:
            hung = self._picture(sheet.part)
            drawing = _fitted(frame, int(hung.Width), int(hung.Height))
        else:
            hung = self._page(sheet.part, sheet.page)
            drawing = page.calc_form_xobject_placement(hung, _HUNG, frame)
        page.obj.Resources = _with(page.obj.Resources, hung)
        page.contents_add(drawing, prepend=True)

    def _picture(self, part: str) -> Object:
        if part not in self.pictures:
            self.pictures[part] = _image(self.book, self.shelf.path(part).read_bytes())
        return self.pictures[part]

    def _page(self, part: str, number: int) -> Object:
        page = self._document(part).pages[number]
        return self.book.copy_foreign(page.as_form_xobject())

    def _document(self, part: str) -> Pdf:
        if part not in self.documents:
            opened = self.open_files.enter_context(Pdf.open(self.shelf.path(part)))
            self.documents[part] = opened
        return self.documents[part]


def _image(book: Pdf, jpeg: bytes) -> Object:
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
    return book.make_indirect(
        Stream(
            book,
            jpeg,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=height,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
    )


def _frame(page: Page) -> Rectangle:
    left, low, right, high = (float(side) for side in list(page.mediabox))
    free = {side: width * _MILLIMETRE for side, width in FRAME.items()}
    return Rectangle(
        left + free["left"], low + free["bottom"], right - free["right"], high - free["top"]
    )


def _with(resources: Object, hung: Object) -> Dictionary:
    """A page's own resources; several pages may have shared those that it had."""
    pictures = Dictionary({**dict(resources.get(Name.XObject, Dictionary())), str(_HUNG): hung})
    return Dictionary({**dict(resources), "/XObject": pictures})


def _fitted(frame: Rectangle, width: int, height: int) -> bytes:
    """Draw it as large as the frame lets it be, in the middle of it."""
    scale = min(float(frame.width) / width, float(frame.height) / height)
    wide, high = width * scale, height * scale
    left = float(frame.llx) + (float(frame.width) - wide) / 2
    low = float(frame.lly) + (float(frame.height) - high) / 2
    return f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {low:.3f} cm {_HUNG} Do Q\n".encode()


def _saved(book: Pdf) -> bytes:
    written = io.BytesIO()
    book.save(
        written,
        linearize=True,  # a phone shows the cover before it has the rest
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return written.getvalue()
