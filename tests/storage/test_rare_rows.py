"""Rare tables are read in parts, and a row is changed by who knows how it stood."""

from typing import Any

import pytest
from sqlalchemy import select

from storage import producers, products, rare_rows
from storage.database import Database
from storage.tables import metadata
from tests.storage.test_pairings import BAN_LIEN, NOW, known, person, told

T = metadata.tables


@pytest.fixture
def tx(database: Database) -> Any:
    with database.transaction() as tx:
        yield tx


def names(tx: Any, said: str = "") -> list[str]:
    return [row["name"] for row in rare_rows.page(tx, "producers", (0, 9), [("name", "asc")], said)]


def test_of_producers_those_alone_are_there_of_whom_only_a_register_told(tx: Any) -> None:
    told(tx, "HTX Bản Liền")
    own = known(tx, person(tx))

    assert names(tx) == ["HTX Bản Liền"]
    assert names(tx, "Bản") == ["HTX Bản Liền"]
    assert names(tx, "Hợp tác") == []
    assert rare_rows.count(tx, "producers") == 1
    assert rare_rows.to_mend(tx, "producers", str(own)) is None
    assert {"phone", "representative", "address"}.isdisjoint(rare_rows.columns("producers"))


@pytest.mark.parametrize("table", rare_rows.there())
def test_every_table_is_counted_searched_and_turned(tx: Any, table: str) -> None:
    told(tx)

    rows = rare_rows.page(tx, table, (0, 5))

    assert rare_rows.count(tx, table) == len(rows)
    assert rare_rows.count(tx, table, "no row says %_this") == 0
    assert rare_rows.page(tx, table, (10**30, 5)) == []
    assert rare_rows.one(tx, table, "x") is None


def test_a_row_has_another_mark_once_anything_in_it_is_another(tx: Any) -> None:
    number = str(told(tx))
    row = rare_rows.to_mend(tx, "producers", number)
    assert row

    assert rare_rows.mark(row) == rare_rows.mark(rare_rows.one(tx, "producers", number) or {})
    producers.change(tx, int(number), {"name": "HTX khác"}, NOW)
    assert rare_rows.mark(row) != rare_rows.mark(rare_rows.one(tx, "producers", number) or {})


def test_a_product_that_is_called_otherwise_is_so_on_its_certificates_alone(tx: Any) -> None:
    told(tx, source="reg-1:p1")
    tx.execute(T["certificates"].update().values(source="reg-1:p1:sp:0"))
    told(tx, source="reg-2:p1")
    (row,) = rare_rows.page(tx, "products", (1, 1))

    products.mend(tx, row, {"name": "Gạo mới", "product_set": 5})

    found = dict(tx.execute(select(T["certificates"].c.source, T["certificates"].c.name)).all())
    assert found == {"reg-1:p1:sp:0": "Gạo mới", "reg-2:p1:0": "Gạo Séng Cù"}


def test_those_whom_nobody_acts_for_move_with_the_commune_of_their_place(tx: Any) -> None:
    place = {"key": "p", "province": "tỉnh Lào Cai", "commune_code": BAN_LIEN}
    at = tx.execute(T["places"].insert().values(place).returning(T["places"].c.id)).scalar_one()
    register, own = told(tx), known(tx, person(tx))
    tx.execute(T["producers"].update().values(place_id=at))

    home = {"commune_code": "02839", "commune": "xã Bắc Hà", "province": "tỉnh Lào Cai"}
    producers.resettle(tx, {**place, "id": at}, home, NOW)

    assert producers.by_id(tx, register)["commune_code"] == "02839"
    assert producers.by_id(tx, own)["commune_code"] == BAN_LIEN
