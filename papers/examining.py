"""Examining a paper that somebody sent: judged, cleaned for print, and read as far as one can."""

from pathlib import Path

from papers import cleaning, judging, measuring, opening, reading, recognising, texts
from papers.examined import Examined, Kind, Refused
from papers.judging import Judgement
from papers.opening import NotAPicture, TooLarge
from papers.pixels import Pixels
from papers.recognising import Text
from papers.texts import Document, NotRead

MOST_BYTES = 40_000_000
MOST_LINES, LONGEST_LINE = 60, 120
LONGEST_NUMBER = 60
_NOT_READ = {"no_page", "dark", "blurred"}  # what a photo with these faults says is chance
_NO_TEXT = Text((), 0.0)


def examine(path: Path, clean: Path) -> Examined:
    """Open the file; a photo's clean page is written where it is wanted."""
    if path.stat().st_size > MOST_BYTES:
        return Examined("strange", "too_heavy")
    content = path.read_bytes()
    kind = _kind(content)
    try:
        if kind == "photo":
            return _photo(content, clean)
        if kind == "strange":
            return Examined(kind, "strange" if content else "empty")
        return _document(kind, texts.pdf(content) if kind == "pdf" else texts.word(content))
    except (NotAPicture, NotRead, MemoryError) as trouble:
        return Examined(kind, _why(trouble))


def _kind(content: bytes) -> Kind:
    if opening.is_photo(content):
        return "photo"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return "docx" if texts.is_word(content) else "strange"


def _why(trouble: Exception) -> Refused:
    if isinstance(trouble, NotRead):
        return trouble.why
    return "too_heavy" if isinstance(trouble, TooLarge | MemoryError) else "broken"


def _photo(content: bytes, clean: Path) -> Examined:
    picture = opening.opened(content)
    judgement = judging.judge(picture)
    if "no_page" in judgement.faults:
        clean.write_bytes(cleaning.mounted(picture))
        return Examined("photo", None, judgement.faults, 1, clean=True)
    page = cleaning.cleaned(cleaning.straightened(picture, judgement.corners))
    clean.write_bytes(cleaning.mounted(page))
    return _told("photo", judgement.faults, _recognised(page, judgement), clean=True)


def _recognised(page: Pixels, judgement: Judgement) -> Text:
    return _NO_TEXT if _NOT_READ & set(judgement.faults) else _read(page)


def _read(page: Pixels) -> Text:
    return recognising.read(measuring.grey(page)) if recognising.is_there() else _NO_TEXT


def _document(kind: Kind, found: Document) -> Examined:
    text = found.text
    if found.picture is not None and min(found.picture.shape[:2]) >= judging.LEAST_SIDE:
        text = _read(cleaning.cleaned(cleaning.straightened(found.picture, None)))
    return _told(kind, (), text, found.sheets)


def _told(
    kind: Kind, faults: tuple[str, ...], text: Text, sheets: int = 1, *, clean: bool = False
) -> Examined:
    facts = reading.found_in(text)
    return Examined(
        kind=kind,
        faults=faults,
        sheets=sheets,
        clean=clean,
        number=facts.number and facts.number[:LONGEST_NUMBER],
        issued=facts.issued,
        expires=facts.expires,
        holder=facts.holder and facts.holder[:LONGEST_LINE],
        address=facts.address and facts.address[:LONGEST_LINE],
        confidence=round(text.confidence),
        lines=tuple(reading.mended(line)[:LONGEST_LINE] for line in text.lines[:MOST_LINES]),
    )
