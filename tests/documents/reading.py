"""Reading a printed book as its reader does: the text of its pages, and what stands where."""

import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types

INDEX = "Danh mục minh chứng"
SCORES = "Bảng tự chấm điểm"

Span = tuple[int, int]

_LINE = re.compile(r"MC (\d+) (?:(?!MC ).)*?tr\. (\d+)(?:–(\d+))?", re.DOTALL)
_PROOF = re.compile(r"MC (\d+) · tr\. (\d+)(?:–(\d+))?")
_HEAD = re.compile(r"^MC (\d+)\. .*?tờ (\d+)/(\d+)$", re.DOTALL | re.MULTILINE)
_FOOT = re.compile(r"trang (\d+)/(\d+)\s*$")


def texts(pdf: Path) -> list[str]:
    """The text of each page, with plain spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        read = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [text.replace("\u00a0", " ").replace("\r\n", "\n") for text in read]


def numbered(pages: list[str]) -> list[tuple[str, ...]]:
    """What each page says of itself: its number and how many there are."""
    return [found.groups() if (found := _FOOT.search(text)) else () for text in pages]


def index(pages: list[str]) -> dict[int, Span]:
    """Where the index says that each paper stands."""
    return dict(_spans(_LINE, _section(pages, INDEX, SCORES)))


def scores(pages: list[str]) -> list[tuple[int, Span]]:
    """Where the table of points says that its proofs stand, line by line."""
    return _spans(_PROOF, _section(pages, SCORES, "Giấy tờ còn thiếu"))


def standing(pages: list[str]) -> dict[int, Span]:
    """Where each paper does stand, by the heads of the pages."""
    found: dict[int, list[int]] = {}
    for number, text in enumerate(pages, 1):
        if head := _HEAD.search(text):
            found.setdefault(int(head[1]), []).append(number)
            assert int(head[2]) == len(found[int(head[1])])
    return {paper: (at[0], at[-1]) for paper, at in found.items() if _unbroken(at)}


def _unbroken(pages: list[int]) -> bool:
    return pages == list(range(pages[0], pages[-1] + 1))


def _section(pages: list[str], title: str, until: str) -> str:
    """The pages from the one that bears the title to the next section."""
    first = next(place for place, text in enumerate(pages) if text.startswith(title))
    rest = pages[first:]
    ends = (place for place, text in enumerate(rest) if place and text.startswith(until))
    heads = (place for place, text in enumerate(rest) if _HEAD.search(text))
    return "\n".join(rest[: min([*ends, *heads])])


def _spans(line: re.Pattern[str], text: str) -> list[tuple[int, Span]]:
    return [(int(it[1]), (int(it[2]), int(it[3] or it[2]))) for it in line.finditer(text)]
