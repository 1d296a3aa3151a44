"""Numbers in figures, in words and in both: "1.500", "hai muoi lam", "2tr5", "mot trieu hai"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from conversations.readings.figures import Values, figure
from conversations.readings.phrases import any_of
from conversations.readings.spelled import SPELLED

_MOST_VALUES = 4
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_GROUP = 3  # digits between the points of "1.500.000"
_MOST_GROUPS = 5

_LINKS = ("linh", "le")
_ONE = ("1", "mot")
_NO_THINGS = any_of("a ah em anh chi bac oi nhe nha thoi da roi dong d vnd phan ruoi")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a number may be worth, the likeliest first, and where in the tokens it ends.

    ``digits`` counts the digits of a bare figure, because "2tr50" is 2.50 and "2tr5" is 2.5.
    """

    values: Values
    end: int
    sure: bool = True
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Grammar:
    """The scale words that may follow a number, and whether "1 500 000" is one number."""

    scales: dict[str, int]
    spaced: bool = True


_THOUSANDS = {"nghin": 1000, "ngan": 1000, "ngin": 1000, "k": 1000, "thousand": 1000}
_MILLIONS = {"trieu": 10**6, "million": 10**6, "ty": 10**9, "ti": 10**9, "billion": 10**9}
COUNTING = Grammar(_THOUSANDS | {"trieu": 10**6, "ty": 10**9})
MONEY = Grammar(_THOUSANDS | _MILLIONS | {"tr": 10**6, "cu": 10**6, "ng": 1000})
LISTED = Grammar({}, spaced=False)


def number(tokens: Sequence[str], at: int, grammar: Grammar) -> Numeral | None:
    """The number that begins at ``at``, as long as it goes; None when none begins there."""
    if _word(tokens, at) == "nua":
        half = Decimal(grammar.scales.get(_word(tokens, at + 1), 0)) / 2
        return Numeral((half,), at + 2) if half else None
    total, last = _first(tokens, at, grammar)
    while total is not None and last and (part := _group(tokens, total.end, grammar)) is not None:
        scale = grammar.scales.get(_word(tokens, part.end), 0)
        if not scale:
            return _tailed(tokens, total, part, last, grammar)
        if scale >= last:
            return total
        total, last = _ruoi(tokens, _plus(total, _times(part, scale, 1)), scale), scale
    return total


def written(tokens: Sequence[str], at: int) -> bool:
    """Whether a figure stands at ``at``."""
    return bool(figure(_word(tokens, at)))


def _names_thing(tokens: Sequence[str], at: int, grammar: Grammar) -> bool:
    """Whether a thing is named there: "2 trieu mot thang" is two million, not 2.1."""
    word = _word(tokens, at)
    return word.isalpha() and word not in grammar.scales and word not in _NO_THINGS


