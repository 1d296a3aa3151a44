"""One dossier from a file (docs/score-file.md), checked before anything is made of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import yaml

from programme import papers, ruleset
from programme.dossier import Before, Dossier
from programme.facts import Facts
from programme.papers import Copy, Days, Evidence, Verdict
from programme.ruleset import Case, NoRules, Overlay, RuleSet
from programme.sheets import WrongClaim

Claims = dict[str, int | str]


class WrongFile(ValueError):
    """The file does not say a dossier; the message names the place."""


class _Paper(msgspec.Struct, forbid_unknown_fields=True):
    paper: str
    issued: date | None = None
    expires: date | None = None
    copy: Copy = "original"
    verdict: Verdict | None = None
    reason: str | None = None
    count: int = 1
    pages: int | None = None
    holder: str | None = None
    address: str | None = None
    digest: str | None = None


class _Before(msgspec.Struct, forbid_unknown_fields=True):
    star: int
    recognised: date
    expires: date
    claims: Claims = {}


class _File(msgspec.Struct, forbid_unknown_fields=True):
    product_set: int
    council: date
    rules: str | None = None
    began: date | None = None
    today: date | None = None
    case: Case = "first"
    kind: str = "cooperative"
    variant: str | None = None
    claims: Claims = {}
    evidence: list[str | _Paper] = []
    declared: list[str] = []
    before: _Before | None = None
    facts: dict[str, Any] = {}


def load(text: bytes, today: date, *overlays: Overlay) -> tuple[Dossier, Facts]:
    """The dossier and the facts of a YAML or JSON file."""
    try:
        return read(yaml.safe_load(text), today, *overlays)
    except yaml.YAMLError as wrong:
        raise WrongFile(str(wrong)) from None


def read(raw: Any, today: date, *overlays: Overlay) -> tuple[Dossier, Facts]:
    """The dossier and the facts of what a file holds; ``today`` where it names none."""
    try:
        file = msgspec.convert(raw, _File)
        facts = msgspec.convert(file.facts, Facts)
        dossier = _dossier(file, today, *overlays)
        _check(dossier, file)
    except (msgspec.ValidationError, NoRules, WrongClaim) as wrong:
        raise WrongFile(str(wrong)) from None
    return dossier, facts


def _dossier(file: _File, today: date, *overlays: Overlay) -> Dossier:
    days = Days(file.today or today, file.council)
    return Dossier(
        _rules(file, days, *overlays),
        file.product_set,
        days,
        file.case,
        file.kind,
        file.variant,
        file.claims,
        tuple(_evidence(each) for each in file.evidence),
        frozenset(file.declared),
        _before(file.before),
    )


def _rules(file: _File, days: Days, *overlays: Overlay) -> RuleSet:
    if file.rules is not None:
        return ruleset.rule_set(file.rules, *overlays)
    return ruleset.for_dossier(file.began or days.today, file.case, *overlays).on(days.today)


def _evidence(given: str | _Paper) -> Evidence:
    return Evidence(given) if isinstance(given, str) else Evidence(**msgspec.structs.asdict(given))


def _before(given: _Before | None) -> Before | None:
    return Before(given.star, given.recognised, given.expires, given.claims) if given else None


def _check(dossier: Dossier, file: _File) -> None:
    """Every name in the file is one of the rule set."""
    known = papers.papers(dossier.rules)
    _all_known("evidence", (each.paper for each in dossier.evidence), known)
    stops = {raw["id"]: raw for raw in ruleset.part("stops", dossier.rules)["stops"]}
    _all_known("declared", file.declared, stops)
    kinds = ruleset.part("evidence", dossier.rules)["eligible"]
    _all_known("kind", (file.kind,), dict.fromkeys(kinds))
    variants = dossier.sheet.variants
    if variants and dossier.variant not in variants:
        raise WrongFile(f"variant: one of {', '.join(variants)}")
    _ = dossier.claimed


def _all_known(where: str, names: Any, known: Mapping[str, Any]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise WrongFile(f"{where}: {unknown[0]!r} is not known")
