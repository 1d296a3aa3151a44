"""Answers to people while 5,000 letters that are no answers wait for 5,000 other chats.

    python -m benchmarks.calm_letters [telegram] [SECONDS]

Telegram's emulator takes 30 messages a second overall and one a second in a chat (three at once),
and answers 429 to all beyond. 50 people fill in forms, first alone, then beside the announcements;
at last one chat is told to wait for seven seconds. The last line is the verdict.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.channels import waiting
from benchmarks.channels.houses import Mother
from benchmarks.channels.waiting import Outcome, Phase, Plan
from bot.channels.telegram.send import A_SECOND

LATER = 0.1  # seconds that an answer may take longer
USED = 0.99  # share of the rate that is allowed


def main() -> int:
    """Play it, say what came of it; 1 when an aim was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calm_letters")
    parser.add_argument("channel", choices=("telegram",), nargs="?", default="telegram")
    parser.add_argument("seconds", type=float, nargs="?", default=60.0)
    given = parser.parse_args()
    mother = Mother()
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome = asyncio.run(waiting.play(Plan(seconds=given.seconds), Path(folder), mother))
        finally:
            mother.ends()
    return _tell(outcome)


def _tell(outcome: Outcome) -> int:
    without, beside = outcome.without, outcome.beside
    _tell_phase("alone", without)
    _tell_phase("beside the letters", beside)
    later = beside.mean - without.mean
    used = beside.sent / beside.seconds / A_SECOND
    print(f"an answer is {later * 1000:.0f} ms later on average,", end=" ")
    print(f"{used:.3f} used of the {A_SECOND:.1f} a second that are allowed")
    print(f"one chat told to wait: tried {outcome.tries_of_the_closed} times", end="")
    print(f" and {'got' if outcome.closed_got_it else 'did not get'} its letter,", end=" ")
    print(f"{outcome.others_meanwhile / waiting.CLOSED:.1f} others a second meanwhile,", end=" ")
    print(f"{outcome.others_refused} of them refused")
    good = later <= LATER and used >= USED and not (without.refused + beside.refused)
    print("as it should be" if good and outcome.closed_got_it else "NOT as it should be")
    return 0 if good and outcome.closed_got_it else 1


def _tell_phase(what: str, phase: Phase) -> None:
    p50, p95, p99 = (phase.quantile(share) * 1000 for share in (0.5, 0.95, 0.99))
    print(
        f"{what}: {len(phase.answers)} answers in {phase.seconds:.0f} s,"
        f" p50 {p50:.0f} p95 {p95:.0f} p99 {p99:.0f} ms, mean {phase.mean * 1000:.0f} ms;"
        f" {phase.sent} letters, {phase.calm} of them no answers;"
        f" 429: {phase.refused}, for the bot {phase.overall}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
