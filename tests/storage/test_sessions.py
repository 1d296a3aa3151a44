from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from storage import sessions
from storage.database import Database
from storage.sessions import Kept, Saved
from tests.storage.people import LATER, NOW, SOON, chat, met


def saved(person: int, body: str = "{}", **more: Any) -> Saved:
    return Saved(person, body, 1, None, None)._replace(**more)


def test_a_session_is_loaded_as_it_was_saved_last(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, cuc = (met(tx, number) for number in (1, 2, 3))
        sessions.save(tx, [saved(binh, "bình"), saved(an, "an", shown=7)], NOW)
    with database.transaction() as tx:
        sessions.save(tx, [saved(an, "an, later", token=2, shown=2**62)], LATER)

    with database.transaction() as tx:
        loaded = sessions.load(tx, [an, binh, cuc])
        assert loaded == {an: Kept("an, later", 2**62), binh: Kept("bình", None)}
        assert sessions.load(tx, []) == {}
        assert sessions.everyone(tx) == ["an, later", "bình"]


def test_of_one_person_saved_twice_at_once_the_last_counts(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        sessions.save(tx, [saved(an, "first"), saved(an, "last")], NOW)

        assert sessions.load(tx, [an]) == {an: Kept("last", None)}


def test_any_text_survives(database: Database) -> None:
    body = '{"said": "Gạo nếp \\u0000 \\"%s\\" $1 ? :name \'; DROP TABLE sessions; -- 😀"}' * 20
    with database.transaction() as tx:
        people = [met(tx, number) for number in range(130)]
        sessions.save(tx, [saved(person, f"{person} {body}") for person in people], NOW)

        assert sessions.load(tx, people) == {p: Kept(f"{p} {body}", None) for p in people}


def test_where_a_question_appeared_is_noted_while_it_is_the_open_one(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        sessions.save(tx, [saved(an, token=5), saved(binh, token=5)], NOW)

        sessions.note_shown(tx, [(an, 5, 1_732_000_000_000), (binh, 4, 99)])
        sessions.note_shown(tx, [])

        assert sessions.load(tx, [an, binh]) == {
            an: Kept("{}", 1_732_000_000_000),
            binh: Kept("{}", None),
        }


def test_pauses_that_are_over_are_found_the_longest_over_first(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, cuc, dung = (met(tx, number) for number in (1, 2, 3, 4))
        pauses = [
            saved(an, wake_at=SOON, token=3),
            saved(binh, wake_at=NOW, token=4),
            saved(cuc, wake_at=LATER),
            saved(dung),
        ]
        sessions.save(tx, pauses, NOW)

        assert sessions.due(tx, SOON) == [(chat(2), 4, NOW), (chat(1), 3, SOON)]
        assert sessions.due(tx, SOON, most=1) == [(chat(2), 4, NOW)]
        assert sessions.due(tx, NOW - timedelta(seconds=1)) == []


def test_ten_turns_at_once_on_one_session_lose_nothing(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        sessions.save(tx, [saved(an, "")], NOW)

    def turn(number: int) -> None:
        with database.transaction() as tx:
            body = sessions.load(tx, [an])[an].body
            sessions.save(tx, [saved(an, f"{body} {number}")], NOW)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(turn, range(30)))

    with database.reading() as tx:
        (body,) = sessions.everyone(tx)
    assert sorted(map(int, body.split())) == list(range(30))
