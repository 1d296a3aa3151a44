"""Sending: what the service says becomes what delivery is to do."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.calling import Caller
from bot.channels.contract import Ambiguous, Refused, TryLater, Unreachable
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.send import TOKEN_AWAY, Voice, ZaloSender
from bot.channels.zalo.throttle import FIRST, LONGEST, OPEN_AFTER, Throttle
from conversations.events import Address
from conversations.messages import Letter
from tests.emulators.faults import Fault
from tests.emulators.zalo import ZaloEmulator, started
from tests.emulators.zalo_people import User

BUSY = Fault("sendMessage", error=(429, "Quota exceeded"))
LONG = "\n".join(f"dòng {number} của một thư rất dài" for number in range(300))


@dataclass
class Watch:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Line:
    service: ZaloEmulator
    sender: ZaloSender
    lan: User
    watch: Watch = field(default_factory=Watch)

    async def send(self, words: str, number: int = 1) -> int | None:
        address = Address("zalo", self.lan.bot.id, self.lan.id)
        return await self.sender.send(address, number, Letter(words))

    async def fails(self, words: str = "a", number: int = 1) -> Exception:
        with pytest.raises((TryLater, Refused, Unreachable)) as raised:
            await self.send(words, number)
        self.watch.now += 1
        return raised.value


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with started() as service:
        caller, lan, watch = Caller(), service.user("Chị Lan"), Watch()
        client = ZaloClient(lan.bot.token, caller, service.base)
        voice = Voice(client, Throttle(watch, lambda: 0.0))
        yield Line(service, ZaloSender({lan.bot.id: voice}), lan, watch)
        await caller.close()


async def test_choices_are_lines_with_their_numbers(line: Line) -> None:
    address = Address("zalo", line.lan.bot.id, line.lan.id)

    await line.sender.send(address, 1, Letter("Chọn ạ?", (("a", "Gạo"), ("b", "Chè"))))

    assert line.lan.sees() == ["Chọn ạ?\n1. Gạo\n2. Chè"]


async def test_an_empty_letter_is_refused_without_asking(line: Line) -> None:
    assert isinstance(await line.fails(" \n"), Refused)
    assert line.service.faults.calls == []


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        (400, "Bad Request", Refused),
        (403, "Internal server error", TryLater),
        (403, "Forbidden", Unreachable),
        (404, "Not Found", Unreachable),
        (408, "Request timeout", TryLater),
        (413, "Too large", Refused),
        (426, "Upgrade Required", Refused),
        (500, "", TryLater),
        (503, "", TryLater),
        (0, "?", TryLater),
        (-32, "?", TryLater),
        (302, "?", TryLater),
    ],
)
@pytest.mark.parametrize("error_status", [True, False])
async def test_each_code_has_its_outcome_whatever_the_http_status(
    line: Line, code: int, words: str, expected: type[Exception], error_status: bool
) -> None:
    line.service.knobs.error_status = error_status and code >= 400
    line.service.faults.add(Fault("sendMessage", error=(code, words)))

    error = await line.fails()

    assert type(error) is expected
    assert line.lan.sees() == []


async def test_a_refused_token_is_told_once_and_letters_wait_long(line: Line) -> None:
    line.service.faults.add(*[Fault("sendMessage", error=(401, "Unauthorized"))] * 3)

    with capture_logs() as logged:
        errors = [await line.fails() for _ in range(3)]
        await line.send("a")

    assert all(isinstance(error, TryLater) and error.wait == TOKEN_AWAY for error in errors)
    assert [entry["event"] for entry in logged] == ["zalo_token_refused"]


async def test_of_a_long_letter_only_what_is_missing_is_sent_again(line: Line) -> None:
    line.service.faults.add(Fault("sendMessage", applied=True))  # the first part passes
    line.service.faults.add(Fault("sendMessage", error=(500, "")))

    await line.fails(LONG)
    await line.send(LONG)

    assert "\n".join(line.lan.sees()).split("\n") == LONG.split("\n")


async def test_a_letter_that_is_through_can_be_sent_anew(line: Line) -> None:
    await line.send(LONG)
    await line.send(LONG)

    assert "\n".join(line.lan.sees()).split("\n") == LONG.split("\n") * 2


async def test_the_first_refusal_for_too_many_makes_one_letter_wait_and_no_other(
    line: Line,
) -> None:
    line.service.faults.add(BUSY)

    error = await line.fails("một")
    await line.send("hai", 2)

    assert isinstance(error, TryLater)
    assert error.wait == timedelta(seconds=FIRST)
    assert line.lan.sees() == ["hai"]


async def test_the_second_in_a_row_silences_the_bot_for_a_while(line: Line) -> None:
    line.service.faults.add(BUSY, BUSY)
    await line.fails("một", 1)
    await line.fails("hai", 2)

    silent = await line.fails("ba", 3)
    calls = len(line.service.faults.calls)
    line.watch.now += 2 * FIRST
    await line.send("ba", 3)

    assert calls == 2
    assert isinstance(silent, TryLater)
    assert silent.wait == timedelta(seconds=2 * FIRST - 1)
    assert line.lan.sees() == ["ba"]


async def test_when_the_months_quota_is_gone_only_answers_are_worth_a_try(line: Line) -> None:
    line.service.knobs.quota = 0
    bot = line.lan.bot.id

    waits = []
    for _ in range(OPEN_AFTER):
        error = await line.fails()
        assert isinstance(error, TryLater)
        waits.append(error.wait)
        line.watch.now += LONGEST
    urgent = line.sender.only_answers(bot)
    line.service.knobs.quota = 5
    await line.send("a")

    assert waits == [timedelta(seconds=FIRST * 2**n) for n in range(OPEN_AFTER)]
    assert urgent
    assert not line.sender.only_answers(bot)


async def test_refusals_of_letters_under_way_together_count_as_one(line: Line) -> None:
    line.service.faults.add(*[BUSY] * 8)

    await asyncio.gather(*(line.fails(f"{n}", n) for n in range(8)))

    await line.send("sau", 9)
    assert line.lan.sees() == ["sau"]


def test_no_silence_is_longer_than_five_minutes() -> None:
    watch = Watch()
    throttle = Throttle(watch, lambda: 1.0)

    waits = []
    for _ in range(40):
        watch.now += 10_000
        waits.append(throttle.refused(watch.now))

    assert max(waits) == timedelta(seconds=LONGEST * 1.5)


async def test_an_ambiguous_letter_is_not_lost_from_sight(line: Line) -> None:
    line.service.faults.add(Fault("sendMessage", applied=True, drop=True))

    error = await line.fails("một")

    assert isinstance(error, Ambiguous)
    assert line.lan.sees() == ["một"]


async def test_a_picture_is_sent_by_its_public_address(line: Line) -> None:
    address = Address("zalo", line.lan.bot.id, line.lan.id)

    await line.sender.send_photo(address, "https://bot.example.vn/1.jpg", "ạ" * 3000)
    with pytest.raises(Refused):
        await line.sender.send_photo(address, "data:image/jpeg;base64,AAAA")

    (given, _refused) = line.service.faults.named("sendPhoto")
    assert line.lan.messages == [("photo", "https://bot.example.vn/1.jpg")]
    assert given["caption"] == "ạ" * 2000
