"""What a file was found to be: the answer of a hand, light enough for whoever asked it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["photo", "pdf", "docx", "strange"]
Refused = Literal["locked", "broken", "too_long", "too_heavy", "empty", "strange"]


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was opened, or why it was not; what was read is a guess."""

    kind: Kind
    refused: Refused | None = None
    faults: tuple[str, ...] = ()  # of a photo, the gravest first (papers/judging.py)
    sheets: int = 0  # a document of Word counts as one
    clean: bool = False  # whether a clean page was written
    number: str | None = None
    issued: date | None = None
    expires: date | None = None
    holder: str | None = None
    address: str | None = None
    confidence: int = 0  # of all that was read, from 0 to 100
    lines: tuple[str, ...] = ()  # the first ones that were read
