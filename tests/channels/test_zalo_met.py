"""Letters that are due while the bots of Zalo are still saying who they are."""

import asyncio

import pytest

from bot.channels.contract import TryLater, Unreachable
from bot.channels.zalo.send import Voice, ZaloSender
from conversations.events import Address
from conversations.messages import Letter
from tests.channels.doubles import ListDoor
from tests.channels.zalo_rig import opened

HELLO = Letter("Chào bác")


async def test_a_letter_waits_for_its_bot_and_is_not_put_off() -> None:
    async with opened("polling", ListDoor()) as rig:
        known = dict(rig.zalo.sender.voices)
        voices: dict[str, Voice] = {}
        sender = ZaloSender(voices, lambda: bool(voices))

        sending = asyncio.create_task(sender.send(rig.lan.address, 1, HELLO))
        await asyncio.sleep(0.02)
        assert not rig.lan.user.sees()
        voices.update(known)
        await sending

        assert rig.lan.user.sees() == ["Chào bác"]


async def test_a_bot_that_says_nothing_for_long_puts_its_letters_off() -> None:
    sender = ZaloSender({}, lambda: False, patience=0.0)

    with pytest.raises(TryLater):
        await sender.send(Address("zalo", "1", "2"), 1, HELLO)


async def test_a_bot_that_is_not_ours_is_known_at_once_when_all_have_said_who_they_are() -> None:
    with pytest.raises(Unreachable):
        await ZaloSender({}).send(Address("zalo", "1", "2"), 1, HELLO)
