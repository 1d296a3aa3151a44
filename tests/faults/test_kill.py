"""kill -9 at any instant loses no answer, misplaces none, and records none twice."""

from pathlib import Path

import pytest

from tests.faults import killing

KILLS = 8


@pytest.mark.timeout(180)
async def test_what_was_answered_outlives_every_kill_of_the_server(tmp_path: Path) -> None:
    outcome = await killing.play(tmp_path, people=12, kills=KILLS, seed=2026)

    assert outcome.faults == ()
    assert outcome.repeated_questions <= KILLS
    assert outcome.broken_off > 0, "no kill has hit anybody"
    assert outcome.ideas >= 12
