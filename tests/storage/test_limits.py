from storage import limits
from storage.database import Database
from storage.limits import Came, Tally
from storage.persons import Chat

LAN = Chat("telegram", "77", "lan")
MAY = Chat("telegram", "77", "may")
BOT = Chat("telegram", "77", "")


def test_counts_of_a_span_add_up_and_begin_anew_in_the_next(database: Database) -> None:
    with database.transaction() as tx:
        first = limits.count(tx, [Came(LAN, "messages", 5, 1, 3, 3)])
        again = limits.count(tx, [Came(LAN, "messages", 5, 1, 4, 4)])
        later = limits.count(tx, [Came(LAN, "messages", 6, 1, 1, 1)])
        tomorrow = limits.count(tx, [Came(LAN, "messages", 7, 2, 2, 2)])

    mine = (LAN, "messages")
    assert (first[mine], again[mine]) == (Tally(3, 3), Tally(7, 7))
    assert (later[mine], tomorrow[mine]) == (Tally(1, 8), Tally(2, 2))


def test_many_chats_are_counted_at_once_each_by_itself(database: Database) -> None:
    many = [Chat("telegram", "77", f"{number}") for number in range(300)]
    with database.transaction() as tx:
        limits.count(tx, [Came(chat, "files", 1, 1, 2, 2) for chat in many])
        told = limits.count(tx, [Came(chat, "files", 1, 1, 2, 2) for chat in many])

    assert told == {(chat, "files"): Tally(4, 4) for chat in many}


def test_what_is_given_back_counts_no_more(database: Database) -> None:
    with database.transaction() as tx:
        limits.count(tx, [Came(LAN, "messages", 5, 1, 9, 9)])
        told = limits.count(tx, [Came(LAN, "messages", 5, 1, 0, -4)])

    assert told[LAN, "messages"] == Tally(9, 5)


def test_counting_nothing_is_fine(database: Database) -> None:
    with database.transaction() as tx:
        assert limits.count(tx, []) == {}


def test_more_bytes_than_fit_a_small_number_are_counted(database: Database) -> None:
    with database.transaction() as tx:
        told = limits.count(tx, [Came(LAN, "bytes", 5, 1, 3 * 2**31, 3 * 2**31)])

    assert told[LAN, "bytes"].day == 3 * 2**31


def test_of_a_bot_only_the_counts_of_that_span_are_told(database: Database) -> None:
    with database.transaction() as tx:
        limits.count(tx, [Came(BOT, "heard", 5, 1, 7, 7), Came(LAN, "messages", 5, 1, 2, 2)])

        assert limits.of_bot(tx, "telegram", "77", 5) == {"heard": 7}
        assert limits.of_bot(tx, "telegram", "77", 6) == {}
        assert limits.of_bot(tx, "telegram", "78", 5) == {}


def test_counts_of_days_gone_by_are_forgotten(database: Database) -> None:
    with database.transaction() as tx:
        limits.count(tx, [Came(LAN, "messages", 5, 1, 1, 1), Came(MAY, "messages", 9, 2, 1, 1)])

        assert limits.forget(tx, 2) == 1
        assert limits.count(tx, [Came(MAY, "messages", 9, 2, 1, 1)])[MAY, "messages"].day == 2
