"""One announcement to thousands, through kills, pauses, blocks and refusals, and people who ask."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.channels.daylight import ahead
from benchmarks.channels.houses import House, Mother
from benchmarks.channels.limits import OVERALL, Limits
from benchmarks.channels.people import Talker
from benchmarks.channels.services import Telegram, listening
from benchmarks.channels.waiting import Watch
from storage import announcements, consents, officers, persons, recipients
from storage.announcements import Ledger
from storage.database import Database, Transaction
from storage.persons import Chat
from storage.recipients import NEWS
from tests.emulators.telegram import TOKEN
from tests.emulators.telegram_calls import Call

BOT = TOKEN.partition(":")[0]
OFFICE = Chat("browser", "demo", "officer")
WARM = 3.0  # seconds that are not measured, after a start
AT_THE_START = 0.1  # of all kills come before the process listens
BLOCKED, LEAVING, SLOW = 0.02, 0.02, 0.02  # of all people
SLOW_FOR = 2.0  # seconds for which a chat is closed
THINK = (1.1, 8.0)  # seconds that a person who fills in a form takes for an answer
PATIENCE = 120.0  # seconds without a letter: then something is stuck
AFTER = 2.0  # seconds after the end in which nobody may be told


@dataclass(frozen=True, slots=True)
class Plan:
    """How many are told, how often the process dies, and how long the pace is measured."""

    people: int = 5000
    kills: int = 50
    seconds: float = 60.0
    asking: int = 50
    seed: int = 1
    lives: tuple[float, float] = (0.2, 4.0)  # seconds that a process lives
    pauses: int = 8  # of so many kills one comes after a pause
    last: float = 0.04  # of the people are left when it is called off


@dataclass(slots=True)
class Outcome:
    """What came of it; times in seconds."""

    faults: list[str] = field(default_factory=list)
    looks: int = 0  # at the ledger
    ledger: Ledger | None = None
    reasons: Counter[str] = field(default_factory=Counter)
    seen: int = 0  # people who saw it
    twice: int = 0  # who saw it once more
    unsure: int = 0  # rows that say that it perhaps came
    unsure_unseen: int = 0  # of these those to whom it did not
    pauses: int = 0
    cancelled_after: float = 0.0  # until the last letter, once it was called off
    used: float = 0.0  # share of what the service takes, while nothing else happened
    refused: int = 0  # letters beyond what the service takes, in all
    asked_to_wait: int = 0  # refusals by chats that were closed on purpose
    answers: list[float] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The time within which that share of answers was there."""
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass
class Play:
    """The office, its people on Telegram, and the process between them."""

    plan: Plan
    house: House
    telegram: Telegram
    limits: Limits
    ahead: timedelta
    dice: random.Random
    outcome: Outcome = field(default_factory=Outcome)
    announced: int = 0
    people: dict[int, int] = field(default_factory=dict)  # by chat
    slow: set[int] = field(default_factory=set)  # chats that will be closed once for a while

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction of another process on the same database."""
        database = Database(self.house.url)
        try:
            with database.transaction() as tx:
                yield tx
        finally:
            database.close()

    def now(self) -> datetime:
        """The time by the process's clock."""
        return datetime.now(UTC) + self.ahead

    # -- the service ---------------------------------------------------------------------------

    def hear(self, call: Call) -> None:
        """Let the call through as the service does; a slow chat is closed when it is first told."""
        if call.name == "sendMessage" and (chat := int(call.model.chat_id)) in self.slow:
            self.slow.remove(chat)
            self.limits.closed[chat] = time.monotonic() + SLOW_FOR
        self.limits.hear(call)

    def told(self) -> int:
        """How many letters of the announcement came through by now."""
        return sum(chat in self.people for _, chat in self.limits.passed)

    # -- the office ----------------------------------------------------------------------------

    def announce(self) -> None:
        """Freeze it to everybody, and let it go."""
        everybody = [self.telegram.emulator.person(f"P {n}") for n in range(self.plan.people)]
        now = self.now()
        with self.writing() as tx:
            chats = [Chat("telegram", BOT, str(one.id)) for one in everybody]
            met = persons.meet(tx, chats, now)
            self.people = {int(chat.chat): person for chat, person in met.items()}
            for person in met.values():
                consents.give(tx, person, ("dossier", NEWS), 1, now)
            office = persons.meet(tx, [OFFICE], now)[OFFICE]
            officers.appoint(tx, office, "", now)
            values = {"kind": "other", "area": "", "made_by": office}
            whom = [(person, None) for person in met.values()]
            told = {**values, "said": '{"name": "", "office": "", "text": "x"}', "aim": "{}"}
            self.announced = announcements.make(tx, told, whom, now, now.year)
            announcements.start(tx, self.announced, now)
        blocked, slow = (max(1, round(len(everybody) * share)) for share in (BLOCKED, SLOW))
        some = self.dice.sample(everybody, blocked + slow)
        for one in some[:blocked]:
            one.blocked = True
        self.slow = {one.id for one in some[blocked:]}

    def look(self) -> Ledger:
        """Whether the ledger adds up at this instant."""
        database = Database(self.house.url)
        try:
            with database.reading() as tx:
                found = announcements.ledger(tx, self.announced)
        finally:
            database.close()
        self.outcome.looks += 1
        if found.previewed != sum(found[1:]) or found.previewed != self.plan.people:
            self.outcome.faults.append(f"does not add up: {found}")
        return found

    def let(self, deed: Callable[[Transaction, int, datetime], Any]) -> bool:
        """Pause, resume or cancel it."""
        with self.writing() as tx:
            return bool(deed(tx, self.announced, self.now()))

    def leave(self) -> None:
        """Somebody wants no news any more."""
        count = max(1, round(self.plan.people * LEAVING / max(1, self.plan.kills)))
        with self.writing() as tx:
            for person in self.dice.sample(sorted(self.people.values()), count):
                consents.end(tx, person, NEWS, self.now())


