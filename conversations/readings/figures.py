"""Written digits and what they may be worth: "1.500" is 1500, "1,5" is 1.5, "1,500" is either."""

import re
from decimal import Decimal

_OF_A_DAY = 2  # "05" is a day or a small count; a longer figure that begins with 0 is a code

_DIGITS = re.compile(r"[0-9]{1,15}")
_POINTS = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})(?:,([0-9]{1,6}))?")
_COMMAS = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,6}))?")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,11})[.,]([0-9]{1,2})|(0)[.,]([0-9]{3})")
_EITHER = re.compile(r"([1-9][0-9]{0,2}),([0-9]{3})")

Values = tuple[Decimal, ...]


def figure(token: str) -> Values:
    """Its values, the likeliest first; none when it is no number that people write."""
    if not token[:1].isdigit():
        return ()
    if _DIGITS.fullmatch(token):
        return () if token.startswith("0") and len(token) > _OF_A_DAY else (Decimal(token),)
    if found := _POINTS.fullmatch(token) or _COMMAS.fullmatch(token):
        return _grouped(found) + _either(token)
    if found := _DECIMAL.fullmatch(token):
        return (Decimal(f"{found[1] or found[3]}.{found[2] or found[4]}"),)
    return ()


def _grouped(found: re.Match[str]) -> Values:
    digits = found[1].replace(".", "").replace(",", "")
    return (Decimal(f"{digits}.{found[2]}" if found[2] else digits),)


def _either(token: str) -> Values:
    found = _EITHER.fullmatch(token)
    return (Decimal(f"{found[1]}.{found[2]}"),) if found else ()


def tidy(value: Decimal) -> Decimal:
    """The value to three places without idle noughts: 66.667, 12.5, 70."""
    short = round(value, 3)
    return Decimal(int(short)) if short == int(short) else short.normalize()
