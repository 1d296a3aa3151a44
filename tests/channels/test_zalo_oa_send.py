"""What the account sends: few buttons, in time, within its windows; and what its errors mean."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.channels.contract import Ambiguous, Refused, TryLater, Unreachable
from bot.channels.zalo_oa import outcomes
from bot.channels.zalo_oa.client import Failed
from bot.channels.zalo_oa.line import CannotListen
from bot.channels.zalo_oa.live import ZaloOa
from bot.channels.zalo_oa.windows import WindowClosed
from conversations.messages import Letter
from tests.channels.doubles import ListDoor
from tests.channels.zalo_oa_account import START, Account
from tests.channels.zalo_oa_rig import line_to, turned
from tests.channels.zalo_rig import until
from tests.emulators.faults import Fault
from tests.emulators.zalo_oa import started

CHOICES = tuple((f"d{n}", f"Việc {n}") for n in range(1, 7))
H = timedelta(hours=1)


# -- buttons --------------------------------------------------------------------------------------


async def test_up_to_five_choices_are_buttons_that_bear_their_own_words(account: Account) -> None:
    await account.send("Chọn ạ?", CHOICES[:5])

    (message,) = account.lan.messages
    assert message["text"] == "Chọn ạ?"
    assert [one["title"] for one in message["buttons"]] == [f"{n} · Việc {n}" for n in range(1, 6)]
    assert [one["payload"] for one in message["buttons"]] == [f"Việc {n}" for n in range(1, 6)]


async def test_more_choices_are_lines(account: Account) -> None:
    await account.send("Chọn ạ?", CHOICES)

    assert account.lan.sees() == ["Chọn ạ?\n" + "\n".join(f"{n}. Việc {n}" for n in range(1, 7))]


async def test_a_long_letter_has_its_buttons_at_the_end(account: Account) -> None:
    await account.send("dòng\n" * 600, CHOICES[:2])

    assert ["buttons" in message for message in account.lan.messages] == [False, True]


async def test_a_tapped_button_comes_back_as_its_words(door: ListDoor) -> None:
    async with turned(door) as rig:
        await rig.sender.send(rig.lan.address, 1, Letter("Chọn ạ?", CHOICES[:2]))
        rig.lan.user.taps("2 · Việc 2")
        await rig.told()

    assert door.texts() == ["Việc 2"]


# -- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected", "wait"),
    [
        (-32, TryLater, 10),
        (-100, Refused, None),
        (-108, Unreachable, None),
        (-114, Unreachable, None),
        (-115, TryLater, 3600),
        (-119, TryLater, 3600),
        (-131, Refused, None),
        (-135, TryLater, 3600),
        (-136, TryLater, 3600),
        (-137, TryLater, 3600),
        (-144, TryLater, 3600),
        (-146, Refused, None),
        (-147, TryLater, 3600),
        (-201, Refused, None),
        (-209, TryLater, 3600),
        (-210, Refused, None),
        (-211, TryLater, 3600),
        (-212, TryLater, 3600),
        (-213, Unreachable, None),
        (-217, Unreachable, None),
        (-218, TryLater, 3600),
        (-221, TryLater, 3600),
        (-224, TryLater, 3600),
        (-227, Unreachable, None),
        (-230, WindowClosed, None),
        (-232, WindowClosed, None),
        (-233, Refused, None),
        (-235, TryLater, 3600),
        (-240, Refused, None),
        (-244, Unreachable, None),
        (-248, Refused, None),
        (-1, TryLater, None),
        (500, TryLater, None),
        (-99999, TryLater, None),
    ],
)
async def test_each_error_has_its_outcome(
    account: Account, code: int, expected: type[Exception], wait: int | None
) -> None:
    account.service.faults.add(Fault("cs", error=(code, "no")))

    error = await account.fails()

    assert type(error) is expected
    assert getattr(error, "wait", None) == (timedelta(seconds=wait) if wait else None)
    assert account.lan.sees() == []


@pytest.mark.parametrize(
    ("hour", "wait"), [(22, 8 * H), (0, 6 * H), (5, H), (6, 24 * H), (13, 17 * H)]
)
@pytest.mark.parametrize("code", [-133, -234])
def test_what_may_not_go_at_night_goes_in_the_morning(
    code: int, hour: int, wait: timedelta
) -> None:
    there = datetime(2026, 11, 23, hour, tzinfo=UTC) - 7 * H

    outcome = outcomes.of(Failed("cs", code), there)

    assert isinstance(outcome, TryLater)
    assert outcome.wait == wait


async def test_an_office_that_must_do_something_is_told_once(account: Account) -> None:
    account.service.faults.add(*[Fault("cs", error=(-224, "OA has not upgrade tier"))] * 3)

    with capture_logs() as logged:
        for _ in range(3):
            await account.fails()

    assert [(line["event"], line["code"]) for line in logged] == [("zalo_oa_needs_office", -224)]


async def test_a_token_that_was_spoilt_costs_nobody_a_letter(account: Account) -> None:
    await account.send("một")
    account.service.access = "somebody-renewed-it-elsewhere"

    await account.send("hai")

    assert account.lan.sees() == ["một", "hai"]
    assert account.service.renewals == 2


async def test_letters_wait_while_there_is_no_token(account: Account) -> None:
    account.service.refresh = "somebody-elses"

    error = await account.fails()

    assert isinstance(error, TryLater)
    assert error.wait == timedelta(minutes=10)


async def test_an_answer_that_was_lost_is_ambiguous(account: Account) -> None:
    account.service.faults.add(Fault("cs", applied=True, drop=True))

    assert isinstance(await account.fails(), Ambiguous)
    assert account.lan.sees() == ["a"]


# -- the whole ------------------------------------------------------------------------------------


async def test_an_account_that_answers_is_well(door: ListDoor) -> None:
    async with turned(door) as rig:
        state = await rig.zalo.look()

    assert state == "webhook"


async def test_while_it_runs_the_account_says_how_it_is(door: ListDoor) -> None:
    async with turned(door) as rig:
        running = asyncio.create_task(rig.zalo.run())
        await until(lambda: rig.zalo.state == "webhook")
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    assert rig.service.renewals == 1


async def test_a_process_that_only_hears_buys_no_token(door: ListDoor) -> None:
    """On another machine it would spend the pair that the sending process has."""
    async with turned(door) as rig:
        await rig.zalo.run(speak=False)

    assert rig.zalo.state == "webhook"
    assert rig.service.renewals == 0


async def test_an_account_without_a_token_says_why(door: ListDoor) -> None:
    async with turned(door) as rig:
        rig.service.refresh = "somebody-elses"

        assert "refused" in await rig.zalo.look()


async def test_an_empty_letter_is_refused_without_asking(account: Account) -> None:
    with pytest.raises(Refused):
        await account.send(" ")
    assert account.service.faults.calls == []


async def test_a_token_of_another_account_is_named(door: ListDoor, tmp_path: Path) -> None:
    async with started() as service:
        line = line_to(service, tmp_path)
        zalo = ZaloOa(replace(line, oa="7"), door, None, None, lambda: START)  # type: ignore[arg-type]
        state = await zalo.look()
        await zalo.close()

    assert "OCOP_ZALO_OA_ID" in state


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("oa", "OCOP_ZALO_OA_ID"),
        ("app", "OCOP_ZALO_OA_APP_ID"),
        ("app_secret", "OCOP_ZALO_OA_APP_SECRET"),
        ("oa_secret", "OCOP_ZALO_OA_SECRET"),
        ("refresh_token", "OCOP_ZALO_OA_REFRESH_TOKEN"),
    ],
)
async def test_a_setting_that_is_missing_is_named_at_once(
    door: ListDoor, tmp_path: Path, setting: str, name: str
) -> None:
    async with started() as service:
        line = line_to(service, tmp_path)

    with pytest.raises(CannotListen, match=name):
        ZaloOa(replace(line, **{setting: ""}), door, None, None, lambda: START)  # type: ignore[arg-type]
    assert "bi-mat" not in repr(line)
