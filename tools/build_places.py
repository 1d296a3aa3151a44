"""Build programme/places/places.json.gz from the tables inside the package vietnamadminunits.

    pip install vietnamadminunits==1.0.4
    python tools/build_places.py

Reads that package's own files, offline, and writes the same bytes each time.
"""

import gzip
import importlib.metadata
import importlib.util
import json
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from programme.places.spelling import key_of, sound_of  # noqa: E402

OUTPUT = ROOT / "programme" / "places" / "places.json.gz"
PACKAGE = "vietnamadminunits"
VERSION = "1.0.4"
KINDS = (
    "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh",
)  # fmt: skip
STATE_FARM = "Nông trường "
KIND_KEYS = {
    "xa": "xã", "phuong": "phường", "thitran": "thị trấn", "huyen": "huyện", "thixa": "thị xã",
    "thanhpho": "thành phố",
}  # fmt: skip

Row = dict[str, Any]


def main() -> None:
    """Write the file and say what is in it."""
    table = build()
    OUTPUT.write_bytes(packed(table))
    counts = {name: len(rows) for name, rows in table.items() if isinstance(rows, list)}
    print(f"{OUTPUT.relative_to(ROOT)}: {OUTPUT.stat().st_size:,} bytes", counts)


def packed(table: dict[str, Any]) -> bytes:
    """The table as the bytes that are kept in the repository."""
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def build() -> dict[str, Any]:
    """All units, each in a fixed order, so that a row's place in its list is its number."""
    old, new, went = _read_package()
    provinces = _distinct(new, ["provinceCode"])
    old_provinces = _distinct(old, ["provinceCode"])
    districts = _distinct(old, ["provinceCode", "districtCode"])
    communes = sorted(new, key=lambda row: row["wardCode"])
    old = sorted(old, key=_old_order)
    number = {_new_key(row): at for at, row in enumerate(communes)}
    today = {row["provinceKey"]: at for at, row in enumerate(provinces)}
    before = {row["provinceCode"]: at for at, row in enumerate(old_provinces, len(provinces))}
    district = {_district_code(row): at for at, row in enumerate(districts)}
    targets = [[number[key] for key in _targets(row, went)] for row in old]
    _drop_namesakes(old, targets)
    return {
        "source": f"{PACKAGE} {VERSION} (MIT)",
        "kinds": KINDS,
        # Those of today, then those of before; the last figure is the one of today it is in.
        "provinces": [
            *(
                [row["provinceCode"], *_split(row["province"]), today[row["provinceKey"]]]
                for row in provinces
            ),
            *(
                ["", *_split(row["province"]), today[_targets(row, went)[0][0]]]
                for row in old_provinces
            ),
        ],
        "districts": [[*_split(row["district"]), before[row["provinceCode"]]] for row in districts],
        "communes": [
            [row["wardCode"], *_split(row["ward"]), today[row["provinceKey"]]] for row in communes
        ],
        "old_communes": [
            [*_split(row["ward"] or row["district"]), district[_district_code(row)], into]
            for row, into in zip(old, targets, strict=True)
        ],
        "district_nicks": [
            [at, key]
            for at, row in enumerate(districts)
            for _, key in _aliases(row["districtAlias"], row["district"])
        ],
        "commune_nicks": [
            [at, kind, key]
            for at, row in enumerate(old)
            for kind, key in _aliases(row["wardAlias"], row["ward"] or "")
        ],
    }


Went = dict[str, list[tuple[str, str]]]


def _read_package() -> tuple[list[Row], list[Row], Went]:
    if importlib.metadata.version(PACKAGE) != VERSION:
        sys.exit(f"this script was written for {PACKAGE} {VERSION}")
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        sys.exit(f"{PACKAGE} is not installed")
    folder = Path(spec.origin).parent / "data"
    database = sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    old = [dict(row) for row in database.execute("SELECT * FROM admin_units_legacy")]
    new = [dict(row) for row in database.execute("SELECT * FROM admin_units")]
    database.close()
    return old, new, _read_conversion(folder / "converter_2025.json")


