from storage import officers
from storage.database import Database
from tests.storage.people import LATER, NOW, chat, met


def test_an_officer_hears_of_their_own_commune_and_one_of_all_hears_of_each(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, binh, cuc, dung = (met(tx, number) for number in (1, 2, 3, 4))
        officers.appoint(tx, binh, "02869", NOW)
        officers.appoint(tx, an, "", NOW)
        officers.appoint(tx, cuc, "02884", NOW)

        assert officers.of_commune(tx, "02869") == [an, binh]
        assert officers.of_commune(tx, "") == [an]
        assert [officers.is_officer(tx, person) for person in (an, binh, dung)] == [
            True,
            True,
            False,
        ]


def test_an_officer_who_is_appointed_again_has_the_new_area(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        officers.appoint(tx, an, "", NOW)
        officers.appoint(tx, an, "02869", LATER)

        assert officers.of_commune(tx, "02884") == []
        assert officers.of_commune(tx, "02869") == [an]


def test_the_chats_of_officers_with_a_bot_are_known_and_nobody_elses(database: Database) -> None:
    with database.transaction() as tx:
        officers.appoint(tx, met(tx, 1), "02728", NOW)
        met(tx, 2)

        assert officers.chats(tx, chat(1).channel, chat(1).bot) == [chat(1).chat]
        assert officers.chats(tx, "telegram", chat(1).bot) == []
