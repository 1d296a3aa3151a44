"""Tokens: bought once, kept before they are used, found again whenever the process died."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.calling import Caller
from bot.channels.zalo_oa.pair import Pair, PairFile, hashed
from bot.channels.zalo_oa.tokens import AGAIN, NoToken, Tokens
from tests.channels.zalo_oa_rig import line_to
from tests.emulators.faults import PAGE, Fault
from tests.emulators.zalo_oa import FIRST_REFRESH, LIFE, OaEmulator, started

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = timedelta(seconds=LIFE)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()


@dataclass
class Purse:
    """One account, and processes that keep its tokens."""

    service: OaEmulator
    folder: Path
    clock: Clock
    caller: Caller = field(default_factory=Caller)

    def process(self, **changes: Any) -> Tokens:
        """A process that has just begun."""
        line = replace(line_to(self.service, self.folder), **changes)
        return Tokens(line, self.caller, self.clock)

    @property
    def file(self) -> Path:
        return self.folder / "zalo-oa.json"


@pytest.fixture
async def purse(tmp_path: Path) -> AsyncIterator[Purse]:
    clock = Clock()
    async with started(clock=clock.seconds) as service:
        made = Purse(service, tmp_path / "data", clock)
        yield made
        await made.caller.close()


async def test_the_first_token_is_bought_and_kept(purse: Purse) -> None:
    assert await purse.process().access() == "access-1"
    assert await purse.process().access() == "access-1"
    assert purse.service.renewals == 1


async def test_nobody_else_can_read_the_file(purse: Purse) -> None:
    await purse.process().access()

    assert purse.file.stat().st_mode & 0o777 == 0o600


async def test_a_hundred_who_ask_at_once_buy_one_token(purse: Purse) -> None:
    tokens = purse.process()

    found = await asyncio.gather(*(tokens.access() for _ in range(100)))

    assert set(found) == {"access-1"}
    assert purse.service.renewals == 1


async def test_processes_that_ask_at_once_buy_one_token(purse: Purse) -> None:
    processes = [purse.process() for _ in range(5)]

    found = await asyncio.gather(*(process.access() for process in processes))

    assert set(found) == {"access-1"}
    assert purse.service.renewals == 1


async def test_a_token_is_renewed_before_it_ends(purse: Purse) -> None:
    tokens = purse.process()
    await tokens.access()

    purse.clock.now += 0.79 * DAY
    early = await tokens.access()
    purse.clock.now += 0.02 * DAY
    late = await tokens.access()

    assert (early, late) == ("access-1", "access-2")


async def test_a_token_that_does_not_count_any_more_is_renewed_at_once(purse: Purse) -> None:
    tokens = purse.process()
    spoilt = await tokens.access()

    found = await asyncio.gather(*(tokens.access(spoilt=spoilt) for _ in range(9)))

    assert set(found) == {"access-2"}
    assert purse.service.renewals == 2


async def test_what_another_process_has_bought_is_taken_over(purse: Purse) -> None:
    one, other = purse.process(), purse.process()
    spoilt = await one.access()
    await other.access()
    await one.access(spoilt=spoilt)

    assert await other.access(spoilt=spoilt) == "access-2"
    assert purse.service.renewals == 2


class Died(BaseException):
    """The process is no more."""


@pytest.mark.parametrize("step", ["os.fsync", "Path.replace"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_pair_that_was_written_is_found_whenever_the_process_died(
    purse: Purse, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    """The old pair is spent by then: whoever falls back on it needs a human to consent anew."""
    await purse.process().access()
    purse.clock.now += DAY
    with monkeypatch.context() as patch:
        dies_at(patch, step, when)
        with pytest.raises(Died):
            await purse.process().access()

    assert await purse.process().access() == "access-2"
    assert await purse.process().access(spoilt="access-2") == "access-3"


@pytest.mark.parametrize("torn", [b"", b'{"access":"access-2","ref', b"\0" * 200])
async def test_half_a_pair_beside_a_whole_one_does_no_harm(purse: Purse, torn: bytes) -> None:
    await purse.process().access()
    purse.file.with_suffix(".next").write_bytes(torn)

    assert await purse.process().access() == "access-1"


async def test_who_is_told_to_stop_while_buying_keeps_what_was_bought(purse: Purse) -> None:
    tokens = purse.process()
    await tokens.access()
    purse.clock.now += DAY
    purse.service.faults.add(Fault("renew", applied=True, silence=0.1))
    asking = asyncio.create_task(tokens.access())
    await asyncio.sleep(0.05)

    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await tokens.settle()

    assert purse.service.renewals == 2
    assert await purse.process().access() == "access-2"


async def test_who_dies_before_the_purchase_has_lost_nothing(purse: Purse) -> None:
    await purse.process().access()
    purse.clock.now += DAY
    purse.service.faults.add(Fault("renew", drop=True))
    with pytest.raises(NoToken):
        await purse.process().access()

    assert await purse.process().access() == "access-2"


async def test_a_service_that_forgives_gives_the_same_pair_once_more(purse: Purse) -> None:
    """Died between the purchase and the first byte on the disk: only Zalo can help then."""
    await purse.process().access()
    purse.clock.now += DAY
    purse.service.faults.add(Fault("renew", applied=True, drop=True))
    purse.service.knobs.grace = 1
    with pytest.raises(NoToken):
        await purse.process().access()

    assert await purse.process().access() == "access-2"


async def test_a_service_that_forgives_nothing_asks_for_a_new_consent_and_then_all_is_well(
    purse: Purse,
) -> None:
    await purse.process().access()
    purse.clock.now += DAY
    purse.service.faults.add(Fault("renew", applied=True, drop=True))
    with pytest.raises(NoToken):
        await purse.process().access()
    begun = purse.process()

    with pytest.raises(NoToken) as raised:
        await begun.access()
    purse.service.refresh = "refresh-from-consent"

    assert raised.value.lost
    assert begun.lost()
    assert await purse.process(refresh_token="refresh-from-consent").access() == "access-3"


async def test_a_lost_pair_is_said_once_with_what_to_do(purse: Purse) -> None:
    await purse.process().access()
    purse.clock.now += DAY
    purse.service.refresh = "somebody-elses"
    tokens = purse.process()

    with capture_logs() as logged:
        for _ in range(3):
            with pytest.raises(NoToken):
                await tokens.access()
            purse.clock.now += AGAIN

    assert tokens.lost()
    (said,) = logged
    assert "OCOP_ZALO_OA_REFRESH_TOKEN" in said["do"]
    assert "refresh-1" not in str(logged)


async def test_a_new_consent_begins_anew(purse: Purse) -> None:
    await purse.process().access()
    purse.service.refresh = "refresh-from-consent"
    tokens = purse.process(refresh_token="refresh-from-consent")

    assert await tokens.access() == "access-2"
    assert await purse.process(refresh_token="refresh-from-consent").access() == "access-2"


@pytest.mark.parametrize(
    "fault",
    [
        Fault("renew", drop=True),
        Fault("renew", status=502, body=PAGE),
        Fault("renew", status=200, body=PAGE),
        Fault("renew", status=500, body=b'{"error":-1}'),
        Fault("renew", silence=3),
    ],
)
async def test_a_token_that_still_lives_serves_while_it_cannot_be_renewed(
    purse: Purse, fault: Fault
) -> None:
    tokens = purse.process()
    await tokens.access()
    purse.clock.now += 0.9 * DAY
    purse.service.faults.add(fault)

    meanwhile = await tokens.access()
    asked = len(purse.service.faults.calls)
    still = await tokens.access()
    again = len(purse.service.faults.calls)
    purse.clock.now += AGAIN
    renewed = await tokens.access()

    assert (meanwhile, still, renewed) == ("access-1", "access-1", "access-2")
    assert asked == again


async def test_a_full_disk_does_not_throw_the_new_pair_away(
    purse: Purse, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = purse.process()
    await tokens.access()
    purse.clock.now += DAY

    with monkeypatch.context() as patch, capture_logs() as logged:
        patch.setattr(PairFile, "save", full)
        second = await tokens.access()
    purse.clock.now += DAY
    third = await tokens.access()

    assert (second, third) == ("access-2", "access-3")
    assert [line["event"] for line in logged] == ["zalo_oa_token_not_saved"]


def full(*_: object) -> None:
    raise OSError("no space left on device")


def test_a_pair_does_not_show_its_tokens() -> None:
    assert "abc" not in f"{Pair('abc', 'abc', START, 1, hashed(FIRST_REFRESH), 1)!r}"


def dies_at(patch: pytest.MonkeyPatch, step: str, when: str) -> None:
    """Let the process die at a step of writing."""
    where: Any = os if step.startswith("os.") else Path
    name = step.partition(".")[2]
    real = getattr(where, name)

    def dying(*given: Any) -> Any:
        if when == "after":
            real(*given)
        raise Died

    patch.setattr(where, name, dying)
