"""kill -9 again and again while people fill in forms.

    python -m benchmarks.kills [KILLS [PEOPLE [SEED]]]

The server is killed at random instants and started again on the same data folder; people repeat
what was not acknowledged and answer the newest question on their screens. Then every answer, letter
and line of the log is held against what was said. The last line is the verdict.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import killing


def main() -> int:
    """Play it, say what came of it; 1 when anything was lost, misplaced or kept twice."""
    kills, people, seed = (
        int(word) for word in (sys.argv[1:] + ["100", "20", "1"][len(sys.argv) - 1 :])
    )
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(killing.play(Path(folder), people, kills, seed))
    print(f"{kills} kills, {people} people, {time.perf_counter() - began:.0f} s")
    print(f"ideas handed in: {outcome.ideas}; posts broken off by a kill: {outcome.broken_off}")
    print(f"questions put again: {outcome.repeated_questions}")
    for fault in outcome.faults:
        print(f"  {fault}")
    print("nothing lost, misplaced or twice" if not outcome.faults else "FAULTY")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
