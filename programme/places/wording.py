"""A typed address as words, with what some of them say about others."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_

from programme.places.gazetteer import CITY, COMMUNE, DISTRICT, PROVINCE
from programme.places.words import Word, words_of

_MARKERS = {
    ("xa",): "xa", ("x",): "xa", ("phuong",): "phuong", ("p",): "phuong", ("f",): "phuong",
    ("thi", "tran"): "thitran", ("tt",): "thitran", ("t", "t"): "thitran",
    ("thitran",): "thitran", ("dac", "khu"): "dackhu", ("dk",): "dackhu",
    ("huyen",): "huyen", ("h",): "huyen", ("quan",): "quan", ("q",): "quan",
    ("thi", "xa"): "thixa", ("tx",): "thixa", ("t", "x"): "thixa", ("thixa",): "thixa",
    ("thanh", "pho"): "thanhpho", ("tp",): "thanhpho", ("t", "p"): "thanhpho",
    ("thanhpho",): "thanhpho", ("tinh",): "tinh", ("t",): "tinh",
}  # fmt: skip
MARKER_WORDS = frozenset(word for words in _MARKERS for word in words)
_LEVELS = {
    "xa": COMMUNE, "phuong": COMMUNE, "thitran": COMMUNE, "dackhu": COMMUNE, "huyen": DISTRICT,
    "quan": DISTRICT, "thixa": DISTRICT, "thanhpho": DISTRICT | CITY, "tinh": PROVINCE,
}  # fmt: skip
_SURELY_VILLAGE = frozenset({"thon", "xom", "ap", "khom", "tdp", "kp"})
_MAYBE_VILLAGE = frozenset({
    "ban", "buon", "bon", "lang", "khu", "doi", "to", "phum", "soc", "duong", "ngo", "hem", "so",
})  # fmt: skip
_WORDS_OF_VILLAGE = 3
_WORDS_OF_PLACE = 5
_WORDS_OF_NAME = 6
_WEIGHT_OF_MARKER = 0.3
# Of these no name begins.
_ONLY_MARKERS = frozenset({"x", "p", "f", "h", "q", "t", "tt", "tp", "tx", "dk"})

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marker:
    """A word for a kind of place, such as "xã" or "tp", just before a name."""

    kind: str
    levels: int
    start: int
    mask: int


@dataclass(frozen=True)  # without slots, for the cached properties
class Wording:
    """The words of one address; a set of words is a bit mask."""

    words: tuple[Word, ...]

    @cached_property
    def has_marks(self) -> bool:
        """Whether the person types marks at all, so that their absence says something."""
        return any(not word.marked.isascii() for word in self.words)

    @cached_property
    def markers(self) -> tuple[Marker | None, ...]:
        """For each place between words the marker that ends there."""
        return tuple(self._marker_before(at) for at in range(len(self.words) + 1))

    @cached_property
    def is_everyday(self) -> bool:
        """Whether nothing stands there but what any sentence is made of: "đã có", "ở nhà"."""
        return all(word.is_everyday for word in self.words)

    @cached_property
    def all(self) -> int:
        """All words."""
        return mask_of(0, len(self.words))

    @cached_property
    def surely_village(self) -> int:
        """The words that name something smaller than a commune."""
        groups = (
            mask_of(at, at + 2)
            for at, (word, after) in enumerate(pairwise(self.words))
            if word.key == "to" and after.key.isdigit()
        )
        return _union((*groups, *self._regions(self._where(_SURELY_VILLAGE), _WORDS_OF_VILLAGE)))

    @cached_property
    def maybe_village(self) -> int:
        """The words that, where they are no name, may name something smaller than a commune."""
        return _union(self._regions(self._where(_MAYBE_VILLAGE), _WORDS_OF_VILLAGE))

    @cached_property
    def called_commune(self) -> int:
        """The words after a word for a commune: whatever they are, they are no village."""
        return self._called(lambda levels: levels == COMMUNE)

    @cached_property
    def called_more(self) -> int:
        """The words after a word for a district or a province."""
        return self._called(lambda levels: levels != COMMUNE)

    def says(self, mask: int) -> bool:
        """Whether any of these words matters."""
        return any(self.words[at].says for at in _places(mask))

    def count(self, mask: int) -> int:
        """The number of letters in these words."""
        return sum(self._lengths[at] for at in _places(mask))

    def weight(self, mask: int) -> float:
        """How much it matters that these words are left over."""
        return sum(self._weights[at] for at in _places(mask))

    def runs(self) -> Iterator[Run]:
        """All runs of words that may be a name: short enough, and without a comma inside."""
        count = len(self.words)
        for start in range(count):
            if self.words[start].key in _ONLY_MARKERS:
                continue
            for end in range(start + 1, min(start + _WORDS_OF_NAME, count) + 1):
                if end > start + 1 and self.words[end - 1].is_after_comma:
                    break
                yield start, end

    def spellings(self, run: Run) -> tuple[str, tuple[str, ...]]:
        """The words run together, as they were meant and as they may have been."""
        here = slice(*run)
        meant = "".join(self._keys[here])
        others = ("".join(words[here]) for words in self._other_keys)
        return meant, tuple(other for other in others if other != meant)

    def is_sure(self, run: Run) -> bool:
        """Whether the words mean what was typed."""
        return all(self._sure[slice(*run)])

    def village_before(self, at: int) -> bool:
        """Whether the name that starts here is surely one of a village."""
        return at > 0 and self.words[at - 1].key in _SURELY_VILLAGE

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)

    @cached_property
    def _other_keys(self) -> tuple[tuple[str, ...], ...]:
        """Other ways to take the words: as they stand, and as keystrokes for marks."""
        typed = tuple(word.typed for word in self.words)
        plain = tuple(word.plain for word in self.words)
        return tuple(words for words in dict.fromkeys((typed, plain)) if words != self._keys)

    @cached_property
    def _sure(self) -> tuple[bool, ...]:
        return tuple(word.is_sure for word in self.words)

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(len(word.key) for word in self.words)

    @cached_property
    def _weights(self) -> tuple[float, ...]:
        return tuple(
            word.weight * (_WEIGHT_OF_MARKER if word.key in MARKER_WORDS else 1)
            for word in self.words
        )

    @cached_property
    def _marker_starts(self) -> frozenset[int]:
        return frozenset(marker.start for marker in self.markers if marker)

    def _marker_before(self, end: int) -> Marker | None:
        if end < len(self.words) and self.words[end].is_apart:
            return None
        if end > 1 and self.words[end - 2].key == "tac":  # hợp tác xã: a cooperative
            return None
        for start in (end - 2, end - 1):
            kind = _MARKERS.get(tuple(word.key for word in self.words[max(start, 0) : end]))
            if kind and start >= 0:
                return Marker(kind, _LEVELS[kind], start, mask_of(start, end))
        return None

    def _where(self, known: frozenset[str]) -> Iterator[int]:
        return (at for at, word in enumerate(self.words) if word.key in known)

    def _called(self, fits: Callable[[int], bool]) -> int:
        fitting = ((at, marker) for at, marker in enumerate(self.markers) if marker)
        starts = (at for at, marker in fitting if fits(marker.levels) and at < len(self.words))
        return _union(self._regions(starts, _WORDS_OF_PLACE))

    def _regions(self, starts: Iterable[int], most: int) -> Iterator[int]:
        """The words from each start up to a comma, a number or a word for a kind."""
        for start in starts:
            end = start + 1
            while end < min(start + most, len(self.words)) and self._goes_on(end):
                end += 1
            yield mask_of(start, end)

    def _goes_on(self, at: int) -> bool:
        ended = self.words[at].is_apart or self.words[at - 1].key.isdigit()
        return not ended and at not in self._marker_starts


def mask_of(start: int, end: int) -> int:
    """The words from start up to end as a bit mask."""
    return (1 << end) - (1 << start)


def read(text: str, syllables: frozenset[str]) -> Wording:
    """The words of the text, known syllables being a help where it is badly typed."""
    return Wording(tuple(words_of(text, syllables)))


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _places(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
