"""All that a report is made of, read at once: an officer's area, and a district of old in it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from programme.firings import day_of
from programme.reports.rows import (
    Budget,
    Counted,
    Fair,
    Fund,
    Goal,
    Inspected,
    Line,
    Made,
    Mistake,
    Planned,
    Result,
    Revoked,
    Rows,
    Source,
    Stage,
    Support,
    Target,
    Task,
    Unit,
    Yearly,
)
from programme.roles import Right
from storage import (
    budgets,
    fairs,
    help_units,
    inspections,
    producers,
    progress,
    report_area,
    report_products,
    revocations,
    rounds,
    sources,
    supports,
    targets,
    tasks,
    text_errors,
    yearly,
)
from storage.announcements import AnnouncementRow
from storage.database import table_of
from storage.joining import JOIN, KEPT
from storage.officers import Scope
from storage.recipients import RecipientRow
from storage.report_area import Here, Part
from storage.scoped import scoped

Row = dict[str, Any]
_MINISTRY = 5  # stars, which the ministry gives (Điều 6)
_ANNOUNCED = table_of(AnnouncementRow).c
_ASKED = table_of(RecipientRow).c


class Reach(NamedTuple):
    """Whose rows of which years a report is made of, and on which day it is asked for.

    A ``plan`` has what is under way, and not what was done.
    """

    scope: Scope
    first: int
    last: int
    today: date
    part: Part | None = None
    plan: bool = False

    def holds(self, row: Row) -> bool:
        """Whether a row of the area lies in the part of it that is meant."""
        return self.part is None or row["commune_code"] in self.part.communes


def rows(tx: Connection, reach: Reach) -> Rows:
    """What the reports of that area and those years are made of."""
    known = report_area.here(tx, reach.scope, reach.part)
    found = report_products.products(tx, reach.scope, reach.part)
    finely = len(reach.scope.area) > len("15") or reach.part is not None
    return Rows(
        results=tuple(_results(tx, reach, known, found, finely=finely)),
        budgets=tuple(_budgets(tx, reach)),
        supports=tuple(_supports(tx, reach)),
        targets=tuple(_targets(tx, reach, known)),
        goals=tuple(_goals(tx, reach)),
        units=tuple(_units(tx, reach)),
        stages=tuple(_stages(tx, known)),
        sources=tuple(_sources(tx, known)),
        mistakes=tuple(_mistakes(tx, known)),
        **(_to_come(tx, reach, known, found) if reach.plan else _so_far(tx, reach, known)),
    )


def _to_come(tx: Connection, reach: Reach, known: Here, found: Sequence[Row]) -> dict[str, Any]:
    """What a plan alone tells."""
    return {"planned": tuple(_planned(tx, reach, known, found))}


def _so_far(tx: Connection, reach: Reach, known: Here) -> dict[str, Any]:
    """What was done, of which no plan tells."""
    return {
        "fairs": tuple(_fairs(tx, reach, known)),
        "tasks": tuple(_tasks(tx, reach)),
        "revoked": tuple(_revoked(tx, reach)),
        "inspected": tuple(_inspected(tx, reach)),
        **_told(tx, reach),
        **_counts(tx, reach),
    }


# -- products --------------------------------------------------------------------------------------


def _results(
    tx: Connection, reach: Reach, known: Here, found: Sequence[Row], *, finely: bool
) -> Iterator[Result]:
    until = date(reach.last, 12, 31)
    for product in found:
        for each in product["results"]:
            yield _of_file(product, each, _labels(known, product, finely=finely))
    for each in report_products.sat(tx, reach.scope, until, reach.part):
        passed, star = not each["refused"] and each["given"] is not None, each["given"]
        about = {"on": each["day"].isoformat(), "passed": passed, "star": star if passed else None}
        yield Result(**_of_dossier(each, star), **about, reason=each["refused"])
    for each in report_products.certified(tx, reach.scope, until, reach.part):
        about = {"on": each["issued"].isoformat(), "star": each["star"]}
        yield Result(**_of_dossier(each, each["star"]), **about)


def _of_file(product: Row, each: Row, places: tuple[str, ...]) -> Result:
    return Result(
        product=product["key"],
        name=product["name"],
        product_set=product["product_set"],
        producer=product["producer"] or "",
        places=places,
        level=each["level"],
        on=each["found_on"],
        star=each["star"],
        passed=each["passed"],
        decision=each["decision"] or "",
        reason=each["reason"] or "",
        source=each["document"] or product["document"] or "",
    )


def _of_dossier(each: Row, star: int | None) -> dict[str, Any]:
    """What a result of our own says of its product; a certificate may be of no dossier."""
    root = each["root"]
    return {
        "product": f"dossier-{root}" if root else f"certificate-{each['id']}",
        "name": each["name"],
        "product_set": each["product_set"],
        "producer": each["producer"] or "",
        "places": (each["commune"],) if each["commune"] else (),
        "level": "bo" if (star or 0) >= _MINISTRY else "tinh",
        "decision": each["decision"],
    }


def _planned(tx: Connection, reach: Reach, known: Here, found: Iterable[Row]) -> Iterator[Planned]:
    for product in found:
        yield Planned(
            product=product["key"],
            name=product["name"],
            product_set=product["product_set"],
            producer=product["producer"] or "",
            communes=_labels(known, product, finely=True),
            source=product["document"] or "",
        )
    for each in report_products.under_way(tx, reach.scope, reach.part):
        yield Planned(
            product=f"dossier-{each['root']}",
            name=each["name"],
            product_set=each["product_set"],
            producer=each["producer"],
            communes=(each["commune"],) if each["commune"] else (),
        )


def _labels(known: Here, product: Row, *, finely: bool) -> tuple[str, ...]:
    inside = (known.places[id_] for id_ in product["come_from"] if id_ in known.places)
    told = tuple(dict.fromkeys(report_area.label(place, finely=finely) for place in inside))
    return told or ((product["commune"],) if product["commune"] else ())


# -- what the office planned and paid --------------------------------------------------------------


@scoped("budgets")
def of_budgets(tx: Connection, scope: Scope, part: Part | None = None) -> list[Row]:
    """The budgets of the area, with their ``parts`` and ``lines`` (see budgets.everyone)."""
    known = report_area.here(tx, scope, part)
    return [row for row in budgets.everyone(tx) if known.holds(row)]


@scoped("targets")
def of_targets(tx: Connection, scope: Scope, part: Part | None = None) -> list[Row]:
    """The targets of the area."""
    known = report_area.here(tx, scope, part)
    return [row for row in targets.everyone(tx) if known.holds(row)]


@scoped("help_units")
def of_units(tx: Connection, scope: Scope, part: Part | None = None) -> list[Row]:
    """The offices of the area that help."""
    known = report_area.here(tx, scope, part)
    own = scope.area if scope.may(Right.READ) else ""
    every = help_units.everyone(tx)
    return [row for row in every if known.holds(row) or (own and row["area"] == own)]


def _budgets(tx: Connection, reach: Reach) -> Iterator[Budget]:
    told = of_budgets(tx, reach.scope, reach.part)
    lines = [line["producer_id"] for row in told for line in row["lines"] if line["producer_id"]]
    names = producers.names(tx, lines)
    for row in told:
        yield Budget(
            key=row["key"],
            what=row["what"],
            dong=row["dong"],
            year=row["year"],
            spent=row["spent_dong"],
            decision=row["decision"] or "",
            source=row["document"] or "",
            funds=_funds(row["parts"]),
            lines=tuple(_line(line, names) for line in row["lines"]),
        )


def _line(row: Row, names: dict[int, str]) -> Line:
    return Line(
        unit=row["unit"] or names.get(row["producer_id"], ""),
        dong=row["dong"],
        under=row["under"] or "",
        spent=row["spent_dong"],
        use=row["use"] or "",
        funds=_funds(row["parts"]),
    )


def _funds(parts: Iterable[Row]) -> tuple[Fund, ...]:
    return tuple(
        Fund(fund=part["fund"], dong=part["dong"], said=part["as_written"] or "") for part in parts
    )


def _supports(tx: Connection, reach: Reach) -> Iterator[Support]:
    for row in supports.during(tx, reach.scope, reach.first, reach.last):
        if reach.holds(row):
            about = {name: row[name] for name in ("number", "unit", "fund", "year", "use")}
            sums = {"dong": row["planned"], "spent": row["paid"]}
            yield Support(**about, **sums, decision=row["decision"])


def _tasks(tx: Connection, reach: Reach) -> Iterator[Task]:
    given = report_products.span(reach.first, reach.last)
    due = (date(reach.first, 1, 1), date(reach.last, 12, 31))
    for row in tasks.during(tx, reach.scope, given, due):
        if reach.holds(row):
            ended = day_of(row["done_at"]) if row["done_at"] else None
            yield Task(
                unit=row["unit"],
                deed=row["deed"],
                due=row["due"].isoformat() if row["due"] else "",
                done=ended is not None,
                late=row["due"] is not None and (ended or reach.today) > row["due"],
            )


def _targets(tx: Connection, reach: Reach, known: Here) -> Iterator[Target]:
    for row in of_targets(tx, reach.scope, reach.part):
        place = known.places.get(row["place_id"])
        shown = report_area.label(place, finely=True) if place else ""
        about = (row["key"], row["year"], row["text"], shown, row["document"] or "")
        yield Target(**dict(zip(("key", "year", "text", "place", "source"), about, strict=True)))


def _goals(tx: Connection, reach: Reach) -> Iterator[Goal]:
    for year in range(reach.first, reach.last + 1):
        for each in progress.here(tx, reach.scope, year, reach.today):
            told = each._asdict()
            if reach.holds(told):
                names = ("year", "kind", "star", "wanted", "reached")
                place = report_area.named(each.commune_code or each.province_code)
                yield Goal(place=place, **{name: told[name] for name in names})


# -- after certification ---------------------------------------------------------------------------


def _revoked(tx: Connection, reach: Reach) -> Iterator[Revoked]:
    days = date(reach.first, 1, 1), date(reach.last, 12, 31)
    for row in revocations.during(tx, reach.scope, *days):
        if reach.holds(row) and row["status"] == revocations.REVOKED:
            about = {name: row[name] for name in ("name", "star", "cause", "decision")}
            on = row["decided_on"].isoformat()
            yield Revoked(**about, producer=row["producer"] or "", on=on)


def _inspected(tx: Connection, reach: Reach) -> Iterator[Inspected]:
    found = inspections.during(tx, reach.scope, reach.first, reach.last)
    seen = inspections.products_of(tx, [row["id"] for row in found])
    for row in found:
        if reach.holds(row):
            about = {name: row[name] for name in ("number", "producer", "samples")}
            about |= {"products": len(seen[row["id"]]), "failed": row["failed"] or 0}
            yield Inspected(**about, on=row["day"].isoformat())


def _told(tx: Connection, reach: Reach) -> dict[str, Any]:
    """The sums of the whole area alone: nobody was promised that less is added up."""
    years = () if reach.part else range(reach.first, reach.last + 1)
    sums = [(year, each) for year in years for each in yearly.summed(tx, reach.scope, year)]
    made = [(year, each) for year in years for each in yearly.made(tx, reach.scope, year)]
    names = ("asked", "answered", "sales", "workers", "local_workers")
    return {
        "yearly": tuple(
            Yearly(year=year, **{name: getattr(each, name) for name in names})
            for year, each in sums
        ),
        "made": tuple(
            Made(
                year=year,
                unit=each.unit,
                made=each.thousandths // 1000,
                producers=each.producers,
            )
            for year, each in made
        ),
    }


def _units(tx: Connection, reach: Reach) -> Iterator[Unit]:
    for row in of_units(tx, reach.scope, reach.part):
        duties, source = tuple(row["duties"]), row["document"] or ""
        yield Unit(name=row["unit"], duties=duties, source=source)


def _stages(tx: Connection, known: Here) -> Iterator[Stage]:
    days = ("starts", "intake_before", "finish_before")
    for row in rounds.everyone(tx):
        if known.holds(row):
            about: dict[str, Any] = {day: row[day] or "" for day in days}
            about |= {name: row[name] for name in ("what", "level", "year", "number")}
            yield Stage(**about)


def _fairs(tx: Connection, reach: Reach, known: Here) -> Iterator[Fair]:
    """The fairs that documents of here tell of, and those that were announced here."""
    told = _announced(tx, reach.scope) if reach.part is None else {}
    for row in fairs.everyone(tx):
        if known.everywhere or row["document"] in known.documents or row["id"] in told:
            yield Fair(
                name=row["name"],
                year=row["year"],
                starts=row["starts"] or "",
                venue=row["venue"] or "",
                cancelled=row["cancelled"],
                joined=told.get(row["id"]),
                source=row["document"] or "",
            )


def _announced(tx: Connection, scope: Scope) -> dict[int, int]:
    """How many say that they come to each fair that was announced in the area."""
    came = func.count(_ASKED.person_id).filter(_ASKED.answer == JOIN, KEPT)
    joined = table_of(AnnouncementRow).join(
        table_of(RecipientRow), _ASKED.announcement_id == _ANNOUNCED.id, isouter=True
    )
    begun = (_ANNOUNCED.fair_id.is_not(None), _ANNOUNCED.started_at.is_not(None))
    counted = select(_ANNOUNCED.fair_id, came).select_from(joined).where(*begun)
    here = counted.where(scope.here(_ANNOUNCED)).group_by(_ANNOUNCED.fair_id)
    return {row[0]: row[1] for row in tx.execute(here)}


# -- documents -------------------------------------------------------------------------------------


def _sources(tx: Connection, known: Here) -> Iterator[Source]:
    for row in sources.everyone(tx):
        if known.everywhere or row["key"] in known.documents:
            told = (row["key"], row["title"], row["about"] or "", row["note"] or "")
            yield Source(**dict(zip(("key", "title", "about", "note"), told, strict=True)))


def _mistakes(tx: Connection, known: Here) -> Iterator[Mistake]:
    for row in text_errors.everyone(tx):
        if known.everywhere or row["document"] in known.documents:
            said, correct = row["as_written"] or "", row["correct"] or ""
            about = {"note": row["note"] or "", "source": row["document"] or ""}
            yield Mistake(said=said, correct=correct, **about)


# -- counts ----------------------------------------------------------------------------------------


def _counts(tx: Connection, reach: Reach) -> dict[str, Any]:
    scope, years, part = reach.scope, report_products.span(reach.first, reach.last), reach.part
    steps = report_products.steps(tx, scope, years, part)
    over = report_products.passed_over(tx, scope, years, part)
    lacks = report_products.lacking(tx, scope, part)
    back = report_products.returned(tx, scope, years, part)
    return {
        "steps": tuple(Counted(what=step, count=many) for step, many in steps.items()),
        "passed_over": tuple(Counted(what=str(at), count=many) for at, many in over.items()),
        "lacking": tuple(Counted(what=paper, count=many) for paper, many in lacks),
        "returned": tuple(Counted(what=it, about=why, count=many) for it, why, many in back),
    }
