"""A back-up beside 200 updates a second has all rows of one moment, and nobody is held up."""

from pathlib import Path

import pytest

from tests.faults import backing


@pytest.mark.timeout(180)
async def test_what_comes_back_is_row_by_row_what_was_there_at_that_moment(tmp_path: Path) -> None:
    outcome = await backing.play(tmp_path, rate=200, calm=1.0)

    assert outcome.kept.differing == []
    assert outcome.kept.came > 0, "nobody has written meanwhile"
    assert outcome.kept.rows > 200
    assert outcome.waits(meanwhile=False)
    assert (tmp_path / "a.zip").stat().st_size == outcome.kept.size
