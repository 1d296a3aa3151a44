"""A house on a channel that is killed again and again while people fill in forms."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from benchmarks.channels import checking
from benchmarks.channels.houses import House, Mother, Starts
from benchmarks.channels.people import Talker, seen_twice
from benchmarks.channels.services import Mode, Service, listening, serving
from storage.database import Database

LONGEST_LIFE = 0.6  # seconds from its first news to the kill, at most
AT_THE_START = 0.1  # share of kills that do not wait until the house listens
_SENDING = text("SELECT count(*) FROM outbox WHERE status = 'sending'")
_KEPT = text("SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM outbox)")


@dataclass(frozen=True, slots=True)
class Plan:
    """Who talks, and how often the house dies."""

    channel: str
    mode: Mode
    people: int = 20
    kills: int = 200
    seed: int = 1
    think: float = 0.1  # seconds that people think, at most


@dataclass(slots=True)
class Outcome:
    """What became of it all."""

    kills: int = 0
    caught: Counter[str] = field(default_factory=Counter)  # kills, by what was under way
    letters_under_way: int = 0
    heard: int = 0
    sent: int = 0
    ideas: int = 0
    answers: int = 0
    answered_again: int = 0
    letters_twice: int = 0
    questions_twice: int = 0
    faults: list[str] = field(default_factory=list)


async def play(plan: Plan, folder: Path, mother: Mother | Starts) -> Outcome:
    """Let people talk, kill the house so often, let all finish, and look at what is kept."""
    dice = random.Random(plan.seed)
    outcome = Outcome()
    async with serving(plan.channel, plan.mode) as service:
        house = House(mother, folder)
        house.channel = service.settings(house.port)
        house.begin()
        await listening(service, 0)
        people = _people(plan, service, dice)
        try:
            async with asyncio.TaskGroup() as lives:
                for one in people:
                    lives.create_task(one.live())
                await _kill(plan.kills, house, service, dice, outcome)
                for one in people:
                    one.wants_more = False
            await settled(house)
        finally:
            await house.stop()
    return _seen(house, people, outcome)


def _people(plan: Plan, service: Service, dice: random.Random) -> list[Talker]:
    return [
        Talker(n, service.phone(f"Bà Mai {n}"), lambda: dice.uniform(0, plan.think))
        for n in range(1, plan.people + 1)
    ]


async def _kill(
    times: int, house: House, service: Service, dice: random.Random, outcome: Outcome
) -> None:
    for _ in range(times):
        await asyncio.sleep(dice.uniform(0, LONGEST_LIFE))
        await house.kill()
        service.house_died()
        _note(house, service, outcome)
        before = service.begun()
        house.begin()
        if dice.random() >= AT_THE_START:
            await listening(service, before)


def _note(house: House, service: Service, outcome: Outcome) -> None:
    """Note what the kill has broken off."""
    database = Database(house.url)
    try:
        with database.reading() as tx:
            under_way = tx.execute(_SENDING).scalar_one()
    finally:
        database.close()
    outcome.kills += 1
    outcome.letters_under_way += under_way
    for what, count in (("an update", service.waiting()), ("a letter", under_way)):
        outcome.caught[what] += count > 0
    outcome.caught["nothing"] += not (under_way or service.waiting())


async def settled(house: House) -> None:
    """Wait until every letter is sent and noted."""
    database = Database(house.url)
    waiting = text("SELECT count(*) FROM outbox WHERE status IN ('waiting', 'sending')")
    try:
        async with asyncio.timeout(60):
            while True:
                with database.reading() as tx:
                    if not tx.execute(waiting).scalar_one():
                        return
                await asyncio.sleep(0.05)
    finally:
        database.close()


def _seen(house: House, people: Sequence[Talker], outcome: Outcome) -> Outcome:
    database = Database(house.url)
    try:
        outcome.faults += checking.faults(database, people)
        with database.reading() as tx:
            outcome.heard, outcome.sent = tx.execute(_KEPT).one()
    finally:
        database.close()
    for one in people:
        outcome.ideas += one.ideas
        outcome.answers += one.answered
        outcome.answered_again += one.answered_again
        letters, questions = seen_twice(one)
        outcome.letters_twice += letters
        outcome.questions_twice += questions
    return outcome
