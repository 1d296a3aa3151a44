"""How fast conversations are: ours, durable, beside what one would pick instead, in one run.

    uv pip install aiosqlite        # what the third peer needs, and nobody else
    python -m benchmarks.conversations [--people 1000] [--rounds 3]

Everybody fills in the same form. Each bot runs in a process of its own, one after the other, and
again in each round; updates go in as Telegram's JSON, answers go out to a network that takes no
time. Ours commits every update to SQLite (WAL, synchronous=FULL) and notes every letter as sent.
"""

import argparse
import asyncio
import importlib
import json
import statistics
import subprocess
import sys
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path

import msgspec

from benchmarks.bots import rehearsing, script
from benchmarks.bots.crowd import Crowd
from benchmarks.bots.ours import Bot
from benchmarks.bots.script import TALK, update
from conversations.session import Session
from storage import sessions

ROOT = Path(__file__).parents[1]
BOTS = ("ours", "aiogram_memory", "telegram_ext", "aiogram_sqlmodel")
PEERS = {
    "aiogram_memory": "aiogram FSM, memory (keeps nothing)",
    "telegram_ext": "python-telegram-bot ConversationHandler (keeps nothing)",
    "aiogram_sqlmodel": "aiogram + async SQLModel, aiosqlite",
}
STEADY_RATE, STEADY_SECONDS = 200.0, 10.0
BURST_PEOPLE, BURST = 300, 9


async def all_at_once(name: str, kept: Path, people: int) -> dict[str, float]:
    """One bot, everybody as fast as the answers come."""
    module = importlib.import_module(f"benchmarks.bots.{name}")
    with tempfile.TemporaryDirectory() as folder:
        bot = module.Bot(script.read(kept), Path(folder), people)
        await bot.open()
        figures = asdict(await Crowd(bot).all_at_once(0, people))
        await bot.close()
    return figures


async def steadily(kept: Path) -> dict[str, float]:
    """Ours at a calm rate, after one person has shown it each question."""
    people = int(STEADY_RATE * STEADY_SECONDS / len(TALK)) + 1
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(script.read(kept), Path(folder), people + 1)
        await bot.open()
        await Crowd(bot).all_at_once(people, 1)
        seconds = people * len(TALK) / STEADY_RATE
        figures = asdict(await Crowd(bot).steadily(0, people, STEADY_RATE, seconds))
        await bot.close()
    return figures


async def in_one_breath(kept: Path) -> dict[str, float]:
    """Nine pieces of a story at once from each of many people: for how many all are in order."""
    story = next(at for at, said in enumerate(TALK) if said.question == "special")
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(script.read(kept), Path(folder), BURST_PEOPLE)
        await bot.open()
        for person in range(BURST_PEOPLE):
            for at, said in enumerate(TALK[:story]):
                data = bot.button(person, said.button) if said.button >= 0 else ""
                await bot.tell(person, at, update(person, at, said.text, data))
        events = [
            bot.event(update(person, story + piece, f"mảnh {piece} của {person}"))
            for person in range(BURST_PEOPLE)
            for piece in range(BURST)
        ]
        await asyncio.gather(*(bot.reception.receive(event) for event in events))
        right = _in_order(bot)
        await bot.close()
    return {"people": BURST_PEOPLE, "in_order": right}


def _in_order(bot: Bot) -> int:
    with bot.database.reading() as tx:
        kept = [msgspec.json.decode(body, type=Session) for body in sessions.everyone(tx)]
    told = [session.runs[-1].parts for session in kept if session.runs]
    return sum([int(p.split()[1]) for p in parts] == list(range(BURST)) for parts in told)


def _child(what: str, kept: Path, people: int) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.conversations"]
    command += ["--people", str(people), "--child", what, "--script", str(kept)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{what}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(people: int, rounds: int) -> None:
    """All bots in turn, as often as asked; medians and the ratios of each round."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "script.json"
        asyncio.run(rehearsing.rehearse()).write(kept)
        runs = [{name: _child(name, kept, people) for name in BOTS} for _ in range(rounds)]
        calm, breath = _child("steady", kept, people), _child("breath", kept, people)
    print(f"{people} people, {len(TALK)} messages each, medians of {rounds} runs in turn")
    for name in BOTS:
        middle = {key: statistics.median(run[name][key] for run in runs) for key in runs[0][name]}
        print(
            f"{name:18} {middle['updates']:8.0f} updates/s {middle['cpu_us']:7.0f} µs CPU each"
            f"  p50 {middle['p50_ms']:8.1f} ms  p99 {middle['p99_ms']:8.1f} ms"
            f"  {middle['rss_mb']:4.0f} MB  {middle['finished']:.0f} ideas"
        )
    for name, what in PEERS.items():
        speed = statistics.median(run["ours"]["updates"] / run[name]["updates"] for run in runs)
        cpu = statistics.median(run[name]["cpu_us"] / run["ours"]["cpu_us"] for run in runs)
        print(f"ours / {what}: {speed:.2f} × the updates/s, {cpu:.2f} × the work a CPU second")
    print(
        f"at {STEADY_RATE:.0f} updates/s: p50 {calm['p50_ms']:.1f} ms, p99 {calm['p99_ms']:.1f} ms"
    )
    print(
        f"{BURST} at once: in order for {breath['in_order']:.0f} of {breath['people']:.0f} people"
    )


def main() -> None:
    """Compare, or be one of those compared."""
    asked = argparse.ArgumentParser(description="conversations a second, ours and others")
    asked.add_argument("--people", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--child", default="")
    asked.add_argument("--script", type=Path)
    wanted = asked.parse_args()
    warnings.simplefilter("ignore")
    if not wanted.child:
        compare(wanted.people, wanted.rounds)
        return
    if wanted.child == "steady":
        figures = asyncio.run(steadily(wanted.script))
    elif wanted.child == "breath":
        figures = asyncio.run(in_one_breath(wanted.script))
    else:
        figures = asyncio.run(all_at_once(wanted.child, wanted.script, wanted.people))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
