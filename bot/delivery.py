"""Delivery: claims letters, hands them to their channel, and notes how each fared."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.channels.contract import Ambiguous, Moved, Refused, Sender, TryLater, Unreachable
from bot.counting import months
from bot.handed import Handed
from bot.pacing import Lane, Pacing, in_hand
from bot.posting import letter_of
from bot.reception import Reception
from conversations.events import Address
from conversations.session import NEVER_SHOWN
from programme import quiet
from storage import inbox, on_the_way, outbox, persons, quotas, sessions
from storage.database import Database, Transaction
from storage.outbox import Claimed, Lease, Posted, Settled
from storage.persons import Chat

AT_ONCE = 256  # letters under way together, one a chat
CLAIM = timedelta(seconds=30)  # a sender that says nothing for so long is dead
IDLE = 1.0  # seconds between looks when nothing rings
CALM = 0.05  # seconds between handfuls of what is no answer
PATIENCE = 5.0  # seconds that letters under way get at the end
_WAITS = (1, 5, 30, 120, 600, 1800, 3600)  # seconds before the 2nd, 3rd … try; then hourly
_TRIES = 30
_log = structlog.get_logger()


def retry(attempts: int, wait: timedelta | None, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None when it is time to give up."""
    if attempts >= _TRIES:
        return None
    usual = timedelta(seconds=_WAITS[min(attempts, len(_WAITS)) - 1])
    return now + max(usual, wait or usual)


