import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from storage import inbox
from storage.database import Database
from storage.persons import Chat
from tests.storage.people import LATER, NOW, chat


def keys(told: set[inbox.Key]) -> set[str]:
    return {key for _, _, key in told}


def test_an_event_is_new_the_first_time_and_never_again(database: Database) -> None:
    with database.transaction() as tx:
        first = inbox.first_times(tx, [(chat(), "a"), (chat(), "b")], NOW)
    with database.transaction() as tx:
        second = inbox.first_times(tx, [(chat(), "b"), (chat(), "c")], LATER)

    assert first == {("browser", "demo", "a"), ("browser", "demo", "b")}
    assert keys(second) == {"c"}


def test_an_event_told_twice_in_one_batch_is_one_event(database: Database) -> None:
    with database.transaction() as tx:
        told = inbox.first_times(tx, [(chat(), "a"), (chat(2), "b"), (chat(), "a")], NOW)

    assert keys(told) == {"a", "b"}


def test_a_key_counts_for_its_own_channel_and_bot_alone(database: Database) -> None:
    chats = [Chat("zalo", "a", "1"), Chat("telegram", "a", "1"), Chat("telegram", "b", "1")]
    with database.transaction() as tx:
        told = inbox.first_times(tx, [(each, "7") for each in chats], NOW)

    assert told == {(each.channel, each.bot, "7") for each in chats}


def test_what_a_failed_transaction_heard_can_be_heard_again(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as tx:
        inbox.first_times(tx, [(chat(), "a")], NOW)
        raise ZeroDivisionError
    with database.transaction() as tx:
        assert keys(inbox.first_times(tx, [(chat(), "a")], NOW)) == {"a"}


def test_three_hundred_events_at_once_are_all_noted(database: Database) -> None:
    rows = [(chat(number), f"key-{number}") for number in range(300)]
    with database.transaction() as tx:
        assert len(inbox.first_times(tx, rows, NOW)) == 300
        assert inbox.first_times(tx, rows, NOW) == set()
        assert inbox.first_times(tx, [], NOW) == set()


def test_what_ten_threads_are_told_at_once_is_heard_once(database: Database) -> None:
    """Every other one is told in the opposite order, as two processes may be."""
    events = [(chat(number), f"key-{number}") for number in range(600)]

    def hear(turn: int) -> set[inbox.Key]:
        with database.transaction() as tx:
            return inbox.first_times(tx, events[:: -1 if turn % 2 else 1], NOW)

    with ThreadPoolExecutor(10) as pool:
        heard = [key for told in pool.map(hear, range(10)) for key in told]

    assert len(heard) == len(set(heard)) == 600


def held(database: Database, *events: tuple[int, str, str]) -> None:
    """Hold these events (chat, key, text), each a second after the one before."""
    for second, (number, key, body) in enumerate(events):
        with database.transaction() as tx:
            told = inbox.first_times(tx, [(chat(number), key)], NOW + timedelta(seconds=second))
            inbox.hold(tx, [(each, body) for each in told])


def test_what_waits_in_a_chat_is_released_once_in_its_order(database: Database) -> None:
    held(database, (1, "z", "first"), (2, "y", "elsewhere"), (1, "a", "second"))

    with database.transaction() as tx:
        assert inbox.with_held(tx, [chat(1), chat(3)]) == [chat(1)]
        assert sorted(inbox.held_chats(tx)) == [chat(1), chat(2)]
        assert inbox.release(tx, [chat(1), chat(3)]) == ["first", "second"]
    with database.transaction() as tx:
        assert inbox.release(tx, [chat(1)]) == []
        assert inbox.held_chats(tx) == [chat(2)]


def test_what_two_release_at_once_is_heard_by_one(database: Database) -> None:
    held(database, (1, "a", "first"), (1, "b", "second"))

    def release() -> list[str]:
        with database.transaction() as tx:
            return inbox.release(tx, [chat(1)])

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as tx:
            first = inbox.release(tx, [chat(1)])
            second = pool.submit(release)
            time.sleep(0.1)  # so that the second asks before the first is done
        assert first == ["first", "second"]
        assert second.result() == []


def test_old_events_are_forgotten_but_not_those_that_wait(database: Database) -> None:
    held(database, (1, "waits", "a text"))
    with database.transaction() as tx:
        inbox.first_times(tx, [(chat(1), "old")], NOW)
        inbox.first_times(tx, [(chat(1), "young")], LATER)

        assert inbox.forget(tx, LATER) == 1
        rows = [(chat(1), key) for key in ("waits", "old", "young")]
        assert keys(inbox.first_times(tx, rows, LATER)) == {"old"}
