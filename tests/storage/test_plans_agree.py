"""Planned of all dossiers at once or of a few after the other, the same is planned."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from programme.calendar import Milestone, Step
from storage import consents, dossiers, milestones, officers, papers, producers, reminders
from storage.database import Database
from tests.storage.people import NOW, met
from tests.storage.test_plans import COMMUNE, LATER, dossier, house, paper, plan

COMMUNES = (COMMUNE, "02647", "00004", "")
AREAS = ("", "15", "01", *COMMUNES[:3])
STEPS: tuple[Step, ...] = ("ideas", "training", "council")
ROUNDS = ("tinh-1-2027", "tinh-2-2027")
OFFICERS = 50  # the number of the first of them; producers' people come before
Planned = dict[tuple[Any, ...], str]


def a_day(chance: Random) -> date:
    return date(2026, 11, 10) + timedelta(days=chance.randrange(300))


def settle(tx: Connection, chance: Random) -> None:
    """A small town: houses with dossiers and papers, helpers, officers, and days of the rounds."""
    for number in range(1, chance.randrange(2, 5)):
        home = house(tx, number, chance.choice(COMMUNES))
        if number > 1 and chance.random() < 0.5:
            producers.join(tx, 1, home, "helper", NOW)
        for _ in range(chance.randrange(1, 4)):
            dossier(tx, home, council=a_day(chance), round_key=chance.choice(ROUNDS))
    for number in range(chance.randrange(4)):
        officers.appoint(tx, met(tx, OFFICERS + number), chance.choice(AREAS), NOW)
    for _ in range(12):
        change(tx, chance)


def change(tx: Connection, chance: Random) -> None:
    """Something happens."""
    one = dossiers.by_id(tx, chance.choice(numbers(tx)))
    home, product = one["producer_id"], one["root"]
    match chance.randrange(8):
        case 0:
            dossiers.change(tx, one["id"], file_by=a_day(chance), begin_by=a_day(chance))
        case 1:
            dossiers.change(tx, one["id"], council=a_day(chance), round_key=chance.choice(ROUNDS))
        case 2:
            paper(tx, home, a_day(chance), product=chance.choice((None, product)))
        case 3:
            standing = [each["id"] for each in papers.standing(tx, home, product)]
            papers.replace(tx, standing[:1], NOW)
        case 4:
            dossiers.file(tx, one["id"], 1, a_day(chance), NOW)
        case 5 if chance.random() < 0.3:
            dossiers.close(tx, one["id"], NOW)
        case 6:
            person = chance.choice((1, met(tx, 2)))
            consents.end(tx, person, "reminders", NOW)
            if chance.random() < 0.5:
                consents.add(tx, person, "reminders", 1, NOW)
        case _:
            day = a_day(chance)
            to = Milestone(chance.choice(ROUNDS), chance.choice(STEPS), chance.choice(AREAS), day)
            milestones.move(tx, to, None, NOW)


def numbers(tx: Connection) -> list[int]:
    return [row[0] for row in tx.exec_driver_sql("SELECT id FROM dossiers ORDER BY id")]


def planned(tx: Connection, *handfuls: list[int] | None) -> Planned:
    """What stands when these are planned one after the other; then it is as it was."""
    before = tx.begin_nested()
    for ids in handfuls:
        plan(tx, ids, LATER)
    key = ("person_id", "kind", "subject", "day", "before", "due_at", "use_by")
    found = {tuple(row[n] for n in key): row["status"] for row in reminders.everyone(tx)}
    before.rollback()
    return found


def handfuls(chance: Random, ids: list[int]) -> list[list[int] | None]:
    """All of these, in any order, a few at a time."""
    chance.shuffle(ids)
    size = chance.randrange(1, 4)
    return [ids[at : at + size] for at in range(0, len(ids), size)]


@pytest.mark.parametrize("seed", range(2))
def test_all_at_once_and_a_few_after_the_other_come_to_the_same(
    database: Database, seed: int
) -> None:
    chance = Random(seed)
    with database.transaction() as tx:
        settle(tx, chance)
        ids = numbers(tx)
        assert planned(tx, *handfuls(chance, ids)) == planned(tx, None)

        plan(tx)
        for _ in range(8):
            change(tx, chance)
        assert planned(tx, *handfuls(chance, ids)) == planned(tx, None)
        assert planned(tx, None, *handfuls(chance, ids)) == planned(tx, None)
