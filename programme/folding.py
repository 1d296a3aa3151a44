"""Vietnamese as it is typed, folded to what can be compared."""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Text without marks, case, controls or doubled space: "Bản  Liền" and "ban lien" become one.

    Only letters, digits and the signs that carry meaning in numbers and dates
    (``. , / % + - : @ _ #``) are kept; every other sign is a space.
    """
    flat = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold().translate(_LETTERS)
    kept = (_sign(sign) for sign in flat if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def flat(text: str) -> str:
    """The text sign by sign without marks and capitals, so that places in it stay the same."""
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[:1].lower()
    return fold(base) if base.isalpha() and len(fold(base)) == 1 else base[:1] or " "


def _sign(sign: str) -> str:
    if sign.isalnum() or sign in ".,/%+-:@_#":
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "


def composed(text: str) -> str:
    """The same text with each letter and its mark as one sign (NFC), for keeping and counting."""
    return unicodedata.normalize("NFC", text)
