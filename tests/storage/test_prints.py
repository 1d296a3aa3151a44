from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from storage import links, prints
from storage.database import Database
from storage.persons import Chat
from storage.prints import Asked, Claimed
from tests.conftest import Server
from tests.storage.people import LATER, NOW, SOON, chat, met

ABOUT = '{"name": "Gạo Khẩu Mèo"}'
FILE = "f" * 64


def ask(
    tx: Connection, number: int = 1, kind: str = "book", about: str = ABOUT, at: datetime = NOW
) -> int:
    return prints.ask(tx, Asked(chat(number), met(tx, number), kind, about), at)


def claim(
    tx: Connection,
    now: datetime = NOW,
    by: str = "one",
    until: datetime = SOON,
    most: int = 9,
    but: Sequence[str] = (),
) -> list[Claimed]:
    return prints.claim(tx, by, now, until, most, but)


def row(tx: Connection) -> dict[str, object]:
    return dict(tx.execute(text("SELECT * FROM prints")).mappings().one())


def test_what_is_asked_for_is_claimed_with_all_that_it_takes_to_print_it(
    database: Database,
) -> None:
    with database.transaction() as tx:
        number = ask(tx)

        (claimed,) = claim(tx)

        assert claimed == Claimed(number, chat(), met(tx), "book", ABOUT, 1)


def test_the_very_same_asked_for_twice_is_printed_once(database: Database) -> None:
    """An impatient thumb must not cost ten minutes of printing."""
    with database.transaction() as tx:
        number = ask(tx)
        claim(tx)

        assert ask(tx, at=LATER) == number


@pytest.mark.parametrize("other", [{"number": 2}, {"kind": "card"}, {"about": "{}"}])
def test_what_differs_in_anything_is_another_paper(
    database: Database, other: dict[str, object]
) -> None:
    with database.transaction() as tx:
        assert ask(tx) != ask(tx, **other)  # type: ignore[arg-type]  # one of its own arguments


@pytest.mark.parametrize("ended", ["done", "failed"])
def test_what_is_asked_for_again_afterwards_is_printed_again(
    database: Database, ended: str
) -> None:
    with database.transaction() as tx:
        number = ask(tx)
        assert (
            prints.done(tx, number, FILE, NOW) if ended == "done" else prints.fail(tx, number, NOW)
        )

        assert ask(tx) != number


def test_somebody_elses_chat_now_is_somebody_elses_paper(database: Database) -> None:
    with database.transaction() as tx:
        number = ask(tx)
        other = prints.ask(tx, Asked(chat(), met(tx, 2), "book", ABOUT), NOW)

        assert other != number


def test_nothing_is_claimed_twice_before_its_time_is_over(database: Database) -> None:
    with database.transaction() as tx:
        ask(tx)
        claim(tx)

        assert claim(tx, by="two") == []
        assert [one.attempts for one in claim(tx, LATER, "two", LATER + timedelta(minutes=1))] == [
            2
        ]


def test_the_oldest_are_claimed_first_and_no_more_than_wanted(database: Database) -> None:
    with database.transaction() as tx:
        first, second = ask(tx), ask(tx, 2)

        assert [one.id for one in claim(tx, most=1)] == [first]
        assert [one.id for one in claim(tx, most=1)] == [second]


def test_some_kinds_are_left_for_later(database: Database) -> None:
    """A card does not wait behind a second book."""
    with database.transaction() as tx:
        book, card = ask(tx), ask(tx, kind="card")

        assert [one.id for one in claim(tx, but=["book", "book_zip"])] == [card]
        assert [one.id for one in claim(tx)] == [book]


def test_what_is_put_off_waits_until_it_is_due(database: Database) -> None:
    with database.transaction() as tx:
        number = ask(tx)
        claim(tx)
        prints.put_off(tx, number, SOON)

        assert claim(tx) == []
        assert [one.attempts for one in claim(tx, SOON, until=LATER)] == [2]


