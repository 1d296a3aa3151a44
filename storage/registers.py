"""The register of an area: each product that has stars, with who makes it and what says so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from storage import (
    certificates,
    imported,
    producers,
    products,
    programmes,
    report_products,
    yearly,
)
from storage.certificates import CertificateRow
from storage.database import table_of
from storage.imported import Kept
from storage.officers import Scope
from storage.places import Today
from storage.producers import ProducerRow
from storage.scoped import scoped

if TYPE_CHECKING:
    from programme.register import Telling
    from programme.register.homes import Home
    from programme.sample_form import Product, Programme, Result

_CERTIFICATES = table_of(CertificateRow)
_PRODUCERS = table_of(ProducerRow)
_MINISTRY = 5  # stars that only the ministry's council gives (Điều 3 of QĐ 26/2026)


class Line(NamedTuple):
    """A product as it stands now; days are in ISO, as exact as they are known."""

    key: str
    name: str
    product_set: int
    star: int
    issued: str
    decision: str
    level: str
    expires: str
    revoked: str  # the day from which it holds no more before that, if there is one
    producer: dict[str, Any]  # empty for one of another area
    results: tuple[dict[str, Any], ...]  # every recognition with its ``expires``, the oldest first
    sales: int | None = None  # đồng a year; only where all of the producer's are of this product


def lines(tx: Connection, scope: Scope) -> list[Line]:
    """The register: first what an office's files told of, then what the bot brought so far."""
    known = {row["id"]: dict(row) for row in _producers(tx, scope)}
    mine = held(tx, scope)
    by_source = {row["source"]: row for row in mine if row["source"]}
    told = [
        _of_file(product, by_source, known)
        for product in report_products.products(tx, scope)
        if _recognised(product)
    ]
    own = [_of_own(row, known) for row in mine if not row["source"]]
    return _with_sales(told + own, yearly.shared(tx, scope))


def _with_sales(lines: list[Line], sales: dict[int, int]) -> list[Line]:
    """What a producer sells is of a product only where it has no other."""
    count = Counter(line.producer.get("id") for line in lines)
    alone = {number: sold for number, sold in sales.items() if count[number] == 1}
    return [line._replace(sales=alone.get(line.producer.get("id", 0))) for line in lines]


