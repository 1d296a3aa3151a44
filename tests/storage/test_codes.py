from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from storage import codes
from storage.database import Database
from tests.storage.people import LATER, NOW, SOON, met, producer


def test_a_code_opens_its_producer_once(database: Database) -> None:
    with database.transaction() as tx:
        made = producer(tx)
        codes.give(tx, "048213", made, met(tx), LATER)

        assert codes.use(tx, "048214", NOW) is None
        assert codes.use(tx, "048213", NOW) == made
        assert codes.use(tx, "048213", NOW) is None


def test_a_code_is_good_until_its_time_is_over(database: Database) -> None:
    with database.transaction() as tx:
        codes.give(tx, "048213", producer(tx), met(tx), SOON)

        assert codes.use(tx, "048213", SOON) is None
        assert codes.use(tx, "048213", NOW) is not None


def test_the_same_code_given_twice_opens_each_producer_once(database: Database) -> None:
    with database.transaction() as tx:
        first, second = producer(tx, "HTX Bản Liền"), producer(tx, "HTX Nậm Đét")
        codes.give(tx, "048213", first, met(tx), LATER)
        codes.give(tx, "048213", second, met(tx), LATER)

        assert [codes.use(tx, "048213", NOW) for _ in range(3)] == [first, second, None]


def test_a_code_used_by_ten_at_once_lets_one_in(database: Database) -> None:
    with database.transaction() as tx:
        made = producer(tx)
        codes.give(tx, "048213", made, met(tx), LATER)

    def use(_: int) -> int | None:
        with database.transaction() as tx:
            return codes.use(tx, "048213", NOW)

    with ThreadPoolExecutor(10) as pool:
        used = [one for one in pool.map(use, range(10)) if one is not None]

    assert used == [made]


def test_the_code_itself_is_not_kept(database: Database) -> None:
    with database.transaction() as tx:
        codes.give(tx, "048213", producer(tx), met(tx), LATER)
        rows = tx.execute(text("SELECT * FROM codes")).all()

    assert len(rows) == 1
    assert "048213" not in str(rows)
