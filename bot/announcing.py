"""Announcements on their way: given to the outbox by the handful, followed, and told of.

The outbox never holds more than a few seconds' worth for each bot: a pause or an end acts at once,
and each letter has its words, and is still wanted, as late as can be. All that one look does is one
transaction, so that a kill leaves nothing half done.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.clock import month
from bot.following import Following, Progress, in_one, languages
from bot.posting import ANNOUNCED, posted
from bot.wording import Wording
from conversations.messages import Letter, Message
from programme import quiet
from storage import (
    announcements,
    audit,
    calling_off,
    minders,
    on_the_way,
    outbox,
    quotas,
    recipients,
)
from storage.audit import Entry
from storage.database import Database, Transaction, alone
from storage.on_the_way import Noted
from storage.quotas import Month

AHEAD = 90  # letters of one bot that wait in the outbox at most
AT_ONCE = 45  # letters in one transaction
BREATH = 0.005  # seconds between handfuls, in which others come to their turn to write
NO_ROOM, BROKEN = "no_room", "broken"  # why one is paused when no officer did it
_log = structlog.get_logger()
Row = Mapping[str, Any]
Lane = tuple[str, str]


class Words(Progress, Protocol):
    """What is said, in no language yet."""

    def letter(self, row: Row) -> Message:
        """What whoever is on the list reads of the announcement."""
        ...


class Unsayable(Exception):
    """The announcement has no words."""


@dataclass(frozen=True, slots=True)
class Announcing:
    """Lets announcements go out; ``monthly`` is how many messages a bot has, where it has a most.

    ``posted`` is told when letters wait.
    """

    database: Database
    wording: Wording
    clock: Callable[[], datetime]
    words: Words
    monthly: Mapping[str, int] = field(default_factory=dict)
    posted: Callable[[], None] = lambda: None

    def tick(self) -> bool:
        """Do all that can be done now; whether there was anything."""
        now = self.clock()
        with self.database.reading() as tx:
            going = announcements.any_going(tx, now) or on_the_way.any_under_way(tx)
            idle = not going and not minders.abandoned(tx)
        if idle:
            return False
        while self._look(now):
            self.posted()
            time.sleep(BREATH)
        return True

    def _look(self, now: datetime) -> bool:
        """Begin what is due, note what arrived, and post a handful; whether it was a whole one."""
        with self.database.transaction() as tx:
            alone(tx, "announce")
            look = _Look(self, tx, now)
            look.begin()
            return look.go_on()


@dataclass(slots=True)
class _Look:
    """One transaction."""

    parent: Announcing
    tx: Transaction
    now: datetime
    _waiting: Counter[Lane] = field(default_factory=Counter)  # in the outbox
    _left: int = AT_ONCE

    # -- beginning -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Start what is to go now, unless a month has too little left for it.

        What nobody looks after any more stops.
        """
        for number in minders.abandoned(self.tx):
            self._stop(number, minders.LEFT)
        for number in announcements.due(self.tx, self.now):
            this = month(self.now)
            found = announcements.fits(self.tx, number, self.parent.monthly, this)
            if all(each.fits for each in found):
                self._start(number)
                entry = Entry(0, "started_announcement", "announcement", number)
                audit.append(self.tx, entry, self.now)
            else:
                self._stop(number, NO_ROOM)

    def _start(self, number: int) -> None:
        announcements.start(self.tx, number, self.now)
        if row := announcements.found(self.tx, number):
            calling_off.begun(self.tx, row, self.now)

    def _stop(self, number: int, reason: str) -> None:
        announcements.pause(self.tx, number, self.now, reason)
        self._following().tell(number)

    def _following(self) -> Following:
        return Following(self.tx, self.parent.wording, self.parent.words, self.now)

    # -- going on ------------------------------------------------------------------------------

    def go_on(self) -> bool:
        """Note what arrived, and post a handful; whether it was a whole one."""
        announcements.call_back(self.tx, self.now)
        on_the_way.settle(self.tx, self.now)
        on_the_way.withdraw(self.tx, self.now)
        self._waiting.update(on_the_way.under_way(self.tx))
        for row in announcements.sending(self.tx):
            try:
                with self.tx.begin_nested():
                    self._post(row)
            except Unsayable as wrong:
                _log.error("announcement_unsayable", number=row["number"], exc_info=wrong.__cause__)
                self._stop(row["id"], BROKEN)
            else:
                self._following().follow(row)
        return self._left <= 0

    def _post(self, row: Row) -> None:
        """Post as much of it as there is room for, or give up who cannot be told any more."""
        if row["use_by"] and row["use_by"] <= self.now:
            late = (recipients.FAILED, recipients.TOO_LATE)
            on_the_way.give_up(self.tx, row["id"], *late, self.now)
            outbox.drop_lost(self.tx, self.now)
            return
        quiet_now = quiet.is_quiet(self.now)
        for lane in recipients.needs(self.tx, recipients.of(row["id"])):
            if self._used_up(lane):
                on_the_way.give_up_lane(self.tx, row["id"], lane, recipients.USED_UP, self.now)
            elif not quiet_now:
                self._post_by(row, lane)

    def _used_up(self, lane: Lane) -> bool:
        most = self.parent.monthly.get(lane[0])
        if most is None:
            return False
        used = quotas.used(self.tx, Month(*lane, month(self.now)))
        return used.heard + used.sent >= most

    def _post_by(self, row: Row, lane: Lane) -> None:
        most = min(self._left, AHEAD - self._waiting[lane])
        if most <= 0:
            return
        told, gone = on_the_way.following(self.tx, row["id"], lane, most)
        read = languages(self.tx, [one.person for one in told])
        words = {one: self._letter(row, one) for one in sorted(set(read.values()))}
        rows = [
            posted(one.chat, one.person, words[read[one.person]], ANNOUNCED)._replace(
                use_by=row["use_by"]
            )
            for one in told
        ]
        letters = outbox.post(self.tx, rows, self.now)
        done = [
            Noted(one.person, one.chat, recipients.POSTED, letter=letters[one.chat]) for one in told
        ]
        on_the_way.note(self.tx, row["id"], [*done, *gone], self.now)
        self._waiting.update(one.chat[:2] for one in told)
        self._left -= len(told) + len(gone)

    def _letter(self, row: Row, language: str) -> Letter:
        """What is read in that language."""
        try:
            said = self.parent.words.letter(row)
            return in_one(self.parent.wording.letters(language, said))
        except Exception as wrong:
            raise Unsayable from wrong
