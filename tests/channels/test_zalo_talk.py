"""Whole conversations on Zalo: whatever it does, people read what they would read without it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import cast

import pytest

from bot.channels.console import playing
from bot.channels.zalo.line import Mode
from programme.folding import fold
from storage.database import Database
from tests.channels.channels import ZALO, Channel, Door, Rig
from tests.channels.talking import Talk, talking
from tests.channels.zalo_rig import ZaloRig, opened
from tests.emulators.faults import PAGE, Fault
from tests.emulators.zalo import Knobs

CHATS = Path(__file__).parents[1] / "chats"
SHORT = (CHATS / "khong-ro-loai.chat").read_text(encoding="utf-8")
BRIEF = "\n".join([line for line in SHORT.splitlines() if line.startswith(">")][:9])
TAPPED = """
> [nhãn dán]
> [bấm Đồng ý]
> [bấm Chỉ nhắc hạn]
> [bấm Đăng ký sản phẩm]
> [bấm Của tôi]
> Tổ hợp tác Na Lo
> [bấm Tổ hợp tác]
"""
SENT_NOT = [
    Fault("sendMessage", error=(500, "Internal Server Error")),
    Fault("sendMessage", error=(403, "Internal server error")),
    Fault("sendMessage", error=(429, "Quota exceeded")),
    Fault("sendMessage", status=502, body=PAGE),
]
SENT_UNSEEN = [
    Fault("sendMessage", applied=True, drop=True),
    Fault("sendMessage", applied=True, cut=True),
    Fault("sendMessage", applied=True, status=200, body=PAGE),
    Fault("sendMessage", applied=True, status=504, body=PAGE),
]


@dataclass(frozen=True)
class Turned(Channel):
    """Zalo with its knobs turned."""

    rig: str = ""
    skills: frozenset[str] = ZALO  # type: ignore[assignment]
    mode: Mode = "webhook"
    knobs: Knobs = field(default_factory=Knobs)

    def open(self, door: Door, _database: Database) -> AbstractAsyncContextManager[Rig]:
        return opened(self.mode, door, self.knobs)  # type: ignore[return-value]  # it has no buttons


SETTINGS = {
    "fetched, 408": Turned(mode="polling", knobs=Knobs(idle_status=408)),
    "fetched in lists": Turned(mode="polling", knobs=Knobs(listed=True)),
    "fetched again and again": Turned(mode="polling", knobs=Knobs(replay=True)),
    "fetched with echoes": Turned(mode="polling", knobs=Knobs(echo=True, error_status=False)),
    "posted wrapped": Turned(knobs=Knobs(wrapped=True, photo_key="photo")),
    "posted with echoes": Turned(knobs=Knobs(echo=True)),
    "posted thrice": Turned(knobs=Knobs(hook_tries=3)),
}


def read(played: playing.Played) -> list[str]:
    return [text.strip() for _, text in played.letters]


@pytest.mark.parametrize("setting", SETTINGS)
async def test_a_conversation_is_the_same_however_zalo_behaves(
    setting: str, kept: Database
) -> None:
    async with talking(SETTINGS[setting], kept, BRIEF) as talk:
        await talk.play(BRIEF)
        letters = await talk.letters()

    assert letters["main"] == read(playing.play(BRIEF))


def typed(transcript: str) -> str:
    """The transcript with each tapped button as the number that stands before its label."""
    lines, numbers = [], dict[str, str]()
    for line in transcript.splitlines():
        if shown := re.match(r"  (\d+)\. (.*)", line):
            numbers[fold(shown[2])] = shown[1]
        elif tapped := re.match(r"> \[bấm (.*)\]", line):
            line = f"> {numbers[fold(tapped[1])]}"  # noqa: PLW2901 - it is the same line
        lines.append(line)
    return "\n".join(lines)


async def test_numbers_do_what_buttons_do(kept: Database) -> None:
    played = playing.play(TAPPED)
    numbers = typed(played.transcript)

    async with talking(Turned(), kept, numbers) as talk:
        await talk.play(numbers)
        letters = await talk.letters()

    assert "> 3" in numbers.splitlines()[1:] or "> 2" in numbers.splitlines()[1:]
    assert letters["main"] == read(played)


@asynccontextmanager
async def hurrying(talk: Talk) -> AsyncIterator[None]:
    """Time goes by while letters wait for their next try."""

    async def turn() -> None:
        while True:
            await asyncio.sleep(0.002)
            talk.clock.now += timedelta(seconds=1)
            talk.reception.turn()

    turning = asyncio.create_task(turn())
    try:
        yield
    finally:
        turning.cancel()


def rig_of(talk: Talk) -> ZaloRig:
    return cast("ZaloRig", talk.rig)


class Weather:
    """Trouble at every third letter or so, always the same."""

    def __init__(self, kinds: list[Fault]) -> None:
        self._kinds = kinds
        self._dice = Random(5)
        self.count = 0

    def __call__(self, method: str) -> Fault | None:
        if method != "sendMessage" or self._dice.random() > 0.3:
            return None
        self.count += 1
        return self._dice.choice(self._kinds)


async def test_when_letters_are_refused_for_now_none_is_lost_and_none_comes_twice(
    kept: Database,
) -> None:
    weather = Weather(SENT_NOT)

    async with talking(Turned(), kept, SHORT) as talk, hurrying(talk):
        rig, clock = rig_of(talk), talk.clock
        voice = rig.zalo.sender.voices[rig.bot.id]
        voice.throttle.clock = lambda: clock().timestamp()
        rig.service.faults.chance = weather
        await talk.play(SHORT)
        letters = await talk.letters()

    assert weather.count > 5
    assert letters["main"] == read(playing.play(SHORT))


async def test_when_answers_are_lost_after_sending_nothing_is_lost_and_only_that_comes_twice(
    kept: Database,
) -> None:
    """Zalo gives no way to ask whether a letter was sent; this is the documented ambiguity."""
    weather = Weather(SENT_UNSEEN)

    async with talking(Turned(), kept, SHORT) as talk, hurrying(talk):
        rig_of(talk).service.faults.chance = weather
        await talk.play(SHORT)
        letters = (await talk.letters())["main"]

    expected = read(playing.play(SHORT))
    assert weather.count > 5
    assert [text for text, _ in groupby(letters)] == expected
    assert len(letters) <= len(expected) + weather.count


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_what_is_told_again_and_shuffled_changes_nothing(mode: Mode, kept: Database) -> None:
    async with talking(Turned(mode=mode), kept, BRIEF) as talk:
        await talk.play(BRIEF)
        before, records = await talk.letters(), talk.records()
        await rig_of(talk).tells_again(lambda places: Random(3).sample(places * 2, len(places) * 2))
        await talk.quiet()
        after = await talk.letters()

    assert after == before
    assert talk.records() == records


async def test_what_was_typed_before_the_question_was_seen_is_not_its_answer(
    kept: Database,
) -> None:
    """Two messages of one breath: the second was typed before the answer to the first was there."""
    text = "> chào\n> đồng ý\n>> 1\n>> 1\n"

    async with talking(Turned(), kept, text) as talk:
        await talk.play(text)
        letters = await talk.letters()

    assert letters["main"] == read(playing.play(text))
