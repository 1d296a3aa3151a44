"""Hộp thư: what waits for an officer's verdict, as one list in the order in which it came.

What is the commune's waits for its own officers, and for those above only where it has none; so
it is with the province and whoever looks after everything. Nobody's own waits for them: whoever
acts for a producer is nobody who could see to it.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
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
from storage.producers import MembershipRow, ProducerRow
from storage.scoped import scoped

KINDS = ("idea", "paper", "review", "check")
_PROVINCE = 2  # signs of a province's code

_P = table_of(ProducerRow).c
_I = table_of(IdeaRow).c
_G = table_of(PaperRow).c
_D = table_of(DossierRow).c
_O = table_of(OfficerRow).c
_M = table_of(MembershipRow).c


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
    keys = _keys(scope)
    if not keys:
        return []
    rows = union_all(*keys.values()).subquery()
    found = select(rows).order_by(rows.c.at, rows.c.kind, rows.c.id).limit(most)
    if after:
        place = (literal(after.at, UtcDateTime), literal(after.kind), literal(after.id))
        found = found.where(tuple_(rows.c.at, rows.c.kind, rows.c.id) > tuple_(*place))
    return [Waiting(*row) for row in tx.execute(_told(found.subquery()))]


def counts(tx: Connection, scope: Scope) -> dict[str, int]:
    """How much of each kind waits for the officer; what does not is left out."""
    keys = _keys(scope)
    if not keys:
        return {}
    sizes = [
        select(literal(kind), select(func.count()).select_from(each.subquery()).scalar_subquery())
        for kind, each in keys.items()
    ]
    return {row[0]: row[1] for row in tx.execute(union_all(*sizes)) if row[1]}


def _keys(scope: Scope) -> dict[str, Select[Any]]:
    """The kind, the id and the time of all that waits, by kind."""
    wanted: dict[str, Select[Any]] = {}
    of_communes = select(_of_communes(scope).cte("of_communes").prefix_with("MATERIALIZED").c.id)
    if scope.may(Right.JUDGE):
        wanted |= {"idea": _ideas(scope, of_communes), "paper": _papers(scope, of_communes)}
    if scope.may(Right.PROPOSE):
        filed = _key(scope, "review", _D, _D.filed_at).where(_TO_REVIEW)
        wanted["review"] = filed.where(_D.producer_id.in_(of_communes))
    if scope.may(Right.CHECK):
        sent_up = _key(scope, "check", _D, _D.sent_up_at).where(_TO_CHECK)
        wanted["check"] = sent_up.where(_D.producer_id.in_(_of_provinces(scope)))
    return wanted


# -- whose they are --------------------------------------------------------------------------------


def _of_communes(scope: Scope) -> Select[Any]:
    """The producers whose commune has nobody nearer who could."""
    return _left(scope, Right.JUDGE, _P.commune_code, _P.province_code)


def _of_provinces(scope: Scope) -> Select[Any]:
    """The producers whose province has nobody nearer who could."""
    return _left(scope, Right.CHECK, _P.province_code)


def _left(scope: Scope, right: Right, *nearer: Any) -> Select[Any]:
    """The producers of the scope to which no officer of a narrower area sees."""
    narrower = nearer if not scope.area else nearer[:-1] if len(scope.area) <= _PROVINCE else ()
    return select(_P.id).where(scope.here(_P), *(_nobody(right, area) for area in narrower))


def _nobody(right: Right, area: Any) -> ColumnElement[bool]:
    """That nobody of that area has the right, or only who acts for the producer.

    Officers who act for one are few, so all others are known by their areas alone.
    """
    able = (_O.role.in_([role for role in Role if roles.may(role, right)]), _O.area != "")
    own = select(_M.producer_id).where(_M.person_id.in_(select(_O.person_id)))
    free = exists().where(*able, _O.area == area, ~acts(_O.person_id, _P.id))
    return or_(area.not_in(select(_O.area).where(*able)), and_(_P.id.in_(own), ~free))


# -- the rows --------------------------------------------------------------------------------------

_TO_REVIEW = and_(_D.status == "open", _D.filed_at.is_not(None), _D.sent_up_at.is_(None))
_TO_CHECK = and_(_D.status == "open", _D.sent_up_at.is_not(None), _D.checked_at.is_(None))


def _key(scope: Scope, kind: str, rows: Any, at: Any) -> Select[Any]:
    """Those of these rows that are not the officer's own."""
    found = select(literal(kind).label("kind"), rows.id.label("id"), at.label("at"))
    return found.where(~acts(scope.person, rows.producer_id))


def _ideas(scope: Scope, producers: Select[Any]) -> Select[Any]:
    at = func.coalesce(_I.moved_at, _I.submitted_at, type_=UtcDateTime)
    meant = and_(_I.commune_code == scope.area, scope.reads())
    here = or_(_I.producer_id.in_(producers), meant)
    waits = (_I.status == "submitted", _I.verdict.is_(None))
    return _key(scope, "idea", _I, at).where(*waits, here)


def _papers(scope: Scope, producers: Select[Any]) -> Select[Any]:
    """Those without a verdict that stand and that an open dossier needs."""
    fitting = or_(_G.product.is_(None), _G.product == _D.root)
    needed = exists().where(_D.producer_id == _G.producer_id, _D.status == "open", fitting)
    stands = (_G.replaced_at.is_(None), _G.verdict.is_(None), needed)
    return _key(scope, "paper", _G, _G.given_at).where(*stands, _G.producer_id.in_(producers))


def _told(found: Any) -> Select[Any]:
    """The same with all that is said of them."""
    is_paper, of_dossier = found.c.kind == "paper", found.c.kind.in_(("review", "check"))
    meant = table_of(DossierRow).alias()
    product = select(meant.c.name).where(
        meant.c.producer_id == _G.producer_id, meant.c.status == "open", meant.c.root == _G.product
    )
    name = func.coalesce(_I.name, _D.name, product.limit(1).scalar_subquery(), _P.name)
    by = case((found.c.kind == "review", _D.review_by))
    number = func.coalesce(_I.number, _D.number, cast(found.c.id, String))
    told = (found.c.kind, found.c.id, number, name, func.coalesce(_G.paper, ""), by, found.c.at)
    joined = (
        select(*told)
        .outerjoin(table_of(IdeaRow), and_(found.c.kind == "idea", _I.id == found.c.id))
        .outerjoin(table_of(PaperRow), and_(is_paper, _G.id == found.c.id))
        .outerjoin(table_of(DossierRow), and_(of_dossier, _D.id == found.c.id))
        .outerjoin(table_of(ProducerRow), _P.id == _G.producer_id)
    )
    return joined.order_by(found.c.at, found.c.kind, found.c.id)
