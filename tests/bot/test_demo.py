"""The clock of the demo: only where no service's channel is on, and never at night at first."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot import clock, demo
from bot.settings import Settings
from programme.quiet import VIETNAM, is_quiet, next_open

TOKENS = [{"telegram_token": "1:a"}, {"zalo_bot_token": "1:b"}, {"zalo_oa_id": "1"}]


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: next(iter(token)))
def test_an_office_with_a_real_channel_has_no_clock_to_turn(
    tmp_path: Path, token: dict[str, str]
) -> None:
    """Not even one that was turned while the office still tried things out."""
    (tmp_path / "clock").write_text("86400\n", "ascii")

    assert demo.clock_of(Settings.model_validate({"data": tmp_path, **token})) is None


def test_a_demo_that_begins_at_night_begins_in_the_morning(tmp_path: Path) -> None:
    now = clock.now()
    night = datetime.combine(now.astimezone(VIETNAM).date(), time(23), VIETNAM)
    (tmp_path / "clock").write_text(f"{(night - now).total_seconds() + 86400}\n", "ascii")

    begun = demo.clock_of(Settings(data=tmp_path))

    assert begun is not None
    assert begun() >= night + timedelta(hours=24 + 8)
    assert not is_quiet(begun())


def test_a_demo_goes_on_where_it_was_left(tmp_path: Path) -> None:
    first = demo.clock_of(Settings(data=tmp_path))
    assert first is not None
    turned_to = next_open(first() + timedelta(days=9))
    first.turn_to(turned_to)

    again = demo.clock_of(Settings(data=tmp_path))

    assert again is not None
    assert timedelta() <= again() - turned_to < timedelta(minutes=5)
