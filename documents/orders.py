"""Orders: the papers that people have printed, by kind; what stands in each, as JSON and back.

Where a file stands in a paper it is named by its hash: a scan by its ``digest``, whatever its path,
and a photo of a story by ``photo``. Whoever fills the order finds the files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import msgspec

from documents import report_words
from documents.belongings import Belongings
from documents.book import Book
from documents.card import ScoreCard
from documents.digest import Digest
from documents.forms import (
    CouncilMinutes,
    CouncilNotice,
    CouncilOpinions,
    CouncilScores,
    Form,
    OpinionsNotice,
)
from documents.forms.idea_sheet import IdeaSheet
from documents.forms.linkage_contract import LinkageContract
from documents.forms.story import Photo, Story
from documents.qr import QrCode
from documents.reports import ReportPaper
from documents.timeline import Timeline

ENDINGS = ("docx", "pdf")  # of a form: the one to be edited, the other to be read
FORMS: dict[str, Any] = {form.template: form for form in get_args(Form)}
_OTHERS: dict[str, tuple[str, Any]] = {  # how its file ends, and what it is made of
    "book": ("pdf", Book),
    "book_zip": ("zip", Book),
    "card": ("png", ScoreCard),
    "plan": ("png", ScoreCard),
    "timeline": ("png", Timeline),
    "calendar": ("ics", Timeline),
    "digest": ("png", Digest),
    "digest_xlsx": ("xlsx", Digest),
    "fair_list": ("xlsx", Digest),
    "office_code": ("png", QrCode),
    "report_docx": ("docx", ReportPaper),
    "report_pdf": ("pdf", ReportPaper),
    "report_xlsx": ("xlsx", ReportPaper),
    "own_data": ("zip", Belongings),
}
_MODELS: dict[str, Any] = {
    f"{form}.{ending}": model for form, model in FORMS.items() for ending in ENDINGS
} | {kind: model for kind, (_, model) in _OTHERS.items()}
_A_FORM, _A_BOOK, _A_SCAN = 3, 5, 0.1  # seconds; twice what benchmarks/book.py takes

Model = Book | ScoreCard | Timeline | Digest | QrCode | Belongings | ReportPaper | Form


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled order: the name of the paper on the shelf, and how many pages and papers it has.

    ``lost`` is what is not to be seen in it: of a book papers' titles, of a story photos' captions,
    of a report the names that the office's own template asked for in vain, or why it broke.
    """

    part: str
    pages: int = 0
    papers: int = 0
    lost: tuple[str, ...] = ()


def kinds(wanted: str) -> tuple[str, ...]:
    """The orders that a wish makes: "story.pdf" and "book" are one, "story" is one an ending."""
    return tuple(f"{wanted}.{ending}" for ending in ENDINGS) if wanted in FORMS else (wanted,)


def parts(kind: str) -> tuple[str, str]:
    """Which paper the order is for, and how its file ends."""
    paper, _, ending = kind.partition(".")
    return paper, ending or _OTHERS[paper][0]


def written(kind: str, about: Model) -> str:
    """What stands in the paper, as JSON. LookupError or TypeError when it is no such paper."""
    if not isinstance(about, _MODELS[kind]):
        raise TypeError(f"{kind} is made of {_MODELS[kind].__name__}")
    return msgspec.json.encode(about, enc_hook=str).decode()


def read(kind: str, text: str) -> Model:
    """The same back. ValueError when a version of ours wrote it that knew the paper otherwise."""
    about: Model = msgspec.json.decode(text, type=_MODELS[kind], dec_hook=_path)
    return about


def _path(_kind: type, written: str) -> Path:
    return Path(written)


def photo(file: str, caption: str | None = None) -> Photo:
    """A kept photo as it stands in a story that is ordered."""
    return Photo(file.encode(), caption)


def named(photo: Photo) -> str:
    """The hash of a photo in a story that is ordered."""
    return photo.content.decode(errors="replace")


def files(about: Model) -> list[str]:
    """The hashes of the files that stand in the paper, each once."""
    return list(dict.fromkeys(_files(about)))


def _files(about: Model) -> Iterator[str]:
    match about:
        case Book():
            yield from (scan.digest for paper in about.papers for scan in paper.scans)
        case Story():
            yield from map(named, about.photos)
        case Belongings():
            yield from (one.digest for one in about.files)
        case ReportPaper() if about.file:
            yield about.file


def subject(about: Model) -> str:
    """What the paper is about: the product, else whose it is; empty when neither is known."""
    match about:
        case Book():
            return about.product.name
        case ScoreCard() | Timeline():
            return about.product
        case Digest() | QrCode() | Belongings() | ReportPaper():
            return _of_office(about)
        case (
            CouncilMinutes()
            | CouncilNotice()
            | CouncilOpinions()
            | OpinionsNotice()
            | CouncilScores()
        ):
            return about.province or ""
        case IdeaSheet():
            return about.name or about.producer or ""
        case LinkageContract():
            return about.goods or about.seller.name or ""
        case _:
            return about.product or about.producer or ""


def _of_office(about: Digest | QrCode | Belongings | ReportPaper) -> str:
    """Of a summary, a code or a report where it is of; what is somebody's own names nobody."""
    match about:
        case Digest() | QrCode():
            return about.area
        case ReportPaper():
            return report_words.name(about.report)
        case _:
            return ""


def seconds(about: Model) -> int:
    """How long it may take to print, for whoever waits: an estimate."""
    if isinstance(about, Book | Belongings):
        return round(_A_BOOK + _A_SCAN * len(files(about)))
    return _A_FORM
