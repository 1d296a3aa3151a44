"""How well a commune's name, with the district and province around it, explains all the words."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.places.gazetteer import CITY, DISTRICT, PROVINCE
from programme.places.readings import Reading
from programme.places.wording import Marker, Wording, mask_of

# How much a word before the commune's name counts as left over: a village may stand there.
_OF_VILLAGE = 0.1
_BEFORE_COMMUNE_WORD = 0.15
_MAYBE_OF_VILLAGE = 0.25
_BEFORE_SURROUNDINGS = 0.4
_UNFOUNDED = 0.7
_OTHER_LEVEL = 0.9  # "xã" before a district, "huyện" before a province


@dataclass(frozen=True, slots=True)
class Sense:
    """``explained`` is a share, ``complete`` says that nothing is left over.

    ``marker`` is the word for a kind that stands before the commune's name.
    """

    explained: float
    complete: bool
    marker: Marker | None


def make_sense(
    wording: Wording, name: Reading, district: Reading | None, province: Reading | None
) -> Sense:
    """The sense of the words if this is the commune and these its surroundings."""
    around = [part for part in (district, province) if part]
    named = _masks([name, *around])
    marker = _marker(wording, name, named)
    suits = _suits(wording, district, DISTRICT, named) and _suits(
        wording, province, PROVINCE | CITY, named
    )
    left = wording.all & ~_taken(wording, [name, *around], named)
    before, other = _sides(wording, name, around, marker, left)
    beside = wording.weight(other) + _weight_before(wording, before, marker, around)
    share = _told(wording, [name, *around]) / (wording.count(named) + beside)
    founded = bool(marker) or not wording.says(before & ~wording.surely_village)
    return Sense(
        share if suits else share * _OTHER_LEVEL,
        suits and founded and not wording.says(other),
        marker,
    )


def plain_share(wording: Wording, name: Reading, province: Reading | None) -> float:
    """How well a district or a province, with its province, explains all the words."""
    parts = [part for part in (name, province) if part]
    named = _masks(parts)
    left = wording.all & ~_taken(wording, parts, named)
    return _told(wording, parts) / (wording.count(named) + wording.weight(left))


def _masks(parts: Iterable[Reading]) -> int:
    return sum(part.mask for part in parts)


def _told(wording: Wording, parts: Iterable[Reading]) -> float:
    """How many letters the names explain."""
    return sum(part.likeness * wording.count(part.mask) for part in parts)


def _taken(wording: Wording, parts: Iterable[Reading], named: int) -> int:
    """The words of the names and those for a kind before them."""
    markers = (_marker(wording, part, named) for part in parts)
    return named | sum(marker.mask for marker in markers if marker)


def _marker(wording: Wording, part: Reading, named: int) -> Marker | None:
    """The word for a kind before the name, unless it is in a name or suits no bearer of this."""
    marker = wording.markers[part.start]
    if marker is None or marker.mask & named or not marker.levels & part.levels:
        return None
    return marker


def _suits(wording: Wording, part: Reading | None, levels: int, named: int) -> bool:
    marker = part and _marker(wording, part, named)
    return not marker or bool(marker.levels & levels)


def _sides(
    wording: Wording, name: Reading, around: list[Reading], marker: Marker | None, left: int
) -> tuple[int, int]:
    """Words left over where a village may be named, and all others."""
    upwards = not around or any(part.start > name.start for part in around)
    side = mask_of(0, name.start) if upwards else mask_of(name.end, len(wording.words))
    side &= ~wording.called_more
    if marker is None:
        side &= ~wording.called_commune
    return left & side, left & ~side


def _weight_before(
    wording: Wording, words: int, marker: Marker | None, around: list[Reading]
) -> float:
    surely = words & wording.surely_village
    maybe = words & wording.maybe_village & ~surely
    unsaid = words & ~surely & ~maybe
    unsaid_weight = _BEFORE_SURROUNDINGS if around else _UNFOUNDED
    return (
        wording.weight(surely) * _OF_VILLAGE
        + wording.weight(maybe) * (_BEFORE_COMMUNE_WORD if marker else _MAYBE_OF_VILLAGE)
        + wording.weight(unsaid) * (_BEFORE_COMMUNE_WORD if marker else unsaid_weight)
    )
