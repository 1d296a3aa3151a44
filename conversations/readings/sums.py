"""Sums of money in đồng: "2tr5", "15 trieu", "500k", "1,2 ty", "nua ty", "mot trieu hai"."""

from collections.abc import Sequence
from decimal import Decimal

from conversations.reading import Read, Reading
from conversations.readings.around import lead, rest, settle
from conversations.readings.figures import Values
from conversations.readings.numerals import MONEY, Numeral, number
from conversations.readings.plain import marked, tokens

_MOST = 10**15
_THOUSAND, _MILLION, _BILLION = 10**3, 10**6, 10**9
_COIN = 100  # đồng; nothing smaller is spoken of
_CERTAIN = 10_000  # a bare figure from here on is meant in đồng
_DONG = frozenset(("dong", "d", "vnd", "vn"))
_IN_DONG = tuple([word] for word in _DONG)
_THEN = (["-"], ["den"], ["toi"])
_VAGUE = frozenset(("-", "may", "vai"))  # "-5 tr", "vài chục triệu"
_FREE = frozenset(
    ("khong mat tien", "mien phi", "khong ton gi", "khong ton tien", "khong dong", "free")
)


def money(text: str) -> Reading[int]:
    """The sum; a bare "500" or "1,500" does not say of what, so it is unclear."""
    words = tokens(marked(text))
    if " ".join(words) in _FREE:
        return Read(0)
    begin = lead(words, ("het", "tien", "gia", "moi", "tong"))
    if (found := number(words, begin.at, MONEY)) is not None:
        return _reading(words, begin.at, found, sure=begin.sure)
    at, found = _spotted(words)
    return (
        _reading(words, at, found, sure=False) if found and rest(words[:at]) is not None else None
    )


def _spotted(words: Sequence[str]) -> tuple[int, Numeral | None]:
    """The first sum inside a longer answer that says what it is counted in."""
    for at in range(1, len(words)):
        found = number(words, at, MONEY)
        if found and words[at - 1] not in _VAGUE and _counted(words, at, found):
            return at, found
    return 0, None


def _counted(words: Sequence[str], at: int, found: Numeral) -> bool:
    scaled = any(word in MONEY.scales for word in words[at : found.end])
    return scaled or words[found.end : found.end + 1] in _IN_DONG


def _reading(words: Sequence[str], at: int, found: Numeral, *, sure: bool) -> Reading[int]:
    found = _ranged(words, found)
    quiet = rest(_after(words, found), _DONG)
    counted = _counted(words, at, found)
    if quiet is None or not (counted or quiet):
        return None
    values = found.values if counted else _bare(found.values)
    small = 0 < max(found.values) < _THOUSAND
    whole = (int(value) for value in values if value == int(value) and value <= _MOST)
    return settle(whole, sure and quiet and found.sure and not (counted and small))


def _after(words: Sequence[str], found: Numeral) -> Sequence[str]:
    """What follows the sum; the one of "50k 1 kg" is no second number."""
    left = words[found.end + (words[found.end : found.end + 1] == ["/"]) :]
    return ["mot", *left[1:]] if left[:1] == ["1"] and len(left) > 1 else left


def _ranged(words: Sequence[str], found: Numeral) -> Numeral:
    """Both ends of "2-3 trieu", where the scale is said but once, and of "500k - 1tr"."""
    if (
        words[found.end : found.end + 1] not in _THEN
        or (top := number(words, found.end + 1, MONEY)) is None
    ):
        return found
    scale = MONEY.scales.get(words[top.end - 1], 1)
    low, high = found.values[0], top.values[0]
    low = low * scale if low * scale < high else low
    return Numeral((low, high), top.end, found.sure and top.sure) if low < high else found


def _bare(values: Values) -> list[Decimal]:
    whole = [value for value in values if value == int(value)] or values
    return [meant for value in whole for meant in _meant(value)]


def _meant(value: Decimal) -> tuple[Decimal, ...]:
    """What people may mean by a bare figure: thousands and millions go without saying."""
    if value != int(value):
        return (value * _MILLION, value * _BILLION)
    if value == 0 or value >= _CERTAIN:
        return (value,)
    if value >= _THOUSAND:
        return (value * _THOUSAND, value)
    more = (value * _THOUSAND, value * _MILLION)
    return more if value < _COIN else (*more, value)
