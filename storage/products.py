"""Sản phẩm: the products of the programme, and what councils found of each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import certificates, imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import Product, Result

Ids = Mapping[str, int]


class ProductRow(imported.ImportedRow, table=True):
    """A product; ``months`` are those of its season, as figures between commas."""

    __tablename__ = "products"

    name: str
    product_set: int
    set_confidence: str | None = None
    producer_id: int | None = Field(default=None, foreign_key="producers.id", index=True)
    seasonal: bool = False
    months: str = ""


class ProductPlaceRow(SQLModel, table=True):
    """One of the places that a product comes from."""

    __tablename__ = "product_places"

    product_id: int = Field(primary_key=True, foreign_key="products.id")
    position: int = Field(primary_key=True)
    place_id: int = Field(foreign_key="places.id")


class ResultRow(imported.Origin, table=True):
    """What a council found; the day ``found_on`` is as exact as is known: 2021, 2021-05 or so."""

    __tablename__ = "product_results"

    product_id: int = Field(primary_key=True, foreign_key="products.id")
    position: int = Field(primary_key=True)
    level: str
    found_on: str
    star: int | None = None
    passed: bool = True
    round: int | None = None
    decision: str | None = None
    reason: str | None = None


_PRODUCTS = table_of(ProductRow)
_PLACES = table_of(ProductPlaceRow)
_RESULTS = table_of(ResultRow)


def keep(
    tx: Connection, products: Sequence["Product"], producers: Ids, places: Ids
) -> imported.Kept:
    """Take in the products of a file; producers and places are there already."""
    kept = imported.keep(tx, _PRODUCTS, [_row(product, producers) for product in products])
    come_from = {
        kept.ids[product.id]: [
            {"position": at, "place_id": places[place]} for at, place in enumerate(product.places)
        ]
        for product in products
    }
    found = {kept.ids[product.id]: _results(product.results) for product in products}
    moved = imported.keep_parts(tx, _PLACES, "product_id", come_from)
    return imported.with_parts(kept, moved | imported.keep_parts(tx, _RESULTS, "product_id", found))


def mend(tx: Connection, product: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Let it be called so, or surely be of that set; its certificates too."""
    told = {**values, "set_confidence": None} if "product_set" in values else values
    tx.execute(update(_PRODUCTS).where(_PRODUCTS.c.id == product["id"]).values(told))
    certificates.mend(tx, product["key"], values)


def _row(product: "Product", producers: Ids) -> dict[str, Any]:
    return imported.values(
        _PRODUCTS,
        product,
        product_set=product.set,
        producer_id=producers[product.producer] if product.producer else None,
        months=",".join(map(str, product.months)),
    )


def _results(results: Sequence["Result"]) -> list[dict[str, Any]]:
    return [
        imported.values(_RESULTS, result, position=at, found_on=result.when)
        for at, result in enumerate(results)
    ]


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All products, each with its ``results`` and the ids of its ``places``."""
    products = imported.everyone(tx, _PRODUCTS)
    by_id = {product["id"]: {**product, "results": [], "places": []} for product in products}
    for result in imported.everyone(tx, _RESULTS):
        by_id[result["product_id"]]["results"].append(result)
    for place in imported.everyone(tx, _PLACES):
        by_id[place["product_id"]]["places"].append(place["place_id"])
    return list(by_id.values())
