"""The criteria sheets: what is asked of a product of each set, and what each option gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from programme import ruleset
from programme.ruleset import RuleSet

STARS = (3, 4, 5)  # the bands that are certified
_KEYS = "abcdefghijklmnopqrstuvwxyz"


class WrongClaim(ValueError):
    """A claim names no criterion of the sheet, or no option of the criterion."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a criterion; its key is its place in the criterion, from "a"."""

    key: str
    points: int
    label: str
    star: int | None = None
    case: str | None = None
    say: str = ""  # its plain words: criteria.option_<say>


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the sheet."""

    id: str
    topic: str
    title: str
    max: int
    part: str
    options: tuple[Option, ...]
    notes: tuple[str, ...] = ()
    required_from_star: int | None = None
    say: str = ""  # its plain words: criteria.ask_<say>, label_, why_, example_

    def open_to(self, variant: str | None) -> tuple[Option, ...]:
        """The options that stand open in that variant of the product."""
        return tuple(each for each in self.options if each.case in (None, variant))

    def option(self, claim: str | int, variant: str | None = None) -> Option:
        """The option of that key or of that number of points."""
        for option in self.open_to(variant):
            if claim in (option.key, option.points):
                return option
        raise WrongClaim(f"{self.id}: {claim!r}")

    def minimum(self, star: int) -> int:
        """The points that the band asks for at least; 0 where it asks for none."""
        marked = [each.points for each in self.options if each.star and each.star <= star]
        if self.required_from_star and self.required_from_star <= star:
            marked.append(min(each.points for each in self.options if each.points))
        return max(marked, default=0)


@dataclass(frozen=True, slots=True)
class Group:
    """A numbered group of criteria."""

    number: str
    title: str
    max: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A, B or C."""

    code: str
    title: str
    max: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the copy of a law leaves open, where, and on whose word it stands."""

    at: str
    kind: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The criteria of one product set."""

    number: int
    name: str
    source: str
    confidence: str
    review_by: str
    parts: tuple[Part, ...]
    criteria: tuple[Criterion, ...]  # of all parts, in the order of the sheet
    doubts: tuple[Doubt, ...]

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants between which a producer chooses one, if the sheet has any."""
        options = (option for line in self.criteria for option in line.options)
        return tuple(dict.fromkeys(option.case for option in options if option.case))

    def criterion(self, id_: str) -> Criterion:
        """The criterion of that number."""
        for each in self.criteria:
            if each.id == id_:
                return each
        raise WrongClaim(id_)

    def minimums(self, star: int) -> dict[str, int]:
        """What the band asks for at least, by criterion."""
        asked = {line.id: line.minimum(star) for line in self.criteria}
        return {id_: points for id_, points in asked.items() if points}

    def read(
        self, claims: Mapping[str, str | int], variant: str | None = None
    ) -> dict[str, Option]:
        """The claimed options, in the order of the sheet."""
        found = {id_: self.criterion(id_).option(claims[id_], variant) for id_ in claims}
        return {line.id: found[line.id] for line in self.criteria if line.id in found}


@cache
def sheet(rules: RuleSet, number: int) -> Sheet:
    """The sheet of a product set."""
    raw = ruleset.part(f"sheets/{number:02}", rules)
    parts = tuple(_part(each) for each in raw["parts"])
    return Sheet(
        raw["number"],
        raw["name"],
        raw["source"],
        raw["confidence"],
        str(raw["review_by"]),
        parts,
        tuple(_lines(parts)),
        tuple(
            Doubt(each["at"], each["kind"], each["text"], raw["source"])
            for each in raw.get("doubts", ())
        ),
    )


def _lines(parts: tuple[Part, ...]) -> Iterator[Criterion]:
    for part in parts:
        for group in part.groups:
            yield from group.criteria


def _part(raw: dict[str, Any]) -> Part:
    groups = tuple(_group(each, raw["code"]) for each in raw["groups"])
    return Part(raw["code"], raw["title"], raw["max"], groups)


def _group(raw: dict[str, Any], part: str) -> Group:
    criteria = tuple(_criterion(each, part) for each in raw["criteria"])
    return Group(raw["number"], raw["title"], raw["max"], criteria)


def _criterion(raw: dict[str, Any], part: str) -> Criterion:
    options = zip(_KEYS, raw["options"], strict=False)
    return Criterion(
        raw["id"],
        raw["topic"],
        raw["title"],
        raw["max"],
        part,
        tuple(_option(key, each) for key, each in options),
        tuple(raw.get("notes", ())),
        raw.get("required_from_star"),
        raw.get("say", ""),
    )


def _option(key: str, raw: dict[str, Any]) -> Option:
    star, case, say = raw.get("star"), raw.get("case"), raw.get("say", "")
    return Option(key, raw["points"], raw["label"], star, case, say)
