"""One dossier as the rules see it: the product, what is claimed, what was given, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from programme.papers import Days, Evidence
from programme.ruleset import Case, RuleSet
from programme.sheets import Criterion, Option, Sheet, sheet


@dataclass(frozen=True, slots=True)
class Before:
    """What stood when the product was last recognised."""

    star: int
    recognised: date
    expires: date
    claims: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that completeness, points and stars follow from."""

    rules: RuleSet
    product_set: int
    days: Days
    case: Case = "first"
    kind: str = "cooperative"
    variant: str | None = None
    claims: Mapping[str, str | int] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    declared: frozenset[str] = frozenset()
    before: Before | None = None

    @property
    def sheet(self) -> Sheet:
        """The criteria of its product set."""
        return sheet(self.rules, self.product_set)

    @property
    def claimed(self) -> dict[str, Option]:
        """The claimed options in the order of the sheet."""
        return self.sheet.read(self.claims, self.variant)

    def claim(self, criterion: Criterion) -> Option | None:
        """The claimed option of one criterion."""
        claimed = self.claims.get(criterion.id)
        return None if claimed is None else criterion.option(claimed, self.variant)
