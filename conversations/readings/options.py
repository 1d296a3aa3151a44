"""What people call an option: its words, its place in the list, and what comes close to them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from conversations.readings.around import POLITE
from conversations.readings.phrases import any_of
from conversations.readings.plain import plain
from conversations.readings.spelled import counted
from conversations.vietnamese import words

_CLOSE = 80  # of 100: one wrong letter in six is close, two are not
_CLEARLY = 8  # how much closer than the next option a typo has to be
_FEWEST_LETTERS = 3  # shorter words are too much alike for guesses
_WORD = re.compile(r"[0-9]+|[a-z]+|\?")
_NUMBERED = re.compile(
    r"(?:(?:so|cau|muc|cai|phuong an|lua chon|chon|o|thu|dap an|y|phan|loai|number|option) )*"
    r"([0-9]{1,3}|[a-z]+(?: [a-z]+)?)",
)
_LAST = -1
_NTH = {
    **dict.fromkeys(("dau", "dau tien", "nhat", "tren cung", "first"), 1),
    **dict.fromkeys(("nhi", "second"), 2),
    **dict.fromkeys(("cuoi", "cuoi cung", "duoi cung", "last"), _LAST),
    "third": 3,
    "tu": 4,
}
_IDLE = POLITE | any_of("va voi cung roi chon lay theo hinh thuc loai gom ca hoac thuoc")
_NOT = frozenset(("khong", "chua", "chang"))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what it stores, and the words that people call it by."""

    value: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The normal names of the options with the place of each, and all the words in them.

    ``count`` is how many stand in the list, the first ones.
    """

    places: dict[str, frozenset[int]]
    vocabulary: frozenset[str]
    longest: int
    count: int


@lru_cache(maxsize=1024)
def names(options: tuple[Option, ...], listed: int | None = None) -> Names:
    """The names of the options; made once, for a form asks the same question many times."""
    places: dict[str, frozenset[int]] = {}
    for place, option in enumerate(options):
        for name in filter(None, (normal(plain(word)) for word in option.words)):
            places[name] = places.get(name, frozenset()) | {place}
    longest = max((len(name.split()) for name in places), default=0)
    count = len(options) if listed is None else listed
    return Names(places, frozenset(" ".join(places).split()), longest, count)


def normal(text: str) -> str:
    """Folded words only, shorthand spelled out."""
    return " ".join(_WORD.findall(words(text)))


def core(said: str, known: Names) -> str:
    """What is said without the politeness around it, unless an option is called so."""
    parts = said.split()
    idle = POLITE - known.vocabulary
    while parts and parts[0] in idle:
        parts.pop(0)
    while parts and parts[-1] in idle:
        parts.pop()
    return " ".join(parts)


def position(said: str, count: int) -> int | None:
    """The place in the list that is said: "so 2", "cai dau", "thu ba"."""
    found = _NUMBERED.fullmatch(said)
    if found is None:
        return None
    place = counted(found[1]) or _NTH.get(found[1], 0)
    place = count if place == _LAST else place
    return place - 1 if 1 <= place <= count else None


def opening(said: str, known: Names) -> frozenset[int]:
    """The options with a name that begins with what is said."""
    return _union(places for name, places in known.places.items() if name.startswith(said))


def mentioned(said: str, known: Names) -> tuple[list[frozenset[int]], bool]:
    """The options named inside a longer answer, one entry a name, and whether little else is said.

    A mere "dạ" or "anh" counts only when nothing firmer is said; a denied name is not named.
    """
    parts, at = said.split(), 0
    found: list[str] = []
    others: list[str] = []
    while at < len(parts):
        name = _longest(parts, at, known)
        (found if name else others).append(name or parts[at])
        at += len(name.split()) if name else 1
    if any(word in _NOT for word in others):
        return [], False
    firm = [name for name in found if not all(word in POLITE for word in name.split())] or found
    return [known.places[name] for name in firm], all(word in _IDLE for word in others)


def _longest(parts: Sequence[str], at: int, known: Names) -> str:
    for length in range(min(known.longest, len(parts) - at), 0, -1):
        name = " ".join(parts[at : at + length])
        if name in known.places:
            return name
    return ""


def resembling(said: str, known: Names) -> tuple[int, ...]:
    """The options with a name that differs by a typo, the closest first."""
    if len(said) < _FEWEST_LETTERS or said.isdigit():
        return ()
    denied = _NOT.intersection(said.split())
    best: dict[int, float] = {}
    for name, places in known.places.items():
        score = fuzz.ratio(said, name, score_cutoff=_CLOSE)
        for place in places if score and denied == _NOT.intersection(name.split()) else ():
            best[place] = max(score, best.get(place, 0))
    top = max(best.values(), default=0)
    return tuple(sorted((p for p in best if best[p] > top - _CLEARLY), key=lambda p: -best[p]))


def _union(places: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*places)
