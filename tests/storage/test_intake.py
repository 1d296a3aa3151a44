import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from storage import intake
from storage.database import Database
from storage.intake import Announced, Claimed
from storage.persons import Chat
from tests.conftest import Server
from tests.storage.people import LATER, NOW, SOON, chat

CHANNELS = ["browser"]
HOLD = timedelta(minutes=1)


def announced(
    number: int = 1, key: str = "7", at: datetime = NOW, where: Chat | None = None
) -> Announced:
    about = (41, "photo", "lies-there", "giấy.jpg", 1200, "giấy phép")
    return Announced(where or chat(number), key, at, *about, at, at + HOLD)


def put(tx: Connection, number: int, *keys: str) -> None:
    for key in keys:
        assert intake.announce(tx, announced(number, key))


def claim(
    tx: Connection, now: datetime = NOW, by: str = "one", until: datetime = SOON, most: int = 9
) -> list[Claimed]:
    return intake.claim(tx, CHANNELS, by, now, until, most)


def keys(claimed: list[Claimed]) -> list[str]:
    return [file.key for file in claimed]


def row(tx: Connection) -> dict[str, object]:
    return dict(tx.execute(text("SELECT * FROM intake")).mappings().one())


def test_a_file_is_announced_once(database: Database) -> None:
    with database.transaction() as tx:
        assert intake.announce(tx, announced())
        assert not intake.announce(tx, announced(at=LATER))
        assert intake.announce(tx, announced(where=Chat("zalo", "demo", "1")))
        assert intake.awaited(tx, chat(), NOW) == 1


def test_a_file_is_claimed_with_all_that_its_fetcher_needs(database: Database) -> None:
    with database.transaction() as tx:
        intake.announce(tx, announced())

        (file,) = claim(tx)

    about = ("photo", "lies-there", "giấy.jpg", 1200, "giấy phép")
    assert file == Claimed(file.id, chat(), "7", NOW, 41, *about, 1, None, None)


def test_a_file_is_not_taken_up_before_it_is_due(database: Database) -> None:
    with database.transaction() as tx:
        intake.announce(tx, announced(at=LATER))

        assert claim(tx) == []
        assert keys(claim(tx, LATER)) == ["7"]


