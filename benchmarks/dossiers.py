"""Shows how long checklist, score and cheapest path take (``python -m benchmarks.dossiers``).

1,000 random states over all sets; the first reading of each sheet is told apart.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from programme import betterment, checklist, failures, papers, ruleset, scoring
from programme.dossier import Dossier
from programme.facts import Facts
from programme.papers import Days, Evidence
from programme.sheets import sheet

_STATES = 1_000
_DAYS = Days(date(2026, 11, 2), date(2026, 12, 10))


def main() -> None:
    """Measure each part on every state and print the middle, the 99th and the slowest."""
    rules = ruleset.newest()
    first = [_milliseconds(partial(sheet, rules, number)) for number in range(1, 27)]
    _tell("first reading of a sheet", first)
    chance = random.Random(26)
    states = [_state(1 + at % 26, chance) for at in range(_STATES)]
    parts: dict[str, Callable[[Dossier], object]] = {
        "checklist": checklist.lines,
        "score": scoring.score,
        "failures": lambda dossier: failures.findings(dossier, Facts()),
        "cheapest path to 3 stars": lambda dossier: betterment.cheapest(dossier, 3),
        "cheapest path to 5 stars": lambda dossier: betterment.cheapest(dossier, 5),
    }
    for name, part in parts.items():
        _tell(name, [_milliseconds(partial(part, state)) for state in states])


def _state(number: int, chance: random.Random) -> Dossier:
    rules = ruleset.newest()
    criteria = sheet(rules, number)
    variant = chance.choice(criteria.variants) if criteria.variants else None
    claims: dict[str, str | int] = {
        line.id: chance.choice(line.open_to(variant)).key
        for line in criteria.criteria
        if chance.random() < chance.random()
    }
    held = tuple(Evidence(id_, count=5) for id_ in papers.papers(rules) if chance.random() < 0.6)
    return Dossier(rules, number, _DAYS, variant=variant, claims=claims, evidence=held)


def _milliseconds(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1_000


def _tell(name: str, times: list[float]) -> None:
    late = statistics.quantiles(times, n=100)[98]
    sys.stdout.write(
        f"{name}: median {statistics.median(times):.2f} ms, 99 % {late:.2f} ms, "
        f"slowest {max(times):.2f} ms of {len(times)}\n"
    )


if __name__ == "__main__":
    main()
