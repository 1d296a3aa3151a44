"""Points, star and what stands in the way of the next one, from what is claimed and proven."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from programme import checklist, ruleset
from programme.checklist import Line, Stop
from programme.dossier import Dossier
from programme.papers import State
from programme.ruleset import RuleSet
from programme.sheets import STARS, Criterion, Doubt, Option, Sheet


@dataclass(frozen=True, slots=True)
class Band:
    """A star and the points from which it can be had."""

    star: int
    from_points: int
    certified: bool


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A claimed option that counts nothing, why, and what the papers at hand would carry."""

    criterion: str
    claimed: int
    proven: int
    lacking: tuple[Line, ...] = ()
    depends_on: str | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """A criterion that has fewer points than a star asks for at least."""

    criterion: str
    counted: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """What lies between a dossier and a star."""

    star: int
    points_lacking: int
    short: tuple[Short, ...]
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How a dossier would be scored as it stands.

    ``star`` is 0 while something stops it; ``star_of_sheet`` is what points and minimums give.
    """

    counted: Mapping[str, int]
    by_part: Mapping[str, int]
    claimed_by_part: Mapping[str, int]
    star: int
    star_of_sheet: int
    uncounted: tuple[Uncounted, ...]
    unanswered: tuple[str, ...]
    stops: tuple[Stop, ...]
    next: Blocked | None
    doubts: tuple[Doubt, ...]

    @property
    def points(self) -> int:
        """The points that count."""
        return sum(self.by_part.values())

    @property
    def claimed(self) -> int:
        """The points that are claimed, proven or not."""
        return sum(self.claimed_by_part.values())


def score(dossier: Dossier) -> Score:
    """What the dossier would get as it stands."""
    claimed = dossier.claimed
    uncounted = tuple(_uncounted(dossier, claimed))
    lost = {each.criterion for each in uncounted}
    counted = {id_: 0 if id_ in lost else option.points for id_, option in claimed.items()}
    stops = checklist.stopped_by(dossier)
    star = star_for(dossier, counted)
    return Score(
        counted,
        _by_part(dossier, counted),
        _by_part(dossier, {id_: option.points for id_, option in claimed.items()}),
        0 if stops else star,
        star,
        uncounted,
        tuple(line.id for line in dossier.sheet.criteria if line.id not in claimed),
        stops,
        _next(dossier, counted, star, stops),
        tuple(_doubts(dossier)),
    )


def star_for(dossier: Dossier, counted: Mapping[str, int]) -> int:
    """The highest star whose points and minimums are both reached."""
    reached = (
        band.star
        for band in bands(dossier.rules)
        if sum(counted.values()) >= band.from_points and not short_of(dossier, counted, band.star)
    )
    return max(reached)


def short_of(dossier: Dossier, counted: Mapping[str, int], star: int) -> tuple[Short, ...]:
    """The criteria that have less than the star asks for."""
    return tuple(
        Short(id_, counted.get(id_, 0), minimum)
        for id_, minimum in dossier.sheet.minimums(star).items()
        if counted.get(id_, 0) < minimum
    )


@cache
def bands(rules: RuleSet) -> tuple[Band, ...]:
    """The stars with their points, the lowest first."""
    raw = ruleset.part("rules", rules)["bands"]
    found = (Band(each["star"], each["from"], each["certified"]) for each in raw)
    return tuple(sorted(found, key=lambda band: band.star))


def points_for(rules: RuleSet, star: int) -> int:
    """The points from which the star can be had."""
    return next(band.from_points for band in bands(rules) if band.star == star)


def depends(dossier: Dossier) -> dict[str, str]:
    """The criteria that count only when another does, with that other."""
    return carried(dossier.rules, dossier.sheet)


def carried(rules: RuleSet, sheet: Sheet) -> dict[str, str]:
    """The criteria of a sheet that count only when another does, with that other."""
    on = {raw["topic"]: raw["upon"] for raw in ruleset.part("rules", rules)["depends"]}
    ids = {line.topic: line.id for line in sheet.criteria}
    return {line.id: ids[on[line.topic]] for line in sheet.criteria if on.get(line.topic) in ids}


def proven(dossier: Dossier, criterion: Criterion, option: Option) -> int:
    """The most points at or below the option that the papers at hand carry."""
    carried = (
        each.points
        for each in criterion.open_to(dossier.variant)
        if each.points <= option.points and not checklist.unproven(dossier, criterion, each)
    )
    return max(carried, default=0)


def _uncounted(dossier: Dossier, claimed: Mapping[str, Option]) -> Iterator[Uncounted]:
    upon = depends(dossier)
    held: dict[str, int] = {}  # what a criterion would give at least, with the papers at hand
    for id_, option in claimed.items():
        criterion = dossier.sheet.criterion(id_)
        lacking = checklist.unproven(dossier, criterion, option)
        held[id_] = proven(dossier, criterion, option) if lacking else option.points
        other = upon.get(id_)
        if lacking:
            yield Uncounted(id_, option.points, held[id_], lacking)
        elif option.points and other and not held.get(other):
            yield Uncounted(id_, option.points, 0, depends_on=other)


def _by_part(dossier: Dossier, points: Mapping[str, int]) -> dict[str, int]:
    sums = {part.code: 0 for part in dossier.sheet.parts}
    for line in dossier.sheet.criteria:
        sums[line.part] += points.get(line.id, 0)
    return sums


def before(dossier: Dossier, found: Score, star: int) -> Blocked:
    """What lies between the dossier, which has that score, and the star."""
    return _before(dossier, found.counted, star, found.stops)


def _next(
    dossier: Dossier, counted: Mapping[str, int], star: int, stops: tuple[Stop, ...]
) -> Blocked | None:
    above = next((each for each in STARS if each > star), None)
    if stops and star in STARS:
        above = star
    return None if above is None else _before(dossier, counted, above, stops)


def _before(
    dossier: Dossier, counted: Mapping[str, int], star: int, stops: tuple[Stop, ...]
) -> Blocked:
    lacking = max(0, points_for(dossier.rules, star) - sum(counted.values()))
    return Blocked(star, lacking, short_of(dossier, counted, star), stops)


def said_doubts(dossier: Dossier) -> tuple[str, ...]:
    """What the law leaves open and its producer should know, by how it is said."""
    return tuple(raw["say"] for raw in _open_rules(dossier) if "say" in raw)


def _open_rules(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for raw in ruleset.part("rules", dossier.rules)["doubts"]:
        if dossier.product_set in raw.get("sets", (dossier.product_set,)):
            yield raw


def _doubts(dossier: Dossier) -> Iterator[Doubt]:
    yield from dossier.sheet.doubts
    for raw in _open_rules(dossier):
        yield Doubt("", "rule", raw["text"], raw["source"])
    for line in checklist.lines(dossier):
        for paper in line.papers:
            given = any(each.paper == paper.id for each in dossier.evidence)
            if given and (paper.doubt or (paper.uncertain and paper.months)):
                yield Doubt(paper.id, "paper", paper.doubt or paper.name, paper.source)
        if line.state is State.UNDATED:
            yield Doubt(line.papers[0].id, "undated", line.papers[0].name, line.papers[0].source)
