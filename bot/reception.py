"""Reception: the one door by which events come in; each is acknowledged only after its commit."""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import randbelow
from typing import Protocol

import structlog

from bot.hearing import Hearing, chat_of
from bot.posting import posted
from bot.wording import Wording
from conversations.catalogue import Catalogue
from conversations.events import Event
from conversations.messages import Message
from programme.limits import Limits
from storage import inbox, leases, outbox
from storage.database import Database, Transaction
from storage.intake import Announced
from storage.persons import Chat, meet

MOST_AT_ONCE = 256  # events that share one commit
TALKING = 1.0  # seconds behind a message in which the next is likely to come
_log = structlog.get_logger()
Waiter = asyncio.Future[None]


class Errands(Protocol):
    """What is done in each transaction beside hearing, so that it needs none of its own."""

    def note(self, tx: Transaction) -> Sequence[Chat]:
        """Before anything is heard; gives the chats whose held events may be heard now."""
        ...

    def take(self, tx: Transaction) -> None:
        """After everything was heard."""
        ...

    def committed(self) -> None:
        """After the commit; it is not called when there was none."""
        ...


class _None:
    """No errands: letters are delivered by another process."""

    def note(self, tx: Transaction) -> Sequence[Chat]:
        del tx
        return ()

    def take(self, tx: Transaction) -> None:
        del tx

    def committed(self) -> None:
        pass


class Ringing(_None):
    """The errand of a process that hears while another one delivers: to tell it."""

    def take(self, tx: Transaction) -> None:
        """Ring when the transaction is committed."""
        leases.ring(tx)


@dataclass(frozen=True, slots=True)
class _Job:
    """An event, a chat whose held events may be heard now, or nothing but errands."""

    event: Event | Announced | None = None
    released: Chat | None = None
    waiter: Waiter | None = None


