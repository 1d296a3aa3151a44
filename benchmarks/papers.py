"""How photos of papers are judged, laid flat, turned and read, over hundreds of them.

    python -m benchmarks.papers [--each 16] [--first 100]

So many photos of each kind, drawn by tests/papers; the numbers from --first on were never looked at
while the thresholds were chosen. The last line is the verdict.
"""

import argparse
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from benchmarks.paper_handling import Handled, handled
from papers import reading
from papers.reading import Facts
from tests.papers import photos
from tests.papers.certificates import Certificate
from tests.papers.photos import BAD, GOOD, Photo

LEAST_RECALL, MOST_FALSE, LEAST_READ = 0.95, 0.05, 0.9
MOST_SECONDS, MOST_MEGABYTES = 1.5, 250
FACTS = ("number", "issued", "expires", "holder")


@dataclass(slots=True)
class Tally:
    """What came of it."""

    seen: dict[str, list[bool]] = field(default_factory=dict)  # a kind: refused, or taken
    named: list[bool] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    corners: list[float] = field(default_factory=list)
    turned: list[bool] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)
    read: dict[str, list[bool]] = field(default_factory=lambda: {fact: [] for fact in FACTS})
    reading: list[float] = field(default_factory=list)
    peak: float = 0.0


def main() -> int:
    """Play it, say what came of it; 1 when an aim was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.papers")
    parser.add_argument("--each", type=int, default=16)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--read", type=int, default=60, help="pages to be read")
    given = parser.parse_args()
    tally = Tally()
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=apart) as hands:
        for photo in photos.photos(given.each, given.first):
            read = not photo.fault and len(tally.reading) < given.read
            _note(photo, hands.submit(handled, photo.content, read=read).result(), tally)
    return _tell(tally)


def _note(photo: Photo, done: Handled, tally: Tally) -> None:
    faults = done.judgement.faults
    right, named = bool(faults) == bool(photo.fault), photo.fault in faults
    tally.seen.setdefault(photo.name.partition("-")[0], []).append(right)
    tally.seconds.append(done.seconds)
    tally.peak = done.peak
    if photo.fault:
        tally.named.append(named)
    if not right or (photo.fault and not named):
        tally.wrong.append(f"{photo.name}: {', '.join(faults) or 'taken'}")
    if right and not photo.fault:
        tally.kilobytes.append(len(done.printed) / 1000)
        _note_place(photo, done, tally)
    if done.facts and photo.shown:
        tally.reading.append(done.reading)
        _note_facts(photo.shown, done.facts, tally)


def _note_place(photo: Photo, done: Handled, tally: Tally) -> None:
    """Whether the corners were found, and which of them is the top left one of the text."""
    assert photo.corners is not None
    assert done.judgement.corners is not None
    true = photo.corners * (done.longer / photo.longer)
    apart = np.linalg.norm(done.judgement.corners[:, None] - true[None], axis=2)
    first = int(apart[:, 0].argmin())
    across = float(np.linalg.norm(true[2] - true[0]))
    tally.corners.append(float(max(apart[(first + at) % 4, at] for at in range(4))) / across)
    tally.turned.append(done.turns == first)


def _note_facts(shown: Certificate, found: Facts, tally: Tally) -> None:
    issued, expires = (each and f"{each:%d/%m/%Y}" for each in (found.issued, found.expires))
    tally.read["number"].append(found.number == shown.number)
    tally.read["issued"].append(issued == shown.issued)
    tally.read["expires"].append(expires == (None if shown.kind == "pledge" else shown.expires))
    bare = reading.plain(found.holder or "")
    tally.read["holder"].append(bare == reading.plain(shown.holder))


def _tell(tally: Tally) -> int:
    for kind, seen in tally.seen.items():
        print(f"{kind:<14} {sum(seen):3} of {len(seen):3} {'taken' if kind in GOOD else 'refused'}")
    for line in tally.wrong:
        print(f"  {line}")
    good = [each for kind in GOOD for each in tally.seen.get(kind, [])]
    bad = [each for kind in BAD for each in tally.seen.get(kind, [])]
    recall, false = _share(bad), 1 - _share(good)
    print(f"{len(good) + len(bad)} photos: {recall:.1%} of the bad ones refused,", end=" ")
    print(f"{_share(tally.named):.1%} with the fault named; {false:.1%} false alarms")
    print(f"corners off by {_quantile(tally.corners, 0.5):.2%} of the page's diagonal,", end=" ")
    print(f"p95 {_quantile(tally.corners, 0.95):.2%};", end=" ")
    print(f"{sum(tally.turned)} of {len(tally.turned)} the right way up")
    print(f"opened, judged, laid flat, turned, cleaned: {_spread(tally.seconds)};", end=" ")
    print(f"{_quantile(tally.kilobytes, 0.5):.0f} kB a page")
    read = ", ".join(f"{fact} {sum(right)}" for fact, right in tally.read.items())
    print(
        f"read from {len(tally.reading)} pages: {read} (marks of the holder's name apart);", end=" "
    )
    print(_spread(tally.reading))
    print(f"peak {tally.peak:.0f} MB")
    heavy = tally.peak > MOST_MEGABYTES
    slow = _quantile(tally.seconds, 0.95) > MOST_SECONDS
    poor = min(_share(right) for right in tally.read.values()) < LEAST_READ
    fine = recall >= LEAST_RECALL and false <= MOST_FALSE and not (slow or poor or heavy)
    print("as it should be" if fine else "NOT as it should be")
    return 0 if fine else 1


def _share(right: list[bool]) -> float:
    return sum(right) / max(len(right), 1)


def _quantile(values: list[float], share: float) -> float:
    return float(np.quantile(values, share)) if values else 0.0


def _spread(seconds: list[float]) -> str:
    middle, late, worst = (_quantile(seconds, share) for share in (0.5, 0.95, 1))
    return f"{middle:.2f} s, p95 {late:.2f} s, longest {worst:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
