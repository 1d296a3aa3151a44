"""kill -9 while somebody talks on Zalo: nothing is lost, and little comes twice."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random

import msgspec
import pytest
from sqlalchemy import text

from bot.channels.console import playing
from bot.channels.console.transcript import Said, read
from bot.channels.zalo.line import Mode
from storage import inbox, outbox
from storage.database import Database
from tests.channels.zalo_child import Birth
from tests.channels.zalo_rig import PUBLIC, SECRET
from tests.emulators.zalo import Knobs, ZaloEmulator, started
from tests.emulators.zalo_people import Bot, User

ROOT = Path(__file__).parents[2]
CHAT = (ROOT / "tests/chats/gao-khau-meo.chat").read_text(encoding="utf-8")
SHORT = "\n".join([line for line in CHAT.splitlines() if line.startswith(">")][:12])
LONGEST = 0.08  # seconds in which all that an act leads to is over, most of the time


class Mother:
    """A process that has imported everything, and bears others in no time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.channels.zalo_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )

    def bears(self, birth: Birth) -> int:
        """The number of a new process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(msgspec.json.encode(birth) + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def dies(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def mother() -> Iterator[Mother]:
    made = Mother()
    yield made
    made.dies()


@dataclass
class Life:
    """A process that is killed and begun again, and the person who talks to it."""

    mother: Mother
    service: ZaloEmulator
    birth: Birth
    database: Database
    lan: User
    dice: Random
    kills: int = 0
    _process: int = 0
    _said: int = 0

    @property
    def bot(self) -> Bot:
        return self.lan.bot

    def begin(self) -> None:
        self._process = self.mother.bears(self.birth)

    def kill(self) -> None:
        os.kill(self._process, signal.SIGKILL)

    async def act(self, words: str, *, kill: bool) -> None:
        """Say it; with ``kill`` the process dies at some instant of hearing and answering it."""
        self.lan.says(words)
        self._said += 1
        telling = asyncio.create_task(self._tell())
        if kill:
            await asyncio.sleep(self.dice.uniform(0, LONGEST))
            self.kill()
            self.kills += 1
            self.begin()
        await telling

    async def _tell(self) -> None:
        """Wait until it is heard and everything is answered; Zalo repeats what was not taken."""
        async with asyncio.timeout(20):
            while not self._quiet():
                if self.birth.mode == "webhook":
                    await self.service.post(self.bot)
                await asyncio.sleep(0.02)

    def _quiet(self) -> bool:
        with self.database.reading() as tx:
            heard = tx.execute(text("SELECT count(*) FROM inbox")).scalar_one()
            return heard == self._said and not outbox.waiting(tx) and not inbox.held_chats(tx)


@asynccontextmanager
async def alive(mother: Mother, mode: Mode, database: Database, seed: int) -> AsyncIterator[Life]:
    """A process of its own that talks to Zalo on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with started(Knobs(replay=True)) as service:
        service.hosts[PUBLIC] = f"http://127.0.0.1:{port}"
        lan = service.user("Bà Mẩy")
        birth = Birth(
            str(database.engine.url),
            service.base,
            lan.bot.token,
            mode,
            f"https://{PUBLIC}",
            SECRET,
            port,
            time.time(),
        )
        life = Life(mother, service, birth, database, lan, Random(seed))
        life.begin()
        try:
            yield life
        finally:
            life.kill()


async def complaint(life: Life, chat: str, *, every: int) -> str:
    """Play the chat with a kill at every so many acts; what there is to complain of."""
    said = [entry.text for entry, _ in read(chat) if isinstance(entry, Said)]
    for number, words in enumerate(said):
        await life.act(words, kill=number % every == 0)
    expected = [one.strip() for _, one in playing.play(chat).letters]
    letters = life.lan.sees()
    if [one for one, _ in groupby(letters)] != [one for one, _ in groupby(expected)]:
        return "a letter is lost, or there is another one"
    twice = len(letters) - len(expected)
    return f"{twice} letters twice" if twice > life.kills else ""


@pytest.mark.parametrize("mode", ["webhook", "polling"])
async def test_a_killed_process_loses_nothing(mother: Mother, mode: Mode, kept: Database) -> None:
    async with alive(mother, mode, kept, seed=1) as life:
        assert await complaint(life, SHORT, every=3) == ""

    assert life.kills == 4
