"""The rule sets: each decision a folder of YAML, read when it is first asked for."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from programme.overlay import merged

# libyaml is in every wheel of PyYAML that we install; the slow loader reads the same.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RULES = Path(__file__).parent / "rules"

Case = Literal["first", "upgrade", "reassess"]


class NoRules(LookupError):
    """No rule set of that name, for that day, or no such file in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an office told at its desk to lay over the rules: JSON, the files of it by name."""

    text: str

    def __str__(self) -> str:
        return self.text


Overlay = Path | Told


def overlay(written: str) -> Overlay:
    """The overlay that is written so: what an office told, or a folder by its path."""
    return Told(written) if written.startswith("{") else Path(written)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One decision, with what a province lays over it; the later overlay wins."""

    name: str
    from_day: date
    overlays: tuple[Overlay, ...] = ()

    @property
    def layers(self) -> tuple[Overlay, ...]:
        """Where its files lie, the decision's own first."""
        return (_RULES / self.name, *self.overlays)


@dataclass(frozen=True, slots=True)
class Governing:
    """The rules a dossier stands under: its first ones, and from when the next ones."""

    rules: RuleSet
    until: date | None = None
    then: RuleSet | None = None

    def on(self, day: date) -> RuleSet:
        """The rules on that day: the first ones up to and on ``until``."""
        return self.then if self.then and self.until and day > self.until else self.rules


@cache
def names() -> tuple[str, ...]:
    """All rule sets, the oldest first."""
    return tuple(rules.name for rules in _all())


@cache
def _all() -> tuple[RuleSet, ...]:
    found = (
        RuleSet(file.parent.name, _read(file)["in_force_from"])
        for file in _RULES.glob("*/rules.yaml")
    )
    return tuple(sorted(found, key=lambda rules: rules.from_day))


def rule_set(name: str, *overlays: Overlay) -> RuleSet:
    """The rule set of that folder name, with a province's folders laid over it."""
    found = next((rules for rules in _all() if rules.name == name), None)
    if found is None:
        raise NoRules(name)
    return RuleSet(found.name, found.from_day, overlays)


def newest() -> RuleSet:
    """The rule set that came last."""
    return _all()[-1]


def in_force(day: date, *overlays: Overlay) -> RuleSet:
    """The rule set of that day."""
    begun = [rules for rules in _all() if rules.from_day <= day]
    if not begun:
        raise NoRules(f"no rules on {day}")
    return rule_set(begun[-1].name, *overlays)


def for_dossier(began: date, case: Case, *overlays: Overlay) -> Governing:
    """The rules of a dossier that was filed that day.

    It keeps them to its end, within the days that the next decision leaves for that.
    """
    rules = in_force(began, *overlays)
    later = next((each for each in _all() if each.from_day > rules.from_day), None)
    if later is None:
        return Governing(rules)
    days = part("rules", later).get("transition", {}).get(case)
    until = later.from_day + timedelta(days=days) if days is not None else None
    return Governing(rules, until, rule_set(later.name, *overlays))


@cache
def part(name: str, rules: RuleSet | None = None) -> dict[str, Any]:
    """One file of a rule set by its name without ending; whoever asks must not change it.

    Without a rule set it is that of the newest.
    """
    rules = rules or newest()
    layers = [found for each in rules.layers if (found := _in(each, name)) is not None]
    if not layers:
        raise NoRules(f"{rules.name}: {name}")
    if "like" in layers[0]:
        layers.insert(0, part(name, rule_set(layers[0]["like"])))
    whole: dict[str, Any] = layers[0]
    for layer in layers[1:]:
        whole = merged(whole, layer)
    return whole


def sheet_numbers(rules: RuleSet) -> tuple[int, ...]:
    """The product sets that have a criteria sheet."""
    files = (_RULES / rules.name / "sheets").glob("*.yaml")
    return tuple(sorted(int(file.name.partition("-")[0]) for file in files))


def _in(layer: Overlay, name: str) -> dict[str, Any] | None:
    if isinstance(layer, Told):
        told: dict[str, Any] | None = json.loads(layer.text).get(name)
        return told
    file = _file(layer, name)
    return _read(file) if file else None


def _file(folder: Path, name: str) -> Path | None:
    return next(iter((*folder.glob(f"{name}.yaml"), *folder.glob(f"{name}-*.yaml"))), None)


@cache
def _read(file: Path) -> dict[str, Any]:
    return dict(yaml.load(file.read_bytes(), Loader=_LOADER))  # noqa: S506 (a safe loader)
