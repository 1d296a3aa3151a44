"""kill -9 again and again while people fill in forms on Telegram or on Zalo.

    python -m benchmarks.channel_kills telegram|zalo [KILLS] [--mode polling|webhook] [--whole]

The bot is ``bot run`` on SQLite, the service a strict emulator over HTTP. People answer what a
letter asks and repeat nothing; the service tells again what was not acknowledged. The processes are
forked from one that has imported everything; with ``--whole`` each starts as the command line does.
The last line is the verdict.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.channels import killing
from benchmarks.channels.houses import Mother, Starts
from benchmarks.channels.killing import Outcome, Plan


def main() -> int:
    """Play it, say what came of it; 1 when anything was lost, misplaced or asked too often."""
    given = _arguments()
    plan = Plan(given.channel, given.mode, given.people, given.kills, given.seed)
    began = time.perf_counter()
    mother = Starts() if given.whole else Mother()
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome = asyncio.run(killing.play(plan, Path(folder), mother))
        finally:
            mother.ends()
    print(f"{plan.channel}, {plan.mode}: {plan.people} people, {time.perf_counter() - began:.0f} s")
    _tell(outcome)
    return 1 if outcome.faults or outcome.questions_twice > outcome.kills else 0


def _tell(outcome: Outcome) -> None:
    caught = ", ".join(f"{what} {count}" for what, count in outcome.caught.items())
    print(f"kills: {outcome.kills}; under way at a kill: {caught}")
    print(f"updates heard: {outcome.heard}, letters: {outcome.sent}, ideas: {outcome.ideas}")
    print(f"letters cut off by a kill: {outcome.letters_under_way}", end="; ")
    print(f"seen twice: {outcome.letters_twice}, questions among them: {outcome.questions_twice}")
    print(f"questions answered: {outcome.answers}, a second time: {outcome.answered_again}")
    for fault in outcome.faults[:20]:
        print(f"  {fault}")
    print("nothing lost, misplaced or kept twice" if not outcome.faults else "FAULTY")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.channel_kills")
    parser.add_argument("channel", choices=("telegram", "zalo"))
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--mode", choices=("polling", "webhook"), default="polling")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true", help="start the command line each time")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
