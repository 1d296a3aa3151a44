"""Whose turn it is: evenly, as fast as is allowed, and after the answers."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from bot.pacing import IN_A_ROW, LEAST, SPAN, SPARE, Pacing, in_hand

LANE = ("telegram", "7")


class Hours(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to whatever is next, so that no test waits."""

    def __init__(self) -> None:
        super().__init__()
        self.hour = 0.0

    def time(self) -> float:
        return self.hour

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self.hour = max(self.hour, heapq.nsmallest(1, self._scheduled)[0]._when)  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


def played(play: Callable[[Pacing, Hours], Awaitable[Any]]) -> Any:
    loop = Hours()
    try:
        return loop.run_until_complete(play(Pacing(loop.time), loop))
    finally:
        loop.close()


async def tell(pacing: Pacing, loop: Hours, pace: float, seconds: float, way: float) -> list[float]:
    """Send for so long with a few always waiting, each so long on its way; when each went."""
    went: list[float] = []

    async def teller() -> None:
        while loop.time() < seconds:
            await pacing.turn(LANE, pace)
            went.append(loop.time())
            await asyncio.sleep(way)
            pacing.done(LANE)

    await asyncio.gather(*(teller() for _ in range(in_hand(pace))))
    return [at for at in went if at < seconds]


@pytest.mark.parametrize("pace", [0.5, 5.0, 30.0])
def test_at_each_pace_all_that_is_allowed_is_used(pace: float) -> None:
    went = played(lambda pacing, loop: tell(pacing, loop, pace, 60, way=0.005))

    assert 60 * pace * 0.99 <= len(went) <= 60 * pace + LEAST


@pytest.mark.parametrize("seed", range(5))
def test_however_long_the_way_is_no_second_ever_sees_too_many(seed: int) -> None:
    dice = Random(seed)
    came: list[float] = []

    async def play(pacing: Pacing, loop: Hours) -> None:
        async def teller() -> None:
            while loop.time() < 20:
                await pacing.turn(LANE, 30.0)
                there, back = dice.expovariate(50), dice.expovariate(50)
                await asyncio.sleep(there)
                came.append(loop.time())
                await asyncio.sleep(back)
                pacing.done(LANE)

        await asyncio.gather(*(teller() for _ in range(9)))

    played(play)

    assert len(came) > 20 * 30 * 0.9
    assert all(after - before >= SPAN for before, after in zip(came, came[30:], strict=False))


def test_they_go_evenly_so_that_an_answer_waits_for_none_of_them() -> None:
    went = played(lambda pacing, loop: tell(pacing, loop, 30.0, 30, way=0.005))

    assert max(after - before for before, after in pairwise(went)) < 0.15


def test_answers_count_and_what_can_wait_makes_room_for_them() -> None:
    async def play(pacing: Pacing, loop: Hours) -> list[float]:
        for _ in range(30):
            pacing.count(LANE, 30.0)
            pacing.done(LANE)
        return await tell(pacing, loop, 30.0, 2, way=0.005)

    went = played(play)

    assert went[0] == pytest.approx(SPAN)


def test_for_a_second_after_a_start_only_answers_go() -> None:
    async def play(pacing: Pacing, loop: Hours) -> list[float]:
        pacing.rest()
        return await tell(pacing, loop, 30.0, 2, way=0.005)

    assert played(play)[0] == pytest.approx(SPAN)


def test_when_chat_after_chat_is_told_to_wait_the_whole_bot_waits() -> None:
    async def play(pacing: Pacing, loop: Hours) -> float:
        await pacing.turn(LANE, 30.0)
        for _ in range(IN_A_ROW - 1):
            pacing.told(LANE, timedelta(seconds=9))
        pacing.told(LANE, None)
        await pacing.turn(LANE, 30.0)
        assert loop.time() < 1
        for _ in range(IN_A_ROW):
            pacing.told(LANE, timedelta(seconds=9))
        began = loop.time()
        await pacing.turn(LANE, 30.0)
        return loop.time() - began

    assert played(play) == pytest.approx(9)


def test_somebody_who_stops_waiting_takes_no_turn() -> None:
    async def play(pacing: Pacing, loop: Hours) -> float:
        await pacing.turn(LANE, 0.5)
        gone = asyncio.create_task(pacing.turn(LANE, 0.5))
        next_ = asyncio.create_task(pacing.turn(LANE, 0.5))
        await asyncio.sleep(0)
        gone.cancel()
        pacing.done(LANE)
        await next_
        return loop.time()

    assert played(play) == pytest.approx(2)


def test_a_slow_bot_may_have_a_letter_or_two_in_hand_and_a_fast_one_a_handful() -> None:
    assert (in_hand(0.5), in_hand(30.0)) == (LEAST, int(30 * SPARE))
