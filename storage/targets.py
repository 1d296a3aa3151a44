"""Chỉ tiêu: what an office means to reach in a year, in its own words or in numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import imported
from storage.database import UtcDateTime, insert_new, table_of
from storage.officers import Scope
from storage.scoped import scoped

if TYPE_CHECKING:
    from programme.sample_form.rows import Target


class TargetRow(imported.ImportedRow, table=True):
    """A target in the office's own words."""

    __tablename__ = "targets"

    year: int
    text: str
    place_id: int | None = Field(default=None, foreign_key="places.id")


class CountedTargetRow(SQLModel, table=True):
    """So many of a kind (see programme.targets) in a year, in a commune or a whole province.

    A product counts from ``star`` on, which is 0 for what has none; none ``wanted`` is no target.
    """

    __tablename__ = "counted_targets"
    __table_args__ = (
        UniqueConstraint(
            *("province_code", "commune_code", "year", "kind", "star"),
            name="uq_counted_targets_what",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    commune_code: str = ""
    province_code: str
    year: int
    kind: str
    star: int = 0
    wanted: int
    set_by: int = Field(foreign_key="persons.id")
    set_at: datetime = Field(sa_type=UtcDateTime)


_TARGETS = table_of(TargetRow)
_COUNTED = table_of(CountedTargetRow)
_C = _COUNTED.c
_SAME = ("province_code", "commune_code", "year", "kind", "star")


def keep(tx: Connection, targets: Sequence["Target"], places: Mapping[str, int]) -> imported.Kept:
    """Take in the targets of a file; its places are there already."""
    rows = [
        imported.values(_TARGETS, each, place_id=places[each.place] if each.place else None)
        for each in targets
    ]
    return imported.keep(tx, _TARGETS, rows)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All targets."""
    return imported.everyone(tx, _TARGETS)


# -- in numbers ------------------------------------------------------------------------------------


def set_(tx: Connection, target: Mapping[str, Any], person: int, now: datetime) -> int:
    """Let this be wanted, in place of what was wanted of the same before; its number.

    ``target`` has the columns from ``commune_code`` to ``wanted``.
    """
    by = {"set_by": person, "set_at": now}
    new = insert_new(tx, _COUNTED).values({**target, **by})
    again = {"wanted": target["wanted"], **by}
    upsert = new.on_conflict_do_update(index_elements=_SAME, set_=again)
    return int(tx.execute(upsert.returning(_C.id)).scalar_one())


@scoped("counted_targets")
def wanted_here(tx: Connection, scope: Scope, year: int) -> list[dict[str, Any]]:
    """The targets of the year in the area: those of a whole province first, then by commune."""
    found = select(_COUNTED).where(scope.here(_C), _C.year == year, _C.wanted > 0)
    rows = tx.execute(found.order_by(_C.province_code, _C.commune_code, _C.id))
    return [dict(row) for row in rows.mappings()]