# -- the story -------------------------------------------------------------------------------------


async def play(plan: Plan, folder: Path, mother: Mother) -> Outcome:
    """Measure the pace, kill again and again, let it go on, call the rest off, and count."""
    telegram, limits = Telegram("polling"), Limits()
    async with telegram.emulator.running():
        house = House(mother, folder)
        here = Play(plan, house, telegram, limits, ahead(), random.Random(plan.seed))
        telegram.also = here.hear
        house.channel = telegram.settings(house.port)
        house.channel["AHEAD"] = str(here.ahead.total_seconds())
        house.begin()
        try:
            await listening(telegram, 0)
            here.announce()
            if plan.seconds:
                await _measure(here)
            await _kill(here)
            await _call_off(here)
        finally:
            await house.kill()
    _count(here)
    return here.outcome


async def _measure(here: Play) -> None:
    """The pace and the answers, while nothing goes wrong but what people do."""
    watches = [Watch() for _ in range(here.plan.asking)]
    people = [_person(here, number, watch) for number, watch in enumerate(watches, 1)]
    asking = [asyncio.create_task(one.live()) for one in people]
    await asyncio.sleep(WARM)
    slow, here.slow = here.slow, set()
    began, before = time.monotonic(), len(here.limits.passed)
    for watch in watches:
        watch.took, watch.since = [], began
    await asyncio.sleep(here.plan.seconds)
    passed = len(here.limits.passed) - before
    here.outcome.used = passed / (time.monotonic() - began) / OVERALL
    here.outcome.answers = [took for watch in watches for took in watch.took]
    here.slow = slow
    for one in asking:
        one.cancel()
    await asyncio.gather(*asking, return_exceptions=True)


def _person(here: Play, number: int, watch: Watch) -> Talker:
    phone = here.telegram.phone(f"Bà Mai {number}")
    phone.spoke, phone.saw = watch.spoke, watch.saw
    return Talker(number, phone, lambda: here.dice.uniform(*THINK))


async def _kill(here: Play) -> None:
    for number in range(here.plan.kills):
        await asyncio.sleep(here.dice.uniform(*here.plan.lives))
        here.look()
        if number % here.plan.pauses == 0:
            await _pause(here)
        here.leave()
        await here.house.kill()
        here.look()
        before = here.telegram.begun()
        here.house.begin()
        if here.dice.random() >= AT_THE_START:
            await listening(here.telegram, before)


async def _pause(here: Play) -> None:
    """Nobody is told during a pause, beyond what is under way when it begins."""
    here.outcome.pauses += here.let(announcements.pause)
    await asyncio.sleep(1)
    before = here.told()
    await asyncio.sleep(0.5)
    if here.told() != before:
        here.outcome.faults.append(f"{here.told() - before} were told during a pause")
    here.look()
    here.let(announcements.resume)


async def _call_off(here: Play) -> None:
    """Let it go on till few are left; then nobody else is told."""
    enough, last = here.plan.people * here.plan.last, (time.monotonic(), -1)
    while (waiting := here.look().waiting) > enough:
        if waiting != last[1]:
            last = (time.monotonic(), waiting)
        if time.monotonic() - last[0] > PATIENCE:
            here.outcome.faults.append(f"stuck: {waiting} wait")
            return
        await asyncio.sleep(0.5)
    here.let(announcements.cancel)
    at = time.monotonic()
    await asyncio.sleep(AFTER)
    later = [when for when, chat in here.limits.passed if chat in here.people and when > at]
    here.outcome.cancelled_after = max(later, default=at) - at


# -- what came of it -------------------------------------------------------------------------------


def _count(here: Play) -> None:
    outcome = here.outcome
    outcome.ledger = here.look()
    if outcome.ledger.waiting:
        outcome.faults.append(f"{outcome.ledger.waiting} still wait")
    with here.writing() as tx:
        rows = tx.execute(text("SELECT person_id, status, reason FROM recipients")).all()
    chats = {person: chat for chat, person in here.people.items()}
    for person, status, reason in rows:
        times = len(here.telegram.emulator.people[chats[person]].screen)
        outcome.reasons[f"{status} {reason or ''}".strip()] += 1
        outcome.seen += times > 0
        outcome.twice += max(0, times - 1)
        perhaps = reason == recipients.PERHAPS
        outcome.unsure += perhaps
        outcome.unsure_unseen += perhaps and not times
        if times and status != recipients.SENT and not perhaps:
            outcome.faults.append(f"{person} is {status} ({reason}) and was told")
        if not times and status == recipients.SENT and not perhaps:
            outcome.faults.append(f"{person} is sent and was not told")
    outcome.refused = here.limits.overall
    outcome.asked_to_wait = len(here.limits.refused) - here.limits.overall
    outcome.faults += here.house.complaints()[:5]
