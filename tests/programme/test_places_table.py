"""The packed table is what the script builds, and it holds together."""

import gzip
import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from programme.places import gazetteer

FOLDER = Path(gazetteer.__file__).parent


def test_the_script_builds_the_table_that_is_kept() -> None:
    if importlib.util.find_spec("vietnamadminunits") is None:
        pytest.skip("vietnamadminunits, from which the table is built, is not installed")
    from tools import build_places  # noqa: PLC0415  (needs that package)

    built = build_places.packed(build_places.build())

    assert built == build_places.packed(build_places.build())
    assert gzip.decompress(built) == gzip.decompress((FOLDER / "places.json.gz").read_bytes())


def test_the_table_is_small_and_its_licence_lies_beside_it() -> None:
    notice = (FOLDER / "NOTICE-vietnamadminunits.txt").read_text(encoding="utf-8")

    assert (FOLDER / "places.json.gz").stat().st_size < 130_000
    assert "MIT License" in notice
    assert "Permission is hereby granted" in notice


def test_every_commune_of_today_was_formed_of_old_ones_and_every_old_one_went_somewhere() -> None:
    known = gazetteer.load()
    went = [known.units[number].communes for number in known.before]
    parts = Counter(len(communes) for communes in went)

    assert {commune for communes in went for commune in communes} == set(range(3_321))
    assert parts[0] == 0
    assert sum(parts.values()) - parts[1] > 400
    assert max(parts) <= 5


def test_the_two_level_codes_are_five_figures_and_each_is_borne_once() -> None:
    codes = gazetteer.load().codes

    assert all(len(code) == 5 and code.isdigit() for code in codes)
    assert len(set(codes)) == len(codes) == 3_321


def test_a_namesake_elsewhere_in_the_province_lends_no_part() -> None:
    """The tables cut "xã Tân Thạnh" of Thới Lai into a commune that lies in old Sóc Trăng."""
    known = gazetteer.load()
    thoi_lai = [
        unit
        for number in known.before
        for unit in (known.units[number],)
        if unit.name == "Tân Thạnh" and known.districts[unit.districts[0]].name == "Thới Lai"
    ]

    (unit,) = thoi_lai
    assert [known.units[commune].name for commune in unit.communes] == ["Trường Thành"]


def test_the_kinds_in_the_table_are_those_that_the_code_knows() -> None:
    with gzip.open(FOLDER / "places.json.gz") as packed:
        kinds = json.load(packed)["kinds"]

    assert list(gazetteer.load().kinds.values()) == kinds
