"""Delivery: claims letters, hands them to their channel, and notes how each fared."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.channels.contract import Refused, Sender, TryLater, Unreachable
from bot.reception import Reception
from conversations.events import Address
from conversations.messages import Letter
from conversations.session import NEVER_SHOWN
from storage import inbox, outbox, sessions
from storage.database import Database, Transaction
from storage.outbox import Claimed, Settled
from storage.persons import Chat

AT_ONCE = 256  # letters claimed together, one a chat
CLAIM = timedelta(seconds=30)  # a sender that says nothing for so long is dead
IDLE = 5.0  # seconds between looks when nothing rings
_WAITS = (1, 5, 30, 120, 600, 1800, 3600)  # seconds before the 2nd, 3rd … try; then hourly
_TRIES = 30
_log = structlog.get_logger()
_choices = msgspec.json.Decoder(tuple[tuple[str, str], ...]).decode


def retry(attempts: int, wait: timedelta | None, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None when it is time to give up."""
    if attempts >= _TRIES:
        return None
    usual = timedelta(seconds=_WAITS[min(attempts, len(_WAITS)) - 1])
    return now + max(usual, wait or usual)


@dataclass(slots=True)
class Delivery:
    """Sends what the outbox holds for the channels that it has senders for."""

    database: Database
    reception: Reception
    senders: Mapping[str, Sender]
    clock: Callable[[], datetime]
    name: str
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _fared: list[tuple[Claimed, Settled]] = field(default_factory=list)  # sent, not noted yet

    def ring(self) -> None:
        """There may be letters; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._bell.set)

    async def run(self) -> None:
        """Send until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                await self._work()
        finally:
            with self.database.transaction() as tx:
                self._note(tx, self.clock())

    async def _work(self) -> None:
        self._bell.clear()
        try:
            while await self.once():
                pass
        except Exception:  # noqa: BLE001 - the loop outlives whatever breaks one round
            _log.exception("delivery_failed")
        await self._rest()

    async def once(self) -> int:
        """Send the first letter of each chat that has one due; how many that were.

        How they fared is noted by the next call, in one transaction with its claims.
        """
        claimed = await asyncio.to_thread(self._claim)
        fared = await asyncio.gather(*map(self._send, claimed))
        self._fared.extend(zip(claimed, fared, strict=True))
        return len(claimed)

    async def _rest(self) -> None:
        with self.database.reading() as tx:
            due = outbox.next_due(tx, list(self.senders))
        pause = IDLE if due is None else (due - self.clock()).total_seconds()
        with contextlib.suppress(TimeoutError):  # wait_for can swallow our own end
            async with asyncio.timeout(max(0.01, min(pause, IDLE))):
                await self._bell.wait()

    def _claim(self) -> Sequence[Claimed]:
        """Note how the letters before fared, and take the next ones."""
        now = self.clock()
        with self.database.transaction() as tx:
            waiting = self._note(tx, now)
            claimed = outbox.claim(tx, list(self.senders), self.name, now, now + CLAIM, AT_ONCE)
        self._fared.clear()
        self.reception.release(waiting)
        return claimed

    async def _send(self, claimed: Claimed) -> Settled:
        letter = Letter(claimed.text, _choices(claimed.choices), claimed.prompt)
        sender = self.senders[claimed.chat.channel]
        try:
            place = await sender.send(Address(*claimed.chat), claimed.id, letter)
        except TryLater as later:
            return self._later(claimed, str(later), later.wait)
        except (Refused, Unreachable) as final:
            return Settled(claimed.id, "failed", reason=f"{type(final).__name__}: {final}")
        except Exception as error:  # noqa: BLE001 - a channel's bug must not stop the others' letters
            _log.error("send_broken", channel=claimed.chat.channel, error=type(error).__name__)
            return self._later(claimed, type(error).__name__, None)
        return Settled(claimed.id, "sent", receipt=place)

    def _later(self, claimed: Claimed, reason: str, wait: timedelta | None) -> Settled:
        due = retry(claimed.attempts, wait, self.clock())
        if due is None:
            return Settled(claimed.id, "failed", reason=reason)
        return Settled(claimed.id, "waiting", reason=reason, due_at=due)

    def _note(self, tx: Transaction, now: datetime) -> Sequence[Chat]:
        """Note how letters fared and where questions appeared; the chats whose answers waited."""
        if not self._fared:
            return ()
        outbox.settle(tx, [settled for _, settled in self._fared], now)
        shown = [
            (letter.person, letter.prompt, _place(settled))
            for letter, settled in self._fared
            if letter.prompt is not None and settled.status != "waiting"
        ]
        sessions.note_shown(tx, shown)
        return inbox.with_held(tx, [letter.chat for letter, _ in self._fared])


def _place(fared: Settled) -> int:
    """Where the question appeared: a failed letter's nowhere, 0 where the channel cannot say."""
    return NEVER_SHOWN if fared.status == "failed" else fared.receipt or 0
