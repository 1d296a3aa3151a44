"""Shares of a hundred: "70%", "bay muoi phan tram", "mot nua", "2/3", "toan bo"."""

from collections.abc import Sequence
from decimal import Decimal

from conversations.reading import Reading, Wrong
from conversations.readings.around import lead, rest, settle
from conversations.readings.figures import tidy
from conversations.readings.numbers import spread
from conversations.readings.numerals import LISTED, Numeral, number
from conversations.readings.phrases import Phrases
from conversations.readings.plain import marked, tokens

HUNDRED = Decimal(100)
_TEN = Decimal(10)
_SIGNS = Phrases({"%": ("%", "phan tram", "pt", "percent", "per cent")})
_MOST_PARTS = 100
# What a share is called without a number: its worth, and whether that leaves no doubt.
_CALLED = Phrases(
    {
        (90, False): ("gan nhu toan bo", "gan nhu tat ca", "gan nhu het", "gan het", "hau het"),
        (100, True): (
            "tram phan tram",
            "toan bo",
            "hoan toan",
            "tron ven",
            "tat ca",
            "ca thay",
            "het",
            "all",
        ),
        (50, True): ("mot nua", "1 nua", "phan nua", "nua", "half"),
    },
)


def percent(text: str) -> Reading[Decimal] | Wrong:
    """A share from 0 to 100; Wrong("percent_over") above, and a guess for "gần hết"."""
    words = tokens(marked(text))
    begin = 0 if called(words, 0) else lead(words).at
    found = share(words, begin)
    if found is None:
        return None
    quiet = rest(words[found.end :], ("het", "tat", "ca", "bo", "toan"))
    if quiet is None:
        return None
    if max(found.values) > HUNDRED:
        return Wrong("percent_over")
    sure = found.sure and quiet and (begin == 0 or lead(words).sure)
    return settle((tidy(value) for value in found.values), sure)


def share(words: Sequence[str], at: int) -> Numeral | None:
    """The share that begins at ``at``: a word for it, a fraction, a number with or without sign."""
    if named := called(words, at):
        return named
    found = number(words, at, LISTED)
    if found is None:
        return None
    match words[found.end : found.end + 2]:
        case ["/", *_]:
            return _fraction(words, found, found.end + 1)
        case ["phan", after] if after != "tram":
            return _fraction(words, found, found.end + 1) or _tenths(found)
        case ["phan"]:
            return _tenths(found)
    return _ranged(words, found)


def called(words: Sequence[str], at: int) -> Numeral | None:
    """The share that has a name of its own: all, a half, nearly all."""
    if (found := _CALLED.at(words, at)) is None:
        return None
    (worth, sure), end = found
    return Numeral((Decimal(worth),), end, sure)


def _fraction(words: Sequence[str], top: Numeral, at: int) -> Numeral | None:
    under = (
        Numeral((Decimal(4),), at + 1)
        if words[at : at + 1] == ["tu"]
        else number(words, at, LISTED)
    )
    if under is None or len(under.values) > 1 or len(top.values) > 1:
        return None
    if not 0 < under.values[0] <= _MOST_PARTS or top.values[0] > under.values[0]:
        return None
    return Numeral((top.values[0] * HUNDRED / under.values[0],), under.end)


def _tenths(found: Numeral) -> Numeral | None:
    """Seven of ten for "bảy phần"; "một phần" is just a part."""
    if not all(1 < value <= _TEN for value in found.values):
        return None
    return Numeral(tuple(value * _TEN for value in found.values), found.end + 1, sure=False)


def _ranged(words: Sequence[str], found: Numeral) -> Numeral:
    """The number or range with its signs; a bare "0,7" may be seventy or not even one."""
    low = _signed(words, found)
    top = spread(words, low, LISTED)
    high = _signed(words, top)
    value = high.values[0]
    if high.end > found.end or value >= 1 or value == int(value):
        return high
    return Numeral((value * HUNDRED, value), found.end)


def _signed(words: Sequence[str], found: Numeral) -> Numeral:
    sign = _SIGNS.at(words, found.end)
    return Numeral(found.values, sign[1], found.sure) if sign else found
