from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from storage import persons
from storage.database import Database, table_of
from storage.persons import Chat, PersonRow
from tests.storage.people import NOW, chat


def count(database: Database) -> int:
    with database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(table_of(PersonRow))).scalar_one())


def test_a_new_chat_is_a_new_person_who_stays_the_same(database: Database) -> None:
    with database.transaction() as tx:
        met = persons.meet(tx, [chat(1), chat(2), chat(1)], NOW)
    with database.transaction() as tx:
        again = persons.meet(tx, [chat(2), chat(1), chat(3)], NOW)

    assert met.keys() == {chat(1), chat(2)}
    assert {number: again[number] for number in met} == met
    assert len(set(again.values())) == 3
    assert count(database) == 3


def test_the_same_name_on_another_channel_or_bot_is_somebody_else(database: Database) -> None:
    chats = [Chat("zalo", "a", "7"), Chat("telegram", "a", "7"), Chat("telegram", "b", "7")]

    with database.transaction() as tx:
        met = persons.meet(tx, chats, NOW)

    assert len(set(met.values())) == 3
    with database.reading() as tx:
        assert persons.of(tx, [*chats, Chat("zalo", "b", "7")]) == met


def test_nobody_asked_for_is_nobody_found(database: Database) -> None:
    with database.transaction() as tx:
        assert persons.of(tx, []) == {}
        assert persons.meet(tx, [], NOW) == {}


def test_hundreds_of_new_people_at_once_each_get_their_own_number(database: Database) -> None:
    chats = [chat(number) for number in range(300)]

    with database.transaction() as tx:
        met = persons.meet(tx, chats, NOW)

    assert met.keys() == set(chats)
    assert len(set(met.values())) == 300


def test_ten_who_meet_the_same_people_at_once_agree_who_they_are(database: Database) -> None:
    """Every other one meets them in the opposite order, as two processes may."""
    chats = [chat(number) for number in range(1500)]

    def meet(turn: int) -> dict[Chat, int]:
        with database.transaction() as tx:
            return persons.meet(tx, chats[:: -1 if turn % 2 else 1], NOW)

    with ThreadPoolExecutor(10) as pool:
        seen = list(pool.map(meet, range(10)))

    assert all(one == seen[0] for one in seen)
    assert count(database) == 1500


def test_a_person_is_reached_where_they_came_by_last(database: Database) -> None:
    with database.transaction() as tx:
        person = persons.meet(tx, [chat(1)], NOW)[chat(1)]
        row = {**chat(2)._asdict(), "person_id": person, "created_at": NOW + timedelta(days=1)}
        tx.execute(persons.CHATS.insert().values(row))

        assert persons.chat_of(tx, person) == chat(2)
        assert persons.chat_of(tx, person + 1) is None
