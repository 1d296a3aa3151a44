"""Known names found in what people type: without marks, with typos, with Telex left in."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from programme.folding import composed, fold

_SYLLABLE = re.compile(r"[^\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MOST_SYLLABLES = 40  # of a long story only the beginning names the product

# How much a name says by its length: "mận tam hoa" says more than "mận".
_REACH = (0.0, 1.0, 1.5, 1.9, 2.2, 2.4, 2.5)
_LIKE_IN_SOUND, _LIKE_IN_LETTERS, _GLUED = 0.85, 0.75, 0.9
_OTHER_TONE, _OTHER_LETTER, _NO_MARK_AMONG_MARKS = 0.7, 0.45, 0.9

# Letters that the regions of the country write for one another, the longer first.
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"^(gi|d|r)(?=[aeiouy])", "d"),
        (r"^(tr|ch)", "c"),
        (r"^s", "x"),
        (r"^(l|n)(?=[aeiouy])", "l"),
        (r"^(ngh|gh)", "g"),
        (r"^k", "c"),
        (r"y", "i"),
    )
)
_NO_VOWELS = "bcdfghjklmnpqrstvwxz0123456789"


@dataclass(frozen=True, slots=True)
class Syllable:
    """One typed syllable: without any mark, without its tone, and the tone."""

    plain: str
    toneless: str
    tone: str

    @property
    def marked(self) -> bool:
        """Whether anything was typed that a bare keyboard cannot."""
        return bool(self.tone) or self.toneless != self.plain


@dataclass(frozen=True, slots=True)
class Name:
    """A known name, split for comparing."""

    written: str
    syllables: tuple[Syllable, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """Its syllables without marks."""
        return tuple(syllable.plain for syllable in self.syllables)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the sentence and the names it may be, each with how well it fits, best first."""

    readings: tuple[tuple[str, float], ...]
    size: int


def syllables(text: str) -> tuple[Syllable, ...]:
    """The first syllables of a text, as many as can name a product."""
    flat = _UNSEEN.sub("", composed(text)[: _MOST_SYLLABLES * 20]).casefold()
    return tuple(_syllable(found) for found in _SYLLABLE.findall(flat)[:_MOST_SYLLABLES])


@lru_cache(maxsize=16_384)
def _syllable(typed: str) -> Syllable:
    letters = unicodedata.normalize("NFD", typed)
    tone = "".join(sign for sign in letters if sign in _TONES)
    toneless = "".join(sign for sign in letters if sign not in _TONES)
    return Syllable(fold(typed), unicodedata.normalize("NFC", toneless), tone)


@lru_cache(maxsize=16_384)
def sound(plain: str) -> str:
    """What is left of a syllable when regional spelling is made one: "trung" and "chung"."""
    for pattern, letter in _SOUNDS:
        plain = pattern.sub(letter, plain)
    return plain


@lru_cache(maxsize=16_384)
def skips(plain: str) -> frozenset[str]:
    """The word and every word that one letter less makes of it."""
    return frozenset((plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))))


def without_telex(plain: str) -> str:
    """The syllable behind keys that no input method took: "ruwowuj" is "ruou", "ga5o" is "gao".

    After its first vowel no Vietnamese syllable holds s, f, r, x, j, w, z, d or a digit.
    """
    rest = plain.lstrip(_NO_VOWELS)
    onset = plain[: len(plain) - len(rest)]
    rest = re.sub(r"[sfrxjwzd0-9]", "", rest)
    rest = re.sub(r"([aeo])(.*?)\1", r"\1\2", rest, count=1)
    return onset.replace("dd", "d").replace("w", "") + rest


