"""How many dossiers and people a day of a round concerns, in its area."""

from datetime import date

import pytest
from sqlalchemy.engine import Connection

from programme.calendar import Milestone, Step
from storage import concerned, consents, dossiers, milestones, officers, producers
from storage.database import Database
from tests.storage.people import NOW, met, producer
from tests.storage.test_dossiers import values

ROUND, PROVINCE, ONE, OTHER = "tinh-1-2027", "15", "02869", "02890"
OFFICER, WOMAN, MAN = 1, 2, 3


def begun(tx: Connection) -> None:
    """An officer of everywhere; a woman with two dossiers in one commune, a man with one."""
    officers.appoint(tx, met(tx, OFFICER), "", NOW)
    for number, commune, count in ((WOMAN, ONE, 2), (MAN, OTHER, 1)):
        person = met(tx, number)
        made = producer(tx, f"HTX {number}", commune_code=commune, province_code=PROVINCE)
        producers.join(tx, person, made, "own", NOW)
        consents.give(tx, person, ["dossier", "reminders"], 1, NOW)
        for _ in range(count):
            dossiers.open_new(tx, values(made, person), NOW, 2026)


def whom(tx: Connection, area: str, step: Step = "file") -> tuple[int, int]:
    return concerned.by(tx, Milestone(ROUND, step, area, date(2027, 4, 12)), met(tx, OFFICER))


@pytest.mark.parametrize(
    ("area", "expected"), [("", (3, 2)), (PROVINCE, (3, 2)), (ONE, (2, 1)), ("99", (0, 0))]
)
def test_a_day_concerns_its_area_and_each_person_once(
    database: Database, area: str, expected: tuple[int, int]
) -> None:
    with database.transaction() as tx:
        begun(tx)

        assert whom(tx, area) == expected


def test_a_commune_with_its_own_day_is_not_concerned_by_that_of_the_province(
    database: Database,
) -> None:
    with database.transaction() as tx:
        begun(tx)
        own = Milestone(ROUND, "file", ONE, date(2027, 4, 1))
        milestones.move(tx, own, met(tx, OFFICER), NOW)

        assert whom(tx, PROVINCE) == (1, 1)
        assert whom(tx, PROVINCE, "council") == (3, 2)


def test_who_wants_no_reminders_is_counted_with_the_dossiers_alone(database: Database) -> None:
    with database.transaction() as tx:
        begun(tx)
        consents.end(tx, met(tx, MAN), "reminders", NOW)

        assert whom(tx, OTHER) == (1, 0)


def test_another_officer_there_hears_of_it_too(database: Database) -> None:
    with database.transaction() as tx:
        begun(tx)
        officers.appoint(tx, met(tx, 4), ONE, NOW)

        assert whom(tx, ONE) == (2, 2)


def test_closed_dossiers_and_those_of_other_rounds_are_not_concerned(database: Database) -> None:
    with database.transaction() as tx:
        begun(tx)
        dossiers.close(tx, 1, NOW)
        dossiers.change(tx, 2, round_key="tinh-2-2027")

        assert whom(tx, "") == (1, 1)
