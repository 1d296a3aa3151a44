"""Invitations: a code is good once and for a while; its own words are nowhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import text

from programme.roles import Role
from storage import duties, invitations, officers
from storage.database import Database
from storage.invitations import Office
from tests.storage.people import LATER, NOW, met

CODE = "K7PX4MC9T"
COMMUNE = Office(Role.COMMUNE, "02869")


def test_a_code_gives_its_office_once(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        number = invitations.give(tx, CODE, COMMUNE, LATER)

        assert invitations.look(tx, CODE, NOW) == COMMUNE
        used = invitations.use(tx, CODE, an, NOW)
        assert used is not None
        assert used == (number, COMMUNE)
        assert invitations.use(tx, CODE, binh, NOW) is None
        assert invitations.look(tx, CODE, NOW) is None


def test_of_many_who_use_a_code_at_once_one_has_it(database: Database) -> None:
    with database.transaction() as tx:
        people = [met(tx, number) for number in range(1, 5)]
        invitations.give(tx, CODE, COMMUNE, LATER)

    def use(person: int) -> bool:
        with database.transaction() as tx:
            return invitations.use(tx, CODE, person, NOW) is not None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, people)) == [False, False, False, True]


def test_a_code_is_good_until_its_end_and_not_at_it(database: Database) -> None:
    with database.transaction() as tx:
        invitations.give(tx, CODE, COMMUNE, LATER)

        assert invitations.look(tx, CODE, LATER - timedelta(microseconds=1)) == COMMUNE
        assert invitations.look(tx, CODE, LATER) is None
        assert invitations.use(tx, CODE, met(tx), LATER) is None


def test_another_code_gives_nothing(database: Database) -> None:
    with database.transaction() as tx:
        invitations.give(tx, CODE, COMMUNE, LATER)

        assert invitations.look(tx, CODE[::-1], NOW) is None


def test_what_somebody_gave_is_taken_back_unless_it_was_used(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, cuc = (met(tx, number) for number in (1, 2, 3))
        for place, by in enumerate((an, an, binh)):
            invitations.give(tx, f"{CODE}{place}", COMMUNE._replace(made_by=by), LATER)
        invitations.use(tx, f"{CODE}0", cuc, NOW)

        assert invitations.open_(tx, an, NOW) == 1
        assert invitations.open_(tx, an, LATER) == 0
        assert invitations.take_back(tx, an) == 1
        assert invitations.look(tx, f"{CODE}1", NOW) is None
        assert invitations.look(tx, f"{CODE}2", NOW) is not None


def test_a_code_to_follow_somebody_can_be_taken_back_whoever_gave_it(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        invitations.give(tx, CODE, COMMUNE._replace(made_by=an, follows=binh), LATER)

        assert invitations.drop_following(tx, an) == 0
        assert invitations.drop_following(tx, binh) == 1
        assert invitations.look(tx, CODE, NOW) is None


def test_open_invitations_go_over_to_whoever_follows(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        invitations.give(tx, CODE, COMMUNE._replace(made_by=an), LATER)

        duties.pass_on(tx, an, binh, NOW)

        found = invitations.look(tx, CODE, NOW)
        assert found is not None
        assert found.made_by == binh


def test_the_code_itself_is_not_kept(database: Database) -> None:
    with database.transaction() as tx:
        invitations.give(tx, CODE, COMMUNE, LATER)

        assert CODE not in str(tx.execute(text("SELECT * FROM invitations")).all())


def test_the_last_administrator_of_an_area_is_known(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        officers.appoint(tx, an, "", NOW)

        assert officers.is_last_administrator(tx, an)
        officers.appoint(tx, binh, "15", NOW, Role.ADMINISTRATOR)
        assert officers.is_last_administrator(tx, an)
        officers.appoint(tx, binh, "", NOW)
        assert not officers.is_last_administrator(tx, an)
        officers.appoint(tx, binh, "15", NOW)
        assert not officers.is_last_administrator(tx, binh), "it is none"
