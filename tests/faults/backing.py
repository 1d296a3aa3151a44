"""A back-up while people talk: taken beside the real server, restored elsewhere, compared by row.

Run as a program it is the one that backs up: it keeps its sight of that one moment of the database
until it has held every row against what came back.
"""

import asyncio
import os
import resource
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy.engine import Connection

from bot import backing_up, clock
from bot.settings import ROOT, Settings
from storage import backups, moving
from storage.database import Database
from storage.files import Files
from storage.restoring import Live
from tests.faults.phone import Phone
from tests.faults.serving import Server

PEOPLE = 40
UNANSWERED = 400  # posts at most that wait to be safe: a server that cannot keep pace is shown so


class Kept(msgspec.Struct):
    """What the back-up was; times are of the system's monotonic clock, in seconds."""

    began: float
    ended: float
    restored: float
    rows: int
    size: int
    megabytes: int  # of memory, at most
    came: int  # rows that the server wrote since that moment
    differing: list[str]  # tables that are not the same elsewhere, row by row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; a post is when it began and how long it took till it was safe."""

    kept: Kept
    posts: tuple[tuple[float, float], ...]
    seconds: float

    def waits(self, *, meanwhile: bool) -> list[float]:
        """How long posts took while the back-up was made, or before and after."""
        span = (self.kept.began, self.kept.ended)
        return [took for began, took in self.posts if (span[0] <= began <= span[1]) == meanwhile]


async def play(folder: Path, rate: float, calm: float) -> Outcome:
    """Let people post so many messages a second, and back up after that many seconds of it."""
    here = folder / "here"
    here.mkdir(exist_ok=True)
    server = Server(here)
    await server.start()
    crowd = _Crowd(server.port, rate)
    began = time.perf_counter()
    try:
        async with asyncio.TaskGroup() as lives:
            talking = lives.create_task(crowd.talk())
            await asyncio.sleep(calm)
            kept = await _kept(folder)
            await asyncio.sleep(calm)
            crowd.wants_more = False
            await talking
    finally:
        server.stop()
    return Outcome(kept, tuple(crowd.posts), time.perf_counter() - began)


class _Crowd:
    """People who post at a steady rate all together, however long each post takes."""

    def __init__(self, port: int, rate: float) -> None:
        self._phones = [Phone(port, f"phone-{number:04d}") for number in range(PEOPLE)]
        self._pause = 1 / rate
        self._room = asyncio.Semaphore(UNANSWERED)
        self.posts: list[tuple[float, float]] = []
        self.wants_more = True

    async def talk(self) -> None:
        due = time.perf_counter()
        async with asyncio.TaskGroup() as flying:
            while self.wants_more:
                for phone in self._phones:
                    due += self._pause
                    await asyncio.sleep(max(0.0, due - time.perf_counter()))
                    await self._room.acquire()
                    flying.create_task(self._post(phone))

    async def _post(self, phone: Phone) -> None:
        began = time.monotonic()
        await phone.say("chào em")
        self._room.release()
        self.posts.append((began, time.monotonic() - began))


async def _kept(folder: Path) -> Kept:
    command = (sys.executable, "-W", "error", "-m", "tests.faults.backing", str(folder))
    child = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await child.communicate()
    if child.returncode:
        raise RuntimeError(err.decode()[-2000:])
    return msgspec.json.decode(out.splitlines()[-1], type=Kept)


# -- the process that backs up ---------------------------------------------------------------------


def main(folder: Path) -> None:
    """Back up, restore elsewhere, compare, and print what was found."""
    os.nice(10)
    here, file = Settings(data=folder / "here"), folder / "a.zip"
    with closing(Database(here.database)) as database, database.reading() as tx:
        revision, began = Live(tx).revision, time.monotonic()
        manifest = backups.write(tx, Files(here.data / "files"), file, revision, clock.now())
        ended, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        there = Settings(data=folder / "there")
        if backing_up.restore(there, file):
            sys.exit("it cannot be restored")
        restored = time.monotonic()
        with closing(Database(there.database)) as other, other.reading() as found:
            differing = sorted(_differing(tx, found))
    size, rows = file.stat().st_size, manifest.rows
    kept = Kept(began, ended, restored, rows, size, memory, _rows(here) - rows, differing)
    sys.stdout.write(msgspec.json.encode(kept).decode() + "\n")


def _differing(tx: Connection, other: Connection) -> set[str]:
    """The tables whose rows are not the very same in both."""
    mine, theirs = moving.tables(tx), moving.tables(other)
    wrong = mine.keys() ^ theirs.keys()
    for name in mine.keys() & theirs.keys():
        pairs = (moving.rows(tx, mine[name]), moving.rows(other, theirs[name]))
        first, second = (sorted(msgspec.json.encode(row) for row in rows) for rows in pairs)
        if first != second:
            wrong.add(name)
    return wrong


def _rows(settings: Settings) -> int:
    with closing(Database(settings.database)) as database, database.reading() as tx:
        return sum(each.rows for each in moving.sums(tx).values())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
