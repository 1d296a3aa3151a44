"""Recognising letters: Tesseract with the Vietnamese language file that lies in letters/."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from papers.pixels import Grey

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI  # type: ignore[import-untyped]  # has none

FOLDER = Path(__file__).parent / "letters"
_AUTOMATIC, _BLOCK = 3, 6  # Tesseract's numbers for the layout of a page
_DOTS = 150


@dataclass(frozen=True, slots=True)
class Text:
    """What was recognised, line by line, and how sure that is, from 0 to 100."""

    lines: tuple[str, ...]
    confidence: float


@cache
def is_there() -> bool:
    """Whether there is a Tesseract; an office may do without, and then papers are not read."""
    try:
        import tesserocr  # noqa: F401, PLC0415 - as below
    except ImportError:
        return False
    return True


def read(page: Grey) -> Text:
    """Read a flat page that is the right way up."""
    with _reader(_AUTOMATIC) as reader:
        _show(reader, page)
        text = reader.GetUTF8Text()
        sure = reader.AllWordConfidences()
    lines = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return Text(lines, float(np.mean(sure)) if sure else 0.0)


def legibility(page: Grey) -> float:
    """How surely there are words on a page, as it lies: 0 for none, 45 for a clear text."""
    with _reader(_BLOCK) as reader:
        _show(reader, page)
        reader.Recognize()
        sure = reader.AllWordConfidences()
    return float(sum(max(0, each - 50) for each in sure)) / max(len(sure), 20)


@contextmanager
def _reader(layout: int) -> "Iterator[PyTessBaseAPI]":
    import tesserocr  # noqa: PLC0415 - 40 MB that only photos need

    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    with tesserocr.PyTessBaseAPI(path=str(FOLDER), lang="vie", psm=layout, oem=1) as reader:
        yield reader


def _show(reader: "PyTessBaseAPI", page: Grey) -> None:
    height, width = page.shape
    reader.SetImageBytes(page.tobytes(), width, height, 1, width)
    reader.SetSourceResolution(_DOTS)
