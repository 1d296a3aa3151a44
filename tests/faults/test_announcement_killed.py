"""kill -9 while many are told: the ledger adds up, nobody is told twice, and an end is an end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.channels import announcing
from benchmarks.channels.announcing import Plan
from benchmarks.channels.houses import Mother


@pytest.fixture
def mother() -> Iterator[Mother]:
    one = Mother()
    yield one
    one.ends()


@pytest.mark.timeout(180)
async def test_whatever_kills_it_everybody_is_told_once_and_the_ledger_adds_up(
    tmp_path: Path, mother: Mother
) -> None:
    lives, pauses, last = (0.2, 1.5), 3, 0.3
    plan = Plan(150, 3, seconds=0, seed=2026, lives=lives, pauses=pauses, last=last)

    outcome = await announcing.play(plan, tmp_path, mother)

    assert outcome.faults == []
    assert outcome.twice == 0
    assert outcome.ledger is not None
    assert outcome.ledger.cancelled > 0
    assert outcome.ledger.refused + outcome.ledger.opted_out > 0
    assert outcome.pauses == 1
    assert outcome.seen > plan.people / 3
