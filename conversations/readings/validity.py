"""From when and until when a paper is good, as people copy it from the paper."""

import datetime as dt
import re

from conversations.reading import Read, Reading
from conversations.readings.dates import partial_date
from programme.folding import fold

_DAY = re.compile(
    r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{2,4}"
    r"|(?:ngay )?[0-9]{1,2} thang [0-9]{1,2} nam [0-9]{4}"
)
_UNTIL = re.compile(r"\b(?:het|han|den|toi|gia tri|hieu luc|until|to|expires?)\b")
_FROM = re.compile(r"\b(?:cap|ky|tu|lap|issued|from)\b")
_WHOLE = 10  # signs of a day that is known to the day


def validity(text: str, today: dt.date) -> Reading[dict[str, str]]:
    """``issued`` and ``expires`` as ISO days, as far as they are told; always to be read back."""
    said, start = fold(text[:300]), 0
    found: list[tuple[str, str]] = []  # the words before each day, and the day
    for place in _DAY.finditer(said):
        if day := _day(place[0], today):
            found.append((said[start : place.start()], day))
        start = place.end()
    if not found and (day := _day(text[:60], today)):
        found.append((said, day))
    return Read(_told(found, today), sure=False) if found else None


def _day(text: str, today: dt.date) -> str:
    match partial_date(text, today):
        case Read(value) if len(value) == _WHOLE:
            return value
        case _:
            return ""


def _told(found: list[tuple[str, str]], today: dt.date) -> dict[str, str]:
    told: dict[str, str] = {}
    for words, day in found:
        told.setdefault(_which(words, day, told, today), day)
    if len(told) > 1 and told["issued"] > told["expires"]:
        told = {"issued": told["expires"], "expires": told["issued"]}
    return told


def _which(words: str, day: str, told: dict[str, str], today: dt.date) -> str:
    if _FROM.search(words):
        return "issued"
    if _UNTIL.search(words) or "issued" in told or day > today.isoformat():
        return "expires"
    return "issued"
