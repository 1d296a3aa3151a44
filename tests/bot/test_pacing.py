"""A bot's purse for what is no answer."""

import pytest

from bot.pacing import LEAST, SPARE, Pacing

LANE = ("telegram", "7")


def test_a_bot_that_was_silent_for_long_sends_a_handful_and_no_more() -> None:
    now = 0.0
    pacing = Pacing(lambda: now)
    pacing.free(LANE, 100.0)
    now = 3600.0

    assert pacing.free(LANE, 100.0) == int(100.0 * SPARE)


def test_a_slow_bot_may_save_up_a_letter_or_two() -> None:
    assert Pacing(lambda: 0.0).free(LANE, 0.5) == int(LEAST)


@pytest.mark.parametrize("pace", [5.0, 23.0])
def test_at_each_pace_everything_is_used_in_small_handfuls(pace: float) -> None:
    tick, sent = 0.0, 0
    pacing = Pacing(lambda: tick)

    for number in range(1, 1201):  # a minute of looks, twenty a second
        tick = number / 20
        free = pacing.free(LANE, pace)
        pacing.spend(LANE, free)
        sent += free

    assert sent == pytest.approx(60 * pace, abs=LEAST + pace * SPARE)


def test_answers_empty_the_purse_and_what_they_overdrew_is_earned_first() -> None:
    now = 0.0
    pacing = Pacing(lambda: now)
    pacing.free(LANE, 10.0)

    pacing.spend(LANE, 7)
    now = 0.5

    assert pacing.free(LANE, 10.0) == 0
    now = 0.75
    assert pacing.free(LANE, 10.0) == 2
