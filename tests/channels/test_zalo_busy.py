"""The sign that somebody writes: where an answer takes a while, and never instead of one."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.channels.zalo import receive
from bot.channels.zalo.receive import Receiver
from conversations.events import Address
from tests.bot.specimens import picture
from tests.channels.doubles import ListDoor
from tests.channels.zalo_rig import ZaloRig, opened, until
from tests.emulators.faults import Fault

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def signs(rig: ZaloRig) -> list[str]:
    return [given["chat_id"] for given in rig.service.faults.named("sendChatAction")]


async def test_whoever_sends_pictures_sees_that_they_are_looked_at(door: ListDoor) -> None:
    async with opened("webhook", door) as rig:
        for person in (rig.lan, rig.lan, rig.may):
            person.sends_photo(picture("JPEG", (64, 48)))
        await rig.told()
        await until(lambda: len(signs(rig)) == 2)

    assert signs(rig) == [rig.lan.user.id, rig.may.user.id]


async def test_an_answer_that_is_there_at_once_needs_no_sign(door: ListDoor) -> None:
    async with opened("webhook", door) as rig:
        rig.lan.says("chào")
        await rig.told()

    assert door.texts() == ["chào"]
    assert signs(rig) == []


@pytest.mark.parametrize("kind", [{"error": (500, "no")}, {"drop": True}])
async def test_a_sign_that_fails_stops_nothing(door: ListDoor, kind: dict[str, object]) -> None:
    async with opened("webhook", door) as rig:
        rig.service.faults.add(Fault("sendChatAction", **kind))  # type: ignore[arg-type]
        rig.lan.sends_photo(picture("JPEG", (64, 48)))
        rig.may.sends_photo(picture("JPEG", (64, 48)))
        await rig.told()
        await until(lambda: len(signs(rig)) == 2)
        rig.lan.says("chào")
        await rig.told()

    assert door.texts() == ["chào"]


async def test_an_answer_that_takes_a_while_shows_the_sign_meanwhile(
    door: ListDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "SOON", 0.01)
    shown: list[Address] = []
    receiver = Receiver(door, None, lambda: NOW, shown.append)  # type: ignore[arg-type]
    update = {
        "event_name": "message.text.received",
        "message": {"message_id": "1", "chat": {"id": "lan"}, "text": "chào"},
    }

    door.shut()
    taking = asyncio.create_task(receiver.take(update, "7"))
    await until(lambda: bool(shown))
    door.open()
    await taking

    assert shown == [Address("zalo", "7", "lan")]
    assert door.texts() == ["chào"]
