"""What every channel promises about letters that meet trouble on their way."""

import asyncio
import logging
from datetime import timedelta

import pytest
import structlog

from bot.channels.contract import Refused, TryLater, Unreachable
from conversations.events import Address
from conversations.messages import Letter
from tests.channels.asking import (
    WORDS,
    failure,
    put,
    texts,
    with_service,
)
from tests.channels.channels import WAIT, Fault, Rig
from tests.channels.doubles import chain


@with_service
async def test_a_busy_service_is_left_alone_as_long_as_it_asks(rig: Rig) -> None:
    error = await failure(rig, Fault.BUSY)

    assert isinstance(error, TryLater)
    assert error.wait is not None
    assert timedelta(seconds=WAIT) <= error.wait < timedelta(seconds=WAIT + 5)


@with_service
@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.DOWN, Fault.HTML, Fault.CLOSED, Fault.REVOKED])
async def test_what_was_surely_not_sent_is_tried_later(rig: Rig, fault: Fault) -> None:
    error = await failure(rig, fault)

    assert isinstance(error, TryLater)
    assert not isinstance(error, rig.ambiguous)
    assert await rig.lan.sees() == []


@with_service
@pytest.mark.parametrize("fault", [Fault.LOST, Fault.SLOW, Fault.CUT])
async def test_a_letter_that_may_have_been_sent_is_called_ambiguous(rig: Rig, fault: Fault) -> None:
    error = await failure(rig, fault)

    assert isinstance(error, rig.ambiguous)
    assert await texts(rig.lan) == [WORDS]


@with_service
async def test_a_page_that_says_all_is_well_is_not_believed(rig: Rig) -> None:
    error = await failure(rig, Fault.PAGE)

    assert isinstance(error, TryLater)


@with_service
@pytest.mark.parametrize("fault", [Fault.GONE, Fault.NOBODY])
async def test_who_cannot_be_reached_is_unreachable(rig: Rig, fault: Fault) -> None:
    assert isinstance(await failure(rig, fault), Unreachable)


@with_service
async def test_a_letter_that_will_never_be_taken_is_refused(rig: Rig) -> None:
    assert isinstance(await failure(rig, Fault.REFUSED), Refused)


@with_service
@pytest.mark.parametrize("fault", list(Fault))
async def test_after_trouble_the_next_letter_goes(rig: Rig, fault: Fault) -> None:
    await failure(rig, fault)
    await rig.mends()

    await put(rig, rig.lan, "thư sau", 2)

    assert (await texts(rig.lan))[-1] == "thư sau"


@with_service
@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.GONE, Fault.NOBODY, Fault.REFUSED])
async def test_the_trouble_of_one_chat_stops_no_other(rig: Rig, fault: Fault) -> None:
    rig.fails(fault, rig.lan)

    sent = await asyncio.gather(
        put(rig, rig.lan, "của Lan"), put(rig, rig.may, "của Mây"), return_exceptions=True
    )

    assert isinstance(sent[0], TryLater | Unreachable | Refused)
    assert isinstance(sent[1], int)
    assert await texts(rig.may) == ["của Mây"]


@with_service
@pytest.mark.parametrize("fault", list(Fault))
async def test_no_token_and_no_word_of_the_letter_is_in_an_error_or_a_log(
    rig: Rig, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as logged:
        error = await failure(rig, fault)

    told = [f"{one!r} {one} {vars(one)}" for one in chain(error)]
    told += [str(logged), caplog.text]
    assert rig.secrets
    assert [word for word in (*rig.secrets, WORDS) if any(word in each for each in told)] == []


@with_service
@pytest.mark.parametrize("chat", ["", "không phải số", "-1", "99999999999999999999", "1e3"])
async def test_an_address_that_cannot_be_is_unreachable(rig: Rig, chat: str) -> None:
    """Such rows come from other programmes' imports, not from channels."""
    address = Address(rig.lan.address.channel, rig.lan.address.bot, chat)

    with pytest.raises(Unreachable):
        await rig.sender.send(address, 1, Letter(WORDS))


@with_service
async def test_a_chat_with_another_bot_is_not_ours_to_write_to(rig: Rig) -> None:
    address = Address(rig.lan.address.channel, "another", rig.lan.address.chat)

    with pytest.raises(Unreachable):
        await rig.sender.send(address, 1, Letter(WORDS))
