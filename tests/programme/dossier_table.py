"""The hand-made dossiers of tests/programme/dossiers, each with what must follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from programme import ruleset, score_file
from programme.dossier import Dossier
from programme.sheets import Sheet, sheet

FOLDER = Path(__file__).parent / "dossiers"


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    dossier: Dossier
    expect: dict[str, Any]


def _load(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def cases() -> list[Case]:
    return [case for file in sorted(FOLDER.glob("[0-9]*.yaml")) for case in _cases(_load(file))]


def _cases(file: dict[str, Any]) -> Iterator[Case]:
    rules = file.get("rules", ruleset.newest().name)
    criteria = sheet(ruleset.rule_set(rules), file["product_set"])
    common = _load(FOLDER / "common.yaml")
    base = _claims(criteria, file["claims"])
    held = _evidence(common["evidence"], file)
    for raw in file["dossiers"]:
        own = _claims(criteria, raw["claims"]) if "claims" in raw else base
        told = {
            "rules": rules,
            "product_set": file["product_set"],
            "today": common["today"],
            "council": common["council"],
            "variant": raw.get("variant", file.get("variant")),
            "claims": {**own, **raw.get("set", {})},
            "evidence": list(_evidence(held.values(), raw).values()),
            **{key: raw[key] for key in ("case", "kind", "declared") if key in raw},
        }
        if "before" in raw:
            told["before"] = {**raw["before"], "claims": base}
        dossier, _ = score_file.read(told, date.max)
        yield Case(f"{rules} set {file['product_set']}: {raw['name']}", dossier, raw["expect"])


def _claims(criteria: Sheet, rows: dict[str, list[Any]]) -> dict[str, Any]:
    groups = {group.number: group for part in criteria.parts for group in part.groups}
    return {
        line.id: claim
        for number, row in rows.items()
        for line, claim in zip(groups[number].criteria, row, strict=True)
        if claim is not None
    }


def _evidence(held: Any, change: dict[str, Any]) -> dict[str, Any]:
    kept = {_name(each): each for each in held}
    if change.get("without") == "all":
        kept = {}
    for name in change.get("without", ()):
        kept.pop(name, None)
    return {**kept, **{_name(each): each for each in change.get("with", ())}}


def _name(given: Any) -> str:
    return str(given if isinstance(given, str) else given["paper"])
