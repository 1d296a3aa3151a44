"""Numbers and the places that they stand beside: "70% trong xa", "ngoai xa 2 nguoi", "con lai"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Part:
    """A number of things, a few called by a word, a share of them, or what the others leave."""

    values: tuple[Decimal, ...]
    kind: Literal["count", "few", "percent", "rest"] = "percent"


@dataclass(slots=True)
class Placed:
    """The parts by place, the parts without place, and the places without part."""

    by_place: dict[str, Part] = field(default_factory=dict)
    bare: list[Part] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


class Stop:
    """The end of a clause: what stands before it has no place behind it."""


def pair(items: Iterable[Part | str | Stop]) -> Placed | None:
    """Each part with the place after it, or before it; None when a place has two."""
    placed = Placed()
    part: Part | None = None
    place: str | None = None
    for item in (*items, Stop()):
        if part is not None and not isinstance(item, str):
            placed.bare.append(part)
            part = None
        if place is not None and not isinstance(item, Part):
            placed.empty.append(place)
            place = None
        part = item if isinstance(item, Part) else part
        place = item if isinstance(item, str) else place
        if part is not None and place is not None:
            if place in placed.by_place:
                return None
            placed.by_place[place] = part
            part = place = None
    return placed