def _word(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if 0 <= at < len(tokens) else ""


def _first(tokens: Sequence[str], at: int, grammar: Grammar) -> tuple[Numeral | None, int]:
    """The first group with its scale; "trieu ruoi" and "nghin hai" leave the one unsaid."""
    scale = grammar.scales.get(_word(tokens, at), 0)
    if scale and len(tokens[at]) > 1 and _follows(tokens, at + 1):
        return _ruoi(tokens, Numeral((Decimal(scale),), at + 1), scale), scale
    part = _group(tokens, at, grammar)
    scale = grammar.scales.get(_word(tokens, part.end), 0) if part else 0
    if part is None or not scale:
        return part, 0
    if scale > _THOUSAND and "," in tokens[at]:  # "1,500 ty" is rather 1.5 than 1500
        part = replace(part, values=part.values[::-1])
    return _ruoi(tokens, _times(part, scale, 1), scale), scale


def _follows(tokens: Sequence[str], at: int) -> bool:
    return _word(tokens, at) == "ruoi" or (
        _word(tokens, at) in SPELLED and not _word(tokens, at).isdigit()
    )


def _ruoi(tokens: Sequence[str], total: Numeral, scale: int) -> Numeral:
    if _word(tokens, total.end) != "ruoi":
        return total
    return _plus(total, Numeral((Decimal(scale) / 2,), total.end + 1))


def _tailed(
    tokens: Sequence[str], total: Numeral, tail: Numeral, scale: int, grammar: Grammar
) -> Numeral:
    """A bare tail counts in tenths or thousandths of the scale: "2tr5", "mot trieu hai"."""
    if tokens[tail.end - 1] in _ONE and _names_thing(tokens, tail.end, grammar):
        return total
    linked = tokens[total.end] in _LINKS
    if linked or tail.digits > _GROUP or len(tail.values) > 1:
        return _plus(total, tail)
    said = _TEN if tail.values[0] < _TEN else _THOUSAND
    parts = _TEN**tail.digits if tail.digits else said
    return _plus(total, _times(tail, Decimal(scale) / parts, 0))


def _group(tokens: Sequence[str], at: int, grammar: Grammar) -> Numeral | None:
    """A number below a thousand as it is said, or any figure."""
    if _word(tokens, at) in _LINKS:
        at += 1
    if tokens[at : at + 2] == ["khong", "tram"]:
        return _hundreds(tokens, Numeral((Decimal(0),), at + 2), grammar)
    unsaid = _follows(tokens, at + 1) or _word(tokens, at + 1) in grammar.scales
    if _word(tokens, at) == "tram" and unsaid:
        return _hundreds(tokens, Numeral((Decimal(100),), at + 1), grammar)
    part = _simple(tokens, at, grammar)
    if part is None:
        return None
    after = _word(tokens, part.end)
    if after == "tram":
        return _hundreds(tokens, _times(part, 100, 1), grammar)
    return _times(part, 10, 1) if after == "chuc" else part


def _hundreds(tokens: Sequence[str], total: Numeral, grammar: Grammar) -> Numeral:
    """What follows the hundreds: "ruoi", "linh hai", "hai muoi", or "hai" for twenty."""
    total = _ruoi(tokens, total, 100)
    linked = _word(tokens, total.end) in _LINKS
    part = _simple(tokens, total.end + linked, grammar)
    if part is None or part.values[0] >= _HUNDRED:
        return total
    if tokens[part.end - 1] == "nam" and not linked:
        return total
    if tokens[part.end - 1] in _ONE and _names_thing(tokens, part.end, grammar):
        return total
    tenths = not linked and part.values[0] < _TEN and total.values[0] > 0
    return _plus(total, _times(part, _TEN if tenths else 1, 0))


def _simple(tokens: Sequence[str], at: int, grammar: Grammar) -> Numeral | None:
    for length in (3, 2):
        if (found := _spelled(tokens, at, length, grammar)) is not None:
            return found
    word = _word(tokens, at)
    if values := figure(word):
        return _joined(tokens, at, values) if grammar.spaced else _written(word, values, at + 1)
    return _spelled(tokens, at, 1, grammar)


def _spelled(tokens: Sequence[str], at: int, length: int, grammar: Grammar) -> Numeral | None:
    entry = SPELLED.get(" ".join(tokens[at : at + length])) if at + length <= len(tokens) else None
    if entry is None:
        return None
    values, sure = entry
    last = tokens[at + length - 1]
    if last.isdigit() and tokens[at].isdigit() and not grammar.spaced:
        return None
    if not sure and last == "mot" and _names_thing(tokens, at + length, grammar):
        return None
    return Numeral(values, at + length, sure)


def _joined(tokens: Sequence[str], at: int, values: Values) -> Numeral:
    """A figure with the groups of three that stand behind it: "1 500 000"."""
    end = at + 1
    while tokens[at].isdigit() and len(tokens[at]) <= _GROUP and _is_group(_word(tokens, end)):
        end += 1
    groups = end - at
    if groups == 1 or groups > _MOST_GROUPS or tokens[at][0] == "0":
        return _written(tokens[at], values, at + 1)
    digits = "".join(tokens[at:end])
    return Numeral((Decimal(digits),), end, sure=groups >= _GROUP, digits=len(digits))


def _is_group(word: str) -> bool:
    return len(word) == _GROUP and word.isdigit()


def _written(word: str, values: Values, end: int) -> Numeral:
    return Numeral(values, end, digits=len(word) if word.isdigit() else 0)


def _times(part: Numeral, by: Decimal | int, taken: int) -> Numeral:
    return Numeral(tuple(value * by for value in part.values), part.end + taken, part.sure)


def _plus(total: Numeral, part: Numeral) -> Numeral:
    values = tuple(a + b for a in total.values for b in part.values)
    return Numeral(values[:_MOST_VALUES], part.end, total.sure and part.sure)
