"""Tình hình: what stands in an officer's area, matter by matter; a number is that of its list.

Both are made of the same rows (``_rows``), in one statement each, and of the area's alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from programme.firings import day_of
from programme.places import places
from storage.certificates import CertificateRow
from storage.database import UtcDateTime, table_of
from storage.dossiers import DossierRow
from storage.ideas import IdeaRow
from storage.officers import Scope
from storage.papers import PaperRow
from storage.places import PlaceRow
from storage.producers import ProducerRow
from storage.questions import QuestionRow
from storage.scoped import scoped
from storage.targets import TargetRow

MATTERS = ("new", "waiting", "stuck", "due", "expiring", "still", "targets")
STEPS = ("preparing", "filed", "sent_up")
SOON, STILL = timedelta(days=30), timedelta(days=14)
_PAPERS, _CERTIFICATES = timedelta(days=60), timedelta(days=180)  # ahead of their end

_D = table_of(DossierRow).c
_P = table_of(ProducerRow).c
_I = table_of(IdeaRow).c
_G = table_of(PaperRow).c
_Q = table_of(QuestionRow).c
_C = table_of(CertificateRow).c
_T = table_of(TargetRow).c
_L = table_of(PlaceRow).c
_OPEN = _D.status == "open"
_TO_FILE = and_(_OPEN, _D.filed_at.is_(None))
_TO_REVIEW = and_(_OPEN, _D.filed_at.is_not(None), _D.sent_up_at.is_(None))
_STANDS = _G.replaced_at.is_(None)

Query = Select[Any]


@dataclass(frozen=True, slots=True)
class View:
    """An officer's area (a commune's code, a province's, or empty for everywhere) at that moment.

    What came after ``since`` is new.
    """

    scope: Scope
    now: datetime
    since: datetime

    @property
    def area(self) -> str:
        """Whose matters these are."""
        return self.scope.area

    @property
    def today(self) -> date:
        """The day in Viet Nam."""
        return day_of(self.now)


class Line(NamedTuple):
    """A row of a list. ``about`` is the paper that a dossier lacks, or a certificate's star."""

    kind: str  # idea, dossier, paper, question, filing, review, ends, certificate
    id: int
    number: str
    name: str
    who: str
    day: date | None
    about: str


# -- numbers and lists -----------------------------------------------------------------------------


def count(tx: Connection, matter: str, view: View, about: str = "") -> int:
    """How many there are; with ``about`` only those that are about it."""
    rows = _rows(matter, view)
    found = select(func.count()).select_from(rows).where(_only(rows, about))
    return int(tx.execute(found).scalar_one())


@scoped("")
def lines(
    tx: Connection, matter: str, view: View, about: str = "", *, most: int, after: int = 0
) -> list[Line]:
    """So many of the list, beginning after so many: the most pressing first, of news the newest."""
    rows = _rows(matter, view)
    found = select(rows).where(_only(rows, about)).order_by(*_order(matter, rows))
    return [_line(row) for row in tx.execute(found.limit(most).offset(after)).mappings()]


def groups(tx: Connection, matter: str, view: View) -> list[tuple[str, int]]:
    """What the list is about, and how much of it is about that, the most first."""
    rows = _rows(matter, view)
    size = func.count()
    found = select(rows.c.about, size).group_by(rows.c.about).order_by(size.desc(), rows.c.about)
    return [(row[0], row[1]) for row in tx.execute(found)]


@scoped("")
def keys(tx: Connection, matter: str, view: View) -> list[tuple[str, int]]:
    """The kind and the id of each in the list."""
    rows = _rows(matter, view)
    found = tx.execute(select(rows.c.kind, rows.c.id))
    return sorted((row[0], row[1]) for row in found)


def targets(tx: Connection, view: View) -> list[str]:
    """The targets of the year for the area and what lies in it, in the office's own words."""
    known = tx.execute(select(_L.province).distinct()).scalars()
    inside = [name for name in known if _province(name) == view.area]
    here = or_(_L.commune_code == view.area, _L.province.in_(inside)) if view.area else true()
    placed = table_of(TargetRow).join(table_of(PlaceRow), _T.place_id == _L.id, isouter=True)
    found = select(_T.text).select_from(placed).where(_T.year == view.today.year, here)
    return list(tx.execute(found.order_by(_T.id)).scalars())


@cache
def _province(name: str) -> str:
    found = places().province_of(name)
    return found.code if found else ""


def _only(rows: Any, about: str) -> ColumnElement[bool]:
    return rows.c.about == about if about else true()


def _order(matter: str, rows: Any) -> tuple[Any, ...]:
    if matter == "new":
        return (rows.c.at.desc(), rows.c.kind, rows.c.id.desc())
    by_day = (rows.c.day.nulls_last(), rows.c.at.nulls_last(), rows.c.kind, rows.c.id)
    if matter == "stuck":
        return (func.count().over(partition_by=rows.c.about).desc(), rows.c.about, *by_day)
    return by_day


def _line(row: Any) -> Line:
    told = {name: row[name] for name in Line._fields}
    return Line(**{**told, "day": row["day"] or (day_of(row["at"]) if row["at"] else None)})


# -- the rows of each matter -----------------------------------------------------------------------


def _rows(matter: str, view: View) -> Any:
    return union_all(*_MATTERS[matter](view)).subquery("found")


