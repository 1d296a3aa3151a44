"""Tells when a text names a district or a province, and which communes of today lie there."""

from collections.abc import Iterator

from programme.places.found import Area
from programme.places.gazetteer import Gazetteer
from programme.places.readings import Readings, longest
from programme.places.sense import plain_share
from programme.places.wording import Wording

DISTRICT = "district"
PROVINCE = "province"
_LEAST = 0.8
_TIE = 0.005

_Weighed = tuple[float, str, int]


def is_bare_province(known: Gazetteer, words: Wording) -> bool:
    """Whether nothing but a province's name is said, which a commune may share."""
    said = "".join(word.key for word in words.words if word.weight)
    return said in known.province_names


def area_explains(known: Gazetteer, words: Wording, readings: Readings) -> float:
    """How well a district or a province alone explains the text; nothing where hardly."""
    best = max((explained for explained, _, _ in _weighed(known, words, readings)), default=0.0)
    return best if best >= _LEAST else 0.0


def areas_in(known: Gazetteer, words: Wording, readings: Readings) -> tuple[Area, ...]:
    """The districts and provinces that explain the whole text equally well, provinces first."""
    weighed = _weighed(known, words, readings)
    least = max((explained - _TIE for explained, _, _ in weighed), default=1.0)
    areas: dict[str, Area] = {}
    for explained, level, number in weighed:
        if explained >= max(least, _LEAST):
            area = _province(known, number) if level == PROVINCE else _district(known, number)
            areas.setdefault(area.shown, area)
    return tuple(areas.values())


def _weighed(known: Gazetteer, words: Wording, readings: Readings) -> list[_Weighed]:
    return [*_provinces(words, readings), *_districts(known, words, readings)]


def _provinces(words: Wording, readings: Readings) -> Iterator[_Weighed]:
    for number, parts in sorted(readings.provinces.items()):
        shares = (plain_share(words, part, None) for part in parts if part.may_be_province)
        yield max(shares, default=0), PROVINCE, number


def _districts(known: Gazetteer, words: Wording, readings: Readings) -> Iterator[_Weighed]:
    for number, parts in sorted(readings.districts.items()):
        province = known.districts[number].province
        around = (province, known.provinces[province].now)
        shares = (
            plain_share(words, part, longest(readings.provinces, around, part.mask))
            for part in parts
            if part.may_be_district
        )
        yield max(shares, default=0), DISTRICT, number


def _province(known: Gazetteer, number: int) -> Area:
    province = known.provinces[number]
    inside = (unit.communes[0] for unit in known.today if number in unit.provinces)
    codes = tuple(known.codes[at] for at in inside)
    return Area(PROVINCE, province.shown, province.code, codes)


def _district(known: Gazetteer, number: int) -> Area:
    district = known.districts[number]
    province = known.provinces[district.province]
    inside = (unit.communes[0] for unit in known.today if number in unit.districts)
    codes = tuple(known.codes[at] for at in inside)
    return Area(DISTRICT, f"{district.shown}, {province.shown}", province.code, codes)
