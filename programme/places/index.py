"""Finds the known names that a piece of typed text may be: as written, as heard, or slipped."""

import string
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from zlib import crc32

from rapidfuzz import process
from rapidfuzz.distance import OSA

from programme.places.spelling import sound_of

AS_HEARD = 0.93  # likeness of two names that only sound alike
_ID_BITS = 16
_MOST_SLIPS = 2
_LETTERS_A_SLIP = 4
_LETTERS = string.ascii_lowercase


class NameIndex:
    """All names by key.

    A slip of one letter is found without looking at each name: two keys that are one slip
    apart become equal when each loses one letter.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = sorted(set(keys))
        if len(self.keys) >= 1 << _ID_BITS:
            raise ValueError("too many names for the index")
        self._known = frozenset(self.keys)
        numbered = list(enumerate(key.encode() for key in self.keys))
        self._heard = _packed((sound_of(key).encode(), at) for at, key in enumerate(self.keys))
        self._slipped = _packed((short, at) for at, key in numbered for short in _shortened(key))

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def like(self, typed: str) -> dict[str, float]:
        """Names at most one slip away (two in a long name) or sounding alike, with likeness."""
        found = {}
        sound = sound_of(typed)
        for at in _lookup(self._heard, sound.encode()):
            if sound_of(self.keys[at]) == sound:
                found[self.keys[at]] = AS_HEARD
        for at in {
            at for short in _shortened(typed.encode()) for at in _lookup(self._slipped, short)
        }:
            key = self.keys[at]
            likeness = likeness_of(typed, key)
            if likeness > found.get(key, 0):
                found[key] = likeness
        if typed in self._known:
            found[typed] = 1.0
        return found

    def near(self, typed: str, among: list[str] | None = None, most: int = 8) -> dict[str, float]:
        """Names with up to a third of the letters wrong, by looking at each of ``among``."""
        close = process.extract(
            typed,
            self.keys if among is None else among,
            scorer=OSA.normalized_similarity,
            score_cutoff=2 / 3,
            limit=most,
        )
        return {key: score for key, score, _ in close if _digits(key) == _digits(typed)}


def likeness_of(typed: str, key: str) -> float:
    """1 for the same letters, less for each slip, 0 where there are too many for the length."""
    if _digits(typed) != _digits(key):
        return 0.0
    slips = OSA.distance(typed, key, score_cutoff=_MOST_SLIPS)
    longest = max(len(typed), len(key))
    return 1 - slips / longest if slips <= longest // _LETTERS_A_SLIP else 0.0


def _digits(key: str) -> str:
    """A wrong figure is another commune, never a slip."""
    return key.lstrip(_LETTERS).rstrip(_LETTERS)


def _shortened(key: bytes) -> list[bytes]:
    return [key, *(key[:at] + key[at + 1 :] for at in range(len(key)))]


def _packed(pairs: Iterable[tuple[bytes, int]]) -> "array[int]":
    """Checksum and number in one integer each, in order: 8 bytes where a dict takes 200."""
    return array("Q", sorted([crc32(text) << _ID_BITS | at for text, at in pairs]))


def _lookup(packed: "array[int]", text: bytes) -> Iterator[int]:
    checksum = crc32(text)
    at = bisect_left(packed, checksum << _ID_BITS)
    while at < len(packed) and packed[at] >> _ID_BITS == checksum:
        yield packed[at] & ((1 << _ID_BITS) - 1)
        at += 1
