"""The house behind Zalo in processes of their own, to be killed.

    python -m tests.channels.zalo_child

imports everything once, and forks a process for each birth that it reads, whose number it prints.
"""

import asyncio
import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from starlette.applications import Starlette

from bot import logs
from bot.channels.arriving import Remote
from bot.channels.console.playing import OFFICER, START
from bot.channels.zalo.line import Line, Mode
from bot.channels.zalo.live import Zalo
from bot.delivery import Delivery
from bot.reception import Reception
from conversations.events import Address
from conversations.forms import catalogue
from storage import outbox
from storage.database import Database
from tests.emulators.serving import Served
from tests.wording import WORDING


@dataclass(frozen=True)
class Birth:
    """What a process is told when it begins."""

    database: str
    base: str
    token: str
    mode: Mode
    public: str
    secret: str
    port: int
    began: float  # by the wall clock, at what the house takes for START


class NoFiles:
    async def expected(self, event_key: str, _address: Address, _remote: Remote) -> None:
        raise AssertionError(f"nobody sends files here: {event_key}")


async def _live(birth: Birth) -> None:
    def clock() -> datetime:
        return START + timedelta(seconds=time.time() - birth.began)

    database = Database(birth.database)
    reception = Reception(database, catalogue, WORDING, clock, OFFICER)
    line = Line((birth.token,), birth.base, birth.mode, birth.public, birth.secret)
    zalo = Zalo(line, reception, NoFiles(), clock, breath=0.01)
    name = f"deliver-{os.getpid()}"
    delivery = Delivery(database, reception, {"zalo": zalo.sender}, clock, name)
    reception.errands = delivery
    with database.transaction() as tx:
        outbox.release(tx, by_others_than=name)
    served = Served(Starlette(routes=zalo.routes()))
    served.port = birth.port
    await served.open()
    reception.start()
    await asyncio.gather(delivery.run(), zalo.run())


def main() -> None:
    """Fork a process for each line."""
    logs.configure("error")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        birth = msgspec.json.decode(line, type=Birth)
        number = os.fork()
        if number == 0:
            asyncio.run(_live(birth))
        print(number, flush=True)  # noqa: T201 - it is the answer


if __name__ == "__main__":
    main()
