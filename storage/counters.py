"""Running numbers: receipts of a year, questions to officers."""

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert
from storage.database import table_of


class CounterRow(SQLModel, table=True):
    """The last number given out under a name."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    last: int


_COUNTERS = table_of(CounterRow)
_NEXT = Insert(
    _COUNTERS,
    "name last",
    "ON CONFLICT (name) DO UPDATE SET last = counters.last + 1 RETURNING last",
)


def following(tx: Connection, name: str) -> int:
    """The next number under that name, from 1; a transaction that fails gives it back."""
    return int(_NEXT.run(tx, [(name, 1)])[0][0])


def last(tx: Connection, name: str) -> int:
    """The last number given out under that name; 0 when there was none."""
    found = select(_COUNTERS.c.last).where(_COUNTERS.c.name == name)
    return int(tx.execute(found).scalar() or 0)
