"""How fast conversations are over real HTTP: ours, durable, beside others as one gets them.

    pip install aiosqlite           # what the third peer needs, and nobody else
    python -m benchmarks.conversations_http [--people 1000] [--rounds 3]

Everybody fills in the same form through a fake Bot API on loopback, in a process of its own, that
bots poll. Each bot has its library's default transport and answers the taps of its buttons; ours is
the channel as it runs, every update committed to SQLite (WAL, synchronous=FULL). One person plays
before the clock starts, so that nobody pays for the first time.
"""

import argparse
import asyncio
import gc
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.bots import rehearsing, script
from benchmarks.bots.script import TALK

ROOT = Path(__file__).parents[1]
OURS = "ours_polling"
PEERS = {
    "aiogram_memory": "aiogram FSM, memory (keeps nothing)",
    "telegram_ext": "python-telegram-bot ConversationHandler (keeps nothing)",
    "aiogram_sqlmodel": "aiogram + async SQLModel, aiosqlite",
}
PATIENCE = 600.0  # seconds for one bot to answer everybody
_NOTED = 0.5  # seconds in which also the last form is noted as handed in
STEADY_RATE, STEADY_SECONDS = 200.0, 10.0
Figures = dict[str, float]


# -- in the process of one bot ---------------------------------------------------------------------


async def play(name: str, kept: Path, people: int, rate: float, base: str) -> Figures:
    """Let one bot talk to everybody, after one more person has shown it each question."""
    module = importlib.import_module(f"benchmarks.bots.{name}")
    with tempfile.TemporaryDirectory() as folder:
        bot = module.Polling(script.read(kept), Path(folder), people + 1, base)
        running = asyncio.create_task(bot.run(_settled))
        try:
            await _played(base, running, people, 1, 0.0)
            cpu = time.process_time()
            figures = await _played(base, running, 0, people, rate)
            cpu = time.process_time() - cpu
            await asyncio.sleep(_NOTED)
            finished = len(bot.finished) - 1
        finally:
            running.cancel()
            await asyncio.wait([running])
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = cpu / (people * len(TALK)) * 1e6
    return {**figures, "cpu_us": each, "rss_mb": used, "finished": finished}


def _settled() -> None:
    gc.collect()
    gc.freeze()


async def _played(
    base: str, running: "asyncio.Task[None]", first: int, people: int, rate: float
) -> Figures:
    """The figures of the API when all of these have played; raises what ends the bot before."""
    asking = asyncio.create_task(_ask(base, f"/play?first={first}&people={people}&rate={rate}"))
    await asyncio.wait([asking, running], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        running.result()
    if not asking.done():
        asking.cancel()
        raise TimeoutError("somebody was never answered")
    return asking.result()


async def _ask(base: str, path: str) -> Figures:
    host, _, port = base.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    figures: Figures = json.loads(await reader.readexactly(length))
    writer.close()
    return figures


# -- in the process that compares ------------------------------------------------------------------


@contextmanager
def bot_api(kept: Path, people: int) -> Iterator[str]:
    """A fake Bot API for that many people, where it can be reached."""
    command = [sys.executable, "-m", "benchmarks.bots.bot_api", str(kept), str(people)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as api:
        try:
            assert api.stdout
            yield f"http://127.0.0.1:{int(api.stdout.readline())}"
        finally:
            api.terminate()


def _child(name: str, kept: Path, people: int, rate: float = 0.0) -> Figures:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.conversations_http"]
    command += ["--child", name, "--script", str(kept)]
    command += ["--people", str(people), "--rate", str(rate)]
    with bot_api(kept, people + 1) as base:
        done = subprocess.run(
            [*command, "--base", base], cwd=ROOT, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(people: int, rounds: int) -> None:
    """All bots in turn, as often as asked; medians and the ratios of each round."""
    load = os.getloadavg()[0]
    names = (OURS, *PEERS)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "script.json"
        asyncio.run(rehearsing.rehearse()).write(kept)
        runs = [{name: _child(name, kept, people) for name in names} for _ in range(rounds)]
        few = int(STEADY_RATE * STEADY_SECONDS / len(TALK))
        calm = {name: _child(name, kept, few, STEADY_RATE) for name in names[:2]}
    about = f"{people} people, {len(TALK)} messages each, medians of {rounds} rounds"
    print(f"{about}; load before: {load:.1f} on {os.cpu_count()} cores")
    for name in names:
        _show(
            name, {key: statistics.median(run[name][key] for run in runs) for key in runs[0][name]}
        )
    for name, what in PEERS.items():
        speed = statistics.median(run[OURS]["updates"] / run[name]["updates"] for run in runs)
        cpu = statistics.median(run[name]["cpu_us"] / run[OURS]["cpu_us"] for run in runs)
        print(f"ours / {what}: {speed:.2f} × the updates/s, {cpu:.2f} × the work a CPU second")
    for name, figures in calm.items():
        print(
            f"{name} at {STEADY_RATE:.0f} updates/s:"
            f" p50 {figures['p50_ms']:.1f} ms, p99 {figures['p99_ms']:.1f} ms"
        )


def _show(name: str, middle: Mapping[str, float]) -> None:
    print(
        f"{name:16} {middle['updates']:6.0f} updates/s {middle['cpu_us']:6.0f} µs CPU each"
        f"  p50 {middle['p50_ms']:7.1f} ms  p99 {middle['p99_ms']:7.1f} ms"
        f"  {middle['rss_mb']:4.0f} MB  {middle['finished']:.0f} ideas"
        f"  API busy {middle['api_busy']:.0%}"
    )


def main() -> None:
    """Compare, or be one of those compared."""
    asked = argparse.ArgumentParser(description="conversations a second over HTTP")
    asked.add_argument("--people", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--child", default="")
    asked.add_argument("--script", type=Path)
    asked.add_argument("--base", default="")
    asked.add_argument("--rate", type=float, default=0.0)
    wanted = asked.parse_args()
    warnings.simplefilter("ignore")
    if not wanted.child:
        compare(wanted.people, wanted.rounds)
        return
    about = (wanted.child, wanted.script, wanted.people, wanted.rate, wanted.base)
    print(json.dumps(asyncio.run(play(*about))))


if __name__ == "__main__":
    main()
