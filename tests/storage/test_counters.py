from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from storage import counters
from storage.database import Database


def test_numbers_run_from_one_under_each_name(database: Database) -> None:
    with database.transaction() as tx:
        assert [counters.following(tx, "idea-2026") for _ in range(3)] == [1, 2, 3]
        assert counters.following(tx, "idea-2027") == 1


def test_ten_threads_get_every_number_once_and_none_is_lost(database: Database) -> None:
    """Every third of them fails after it had its number: that number is given again."""

    def take(turn: int) -> int | None:
        number = None
        with suppress(ZeroDivisionError), database.transaction() as tx:
            taken = counters.following(tx, "idea")
            if turn % 3 == 0:
                raise ZeroDivisionError
            number = taken
        return number

    with ThreadPoolExecutor(10) as pool:
        numbers = [number for number in pool.map(take, range(60)) if number is not None]

    assert sorted(numbers) == list(range(1, 41))