@dataclass(slots=True)
class Delivery:
    """Sends what the outbox holds for the channels that it has senders for.

    It has no transactions of its own: reception's hold its notes and its claims as well (see
    ``Reception.errands``), so that an answer costs one commit on its way in and one on its way out.
    """

    database: Database
    reception: Reception
    senders: Mapping[str, Sender]
    clock: Callable[[], datetime]
    name: str
    pacing: Pacing = field(default_factory=Pacing)
    handed: Handed | None = None  # of what is no answer; without it a kill may let such go twice
    _loop: asyncio.AbstractEventLoop | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _fared: list[tuple[Claimed, Settled]] = field(default_factory=list)  # not noted yet
    _under_way: dict[int, datetime] = field(default_factory=dict)  # until when each is ours
    _in_hand: dict[int, Lane] = field(default_factory=dict)  # of these what is no answer, unsent
    _moved: dict[int, Chat] = field(default_factory=dict)  # where letters' chats have gone
    _noted: int = 0  # how many of ``_fared`` the transaction notes that is open now
    _taken: list[Claimed] = field(default_factory=list)  # what it claims
    _calm: bool = False  # whether there is something that is no answer
    _calm_at: float = 0.0  # when to look for it, by the pacing's clock

    def inherit(self, tx: Transaction) -> None:
        """Note how the letters fared that the process before this one had handed over.

        To be done before its claims are let go of, so that none of them is said again.
        """
        if self.handed:
            outbox.settle(tx, self.handed.left(), self.clock())

    # -- in the loop -------------------------------------------------------------------------------

    async def run(self) -> None:
        """Send until cancelled; then let what is under way arrive, and note it."""
        self._loop = asyncio.get_running_loop()
        self.pacing.rest()
        try:
            while True:
                self.reception.turn()
                await asyncio.sleep(CALM if self._calm else IDLE)
        finally:
            self._loop = None
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=PATIENCE)
            with self.database.transaction() as tx:
                self.note(tx)

    async def once(self) -> int:
        """Send the first letter of each chat that has one due; how many that were."""
        self._loop = asyncio.get_running_loop()
        self.reception.hear([])
        await asyncio.sleep(0)
        count = len(self._tasks)
        await asyncio.gather(*self._tasks)
        return count

    def _send_all(self, letters: Sequence[Claimed]) -> None:
        for letter in letters:
            task = asyncio.create_task(self._send(letter))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send(self, claimed: Claimed) -> None:
        pace = self.senders[claimed.chat.channel].pace
        settled = await (self._paced(claimed, pace) if pace else self._tried(claimed))
        self._in_hand.pop(claimed.id, None)
        self._fared.append((claimed, settled))
        if settled.due_at and self._loop:
            wait = (settled.due_at - self.clock()).total_seconds()
            self._loop.call_later(max(0.0, wait), self.reception.turn)
        self.reception.turn()

    async def _paced(self, claimed: Claimed, pace: float) -> Settled:
        """Send it when its turn has come; an answer's always has."""
        lane = claimed.chat[:2]
        if not claimed.rank:
            self.pacing.count(lane, pace)
            settled = await self._tried(claimed)
        else:
            await self.pacing.turn(lane, pace)
            settled = await self._noted_beside(claimed)
        self.pacing.done(lane)
        return settled

    async def _noted_beside(self, claimed: Claimed) -> Settled:
        if self.handed is None:
            return await self._tried(claimed)
        self.handed.goes(claimed.id)
        settled = await self._tried(claimed)
        self.handed.fared(settled)
        return settled

    async def _tried(self, claimed: Claimed) -> Settled:
        letter = letter_of(claimed)
        sender = self.senders[claimed.chat.channel]
        try:
            place = await sender.send(Address(*claimed.chat), claimed.id, letter)
        except Ambiguous as unknown:
            return self._perhaps(claimed, unknown)
        except TryLater as later:
            self.pacing.told(claimed.chat[:2], later.wait)
            return self._later(claimed, str(later), later.wait)
        except Moved as gone:
            self._moved[claimed.id] = claimed.chat._replace(chat=gone.chat)
            return Settled(claimed.id, "waiting", reason=str(gone), due_at=self.clock())
        except (Refused, Unreachable) as final:
            return Settled(claimed.id, "failed", reason=f"{type(final).__name__}: {final}")
        except Exception as error:  # noqa: BLE001 - a channel's bug must not stop the others' letters
            _log.error("send_broken", channel=claimed.chat.channel, error=type(error).__name__)
            return self._later(claimed, type(error).__name__, None)
        self.pacing.told(claimed.chat[:2], None)
        return Settled(claimed.id, "sent", receipt=place)

    def _perhaps(self, claimed: Claimed, unknown: Ambiguous) -> Settled:
        """An answer that may not have come is given once more; nothing else is worth a twin."""
        reason = f"{Ambiguous.__name__}: {unknown}"
        if claimed.rank or (claimed.reason or "").startswith(Ambiguous.__name__):
            return Settled(claimed.id, "sent", reason=reason)
        return self._later(claimed, reason, unknown.wait)

    def _later(self, claimed: Claimed, reason: str, wait: timedelta | None) -> Settled:
        due = retry(claimed.attempts, wait, self.clock())
        if due is None:
            return Settled(claimed.id, "failed", reason=reason)
        return Settled(claimed.id, "waiting", reason=reason, due_at=due)

    # -- in the transactions of reception ----------------------------------------------------------

    def note(self, tx: Transaction) -> Sequence[Chat]:
        """Note how letters fared and where questions appeared; the chats whose answers waited."""
        self._noted = len(self._fared)
        fared = self._fared[: self._noted]
        if not fared:
            return ()
        outbox.settle(tx, [settled for _, settled in fared], self.clock())
        sent = [letter.chat for letter, settled in fared if settled.status == "sent"]
        quotas.count(tx, (), months(sent, self.clock()))
        for letter, settled in fared:
            if new := self._moved.pop(letter.id, None):
                persons.moved(tx, letter.chat, new)
                outbox.move(tx, letter.chat, new)
            elif (settled.reason or "").startswith(Unreachable.__name__):
                self._send_elsewhere(tx, letter)
        shown = [
            (letter.person, letter.prompt, _place(letter, settled))
            for letter, settled in fared
            if letter.prompt is not None and settled.status != "waiting"
        ]
        sessions.note_shown(tx, shown)
        return inbox.with_held(tx, [letter.chat for letter, _ in fared])

    def _send_elsewhere(self, tx: Transaction, letter: Claimed) -> None:
        """Note that nobody is reached in this chat; say it in another one if that was agreed to.

        Without its choices, as what is typed there answers no question that stands here.
        """
        now = self.clock()
        persons.blocked(tx, letter.chat, now)
        other = persons.elsewhere(tx, letter.person, letter.chat)
        if other and letter.edits is None:
            about = (letter.person, letter.text, "[]", None, letter.rank, letter.attached)
            posted = outbox.post(tx, [Posted(other, *about)], now)
            if letter.rank:
                on_the_way.elsewhere(tx, letter.id, posted[other], other)

    def take(self, tx: Transaction) -> None:
        """Claim what may go now."""
        self._taken = []
        if self._loop is None:
            return
        now = self.clock()
        lease = Lease(self.name, now + CLAIM)
        self._keep(tx, now, lease)
        night = quiet.is_quiet(now)  # then only answers go
        paced = [name for name, sender in self.senders.items() if sender.pace or night]
        room = AT_ONCE - len(self._under_way) + self._noted
        if room > 0:
            self._taken = outbox.claim(tx, list(self.senders), lease, now, room, paced)
        if paced and not night and self.pacing.clock() >= self._calm_at:
            self._take_calm(tx, paced, lease, now)

    def _take_calm(
        self, tx: Transaction, paced: Sequence[str], lease: Lease, now: datetime
    ) -> None:
        """A handful of what is no answer, for each bot as much as it may send now."""
        lanes = outbox.calm_lanes(tx, paced)
        held = Counter(self._in_hand.values())
        for lane in lanes:
            sender = self.senders[lane[0]]
            free = in_hand(sender.pace or 0.0) - held[lane]
            if free > 0 and not sender.only_answers(lane[1]):
                self._taken += outbox.claim_calm(tx, lane, lease, now, free)
        self._calm = bool(lanes)
        self._calm_at = self.pacing.clock() + (CALM if lanes else IDLE)

    def _keep(self, tx: Transaction, now: datetime, lease: Lease) -> None:
        """Hold on to what is still under way when half of its time is over."""
        late = [letter for letter, until in self._under_way.items() if until - now < CLAIM / 2]
        if late:
            outbox.keep(tx, late, lease.until)
            self._under_way.update(dict.fromkeys(late, lease.until))

    def committed(self) -> None:
        """What was noted is noted, and what was claimed goes out."""
        noted = [letter.id for letter, _ in self._fared[: self._noted]]
        for letter in noted:
            self._under_way.pop(letter, None)
        if self.handed:
            self.handed.noted(noted)
        del self._fared[: self._noted]
        self._noted = 0
        new = [letter for letter in self._taken if letter.id not in self._under_way]
        self._taken = []
        if new and self._loop:
            until = self.clock() + CLAIM
            self._under_way.update((letter.id, until) for letter in new)
            self._in_hand.update((letter.id, letter.chat[:2]) for letter in new if letter.rank)
            with contextlib.suppress(RuntimeError):  # the loop is closed: the next start sends them
                self._loop.call_soon_threadsafe(self._send_all, new)


def _place(letter: Claimed, fared: Settled) -> int:
    """Where the question appeared: a failed letter's nowhere, 0 where the channel cannot say.

    Below zero when it was tried before, and so may have been on the screen earlier.
    """
    if fared.status == "failed":
        return NEVER_SHOWN
    place = fared.receipt or 0
    return -place if letter.attempts > 1 else place
