"""Every update three times in any order, and messages sent twice: the benchmark, made small."""

from pathlib import Path

from benchmarks.channels import doubling
from benchmarks.channels.doubling import Plan
from benchmarks.channels.houses import Mother


async def test_what_comes_twice_and_in_any_order_is_kept_once(tmp_path: Path) -> None:
    mother = Mother()
    plan = Plan("telegram", "polling", forms=4, each=1, share=0.3, lost=0, think=0.05)
    try:
        outcome = await doubling.play(plan, tmp_path, mother)
    finally:
        mother.ends()

    assert outcome.faults == []
    assert outcome.forms == 4
    assert outcome.doubled > 15
    assert outcome.updates == outcome.said + outcome.doubled