def _new(view: View) -> tuple[Query, ...]:
    """The dossiers, and the ideas of which none is made (nobody knows the product set)."""
    begun = exists().where(_D.idea_id == _I.id)
    since = (_I.submitted_at > view.since, _I.status == "submitted", ~begun)
    about: dict[str, Any] = {"number": _I.number, "name": _I.name, "at": _I.submitted_at}
    ideas = _told("idea", _I.id, **about).join_from(
        table_of(IdeaRow), table_of(ProducerRow), _P.id == _I.producer_id
    )
    made = _of_dossier(view, "dossier", at=_D.made_at).where(_OPEN, _D.made_at > view.since)
    return ideas.where(view.scope.here(_P), *since), made


def _waiting(view: View) -> tuple[Query, ...]:
    """The papers without a verdict, the questions without an answer, and what is to be reviewed."""
    unjudged = (_STANDS, _G.verdict.is_(None), _in_use())
    papers = _of_paper(view, "paper", at=_G.given_at).where(*unjudged)
    asked: dict[str, Any] = {"number": cast(_Q.number, String), "name": _Q.text, "at": _Q.asked_at}
    open_ = _told("question", _Q.id, who=literal(""), **asked).where(_Q.answered_at.is_(None))
    return papers, open_.where(view.scope.here(_Q)), _to_review(view)


def _stuck(view: View) -> tuple[Query, ...]:
    return (_to_file(view).where(_D.next_paper.is_not(None)),)


def _due(view: View) -> tuple[Query, ...]:
    last = view.today + SOON
    return _to_file(view).where(_D.file_by <= last), _to_review(view).where(_D.review_by <= last)


def _expiring(view: View) -> tuple[Query, ...]:
    good = or_(_G.verdict.is_(None), _G.verdict == "accepted")
    soon = _G.ends.between(view.today, view.today + _PAPERS)
    ends = _of_paper(view, "ends", day=_G.ends).where(_STANDS, good, soon, _in_use())
    again = or_(_C.refile_from <= view.today, _C.expires <= view.today + _CERTIFICATES)
    stands = (_C.renewed_at.is_(None), _C.revoked_on.is_(None), _C.expires >= view.today, again)
    return ends, _certificates(view, day=_C.expires).where(*stands)


def _still(view: View) -> tuple[Query, ...]:
    quiet = func.coalesce(_D.moved_at, _D.made_at) <= view.now - STILL
    return (_to_file(view).where(quiet, _D.file_by <= view.today + SOON),)


def _certified(view: View) -> tuple[Query, ...]:
    first = date(view.today.year, 1, 1)
    this_year = _C.issued.between(first, first.replace(month=12, day=31))
    return (_certificates(view, day=_C.issued).where(this_year),)


def _sent_up(view: View) -> tuple[Query, ...]:
    gone = _of_dossier(view, "dossier", at=_D.sent_up_at)
    return (gone.where(_OPEN, _D.sent_up_at.is_not(None)),)


_MATTERS: dict[str, Callable[[View], tuple[Query, ...]]] = {
    "new": _new,
    "waiting": _waiting,
    "stuck": _stuck,
    "due": _due,
    "expiring": _expiring,
    "still": _still,
    "targets": _certified,
    "preparing": lambda view: (_to_file(view),),
    "filed": lambda view: (_to_review(view),),
    "sent_up": _sent_up,
}


# -- parts of them ---------------------------------------------------------------------------------


def _told(kind: str, id_: Any, **known: Any) -> Query:
    """The columns of a line; the producer says who, and what is not known is empty."""
    empty = {"day": cast(null(), Date), "at": cast(null(), UtcDateTime), "about": literal("")}
    told = {"who": func.coalesce(_P.name, ""), **empty, **known}
    names = ("number", "name", "who", "day", "at", "about")
    return select(
        literal(kind).label("kind"), id_.label("id"), *(told[name].label(name) for name in names)
    )


def _of_dossier(view: View, kind: str, **known: Any) -> Query:
    about = {"number": _D.number, "name": _D.name, "about": func.coalesce(_D.next_paper, "")}
    return _here(_told(kind, _D.id, **about, **known), view, _D)


def _to_file(view: View) -> Query:
    return _of_dossier(view, "filing", day=_D.file_by).where(_TO_FILE)


def _to_review(view: View) -> Query:
    return _of_dossier(view, "review", day=_D.review_by).where(_TO_REVIEW)


def _of_paper(view: View, kind: str, **known: Any) -> Query:
    about = {"number": cast(_G.id, String), "name": _G.paper, **known}
    return _here(_told(kind, _G.id, **about), view, _G)


def _in_use() -> ColumnElement[bool]:
    """Whether an open dossier needs the paper."""
    fitting = or_(_G.product.is_(None), _G.product == _D.root)
    return exists().where(_D.producer_id == _G.producer_id, _OPEN, fitting)


def _certificates(view: View, day: Any) -> Query:
    about = {"number": literal(""), "name": _C.name, "about": cast(_C.star, String), "day": day}
    return _here(_told("certificate", _C.id, **about), view, _C)


def _here(query: Query, view: View, owned: Any) -> Query:
    """The query of that table's rows whose producer is of the area.

    Where the area is everywhere each row is one, and who only counts them need not join any.
    """
    producers = table_of(ProducerRow)
    joined = query.join_from(owned.id.table, producers, _P.id == owned.producer_id, isouter=True)
    return joined.where(view.scope.here(_P))
