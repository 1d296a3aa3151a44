"""Whole numbers of people, things and times: "muoi hai", "hai chuc", "1.200", "khoang 20 nguoi"."""

from collections.abc import Collection, Sequence

from conversations.reading import Read, Reading
from conversations.readings.around import Lead, lead, rest, settle
from conversations.readings.numerals import COUNTING, Grammar, Numeral, number, written
from conversations.readings.phrases import any_of
from conversations.readings.plain import marked, tokens

_MOST = 10**12
_BETWEEN = frozenset(("-", "den", "toi", "hoac", "to"))
_TOTALS = any_of("tat ca tong cong het moi chi lam viec")
_VAGUE = frozenset(("-", "may", "vai"))  # "-5", "mấy chục"
_NONE = frozenset(
    (
        "khong",
        "ko",
        "khong co",
        "khong co ai",
        "ko co",
        "ko co ai",
        "chua co",
        "chua co ai",
        "none",
        "hong co",
    ),
)


def whole(text: str) -> Reading[int]:
    """A whole number, not below zero."""
    return count(text, ())


def count(text: str, units: Collection[str]) -> Reading[int]:
    """How many of something, whose folded names may follow the number: "12 nguoi"."""
    words = tokens(marked(text))
    if " ".join(words) in _NONE:
        return Read(0, sure=False)
    named = frozenset(part for unit in units for part in unit.split())
    named |= {"ng"} if "nguoi" in named else set()
    begin = lead(words, _TOTALS | named)
    found = number(words, begin.at, COUNTING)
    if found is None:
        begin, found = _spotted(words, named)
    return _reading(words, begin, found, named) if found else None


def spread(words: Sequence[str], found: Numeral, grammar: Grammar) -> Numeral:
    """The number, or both ends of the range that begins with it: "15-20", "15 den 20"."""
    at = found.end
    if at < len(words) and words[at] in _BETWEEN:
        at += 1
    top = number(words, at, grammar)
    if top is None or len(found.values) > 1 or len(top.values) > 1:
        return found
    beside = at == found.end
    near = top.values[0] == found.values[0] + 1 and (grammar.spaced or not written(words, at))
    if top.values[0] <= found.values[0] or (beside and not near):
        return found
    return Numeral((*found.values, *top.values), top.end, found.sure)


def _spotted(words: Sequence[str], named: frozenset[str]) -> tuple[Lead, Numeral | None]:
    """The one number inside a longer answer: a figure, or words before what is counted."""
    for at in range(1, len(words)):
        found = number(words, at, COUNTING)
        if found and (written(words, at) or (found.end < len(words) and words[found.end] in named)):
            readable = words[at - 1] not in _VAGUE and rest(words[:at]) is not None
            return Lead(at, sure=False), found if readable else None
    return Lead(0, sure=False), None


def _reading(
    words: Sequence[str], begin: Lead, found: Numeral, named: frozenset[str]
) -> Reading[int]:
    found = spread(words, found, COUNTING)
    quiet = rest(words[found.end :], named | _TOTALS)
    if quiet is None:
        return None
    values = (int(value) for value in found.values if value == int(value) and value <= _MOST)
    return settle(values, begin.sure and quiet and found.sure)
