"""For reports: products and what councils found of them, and how far dossiers are."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.engine import Connection

from programme import reasons
from programme.quiet import VIETNAM
from storage.certificates import CertificateRow
from storage.councils import AgendaRow, SittingRow
from storage.cycle import CycleStepRow
from storage.database import table_of
from storage.dossiers import DossierRow
from storage.officers import Scope
from storage.papers import PaperRow
from storage.producers import ProducerRow
from storage.products import ProductPlaceRow, ProductRow, ResultRow
from storage.report_area import Here, Part, here, live
from storage.scoped import scoped

OTHER = "other"  # a reason that was typed
_PRODUCTS = table_of(ProductRow)
_COME_FROM = table_of(ProductPlaceRow)
_RESULTS = table_of(ResultRow)
_PRODUCERS = table_of(ProducerRow)
_DOSSIERS = table_of(DossierRow)
_CERTIFICATES = table_of(CertificateRow)
_AGENDA = table_of(AgendaRow)
_SITTINGS = table_of(SittingRow)
_STEPS = table_of(CycleStepRow)
_PAPERS = table_of(PaperRow)
_OVER = ("closed", "decided")  # a meeting whose results stand
_D, _P, _A, _S, _C, _G = (
    table.c for table in (_DOSSIERS, _PRODUCERS, _AGENDA, _SITTINGS, _CERTIFICATES, _PAPERS)
)
# Each dossier has its producer, so that whoever counts those of everywhere need not look for it.
_DOSSIERS_OF = _DOSSIERS.join(_PRODUCERS, _P.id == _D.producer_id, isouter=True)


# -- products --------------------------------------------------------------------------------------


@scoped("products")
def products(tx: Connection, scope: Scope, part: Part | None = None) -> list[dict[str, Any]]:
    """The products of an office's file, with ``results``, ``producer`` and ids of ``come_from``.

    One is of here when its producer is, or any of the places that it comes from.
    """
    known = here(tx, scope, part)
    rows = [dict(row) for row in tx.execute(_of_file(scope, known, part)).mappings()]
    found, come_from = defaultdict(list), defaultdict(list)
    mine = select(_RESULTS).order_by(_RESULTS.c.product_id, _RESULTS.c.position)
    for row in tx.execute(mine).mappings():
        found[row["product_id"]].append(dict(row))
    for place in tx.execute(select(_COME_FROM).order_by(*_COME_FROM.primary_key)):
        come_from[place.product_id].append(place.place_id)
    return [
        row | {"results": found[row["id"]], "come_from": come_from[row["id"]] or _home(row, known)}
        for row in rows
    ]


def _of_file(scope: Scope, known: Here, part: Part | None) -> Select[Any]:
    columns = (_P.name.label("producer"), _P.place_id, _P.commune)
    ids = list(known.places)
    joined = _PRODUCTS.join(_PRODUCERS, _P.id == _PRODUCTS.c.producer_id, isouter=True)
    comes = and_(_COME_FROM.c.product_id == _PRODUCTS.c.id, _COME_FROM.c.place_id.in_(ids))
    of_here = or_(live(scope, _P, part), _P.place_id.in_(ids), exists().where(comes))
    mine = select(_PRODUCTS, *columns).select_from(joined).where(of_here, scope.reads())
    return mine.order_by(_PRODUCTS.c.id)


def _home(row: dict[str, Any], known: Here) -> list[int]:
    return [row["place_id"]] if row["place_id"] in known.places else []


# -- what our own councils found -------------------------------------------------------------------


@scoped("dossiers")
def sat(
    tx: Connection, scope: Scope, until: date, part: Part | None = None
) -> list[dict[str, Any]]:
    """The dossiers that a meeting till that day came to an end with, with ``day`` and ``given``."""
    columns = (_D.id, _D.root, _D.name, _D.product_set, _P.name.label("producer"), _P.commune)
    ended = (_S.status.in_(_OVER), _S.day <= until, _A.to_meeting == "")
    mine = (
        select(*columns, _S.day, _S.decision, _A.star.label("given"), _A.refused)
        .select_from(_A_DOSSIER)
        .where(live(scope, _P, part), *ended)
        .order_by(_S.day, _S.id, _A.place)
    )
    return _many(tx, mine)


_A_DOSSIER = (
    _AGENDA.join(_SITTINGS, _S.id == _A.sitting_id)
    .join(_DOSSIERS, _D.id == _A.dossier_id)
    .join(_PRODUCERS, _P.id == _D.producer_id)
)


@scoped("certificates")
def certified(
    tx: Connection, scope: Scope, until: date, part: Part | None = None
) -> list[dict[str, Any]]:
    """The certificates till that day which are of no file and of no meeting of ours."""
    columns = (_C.id, _C.name, _C.product_set, _C.star, _C.decision, _C.issued)
    ours = exists().where(_A.dossier_id == _C.dossier_id)
    known = (_C.source.is_(None), ~ours, _C.issued <= until)
    mine = (
        select(*columns, _P.name.label("producer"), _P.commune, _D.root)
        .select_from(
            _CERTIFICATES.join(_PRODUCERS, _P.id == _C.producer_id, isouter=True).join(
                _DOSSIERS, _D.id == _C.dossier_id, isouter=True
            )
        )
        .where(live(scope, _P, part), *known)
        .order_by(_C.issued, _C.id)
    )
    return _many(tx, mine)


@scoped("dossiers")
def under_way(tx: Connection, scope: Scope, part: Part | None = None) -> list[dict[str, Any]]:
    """The open dossiers, with their ``producer`` and ``commune``."""
    columns = (_D.id, _D.root, _D.name, _D.product_set, _P.name.label("producer"), _P.commune)
    mine = (
        select(*columns).select_from(_DOSSIERS_OF).where(live(scope, _P, part), _D.status == "open")
    )
    return _many(tx, mine.order_by(_D.id))


# -- counts ----------------------------------------------------------------------------------------

Span = tuple[datetime, datetime]


def span(first: int, last: int) -> Span:
    """From when to when these years last, in Viet Nam."""
    begins = datetime(first, 1, 1, tzinfo=VIETNAM)
    return begins.astimezone(UTC), datetime(last + 1, 1, 1, tzinfo=VIETNAM).astimezone(UTC)


def steps(tx: Connection, scope: Scope, years: Span, part: Part | None = None) -> dict[str, int]:
    """How many dossiers that were begun in these years are how far."""
    far = case(
        (_D.status != "open", "closed"),
        (_D.checked_at.is_not(None), "checked"),
        (_D.sent_up_at.is_not(None), "sent_up"),
        (_D.filed_at.is_not(None), "filed"),
        else_="preparing",
    ).label("far")
    begun = (live(scope, _P, part), _D.made_at >= years[0], _D.made_at < years[1])
    counted = select(far, func.count()).select_from(_DOSSIERS_OF).where(*begun).group_by(far)
    return {row[0]: row[1] for row in tx.execute(counted.order_by(far))}


def passed_over(
    tx: Connection, scope: Scope, years: Span, part: Part | None = None
) -> dict[int, int]:
    """How often each step of the cycle was passed over in these years."""
    joined = _STEPS.join(_DOSSIERS, _D.id == _STEPS.c.dossier_id).join(
        _PRODUCERS, _P.id == _D.producer_id
    )
    when = (_STEPS.c.at >= years[0], _STEPS.c.at < years[1], _STEPS.c.state == "passed_over")
    counted = (
        select(_STEPS.c.step, func.count())
        .select_from(joined)
        .where(live(scope, _P, part), *when)
        .group_by(_STEPS.c.step)
        .order_by(_STEPS.c.step)
    )
    return {row[0]: row[1] for row in tx.execute(counted)}


def lacking(tx: Connection, scope: Scope, part: Part | None = None) -> list[tuple[str, int]]:
    """The papers that open dossiers wait for to be handed in, and how many do, the most first."""
    waits = (_D.status == "open", _D.filed_at.is_(None), _D.next_paper.is_not(None))
    size = func.count()
    counted = (
        select(_D.next_paper, size)
        .select_from(_DOSSIERS_OF)
        .where(live(scope, _P, part), *waits)
        .group_by(_D.next_paper)
        .order_by(size.desc(), _D.next_paper)
    )
    return [(row[0], row[1]) for row in tx.execute(counted)]


def returned(
    tx: Connection, scope: Scope, years: Span, part: Part | None = None
) -> list[tuple[str, str, int]]:
    """The papers that were given back in these years, by kind and reason, the most first."""
    joined = _PAPERS.join(_PRODUCERS, _P.id == _G.producer_id, isouter=True)
    when = (_G.judged_at >= years[0], _G.judged_at < years[1], _G.verdict == "returned")
    counted = (
        select(_G.paper, _G.reason, func.count())
        .select_from(joined)
        .where(live(scope, _P, part), *when)
        .group_by(_G.paper, _G.reason)
    )
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in tx.execute(counted):
        found[row[0], _ready(row[1])] += row[2]
    return sorted(((*at, many) for at, many in found.items()), key=lambda it: (-it[2], *it[:2]))


def _ready(reason: str | None) -> str:
    """The reason if it is one of ours; what was typed is nobody else's to read."""
    return reason if reason in reasons.known() else OTHER


def _many(tx: Connection, rows: Select[Any]) -> list[dict[str, Any]]:
    found = tx.execute(rows)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found.all()]
