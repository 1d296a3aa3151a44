from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.engine import Connection

from storage import codes, producers
from storage.database import Database
from tests.storage.people import LATER, NOW, SOON, met, producer


def test_a_code_opens_its_producer_once(database: Database) -> None:
    with database.transaction() as tx:
        made, mother, son = producer(tx), met(tx, 1), met(tx, 2)
        codes.give(tx, "048213", made, mother, LATER)

        assert codes.use(tx, "048214", son, NOW) is None
        assert codes.use(tx, "048213", son, NOW) == (made, mother)
        assert codes.use(tx, "048213", son, NOW) is None


def test_a_code_is_good_until_its_time_is_over(database: Database) -> None:
    with database.transaction() as tx:
        person = met(tx)
        codes.give(tx, "048213", producer(tx), person, SOON)

        assert codes.use(tx, "048213", person, SOON) is None
        assert codes.use(tx, "048213", person, NOW) is not None


def test_the_same_code_given_twice_opens_each_producer_once(database: Database) -> None:
    with database.transaction() as tx:
        first, second = producer(tx, "HTX Bản Liền"), producer(tx, "HTX Nậm Đét")
        person = met(tx)
        codes.give(tx, "048213", first, person, LATER)
        codes.give(tx, "048213", second, person, LATER)

        used = [codes.use(tx, "048213", person, NOW) for _ in range(3)]

        assert used == [(first, person), (second, person), None]


def test_a_code_used_by_ten_at_once_lets_one_in(database: Database) -> None:
    with database.transaction() as tx:
        made, person = producer(tx), met(tx)
        codes.give(tx, "048213", made, person, LATER)

    def use(_: int) -> codes.Opened | None:
        with database.transaction() as tx:
            return codes.use(tx, "048213", person, NOW)

    with ThreadPoolExecutor(10) as pool:
        used = [one for one in pool.map(use, range(10)) if one is not None]

    assert used == [(made, person)]


def test_the_code_itself_is_not_kept(database: Database) -> None:
    with database.transaction() as tx:
        codes.give(tx, "048213", producer(tx), met(tx), LATER)
        rows = tx.execute(text("SELECT * FROM codes")).all()

    assert len(rows) == 1
    assert "048213" not in str(rows)


# -- taking back ----------------------------------------------------------------------------------


def let_in(tx: Connection, code: str, made: int, giver: int, helper: int) -> None:
    codes.give(tx, code, made, giver, LATER)
    assert codes.use(tx, code, helper, NOW)
    producers.join(tx, helper, made, "helper", NOW)


def acting(tx: Connection, person: int) -> list[int]:
    return [one["id"] for one in producers.of_person(tx, person)]


def test_what_a_person_gave_by_codes_is_taken_back_once(database: Database) -> None:
    with database.transaction() as tx:
        made, mother, son, niece = producer(tx), met(tx, 1), met(tx, 2), met(tx, 3)
        producers.join(tx, mother, made, "own", NOW)
        let_in(tx, "048213", made, mother, son)
        let_in(tx, "048214", made, mother, niece)

        assert codes.take_back(tx, mother) == [(son, made), (niece, made)]
        assert codes.take_back(tx, mother) == []
        assert [acting(tx, person) for person in (mother, son, niece)] == [[made], [], []]


def test_what_others_gave_stays(database: Database) -> None:
    with database.transaction() as tx:
        made, mother, son = producer(tx), met(tx, 1), met(tx, 2)
        let_in(tx, "048213", made, mother, son)

        assert codes.take_back(tx, son) == []
        assert acting(tx, son) == [made]


def test_who_acted_for_a_producer_before_the_code_goes_on(database: Database) -> None:
    with database.transaction() as tx:
        made, mother, son = producer(tx), met(tx, 1), met(tx, 2)
        producers.join(tx, son, made, "helper", NOW - timedelta(days=1))
        let_in(tx, "048213", made, mother, son)

        assert codes.take_back(tx, mother) == []
        assert acting(tx, son) == [made]