def _read_conversion(path: Path) -> Went:
    """From an old unit's key to the keys of the communes it went into, the likeliest first."""
    conversion = json.loads(path.read_text(encoding="utf-8"))
    went: Went = defaultdict(list)
    for province, communes in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for key in olds:
                went[key].append((province, commune))
    for province, olds in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in olds.items():
            parts.sort(key=lambda part: (not part["isDefaultNewWard"], part["newWardKey"]))
            went[key] += [(province, part["newWardKey"]) for part in parts]
    return went


def _old_key(row: Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _new_key(row: Row) -> tuple[str, str]:
    return row["provinceKey"], row["wardKey"]


def _district_code(row: Row) -> tuple[str, str]:
    return row["provinceCode"], row["districtCode"]


def _old_order(row: Row) -> tuple[str, str, str]:
    return (*_district_code(row), row["wardCode"] or "")


def _distinct(rows: list[Row], columns: list[str]) -> list[Row]:
    first = {tuple(row[column] for column in columns): row for row in reversed(rows)}
    return [first[code] for code in sorted(first)]


def _targets(row: Row, went: Went) -> list[tuple[str, str]]:
    return went[_old_key(row)]


def _drop_namesakes(old: list[Row], targets: list[list[int]]) -> None:
    """Take back parts that an old unit was given only because a namesake elsewhere has them.

    The source divides by name within a province of today. So "xã Tân Thạnh" of Thới Lai also
    got what "xã Tân Thạnh" of Long Phú became. A lesser part goes when no other unit of the
    same district chiefly went into it, but others of a namesake's district did.
    """
    formed: dict[int, list[int]] = defaultdict(list)
    for at, into in enumerate(targets):
        for commune in into:
            formed[commune].append(at)
    chiefly = [into[0] for into in targets]
    names = [key_of(_split(row["ward"] or row["district"])[1]) for row in old]
    districts = [_district_code(row) for row in old]

    def is_namesakes(at: int, commune: int) -> bool:
        others = [unit for unit in formed[commune] if names[unit] != names[at]]
        around = {districts[unit] for unit in others if chiefly[unit] == commune}
        theirs = {districts[unit] for unit in formed[commune] if names[unit] == names[at]}
        return districts[at] not in around and bool((theirs - {districts[at]}) & around)

    for at, into in enumerate(targets):
        into[1:] = [commune for commune in into[1:] if not is_namesakes(at, commune)]


def _split(full: str) -> tuple[int, str]:
    """The number of the kind, and the name alone."""
    full = re.sub(r" \(.*\)$", "", unicodedata.normalize("NFC", full))
    for number, kind in enumerate(KINDS):
        if full.lower().startswith(kind + " "):
            return number, full[len(kind) + 1 :]
    raise ValueError(full)


def _aliases(column: str | None, full: str) -> list[tuple[int, str]]:
    """Other names, as (kind, key), less those that the rules of spelling find anyway."""
    if not full:
        return []
    own_kind, name = _split(full)
    own = key_of(name)
    keys = {key_of(key) for key in json.loads(column or "[]")}
    if name.startswith(STATE_FARM):
        keys.add(key_of(name.removeprefix(STATE_FARM)))
    found: dict[str, tuple[int, str]] = {sound_of(own): (own_kind, own)}
    for key in sorted(keys):
        kind, plain = _without_kind(key, keys | {own}, own_kind)
        if not re.fullmatch(r"(f|p|ward|phuong0|district|q|quan0)\d+|(tt|tx|tp).+", plain):
            found.setdefault(sound_of(plain), (kind, plain))
    return list(found.values())[1:]


def _without_kind(key: str, keys: set[str], own_kind: int) -> tuple[int, str]:
    """Turn "xanapo" into the kind "xã" and "napo", where "napo" alone is listed too."""
    for prefix, kind in KIND_KEYS.items():
        rest = key.removeprefix(prefix)
        if rest != key and rest in keys and not rest.isdigit():
            return KINDS.index(kind), rest
    listed = (KINDS.index(kind) for prefix, kind in KIND_KEYS.items() if prefix + key in keys)
    return next(listed, own_kind), key


if __name__ == "__main__":
    main()
