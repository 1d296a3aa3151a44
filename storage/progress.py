"""What is reached of the targets in numbers, counted from the rows of the year."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from programme.quiet import VIETNAM
from programme.targets import of_certificate
from storage import targets
from storage.announcements import AnnouncementRow
from storage.certificates import CertificateRow
from storage.database import table_of
from storage.dossiers import DossierRow
from storage.fairs import FairRow
from storage.joining import JOIN
from storage.officers import Scope
from storage.producers import ProducerRow
from storage.recipients import RecipientRow

_C = table_of(CertificateRow).c
_P = table_of(ProducerRow).c
_D = table_of(DossierRow).c
_A = table_of(AnnouncementRow).c
_R = table_of(RecipientRow).c
_F = table_of(FairRow).c


class Target(NamedTuple):
    """A target in numbers, and how many of it there are."""

    id: int
    commune_code: str
    province_code: str
    year: int
    kind: str
    star: int
    wanted: int
    reached: int


class _Counts(NamedTuple):
    """One that counts for its kind, where it is; ``star`` is 0 for what has none."""

    kind: str
    commune: str
    province: str
    subject: int
    star: int = 0


_What = tuple[str, str, str]  # the kind, the province and the commune, if it is one's


def here(tx: Connection, scope: Scope, year: int, today: date) -> list[Target]:
    """The targets of the year in the area, each with what is reached of it till that day."""
    rows = targets.wanted_here(tx, scope, year)
    wanted = {row["kind"] for row in rows}
    there = [one for kind in wanted & _READ.keys() for one in _READ[kind](tx, scope, year)]
    if wanted & _OF_CERTIFICATES:
        there += _certified(tx, scope, year)
    held = _held(tx, year, today) if "fairs" in wanted else set()
    placed = _placed(there)
    return [_target(row, placed.get(_what(row), ()), held) for row in rows]


def _placed(there: Iterable[_Counts]) -> dict[_What, list[_Counts]]:
    """What counts, by its kind, in its province and in its commune: both may have targets."""
    placed: dict[_What, list[_Counts]] = {}
    for one in there:
        for commune in {"", one.commune}:
            placed.setdefault((one.kind, one.province, commune), []).append(one)
    return placed


def _what(row: Mapping[str, Any]) -> _What:
    return row["kind"], row["province_code"], row["commune_code"]


def _target(row: Mapping[str, Any], there: Iterable[_Counts], held: set[int]) -> Target:
    found = {one.subject for one in there if one.star >= row["star"]}
    if row["kind"] == "fairs" and not row["commune_code"]:
        found |= held
    about = {name: row[name] for name in Target._fields if name != "reached"}
    return Target(**about, reached=len(found))


# -- certificates ----------------------------------------------------------------------------------

_OF_CERTIFICATES = frozenset({"new", "upgraded", "renewed"})


def _certified(tx: Connection, scope: Scope, year: int) -> Iterator[_Counts]:
    """The certificates of the year: of a new product, of one with more stars, or of one renewed.

    What a product had before its dossier tells, else an earlier certificate of the same producer
    and name.
    """
    for row in tx.execute(_of_year(scope, year)).mappings():
        before = json.loads(row["before"]) if row["before"] else {}
        was = max(row["was"] or 0, int(before.get("star") or 0))
        kind = of_certificate(row["star"], was)
        yield _Counts(kind, row["commune_code"], row["province_code"], row["id"], row["star"])


def _of_year(scope: Scope, year: int) -> Select[Any]:
    earlier = table_of(CertificateRow).alias()
    same = (earlier.c.producer_id == _C.producer_id, earlier.c.name == _C.name)
    was = select(func.max(earlier.c.star)).where(*same, earlier.c.issued < _C.issued)
    columns = (_C.id, _C.star, _D.before, _P.commune_code, _P.province_code)
    joined = table_of(CertificateRow).join(table_of(ProducerRow), _P.id == _C.producer_id)
    joined = joined.join(table_of(DossierRow), _D.id == _C.dossier_id, isouter=True)
    chosen = select(*columns, was.scalar_subquery().label("was")).select_from(joined)
    return chosen.where(scope.here(_P), _C.issued.between(*_days(year)))


# -- organisations, trainings, fairs ---------------------------------------------------------------


def _organisations(tx: Connection, scope: Scope, year: int) -> Iterator[_Counts]:
    """The producers whose first dossier or certificate is of that year."""
    first, last = _days(year)
    begins, ends = _moment(first), _moment(date(year + 1, 1, 1))
    filed, known = _D.producer_id == _P.id, _C.producer_id == _P.id
    joins = or_(
        exists().where(filed, _D.made_at >= begins, _D.made_at < ends),
        exists().where(known, _C.issued.between(first, last)),
    )
    before = or_(
        exists().where(filed, _D.made_at < begins), exists().where(known, _C.issued < first)
    )
    new = select(_P.commune_code, _P.province_code, _P.id).where(scope.here(_P), joins, ~before)
    return (_Counts("organisations", *row) for row in tx.execute(new))


def _trained(tx: Connection, scope: Scope, year: int) -> Iterator[_Counts]:
    """The producers who said that they join a training of that year, each once."""
    return (_Counts("trained", *row) for row in tx.execute(_joined(scope, "training", _P.id, year)))


def _fairs(tx: Connection, scope: Scope, year: int) -> Iterator[_Counts]:
    """The fairs of that year that producers of each place join."""
    found = _joined(scope, "fair", _A.fair_id, None).where(_F.year == year, _F.cancelled.is_(False))
    found = found.join(table_of(FairRow), _F.id == _A.fair_id)
    return (_Counts("fairs", *row) for row in tx.execute(found))


def _joined(scope: Scope, kind: str, subject: Any, year: int | None) -> Select[Any]:
    joined = table_of(RecipientRow).join(table_of(AnnouncementRow), _A.id == _R.announcement_id)
    joined = joined.join(table_of(ProducerRow), _P.id == _R.producer_id)
    chosen = select(_P.commune_code, _P.province_code, subject).distinct().select_from(joined)
    chosen = chosen.where(scope.here(_P), _A.kind == kind, _R.answer == JOIN)
    if year is None:
        return chosen
    begins, ends = _moment(date(year, 1, 1)), _moment(date(year + 1, 1, 1))
    return chosen.where(and_(_A.started_at >= begins, _A.started_at < ends))


def _held(tx: Connection, year: int, today: date) -> set[int]:
    """The fairs of that year that have begun; fairs are the whole office's."""
    begun = or_(_F.starts.is_(None), _F.starts <= today.isoformat())
    held = select(_F.id).where(_F.year == year, _F.cancelled.is_(False), begun)
    return set(tx.execute(held).scalars())


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0, tzinfo=VIETNAM)).astimezone(UTC)


_READ: dict[str, Callable[[Connection, Scope, int], Iterator[_Counts]]] = {
    "organisations": _organisations,
    "trained": _trained,
    "fairs": _fairs,
}
