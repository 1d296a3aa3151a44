"""Running numbers: receipts of a year, questions to officers."""

from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import insert_new, table_of


class CounterRow(SQLModel, table=True):
    """The last number given out under a name."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    last: int


_COUNTERS = table_of(CounterRow)


def following(tx: Connection, name: str) -> int:
    """The next number under that name, from 1; a transaction that fails gives it back."""
    statement = insert_new(tx, _COUNTERS).values(name=name, last=1)
    upsert = statement.on_conflict_do_update(
        index_elements=["name"], set_={"last": _COUNTERS.c.last + 1}
    )
    return int(tx.execute(upsert.returning(_COUNTERS.c.last)).scalar_one())
