"""What a file became when it was opened: sheets for the book, or the reason why it was refused."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

# What a frame leaves free of its page, in millimetres; more on the left, where books are bound.
FRAME = {"left": 16, "right": 10, "top": 20, "bottom": 14}


@dataclass(frozen=True, slots=True)
class Grade:
    """How fine a picture is kept: dots an inch on the printed page, and the quality of its JPEG."""

    name: str
    dots: int
    quality: int


FINE = Grade("fine", 150, 72)
SMALL = Grade("small", 130, 60)  # 300 photos stay below the 50 MB that Telegram lets a bot send


class Reason(StrEnum):
    """Why a file cannot be printed; each is a key of the words for it."""

    LOCKED = "locked"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    EMPTY = "empty"
    STRANGE = "strange"
    GONE = "gone"


class Removed(StrEnum):
    """What was taken out of a PDF before it was printed."""

    SCRIPTS = "scripts"
    ATTACHMENTS = "attachments"
    LINKS = "links"
    LOCK = "lock"


class Refused(Exception):
    """The file cannot be printed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the book: a picture, or a page of a PDF, and whether it lies on its side."""

    part: str
    page: int | None
    lies: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What one file became."""

    sheets: tuple[Sheet, ...] = ()
    removed: tuple[Removed, ...] = ()
    refused: Reason | None = None

    def written(self) -> bytes:
        """As it lies on the shelf."""
        return json.dumps(asdict(self)).encode()


def read(written: bytes) -> Opened:
    """As it was written."""
    raw = json.loads(written)
    return Opened(
        tuple(Sheet(**sheet) for sheet in raw["sheets"]),
        tuple(Removed(each) for each in raw["removed"]),
        Reason(raw["refused"]) if raw["refused"] else None,
    )


def lies(width: float, height: float) -> bool:
    """Whether a page so wide and high is better read on its side."""
    return width > height * 1.1
