"""Cuts a typed address into words, and mends the words that only a keyboard can have meant."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz.distance import OSA

from programme.folding import fold
from programme.places.spelling import key_of, toned, unkeyed

_LONGEST = 240  # signs; what is longer tells a story, and a story begins with the place
_MOST_WORDS = 28
_CUTTABLE = range(4, 40)  # letters
_PIECES = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,;/|()–—:\n-]")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?]\s|\n")
_MOST_SENTENCES = 3
_DASHES = ("", "-", "–", "—")
_NUMBERED = re.compile(r"\b([pfq])[. ]{0,2}(\d{1,2})\b")
_NUMBERED_KIND = {"p": "phuong", "f": "phuong", "q": "quan"}
_MENDED = ("tinh", "huyen", "phuong", "thanh", "tran")
_SHORTEST_MENDED = 4
_SAYS_NOTHING = frozenset({
    "o", "em", "toi", "tui", "minh", "con", "chau", "nha", "la", "thuoc", "tai", "dia", "chi",
    "day", "a", "da", "vang", "cu", "moi", "nay", "truoc", "que", "cho", "ubnd", "vn", "viet",
    "nam", "ben", "chu", "bac", "anh", "hop", "tac", "htx", "tht",
})  # fmt: skip
_WEIGHT_OF_NOTHING = 0.1
# Of these any sentence is made; a name that is not there to the letter is not there among them.
_EVERYDAY = frozenset({
    "da", "co", "roi", "chua", "khong", "ko", "dung", "vang", "ok", "u", "uh", "o", "nha", "tai",
    "trong", "xa", "toi", "tui", "minh", "ban", "nhu", "cu", "tren", "day", "lam", "moi", "dang",
    "la", "sao", "ca", "hai", "cam", "on", "chao", "em", "a", "biet", "het", "xong", "thi", "cung",
    "duoc", "gi", "the", "nao", "cua", "cho", "nua", "it", "nhieu", "di", "ve", "viec", "hoi",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an address.

    ``key`` is what it was meant to be, folded; ``typed`` its letters as they stand; ``plain``
    without what may have been keystrokes for marks; ``marked`` keeps its marks. ``before`` is
    the comma or dash before it.
    """

    key: str
    typed: str
    plain: str
    marked: str
    before: str

    @property
    def is_apart(self) -> bool:
        """Whether a comma or a dash is before it."""
        return bool(self.before)

    @property
    def is_after_comma(self) -> bool:
        """Whether more than a dash is before it; a dash may stand within a name."""
        return self.before not in _DASHES

    @property
    def is_sure(self) -> bool:
        """Whether it means what was typed."""
        return self.key == self.typed

    @property
    def says(self) -> bool:
        """Whether it is more than a phrase around an address."""
        return self.key not in _SAYS_NOTHING

    @property
    def is_everyday(self) -> bool:
        """Whether it is a word of any sentence."""
        return self.key in _EVERYDAY

    @property
    def weight(self) -> float:
        """How much it matters when the word is left over."""
        return len(self.key) * (1.0 if self.says else _WEIGHT_OF_NOTHING)


def sentences_of(text: str) -> list[str]:
    """The first sentences of a text that has several; a short word with a dot ends none."""
    sentences = _SENTENCE_END.split(text[:_LONGEST])
    return sentences[:_MOST_SENTENCES] if len(sentences) > 1 else []


def words_of(text: str, syllables: frozenset[str]) -> Iterator[Word]:
    """The words; those written together are cut where each part is a known syllable."""
    return islice(_words(_PIECES.findall(_clean(text)), syllables), _MOST_WORDS)


def _words(pieces: Iterable[str], syllables: frozenset[str]) -> Iterator[Word]:
    before = ""
    for piece in pieces:
        if not piece[0].isalnum():
            before = piece if before in _DASHES else before
            continue
        for marked in _cut(piece, syllables):
            typed = key_of(fold(marked))
            if typed:
                key = _meant(typed, syllables)
                yield Word(key, typed, unkeyed(key), toned(marked), before)
                before = ""


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text[:_LONGEST]).casefold().replace("’", "'")
    if not text.isascii():
        text = "".join(sign for sign in text if unicodedata.category(sign) not in {"Mn", "Cf"})
    return _NUMBERED.sub(lambda found: f"{_NUMBERED_KIND[found[1]]} {found[2]}", text)


def _meant(typed: str, syllables: frozenset[str]) -> str:
    if typed in syllables:
        return typed
    plain = unkeyed(typed)
    if plain in syllables:
        return plain
    if typed.isdigit():
        return typed.lstrip("0") or typed
    if len(typed) < _SHORTEST_MENDED:
        return typed
    close = (word for word in _MENDED if OSA.distance(typed, word, score_cutoff=1) == 1)
    return next(close, typed)


def _cut(piece: str, syllables: frozenset[str]) -> list[str]:
    key = fold(piece)
    known = key in syllables or unkeyed(key) in syllables
    if known or len(key) not in _CUTTABLE or len(key) != len(piece) or not key.isalpha():
        return [piece]
    cuts = _places_to_cut(key, syllables) or _places_around_slip(key, syllables)
    return [piece[start:end] for start, end in pairwise(cuts)] or [piece]


def _places_to_cut(key: str, syllables: frozenset[str]) -> list[int]:
    """Every cut of those ways into known syllables that have the fewest of them."""
    fewest = {len(key): 0}
    for start in range(len(key) - 2, -1, -1):
        rests = [fewest[end] for end in _ends(key, start, syllables) if end in fewest]
        if rests:
            fewest[start] = 1 + min(rests)
    cuts = {0} if 0 in fewest else set()
    for start in range(len(key)):
        if start in cuts:
            ends = _ends(key, start, syllables)
            cuts.update(end for end in ends if fewest.get(end) == fewest[start] - 1)
    return sorted(cuts)


def _ends(key: str, start: int, syllables: frozenset[str]) -> list[int]:
    return [end for end in range(start + 2, len(key) + 1) if key[start:end] in syllables]


def _places_around_slip(key: str, syllables: frozenset[str]) -> list[int]:
    """Cuts where a letter stands for the space, as it does in "chaughoai"."""
    for at in range(len(key) - 3, 1, -1):
        before = _places_to_cut(key[:at], syllables)
        after = _places_to_cut(key[at + 1 :], syllables)
        if before and after:
            return [*before[:-1], *(at + 1 + cut for cut in after)]
    return []
