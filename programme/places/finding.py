"""Finds the commune of today that a person means, however it is written."""

from collections.abc import Iterable
from functools import cache

from programme.places import gazetteer, wording
from programme.places.areas import area_explains, areas_in, is_bare_province
from programme.places.found import Area, Commune, Found, Match
from programme.places.gazetteer import Gazetteer, Province, Unit
from programme.places.guessing import Guesser
from programme.places.weighing import Candidate, Scales
from programme.places.wording import Wording
from programme.places.words import sentences_of

_GOOD = 0.8  # nothing further is tried when a reading is as good as this
_WHOLE = 0.95  # a district or a province alone, with no more than a phrase around it
_TIE = 0.005  # communes whose scores differ by less fit equally well
_NEAR_HOME = 0.012  # more than a word for the kind says, less than marks that were typed
_BEHIND_EXACT = 0.12
_BEHIND_GUESS = 0.3


class Places:
    """The communes of Viet Nam, asked by what people type."""

    def __init__(self, known: Gazetteer) -> None:
        self._known = known
        self._guesser = Guesser(known)
        self._numbers = {code: at for at, code in enumerate(known.codes)}
        self._formed_of = _formed_of(known)

    def look(self, text: str, *, near_province: str | None = None, most: int = 3) -> Found:
        """All that the text may mean.

        Communes in the province of code ``near_province`` come first among equals.
        """
        candidates = self._candidates_in(text)
        ranked = self._ranked(candidates, near_province)
        matches = tuple(self._match(*entry) for entry in ranked[:most])
        return Found(matches, self._ways(candidates), () if candidates else self.areas(text))

    def find(self, text: str, *, near_province: str | None = None, most: int = 3) -> list[Match]:
        """The communes that are likeliest meant, best first; none for a district or province."""
        return list(self.look(text, near_province=near_province, most=most).matches)

    def ways(self, text: str) -> int:
        """How many communes fit the text equally well; parts of one old commune count once."""
        return self.look(text, most=0).ways

    def areas(self, text: str) -> tuple[Area, ...]:
        """The districts or provinces that the text names, also where a commune has that name."""
        words = wording.read(text, self._guesser.syllables)
        if words.is_everyday:
            return ()
        return areas_in(self._known, words, self._guesser.slipped(words))

    def place_kind(self, text: str) -> str | None:
        """Whether the text names a "district" or a "province"."""
        return next((area.level for area in self.areas(text)), None)

    def province_of(self, text: str) -> Province | None:
        """The one province of today that the text names, or that what it names lies in."""
        areas = self.areas(text)
        codes = {area.province_code for area in areas if area.level == areas[0].level}
        if not areas:
            codes = {match.commune.province_code for match in self.find(text, most=2)}
        return self.province(codes.pop()) if len(codes) == 1 else None

    def by_code(self, code: str) -> Commune | None:
        """The commune with this code of the two-level numbering."""
        number = self._numbers.get(code)
        return None if number is None else self._commune(number)

    def provinces(self) -> tuple[Province, ...]:
        """The provinces of today, by code."""
        return tuple(place for at, place in enumerate(self._known.provinces) if place.now == at)

    def province(self, code: str) -> Province | None:
        """The province of today with this code."""
        return next((place for place in self.provinces() if place.code == code), None)

    def _candidates_in(self, text: str) -> list[Candidate]:
        """Candidates of the whole text, or else of its first sentence that has some."""
        for said in (text, *sentences_of(text)):
            found = self._candidates(wording.read(said, self._guesser.syllables))
            if found:
                return found
        return []

    def _candidates(self, words: Wording) -> list[Candidate]:
        """Candidates of the first way of reading that is good enough, else of the last."""
        if is_bare_province(self._known, words):
            return []
        found: list[Candidate] = []
        explained = area = 0.0
        for readings in self._guesser.ever_freer(words):
            found += Scales(self._known, words, readings).candidates()
            explained = max((candidate.explained for candidate in found), default=0)
            area = area_explains(self._known, words, readings) if explained < 1 else 0.0
            if area > max(explained, _WHOLE):
                return []
            if words.is_everyday:
                return [candidate for candidate in found if candidate.explained == 1]
            if not readings.guessed and any(candidate.complete for candidate in found):
                return _leading(found, _BEHIND_EXACT)
            if readings.guessed and explained >= _GOOD:
                return _leading(found, _BEHIND_GUESS)
        return [] if area > explained else _leading(found, _BEHIND_GUESS)

    def _ways(self, candidates: list[Candidate]) -> int:
        best = max((candidate.score for candidate in candidates), default=0)
        units = (self._known.units[at.unit] for at in candidates if at.score > best - _TIE)
        return len({unit.communes[0] for unit in units})

    def _ranked(
        self, candidates: Iterable[Candidate], near_province: str | None
    ) -> list[tuple[Candidate, int]]:
        """Each commune once, with its best candidate."""
        entries = []
        for candidate in candidates:
            unit = self._known.units[candidate.unit]
            for place, commune in enumerate(unit.communes):
                home = self._province_of(commune).code == near_province
                score = round(candidate.score + home * _NEAR_HOME, 3)
                order = (-score, place, not unit.today, -len(unit.name), commune, candidate.unit)
                entries.append((order, candidate, commune))
        entries.sort(key=lambda entry: entry[0])
        first: dict[int, Candidate] = {}
        for _, candidate, commune in entries:
            first.setdefault(commune, candidate)
        return [(candidate, commune) for commune, candidate in first.items()]

    def _match(self, candidate: Candidate, commune: int) -> Match:
        unit = self._known.units[candidate.unit]
        via = None if unit.today else self._shown(unit)
        return Match(self._commune(commune), via, round(candidate.score, 3), candidate.exact)

    def _commune(self, number: int) -> Commune:
        unit, province = self._known.units[number], self._province_of(number)
        was = tuple(self._shown(self._known.units[at]) for at in self._formed_of[number])
        code = self._known.codes[number]
        return Commune(code, unit.kind, unit.name, province.code, province.shown, was)

    def _province_of(self, commune: int) -> Province:
        return self._known.provinces[self._known.units[commune].provinces[0]]

    def _shown(self, unit: Unit) -> str:
        if unit.shown_as is not None:
            unit = self._known.units[unit.shown_as]
        district = self._known.districts[unit.districts[0]]
        own = f"{unit.kind} {unit.name}"
        return own if own == district.shown else f"{own}, {district.shown}"


def _leading(candidates: list[Candidate], behind: float) -> list[Candidate]:
    best = max((candidate.score for candidate in candidates), default=0)
    return [candidate for candidate in candidates if candidate.score >= best - behind]


def _formed_of(known: Gazetteer) -> list[tuple[int, ...]]:
    """For each commune of today the old units in it, those that chiefly went there first."""
    chiefly: list[list[int]] = [[] for _ in known.codes]
    partly: list[list[int]] = [[] for _ in known.codes]
    for number in known.before:
        for place, commune in enumerate(known.units[number].communes):
            (partly if place else chiefly)[commune].append(number)
    return [(*whole, *parts) for whole, parts in zip(chiefly, partly, strict=True)]


@cache
def places() -> Places:
    """The communes, loaded at the first call."""
    return Places(gazetteer.load())
