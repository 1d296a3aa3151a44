"""Giấy tờ: the papers that were given, with their pages; one paper serves all that it can prove."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import dossiers
from storage.database import UtcDateTime, table_of
from storage.officers import Scope
from storage.producers import ProducerRow
from storage.scoped import scoped


class PaperRow(SQLModel, table=True):
    """A paper of a producer; with ``product`` (a dossier's root) it is for that product alone.

    ``flaws`` are those of its photos, taken all the same; a paper in whose place a newer one came
    stays, with the day on which that was. ``turns`` is how many verdicts there were on it.
    """

    __tablename__ = "papers"

    id: int | None = Field(default=None, primary_key=True)
    producer_id: int = Field(foreign_key="producers.id", index=True)
    product: int | None = Field(default=None, foreign_key="dossiers.id", index=True)
    paper: str
    number: str | None = None
    issued: date | None = None
    expires: date | None = None
    ends: date | None = None  # the last good day, as its kind's term makes it
    holder: str | None = None
    address: str | None = None
    copy_kind: str = "original"  # original, certified, plain
    count: int = 1
    sheets: int = 1
    flaws: str = ""
    verdict: str | None = None  # accepted, wrong, returned
    reason: str | None = None
    person_id: int = Field(foreign_key="persons.id")
    hand: str = ""
    given_at: datetime = Field(sa_type=UtcDateTime)
    judged_by: int | None = Field(default=None, foreign_key="persons.id")
    judged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    turns: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class PaperPageRow(SQLModel, table=True):
    """One file of a paper, by its hash; the same file may be a page of several papers."""

    __tablename__ = "paper_pages"

    paper_id: int = Field(primary_key=True, foreign_key="papers.id")
    position: int = Field(primary_key=True)
    file: str


_PAPERS = table_of(PaperRow)
_PAGES = table_of(PaperPageRow)
_PRODUCERS = table_of(ProducerRow)


def give(tx: Connection, values: dict[str, Any], files: Sequence[str], now: datetime) -> int:
    """Keep a paper with its pages and give its number."""
    row = {**values, "given_at": now}
    made = int(tx.execute(insert(_PAPERS).values(row).returning(_PAPERS.c.id)).scalar_one())
    if files:
        pages = enumerate(files, 1)
        tx.execute(insert(_PAGES), [{"paper_id": made, "position": n, "file": f} for n, f in pages])
    dossiers.touch_those_of(tx, now, [values["producer_id"]])
    return made


def replace(tx: Connection, papers: Iterable[int], now: datetime) -> None:
    """Note that newer papers came in the place of these."""
    these = _PAPERS.c.id.in_(list(papers))
    standing_ones = update(_PAPERS).where(these, _PAPERS.c.replaced_at.is_(None))
    tx.execute(standing_ones.values(replaced_at=now))
    dossiers.touch_those_of(tx, now, select(_PAPERS.c.producer_id).where(these))


def standing(tx: Connection, producer: int, product: int) -> list[dict[str, Any]]:
    """The papers that stand for a product: its own and its producer's, each with its ``files``."""
    fitting = or_(_PAPERS.c.product == product, _PAPERS.c.product.is_(None))
    mine = (_PAPERS.c.producer_id == producer, fitting, _PAPERS.c.replaced_at.is_(None))
    return _with_files(tx, *mine)


@scoped("papers")
def numbered(tx: Connection, scope: Scope, paper: int) -> dict[str, Any] | None:
    """The paper of that number with its ``files``, if it lies in the area."""
    mine = select(_PRODUCERS.c.id).where(scope.here(_PRODUCERS.c))
    found = _with_files(tx, _PAPERS.c.id == paper, _PAPERS.c.producer_id.in_(mine))
    return found[0] if found else None


@scoped("papers")
def versions(tx: Connection, scope: Scope, paper: int) -> list[dict[str, Any]]:
    """The paper of that number and those in whose place it came, the oldest first, if in the area.

    They are of the same kind and for the same, and were replaced before this one came.
    """
    newest = numbered(tx, scope, paper)
    if newest is None:
        return []
    same = [_PAPERS.c[name] == newest[name] for name in ("producer_id", "product", "paper")]
    gone = _PAPERS.c.replaced_at <= newest["given_at"]
    return _with_files(tx, or_(_PAPERS.c.id == paper, and_(_PAPERS.c.id < paper, *same, gone)))


def count_versions(tx: Connection, scope: Scope, papers: Sequence[int]) -> dict[int, int]:
    """How many versions there are of each of these papers of the area, as ``versions`` has them."""
    older = _PAPERS.alias()
    same = (older.c[name].is_not_distinct_from(_PAPERS.c[name]) for name in ("product", "paper"))
    gone = (older.c.id < _PAPERS.c.id, older.c.replaced_at <= _PAPERS.c.given_at)
    is_version = or_(older.c.id == _PAPERS.c.id, and_(*same, *gone))
    here = select(_PRODUCERS.c.id).where(scope.here(_PRODUCERS.c))
    found = (
        select(_PAPERS.c.id, func.count())
        .join(older, and_(older.c.producer_id == _PAPERS.c.producer_id, is_version))
        .where(_PAPERS.c.id.in_(papers), _PAPERS.c.producer_id.in_(here))
        .group_by(_PAPERS.c.id)
    )
    return {row[0]: row[1] for row in tx.execute(found)}


def by_id(tx: Connection, paper: int) -> dict[str, Any] | None:
    """The paper of that number, with its ``files``."""
    found = _with_files(tx, _PAPERS.c.id == paper)
    return found[0] if found else None


def mark(tx: Connection, paper: int, copy_kind: str) -> None:
    """Note what kind of copy a paper is: original, certified or plain."""
    tx.execute(update(_PAPERS).where(_PAPERS.c.id == paper).values(copy_kind=copy_kind))
    whose = select(_PAPERS.c.producer_id).where(_PAPERS.c.id == paper)
    dossiers.plan_anew(tx, dossiers.of_producers(whose))


def judge(tx: Connection, paper: int, verdict: str, reason: str, by: int, now: datetime) -> bool:
    """An officer's word on a paper; False when it is not there or a newer one came in its place."""
    done = tx.execute(
        update(_PAPERS)
        .where(_PAPERS.c.id == paper, _PAPERS.c.replaced_at.is_(None))
        .values(verdict=verdict, reason=reason or None, judged_by=by, judged_at=now)
    )
    whose = select(_PAPERS.c.producer_id).where(_PAPERS.c.id == paper)
    dossiers.touch_those_of(tx, now, whose)
    return bool(done.rowcount)


def end_on(tx: Connection, ends: Sequence[tuple[int, date]]) -> None:
    """Note the last good day of these papers: (number, day)."""
    this = update(_PAPERS).where(_PAPERS.c.id == bindparam("which"))
    if ends:
        rows = [{"which": number, "last": day} for number, day in ends]
        tx.execute(this.values(ends=bindparam("last")), rows)


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These papers, each with its ``files``."""
    return _with_files(tx, _PAPERS.c.id.in_(ids)) if ids else []


def _with_files(tx: Connection, *conditions: Any) -> list[dict[str, Any]]:
    rows = tx.execute(select(_PAPERS).where(*conditions).order_by(_PAPERS.c.id)).mappings()
    papers = {row["id"]: {**row, "files": []} for row in rows}
    pages = select(_PAGES).where(_PAGES.c.paper_id.in_(list(papers)))
    for page in tx.execute(pages.order_by(_PAGES.c.paper_id, _PAGES.c.position)).mappings():
        papers[page["paper_id"]]["files"].append(page["file"])
    return list(papers.values())
