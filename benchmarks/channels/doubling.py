"""Forms that are filled in while nearly everything comes twice or three times."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.channels import checking
from benchmarks.channels.houses import House, Mother
from benchmarks.channels.killing import settled
from benchmarks.channels.people import Talker, seen_twice
from benchmarks.channels.services import Mode, Service, listening, serving, shuffled
from storage.database import Database

BATCH = 40  # updates that are told again together
OFTEN = 0.02  # seconds between looks whether there are so many


@dataclass(frozen=True, slots=True)
class Plan:
    """How many forms come in on which channel, and what share of letters is sent twice."""

    channel: str
    mode: Mode
    forms: int
    each: int = 5  # ideas that one person hands in; the last may hand in fewer
    share: float = 0.1
    lost: float = 0.1  # share of our letters whose answer is lost, so that they are sent again
    seed: int = 1
    think: float = 0.5  # seconds that people think, at most


@dataclass(slots=True)
class Outcome:
    """What became of it all."""

    forms: int = 0
    said: int = 0
    doubled: int = 0
    updates: int = 0  # each of which was told three times
    letters: int = 0
    letters_twice: int = 0
    answered_again: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count the other's together with these."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


async def play(plan: Plan, folder: Path, mother: Mother) -> Outcome:
    """Let everybody fill in forms, tell all of it twice more, and look at what is kept."""
    dice = random.Random(plan.seed)
    async with serving(plan.channel, plan.mode, listed=True) as service:
        house = House(mother, folder)
        house.channel = service.settings(house.port)
        house.begin()
        await listening(service, 0)
        service.loses_answers(lambda: dice.random() < plan.lost)
        people = _people(plan, service, dice)
        replay = Replay(service, dice)
        replaying = asyncio.create_task(replay.run())
        try:
            await asyncio.gather(*(one.live() for one in people))
            replaying.cancel()
            await replay.rest()
            await settled(house)
        finally:
            await house.stop()
    return _outcome(house, people, replay.place)


def _people(plan: Plan, service: Service, dice: random.Random) -> list[Talker]:
    everybody = []
    for number, first in enumerate(range(0, plan.forms, plan.each), 1):
        phone = service.phone(f"Bà Mai {number}")
        phone.doubles = lambda: dice.random() < plan.share
        one = Talker(number, phone, lambda: dice.uniform(0, plan.think))
        one.most_ideas = min(plan.each, plan.forms - first)
        everybody.append(one)
    return everybody


@dataclass
class Replay:
    """Tells again what was told, some time later, each update twice and in any order."""

    service: Service
    dice: random.Random
    place: int = 0

    async def run(self) -> None:
        """Replay whole batches until cancelled."""
        while True:
            while len(self.service.told()) - self.place >= BATCH:
                self._batch()
            await asyncio.sleep(OFTEN)

    async def rest(self) -> None:
        """Replay what is left, and wait until everything has been taken."""
        self._batch()
        async with asyncio.timeout(120):
            while self.service.waiting():  # noqa: ASYNC110 - it is another process that takes it
                await asyncio.sleep(OFTEN)

    def _batch(self) -> None:
        batch = self.service.told()[self.place : self.place + BATCH]
        self.place += len(batch)
        self.service.tell_again(shuffled(batch, self.dice))


def _outcome(house: House, people: Sequence[Talker], updates: int) -> Outcome:
    database = Database(house.url)
    try:
        found = checking.faults(database, people)
    finally:
        database.close()
    return Outcome(
        forms=sum(one.ideas for one in people),
        said=sum(one.on.said for one in people),
        doubled=sum(one.on.doubled for one in people),
        updates=updates,
        letters=sum(len(one.phone.lines) for one in people),
        letters_twice=sum(seen_twice(one)[0] for one in people),
        answered_again=sum(one.answered_again for one in people),
        faults=found + house.complaints(),
    )
