"""Printing: makes the papers that people asked for outside of the talk, and posts them.

What was asked for is a row until its letters are posted, in one transaction with that: none is
lost, and none comes twice, whoever is killed and whenever.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.posting import posted
from bot.retrying import retry
from bot.wording import Wording
from conversations.messages import Message
from conversations.session import Session
from documents.shelf import Shelf
from hands.hiring import Bounds, Hands
from storage import files, outbox, prints, sessions
from storage.database import Database, Transaction
from storage.files import Files
from storage.prints import Claimed

if TYPE_CHECKING:
    from bot.copying import Copy

BOUNDS = Bounds(megabytes=900, seconds=600)  # a book of 300 photos takes a minute on a good day
REST = 60.0  # seconds until idle hands are let go
AT_ONCE = 2  # papers, of which one may be a book: that takes minutes and memory
BOOKS = ("book", "book_zip")
# Papers that officers alone have printed.
OFFICERS = (
    "form_03",
    "digest",
    "digest_xlsx",
    "office_code",
    "fair_list",
    "council_minutes",
    "council_notice",
    "council_opinions",
    "council_scores",
    "opinions_notice",
    "report_docx",
    "report_pdf",
    "report_xlsx",
)
CLAIM = timedelta(seconds=60)  # who does not hold on to a paper for so long is dead
IDLE = 0.5  # seconds between looks when nothing rings
AWAY = 5.0  # seconds that a broken database is left alone
DAY = 24 * 3600.0
SHELF = 2 << 30  # bytes of parts that may be made again
KEPT = timedelta(days=30)  # that it is remembered what was printed for whom
WAITS = (2, 10, 30, 120)  # seconds before the 2nd, 3rd … try
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_log = structlog.get_logger()
_session = msgspec.json.Decoder(Session).decode


class TooOften(RuntimeError):
    """Whoever took it up has fallen over it, each time."""


@dataclass(slots=True)
class Printing:
    """Prints what is asked for, until it is closed."""

    database: Database
    wording: Wording
    folder: Files
    shelf: Shelf
    hands: Hands
    clock: Callable[[], datetime]
    name: str
    posted: Callable[[], None] = lambda: None  # told after a commit: there are letters
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: dict[int, str] = field(default_factory=dict)  # kinds by number
    _hold_at: datetime = _LONG_AGO  # when to hold on to these

    async def run(self) -> None:
        """Print what is asked for, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._tidy())
                while True:
                    await self._round(group)
        finally:
            self.hands.close()
            with self.database.transaction() as tx:
                prints.release(tx, self.name)

    async def once(self) -> int:
        """Print what is due in the order in which it was asked for; how many papers that were."""
        count = 0
        while job := await self._claimed():
            await self._print(job)
            count += 1
        return count

    async def _round(self, group: asyncio.TaskGroup) -> None:
        self._bell.clear()
        try:
            while job := await self._claimed():
                group.create_task(self._print(job))
        except Exception:  # noqa: BLE001 - the loop outlives whatever breaks one round
            _log.exception("printing_failed")
            await asyncio.sleep(AWAY)
        with contextlib.suppress(TimeoutError):  # wait_for can swallow our own end
            async with asyncio.timeout(IDLE):
                await self._bell.wait()

    async def _claimed(self) -> Claimed | None:
        """A paper that is ours to print now."""
        job = await asyncio.to_thread(self._claim)
        if job:
            self._under_way[job.id] = job.kind
        return job

    def _claim(self) -> Claimed | None:
        now = self.clock()
        if self._hold_at <= now:
            self._hold(now)
        with self.database.reading() as tx:
            if len(self._under_way) >= AT_ONCE or not prints.any_open(tx, now):
                return None
        busy = BOOKS if set(BOOKS) & set(self._under_way.values()) else ()
        with self.database.transaction() as tx:
            return next(iter(prints.claim(tx, self.name, now, now + CLAIM, 1, busy)), None)

    def _hold(self, now: datetime) -> None:
        """Hold on to what is under way; it may take longer than a claim lasts."""
        self._hold_at = now + CLAIM / 3
        if self._under_way:
            with self.database.transaction() as tx:
                prints.keep(tx, list(self._under_way), self.name, now + CLAIM)

    async def _print(self, job: Claimed) -> None:
        """Print one paper, whatever happens; the others must not suffer from it."""
        try:
            await asyncio.to_thread(self._printed, job)
        except Exception as trouble:  # noqa: BLE001 - as promised
            await self._later(job, trouble)
        finally:
            self._under_way.pop(job.id)
            self._bell.set()
        self.posted()

    def _printed(self, job: Claimed) -> None:
        if job.attempts > len(WAITS) + 1:  # it has broken whoever took it up
            raise TooOften
        from bot.copying import Copying  # noqa: PLC0415 - it brings Pillow, and few print

        copying = Copying(self.database, self.folder, self.shelf, self.hands)
        self._post(job, copying.copy(job.kind, job.about, self._speech(job)))

    def _speech(self, job: Claimed) -> Callable[[str], str]:
        """How the words of a key are said to whoever gets the paper."""
        with self.database.transaction() as tx:  # a session that is loaded is locked
            language = _language(tx, job.person)
        return lambda key: self.wording.letters(language, Message(key))[0].text

    def _post(self, job: Claimed, copy: "Copy") -> None:
        """Note that it is printed, and put its letters into the outbox; once, whoever else did."""
        now = self.clock()
        with self.database.transaction() as tx:
            files.note(tx, copy.file, copy.kind, copy.size, now)
            if prints.done(tx, job.id, copy.file, now):
                self._say(tx, job, copy.messages, now)

    def _say(
        self, tx: Transaction, job: Claimed, messages: Sequence[Message], now: datetime
    ) -> None:
        person = prints.reader(tx, job.id)
        if person is None:
            return
        language = _language(tx, person)
        letters = [one for said in messages for one in self.wording.letters(language, said)]
        outbox.put(tx, [posted(job.chat, person, letter) for letter in letters], now)

    # -- not to be printed -------------------------------------------------------------------------

    async def _later(self, job: Claimed, trouble: Exception) -> None:
        """Try again later, or tell the person that it cannot be printed."""
        due = retry(WAITS, job.attempts, self.clock())
        why, again = type(trouble).__name__, due is not None
        _log.warning("not_printed", kind=job.kind, why=why, tries=job.attempts, again=again)
        try:
            await asyncio.to_thread(self._put_off, job, due)
        except Exception as error:  # noqa: BLE001 - its claim runs out, and it is tried again
            _log.error("printing_failed", error=type(error).__name__)

    def _put_off(self, job: Claimed, due: datetime | None) -> None:
        now, paper = self.clock(), job.kind.partition(".")[0]
        with self.database.transaction() as tx:
            if due is not None:
                prints.put_off(tx, job.id, due)
            elif prints.fail(tx, job.id, now):
                title = Message(f"printing.title_{paper}")
                key = "printing.failed_office" if paper in OFFICERS else "printing.failed"
                self._say(tx, job, [Message(key, {"title": title})], now)

    async def _tidy(self) -> None:
        """Once a day clear away what may be forgotten, and what the shelf has too much of."""
        while True:
            try:
                await asyncio.to_thread(self._forget)
            except Exception as error:  # noqa: BLE001 - there is another day
                _log.error("printing_failed", error=type(error).__name__)
            await asyncio.sleep(DAY)

    def _forget(self) -> None:
        self.shelf.trim(SHELF)
        with self.database.transaction() as tx:
            prints.forget(tx, self.clock() - KEPT)


def _language(tx: Transaction, person: int) -> str:
    kept = sessions.load(tx, [person]).get(person)
    return _session(kept.body).language if kept else Session().language
