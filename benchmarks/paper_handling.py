"""What benchmarks.papers times and weighs: a process that handles photos and does nothing else."""

import resource
import time
from dataclasses import dataclass

from papers import cleaning, judging, opening, reading, turning
from papers.judging import Judgement
from papers.reading import Facts


@dataclass(frozen=True, slots=True)
class Handled:
    """One photo, handled as the bot would handle it."""

    judgement: Judgement
    longer: int  # pixels of the opened picture
    printed: bytes
    turns: int
    seconds: float
    facts: Facts | None
    reading: float  # seconds
    peak: float  # megabytes, of this process so far


def handled(content: bytes, *, read: bool) -> Handled:
    """Open, judge, lay flat, turn and clean a photo; then read it, if it is good."""
    began = time.perf_counter()
    picture = opening.opened(content)
    judgement = judging.judge(picture)
    corners = None if judgement.faults else judgement.corners
    page = None if corners is None else cleaning.straightened(picture, corners)
    printed = cleaning.printed(page) if page is not None else b""
    judged = time.perf_counter()
    facts = reading.facts(page) if page is not None and read else None
    ended = time.perf_counter()
    return Handled(
        judgement,
        max(picture.shape[:2]),
        printed,
        0 if corners is None else turning.turns(cleaning.flat(picture, corners)),
        judged - began,
        facts,
        ended - judged,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )
