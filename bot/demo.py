"""What only the demo has: a clock that people may turn, where no service's channel is on."""

import contextlib
from datetime import datetime
from functools import partial

from bot import clock
from bot.clock import TurnedClock
from bot.reception import Reception
from bot.reminding import Reminding, unasked_due
from bot.settings import Settings
from bot.turning import Settling, Turner
from programme import quiet
from storage import outbox, prints, sessions
from storage.database import Database


def clock_of(settings: Settings) -> TurnedClock | None:
    """The demo's clock, or None where a service's channel is on.

    It never begins in the night: whoever tries the demo in the evening would see no officer's phone
    ring before the morning.
    """
    if not settings.is_demo:
        return None
    turned = TurnedClock(settings.data / "clock")
    with contextlib.suppress(clock.WrongTime):
        turned.turn_to(quiet.next_open(turned()))
    return turned


def turner(
    database: Database, reception: Reception, reminding: Reminding, turned: TurnedClock
) -> Turner:
    """What turns the clock, with all that is due on the way."""

    def next_due(now: datetime) -> datetime | None:
        with database.reading() as tx:
            wake, unasked = sessions.next_wake(tx), unasked_due(tx)
        told = unasked and quiet.next_open(
            max(unasked, now)
        )  # what comes due at night is told then
        return min((at for at in (wake, told) if at), default=None)

    def due() -> bool:
        with database.reading() as tx:
            return outbox.any_due(tx, ["browser"], turned()) or prints.any_open(tx, turned())

    tick = partial(reminding.tick, thorough=True)
    return Turner(turned, next_due, tick, Settling(reception.heard, due), quiet.is_quiet)