def test_a_file_waits_for_the_one_before_it_in_its_chat(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a", "b")
        put(tx, 2, "c")
        first = claim(tx)
        meanwhile = claim(tx)
        intake.settle(tx, first[0].id, "taken")

        assert keys(first) == ["a", "c"]
        assert meanwhile == []
        assert keys(claim(tx)) == ["b"]


def test_no_file_waits_for_one_that_its_chat_waits_for_no_longer(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a", "b")
        (stuck,) = claim(tx)
        intake.put_off(tx, stuck.id, LATER + HOLD)

        assert claim(tx) == []
        assert keys(claim(tx, NOW + HOLD)) == ["b"]
        assert keys(claim(tx, LATER + HOLD, until=LATER + 2 * HOLD)) == ["a", "b"]


def test_no_more_are_claimed_than_asked_for_and_the_oldest_first(database: Database) -> None:
    with database.transaction() as tx:
        for number in range(6):
            put(tx, number, f"key-{number}")

        assert keys(claim(tx, most=4)) == ["key-0", "key-1", "key-2", "key-3"]
        assert claim(tx, most=0) == []
        assert keys(claim(tx, most=4)) == ["key-4", "key-5"]


def test_only_the_channels_that_were_asked_for_are_claimed(database: Database) -> None:
    with database.transaction() as tx:
        intake.announce(tx, announced(where=Chat("zalo", "demo", "1"), key="z"))
        put(tx, 1, "b")

        assert keys(claim(tx)) == ["b"]
        assert keys(intake.claim(tx, ["zalo", "telegram"], "one", NOW, SOON, 9)) == ["z"]


def test_a_file_whose_fetcher_died_is_taken_up_again(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a")
        claim(tx)

        assert claim(tx, SOON) == []
        (again,) = claim(tx, SOON + timedelta(seconds=1), by="two")

    assert again.attempts == 2


def test_what_a_file_was_found_to_be_outlives_its_fetcher(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a")
        (file,) = claim(tx)
        intake.judged(tx, file.id, "photo", "c0ffee")

        (again,) = claim(tx, LATER, by="two")

    assert (again.found, again.file) == ("photo", "c0ffee")


@pytest.mark.parametrize("status", ["taken", "lost"])
def test_of_a_settled_file_nothing_personal_is_left(database: Database, status: str) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a")
        (file,) = claim(tx)
        intake.settle(tx, file.id, status)
        kept = row(tx)

        assert (kept["source"], kept["name"], kept["caption"]) == ("", "", "")
        assert kept["status"] == status
        assert not intake.any_open(tx)


def test_what_is_settled_stays_so_whoever_else_tried(database: Database) -> None:
    """Two may hold one file, when the claim of the first ran out though it was alive."""
    with database.transaction() as tx:
        put(tx, 1, "a")
        (file,) = claim(tx)
        intake.settle(tx, file.id, "taken")
        intake.put_off(tx, file.id, NOW)
        intake.settle(tx, file.id, "lost")

        assert row(tx)["status"] == "taken"
        assert claim(tx, LATER) == []


def test_claims_are_let_go_of_one_process_or_of_all(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a")
        put(tx, 2, "b")
        claim(tx, by="one", most=1)
        claim(tx, by="two", most=1)

        assert intake.release(tx, "one") == 1
        assert keys(claim(tx)) == ["a"]
        assert intake.release(tx) == 2
        assert keys(claim(tx)) == ["a", "b"]


def test_a_chat_waits_for_its_files_but_not_for_ever(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "a", "b")
        put(tx, 2, "c")
        (first, other) = claim(tx)
        intake.settle(tx, other.id, "taken")

        assert intake.holding(tx, NOW) == {chat(1): (first.id, first.id + 1)}
        assert intake.let_go(tx, NOW) == []
        assert intake.holding(tx, NOW + HOLD) == {}
        assert intake.awaited(tx, chat(1), NOW + HOLD) == 0
        assert intake.let_go(tx, NOW + HOLD) == [chat(1)]
        assert intake.let_go(tx, LATER) == []
        assert intake.any_open(tx)


def test_old_files_are_forgotten_once_they_are_settled(database: Database) -> None:
    with database.transaction() as tx:
        put(tx, 1, "open")
        put(tx, 2, "settled")
        (_, second) = claim(tx)
        intake.settle(tx, second.id, "taken")
        intake.announce(tx, announced(3, "young", at=LATER))

        assert intake.forget(tx, LATER) == 1
        assert keys(claim(tx, LATER)) == ["open", "young"]


def test_two_announcements_of_one_chat_at_once_see_each_other(database: Database) -> None:
    """Or each of two pictures of an album would be the first one."""

    def announce(key: str) -> int:
        with database.transaction() as tx:
            intake.announce(tx, announced(key=key))
            return intake.awaited(tx, chat(), NOW)

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as tx:
            intake.announce(tx, announced(key="a"))
            second = pool.submit(announce, "b")
            time.sleep(0.1)  # so that the second asks before the first is done
            first = intake.awaited(tx, chat(), NOW)
        assert [first, second.result()] == [1, 2]


def test_what_many_processes_claim_at_once_is_fetched_by_one(server: Server) -> None:
    with server.rows() as url, closing(Database(url)) as database:
        with database.transaction() as tx:
            for number in range(60):
                put(tx, number, f"a-{number}", f"b-{number}")

        def fetch(name: int) -> list[str]:
            mine = []
            for _ in range(40):
                with database.transaction() as tx:
                    claimed = claim(tx, by=str(name), most=3)
                with database.transaction() as tx:
                    for file in claimed:
                        intake.settle(tx, file.id, "taken")
                mine += keys(claimed)
            return mine

        with ThreadPoolExecutor(6) as pool:
            fetched = [key for mine in pool.map(fetch, range(6)) for key in mine]

    assert len(fetched) == len(set(fetched)) == 120
