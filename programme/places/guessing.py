"""Reads words as names, first to the letter, then more and more freely."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial, reduce
from itertools import islice
from operator import or_

from programme.places.gazetteer import COMMUNE, Gazetteer
from programme.places.index import AS_HEARD, NameIndex
from programme.places.readings import Reading, Readings, gather
from programme.places.spelling import key_of
from programme.places.wording import MARKER_WORDS, Run, Wording, mask_of

_SHORTEST = 3  # letters; shorter names count only to the letter
_LONGEST = 24
_MENDED = 0.99
_NEAR_LETTERS = range(5, _LONGEST + 1)
_MOST_RUNS = 3  # of those looked at freely: each costs half a millisecond


class Guesser:
    """Knows all names, and which of them lie in a district or a province."""

    def __init__(self, known: Gazetteer) -> None:
        self._known = known
        self._index = NameIndex((*known.unit_names, *known.district_names, *known.province_names))
        self.syllables = _syllables(known)
        self._one_word = _one_word_names(known)
        self._in_district: dict[int, set[str]] = defaultdict(set)
        self._in_province: dict[int, set[str]] = defaultdict(set)
        for key, numbers in known.unit_names.items():
            for unit in (known.units[number] for number in numbers):
                for district in unit.districts:
                    self._in_district[district].add(key)
                for province in unit.provinces:
                    self._in_province[province].add(key)

    def slipped(self, words: Wording) -> Readings:
        """Every run of words as each name that it may be with a slip."""
        return gather(self._known, words, words.runs(), partial(self._like, words))

    def ever_freer(self, words: Wording) -> Iterator[Readings]:
        """Readings to the letter; then with slips; then what else is roughly like a name."""
        yield gather(self._known, words, words.runs(), partial(self._same, words), guessed=False)
        if not words.says(words.all):
            return
        slipped = self.slipped(words)
        yield slipped
        yield self._near(words, slipped)

    def _same(self, words: Wording, run: Run) -> Mapping[str, float]:
        meant, others = words.spellings(run)
        known = [letters for letters in (meant, *others) if letters in self._index]
        sure = words.is_sure(run)
        return {
            letters: 1.0 if sure and letters == meant else _MENDED
            for letters in known
            if not self._is_whole_word(letters, run)
        }

    def _is_whole_word(self, letters: str, run: Run) -> bool:
        """Whether one word stands that is not a name, though two words' name has its letters."""
        one_word = run[1] - run[0] == 1
        return one_word and letters in self.syllables and letters not in self._one_word

    def _like(self, words: Wording, run: Run) -> Mapping[str, float]:
        letters, others = words.spellings(run)
        if not _SHORTEST <= len(letters) <= _LONGEST:
            return self._same(words, run)
        whole_word = self._is_whole_word(letters, run)
        found = {} if whole_word else self._index.like(letters)
        for spelling in others:
            for key, likeness in self._index.like(spelling).items():
                found[key] = max(likeness * _MENDED, found.get(key, 0))
        return found

    def _near(self, words: Wording, slipped: Readings) -> Readings:
        """Communes in the surroundings already read that are roughly like a whole part."""
        around = [*slipped.districts.values(), *slipped.provinces.values()]
        sure = [part for parts in around for part in parts if part.likeness >= AS_HEARD]
        among = self._names_around(slipped)
        whole = islice(_whole_parts(words, sure), _MOST_RUNS)
        near = gather(
            self._known, words, whole, lambda run: self._index.near(words.spellings(run)[0], among)
        )
        return replace(near, districts=slipped.districts, provinces=slipped.provinces)

    def _names_around(self, readings: Readings) -> list[str] | None:
        """The names within the districts that were read, or else within the provinces."""
        for read, names in (
            (readings.districts, self._in_district),
            (readings.provinces, self._in_province),
        ):
            sure = [at for at, parts in read.items() if any(p.likeness >= AS_HEARD for p in parts)]
            if sure:
                return sorted(set[str]().union(*(names[at] for at in sure)))
        return None


def _one_word_names(known: Gazetteer) -> frozenset[str]:
    return frozenset(key_of(name) for name in _names(known) if " " not in name)


def _syllables(known: Gazetteer) -> frozenset[str]:
    words = (word for name in _names(known) for word in name.split())
    return frozenset(key_of(word) for word in words) | MARKER_WORDS


def _names(known: Gazetteer) -> set[str]:
    return {
        *(unit.name for unit in known.units if unit.shown_as is None),
        *(district.name for district in known.districts),
        *(province.name for province in known.provinces),
    }


def _whole_parts(words: Wording, around: list[Reading]) -> Iterator[Run]:
    """Runs that begin and end where a name may: at a comma, a word for a kind, a known name.

    What is called a commune comes first.
    """
    apart = {at for at, word in enumerate(words.words) if word.is_apart}
    marked = {at: marker for at, marker in enumerate(words.markers) if marker}
    starts = {0, *apart, *marked, *(part.end for part in around)}
    ends = {len(words.words), *apart, *(part.start for part in around)}
    ends |= {marker.start for marker in marked.values()}
    whole = [
        (start, end)
        for start, end in words.runs()
        if start in starts and end in ends and words.count(mask_of(start, end)) in _NEAR_LETTERS
    ]
    named = reduce(or_, (part.mask for part in around), 0)
    called = [run for run in whole if run[0] in marked and marked[run[0]].levels & COMMUNE]
    free = [run for run in whole if not mask_of(*run) & named]
    yield from dict.fromkeys((*called, *free, *whole))
