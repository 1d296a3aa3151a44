"""How a place name may be written: what two spellings must share to be taken as one."""

import re
import unicodedata
from functools import lru_cache

from programme.folding import fold

_LATIN = (*range(0x20, 0x80), *range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))
_SQUEEZE = {
    code: "".join(sign for sign in fold(chr(code)) if sign.isascii() and sign.isalnum())
    for code in (*_LATIN, 0x2019, 0x2013, *range(0x300, 0x370))
}
# Pairs that sound alike to many people of one region or another; the order matters.
_SOUNDS = (
    ("tr", "ch"), ("gi", "d"), ("gh", "g"), ("ph", "f"), ("r", "d"), ("x", "s"), ("y", "i"),
    ("k", "c"), ("q", "c"), ("l", "n"), ("w", "u"),
)  # fmt: skip
_KEYSTROKES = re.compile(
    r"(dd|[bcdghklmnpqrstvx]*)([aeiouyw]+)[sfrxj]?([aeiouyw]*)(ch|ng|nh|[ckmnpt])?[sfrxjz]?"
)
_WORDS_KEPT = 8192
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def key_of(name: str) -> str:
    """The name's letters and digits alone: "Ea H'Leo" is "eahleo", "Bản Liền" is "banlien"."""
    return name.translate(_SQUEEZE)


def sound_of(key: str) -> str:
    """Keys that sound alike share this: "banxen" and "bansen", "mydinh" and "midinh"."""
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    return key


@lru_cache(maxsize=_WORDS_KEPT)
def unkeyed(word: str) -> str:
    """A folded word without what Telex or VNI would have turned into marks: "lieenf" is "lien"."""
    if not word.isascii():
        return word
    if not word.isalpha():
        return re.sub(r"\d", "", word) if word[0].isalpha() else word
    typed = _KEYSTROKES.fullmatch(word)
    if typed is None:
        return word
    onset, vowels, more_vowels, coda = typed.groups()
    plain = re.sub(r"([aeo])\1", r"\1", (vowels + more_vowels).replace("w", "")) or "u"
    return onset.replace("dd", "d") + plain + (coda or "")


@lru_cache(maxsize=_WORDS_KEPT)
def toned(word: str) -> str:
    """A word with its marks, wherever in the word its tone was put: "Toả" and "Tỏa" are one."""
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(sign for sign in parts if sign in _TONES)
    return "".join(sign for sign in parts if sign not in _TONES) + tones
