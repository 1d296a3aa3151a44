"""Taking in all that an office's file tells: its sections in the order in which they refer."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from storage import (
    budgets,
    fairs,
    help_units,
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
    from programme.sample_form.rows import Programme


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
    who = kept["producers"].ids
    kept["products"] = products.keep(tx, told.products, who, where)
    kept["fairs"] = fairs.keep(tx, told.fairs)
    kept["rounds"] = rounds.keep(tx, told.rounds, where)
    kept["targets"] = targets.keep(tx, told.targets, where)
    kept["budgets"] = budgets.keep(tx, told.budgets, who, where)
    kept["help_units"] = help_units.keep(tx, told.help_units, where)
    kept["text_errors"] = text_errors.keep(tx, told.text_errors)
    return kept
