"""A plan: the products that are to come to a council, who helps with what, and when."""

from collections import Counter
from collections.abc import Iterable

from programme.reports import results, targets
from programme.reports.report import About, Gathering, slug
from programme.reports.rows import Planned, Result, Stage, Target, Unit


def tell(into: Gathering, every: Iterable[Planned], found: Iterable[Result], first: int) -> None:
    """The products that had no star before these years, and what each commune brings forward."""
    done = {each.product for each in found if results.has_star(each) and each.year < first}
    told = [each for each in every if each.product not in done]
    columns = "name set producer communes source"
    rows = [
        (each.name, each.product_set, each.producer, ", ".join(each.communes), each.source)
        for each in told
    ]
    into.table("planned", columns, rows)
    pairs = [(each.name, commune) for each in told for commune in each.communes]
    into.table("planned_places", "name commune", pairs)
    into.count("plan.products", "planned")
    into.distinct("plan.sets", "planned", "set")
    into.count("plan.places", "planned_places")
    into.distinct("plan.communes", "planned_places", "commune")
    by_commune = Counter(commune for _, commune in pairs)
    into.table("by_commune", "commune products", sorted(by_commune.items()))
    for commune in sorted(by_commune):
        key = f"plan.commune.{slug(commune)}"
        into.sum(key, "by_commune", "products", commune=commune)


def check(into: Gathering, every: Iterable[Target], first: int, last: int) -> None:
    """Whether each commune has as many products as the targets want of each."""
    for target in every:
        wanted = [aim for aim in targets.read(target.text) if aim.kind == "each" and aim.least]
        for aim in wanted if first <= target.year <= last else ():
            for commune, products in into.tables["by_commune"].rows:
                if isinstance(products, int) and products < (aim.least or 0):
                    about: About = {"what": aim.text, "commune": commune, "found": products}
                    into.doubt("below_each", about | {"told": aim.least, "source": target.source})


def helpers(into: Gathering, every: Iterable[Unit]) -> None:
    """Who helps with what."""
    rows = [(each.name, duty, each.source) for each in every for duty in each.duties]
    into.table("helpers", "unit duty source", rows)
    into.distinct("helpers.units", "helpers", "unit")
    into.count("helpers.duties", "helpers")
    for unit in dict.fromkeys(row[0] for row in rows):
        into.count(f"helpers.unit.{slug(unit)}", "helpers", unit=unit)


def stages(into: Gathering, every: Iterable[Stage], first: int, last: int) -> None:
    """The office's own calendar of these years."""
    columns = "what level year number starts intake_before finish_before"
    rows = [
        (e.what, e.level, e.year, e.number, e.starts, e.intake_before, e.finish_before)
        for e in every
        if first <= e.year <= last
    ]
    into.table("stages", columns, rows)
    into.count("stages", "stages")
    intakes = sum(bool(row[5]) for row in rows)
    into.count("stages.other", "stages", intake_before="")
    into.table("intakes", columns, (row for row in rows if row[5]))
    into.count("stages.intakes", "intakes")
    if intakes:
        into.distinct("stages.numbers", "intakes", "number")
