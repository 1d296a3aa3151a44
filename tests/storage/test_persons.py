from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from storage import consents, links, persons, sessions
from storage.database import Database, table_of
from storage.persons import Chat, PersonRow
from storage.sessions import Saved
from tests.storage.people import LATER, NOW, SOON, chat, met


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


# -- several chats --------------------------------------------------------------------------------


def of_two_chats(tx: Connection, *, agreed: bool = True) -> int:
    """Somebody whose second chat came to the first, in which they then wrote."""
    an, other = met(tx, 1), met(tx, 2)
    links.join(tx, other, an, (0, {}), SOON)
    persons.meet(tx, [chat(1)], LATER)
    if agreed:
        consents.add(tx, an, consents.ELSEWHERE, 1, SOON)
    return an


def test_of_several_chats_the_one_counts_in_which_the_person_wrote_last(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx)
        first = persons.chat_of(tx, an)
        persons.meet(tx, [chat(2)], LATER + timedelta(seconds=1))

        assert first == chat(1)
        assert persons.chat_of(tx, an) == chat(2)


def test_a_preferred_chat_comes_before_the_last_until_another_is(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx)

        persons.prefer(tx, chat(2), LATER)
        second = persons.chat_of(tx, an)
        persons.prefer(tx, chat(1), LATER)
        persons.meet(tx, [chat(2)], LATER + timedelta(days=1))

        assert second == chat(2)
        assert persons.chat_of(tx, an) == chat(1)


def test_what_one_prefers_is_nothing_to_others(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx)
        met(tx, 3)

        persons.prefer(tx, chat(2), LATER)
        persons.prefer(tx, chat(3), LATER)

        assert persons.chat_of(tx, an) == chat(2)


def test_where_one_chat_is_blocked_letters_go_to_the_other_if_agreed(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx)
        persons.blocked(tx, chat(1), LATER)

        assert persons.chat_of(tx, an) == chat(2)
        assert persons.elsewhere(tx, an, chat(1)) == chat(2)
        assert persons.elsewhere(tx, an, chat(2)) is None


def test_without_consent_no_letter_goes_to_another_chat(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx, agreed=False)
        persons.blocked(tx, chat(1), LATER)

        assert persons.elsewhere(tx, an, chat(1)) is None
        assert persons.chat_of(tx, an) == chat(1)


def test_consent_that_was_taken_back_sends_no_letter_elsewhere(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx)
        consents.withdraw(tx, an, LATER)

        assert persons.elsewhere(tx, an, chat(1)) is None


def test_who_has_one_chat_is_reached_nowhere_else(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        consents.give(tx, an, [consents.ELSEWHERE], 1, NOW)
        persons.blocked(tx, chat(1), NOW)

        assert persons.elsewhere(tx, an, chat(1)) is None
        assert persons.chat_of(tx, an) == chat(1)


def test_since_when_a_chat_is_blocked_is_noted_once(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        persons.blocked(tx, chat(1), SOON)
        persons.blocked(tx, chat(1), LATER)
        persons.blocked(tx, chat(9), LATER)

        assert [place.blocked_at for place in persons.places(tx, an)] == [SOON]


def test_who_lets_us_in_again_or_writes_is_reached_again(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        persons.blocked(tx, chat(1), SOON)
        persons.blocked(tx, chat(2), SOON)

        persons.unblocked(tx, chat(1))
        persons.meet(tx, [chat(2)], LATER)

        places = [*persons.places(tx, an), *persons.places(tx, binh)]
        assert [place.blocked_at for place in places] == [None, None]


def test_a_chat_that_moves_stays_its_persons(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)

        assert persons.moved(tx, chat(1), chat(7))
        assert persons.of(tx, [chat(1), chat(7)]) == {chat(7): an}


def test_a_chat_does_not_move_onto_one_that_is_known(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)

        assert not persons.moved(tx, chat(1), chat(2))
        assert not persons.moved(tx, chat(8), chat(9))
        assert persons.of(tx, [chat(1), chat(2)]) == {chat(1): an, chat(2): binh}


def test_a_pause_is_over_in_the_chat_in_which_the_person_wrote_last(database: Database) -> None:
    with database.transaction() as tx:
        an = of_two_chats(tx)
        sessions.save(tx, [Saved(an, "{}", 3, None, SOON)], NOW)

        assert sessions.due(tx, SOON) == [(chat(1), 3, SOON)]
