"""Forms filled in while letters go out twice and every update comes three times, in any order.

    python -m benchmarks.doubled [FORMS]

A quarter of the forms comes by each way: polling and webhook of Telegram and of Zalo,
over HTTP from strict emulators into ``bot run`` on SQLite. A tenth of what people send they send
twice (two updates of their own), a tenth of our letters lose their answer and are sent again, and
batches of all updates are told twice more, shuffled. The last line is the verdict.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import get_args

from benchmarks.channels import doubling
from benchmarks.channels.doubling import Outcome, Plan
from benchmarks.channels.houses import Mother
from benchmarks.channels.services import Mode

CHANNELS = ("telegram", "zalo")


def main() -> int:
    """Play it by all ways, say what came of it; 1 when an answer is wrong or anything is double."""
    forms = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ways = [(channel, mode) for channel in CHANNELS for mode in get_args(Mode)]
    mother, total = Mother(), Outcome()
    try:
        for number, (channel, mode) in enumerate(ways):
            share = forms * (number + 1) // len(ways) - forms * number // len(ways)
            began = time.perf_counter()
            outcome = _played(Plan(channel, mode, share, seed=number), mother)
            _tell(f"{channel}, {mode}, {time.perf_counter() - began:.0f} s", outcome)
            total.add(outcome)
    finally:
        mother.ends()
    _tell("together", total)
    print("0 wrong answers, 0 double records" if not total.faults else "FAULTY")
    return 1 if total.faults else 0


def _played(plan: Plan, mother: Mother) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(doubling.play(plan, Path(folder), mother))


def _tell(what: str, outcome: Outcome) -> None:
    print(
        f"{what}: {outcome.forms} forms, {outcome.said} messages ({outcome.doubled} sent twice),"
        f" {outcome.updates} updates told three times each,"
        f" {outcome.letters} letters shown ({outcome.letters_twice} of them a second time),"
        f" {outcome.answered_again} answers asked for again, {len(outcome.faults)} faults",
        *(f"\n  {fault}" for fault in outcome.faults[:20]),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