def test_it_is_done_once_whoever_else_has_printed_it_too(database: Database) -> None:
    """The letter is posted with it, and nobody wants the same book twice."""
    with database.transaction() as tx:
        number = ask(tx)
        claim(tx)
        claim(tx, LATER, "two", LATER + timedelta(minutes=1))

        assert prints.done(tx, number, FILE, LATER)
        assert not prints.done(tx, number, FILE, LATER)
        assert not prints.fail(tx, number, LATER)
        prints.put_off(tx, number, LATER)
        assert claim(tx, LATER) == []


def test_what_stood_in_a_paper_is_forgotten_when_it_is_settled(database: Database) -> None:
    with database.transaction() as tx:
        number = ask(tx)
        claim(tx)
        prints.done(tx, number, FILE, LATER)

        settled = row(tx)
        assert (settled["status"], settled["file"], settled["about"]) == ("done", FILE, "")
        assert (settled["claimed_by"], settled["claimed_until"]) == (None, None)


def test_what_a_process_held_is_free_again_when_it_ends(database: Database) -> None:
    with database.transaction() as tx:
        ask(tx)
        ask(tx, 2)
        claim(tx, by="one", most=1)
        claim(tx, by="two", most=1)

        assert prints.release(tx, "one") == 1
        assert len(claim(tx)) == 1
        assert prints.release(tx) == 2
        assert len(claim(tx)) == 2


def test_what_is_due_is_known(database: Database) -> None:
    with database.transaction() as tx:
        assert not prints.any_open(tx, NOW)
        number = ask(tx)
        assert prints.any_open(tx, NOW)
        claim(tx)
        assert not prints.any_open(tx, NOW)
        assert prints.any_open(tx, LATER)
        prints.put_off(tx, number, SOON)
        assert not prints.any_open(tx, NOW)
        assert prints.any_open(tx, SOON)
        prints.fail(tx, number, SOON)
        assert not prints.any_open(tx, LATER)


def test_what_takes_long_is_held_on_to_by_whoever_has_it(database: Database) -> None:
    with database.transaction() as tx:
        number = ask(tx)
        claim(tx)
        prints.keep(tx, [number], "one", LATER)
        prints.keep(tx, [number], "two", NOW)
        prints.keep(tx, [], "one", LATER)

        assert claim(tx, SOON + timedelta(seconds=1), "two") == []


def test_a_paper_is_for_whoever_asked_as_long_as_the_chat_is_theirs(database: Database) -> None:
    """A linked phone may be lent to somebody else before a long book is ready."""
    with database.transaction() as tx:
        number = ask(tx)
        asker = prints.reader(tx, number)
        links.leave(tx, chat(), LATER)

        assert asker == row(tx)["person_id"]
        assert prints.reader(tx, number) is None


def test_only_what_is_settled_and_old_is_dropped(database: Database) -> None:
    with database.transaction() as tx:
        prints.fail(tx, ask(tx, 1), NOW)
        ask(tx, 2)
        prints.fail(tx, ask(tx, 3, at=LATER), LATER)

        assert prints.forget(tx, LATER) == 1
        assert len(tx.execute(text("SELECT id FROM prints")).all()) == 2


def test_two_processes_take_different_papers(server: Server) -> None:
    with server.rows() as url, closing(Database(url)) as database:
        with database.transaction() as tx:
            for number in range(20):
                ask(tx, number)
        with ThreadPoolExecutor(4) as threads:
            taken = list(threads.map(lambda by: _taken(database, f"p{by}"), range(4)))

    assert sorted(number for some in taken for number in some) == list(range(1, 21))


def _taken(database: Database, by: str) -> list[int]:
    found: list[int] = []
    while True:
        with database.transaction() as tx:
            some = claim(tx, by=by, most=3)
        if not some:
            return found
        found += [one.id for one in some]


def test_the_same_asked_for_in_two_processes_at_once_is_printed_once(server: Server) -> None:
    with server.rows() as url, closing(Database(url)) as database:
        with database.transaction() as tx:
            person = met(tx)
        wanted = Asked(Chat(*chat()), person, "book", ABOUT)
        with ThreadPoolExecutor(4) as threads:
            numbers = set(threads.map(lambda _: _asked(database, wanted), range(8)))

    assert len(numbers) == 1


def _asked(database: Database, wanted: Asked) -> int:
    with database.transaction() as tx:
        return prints.ask(tx, wanted, NOW)
