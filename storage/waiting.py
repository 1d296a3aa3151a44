"""Hộp thư: what waits for an officer's verdict, as one list in the order in which it came.

What is the commune's waits for its own officers, and for those above only where it has none; so
it is with the province and whoever looks after everything. Nobody's own waits for them: whoever
acts for a producer is nobody who could see to it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
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
    tuple_,
    union_all,
)
from sqlalchemy.engine import Connection

from programme import roles
from programme.roles import Right, Role
from storage.database import UtcDateTime, table_of
from storage.dossiers import DossierRow
from storage.ideas import IdeaRow
from storage.impartial import acts
from storage.officers import OfficerRow, Scope
from storage.papers import PaperRow
from storage.producers import ProducerRow
from storage.scoped import scoped

KINDS = ("idea", "paper", "review", "check")
_PROVINCE = 2  # signs of a province's code

_P = table_of(ProducerRow)
_I = table_of(IdeaRow).c
_G = table_of(PaperRow).c
_D = table_of(DossierRow).c
_O = table_of(OfficerRow).c


class Waiting(NamedTuple):
    """One thing that waits: an idea, a paper, a dossier to be judged (review) or checked.

    ``name`` is the product's, or where a paper serves all of them its producer's; ``paper`` is the
    kind of paper, ``by`` the last day for it, ``at`` when it came.
    """

    kind: str
    id: int
    number: str
    name: str
    paper: str
    by: date | None
    at: datetime


class Place(NamedTuple):
    """A place in the list: behind what came then, of that kind, with that id."""

    at: datetime
    kind: str
    id: int


@scoped("")
def first(tx: Connection, scope: Scope, most: int, after: Place | None = None) -> list[Waiting]:
    """So many of what waits for the officer, the oldest first; behind that place, if one is."""
    rows = _rows(scope)
    if rows is None:
        return []
    found = select(rows).order_by(rows.c.at, rows.c.kind, rows.c.id).limit(most)
    if after:
        place = (literal(after.at, UtcDateTime), literal(after.kind), literal(after.id))
        found = found.where(tuple_(rows.c.at, rows.c.kind, rows.c.id) > tuple_(*place))
    return [Waiting(*row) for row in tx.execute(found)]


def counts(tx: Connection, scope: Scope) -> dict[str, int]:
    """How much of each kind waits for the officer; what does not is left out."""
    rows = _rows(scope)
    if rows is None:
        return {}
    found = select(rows.c.kind, func.count()).group_by(rows.c.kind)
    return {row[0]: row[1] for row in tx.execute(found)}


def _rows(scope: Scope) -> Any:
    wanted: list[Select[Any]] = []
    if scope.may(Right.JUDGE):
        wanted += (_ideas(scope), _papers(scope))
    if scope.may(Right.PROPOSE):
        wanted.append(_dossiers("review", _D.filed_at, _TO_REVIEW).where(_of_communes(scope)))
    if scope.may(Right.CHECK):
        wanted.append(_dossiers("check", _D.sent_up_at, _TO_CHECK).where(_of_provinces(scope)))
    others = [each.where(~acts(scope.person, _P.c.id)) for each in wanted]
    return union_all(*others).subquery("waiting") if others else None


# -- whose they are --------------------------------------------------------------------------------


def _of_communes(scope: Scope) -> ColumnElement[bool]:
    """The producers whose commune has nobody nearer who could."""
    near, middle = (_free(Right.JUDGE, area) for area in (_P.c.commune_code, _P.c.province_code))
    return and_(scope.here(_P.c), *_left(scope, near, middle))


def _of_provinces(scope: Scope) -> ColumnElement[bool]:
    """The producers whose province has nobody nearer who could."""
    middle = _free(Right.CHECK, _P.c.province_code)
    return and_(scope.here(_P.c), *_left(scope, middle=middle))


def _free(right: Right, area: Any) -> tuple[ColumnElement[bool], ...]:
    """The officers of that area with the right who do not act for the producer."""
    able = _O.role.in_([role for role in Role if roles.may(role, right)])
    return (_O.area == area, _O.area != "", able, ~acts(_O.person_id, _P.c.id))


def _left(
    scope: Scope,
    near: Sequence[ColumnElement[bool]] = (),
    middle: Sequence[ColumnElement[bool]] = (),
) -> list[ColumnElement[bool]]:
    """That no officer of a narrower area than the scope's sees to it."""
    narrower = [near] if near and len(scope.area) <= _PROVINCE else []
    narrower += [middle] if middle and not scope.area else []
    return [~exists().where(*each) for each in narrower]


# -- the rows --------------------------------------------------------------------------------------

_TO_REVIEW = and_(_D.filed_at.is_not(None), _D.sent_up_at.is_(None))
_TO_CHECK = and_(_D.sent_up_at.is_not(None), _D.checked_at.is_(None))


def _told(kind: str, id_: Any, number: Any, name: Any, **more: Any) -> Select[Any]:
    told = {"paper": literal(""), "by": cast(null(), Date), **more}
    names = ("paper", "by", "at")
    columns = (literal(kind).label("kind"), id_.label("id"), number.label("number"))
    return select(*columns, name.label("name"), *(told[each].label(each) for each in names))


def _ideas(scope: Scope) -> Select[Any]:
    at = func.coalesce(_I.moved_at, _I.submitted_at, type_=UtcDateTime)
    found = _told("idea", _I.id, _I.number, _I.name, at=at)
    joined = found.join_from(table_of(IdeaRow), _P, _P.c.id == _I.producer_id)
    meant = and_(_I.commune_code == scope.area, scope.reads())
    here = or_(_of_communes(scope), meant)
    return joined.where(_I.status == "submitted", _I.verdict.is_(None), here)


def _papers(scope: Scope) -> Select[Any]:
    """Those without a verdict that stand and that an open dossier needs."""
    fitting = or_(_G.product.is_(None), _G.product == _D.root)
    mine = and_(_D.producer_id == _G.producer_id, _D.status == "open", fitting)
    product = select(_D.name).where(mine, _D.root == _G.product).limit(1).scalar_subquery()
    name = func.coalesce(product, _P.c.name)
    found = _told("paper", _G.id, cast(_G.id, String), name, paper=_G.paper, at=_G.given_at)
    joined = found.join_from(table_of(PaperRow), _P, _P.c.id == _G.producer_id)
    stands = (_G.replaced_at.is_(None), _G.verdict.is_(None), exists().where(mine))
    return joined.where(*stands, _of_communes(scope))


def _dossiers(kind: str, at: Any, which: ColumnElement[bool]) -> Select[Any]:
    by = _D.review_by if kind == "review" else cast(null(), Date)
    found = _told(kind, _D.id, _D.number, _D.name, by=by, at=at)
    joined = found.join_from(table_of(DossierRow), _P, _P.c.id == _D.producer_id)
    return joined.where(_D.status == "open", which)
