"""Quantities with their unit and the time they are for: "3 tan/nam", "2 ta moi vu", "500 chai"."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from conversations.reading import Reading, Wrong
from conversations.readings.around import POLITE, lead, rest, settle
from conversations.readings.figures import tidy
from conversations.readings.numbers import spread
from conversations.readings.numerals import COUNTING, Numeral, number
from conversations.readings.phrases import any_of
from conversations.readings.plain import marked, tokens, typed, vietnamese
from conversations.vietnamese import GRAMS, UNITS, unit

Per = Literal["year", "season", "month", "week", "day"]

_MOST = 10**12
_HALF = Decimal("0.5")
_PERIODS: dict[str, Per] = {
    **dict.fromkeys(("nam", "year"), "year"),
    **dict.fromkeys(("vu", "mua", "lua", "me", "season"), "season"),
    **dict.fromkeys(("thang", "month"), "month"),
    **dict.fromkeys(("tuan", "week"), "week"),
    **dict.fromkeys(("ngay", "hom", "day"), "day"),
}
_EACH = frozenset(
    ("/", "mot", "1", "moi", "hang", "trong", "tren", "ca", "tung", "per", "a", "an", "each")
)
_WHICH = frozenset(("nay", "ngoai", "truoc", "roi"))
_NO_UNITS = frozenset((*_PERIODS, "dong", "d", "vnd", "phan", "den", "toi", "ruoi"))
_MOST_NAME = 5  # words that a product's name may have
_TEN = 10
_HARVEST = any_of("san luong thu hoach ban lam sx xuat san duoc cho ra ca gan dau ,")
_HEDGES = frozenset(("tro", "len", "xuong", "hon", "do", "lai", "gi", "hoac", "vai", "may", "chua"))


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a unit, as people read it ("tấn"), over a time if one was said."""

    quantity: Decimal
    unit: str
    per: Per | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of an answer, folded and as they were typed, word by word."""

    folded: tuple[str, ...]
    typed: tuple[str, ...]

    def word(self, at: int) -> str:
        return self.folded[at] if 0 <= at < len(self.folded) else ""

    def unit(self, at: int) -> tuple[str, bool] | None:
        """The unit at ``at``; a word that is not on our list is one too, as a guess."""
        word = self.word(at)
        if known := unit(word, self.typed[at] if word else ""):
            return known
        if not vietnamese(word) or word in POLITE or word in _NO_UNITS:
            return None
        return self.typed[at], False

    def without(self, start: int, end: int) -> "_Said":
        """The words with a stop instead of some, so that their neighbours stay apart."""
        folded = (*self.folded[:start], ",", *self.folded[end:])
        return _Said(folded, (*self.typed[:start], ",", *self.typed[end:]))


def amount(text: str) -> Reading[Amount] | Wrong:
    """The quantity; Wrong("unit_missing") for a bare number."""
    said, per = _period(_said(text))
    begin = lead(said.folded, _HARVEST)
    found = _number(said, begin.at)
    if found is None:
        return None
    named = said.unit(found.end)
    if named is None:
        return Wrong("unit_missing") if rest(said.folded[found.end :]) else None
    label, known = named
    whole = _tail(said, Numeral(found.values, found.end + 1, found.sure), label)
    quiet = _rest(said, whole.end)
    if quiet is None or max(whole.values) > _MOST:
        return None
    amounts = (Amount(tidy(value), label, per) for value in whole.values if value)
    return settle(amounts, begin.sure and known and whole.sure and quiet)


def _said(text: str) -> _Said:
    folded, as_typed = tokens(marked(text)), typed(text)
    as_typed = as_typed if len(as_typed) == len(folded) else folded
    for at in range(len(folded) - 1, 0, -1):
        if folded[at - 1 : at + 1] == ["san", "pham"]:  # the one unit of two words
            folded[at - 1 : at + 1] = as_typed[at - 1 : at + 1] = ["sp"]
    return _Said(tuple(folded), tuple(as_typed))


def _period(said: _Said) -> tuple[_Said, Per | None]:
    """The answer without "/nam", "mot vu", "moi thang", and the time that they name."""
    for at, word in enumerate(said.folded):
        if word not in _PERIODS:
            continue
        if said.word(at + 1) in _WHICH:
            return said.without(at, at + 2), _PERIODS[word]
        if said.word(at - 1) in _EACH:
            return said.without(_start(said, at), at + 1), _PERIODS[word]
        if at == 0 and number(said.folded, 1, COUNTING):
            return said.without(0, 1), _PERIODS[word]
        if at == len(said.folded) - 1 and said.word(at - 1) in UNITS:
            return said.without(at, at + 1), _PERIODS[word]
    return said, None


def _start(said: _Said, at: int) -> int:
    while at > 0 and said.word(at - 1) in _EACH:
        at -= 1
    return at


def _number(said: _Said, at: int) -> Numeral | None:
    """The number, or "nua tan", or the unsaid one of "tan ruoi"."""
    if said.word(at) == "nua":
        return Numeral((_HALF,), at + 1)
    if said.word(at + 1) == "ruoi" and said.unit(at):
        return Numeral((Decimal(1),), at)
    found = number(said.folded, at, COUNTING)
    return spread(said.folded, found, COUNTING) if found else None


def _tail(said: _Said, whole: Numeral, label: str) -> Numeral:
    """What the unit is followed by: "ruoi", a smaller unit, or tenths ("1 tan 2")."""
    if said.word(whole.end) == "ruoi":
        return _more(whole, _HALF, whole.end + 1)
    part = number(said.folded, whole.end, COUNTING) if label in GRAMS else None
    if part is None:
        return whole
    smaller = said.unit(part.end)
    if smaller and GRAMS.get(smaller[0], GRAMS[label]) < GRAMS[label]:
        return _more(whole, part.values[0] * GRAMS[smaller[0]] / GRAMS[label], part.end + 1)
    if smaller is None and part.values[0] < _TEN:
        return _more(whole, part.values[0] / _TEN, part.end)
    return whole


def _more(whole: Numeral, by: Decimal, end: int) -> Numeral:
    return Numeral(tuple(value + by for value in whole.values), end, whole.sure)


def _rest(said: _Said, at: int) -> bool | None:
    """Whether what follows is only the product's name; a size ("chai 500 ml") leaves a doubt."""
    words = said.folded[at:]
    sizes = [i for i in range(len(words) - 1) if words[i][0].isdigit() and said.unit(at + i + 1)]
    kept = [word for i, word in enumerate(words) if i not in sizes]
    if rest(kept) is None:
        return None
    return not sizes and len(kept) <= _MOST_NAME and not any(word in _HEDGES for word in kept)