@dataclass(slots=True)
class Reception:
    """Hears events one after the other, many in one commit when many are waiting."""

    database: Database
    catalogue: Catalogue
    wording: Wording
    clock: Callable[[], datetime]
    officer_code: str | None = None
    chance: Callable[[int], int] = randbelow
    errands: Errands = field(default_factory=_None)
    overlays: tuple[Path, ...] = ()  # folders that a province lays over the rules
    start_link: str = ""  # of our bot where a code can be tapped, see Settings
    desk_url: str = ""  # see Settings
    limits: Limits | None = None  # see bot.limiting
    allowed: Mapping[str, int] = field(default_factory=dict)  # see bot.counting
    _jobs: "queue.SimpleQueue[_Job | None]" = field(default_factory=queue.SimpleQueue)
    _writer: threading.Thread | None = None
    _turn_asked: bool = False
    _talked_at: float = -TALKING

    # -- hearing at once, in the caller's thread ---------------------------------------------------

    def hear(self, events: Sequence[Event | Announced], released: Sequence[Chat] = ()) -> None:
        """Hear these events in one transaction. If one of them breaks it, each is heard alone."""
        try:
            self._commit(events, released, self.errands)
        except Exception as error:  # noqa: BLE001 - one bad event must not lose the others
            _log.error("batch_broken", error=type(error).__name__)
            for chat in released:
                self._hear_alone([], [chat])
            for event in events:
                self._hear_alone([event], [])

    def _hear_alone(self, events: Sequence[Event | Announced], released: Sequence[Chat]) -> None:
        try:
            self._commit(events, released, _None())
        except Exception as error:  # noqa: BLE001 - as above
            self._broken(events, error)
        self.turn()

    def _commit(
        self, events: Sequence[Event | Announced], released: Sequence[Chat], errands: Errands
    ) -> None:
        with self.database.transaction() as tx:
            free = [*released, *errands.note(tx)]
            if events or free:
                about = (self.clock(), self.catalogue, self.wording, self.officer_code)
                hearing = Hearing(tx, *about, self.chance, self.overlays, self.start_link)
                hearing.limits, hearing.allowed = self.limits, self.allowed
                hearing.desk_url = self.desk_url
                hearing.take(events, free)
            errands.take(tx)
        errands.committed()

    def _broken(self, events: Sequence[Event | Announced], error: Exception) -> None:
        """Note an event that breaks us as heard; tell the person that it was not their fault."""
        _log.error("event_broken", error=type(error).__name__, exc_info=error)
        now = self.clock()
        for event in events:
            if isinstance(event, Announced):
                raise error  # whoever told of it keeps it, and tells again
            chat = chat_of(event.address)
            with self.database.transaction() as tx:
                if not inbox.first_times(tx, [(chat, event.key)], now):
                    continue
                person = meet(tx, [chat], now)[chat]
                letters = self.wording.letters("vi", Message("engine.sorry"))
                outbox.put(tx, [posted(chat, person, letter) for letter in letters], now)

    # -- hearing by the writer thread --------------------------------------------------------------

    async def receive(self, event: Event) -> None:
        """Hear the event; returns after the commit that holds all that follows from it."""
        await self._arrive(event)

    async def announce(self, file: Announced) -> None:
        """Note a file that is on its way, in its place among the events; as ``receive``."""
        await self._arrive(file)

    def is_talking(self) -> bool:
        """Whether anybody wrote just now, so that other work had better be slow."""
        return time.monotonic() - self._talked_at < TALKING

    async def _arrive(self, event: Event | Announced) -> None:
        self._talked_at = time.monotonic()
        waiter: Waiter = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(event, waiter=waiter))
        await waiter

    async def heard(self) -> None:
        """Returns when all that was told before is heard and committed."""
        waiter: Waiter = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(waiter=waiter))
        await waiter

    def submit(self, event: Event) -> None:
        """Hear the event soon, without anybody waiting for it."""
        self._jobs.put(_Job(event))

    def turn(self) -> None:
        """Run the errands soon; asking often before that is as good as asking once."""
        if not self._turn_asked and self._writer is not None:
            self._turn_asked = True
            self._jobs.put(_Job())

    def release(self, chats: Sequence[Chat]) -> None:
        """Hear soon what waited in these chats for a question to be shown."""
        for chat in chats:
            self._jobs.put(_Job(released=chat))

    def start(self) -> None:
        """Start the writer thread, and hear what an earlier process left waiting."""
        self._writer = threading.Thread(target=self._work, name="reception", daemon=True)
        self._writer.start()
        with self.database.reading() as tx:
            self.release(inbox.held_chats(tx))

    def stop(self) -> None:
        """Hear what is waiting, then end the writer thread."""
        if self._writer is not None:
            self._jobs.put(None)
            self._writer.join()
            self._writer = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            jobs = [job]
            last = self._gather(jobs)
            self._do(jobs)
            if last:
                return

    def _gather(self, jobs: list[_Job]) -> bool:
        """Add what is waiting, up to the most; true when the end of all work was among it."""
        while len(jobs) < MOST_AT_ONCE:
            try:
                more = self._jobs.get_nowait()
            except queue.Empty:
                return False
            if more is None:
                return True
            jobs.append(more)
        return False

    def _do(self, jobs: Sequence[_Job]) -> None:
        self._turn_asked = False
        error: BaseException | None = None
        try:
            released = list(dict.fromkeys(job.released for job in jobs if job.released))
            self.hear([job.event for job in jobs if job.event], released)
        except BaseException as wrong:  # noqa: BLE001 - the waiters must hear of it: no commit, no 200
            _log.error("reception_failed", error=type(wrong).__name__)
            error = wrong
        _tell([job.waiter for job in jobs if job.waiter], error)


def _tell(waiters: Sequence[Waiter], error: BaseException | None) -> None:
    """Tell all of them at once, as each call into another thread costs more than an event does."""
    for loop in {waiter.get_loop() for waiter in waiters}:
        mine = [waiter for waiter in waiters if waiter.get_loop() is loop]
        with contextlib.suppress(RuntimeError):  # its loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle, mine, error)


def _settle(waiters: Sequence[Waiter], error: BaseException | None) -> None:
    for waiter in waiters:
        if waiter.done():
            continue
        if error is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(error)
