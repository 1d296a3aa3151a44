"""What each run of words may name: a commune, a district, a province, or several of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from programme.places.gazetteer import CITY, COMMUNE, DISTRICT, PROVINCE, Gazetteer
from programme.places.wording import Run, Wording, mask_of

Similar = Callable[[Run], Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Some words taken as a name.

    ``levels`` are those at which it is borne, ``likely`` those that the word before it allows.
    """

    key: str
    start: int
    end: int
    mask: int
    likeness: float
    levels: int
    likely: int

    @property
    def may_be_district(self) -> bool:
        """Whether the word before it lets it be a district."""
        return bool(self.likely & DISTRICT)

    @property
    def may_be_province(self) -> bool:
        """Whether the word before it lets it be a province."""
        return bool(self.likely & (PROVINCE | CITY))


@dataclass(frozen=True, slots=True)
class Readings:
    """What the words may name, by level; districts and provinces by their number.

    ``guessed`` says that other names than those to the letter are among them.
    """

    guessed: bool = False
    communes: list[Reading] = field(default_factory=list)
    districts: dict[int, list[Reading]] = field(default_factory=dict)
    provinces: dict[int, list[Reading]] = field(default_factory=dict)


def gather(
    gazetteer: Gazetteer,
    wording: Wording,
    among: Iterable[Run],
    similar: Similar,
    *,
    guessed: bool = True,
) -> Readings:
    """Every name that some run of words is like, each from the words that are likest."""
    best: dict[str, list[Reading]] = {}
    for start, end in among:
        marker = wording.markers[start]
        for key, likeness in similar((start, end)).items():
            levels = gazetteer.levels[key]
            likely = (marker.levels & levels if marker else levels) or levels
            reading = Reading(key, start, end, mask_of(start, end), likeness, levels, likely)
            best[key] = _with(best.get(key, []), reading)
    return _sorted(gazetteer, chain.from_iterable(best.values()), guessed=guessed)


def longest(
    readings: Mapping[int, list[Reading]], numbers: tuple[int, ...], taken: int
) -> Reading | None:
    """Of what was read for any of these numbers, what explains most beside the words taken."""
    found, most = None, 0.0
    for number in numbers:
        for reading in readings.get(number, ()):
            told = len(reading.key) * reading.likeness
            if told > most and not reading.mask & taken:
                found, most = reading, told
    return found


def _with(known: list[Reading], reading: Reading) -> list[Reading]:
    """Of readings of one name that share words the likest alone is kept."""
    if any(other.mask & reading.mask and other.likeness >= reading.likeness for other in known):
        return known
    return [*(other for other in known if not other.mask & reading.mask), reading]


def _sorted(gazetteer: Gazetteer, found: Iterable[Reading], *, guessed: bool) -> Readings:
    readings = Readings(guessed)
    for reading in found:
        if reading.levels & COMMUNE:
            readings.communes.append(reading)
        for at in gazetteer.district_names.get(reading.key, ()):
            readings.districts.setdefault(at, []).append(reading)
        for at in gazetteer.province_names.get(reading.key, ()):
            readings.provinces.setdefault(at, []).append(reading)
    return readings
