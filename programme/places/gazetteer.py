"""The communes of today and of before 1/7/2025, with the districts and provinces around them."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from programme.places.spelling import key_of

_HERE = Path(__file__).parent
Names = dict[str, tuple[int, ...]]

# Levels at which a name is borne; a city is a province that is called a thành phố.
COMMUNE, DISTRICT, PROVINCE, CITY = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Province:
    """A province; an old one has the code and the number ``now`` of that of today it is in."""

    code: str
    kind: str
    name: str
    now: int

    @property
    def is_city(self) -> bool:
        """Whether it is under the government without being a tỉnh."""
        return key_of(self.kind) == "thanhpho"

    @property
    def shown(self) -> str:
        """As it is written in an address: "tỉnh Lào Cai"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class District:
    """A district of before 1/7/2025."""

    kind: str
    name: str
    province: int

    @property
    def shown(self) -> str:
        """As it was written in an address: "huyện Bắc Hà"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune of today, or an old one under one of its names.

    ``districts`` and ``provinces`` are all that may be named around it, ``communes`` those of
    today that it is or went into, the likeliest first. A nickname is shown as unit ``shown_as``.
    """

    kind: str
    name: str
    districts: tuple[int, ...]
    provinces: tuple[int, ...]
    communes: tuple[int, ...]
    today: bool = False
    shown_as: int | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All units by number, and who bears which name.

    The first units are the communes of today, in the order of their codes; ``before`` are the
    numbers of those of before 1/7/2025; the rest are other names of these.
    """

    provinces: tuple[Province, ...]
    districts: tuple[District, ...]
    codes: tuple[str, ...]
    units: tuple[Unit, ...]
    before: range
    unit_names: Names
    district_names: Names
    province_names: Names
    kinds: dict[str, str]
    levels: dict[str, int]

    @property
    def today(self) -> tuple[Unit, ...]:
        """The communes of today."""
        return self.units[: len(self.codes)]


def load() -> Gazetteer:
    """The gazetteer from the files beside this one."""
    with gzip.open(_HERE / "places.json.gz") as packed:
        table = json.load(packed)
    also = yaml.safe_load((_HERE / "also_known.yaml").read_text(encoding="utf-8"))
    kinds = table["kinds"]
    provinces = tuple(
        Province(table["provinces"][now][0], kinds[kind], name, now)
        for _, kind, name, now in table["provinces"]
    )
    districts = tuple(
        District(kinds[kind], name, province) for kind, name, province in table["districts"]
    )
    old = _old_units(table, districts, provinces)
    units = [*_units_of_today(table, old), *old]
    units += [*_listed_nicks(table, units), *_stems(units)]
    units += _known_nicks(also["units"], units, districts, provinces)
    unit_names = _names((key, at) for at, unit in enumerate(units) for key in _keys(unit))
    district_names = _names(_district_keys(table, districts))
    province_names = _names(_province_keys(provinces, also["provinces"]))
    cities = [key for key, at in province_names.items() if any(provinces[n].is_city for n in at)]
    return Gazetteer(
        provinces=provinces,
        districts=districts,
        codes=tuple(row[0] for row in table["communes"]),
        units=tuple(units),
        before=range(len(table["communes"]), len(table["communes"]) + len(old)),
        unit_names=unit_names,
        district_names=district_names,
        province_names=province_names,
        kinds={key_of(kind): kind for kind in kinds},
        levels=_levels(
            {COMMUNE: unit_names, DISTRICT: district_names, PROVINCE: province_names, CITY: cities}
        ),
    )


def _old_units(
    table: dict[str, Any], districts: tuple[District, ...], provinces: tuple[Province, ...]
) -> list[Unit]:
    around = [(place.province, provinces[place.province].now) for place in districts]
    own = [(at,) for at in range(len(districts))]
    return [
        Unit(table["kinds"][kind], name, own[at], around[at], tuple(communes))
        for kind, name, at, communes in table["old_communes"]
    ]


def _units_of_today(table: dict[str, Any], old: list[Unit]) -> Iterator[Unit]:
    districts, provinces = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for unit in old:
        for commune in unit.communes:
            districts[commune].update(unit.districts)
            provinces[commune].update(unit.provinces)
    for at, (_, kind, name, province) in enumerate(table["communes"]):
        around = (province, *sorted(provinces[at] - {province}))
        yield Unit(
            table["kinds"][kind], name, tuple(sorted(districts[at])), around, (at,), today=True
        )


def _listed_nicks(table: dict[str, Any], units: list[Unit]) -> list[Unit]:
    """Earlier names as the tables have them: keys without marks, so never shown."""
    first_old = len(table["communes"])
    return [
        replace(units[first_old + at], kind=table["kinds"][kind], name=key, shown_as=first_old + at)
        for at, kind, key in table["commune_nicks"]
    ]


def _stems(units: list[Unit]) -> Iterator[Unit]:
    """Units such as "Mỹ Đình 1" and "Xuân Hương - Đà Lạt" by what comes first alone."""
    for at, unit in enumerate(units):
        stem = re.fullmatch(r"(\S+ \S+(?: \S+)*?) (?:\d+|- .+)", unit.name)
        if stem:
            yield replace(unit, name=key_of(stem[1]), shown_as=at)


def _known_nicks(
    entries: list[dict[str, str]],
    units: list[Unit],
    districts: tuple[District, ...],
    provinces: tuple[Province, ...],
) -> Iterator[Unit]:
    """Our own list; a name for a unit that no longer exists in the tables is an error."""
    wanted = {(entry["district"], entry["province"]) for entry in entries}
    there = {
        (f"{unit.kind} {unit.name}", around.shown, provinces[around.province].shown): at
        for at, unit in enumerate(units)
        if not unit.today and unit.shown_as is None
        for around in (districts[unit.districts[0]],)
        if (around.shown, provinces[around.province].shown) in wanted
    }
    for entry in entries:
        at = there[entry["is"], entry["district"], entry["province"]]
        kind, name = entry["said"].split(" ", 1)
        shown_as = at if entry["why"] == "spelling" else None
        yield replace(units[at], kind=kind, name=name, shown_as=shown_as)


def _keys(unit: Unit) -> set[str]:
    """A mere number is no name without its kind: "phuong5"; "1 Bảo Lộc" goes with and without."""
    key, full = key_of(unit.name), key_of(unit.kind + unit.name)
    if unit.name.isdigit():
        return {full}
    return {key, full} if key[0].isdigit() else {key}


def _district_keys(
    table: dict[str, Any], districts: tuple[District, ...]
) -> Iterator[tuple[str, int]]:
    for at, place in enumerate(districts):
        yield key_of(place.shown if place.name.isdigit() else place.name), at
    for at, key in table["district_nicks"]:
        yield key, at


def _province_keys(
    provinces: tuple[Province, ...], also: dict[str, list[str]]
) -> Iterator[tuple[str, int]]:
    for at, province in enumerate(provinces):
        for name in (province.name, *also.get(province.shown, ())):
            yield key_of(name), at


def _levels(names: dict[int, Iterable[str]]) -> dict[str, int]:
    levels: dict[str, int] = defaultdict(int)
    for level, keys in names.items():
        for key in keys:
            levels[key] |= level
    return dict(levels)


def _names(pairs: Iterable[tuple[str, int]]) -> Names:
    found: dict[str, list[int]] = {}
    for key, at in pairs:
        bearers = found.setdefault(key, [])
        if at not in bearers:
            bearers.append(at)
    return {key: tuple(bearers) for key, bearers in found.items()}
