"""What people wait while one person floods: with our limits, without them, and without a flood.

    python -m benchmarks.flooding [--rate 50] [--flood 200] [--seconds 10]

People fill in a form as in ``benchmarks.conversations``; beside them one chat sends text upon text
to the same process. Answers go out to a network that takes no time.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from benchmarks.bots import rehearsing, script
from benchmarks.bots.crowd import Crowd
from benchmarks.bots.ours import Bot
from benchmarks.bots.script import TALK
from bot import clock
from conversations.events import Address, Event, Text
from programme.limits import Limits

ROOT = Path(__file__).parents[1]
WAYS = ("nobody floods", "flood, limits", "flood, no limits")
_FLOODER = Address("telegram", "one", "flood")


async def measured(kept: Path, way: str, rate: float, flood: float, seconds: float) -> str:
    """One run, as JSON: how many seconds the others waited."""
    people = int(rate * seconds / len(TALK)) + 1
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(script.read(kept), Path(folder), people + 1)
        bot.reception.limits = None if way == WAYS[2] else Limits()
        await bot.open()
        crowd = Crowd(bot)
        await crowd.all_at_once(people, 1)
        flooding = asyncio.create_task(_flood(bot, 0 if way == WAYS[0] else flood))
        await crowd.steadily(0, people, rate, people * len(TALK) / rate)
        flooding.cancel()
        await bot.close()
    cuts = statistics.quantiles(crowd.took, n=100)
    return json.dumps({"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]})


async def _flood(bot: Bot, rate: float) -> None:
    began, number = time.perf_counter(), 0
    while rate:
        number += 1
        bot.reception.submit(Event(_FLOODER, f"flood-{number}", clock.now(), Text("alo alo")))
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))


def main() -> None:
    """Compare, or be one of those compared."""
    asked = argparse.ArgumentParser(description="what people wait while one person floods")
    asked.add_argument("--rate", type=float, default=50.0)
    asked.add_argument("--flood", type=float, default=200.0)
    asked.add_argument("--seconds", type=float, default=10.0)
    asked.add_argument("--child", default="")
    asked.add_argument("--script", type=Path)
    wanted = asked.parse_args()
    warnings.simplefilter("ignore")
    about = (wanted.rate, wanted.flood, wanted.seconds)
    if wanted.child:
        print(asyncio.run(measured(wanted.script, wanted.child, *about)))
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "script.json"
        asyncio.run(rehearsing.rehearse()).write(kept)
        for way in WAYS:
            found = _child(way, kept, sys.argv[1:])
            print(
                f"{way:17} p50 {found['p50'] * 1000:6.1f} ms  p95 {found['p95'] * 1000:6.1f} ms"
                f"  p99 {found['p99'] * 1000:6.1f} ms"
            )


def _child(way: str, kept: Path, given: list[str]) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.flooding", *given]
    command += ["--child", way, "--script", str(kept)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{way}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
