"""What is due is told: merged to one letter a day for each person, or settled without one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, product

from bot.posting import UNASKED, posted
from bot.wording import Wording
from conversations.messages import Letter, Message
from conversations.session import Session
from handlers import reminded
from handlers.reminded import Facts
from programme import quiet
from programme.calendar import Calendar
from programme.firings import day_of, end_of, morning, next_morning
from storage import digests, on_the_way, outbox, persons, reminders, sessions
from storage.database import Transaction
from storage.outbox import Posted
from storage.reminders import SILENT, STALE, SUPERSEDED, TOLD, Due, Settled

_LINES = 4


@dataclass(slots=True)
class Telling:
    """The due firings of some persons, worked off in one transaction."""

    tx: Transaction
    wording: Wording
    calendar: Calendar
    now: datetime
    _settled: list[Settled] = field(default_factory=list)
    _letters: dict[int, Posted] = field(default_factory=dict)  # by whom they go to
    _told: dict[int, list[Due]] = field(default_factory=dict)

    def tell(self, whom: Sequence[int]) -> None:
        """Tell these persons what is due to them."""
        self._take_back(whom)
        today = end_of(day_of(self.now))  # what comes due later today is told along
        due = self._not_today(reminders.due(self.tx, whom, today))
        known = reminded.facts(self.tx, due, self.calendar, self.now)
        for person, mine in groupby(sorted(due, key=_person), key=_person):
            self._tell(known, person, list(mine))
        self._write()

    def _take_back(self, whom: Sequence[int]) -> None:
        """Take back letters that never left: what they tell is told together with what is due."""
        told = reminders.of_letters(self.tx, outbox.unsent(self.tx, whom))
        back = outbox.recall(self.tx, list(told))
        again = [one for letter, some in told.items() if letter in back for one in some]
        reminders.plan_again(self.tx, again, self.now)

    def _not_today(self, due: Sequence[Due]) -> list[Due]:
        """Let what can wait for tomorrow wait, of persons who were told something today."""
        last = reminders.told_at(self.tx, sorted({one.person for one in due}))
        today = day_of(self.now)
        tomorrow = next_morning(self.now)
        reached = {person for person, at in last.items() if day_of(at) == today}
        wait = [one for one in due if one.person in reached and one.use_by > tomorrow]
        reminders.put_off(self.tx, wait, tomorrow)
        return [one for one in due if one not in set(wait)]

    def _tell(self, known: Facts, person: int, mine: Sequence[Due]) -> None:
        """One letter of all that is worth it, the newest firing of each thing."""
        lively = [one for one in mine if reminded.still(known, one)]
        self._settle((one for one in mine if one not in lively), SILENT)
        fresh = list(self._newest(lively))
        chat = persons.chat_of(self.tx, person) if fresh else None
        if chat is None:
            self._settle(fresh, STALE)
            return
        some = reminded.in_order(fresh)
        letter = self._letter(known, person, some)
        until = _evening(self.now)
        self._letters[person] = posted(chat, person, letter, UNASKED)._replace(use_by=until)
        self._told[person] = some

    def _newest(self, mine: Iterable[Due]) -> Iterator[Due]:
        """Of each thing the firing that came due last; what nobody needs any more is settled."""
        ordered = sorted(mine, key=lambda one: (one.kind, one.subject, one.due_at, one.id))
        for _, some in groupby(ordered, key=lambda one: (one.kind, one.subject)):
            same = list(some)
            newest = next((one for one in reversed(same) if one.use_by > self.now), None)
            rest = (one for one in same if one is not newest)
            self._settle(rest, SUPERSEDED if newest else STALE)
            if newest:
                yield newest

    def _letter(self, known: Facts, person: int, some: Sequence[Due]) -> Letter:
        """As many lines as one letter holds; the hint goes before a line does."""
        language = known.language(person)
        ways = product(range(min(_LINES, len(some)), 0, -1), (True, False))
        letters: tuple[Letter, ...] = ()
        while len(letters) != 1 and (way := next(ways, None)):
            said = reminded.letter(known, some, way[0], hint=way[1])
            letters = self.wording.letters(language, said)
        return letters[0]

    def _settle(self, some: Iterable[Due], status: str) -> None:
        self._settled += [Settled(one.id, status) for one in some]

    def _write(self) -> None:
        numbers = outbox.post(self.tx, list(self._letters.values()), self.now)
        for person, some in self._told.items():
            letter = numbers[self._letters[person].chat]
            self._settled += [Settled(one.id, TOLD, letter) for one in some]
        reminders.settle(self.tx, self._settled, self.now)


def drop_stale(tx: Transaction, now: datetime) -> None:
    """Give up letters that never left on their day; what they tell comes with the next morning's.

    So that nobody finds those of several days at once when the network is back.
    """
    gone = outbox.drop_stale(tx, now)
    told = reminders.of_letters(tx, gone)
    others = told.keys() | on_the_way.among(tx, gone)
    digests.unsaid(tx, [person for letter, person in gone.items() if letter not in others])
    unsaid = [one for some in told.values() for one in some]
    next_ = quiet.next_open(morning(day_of(quiet.next_open(now))))
    over = [one for one in unsaid if one.use_by <= next_]
    reminders.settle(tx, [Settled(one.id, STALE) for one in over], now)
    reminders.plan_again(tx, [one for one in unsaid if one.use_by > next_], next_)


def say(tx: Transaction, wording: Wording, person: int, said: Message, now: datetime) -> None:
    """Write to a person who did not ask; whoever has no chat gets nothing."""
    chat = persons.chat_of(tx, person)
    if chat is None:
        return
    kept = sessions.read(tx, [person]).get(person)
    language = reminded.language_of(kept.body) if kept else Session().language
    letters = wording.letters(language, said)
    until = _evening(now)
    outbox.put(
        tx, [posted(chat, person, each, UNASKED)._replace(use_by=until) for each in letters], now
    )


def _evening(now: datetime) -> datetime:
    """When the day ends on which one may write."""
    return datetime.combine(day_of(now), quiet.NIGHT.from_, quiet.VIETNAM)


def _person(one: Due) -> int:
    return one.person
