"""What offices set of their own at the desk: a row each time, the last one of a name stands."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, insert, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import officers, producers
from storage.bulk import Ready
from storage.database import UtcDateTime, alone, table_of

PAPERS, TEXTS = "papers", "texts"
_TEMPLATE = "template:"
_STANDS = text("replaced_at IS NULL")


class OfficeSettingRow(SQLModel, table=True):
    """Something that the office of an area set; a row in whose place a newer one came stays.

    ``area`` is a province's code, or empty for everywhere. ``body`` is empty where the office went
    back to what is ours; of a Word template it is what its file was called.
    """

    __tablename__ = "office_settings"
    __table_args__ = (
        Index(
            "ix_office_settings_standing",
            "area",
            "name",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    area: str = ""
    name: str
    body: str = ""
    file: str | None = None
    set_by: int | None = Field(default=None, foreign_key="persons.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Setting(NamedTuple):
    """What stands."""

    area: str
    name: str
    body: str
    file: str | None


_ROWS = table_of(OfficeSettingRow)
_R = _ROWS.c
_SET = Ready(select(_R.area, _R.name, _R.body, _R.file).where(_STANDS, _R.body != ""))


def template(kind: str) -> str:
    """The name under which the Word template of that kind of document is set."""
    return f"{_TEMPLATE}{kind}"


def everything(tx: Connection) -> list[Setting]:
    """All that offices set and that stands."""
    return [Setting(*row) for row in _SET.rows(tx)]


def body(tx: Connection, area: str, name: str) -> str:
    """What the office of just that area set under that name; empty for nothing."""
    return next((one.body for one in everything(tx) if one[:2] == (area, name)), "")


def file(tx: Connection, area: str, name: str) -> str:
    """The hash of the file that the office of just that area set; empty for none."""
    return next((one.file or "" for one in everything(tx) if one[:2] == (area, name)), "")


def keep(
    tx: Connection, setting: Setting, by: int, now: datetime, *, instead_of: int | None = None
) -> int | None:
    """Let this stand from now on, and give its number.

    None where another than ``instead_of`` stands there, which somebody set meanwhile.
    """
    alone(tx, f"office-{setting.area}-{setting.name}")
    here = (_R.area == setting.area, _R.name == setting.name, _STANDS)
    last = tx.execute(select(_R.id).where(*here)).scalar()
    if (last or 0) != (instead_of or 0):
        return None
    tx.execute(update(_ROWS).where(*here).values(replaced_at=now))
    row = {**setting._asdict(), "set_by": by, "set_at": now}
    return int(tx.execute(insert(_ROWS).values(row).returning(_R.id)).scalar_one())


def history(tx: Connection, area: str, name: str, most: int) -> list[dict[str, Any]]:
    """What the office of that area set under that name, the newest first; the first one stands."""
    mine = select(_ROWS).where(_R.area == area, _R.name == name)
    rows = tx.execute(mine.order_by(_R.id.desc()).limit(most)).mappings()
    return [dict(row) for row in rows]


def home(tx: Connection, person: int) -> str:
    """The province whose office sets something for the person; empty where there is none."""
    area = officers.area_of(tx, person)
    if area is not None:
        return officers.around(area)[-1]
    first = next(iter(producers.of_person(tx, person)), None)
    return str(first["province_code"]) if first else ""
