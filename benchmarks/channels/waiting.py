"""Answers to people while thousands of letters wait that are none."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.channels.daylight import ahead
from benchmarks.channels.houses import House, Mother
from benchmarks.channels.limits import Limits
from benchmarks.channels.people import Talker
from benchmarks.channels.phones import TelegramPhone
from benchmarks.channels.services import Telegram, listening
from bot.collecting import calm
from storage import outbox, persons
from storage.database import Database
from storage.persons import Chat
from tests.emulators.telegram import TOKEN
from tests.faults.phone import Line

RANK = 2  # of an announcement
WARM = 3.0  # seconds that are not measured, at the start of each phase
CLOSED = 7.0  # seconds for which one chat is told to wait
BOT = TOKEN.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many letters wait, and who writes how long meanwhile."""

    letters: int = 5000
    people: int = 50
    seconds: float = 60.0  # of each phase
    think: tuple[float, float] = (1.1, 8.0)  # seconds; a chat takes one letter a second
    seed: int = 1


@dataclass
class Watch:
    """Takes the time from a person's message to the letter that answers it."""

    took: list[float] = field(default_factory=list)
    since: float = 0.0
    _spoke: float | None = None

    def spoke(self) -> None:
        """The message goes out; of several the first counts."""
        self._spoke = self._spoke or time.monotonic()

    def saw(self, _line: Line) -> None:
        """A letter is there."""
        if self._spoke is not None and self._spoke >= self.since:
            self.took.append(time.monotonic() - self._spoke)
        self._spoke = None


@dataclass(slots=True)
class Phase:
    """What was measured in one phase."""

    answers: list[float] = field(default_factory=list)  # seconds each
    seconds: float = 0.0
    sent: int = 0  # letters that came through, answers too
    calm: int = 0  # those that were no answers
    refused: int = 0
    overall: int = 0  # refusals because of the bot's own limit, not a chat's

    def quantile(self, share: float) -> float:
        """The time within which that share of answers was there."""
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def mean(self) -> float:
        """The time that an answer took on average."""
        return sum(self.answers) / len(self.answers)


@dataclass(slots=True)
class Outcome:
    """The two phases, and what became of the rest while one chat was told to wait."""

    without: Phase
    beside: Phase
    tries_of_the_closed: int
    others_meanwhile: int
    others_refused: int
    closed_got_it: bool


async def play(plan: Plan, folder: Path, mother: Mother) -> Outcome:
    """Measure without the letters, then with them; then let the service stop one chat."""
    telegram, limits = Telegram("polling"), Limits()
    dice = random.Random(plan.seed)
    async with telegram.emulator.running():
        telegram.also = limits.hear
        house = House(mother, folder)
        house.channel = telegram.settings(house.port)
        house.channel["AHEAD"] = str(ahead().total_seconds())
        house.begin()
        await listening(telegram, 0)
        watches = [Watch() for _ in range(plan.people)]
        people = [_person(n, telegram, watch, plan, dice) for n, watch in enumerate(watches, 1)]
        lives = [asyncio.create_task(one.live()) for one in people]
        try:
            without = await _phase(plan, limits, watches, ())
            waiting = [telegram.emulator.person(f"P {n}").id for n in range(plan.letters)]
            post(house, waiting)
            calm()  # a collection among all these people would hold up the service itself
            beside = await _phase(plan, limits, watches, waiting)
            return await _with_one_closed(limits, waiting, Outcome(without, beside, 0, 0, 0, False))
        finally:
            for life in lives:
                life.cancel()
            await asyncio.gather(*lives, return_exceptions=True)
            await house.kill()


def _person(
    number: int, telegram: Telegram, watch: Watch, plan: Plan, dice: random.Random
) -> Talker:
    phone: TelegramPhone = telegram.phone(f"Bà Mai {number}")
    phone.spoke, phone.saw = watch.spoke, watch.saw
    return Talker(number, phone, lambda: dice.uniform(*plan.think))


def post(house: House, chats: Sequence[int]) -> None:
    """Let an announcement for each of these chats wait in the outbox."""
    now = datetime.now(UTC)
    database = Database(house.url)
    try:
        with database.transaction() as tx:
            found = [Chat("telegram", BOT, str(number)) for number in chats]
            whose = persons.meet(tx, found, now)
            words = "Tỉnh mở hội chợ OCOP tháng 12."
            rows = [outbox.Posted(chat, whose[chat], words, "[]", None, RANK) for chat in found]
            outbox.put(tx, rows, now)
    finally:
        database.close()


async def _phase(
    plan: Plan, limits: Limits, watches: Sequence[Watch], waiting: Sequence[int]
) -> Phase:
    await asyncio.sleep(WARM)
    listed, began = set(waiting), time.monotonic()
    refused, overall = len(limits.refused), limits.overall
    for watch in watches:
        watch.took, watch.since = [], began
    first = len(limits.passed)
    await asyncio.sleep(plan.seconds)
    passed = limits.passed[first:]
    return Phase(
        answers=[took for watch in watches for took in watch.took],
        seconds=time.monotonic() - began,
        sent=len(passed),
        calm=sum(chat in listed for _, chat in passed),
        refused=len(limits.refused) - refused,
        overall=limits.overall - overall,
    )


async def _with_one_closed(limits: Limits, waiting: Sequence[int], outcome: Outcome) -> Outcome:
    """Refuse a chat whose letter is near its turn; the others must not notice."""
    had = {chat for _, chat in limits.passed}
    chosen = [chat for chat in waiting if chat not in had][10]
    began, refused = time.monotonic(), len(limits.refused)
    limits.closed[chosen] = began + CLOSED
    await asyncio.sleep(CLOSED + 6)
    told = [chat for _, chat in limits.refused[refused:]]
    outcome.tries_of_the_closed = told.count(chosen)
    outcome.others_refused = len(told) - told.count(chosen)
    between = [chat for at, chat in limits.passed if began + 1 <= at < began + 1 + CLOSED]
    outcome.others_meanwhile = len(between)
    outcome.closed_got_it = chosen in {chat for _, chat in limits.passed}
    return outcome
