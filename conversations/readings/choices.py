"""One or several of a few options: by number, by word, without marks, with a typo."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from conversations.reading import Read, Reading, Unclear
from conversations.readings.around import convert, settle
from conversations.readings.options import (
    Names,
    Option,
    core,
    mentioned,
    names,
    normal,
    opening,
    position,
    resembling,
)
from conversations.readings.plain import plain
from conversations.readings.telex import untelex

__all__ = ["Option", "choice", "choices"]

_MOST_OFFERED = 4
_PREFIX, _SURE_PREFIX = 2, 3  # letters of a beginning that is a guess, and that is enough

_ALL = frozenset(
    ("tat ca", "het", "tat", "all", "both", "toan bo", "du ca", "du het", "co het", "co ca", "ca")
)
_NONE = re.compile(
    r"(?:khong|chua|chang)(?: he)?(?: co| chon| dung| phai| thay)?"
    r"(?: (?:cai|giay|to|loai|thu|mon|gi|nao|ca|het|dau|ra|san|pham))*|none(?: of them)?|nothing",
)
_ALL_BUT = re.compile(
    r"(?:(?:tat ca|het|toan bo|co het|all) )?(?:chi )?(?:tru|ngoai tru|except) (.+)"
)
_PARTS = re.compile(r" ?[,;/+] ?| (?:va|voi|cung|roi|and) |\. ?")
_NUMBER = r"[0-9]{1,3}(?: ?(?:-|den|toi) ?[0-9]{1,3})?"
_NUMBERS = re.compile(rf"{_NUMBER}(?:[ ,./+]+{_NUMBER})*")
_ENTRY = re.compile(r"([0-9]{1,3})(?: ?(-|den|toi) ?([0-9]{1,3}))?")
_BEFORE_NUMBERS = re.compile(
    r"\b(?:so|cau|muc|cai|chon|o|va|voi|cung|y|and)\b(?= [0-9])|^ca(?= [0-9]+[^0-9]+[0-9])"
)


def choice(text: str, options: Sequence[Option]) -> Reading[str]:
    """The value of the option that is meant."""
    known = names(tuple(options))
    places, sure = _one(normal(plain(text)), known)
    if not places:
        places, sure = _one(normal(untelex(text)), known)[0], False
    found = settle((options[place].value for place in places[:_MOST_OFFERED]), sure)
    if isinstance(found, Unclear) and len(places) > _MOST_OFFERED:
        return replace(found, fits=len(places))
    return found


def choices(
    text: str, options: Sequence[Option], listed: int | None = None
) -> Reading[tuple[str, ...]]:
    """The values of all options that are meant, in their order; none for "khong co cai nao".

    Where only so many of them are ``listed``, numbers and "tat ca" mean these.
    """
    known = names(tuple(options), listed)
    said = core(plain(text), known)
    found = _several(said, known) or _several(untelex(said), known)
    return convert(found, lambda places: tuple(options[place].value for place in places))


def _one(said: str, known: Names) -> tuple[tuple[int, ...], bool]:
    """The places that one answer may mean, the likeliest first, and whether it says so plainly."""
    short = core(said, known)
    for way in (said, short):
        if places := _exactly(way, known):
            return places, True
    if not short or short.isdigit():
        return (), False
    found, quiet = mentioned(short, known)
    if found:
        return tuple(sorted(frozenset().union(*found))), quiet
    if len(short) >= _PREFIX and (places := tuple(sorted(opening(short, known)))):
        return places, len(short) >= _SURE_PREFIX
    return resembling(short, known), False


def _exactly(said: str, known: Names) -> tuple[int, ...]:
    """By name, or by number; where "3" may be the third or "3 sao", both."""
    named = known.places.get(said, frozenset())
    if named and not said.isdigit():
        return tuple(sorted(named))
    if said.isdigit():
        named |= opening(f"{said} ", known)
    place = position(said, known.count)
    return tuple(dict.fromkeys((*sorted(named), *(() if place is None else (place,)))))


def _several(said: str, known: Names) -> Reading[tuple[int, ...]]:
    """The places of all that is meant."""
    plainly = normal(said)
    if plainly in known.places:
        return settle(((place,) for place in sorted(known.places[plainly])), sure=True)
    if plainly in _ALL or _all_of(plainly, known.count):
        return Read(tuple(range(known.count)))
    if _NONE.fullmatch(plainly):
        return Read(())
    if found := _ALL_BUT.fullmatch(plainly):
        return _without(_several(found[1], known), known.count)
    numbers = _BEFORE_NUMBERS.sub("", _BEFORE_NUMBERS.sub("", said)).strip()
    if _NUMBERS.fullmatch(numbers):
        return _numbered(_ENTRY.findall(numbers), known.count)
    return _named(said, known)


def _all_of(said: str, count: int) -> bool:
    """Whether it is "cả ba" when there are three."""
    ca, _, number = said.partition(" ")
    return ca == "ca" and position(number, count) == count - 1


def _without(left_out: Reading[tuple[int, ...]], count: int) -> Reading[tuple[int, ...]]:
    if not isinstance(left_out, Read) or not left_out.value:
        return None
    kept = (place for place in range(count) if place not in left_out.value)
    return Read(tuple(kept), left_out.sure)


def _numbered(entries: Iterable[tuple[str, str, str]], count: int) -> Reading[tuple[int, ...]]:
    """The numbers as listed; "1-3" may be three or two, "134" has lost its spaces."""
    listed = [(int(low) - 1, sign, int(high or low) - 1) for low, sign, high in entries]
    if len(listed) == 1 and listed[0][0] >= count:
        return _glued(str(listed[0][0] + 1), count) if not listed[0][1] else None
    if any(not 0 <= low <= high < count for low, _, high in listed):
        return None
    spans = {place for low, _, high in listed for place in range(low, high + 1)}
    ends = {
        place
        for low, sign, high in listed
        for place in ((low, high) if sign == "-" else range(low, high + 1))
    }
    return settle((tuple(sorted(spans)), tuple(sorted(ends))), sure=True)


def _glued(digits: str, count: int) -> Reading[tuple[int, ...]]:
    places = sorted({int(digit) - 1 for digit in digits})
    fits = len(places) == len(digits) and 0 <= places[0] <= places[-1] < count
    return Read(tuple(places), sure=False) if fits else None


def _named(said: str, known: Names) -> Reading[tuple[int, ...]]:
    """Options by their names, all at once or part by part; a part not understood leaves a doubt."""
    found, quiet = mentioned(normal(said), known)
    if quiet and found and all(len(places) == 1 for places in found):
        return Read(tuple(sorted(frozenset().union(*found))))
    parts = [_part(normal(part), known) for part in _PARTS.split(said) if normal(part)]
    places = sorted({place for part, _ in parts for place in part})
    if not places:
        return settle(((place,) for place in _one(normal(said), known)[0]), sure=False)
    return Read(tuple(places), all(part and sure for part, sure in parts))


def _part(said: str, known: Names) -> tuple[tuple[int, ...], bool]:
    """What one part of an answer names; a part that may mean several names none."""
    found, quiet = mentioned(said, known)
    if found and all(len(places) == 1 for places in found):
        return tuple(frozenset().union(*found)), quiet
    places, sure = _one(said, known)
    return (places, sure) if len(places) == 1 else ((), False)
