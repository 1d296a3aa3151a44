"""Weighs every commune that a typed address may mean."""

from dataclasses import dataclass

from programme.places.gazetteer import COMMUNE, Gazetteer, Unit
from programme.places.index import AS_HEARD
from programme.places.readings import Reading, Readings, longest
from programme.places.sense import Sense, make_sense
from programme.places.spelling import key_of, toned
from programme.places.wording import Marker, Wording

# A reading that explains less is none; one word stands by chance in many a sentence.
_LEAST = 0.55
_LEAST_OF_ONE_WORD = 0.8
# Of a name with a slip, without its district or province.
_LEAST_LIKENESS_ALONE = 0.8
_LEAST_LIKENESS_RUN_TOGETHER = 0.85
# Factors for what speaks against a reading.
_OTHER_LEVEL = 0.7  # a district or a province is named, not a commune
_OTHER_KIND = 0.96
_COMMON_KIND = 0.99  # "xã" is said of any commune
_MARKS_MISSING = 0.985
_MARKS_WRONG = 0.97
_NICKNAME = 0.98
_FORMER_SURROUNDINGS = 0.995  # a commune of today in a district that is no more
_NAME_OF_VILLAGE = 0.85


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that the whole text may mean, by number.

    ``explained`` is the share of the text that it explains, ``score`` what remains of that
    after all that speaks against it. ``complete`` says that nothing is left over, ``exact``
    that nothing is guessed either.
    """

    unit: int
    score: float
    explained: float
    complete: bool
    exact: bool


class Scales:
    """Weighs each commune that was read against all words of one text."""

    def __init__(self, gazetteer: Gazetteer, wording: Wording, readings: Readings) -> None:
        self._gazetteer = gazetteer
        self._wording = wording
        self._readings = readings
        self._senses: dict[tuple[int, int, int], Sense] = {}

    def candidates(self) -> list[Candidate]:
        """All communes that explain enough of the text, in no order."""
        weighed = (
            self._weigh(reading, number)
            for reading in self._readings.communes
            for number in self._gazetteer.unit_names[reading.key]
        )
        return [candidate for candidate in weighed if candidate]

    def _weigh(self, name: Reading, number: int) -> Candidate | None:
        unit = self._gazetteer.units[number]
        district, province = self._surroundings(name, unit)
        if name.likeness < AS_HEARD and not (
            district or province or self._stands_alone(name, unit)
        ):
            return None
        sense = self._sense(name, district, province)
        if sense.explained < (_LEAST if name.end - name.start > 1 else _LEAST_OF_ONE_WORD):
            return None
        on_level = self._is_on_level(sense.marker, unit)
        explained = sense.explained * (1 if on_level else _OTHER_LEVEL)
        score = explained * self._kind_factor(sense.marker, unit) * self._name_factor(name, unit)
        if unit.today and (district or self._is_former(province, unit)):
            score *= _FORMER_SURROUNDINGS
        complete = sense.complete and on_level
        exact = all(part.likeness == 1 for part in (name, district, province) if part)
        return Candidate(number, score, explained, complete, complete and exact)

    def _surroundings(self, name: Reading, unit: Unit) -> tuple[Reading | None, Reading | None]:
        """The district and province that explain most; one word may serve as either."""
        districts, provinces = self._readings.districts, self._readings.provinces
        district = longest(districts, unit.districts, name.mask)
        alone = longest(provinces, unit.provinces, name.mask)
        if district is None or alone is None or not district.mask & alone.mask:
            return district, alone
        beside = longest(provinces, unit.provinces, name.mask | district.mask)
        with_district = self._sense(name, district, beside).explained
        if with_district > self._sense(name, None, alone).explained:
            return district, beside
        return None, alone

    def _sense(self, name: Reading, district: Reading | None, province: Reading | None) -> Sense:
        key = id(name), id(district), id(province)
        if key not in self._senses:
            self._senses[key] = make_sense(self._wording, name, district, province)
        return self._senses[key]

    def _is_on_level(self, marker: Marker | None, unit: Unit) -> bool:
        """Whether the word before the name lets it be a commune, or is the unit's own."""
        return marker is None or bool(marker.levels & COMMUNE) or self._is_own(marker, unit)

    def _is_own(self, marker: Marker, unit: Unit) -> bool:
        return self._gazetteer.kinds[marker.kind] == unit.kind

    def _kind_factor(self, marker: Marker | None, unit: Unit) -> float:
        if marker is None or self._is_own(marker, unit):
            return 1.0
        return _COMMON_KIND if marker.kind == "xa" else _OTHER_KIND

    def _stands_alone(self, name: Reading, unit: Unit) -> bool:
        """Whether a name with a slip, and nothing around it, is still more than chance."""
        typed = self._wording.words[name.start : name.end]
        known = unit.name.split()
        if name.likeness < _LEAST_LIKENESS_ALONE or len(typed) != len(known):
            return name.likeness >= _LEAST_LIKENESS_RUN_TOGETHER
        if not self._wording.has_marks:
            return any(word.key == key_of(own) for word, own in zip(typed, known, strict=True))
        return any(word.marked == toned(own) for word, own in zip(typed, known, strict=True))

    def _name_factor(self, name: Reading, unit: Unit) -> float:
        factor = _NAME_OF_VILLAGE if self._wording.village_before(name.start) else 1.0
        if unit.shown_as is not None:
            return factor * _NICKNAME
        if self._wording.has_marks and name.likeness == 1:
            factor *= self._marks_factor(name, unit)
        return factor

    def _marks_factor(self, name: Reading, unit: Unit) -> float:
        typed = [word.marked for word in self._wording.words[name.start : name.end]]
        known = [toned(word) for word in unit.name.split()]
        if typed == known or len(typed) != len(known):
            return 1.0
        wrong = any(
            mine != theirs and not mine.isascii() for mine, theirs in zip(typed, known, strict=True)
        )
        return _MARKS_WRONG if wrong else _MARKS_MISSING

    def _is_former(self, province: Reading | None, unit: Unit) -> bool:
        names = self._gazetteer.province_names
        return province is not None and unit.provinces[0] not in names[province.key]
