"""An announcement to 5,000 people while the process is killed, and people ask beside it.

    python -m benchmarks.announcements [--people 5000] [--kills 50] [--seconds 60]

The bot is ``bot run`` on SQLite, the service Telegram's strict emulator over HTTP, which takes 30
messages a second and answers 429 to all beyond. First the pace is measured, with 50 people asking
beside; then come the kills, with pauses, people who blocked the bot, who want no news any more, and
chats that are told to wait; the last few are called off. At each look the ledger must add up. The
clock is turned to a morning, as at night nobody is told anything. The last line is the verdict.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.channels import announcing
from benchmarks.channels.announcing import Outcome, Plan
from benchmarks.channels.houses import Mother

USED = 0.99  # share of what the service takes
ANSWERED = 0.3  # seconds within which 95 of 100 answers are there
CANCELLED = 1.0  # seconds
TWICE = 1 / 10_000  # of those who are told


def main() -> int:
    """Play it, say what came of it; 1 when an aim was missed."""
    plan, began, mother = _plan(), time.perf_counter(), Mother()
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome = asyncio.run(announcing.play(plan, Path(folder), mother))
        finally:
            mother.ends()
    print(f"{plan.people} people, {plan.kills} kills, {time.perf_counter() - began:.0f} s")
    missed = _tell(plan, outcome)
    for fault in [*outcome.faults[:20], *missed]:
        print(f"  {fault}")
    print("NOT as it should be" if outcome.faults or missed else "as it should be")
    return 1 if outcome.faults or missed else 0


def _tell(plan: Plan, outcome: Outcome) -> list[str]:
    """Say all figures; which of them are not good enough."""
    print(f"the ledger, after {outcome.looks} looks at it: {outcome.ledger}")
    print("  " + ", ".join(f"{what} {count}" for what, count in sorted(outcome.reasons.items())))
    print(f"seen by {outcome.seen}, twice by {outcome.twice};", end=" ")
    print(f"not known of {outcome.unsure}, of whom {outcome.unsure_unseen} did not see it")
    print(f"pauses: {outcome.pauses}; chats told to wait: {outcome.asked_to_wait}", end="; ")
    print(f"429 for the bot: {outcome.refused}")
    print(f"nobody was told {outcome.cancelled_after:.2f} s after it was called off")
    aims = {
        "seen twice by too many": outcome.twice <= TWICE * outcome.seen,
        "called off too late": outcome.cancelled_after <= CANCELLED,
        "429": not outcome.refused,
    }
    if plan.seconds:
        p50, p95 = (outcome.quantile(share) * 1000 for share in (0.5, 0.95))
        print(f"used {outcome.used:.4f} of what is allowed;", end=" ")
        print(f"{len(outcome.answers)} answers beside it: p50 {p50:.0f} p95 {p95:.0f} ms")
        aims["too slow"] = outcome.used >= USED
        aims["answers too late"] = p95 <= ANSWERED * 1000
    return [what for what, good in aims.items() if not good]


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.announcements")
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="for which the pace is measured"
    )
    parser.add_argument("--asking", type=int, default=50, help="people who ask meanwhile")
    parser.add_argument("--seed", type=int, default=1)
    return Plan(**vars(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
