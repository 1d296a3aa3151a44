"""The clock's room: APScheduler ticks, due things are rows; nothing else knows the scheduler."""

from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.reception import Reception
from conversations.events import Address, Event, Wake
from storage import inbox, intake, sessions
from storage.database import Database

TICK = 1  # seconds; a pause in a long answer ends at most this late
KEPT = timedelta(days=30)  # no channel repeats an event after so long


class Reminding:
    """Wakes what is due: pauses that are over, and what may be forgotten."""

    def __init__(
        self, database: Database, reception: Reception, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._reception = reception
        self._clock = clock
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(job_defaults=defaults, timezone="UTC")
        self._scheduler.add_job(self.wake, "interval", seconds=TICK)
        self._scheduler.add_job(self.forget, "interval", hours=24)

    def start(self) -> None:
        """Let the clock run."""
        self._scheduler.start()

    def stop(self) -> None:
        """Let the jobs at work end, and stop the clock."""
        self._scheduler.shutdown()

    def wake(self) -> None:
        """Tell reception of every pause that is over; telling it twice does no harm."""
        now = self._clock()
        with self._database.reading() as tx:
            due = sessions.due(tx, now)
        for chat, token, at in due:
            key = f"wake:{chat.chat}:{token}:{at.timestamp():.3f}"
            self._reception.submit(Event(Address(*chat), key, now, Wake()))

    def forget(self) -> None:
        """Drop the keys of events that no channel will repeat any more."""
        with self._database.transaction() as tx:
            inbox.forget(tx, self._clock() - KEPT)
            intake.forget(tx, self._clock() - KEPT)
