"""Transcripts: what was said by whom and when, in a form that an officer can read.

# a comment                     = 2026-11-23 08:00    the clock is set
> typed on the main phone       ~ 20 giây, 3 phút, 2 giờ, 400 ngày    time goes by
>> typed in the same breath, without seeing the answer
con> typed on another phone     > [ảnh] [tệp] [ghi âm] [nhãn dán] [vị trí] [bấm …]
> [ảnh attp]    the file giay/attp.* beside the transcript is sent, as [tệp …] sends a document
< a letter, with its further lines behind "  " and its choices as "  1. …"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from programme.folding import fold

VIETNAM = timezone(timedelta(hours=7))
_LINE = re.compile(r"^([^\W\d_][\w-]*)?(<|>>?) ?(.*)$")
_UNITS = {"giay": 1, "phut": 60, "gio": 3600, "ngay": 86400}


@dataclass(frozen=True, slots=True)
class Said:
    """A person did something on their phone."""

    phone: str
    text: str
    blindly: bool = False  # in the same breath as what was said before, without seeing an answer


@dataclass(frozen=True, slots=True)
class Passed:
    """Time went by."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class Set:
    """The clock was set."""

    now: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A comment or an empty line, printed as it is."""

    line: str


Entry = Said | Passed | Set | Kept


def read(text: str) -> Iterator[tuple[Entry, str]]:
    """What people do in the transcript, each with its line; letters are left out, they are made."""
    for line in text.splitlines():
        if line.startswith("~"):
            yield Passed(_time(line[1:])), line
        elif line.startswith("="):
            yield (
                Set(datetime.strptime(line[1:].strip(), "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)),
                line,
            )
        elif line.startswith("#") or not line.strip():
            yield Kept(line), line
        elif (found := _LINE.match(line)) and found[2] != "<":
            text = found[3].replace("\\n", "\n")
            yield Said(found[1] or "", text, found[2] == ">>"), line
        elif not line.startswith("  ") and not (found and found[2] == "<"):
            raise ValueError(f"not a line of a transcript: {line}")


def _time(text: str) -> timedelta:
    number, _, unit = fold(text).partition(" ")
    return timedelta(seconds=int(number) * _UNITS[unit])
