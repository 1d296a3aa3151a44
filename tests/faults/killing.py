"""People who fill forms while the server is killed again and again."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.database import Database
from tests.faults import checking
from tests.faults.phone import Phone
from tests.faults.producer import Producer
from tests.faults.serving import Server

LONGEST_LIFE = 0.6  # seconds that a server lives at most after it is ready


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it all."""

    kills: int
    ideas: int
    broken_off: int
    repeated_questions: int
    faults: tuple[str, ...]


async def play(folder: Path, people: int, kills: int, seed: int, think: float = 0.1) -> Outcome:
    """Let people talk, kill the server so often, let all finish, and look at what is kept."""
    dice = random.Random(seed)
    server = Server(folder)
    await server.start()
    everybody = [
        Producer(number, Phone(server.port, f"phone-{number:04d}"), lambda: dice.uniform(0, think))
        for number in range(1, people + 1)
    ]
    try:
        async with asyncio.TaskGroup() as lives:
            for one in everybody:
                lives.create_task(one.live())
            await _kill(server, kills, dice)
            for one in everybody:
                one.wants_more = False
    finally:
        server.stop()
    return _outcome(folder, everybody, kills)


async def _kill(server: Server, times: int, dice: random.Random) -> None:
    for _ in range(times):
        await asyncio.sleep(dice.uniform(0, LONGEST_LIFE))
        server.kill()
        await server.start()


def _outcome(folder: Path, everybody: Sequence[Producer], kills: int) -> Outcome:
    database = Database(f"sqlite:///{folder / 'ocop.db'}")
    try:
        found = checking.faults(database, everybody)
    finally:
        database.close()
    return Outcome(
        kills,
        sum(one.ideas for one in everybody),
        sum(one.phone.broken_off for one in everybody),
        checking.repeated(everybody),
        tuple(found),
    )
