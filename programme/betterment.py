"""The cheapest path to a star: which options to reach, at what toil, and when that is done.

Exact: over all ways to reach the points and the minimums of the star it is one of least effort,
among those of fewest changes, among those of fewest days.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from programme import checklist, effort, scoring
from programme.checklist import Line, Stop
from programme.dossier import Dossier
from programme.effort import Cost
from programme.sheets import Criterion, Option

Price = tuple[int, int, int]  # effort, changes, days


@dataclass(frozen=True, slots=True)
class Choice:
    """What a criterion may become: so many points at that cost; without an option it stays."""

    criterion: str
    points: int
    cost: Cost
    option: Option | None = None

    @property
    def price(self) -> Price:
        """What is made small: toil, then the number of changes, then days."""
        return (self.cost.effort, int(self.option is not None), self.cost.days)


@dataclass(frozen=True, slots=True)
class Path:
    """The changes that bring a dossier to a star, and the papers that are owed in any case."""

    star: int
    points: int
    changes: tuple[Choice, ...]
    papers: tuple[Line, ...]
    effort: int
    days: int
    ready_on: date


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why a star is out of reach: criteria that nobody can change, stops, or points."""

    star: int
    criteria: tuple[str, ...]
    stops: tuple[Stop, ...]
    points: int


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the criteria so far."""

    price: Price
    last: tuple[Choice, ...]
    before: "_Way | None"


def cheapest(dossier: Dossier, star: int, by: date | None = None) -> Path | NoPath:
    """The cheapest path to the star, of those that are ready by the day if one is given."""
    within = (by - dossier.days.today).days if by else None
    stops = tuple(stop for stop in checklist.stopped_by(dossier) if stop.by == "declared")
    minimums = _minimums(dossier, star)
    clusters = [_bundles(dossier, each, minimums, within) for each in _clusters(dossier)]
    blocked = tuple(ids[0] for ids, bundles in clusters if not bundles)
    ways = {} if blocked else _ways([bundles for _, bundles in clusters])
    goal = scoring.points_for(dossier.rules, star)
    enough = [points for points in ways if points >= goal]
    if stops or not enough:
        return NoPath(star, blocked, stops, max(ways, default=0))
    points = min(enough, key=lambda each: (ways[each].price, -each))
    return _path(dossier, star, points, ways[points])


def choices(
    dossier: Dossier, criterion: Criterion, within: int | None = None
) -> tuple[Choice, ...]:
    """What the criterion may become, beginning with what it is."""
    claim = dossier.claim(criterion)
    lacking = claim is not None and checklist.unproven(dossier, criterion, claim)
    counted = claim.points if claim and not lacking else 0
    found = [Choice(criterion.id, counted, Cost(0, 0))]
    for option in criterion.open_to(dossier.variant):
        price = effort.cost(dossier, criterion, option) if option.points > counted else None
        if price and (within is None or price.days <= within):
            found.append(Choice(criterion.id, option.points, price, option))
    return tuple(found)


def held(dossier: Dossier, criterion: Criterion) -> int:
    """The points that stand behind the claim with the papers at hand, counted or not."""
    claim = dossier.claim(criterion)
    return scoring.proven(dossier, criterion, claim) if claim else 0


def _minimums(dossier: Dossier, star: int) -> dict[str, int]:
    """What the star and the stops ask of each criterion at least."""
    asked = dossier.sheet.minimums(star)
    for stop in checklist.stops(dossier):
        if stop.by == "zero":
            for id_ in checklist.of_group(dossier, stop.group):
                asked[id_] = max(1, asked.get(id_, 0))
    return asked


def _clusters(dossier: Dossier) -> Iterator[tuple[Criterion, ...]]:
    """The criteria, each together with those that count only when it does."""
    upon = scoring.depends(dossier)
    for line in dossier.sheet.criteria:
        if line.id not in upon:
            followers = (id_ for id_, other in upon.items() if other == line.id)
            yield (line, *(dossier.sheet.criterion(id_) for id_ in followers))


def _bundles(
    dossier: Dossier,
    cluster: tuple[Criterion, ...],
    minimums: Mapping[str, int],
    within: int | None,
) -> tuple[tuple[str, ...], dict[int, tuple[Price, tuple[Choice, ...]]]]:
    """The cheapest choices of a cluster for each sum of points that it can give."""
    best: dict[int, tuple[Price, tuple[Choice, ...]]] = {}
    standing = held(dossier, cluster[0]) if len(cluster) > 1 else 0
    for chosen in product(*(choices(dossier, line, within) for line in cluster)):
        given = _given(chosen, standing)
        if any(points < minimums.get(id_, 0) for id_, points in given.items()):
            continue
        whole = sum(given.values())
        price = _sum(choice.price for choice in chosen)
        if whole not in best or price < best[whole][0]:
            best[whole] = (price, chosen)
    return tuple(line.id for line in cluster), best


def _given(chosen: tuple[Choice, ...], standing: int) -> dict[str, int]:
    """The points of each, where the others count only when the first gives any."""
    first, *others = chosen
    opened = first.points or (standing if first.option is None else 0)
    return {
        first.criterion: first.points,
        **{each.criterion: each.points if opened else 0 for each in others},
    }


def _ways(clusters: list[dict[int, tuple[Price, tuple[Choice, ...]]]]) -> dict[int, _Way]:
    """For each sum of points the cheapest way to it through all clusters."""
    ways = {0: _Way((0, 0, 0), (), None)}
    for bundles in clusters:
        further: dict[int, _Way] = {}
        for points, way in ways.items():
            for more, (price, chosen) in bundles.items():
                whole, dear = points + more, _sum((way.price, price))
                if whole not in further or dear < further[whole].price:
                    further[whole] = _Way(dear, chosen, way)
        ways = further
    return ways


def _sum(prices: Iterable[Price]) -> Price:
    toil = changes = days = 0
    for price in prices:
        toil, changes, days = toil + price[0], changes + price[1], max(days, price[2])
    return (toil, changes, days)


def _path(dossier: Dossier, star: int, points: int, way: _Way) -> Path:
    changed = tuple(choice for choice in _walked(way) if choice.option)
    order = {line.id: at for at, line in enumerate(dossier.sheet.criteria)}
    papers = tuple(_stop_papers(dossier, changed))
    days = max([way.price[2], *(line.wait_days for line in papers)])
    return Path(
        star,
        points,
        tuple(sorted(changed, key=lambda choice: order[choice.criterion])),
        papers,
        way.price[0],
        days,
        dossier.days.today + timedelta(days=days),
    )


def _walked(way: _Way) -> Iterator[Choice]:
    step: _Way | None = way
    while step is not None:
        yield from step.last
        step = step.before


def _stop_papers(dossier: Dossier, changes: tuple[Choice, ...]) -> Iterator[Line]:
    """The papers that a stop asks for and no change brings."""
    brought = {
        frozenset(paper.id for paper in line.papers)
        for choice in changes
        for line in choice.cost.lacking
    }
    for line in checklist.missing(dossier):
        ids = frozenset(paper.id for paper in line.papers)
        if line.stops and not any(other <= ids for other in brought):
            yield line
