"""Reading what a certificate says: a guess, to be shown and confirmed before it counts."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from papers import cleaning, measuring, recognising
from papers.pixels import Pixels
from papers.recognising import Text

_NUMBER = re.compile(r"(?<!co )\bs[o0]\b\s*[:.;]?\s*(\d+(?:\s?[/-]\s?[0-9a-z&]+)+)")
_DAY = r"(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})\s*(?:[/.-]|nam)\s*(\d{4})"
_ISSUED = re.compile(rf"ngay\s*{_DAY}")
_UNTIL = re.compile(rf"(?:gia tri|hieu luc|het han|thoi han)[^0-9]{{0,40}}{_DAY}")
_HOLDER = re.compile(
    r"(?:cap cho|chung nhan cho|ten co so|ten hop tac xa|ten chu the|ten don vi|don vi gui mau)"
    r"\s*[:.;]\s*(\S.*)"
)


_ADDRESS = re.compile(r"(?:dia chi|tru so(?: chinh)?|noi san xuat)\s*[:.;]\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read; none where nothing was, or nothing that can be."""

    number: str | None
    issued: date | None
    expires: date | None
    holder: str | None
    confidence: float  # of all that was read, from 0 to 100
    address: str | None = None


def facts(page: Pixels) -> Facts:
    """Read the facts from a flat page that is the right way up."""
    return found_in(recognising.read(measuring.grey(cleaning.cleaned(page))))


def found_in(text: Text) -> Facts:
    """Find the facts in what was recognised, or was written as letters from the beginning."""
    lines = [mended(line) for line in text.lines]
    whole = plain(" ".join(lines))
    expires = _day(_UNTIL.search(whole))
    issued = _day(_ISSUED.search(_UNTIL.sub(" ", whole)))
    holder, address = _after(_HOLDER, lines), _after(_ADDRESS, lines)
    return Facts(_number(lines), issued, expires, holder, text.confidence, address)


def mended(line: str) -> str:
    """The line with Đ where another letter stands that looks the same, or both of them do."""
    composed = unicodedata.normalize("NFC", line)
    return composed.replace("\u0110\u00d0", "\u0110").replace("\u00d0", "\u0110")


def _number(lines: list[str]) -> str | None:
    for line in lines:
        if found := _NUMBER.search(plain(line)):
            return "".join(line[slice(*found.span(1))].split())
    return None


def _after(words: re.Pattern[str], lines: list[str]) -> str | None:
    """What stands behind the words on the first line that has them."""
    for line in lines:
        if found := words.search(plain(line)):
            return line[slice(*found.span(1))].strip(" .,;:*_") or None
    return None


def _day(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def plain(text: str) -> str:
    """Small letters without marks, one for each sign, so that places stay the same."""
    return "".join(_letter(sign) for sign in text)


def _letter(sign: str) -> str:
    first = unicodedata.normalize("NFD", sign)[0].lower()
    return "d" if first == "\u0111" else first if len(first) == 1 else sign
