"""Taking in all that an office's file tells: its sections in the order in which they refer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from storage import (
    budgets,
    certificates,
    fairs,
    help_units,
    pairings,
    places,
    producers,
    products,
    rounds,
    sources,
    targets,
    text_errors,
)
from storage.imported import Kept
from storage.places import Today

if TYPE_CHECKING:
    from programme.sample_form.rows import Product, Programme, Result

_CERTIFIED = 3  # stars (QĐ 26/2026 gives no certificate for fewer)
_LEVELS = frozenset({"huyen", "tinh", "bo"})  # whose councils' results were recognised
_DAY = len("2026-08-05")


def keep(
    tx: Connection, told: "Programme", today: Mapping[str, Today], now: datetime
) -> dict[str, Kept]:
    """Add what is new and change what differs; each section with what became of its rows.

    ``today`` has what each place of the file is called today. What the file no longer tells stays.
    """
    kept = {"sources": sources.keep(tx, told.sources)}
    kept["places"] = places.keep(tx, told.places, today)
    where = kept["places"].ids
    homes = places.homes(told.places, where, today)
    kept["producers"] = producers.keep(tx, told.producers, homes, now)
    who = pairings.resolved(tx, kept["producers"].ids)
    kept["products"] = products.keep(tx, told.products, who, where)
    _keep_certificates(tx, told.products, who, now)
    kept["fairs"] = fairs.keep(tx, told.fairs)
    kept["rounds"] = rounds.keep(tx, told.rounds, where)
    kept["targets"] = targets.keep(tx, told.targets, where)
    kept["budgets"] = budgets.keep(tx, told.budgets, who, where)
    kept["help_units"] = help_units.keep(tx, told.help_units, where)
    kept["text_errors"] = text_errors.keep(tx, told.text_errors)
    return kept


def _keep_certificates(
    tx: Connection, told: Sequence["Product"], producers: Mapping[str, int], now: datetime
) -> None:
    """Keep a certificate for the newest recognition of each product that is known to its day.

    An older one of the same product, kept when it was the newest, is over with that.
    """
    known = {each["source"]: each for each in certificates.everyone(tx)}
    for product in told:
        found = _recognised(product)
        for result in found[:1]:
            source = _source(product, result)
            whose = producers[product.producer] if product.producer else None
            values = _certificate(product, result) | {"producer_id": whose, "source": source}
            certificates.keep(tx, values, now)
        for result in found[1:]:
            older = known.get(_source(product, result))
            if older and not older["renewed_at"]:
                over = {"source": older["source"], "renewed_at": now}
                certificates.keep(tx, over, now)


def _recognised(product: "Product") -> list["Result"]:
    """The results that gave the product a certificate, each known to its day, the newest first."""
    found = [
        each
        for each in product.results
        if each.passed
        and each.level in _LEVELS
        and (each.star or 0) >= _CERTIFIED
        and len(each.when) == _DAY
    ]
    return sorted(found, key=lambda each: each.when, reverse=True)


def _source(product: "Product", result: "Result") -> str:
    return f"{product.id}:{product.results.index(result)}"


def _certificate(product: "Product", result: "Result") -> dict[str, Any]:
    """What the certificate says, and between which days it is to be evaluated again (Điều 7)."""
    from programme import papers, ruleset  # noqa: PLC0415 - few starts take anything in
    from programme.rounds import window  # noqa: PLC0415 - as above

    issued = date.fromisoformat(result.when)
    expires = papers.later(issued, ruleset.part("deadlines")["certificate"]["valid_months"])
    days = window(expires)
    return {
        "name": product.name,
        "product_set": product.set,
        "star": result.star,
        "decision": result.decision or "",
        "issued": issued,
        "expires": expires,
        "refile_from": days.opens,
        "refile_by": days.closes,
    }
