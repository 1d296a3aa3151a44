"""A simulated year: deeds, moved dates, snoozes, late comers and outages, in their order."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from bot.reception import Reception
from bot.reminding import Reminding, unasked_due
from bot.simulation import town
from bot.simulation.town import Villager
from bot.simulation.weather import Weather
from conversations.events import Address, Event, Text
from programme import quiet, ruleset, workdays
from programme.calendar import Calendar, Milestone, Step
from programme.firings import day_of
from programme.quiet import VIETNAM
from programme.ruleset import RuleSet
from storage import dossiers, milestones, outbox, persons, planner
from storage.database import Database, Transaction
from storage.outbox import Lease, Settled

_HOUR = timedelta(hours=1)
_MOVES = 8
_SNOOZES = ("nhac lai thu hai", "nhac lai ngay mai", "nhac lai sau 3 ngay", "mai nhac lai")
_STOP = "thoi nhac"
_SNOOZED, _STOPPED = 0.10, 0.01  # of the letters
_FILED, _BROUGHT = 0.4, 0.6  # of the dossiers
_LATE = 0.05
_STEPS: tuple[Step, ...] = ("file", "file", "training", "council")
Happening = Callable[[Transaction], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that left."""

    letter: int
    person: int
    at: datetime
    rank: int


@dataclass(slots=True)
class Year:
    """Runs the real parts through a year; what was to be, and what left, stands in it afterwards.

    ``known`` has for each dossier from when on which filing day held; None is none any more.
    """

    database: Database
    reception: Reception
    chance: Random
    weather: Weather
    villagers: dict[int, Villager]  # by person
    now: datetime
    end: datetime
    sent: list[Sent] = field(default_factory=list)
    known: dict[int, list[tuple[datetime, date | None]]] = field(default_factory=dict)
    late: list[Villager] = field(default_factory=list)
    snoozes: int = 0
    moves: int = 0
    _events: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _said: list[Event] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _rolled: date | None = None  # the last day on which closed rounds were looked for
    _reminding: Reminding = field(init=False)

    def __post_init__(self) -> None:
        """Put the real clock's room behind it."""
        self._reminding = Reminding(self.database, self.reception, lambda: self.now)

    # -- what will happen --------------------------------------------------------------------------

    def expect(self) -> None:
        """Draw what happens in the year."""
        self._daily()
        for villager in list(self.villagers.values()):
            if self.chance.random() < _BROUGHT:
                self._at(self._some_time(), self._brings(villager))
            if self.chance.random() < _FILED:
                self._at(self._some_time(), self._files(villager))
        for _ in range(_MOVES):
            self._at(self._some_time(), self._moves_a_day)
        for number in range(round(len(self.villagers) * _LATE)):
            self._at(self._shortly_before(1 + number % 2), self._joins_late(number))

    def _at(self, at: datetime, what: Happening) -> None:
        """Let it happen then; in whole hours, so that some things happen together."""
        whole = at.replace(minute=0, second=0, microsecond=0)
        heapq.heappush(self._events, (max(whole, self.now), next(self._numbers), what))

    def _some_time(self) -> datetime:
        span = (self.end - self.now).total_seconds()
        return self.now + timedelta(seconds=self.chance.uniform(0, span))

    def _daily(self) -> None:
        day = day_of(self.now)
        while day < day_of(self.end):
            self._at(datetime.combine(day, time(7), VIETNAM), lambda _tx: None)
            day += timedelta(days=1)

    def _shortly_before(self, number: int) -> datetime:
        """From 24 hours to five days before the filing day of a round of the year, as it is now."""
        calendar = Calendar(self._rules)
        day = calendar.file_by(f"tinh-{number}-{self.end.year}")
        last = datetime.combine(day + timedelta(days=1), time(), VIETNAM)
        return last - timedelta(hours=self.chance.uniform(25, 120))

    # -- what happens ------------------------------------------------------------------------------

    def _brings(self, villager: Villager) -> Happening:
        return lambda tx: town.give(tx, villager, self.chance, self.now)

    def _files(self, villager: Villager) -> Happening:
        def file(tx: Transaction) -> None:
            by = workdays.after(day_of(self.now), 15)
            if dossiers.file(tx, villager.dossier, villager.person, by, self.now):
                self._holds(villager, None)

        return file

    def _moves_a_day(self, tx: Transaction) -> None:
        """An officer moves a day of a round that is still to come, of an area."""
        calendar, today = self._calendar(tx), day_of(self.now)
        home = self.chance.choice(list(self.villagers.values())).home
        ahead = calendar.upcoming(today + timedelta(days=8), home, most=1)[0]
        step = self.chance.choice(_STEPS)
        area = self.chance.choice(("", home.province, home.commune))
        of = calendar.of(ahead.key, home)
        old = of[step].day if step in of else ahead.intake_before
        day = max(today + timedelta(days=4), old + timedelta(days=self.chance.randrange(-10, 21)))
        day = min(day, ahead.intake_before - timedelta(days=1)) if step == "file" else day
        if day <= today + timedelta(days=3):
            return
        moved = Milestone(ahead.key, step, area, day, "1")
        moved = replace(moved, id=milestones.move(tx, moved, None, self.now))
        dossiers.plan_anew(tx, dossiers.in_round(ahead.key), dossiers.in_area(area))
        planner.moved(tx, moved, None, self.now)
        self.moves += 1
        for villager in self.villagers.values():
            self._look(tx, villager)

    def _joins_late(self, number: int) -> Happening:
        def join(tx: Transaction) -> None:
            place = town.chat(900_000 + number)
            person = persons.meet(tx, [place], self.now)[place]
            key = f"tinh-{1 + number % 2}-{self.end.year}"
            villager = town.join(tx, person, self.chance, key, self.now)
            self.villagers[person] = villager
            self.late.append(villager)
            self._look(tx, villager)

        return join

    def _snoozes(self, person: int, place: str, words: str) -> Happening:
        def snooze(_tx: Transaction) -> None:
            self.snoozes += 1
            key = f"said-{next(self._numbers)}"
            address = Address(town.CHANNEL, town.BOT, place)
            self._said.append(Event(address, key, self.now, Text(words), 1))
            if words == _STOP:
                self._holds(self.villagers[person], None)

        return snooze

    # -- what is to be -----------------------------------------------------------------------------

    @property
    def _rules(self) -> RuleSet:
        return ruleset.in_force(day_of(self.now), *self.reception.overlays)

    def _calendar(self, tx: Transaction) -> Calendar:
        return Calendar(self._rules, milestones.standing(tx))

    def _look(self, tx: Transaction, villager: Villager) -> None:
        """Note which filing day holds for a dossier that is not handed in."""
        before = self.known.get(villager.dossier, [])
        if before and before[-1][1] is None:
            return
        calendar = self._calendar(tx)
        round_ = calendar.round(villager.round_key, villager.home)
        if round_ is None or day_of(self.now) >= round_.intake_before:
            round_ = calendar.upcoming(day_of(self.now), villager.home, most=1)[0]
            villager.round_key = round_.key
        self._holds(villager, calendar.file_by(round_, villager.home))

    def _holds(self, villager: Villager, day: date | None) -> None:
        words = self.known.setdefault(villager.dossier, [])
        if not words or words[-1][1] not in {day, None}:
            words.append((self.now, day))

    # -- the year ----------------------------------------------------------------------------------

    def run(self) -> None:
        """Live through it."""
        with self.database.transaction() as tx:
            for villager in self.villagers.values():
                self._look(tx, villager)
        self._step()
        while self.now < self.end:
            self.now = self.weather.back(min(self._next(), self.end))
            self._step()

    def _next(self) -> datetime:
        with self.database.reading() as tx:
            due = unasked_due(tx)
            waits = outbox.any_due(tx, [town.CHANNEL], self.now)
        times = [self._events[0][0]] if self._events else [self.end]
        if waits:
            times.append(quiet.next_open(self.now + _HOUR))
            if not self.weather.connected(self.now):
                times.append(self.weather.connects(self.now))
        if due:
            times.append(due if due > self.now else quiet.next_open(self.now + _HOUR))
        return max(self.now, min(times))

    def _step(self) -> None:
        while self._events and self._events[0][0] <= self.now:
            with self.database.transaction() as tx:
                self._events[0][2](tx)
            heapq.heappop(self._events)
        if self._said:
            self.reception.hear(self._said)
            self._said.clear()
        self._reminding.remind()
        self._roll()
        if self.weather.connected(self.now):
            self._deliver()

    def _roll(self) -> None:
        """Once a day see which dossiers went on to the next round."""
        today = day_of(self.now)
        if self._rolled == today:
            return
        self._rolled = today
        with self.database.reading() as tx:
            calendar = self._calendar(tx)
            closed = {
                (key, home): found is None or today >= found.intake_before
                for key, home in {(v.round_key, v.home) for v in self.villagers.values()}
                for found in [calendar.round(key, home)]
            }
            for villager in self.villagers.values():
                if closed[villager.round_key, villager.home]:
                    self._look(tx, villager)

    def _deliver(self) -> None:
        """Send what may go, as delivery does: in the night only answers."""
        night = [town.CHANNEL] if quiet.is_quiet(self.now) else []
        while True:
            with self.database.transaction() as tx:
                lease = Lease("simulation", self.now + _HOUR)
                letters = outbox.claim(tx, [town.CHANNEL], lease, self.now, 500, night)
                done = [Settled(letter.id, "sent", receipt=1) for letter in letters]
                outbox.settle(tx, done, self.now)
            if not letters:
                return
            for letter in letters:
                self.sent.append(Sent(letter.id, letter.person, self.now, letter.rank))
                self._perhaps_answers(letter.person, letter.chat.chat, letter.rank)

    def _perhaps_answers(self, person: int, place: str, rank: int) -> None:
        drawn = self.chance.random()
        if not rank or person not in self.villagers or drawn > _SNOOZED + _STOPPED:
            return
        words = self.chance.choice(_SNOOZES) if drawn < _SNOOZED else _STOP
        later = self.now + timedelta(hours=self.chance.uniform(0.5, 30))
        self._at(later, self._snoozes(person, place, words))
