"""What stands on a paper, as people copy it: from when until when, its number, its holder."""

import datetime as dt
import re

from conversations.reading import Read, Reading
from conversations.readings.dates import partial_date
from programme.folding import composed, fold

_DAY = re.compile(
    r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{2,4}"
    r"|(?:ngay )?[0-9]{1,2} thang [0-9]{1,2} nam [0-9]{4}"
)
_UNTIL = re.compile(r"\b(?:het|han|den|toi|gia tri|hieu luc|until|to|expires?)\b")
_FROM = re.compile(r"\b(?:cap|ky|tu|lap|issued|from)\b")
_NUMBER = frozenset({"so", "number", "no"})
_HOLDER = ("cap cho", "ten la", "ten", "issued to", "holder")
_ENDS = (",", ";")  # the name of a holder
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


def identity(text: str) -> tuple[dict[str, str], str]:
    """``number`` and ``holder`` as far as they are told after these words, and the rest of it."""
    words = composed(text[:300]).split()
    said = [fold(word).strip(" .:,") for word in words]
    told: dict[str, str] = {}
    for at in reversed(range(len(words) - 1)):
        begins = _begins_holder(said, at)
        if said[at] in _NUMBER and any(sign.isdigit() for sign in words[at + 1]):
            told["number"] = words[at + 1].strip(".,;")
            del words[at : at + 2], said[at : at + 2]
        elif begins and begins < len(words):
            ends = next((n for n in range(begins, len(words)) if words[n].endswith(_ENDS)), None)
            upto = len(words) if ends is None else ends + 1
            told["holder"] = " ".join(words[begins:upto]).strip(" .,;:")
            del words[at:upto], said[at:upto]
    return told, " ".join(words)


def _begins_holder(said: list[str], at: int) -> int:
    """Where the holder's name begins, if the words here lead to it; else 0."""
    for lead in _HOLDER:
        size = len(lead.split())
        if " ".join(said[at : at + size]) == lead:
            return at + size
    return 0


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
