"""Who answers a question: the officers whom it concerns, by what it is about and where it lies."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from programme.roles import Role
from storage import help_units
from storage.database import table_of
from storage.officers import OFFICE, OfficerRow
from storage.questions import QuestionRow, remarks

_O = table_of(OfficerRow).c
_Q = table_of(QuestionRow).c
_OPEN = _Q.answered_at.is_(None)


def whom(tx: Connection, question: Mapping[str, Any], units: Collection[str]) -> list[int]:
    """Whom a question concerns, who has least to answer first; never who asked it.

    They are those who advise for one of these units (see programme.units) where the producer is at
    home, else the commune's officers, else the province's, else the administrators. Where nobody is
    administrator and only one province has officers, a question of no area is theirs.
    """
    offices = help_units.serving(tx, units)
    levels = _levels(question)
    if offices:
        levels = (_advisers(question, _O.unit_id.in_(offices)), *levels)
    for level in levels:
        if found := _free(tx, question, level):
            return found
    return [] if question["province_code"] else _of_only_province(tx, question)


def above(tx: Connection, question: Mapping[str, Any]) -> list[int]:
    """Who may take the question from whoever is responsible: the next level that has anybody."""
    return _above(tx, question, _level_of(tx, question["assigned_to"]))


def _above(tx: Connection, question: Mapping[str, Any], at: int) -> list[int]:
    for number, level in enumerate(_levels(question)):
        if number > at and (found := _free(tx, question, level)):
            return found
    return []


def not_asked_yet(tx: Connection, question: Mapping[str, Any]) -> list[int]:
    """Who may take a question that nobody answered: the next level above all that have had it."""
    every = remarks(tx, question["id"], ("passed", "raised"))
    had = {question["assigned_to"], *(each["to_person"] for each in every)}
    had |= {each["person_id"] for each in every}
    highest = max(_level_of(tx, person) for person in had)
    return _above(tx, question, highest)


def of_units(tx: Connection, question: Mapping[str, Any]) -> dict[int, list[int]]:
    """Who advises for which office where the question lies, as ``above`` puts them; not who asked.

    Offices of which nobody does are left out.
    """
    advisers = _free(tx, question, _advisers(question, _O.unit_id.is_not(None)))
    units = select(_O.person_id, _O.unit_id).where(_O.person_id.in_(advisers))
    unit_of = {row[0]: row[1] for row in tx.execute(units)} if advisers else {}
    found: dict[int, list[int]] = {}
    for person in advisers:
        found.setdefault(unit_of[person], []).append(person)
    return found


def at_level(tx: Connection, question: Mapping[str, Any], level: str) -> list[int]:
    """The officers of the question's ``commune``, ``province``, or the ``administrator``."""
    names = ("commune", "province", "administrator")
    return _free(tx, question, _levels(question)[names.index(level)])


def level_of(tx: Connection, person: int | None) -> str:
    """What the officer is of, as ``at_level`` calls it; an adviser is called so."""
    return ("adviser", "commune", "province", "administrator")[_level_of(tx, person) + 1]


def _advisers(
    question: Mapping[str, Any], advising: ColumnElement[bool]
) -> tuple[ColumnElement[bool], ...]:
    here = ("", question["commune_code"], question["province_code"])
    return (_O.role == Role.ADVISER, advising, _O.area.in_(here))


def _levels(question: Mapping[str, Any]) -> tuple[tuple[ColumnElement[bool], ...], ...]:
    """The offices from the nearest on; a code that is not known is nobody's."""
    commune, province = question["commune_code"], question["province_code"]
    of_office = _O.role.in_(OFFICE)
    return (
        (of_office, _O.area == commune, _O.area != ""),
        (of_office, _O.area == province, _O.area != ""),
        (of_office, _O.area == ""),
    )


def _free(
    tx: Connection, question: Mapping[str, Any], level: tuple[ColumnElement[bool], ...]
) -> list[int]:
    """The officers of a level, who has the fewest open questions first; not who asked."""
    theirs = select(func.count()).where(_OPEN, _Q.assigned_to == _O.person_id).scalar_subquery()
    others = _O.person_id != question["person_id"]
    found = select(_O.person_id).where(*level, others)
    return list(tx.execute(found.order_by(theirs, _O.since, _O.person_id)).scalars())


def _of_only_province(tx: Connection, question: Mapping[str, Any]) -> list[int]:
    areas = list(tx.execute(select(_O.area).where(_O.role == Role.PROVINCE).distinct()).scalars())
    if len(areas) != 1:
        return []
    return _free(tx, question, (_O.role == Role.PROVINCE, _O.area == areas[0]))


def _level_of(tx: Connection, person: int | None) -> int:
    found = tx.execute(select(_O.role, _O.area).where(_O.person_id == person)).first()
    if found is None or found[0] == Role.ADVISER:
        return -1
    return {0: 2, 2: 1}.get(len(found[1]), 0)
