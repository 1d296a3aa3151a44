"""Whom an announcement reaches: just those whom a plain reading of the same rows finds."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.engine import Connection

from programme import aims
from programme.aims import Aim, Known, Thing
from storage import audience, certificates, consents, dossiers, ideas, officers, producers
from storage.audience import Reached
from storage.database import Database, table_of
from storage.officers import Scope
from storage.products import ProductRow
from storage.scoped import READS
from tests.storage.people import NOW, met, producer
from tests.storage.test_dossiers import IDEA, values

DAY = date(2026, 12, 24)
EVERYWHERE = officers.over("")
BAN_LIEN, BAC_HA, LAO_CAI, LAM_DONG = "02869", "02839", "15", "68"
COMMUNES = (BAN_LIEN, BAC_HA, "24778", "")
SETS, ROUNDS = (1, 3, 14), ("tinh-1-2027", "tinh-2-2027")
MONTHS = (1, 9, 10, 11, 12)


def told(
    tx: Connection, aim: Aim | None = None, scope: Scope = EVERYWHERE, day: date = DAY
) -> list[int]:
    """Who is told, by their numbers."""
    return [one.person for one in audience.people(tx, scope, aim or Aim(), day)]


def house(tx: Connection, number: int = 1, *, news: bool = True, **more: Any) -> int:
    """A producer with one member; the number of the producer is that of the person."""
    person, made = (
        met(tx, number),
        producer(tx, f"HTX {number}", **{"commune_code": BAN_LIEN, **more}),
    )
    producers.join(tx, person, made, "own", NOW)
    consents.give(tx, person, ("dossier", *(("news",) if news else ())), 1, NOW)
    return made


def certified(tx: Connection, home: int, star: int = 3, product_set: int = 3, **more: Any) -> None:
    days = {"issued": date(2024, 1, 1), "expires": date(2027, 1, 1), **more}
    window = {"refile_from": DAY, "refile_by": DAY}
    about = {"producer_id": home, "name": "Gạo", "product_set": product_set, "star": star}
    certificates.keep(tx, {**about, **days, **window}, NOW)


def idea(tx: Connection, home: int, product_set: int, months: list[int]) -> str:
    sheet = {**IDEA, "producer_id": home, "person_id": met(tx), "product_set": product_set}
    return ideas.submit(tx, sheet, {"season": months}, NOW, 2026)


# -- who is told -----------------------------------------------------------------------------------


def test_only_those_who_agreed_to_news_are_told(database: Database) -> None:
    with database.transaction() as tx:
        house(tx, 1)
        house(tx, 2, news=False)
        house(tx, 3)
        consents.end(tx, 3, "news", NOW)

        assert told(tx) == [1]
        assert [one.person for one in audience.unasked(tx, EVERYWHERE, Aim(), DAY)] == [2, 3]


def test_who_acts_for_two_producers_with_several_products_is_told_once(database: Database) -> None:
    with database.transaction() as tx:
        first, second = house(tx, 1), producer(tx, "Hộ Mai", commune_code=BAC_HA)
        producers.join(tx, 1, second, "helper", NOW)
        for home in (first, second, second):
            certified(tx, home)

        assert audience.people(tx, EVERYWHERE, Aim(stars=(3,)), DAY) == [Reached(1, first)]
        assert audience.people(tx, EVERYWHERE, Aim(areas=(BAC_HA,)), DAY) == [Reached(1, second)]


def test_nobody_outside_the_officers_area_is_told_whatever_is_aimed_at(database: Database) -> None:
    with database.transaction() as tx:
        house(tx, 1)
        house(tx, 2, commune_code=BAC_HA)
        there = Aim(areas=(LAO_CAI, BAC_HA), producers=(1, 2))

        assert told(tx, there, officers.over(BAN_LIEN)) == [1]
        assert told(tx, there, officers.over(LAO_CAI)) == [1, 2]
        assert told(tx, there, officers.over(LAM_DONG)) == []


def test_a_producer_for_whom_nobody_talks_to_us_is_counted_apart(database: Database) -> None:
    with database.transaction() as tx:
        house(tx, 1)
        alone = producer(tx, "HTX Nậm Đét", commune_code=BAN_LIEN)

        rows = audience.away(tx, officers.over(BAN_LIEN), Aim(), DAY)

        assert rows == [{"id": alone, "name": "HTX Nậm Đét"}]
        assert audience.away(tx, officers.over(BAC_HA), Aim(), DAY) == []


def test_a_withdrawn_idea_and_a_closed_dossier_count_for_nothing(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx, 1)
        ideas.withdraw(tx, 1, idea(tx, home, 14, [9]), NOW)
        closed = dossiers.open_new(tx, values(home, 1, product_set=14), NOW, 2026)
        dossiers.change(tx, closed, status="closed", round_key=ROUNDS[0])

        for aim in (Aim(sets=(14,)), Aim(months=(9,)), Aim(rounds=(ROUNDS[0],))):
            assert told(tx, aim) == []


@pytest.mark.parametrize(("month", "found"), [(1, []), (10, [1]), (11, [1]), (12, [])])
def test_a_month_is_not_taken_for_another_with_the_same_figures(
    database: Database, month: int, found: list[int]
) -> None:
    with database.transaction() as tx:
        idea(tx, house(tx, 1), 3, [10, 11])

        assert told(tx, Aim(months=(month,))) == found


def test_it_is_one_statement_however_much_is_aimed_at(database: Database) -> None:
    aim = Aim((LAO_CAI,), SETS, (3, 4), MONTHS, ROUNDS, ("vi",), (1, 2))
    with database.transaction() as tx, counted(tx) as statements:
        audience.people(tx, officers.over(LAO_CAI), aim, DAY)

    assert len(statements) == 1


@contextmanager
def counted(tx: Connection) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(tx, "before_cursor_execute", note)
    yield found
    event.remove(tx, "before_cursor_execute", note)


def test_officers_can_be_held_to_their_area_in_each_of_these_reads() -> None:
    reads = {name for name in READS if name.startswith("storage.audience.")}

    assert reads == {f"storage.audience.{name}" for name in ("people", "unasked", "away")}


# -- held against a plain reading ------------------------------------------------------------------


def some(chance: Random, values_: tuple[Any, ...], most: int = 2) -> list[Any]:
    return chance.sample(values_, chance.randint(0, min(most, len(values_))))


def world(tx: Connection, chance: Random) -> None:
    """A few producers with whatever producers have, and the persons who act for them."""
    homes = [
        producer(tx, f"HTX {number}", commune_code=chance.choice(COMMUNES)) for number in range(12)
    ]
    for number in range(1, 13):
        person = met(tx, number)
        for home in some(chance, tuple(homes), 3):
            producers.join(tx, person, home, chance.choice(("own", "helper")), NOW)
        consents.give(tx, person, ("dossier", *some(chance, ("reminders", "news"))), 1, NOW)
        if chance.random() < 0.1:
            consents.withdraw(tx, person, NOW)
    for home in homes:
        for _ in range(chance.randint(0, 3)):
            CHANCES[chance.randrange(len(CHANCES))](tx, chance, home)


def _certificate(tx: Connection, chance: Random, home: int) -> None:
    issued = DAY - timedelta(days=chance.choice((-1, 0, 30, 1094, 1095, 1096)))
    days = {"issued": issued, "expires": issued + timedelta(days=1095)}
    certified(tx, home, chance.choice(aims.STARS), chance.choice(SETS), **days)


def _idea(tx: Connection, chance: Random, home: int) -> None:
    number = idea(tx, home, chance.choice(SETS), sorted(some(chance, MONTHS, 3)))
    if chance.random() < 0.2:
        ideas.withdraw(tx, met(tx), number, NOW)


def _dossier(tx: Connection, chance: Random, home: int) -> None:
    about = values(home, met(tx), product_set=chance.choice(SETS))
    made = dossiers.open_new(tx, about, NOW, 2026)
    status = "open" if chance.random() < 0.8 else "closed"
    dossiers.change(tx, made, status=status, round_key=chance.choice((*ROUNDS, None)))


def _product(tx: Connection, chance: Random, home: int) -> None:
    about = {"product_set": chance.choice(SETS), "producer_id": home, "name": "Gạo"}
    months = ",".join(map(str, sorted(some(chance, MONTHS, 3))))
    row = {**about, "key": f"p{chance.random()}", "months": months, "seasonal": bool(months)}
    tx.execute(insert(table_of(ProductRow)).values(row))


CHANCES: tuple[Callable[[Connection, Random, int], None], ...] = (
    *(_certificate, _idea, _dossier, _product),
)


def read(tx: Connection, scope: Scope) -> dict[int, Known]:
    """The producers of the area as they stand in their tables, by number."""
    things: dict[int, list[Thing]] = {}
    for row in certificates.everyone(tx):
        thing = Thing(row["product_set"], row["star"], row["issued"], row["expires"])
        things.setdefault(row["producer_id"], []).append(thing)
    for row in ideas.everyone(tx):
        if row["status"] == "submitted":
            thing = Thing(row["product_set"], months=tuple(row["answers"]["season"]))
            things.setdefault(row["producer_id"], []).append(thing)
    for row in rows(tx, "dossiers"):
        if row["status"] == "open":
            thing = Thing(row["product_set"], round=row["round_key"])
            things.setdefault(row["producer_id"], []).append(thing)
    for row in rows(tx, "products"):
        months = tuple(map(int, filter(None, row["months"].split(","))))
        things.setdefault(row["producer_id"], []).append(Thing(row["product_set"], months=months))
    every = [
        Known(
            row["id"], row["commune_code"], row["province_code"], tuple(things.get(row["id"], ()))
        )
        for row in producers.everyone(tx)
    ]
    return {one.id: one for one in every if scope.area in {"", one.commune, one.province}}


def rows(tx: Connection, name: str) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.exec_driver_sql(f"SELECT * FROM {name}").mappings()]


def plainly(tx: Connection, scope: Scope, aim: Aim, day: date) -> list[Reached]:
    """Who is told, found one by one."""
    fitting = {one.id for one in read(tx, scope).values() if aims.fits(aim, one, day)}
    found: dict[int, int] = {}
    for row in rows(tx, "memberships"):
        person, home = row["person_id"], row["producer_id"]
        if home in fitting and "news" in consents.of(tx, person):
            found[person] = min(home, found.get(person, home))
    return [Reached(*one) for one in sorted(found.items())]


def any_aim(chance: Random) -> Aim:
    """One to three conditions, so that most aims find somebody."""
    conditions: dict[str, tuple[Any, ...]] = {
        "areas": (BAN_LIEN, BAC_HA, LAO_CAI, LAM_DONG),
        "sets": SETS,
        "stars": aims.STARS,
        "months": MONTHS,
        "rounds": ROUNDS,
        "producers": tuple(range(1, 13)),
    }
    names = chance.sample(sorted(conditions), chance.randint(1, 3))
    return Aim(**{name: tuple(some(chance, conditions[name], 9)) for name in names})


@pytest.mark.parametrize("seed", range(6))
def test_whom_an_aim_finds_is_whom_a_plain_reading_finds(database: Database, seed: int) -> None:
    chance = Random(seed)
    with database.transaction() as tx:
        world(tx, chance)
        sizes = []
        for _ in range(60):
            aim = any_aim(chance)
            scope = officers.over(chance.choice(("", LAO_CAI, BAN_LIEN, LAM_DONG, "24778")))
            found = audience.people(tx, scope, aim, DAY)
            assert found == plainly(tx, scope, aim, DAY), json.dumps([aim, scope.area], default=str)
            sizes.append(len(found))

    assert sum(map(bool, sizes)) > 10
    assert len(set(sizes)) > 2
