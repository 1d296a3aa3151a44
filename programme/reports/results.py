"""Results: what councils found, by level, by meeting, by place; what failed and what rose."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from programme.folding import fold
from programme.reports.report import Gathering, Row, slug
from programme.reports.rows import Result

LEVELS = ("xa", "huyen", "tinh", "bo")
_CERTIFIED, _STARS = 3, (3, 4, 5)
_COUNCILS = ("tinh", "bo")  # whose recognition is a certificate of the programme


def tell(into: Gathering, every: Iterable[Result], first: int, last: int) -> None:
    """The results of these years: a row each, and what they come to."""
    told = sorted((each for each in every if first <= each.year <= last), key=_order)
    columns = "product name set producer place level on year star recognised passed decision"
    into.table("results", f"{columns} reason source", map(_row, told))
    into.table("origins", "product place level passed", _origins(told))
    _figures(into, told)
    _sessions(into, told)
    _by_place(into, told)
    _failed(into, told)
    _upgrades(into, every, first, last)
    _standing(into, every, last)


def recognised(each: Result) -> bool:
    """Whether the result is worth at least three stars."""
    return each.passed and (each.star or 0) >= _CERTIFIED


def has_star(each: Result) -> bool:
    """Whether it is the certificate of a province or of the ministry."""
    return recognised(each) and each.level in _COUNCILS


def new_in(every: Iterable[Result], first: int, last: int) -> set[str]:
    """The products that a province or the ministry recognised for the first time in these years."""
    began: dict[str, int] = {}
    for each in every:
        if has_star(each):
            began[each.product] = min(each.year, began.get(each.product, each.year))
    return {product for product, year in began.items() if first <= year <= last}


def risen_in(every: Sequence[Result], first: int, last: int) -> list[Result]:
    """The results of these years that have more stars than any the product had there before."""
    best: dict[tuple[str, str], int] = {}
    risen = []
    for each in sorted((one for one in every if recognised(one)), key=_order):
        at, star = (each.product, each.level), each.star or 0
        if at in best and star > best[at] and first <= each.year <= last:
            risen.append(each)
        best[at] = max(star, best.get(at, 0))
    return risen


def _order(each: Result) -> tuple[str, int, str, str]:
    return (each.on, LEVELS.index(each.level), each.name, each.product)


def _row(each: Result) -> Row:
    place, star = ", ".join(each.places), each.star if each.passed else None
    flags = (int(recognised(each)), int(each.passed))
    at = (each.level, each.on, each.year, star, *flags)
    who = (each.product, each.name, each.product_set, each.producer, place)
    return (*who, *at, each.decision, each.reason, each.source)


def _origins(told: Iterable[Result]) -> Iterable[Row]:
    for each in told:
        for place in each.places:
            yield (each.product, place, each.level, int(each.passed))


def _figures(into: Gathering, told: Sequence[Result]) -> None:
    into.distinct("results.products", "results", "product")
    into.distinct("results.producers", "results", "producer")
    into.distinct("results.places", "origins", "place")
    for level in ("tinh", *sorted({each.level for each in told} - {"tinh"})):
        _counts(into, f"results.{level}", level=level)
        into.distinct(f"results.{level}.places", "origins", "place", level=level)
        into.distinct(f"results.{level}.passed.places", "origins", "place", level=level, passed=1)
        into.share(
            f"results.{level}.share", f"results.{level}.recognised", f"results.{level}.evaluated"
        )


def _counts(into: Gathering, key: str, **where: str | int) -> None:
    into.count(f"{key}.evaluated", "results", **where)
    into.count(f"{key}.recognised", "results", recognised=1, **where)
    into.count(f"{key}.failed", "results", recognised=0, **where)
    for star in _STARS:
        into.count(f"{key}.star{star}", "results", star=star, **where)


def _sessions(into: Gathering, told: Sequence[Result]) -> None:
    """Each meeting, as far as level and day tell them apart."""
    met: dict[tuple[str, str], dict[str, None]] = {}
    for each in told:
        said = (part.strip() for part in each.decision.split(";"))
        met.setdefault((each.level, each.on), {}).update(dict.fromkeys(filter(None, said)))
    rows: list[Row] = []
    for (level, on), decisions in met.items():
        key = f"results.{level}.{on}"
        _counts(into, key, level=level, on=on)
        names = ("evaluated", "recognised", "failed", *(f"star{star}" for star in _STARS))
        figures = (into.figures[f"{key}.{name}"].value for name in names)
        rows.append((level, on, *figures, "; ".join(decisions)))
    into.table("sessions", "level on evaluated recognised failed star3 star4 star5 decision", rows)


def _by_place(into: Gathering, told: Sequence[Result]) -> None:
    """By district or commune: the products that were seen, and those that were recognised."""
    seen: dict[str, set[str]] = defaultdict(set)
    good: dict[str, set[str]] = defaultdict(set)
    for each in told:
        for place in each.places:
            seen[place].add(each.product)
            if has_star(each):
                good[place].add(each.product)
    rows = [(place, len(seen[place]), len(good[place])) for place in sorted(seen, key=fold)]
    into.table("by_place", "place products recognised", rows)
    for place in sorted(seen, key=fold):
        key = f"by_place.{slug(place)}"
        into.sum(f"{key}.products", "by_place", "products", place=place)
        into.sum(f"{key}.recognised", "by_place", "recognised", place=place)


def _failed(into: Gathering, told: Sequence[Result]) -> None:
    rows = [
        (each.name, each.producer, ", ".join(each.places), each.level, each.on, each.reason)
        for each in told
        if not recognised(each)
    ]
    into.table("failed", "name producer place level on reason", rows)
    into.count("failed", "failed")
    into.count("failed.unexplained", "failed", reason="")


def _upgrades(into: Gathering, every: Iterable[Result], first: int, last: int) -> None:
    risen = risen_in(list(every), first, last)
    rows = [(each.name, each.producer, each.level, each.on, each.star) for each in risen]
    into.table("upgrades", "name producer level on star", rows)
    into.count("upgrades", "upgrades")
    new = new_in(every, first, last)
    names = {each.product: each.name for each in every}
    into.table("new", "product name", sorted((product, names[product]) for product in new))
    into.count("new", "new")


def _standing(into: Gathering, every: Iterable[Result], last: int) -> None:
    """The products that have a star of a province or the ministry by the end of the last year."""
    newest = {
        each.product: each
        for each in sorted(every, key=_order)
        if each.year <= last and has_star(each)
    }
    rows = [(each.name, each.producer, each.star, each.on) for each in newest.values()]
    into.table("standing", "name producer star on", rows)
    into.count("standing", "standing")
    for star in _STARS:
        into.count(f"standing.star{star}", "standing", star=star)
    many = Counter((each.year, each.star) for each in newest.values())
    years = sorted({each.year for each in newest.values()})
    by_year = [(year, *(many[year, star] for star in reversed(_STARS))) for year in years]
    into.table("by_year", "year star5 star4 star3", by_year)