@scoped("certificates")
def held(tx: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The certificates of the area's producers, in the order they came."""
    joined = _CERTIFICATES.join(
        _PRODUCERS, _PRODUCERS.c.id == _CERTIFICATES.c.producer_id, isouter=True
    )
    mine = select(_CERTIFICATES).select_from(joined).where(scope.here(_PRODUCERS.c))
    return [dict(row) for row in tx.execute(mine.order_by(_CERTIFICATES.c.id)).mappings()]


def _producers(tx: Connection, scope: Scope) -> Any:
    return tx.execute(select(_PRODUCERS).where(scope.here(_PRODUCERS.c))).mappings()


def _recognised(product: dict[str, Any]) -> list[dict[str, Any]]:
    """What gave the product its stars, the oldest first."""
    found = [each for each in product["results"] if each["passed"] and each["star"]]
    return sorted(found, key=lambda each: each["found_on"])


def _of_file(product: dict[str, Any], known: dict[str, Any], makers: dict[int, Any]) -> Line:
    results = [
        each | {"expires": _expires(known.get(f"{product['key']}:{each['position']}"))}
        for each in _recognised(product)
    ]
    newest = results[-1]
    last = known.get(f"{product['key']}:{newest['position']}")
    return Line(
        key=product["key"],
        name=product["name"],
        product_set=product["product_set"],
        star=newest["star"],
        issued=newest["found_on"],
        decision=newest["decision"] or "",
        level=newest["level"],
        expires=newest["expires"],
        revoked=_revoked(last),
        producer=makers.get(product["producer_id"], {}),
        results=tuple(results),
    )


def _expires(certificate: dict[str, Any] | None) -> str:
    return certificate["expires"].isoformat() if certificate else ""


def _revoked(certificate: dict[str, Any] | None) -> str:
    day = certificate["revoked_on"] if certificate else None
    return day.isoformat() if day else ""


def _of_own(row: dict[str, Any], makers: dict[int, Any]) -> Line:
    result = {"star": row["star"], "found_on": row["issued"].isoformat()}
    result |= {"expires": _expires(row)}
    result |= {"decision": row["decision"], "level": "bo" if row["star"] == _MINISTRY else "tinh"}
    return Line(
        key=f"gcn-{row['id']}",
        name=row["name"],
        product_set=row["product_set"],
        star=row["star"],
        issued=result["found_on"],
        decision=row["decision"],
        level=result["level"],
        expires=result["expires"],
        revoked=_revoked(row),
        producer=makers.get(row["producer_id"], {}),
        results=(result,),
    )


# -- taking one in ---------------------------------------------------------------------------------


def keep(tx: Connection, telling: "Telling", now: datetime) -> dict[str, Kept]:
    """Take in what an office's register tells; each section with what became of its rows.

    Recognitions that were known before stay. What a person said of a producer stays too.
    """
    today = {key: _today(home) for key, home in telling.homes.items()}
    whole = _with_known_results(tx, telling.programme)
    before = {row["source"]: row["expires"] for row in certificates.everyone(tx)}
    kept = programmes.keep(tx, whole, today, now)
    moved = _keep_contacts(tx, telling, now)
    ended = {at for at, end in _keep_ends(tx, telling, whole, now) if before.get(at) != end}
    kept["producers"] = imported.with_parts(kept["producers"], moved)
    numbers = [kept["products"].ids[source.rpartition(":")[0]] for source in ended]
    kept["products"] = imported.with_parts(kept["products"], numbers)
    return kept


def _today(home: "Home") -> Today:
    from programme.places import places  # noqa: PLC0415 - few starts take anything in

    commune = places().by_code(home.code)
    if commune:
        return Today(commune.province, commune.code, f"{commune.kind} {commune.name}", home.was)
    province = places().province_of(home.words)
    return Today(province.shown if province else home.province)


def _with_known_results(tx: Connection, told: "Programme") -> "Programme":
    """The same, and of each product also the recognitions that another register told of."""
    known = {product["key"]: product["results"] for product in products.everyone(tx)}
    return replace(told, products=tuple(_older(it, known.get(it.id, ())) for it in told.products))


def _older(product: "Product", known: Sequence[dict[str, Any]]) -> "Product":
    days = {result.when for result in product.results}
    older = [_result(row) for row in known if row["found_on"] not in days]
    return replace(product, results=tuple(sorted((*older, *product.results), key=_when)))


def _when(result: "Result") -> str:
    return result.when


def _result(row: dict[str, Any]) -> "Result":
    from programme.sample_form import Result  # noqa: PLC0415 - as above

    names = ("level", "star", "passed", "round", "decision", "reason")
    origin = ("as_written", "confidence", "note")
    told = {name: row[name] for name in (*names, *origin)}
    return Result(line=0, when=row["found_on"], source=row["document"], **told)


def _keep_contacts(tx: Connection, telling: "Telling", now: datetime) -> set[int]:
    """Keep how to reach those producers of whom only registers have told so far; who changed."""
    moved = set()
    for row in producers.everyone(tx):
        told = telling.contacts.get(row["source"], {}) if row["made_by"] is None else {}
        if new := {name: value for name, value in told.items() if row[name] != value}:
            producers.change(tx, row["id"], new, now)
            moved.add(row["id"])
    return moved


def _keep_ends(
    tx: Connection, telling: "Telling", whole: "Programme", now: datetime
) -> Iterator[tuple[str, date]]:
    """Let certificates end when the register says so; these, by their source, with their ends."""
    from programme.rounds import window  # noqa: PLC0415 - as above

    known = {row["source"] for row in certificates.everyone(tx)}
    for product in whole.products:
        for at, result in enumerate(product.results):
            source, said = f"{product.id}:{at}", telling.ends.get((product.id, result.when))
            if source in known and said:
                expires = date.fromisoformat(said)
                days = window(expires)
                values = {"expires": expires, "refile_from": days.opens, "refile_by": days.closes}
                certificates.keep(tx, {"source": source, **values}, now)
                yield source, expires
