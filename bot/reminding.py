"""The clock's room: APScheduler ticks, due things are rows; nothing else knows the scheduler.

A tick with nothing due is one look. What is due is worked off in handfuls, each its own
transaction; two processes that tick take turns, so that nothing is told twice.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot import telling
from bot.handfuls import Pace
from bot.reception import Reception
from bot.telling import Telling
from conversations.events import Address, Event, Wake
from conversations.session import Session
from handlers import drafts, planning
from handlers.officer import digest
from handlers.talk import Talk
from programme import quiet
from programme.calendar import base
from programme.firings import day_of
from storage import (
    digests,
    dossiers,
    fairs,
    inbox,
    intake,
    limits,
    milestones,
    outbox,
    planner,
    reminders,
    sessions,
)
from storage.database import Database, Transaction, alone

TICK = 1  # seconds; a pause in a long answer ends at most this late
KEPT = timedelta(days=30)  # no channel repeats an event after so long
AT_ONCE = 50  # persons who are told in one transaction
PLANNED = 20  # dossiers that are planned in one: each is looked at as a whole
MOST_OFFICERS = 500  # who get their summary at one tick
# What is looked over handful by handful: each gives the last of one, behind which the next is.
_HANDFULS = (planner.hand_over, planner.raise_late, planner.windows, drafts.plan)
_AHEAD = 3  # years of which the rounds are made
logging.getLogger("apscheduler").setLevel(
    logging.ERROR
)  # a job at work is not begun again: so be it
_log = structlog.get_logger()


@dataclass(slots=True)
class Reminding:
    """Does what is due: wakes pauses, plans what follows from deeds, reminds, sums up."""

    database: Database
    reception: Reception
    clock: Callable[[], datetime]
    pace: Pace = field(init=False)  # of all its long work
    _scheduler: BackgroundScheduler = field(init=False)
    _looked_on: date | None = None  # the last day on which all was looked over

    def __post_init__(self) -> None:
        """Set up the ticks; they begin with ``start``."""
        self.pace = Pace(self.reception.is_talking)
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(job_defaults=defaults, timezone="UTC")
        self.also(lambda: self.wake(self.clock()))
        self.also(self.remind)
        self._scheduler.add_job(partial(_alive, self.forget), "interval", hours=24)

    def also(self, job: Callable[[], object]) -> None:
        """Do that as often as the ticks come, beside them."""
        self._scheduler.add_job(partial(_alive, job), "interval", seconds=TICK)

    def start(self) -> None:
        """Let the clock run."""
        self._scheduler.start()

    def stop(self) -> None:
        """Let the jobs at work end behind their handful, and stop the clock."""
        self.pace.end()
        self._scheduler.shutdown()

    def tick(self, *, thorough: bool = False) -> None:
        """Do all that is due now; see ``remind``."""
        self.wake(self.clock())
        self.remind(thorough=thorough)

    def remind(self, *, thorough: bool = False) -> None:
        """Do all that is due now but waking; thorough is to see to what else waits for the day."""
        now = self.clock()
        if thorough:
            self._looked_on = None
        self._look_over(now)
        if self._anything(now):
            self._catch_up(now)

    def wake(self, now: datetime) -> None:
        """Tell reception of every pause that is over; telling it twice does no harm."""
        with self.database.reading() as tx:
            due = sessions.due(tx, now)
        for chat, token, at in due:
            key = f"wake:{chat.chat}:{token}:{at.timestamp():.3f}"
            self.reception.submit(Event(Address(*chat), key, now, Wake()))

    def forget(self) -> None:
        """Drop the keys of events that no channel will repeat any more, and old counts."""
        with self.database.transaction() as tx:
            inbox.forget(tx, self.clock() - KEPT)
            intake.forget(tx, self.clock() - KEPT)
            limits.forget(tx, day_of(self.clock()).toordinal())

    # -- once a day --------------------------------------------------------------------------------

    def _look_over(self, now: datetime) -> None:
        """Once a day make the rounds of the next years, and plan what no deed leads to."""
        today = day_of(now)
        if self._looked_on == today:
            return
        self._look(self._look_at_rounds, now)
        for see_to in _HANDFULS:
            self.pace.finish(self._handfuls(see_to, now))
        if not self.pace.has_ended:
            self._look(self._look_at_days, now)
            self._looked_on = today

    def _handfuls(self, see_to: Callable[..., int], now: datetime) -> Iterator[int]:
        """See to one handful behind the other; gives the last of each."""
        last = self._look(see_to, now)
        while last:
            yield last
            last = self._look(partial(see_to, after=last), now)

    def _look(
        self, look: Callable[[Transaction, datetime], int | None], now: datetime
    ) -> int | None:
        """One of them in its own transaction; a broken one is looked at again tomorrow."""
        try:
            with self.database.transaction() as tx:
                alone(tx, "remind")
                return look(tx, now)
        except Exception as trouble:
            if self.database.is_passing(trouble):
                raise
            _log.error("not_looked_over", exc_info=trouble)
            return None

    def _look_at_rounds(self, tx: Transaction, now: datetime) -> None:
        talk = self._talk(tx, now)
        for year in range(talk.year, talk.year + _AHEAD):
            milestones.ensure(tx, base(year, talk.rules), now)

    def _look_at_days(self, tx: Transaction, now: datetime) -> None:
        today = day_of(now)
        planner.others(tx, fairs.coming(tx, today), now)
        dossiers.plan_anew(tx, dossiers.past_due(today))
        outbox.drop_lost(tx, now)

    # -- at every tick -----------------------------------------------------------------------------

    def _anything(self, now: datetime) -> bool:
        with self.database.reading() as tx:
            if dossiers.any_unplanned(tx) or outbox.any_stale(tx, now):
                return True
            return not quiet.is_quiet(now) and (
                reminders.any_due(tx, now) or bool(digests.due(tx, now, 1))
            )

    def _catch_up(self, now: datetime) -> None:
        """Plan first, so that what was done is not asked for any more; then tell."""
        if not self.pace.finish(iter(partial(self._plan, now), 0)) or quiet.is_quiet(now):
            return
        if self.pace.finish(iter(partial(self._tell, now), 0)):
            self._sum_up(now)
            self.reception.turn()

    def _plan(self, now: datetime) -> int:
        """Plan a handful of dossiers; one that breaks it is planned alone, or left till a deed."""
        try:
            with self.database.transaction() as tx:
                alone(tx, "remind")
                telling.drop_stale(tx, now)
                return planning.anew(self._talk(tx, now), PLANNED)
        except Exception as trouble:
            if self.database.is_passing(trouble):
                raise
            _log.error("planning_broken", error=type(trouble).__name__)
            with self.database.transaction() as tx:
                some = [row["id"] for row in dossiers.unplanned(tx, PLANNED)]
            return sum(self._plan_alone(each, now) for each in some)

    def _plan_alone(self, dossier: int, now: datetime) -> bool:
        try:
            with self.database.transaction() as tx:
                alone(tx, "remind")
                planning.of_these(self._talk(tx, now), dossiers.by_ids(tx, [dossier]))
        except Exception as trouble:
            if self.database.is_passing(trouble):
                raise
            _log.error("not_planned", dossier=dossier, exc_info=trouble)
            with self.database.transaction() as tx:
                dossiers.give_up(tx, dossier, now)
        return True

    def _tell(self, now: datetime) -> int:
        """Tell a handful of persons what is due; whoever breaks it is told alone, or given up."""
        whom: list[int] = []
        try:
            with self.database.transaction() as tx:
                alone(tx, "remind")
                whom = reminders.persons_due(tx, now, AT_ONCE)
                if whom:
                    self._telling(tx, now).tell(whom)
        except Exception as trouble:  # noqa: BLE001 - one bad row must not silence the others
            _log.error("reminding_broken", error=type(trouble).__name__)
            return sum(self._tell_alone(person, now) for person in whom)
        return len(whom)

    def _tell_alone(self, person: int, now: datetime) -> bool:
        """Whether it was told, or given up; where the database is to blame it is tried again."""
        try:
            with self.database.transaction() as tx:
                alone(tx, "remind")
                self._telling(tx, now).tell([person])
        except Exception as trouble:  # noqa: BLE001 - as above
            return not self.database.is_passing(trouble) and self._give_up(person, now, trouble)
        return True

    def _give_up(self, person: int, now: datetime, trouble: Exception) -> bool:
        with suppress(Exception), self.database.transaction() as tx:
            lost = reminders.give_up(tx, person, now)
            _log.error("not_reminded", firings=lost, exc_info=trouble)
            return True
        return False

    def _sum_up(self, now: datetime) -> None:
        """Send the officers their summary, where anything changed; each in its own transaction."""
        with self.database.reading() as tx:
            whom = digests.due(tx, now, MOST_OFFICERS)
        for person in whom:
            try:
                with self.database.transaction() as tx:
                    alone(tx, "remind")
                    if digests.is_due(tx, person, now):
                        self._sum_up_for(tx, person, now)
            except Exception as trouble:  # noqa: BLE001 - as above; it is tried again tomorrow
                _log.error("not_summed_up", exc_info=trouble)
                with self.database.transaction() as tx:
                    digests.said(tx, person, None, now + timedelta(days=1), now)

    def _sum_up_for(self, tx: Transaction, person: int, now: datetime) -> None:
        if said := digest.due(tx, person, now, self._talk(tx, now).calendar):
            telling.say(tx, self.reception.wording, person, said, now)

    def _telling(self, tx: Transaction, now: datetime) -> Telling:
        return Telling(tx, self.reception.wording, self._talk(tx, now).calendar, now)

    def _talk(self, tx: Transaction, now: datetime) -> Talk:
        """A talk with nobody, to look at dossiers as they are looked at in a talk."""
        talk = Talk(tx, 0, Session(), now, self.reception.catalogue)
        talk.overlays = self.reception.overlays
        return talk


def _alive(job: Callable[[], object]) -> None:
    """Do it; the scheduler would log of a trouble all that it says, also what somebody wrote."""
    try:
        job()
    except Exception as trouble:  # noqa: BLE001 - the next tick tries again
        _log.error("tick_broken", exc_info=trouble)


def unasked_due(tx: Transaction) -> datetime | None:
    """When the next thing is due that is said unasked; None when nothing is planned."""
    found = (reminders.next_due(tx), digests.next_due(tx))
    return min((at for at in found if at), default=None)
