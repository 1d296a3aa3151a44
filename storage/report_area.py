"""What of an office's file lies in an officer's area, and in a district of old within it."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select, true, union_all
from sqlalchemy.engine import Connection

from programme.places import places as today
from programme.roles import Right
from storage import places
from storage.budgets import BudgetTableRow
from storage.database import table_of
from storage.help_units import HelpUnitRow
from storage.officers import Scope
from storage.rounds import RoundRow
from storage.targets import TargetRow

_PLACED = tuple(table_of(row) for row in (TargetRow, BudgetTableRow, RoundRow, HelpUnitRow))


class Part(NamedTuple):
    """A district or a province of before 1/7/2025: its name, and the codes of its communes now."""

    shown: str
    communes: tuple[str, ...]


class Here(NamedTuple):
    """The places of an office's file that lie here, by id, and the documents that speak of here."""

    places: dict[int, dict[str, Any]]
    documents: frozenset[str]
    everywhere: bool

    def holds(self, row: Any) -> bool:
        """Whether a row that has a ``place_id`` or only a ``document`` is of here."""
        if row["place_id"] is not None:
            return row["place_id"] in self.places
        return self.everywhere or row["document"] in self.documents


def here(tx: Connection, scope: Scope, part: Part | None = None) -> Here:
    """What lies in the area. A document speaks of here when all the places that it names do."""
    if not scope.may(Right.READ):
        return Here({}, frozenset(), everywhere=False)
    inside = {row["id"]: row for row in places.everyone(tx) if _lies(row, scope.area, part)}
    named = union_all(*(select(table.c.document, table.c.place_id) for table in _PLACED))
    spoken: dict[str, set[int]] = {}
    for document, place in tx.execute(named):
        if document and place:
            spoken.setdefault(document, set()).add(place)
    documents = frozenset(key for key, told in spoken.items() if told <= inside.keys())
    return Here(inside, documents, everywhere=not scope.area and part is None)


def live(scope: Scope, producers: Any, part: Part | None = None) -> ColumnElement[bool]:
    """The condition for rows of producers of today."""
    inside = producers.commune_code.in_(part.communes) if part else true()
    return and_(scope.here(producers), inside)


def label(place: dict[str, Any], *, finely: bool) -> str:
    """What a place is called in a list: by its district, or ``finely`` by its commune."""
    names = (place["commune"], place["district"], place["province"])
    ordered = names if finely or not place["district"] else names[1:]
    return next(str(name) for name in ordered if name)


def _lies(place: dict[str, Any], area: str, part: Part | None) -> bool:
    inside = not area or area in (place["commune_code"], _province(place["province"]))
    return inside and (part is None or _is_of(place, part))


def _is_of(place: dict[str, Any], part: Part) -> bool:
    if place["commune_code"] in part.communes:
        return True
    return part.shown in _named(place["district"] or "", place["province"])


@cache
def named(code: str) -> str:
    """What a commune or a province of today is called; the code of one that is not known."""
    commune, province = today().by_code(code), today().province(code)
    return f"{commune.kind} {commune.name}" if commune else province.shown if province else code


@cache
def _province(name: str) -> str:
    found = today().province_of(name)
    return found.code if found else ""


@cache
def _named(district: str, province: str) -> frozenset[str]:
    """What a district and its province, as a file names them, were called in full."""
    found = [area for area in today().areas(province) if area.level == "province"]
    if district:
        found += [a for a in today().areas(f"{district}, {province}") if a.level == "district"]
    return frozenset(area.shown for area in found)
