"""Counting what bots do: set-wise, by month, and never more paid for than was allowed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from storage import persons, quotas
from storage.database import Database
from storage.persons import Chat
from storage.quotas import Month, Used

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NOVEMBER, DECEMBER = (Month("zalo", "1", f"2026-{month}") for month in (11, 12))
OTHER = Month("zalo", "2", "2026-11")


def test_events_and_letters_are_added_to_what_was_counted(database: Database) -> None:
    with database.transaction() as tx:
        quotas.count(tx, [NOVEMBER] * 3, [NOVEMBER] * 2)
        quotas.count(tx, [NOVEMBER], [NOVEMBER, OTHER])

        assert quotas.used(tx, NOVEMBER) == Used(0, heard=4, sent=3)
        assert quotas.used(tx, OTHER) == Used(0, sent=1)


def test_a_new_month_begins_at_nothing(database: Database) -> None:
    with database.transaction() as tx:
        quotas.count(tx, [NOVEMBER] * 3)

        assert quotas.used(tx, DECEMBER) == Used(0)


def test_counting_nothing_makes_no_row(database: Database) -> None:
    with database.transaction() as tx:
        quotas.count(tx, [])

        assert quotas.used(tx, NOVEMBER) == Used(0)


def test_the_people_of_a_bot_are_those_who_ever_wrote_to_it(database: Database) -> None:
    chats = [Chat("zalo", "1", "a"), Chat("zalo", "1", "b"), Chat("zalo", "2", "a")]
    chats += [Chat("telegram", "1", "a")]
    with database.transaction() as tx:
        persons.meet(tx, chats, NOW)

        assert quotas.used(tx, DECEMBER).users == 2


def test_no_more_is_paid_for_than_was_allowed(database: Database) -> None:
    with database.transaction() as tx:
        taken = [quotas.pay(tx, NOVEMBER, 2) for _ in range(4)]
        quotas.give_back(tx, NOVEMBER)
        again = [quotas.pay(tx, NOVEMBER, 2) for _ in range(2)]

        assert taken == [True, True, False, False]
        assert again == [True, False]
        assert quotas.used(tx, NOVEMBER).paid == 2


def test_nothing_is_given_back_that_was_not_taken(database: Database) -> None:
    with database.transaction() as tx:
        quotas.pay(tx, NOVEMBER, 0)
        quotas.give_back(tx, NOVEMBER)

        assert quotas.used(tx, NOVEMBER).paid == 0


def test_counting_events_leaves_what_was_paid_as_it_is(database: Database) -> None:
    with database.transaction() as tx:
        quotas.pay(tx, NOVEMBER, 5)
        quotas.count(tx, [NOVEMBER], [NOVEMBER])

        assert quotas.used(tx, NOVEMBER) == Used(0, heard=1, sent=1, paid=1)


def test_ten_who_count_at_once_lose_nothing(database: Database) -> None:
    def work(_turn: int) -> bool:
        with database.transaction() as tx:
            quotas.count(tx, [NOVEMBER, OTHER], [OTHER, NOVEMBER])
            return quotas.pay(tx, NOVEMBER, 7)

    with ThreadPoolExecutor(10) as pool:
        paid = list(pool.map(work, range(30)))

    with database.reading() as tx:
        assert quotas.used(tx, NOVEMBER) == Used(0, heard=30, sent=30, paid=7)
        assert quotas.used(tx, OTHER) == Used(0, heard=30, sent=30)
    assert sum(paid) == 7