class Names:
    """A set of names that can be found in what people type."""

    def __init__(self, written: Iterable[str]) -> None:
        self._exact: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        self._gapped: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        self._sounding: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        self._glued: dict[str, list[Name]] = defaultdict(list)
        self._nearly: dict[str, list[Name]] = defaultdict(list)
        self._known: set[str] = set()
        for name in written:
            self._add(Name(name, syllables(name)))
        self._longest = max(map(len, self._exact))

    def _add(self, name: Name) -> None:
        plain = name.plain
        self._exact[plain].append(name)
        self._known.update(plain)
        self._sounding[tuple(map(sound, plain))].append(name)
        if len(plain) > 1:
            self._glued["".join(plain)].append(name)
            for gapped in _gaps(plain):
                self._gapped[gapped].append(name)
        elif len(plain[0]) > 3:  # noqa: PLR2004 (shorter words are a letter from everything)
            for skipped in skips(plain[0]):
                self._nearly[skipped].append(name)

    def find(self, text: str) -> tuple[Hit, ...]:
        """The names in the text from left to right, none inside another.

        A product stands in front: behind a strange word, one syllable a letter off is chance.
        """
        typed = tuple(map(self._mended, syllables(text)))
        hits, at, strange = [], 0, False
        while at < len(typed):
            hit = self._best_at(typed, at)
            if hit is None or (strange and _is_chance(hit)):
                strange = True
                at += 1
            else:
                hits.append(hit)
                at += hit.size
        return tuple(hits)

    def _mended(self, syllable: Syllable) -> Syllable:
        if syllable.plain in self._known or syllable.plain in self._glued:
            return syllable
        mended = without_telex(syllable.plain)
        known = mended in self._known or mended in self._glued
        return Syllable(mended, mended, "") if known else syllable

    def _best_at(self, typed: tuple[Syllable, ...], at: int) -> Hit | None:
        among_marks = any(syllable.marked for syllable in typed)
        best: Hit | None = None
        for size in range(min(self._longest, len(typed) - at), 0, -1):
            part = typed[at : at + size]
            readings = {
                name.written: _REACH[min(len(name.syllables), 6)]
                * fit
                * _agreement(name, part, among_marks)
                for name, fit in self._candidates(part)
            }
            ranked = tuple(sorted(readings.items(), key=lambda reading: -reading[1]))
            if ranked and (best is None or ranked[0][1] > best.readings[0][1]):
                best = Hit(ranked, size)
        return best

    def _candidates(self, part: tuple[Syllable, ...]) -> Iterator[tuple[Name, float]]:
        plain = tuple(syllable.plain for syllable in part)
        if plain in self._exact:
            yield from ((name, 1.0) for name in self._exact[plain])
        elif len(plain) == 1:
            yield from self._like_one(plain[0])
        else:
            yield from self._like_several(part)

    def _like_one(self, plain: str) -> Iterator[tuple[Name, float]]:
        yield from ((name, _GLUED) for name in self._glued.get(plain, ()))
        if plain in self._known or len(plain) < 4:  # noqa: PLR2004
            return
        yield from ((name, _LIKE_IN_SOUND) for name in self._sounding.get((sound(plain),), ()))
        near = {name for skipped in skips(plain) for name in self._nearly.get(skipped, ())}
        for name in sorted(near, key=lambda each: each.written):
            if _one_key(plain, name.plain[0]):
                yield name, _LIKE_IN_LETTERS

    def _like_several(self, part: tuple[Syllable, ...]) -> Iterator[tuple[Name, float]]:
        plain = tuple(syllable.plain for syllable in part)
        for name in self._sounding.get(tuple(map(sound, plain)), ()):
            if any(map(str.__eq__, plain, name.plain)) or self._known.isdisjoint(plain):
                yield name, _LIKE_IN_SOUND
        for at, gapped in enumerate(_gaps(plain)):
            if self._is_name(part[at]):
                continue  # no typo of another name: "nước mận" is not "nước mắm"
            for name in self._gapped.get(gapped, ()):
                if _typo(part[at], name.syllables[at]):
                    yield name, _LIKE_IN_LETTERS

    def _is_name(self, syllable: Syllable) -> bool:
        names = self._exact.get((syllable.plain,), ())
        return any(_fit(syllable, name.syllables[0], False) >= _OTHER_TONE for name in names)


def _is_chance(hit: Hit) -> bool:
    """Whether it is one syllable that is only a letter off."""
    return hit.size == 1 and hit.readings[0][1] <= _LIKE_IN_LETTERS


def _gaps(plain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for at in range(len(plain)):
        yield (*plain[:at], "", *plain[at + 1 :])


def _typo(typed: Syllable, meant: Syllable) -> bool:
    if min(len(typed.plain), len(meant.plain)) < 3:  # noqa: PLR2004
        return False
    if typed.marked:
        return _one_key(typed.toneless, meant.toneless)
    return _one_key(typed.plain, meant.plain)


def _one_key(typed: str, meant: str) -> bool:
    """Whether one key too many, too few, wrong or out of turn makes the one of the other."""
    if len(typed) != len(meant):
        shorter, longer = sorted((typed, meant), key=len)
        return shorter in skips(longer)
    wrong = [at for at, (left, right) in enumerate(zip(typed, meant, strict=True)) if left != right]
    if len(wrong) == 2:  # noqa: PLR2004 (two neighbours that changed places)
        first, second = wrong
        crossed = typed[first] == meant[second] and typed[second] == meant[first]
        return crossed and second == first + 1
    return len(wrong) <= 1


def _agreement(name: Name, part: tuple[Syllable, ...], among_marks: bool) -> float:
    if len(part) != len(name.syllables):
        return 1.0
    fits = (_fit(*pair, among_marks) for pair in zip(part, name.syllables, strict=True))
    return sum(fits) / len(part)


def _fit(typed: Syllable, meant: Syllable, among_marks: bool) -> float:
    if typed == meant:
        return 1.0
    if typed.plain != meant.plain or not typed.marked:
        return _NO_MARK_AMONG_MARKS if among_marks else 1.0
    return _OTHER_TONE if typed.toneless == meant.toneless else _OTHER_LETTER
