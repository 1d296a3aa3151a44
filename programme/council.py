"""A council's count: whether it may decide, and what its members' sheets come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from programme import ruleset, scoring
from programme.ruleset import RuleSet
from programme.sheets import Sheet, WrongClaim

_INNER_FROM = 5  # sheets, from which the highest and the lowest may be left out
_ZERO = Fraction(0)

Ballot = Mapping[str, str]  # the key of the option that a member gave, or "" for none, by criterion


@dataclass(frozen=True, slots=True)
class Bylaws:
    """How a province's council decides (quy chế): the law leaves it to each province."""

    quorum: Fraction
    chairman: bool
    mean: Literal["all", "inner"]
    gap: int
    written: frozenset[str]  # the kinds of dossiers on which written opinions are enough
    confidence: str
    source: str

    def needed(self, members: int) -> int:
        """How many of the marking members must be there."""
        return -(-self.quorum.numerator * members // self.quorum.denominator)

    def may_decide(self, members: int, present: int, *, chaired: bool) -> bool:
        """Whether a meeting of those may decide."""
        return 0 < self.needed(members) <= present <= members and (chaired or not self.chairman)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sheets of a product come to; points are exact and never rounded.

    ``star`` is what points and minimums give, at least 1; ``short`` are the criteria that keep it
    from the next certified star although its points may reach.
    """

    ballots: int
    points: Fraction
    by_part: Mapping[str, Fraction]
    by_criterion: Mapping[str, Fraction]
    totals: Mapping[int, int]
    star: int
    short: tuple[str, ...]
    apart: bool

    @property
    def spread(self) -> int:
        """The points between the highest sheet and the lowest."""
        return max(self.totals.values()) - min(self.totals.values())


def shown(mean: Fraction) -> str:
    """The points as they are printed, cut to two decimals: 89.996 is never shown as 90."""
    whole, rest = divmod(mean.numerator * 100 // mean.denominator, 100)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",") if rest else str(whole)


@cache
def bylaws(rules: RuleSet) -> Bylaws:
    """The by-laws that the rule set holds, with what the province laid over them."""
    raw = ruleset.part("council", rules)
    return Bylaws(
        Fraction(raw["quorum"]),
        raw["chairman"],
        raw["mean"],
        raw["gap"],
        frozenset(raw.get("written", ())),
        raw["confidence"],
        raw["source"],
    )


def points(
    rules: RuleSet, sheet: Sheet, ballot: Ballot, variant: str | None = None
) -> dict[str, int]:
    """What a member gives at each criterion that is marked; WrongClaim for what is on no sheet.

    Where another criterion carries it, it counts only when that one does.
    """
    read = sheet.read({id_: key for id_, key in ballot.items() if key}, variant)
    given = {id_: read[id_].points if key else 0 for id_, key in ballot.items()}
    upon = scoring.carried(rules, sheet)
    lost = {id_ for id_, other in upon.items() if given.get(other) == 0}
    given |= dict.fromkeys(lost, 0)
    return {line.id: given[line.id] for line in sheet.criteria if line.id in given}


def lacking(
    rules: RuleSet, sheet: Sheet, ballot: Ballot, variant: str | None = None
) -> tuple[str, ...]:
    """The criteria that a member has not marked yet; WrongClaim for what is not on the sheet."""
    given = points(rules, sheet, ballot, variant)
    return tuple(line.id for line in sheet.criteria if line.id not in given)


def tally(
    rules: RuleSet, sheet: Sheet, ballots: Mapping[int, Ballot], variant: str | None = None
) -> Tally:
    """The count of the members' whole sheets; WrongClaim where one is not whole, or none is."""
    marks = {m: points(rules, sheet, ballot, variant) for m, ballot in ballots.items()}
    if not marks or any(len(given) < len(sheet.criteria) for given in marks.values()):
        raise WrongClaim("a sheet that is not whole")
    totals = {member: sum(given.values()) for member, given in marks.items()}
    how = bylaws(rules)
    counted = [marks[member] for member in _counted(how, totals)]
    means = {line.id: _mean([given[line.id] for given in counted]) for line in sheet.criteria}
    parts = {
        part.code: sum((means[line.id] for line in sheet.criteria if line.part == part.code), _ZERO)
        for part in sheet.parts
    }
    mean = sum(parts.values(), _ZERO)
    star = _star(rules, sheet, counted, mean)
    above = next((each for each in scoring.bands(rules) if each.star > star), None)
    return Tally(
        len(ballots),
        mean,
        parts,
        means,
        totals,
        star,
        _short(sheet, counted, above.star) if above else (),
        max(totals.values()) - min(totals.values()) > how.gap,
    )


def _counted(how: Bylaws, totals: Mapping[int, int]) -> Sequence[int]:
    ordered = sorted(totals, key=lambda member: (totals[member], member))
    return ordered[1:-1] if how.mean == "inner" and len(ordered) >= _INNER_FROM else ordered


def _mean(points: Sequence[int]) -> Fraction:
    return Fraction(sum(points), len(points))


def _star(
    rules: RuleSet, sheet: Sheet, counted: Sequence[Mapping[str, int]], mean: Fraction
) -> int:
    return max(
        band.star
        for band in scoring.bands(rules)
        if mean >= band.from_points and not _short(sheet, counted, band.star)
    )


def _short(sheet: Sheet, counted: Sequence[Mapping[str, int]], star: int) -> tuple[str, ...]:
    """The criteria at which no majority gave what the star asks for at least."""
    return tuple(
        id_
        for id_, minimum in sheet.minimums(star).items()
        if 2 * sum(given[id_] >= minimum for given in counted) <= len(counted)
    )
