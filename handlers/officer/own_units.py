"""The offices that help producers in an area, as its own office tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import units
from programme.folding import fold
from storage import help_units, officers, report_rows


def everyone(talk: Talk) -> list[dict[str, Any]]:
    """Those of the area, from a file or told at the desk."""
    return report_rows.of_units(talk.tx, scope_of(talk))


def of(talk: Talk, number: int) -> dict[str, Any] | None:
    """The one of that number, if it is of the area."""
    return next((one for one in everyone(talk) if one["id"] == number), None)


def add(talk: Talk, name: str, duties: Sequence[str]) -> None:
    """Note one more; one of that name there is once."""
    if fold(name) in {fold(one["unit"]) for one in everyone(talk)}:
        talk.say("own_office.unit_there", name=name)
        return
    made = help_units.add(talk.tx, scope_of(talk).area, name, duties)
    talk.log("added_unit", "unit", made)
    talk.say("own_office.unit_added", name=name)


def lacking(talk: Talk) -> list[tuple[str, tuple[str, ...]]]:
    """The usual ones that the area has not told of, while it has fewer than those."""
    told = {one["unit"] for one in everyone(talk)}
    usual = units.usual()
    return [one for one in usual if one[0] not in told] if len(told) < len(usual) else []


def add_usual(talk: Talk) -> None:
    """Note all the usual ones that are not told of."""
    some = lacking(talk)
    for name, duties in some:
        made = help_units.add(talk.tx, scope_of(talk).area, name, duties)
        talk.log("added_unit", "unit", made)
    talk.say("own_office.units_added", count=len(some))


def change(talk: Talk, row: Mapping[str, Any], name: str, duties: Sequence[str]) -> None:
    """Let it be called so and help with that."""
    help_units.change(talk.tx, row["id"], name, duties)
    talk.log("changed_unit", "unit", row["id"])
    talk.say("own_office.unit_changed", name=name)


def drop(talk: Talk, row: Mapping[str, Any]) -> None:
    """Forget it, unless somebody is of it."""
    count = officers.of_unit(talk.tx, row["id"])
    if count:
        talk.say("own_office.unit_needed", name=row["unit"], count=count)
        return
    help_units.drop(talk.tx, row["id"])
    talk.log("dropped_unit", "unit", row["id"])
    talk.say("own_office.unit_dropped", name=row["unit"])
