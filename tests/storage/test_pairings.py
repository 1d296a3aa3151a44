"""A producer of a register and one of the chat: joined as an officer says, and parted again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from storage import certificates, erasing, moving, officers, pairings, persons, producers
from storage.database import Database
from storage.persons import Chat
from storage.tables import metadata

T = metadata.tables
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BAN_LIEN = "02869"
EVERYWHERE = officers.over("")
# What an office's file may tell of a producer.
HAVING = {"products", "certificates", "budget_lines", "supports", "inspections", "yearly_figures"}


@pytest.fixture
def tx(database: Database) -> Any:
    with database.transaction() as tx:
        yield tx


def person(tx: Connection) -> int:
    (number,) = persons.meet(tx, [Chat("browser", "demo", "1")], NOW).values()
    return number


def told(tx: Connection, name: str = "HTX Bản Liền", source: str = "reg-1:p1") -> int:
    """A producer of a register with a product, its certificate, and a line of a budget."""
    about = {"name": name, "kind": "cooperative", "commune_code": BAN_LIEN, "source": source}
    register = producers.add(tx, about, NOW)
    product = {"key": f"{source}:sp", "name": "Gạo Séng Cù", "months": ""}
    numbers = {"product_set": 3, "producer_id": register, "seasonal": False}
    tx.execute(insert(T["products"]).values(**product, **numbers))
    days = {name: date(2028, 1, 1) for name in ("issued", "expires", "refile_from", "refile_by")}
    stars = {"product_set": 3, "star": 3, "producer_id": register}
    certificates.keep(tx, {"name": "Gạo Séng Cù", "source": f"{source}:0", **stars, **days}, NOW)
    return register


def known(tx: Connection, who: int) -> int:
    about = {"name": "Hợp tác xã Bản Liền", "kind": "cooperative", "commune_code": BAN_LIEN}
    producer = producers.add(tx, about | {"made_by": who}, NOW)
    producers.join(tx, who, producer, "own", NOW)
    return producer


def holders(tx: Connection) -> dict[str, list[int]]:
    """Of whom the products and certificates are."""
    return {
        name: list(tx.execute(select(T[name].c.producer_id).order_by(T[name].c.id)).scalars())
        for name in ("products", "certificates")
    }


def rows(tx: Connection) -> dict[str, Any]:
    return {name: each for name, each in moving.sums(tx).items() if name != "pairings"}


def test_nothing_is_joined_until_somebody_says_so(tx: Connection) -> None:
    who = person(tx)
    register, producer = told(tx), known(tx, who)
    before = rows(tx)

    (row,) = pairings.offered(tx, EVERYWHERE)

    assert row["pair"] == (register, producer, ("name",))
    assert rows(tx) == before
    assert holders(tx) == {"products": [register], "certificates": [register]}


def test_what_the_register_told_goes_over_and_comes_back_just_as_it_was(tx: Connection) -> None:
    who = person(tx)
    pair = told(tx), known(tx, who)
    before = rows(tx)

    assert pairings.judge(tx, pair, pairings.SAME, who, NOW)
    assert holders(tx) == {"products": [pair[1]], "certificates": [pair[1]]}
    assert [row["name"] for row in certificates.of_person(tx, who)] == ["Gạo Séng Cù"]
    assert pairings.products(tx, pair[1]) == ["Gạo Séng Cù"]
    assert pairings.offered(tx, EVERYWHERE) == []
    assert not pairings.judge(tx, pair, pairings.SAME, who, NOW)

    assert pairings.judge(tx, pair, pairings.OTHER, who, NOW + timedelta(days=1))
    assert rows(tx) == before
    assert pairings.offered(tx, EVERYWHERE) == []
    assert pairings.joined(tx, EVERYWHERE, 9) == []


def test_what_the_chat_brought_itself_stays_when_they_are_parted(tx: Connection) -> None:
    who = person(tx)
    first, second, producer = told(tx), told(tx, source="reg-2:p9"), known(tx, who)
    for register in (first, second):
        pairings.judge(tx, (register, producer), pairings.SAME, who, NOW)

    pairings.judge(tx, (first, producer), pairings.OTHER, who, NOW)

    assert holders(tx)["products"] == [first, producer]


def test_a_registers_producer_is_one_with_no_more_than_one(tx: Connection) -> None:
    who = person(tx)
    register, first, second = told(tx), known(tx, who), known(tx, who)
    assert len(pairings.offered(tx, EVERYWHERE)) == 2
    pairings.judge(tx, (register, first), pairings.SAME, who, NOW)

    assert not pairings.judge(tx, (register, second), pairings.SAME, who, NOW)
    assert pairings.offered(tx, EVERYWHERE) == []
    assert [row["id"] for row in pairings.joined(tx, EVERYWHERE, 9)] == [first]


def test_of_two_officers_at_once_one_joins_it(database: Database) -> None:
    with database.transaction() as tx:
        who = person(tx)
        register, first, second = told(tx), known(tx, who), known(tx, who)

    def join(producer: int) -> bool:
        with database.transaction() as tx:
            return pairings.judge(tx, (register, producer), pairings.SAME, who, NOW)

    with ThreadPoolExecutor(1) as other:
        with database.transaction() as tx:
            assert pairings.judge(tx, (register, first), pairings.SAME, who, NOW)
            later = other.submit(join, second)
        assert not later.result()

    with database.reading() as tx:
        assert [row["id"] for row in pairings.joined(tx, EVERYWHERE, 9)] == [first]
        assert holders(tx)["products"] == [first]


def test_the_next_register_finds_the_joined_one_and_gives_it_the_new_product(
    tx: Connection,
) -> None:
    who = person(tx)
    register, producer = told(tx), known(tx, who)
    pairings.judge(tx, (register, producer), pairings.SAME, who, NOW)

    assert pairings.resolved(tx, {"reg-1:p1": register, "x": 99}) == {"reg-1:p1": producer, "x": 99}


def test_a_person_who_is_erased_leaves_the_office_what_its_file_told(tx: Connection) -> None:
    who = person(tx)
    register, producer = told(tx), known(tx, who)
    pairings.judge(tx, (register, producer), pairings.SAME, who, NOW)

    erasing.erase(tx, who, NOW)

    assert holders(tx) == {"products": [register], "certificates": [register]}
    assert tx.execute(select(T["pairings"])).all() == []
    assert [row["id"] for row in producers.everyone(tx)] == [register]


def test_all_that_an_offices_file_tells_of_a_producer_can_go_over() -> None:
    having = {table.name for table, _ in pairings._having()}

    assert having >= HAVING
    assert having.isdisjoint(pairings._OWN)
