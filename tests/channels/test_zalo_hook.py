"""The webhook over real HTTP: forged, truncated, oversized, unknown and doubled updates."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot import clock
from bot.channels.zalo.hook import HEADER, MOST_BYTES, PATH, Hook
from bot.channels.zalo.receive import Receiver
from conversations.events import Text
from tests.channels.doubles import ListDoor
from tests.channels.zalo_rig import PUBLIC, SECRET, ZaloRig, opened
from tests.emulators.zalo import Knobs

TEXT = (Path(__file__).parents[1] / "payloads/zalo/text-flat.json").read_bytes()


@pytest.fixture
async def rig(door: ListDoor) -> AsyncIterator[ZaloRig]:
    async with opened("webhook", door) as made:
        yield made


async def post(rig: ZaloRig, body: bytes, bot: str = "", **headers: str) -> int:
    """Post the body as Zalo would; the HTTP status."""
    address = f"{rig.service.hosts[PUBLIC]}{PATH}/{bot or rig.bot.id}"
    given = {HEADER: SECRET, "Content-Type": "application/json"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers={k: v for k, v in given.items() if v}) as answer,
    ):
        return answer.status


async def test_what_zalo_posts_is_heard(rig: ZaloRig, door: ListDoor) -> None:
    assert await post(rig, TEXT) == 200
    assert door.texts() == ["chào em"]


@pytest.mark.parametrize(
    "secret", ["", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), "sai-bi-mat-cua-sau"]
)
async def test_whoever_does_not_know_the_secret_is_not_heard(
    rig: ZaloRig, door: ListDoor, secret: str
) -> None:
    assert await post(rig, TEXT, **{HEADER: secret}) == 403
    assert door.heard == []


@pytest.mark.parametrize("secret", ["", "ngắn", "x" * 257])
async def test_a_secret_that_zalo_would_not_take_opens_nothing(door: ListDoor, secret: str) -> None:
    """Least of all none: a setting that was forgotten must not open the door to everybody."""
    receiver = Receiver(door, NoIntake(), clock.now)

    status = await Hook(receiver, secret, lambda _bot: True).heard("1", secret, TEXT)

    assert status == 403
    assert door.heard == []


class NoIntake:
    async def expected(self, *_: Any) -> None:
        raise AssertionError("nothing is announced here")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"ping",
        b'{"verify":"1","challenge":{"x":[1]}}',
        TEXT[: len(TEXT) // 2],
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"event_name":"message.poll.received","message":{"message_id":"1","chat":{"id":"2"}}}',
    ],
)
async def test_a_try_of_the_address_with_any_body_is_answered_well(
    rig: ZaloRig, door: ListDoor, body: bytes
) -> None:
    """Nobody outside knows what Zalo posts to try an address; what it cannot read it must not
    repeat for ever either."""
    assert await post(rig, body) == 200
    assert door.heard == []


async def test_an_unknown_kind_is_noted_by_its_name_alone(rig: ZaloRig) -> None:
    message = json.loads(TEXT)["message"] | {"text": "số 0912 345 678"}
    body = json.dumps({"event_name": "message.poll.received", "message": message})

    with capture_logs() as logged:
        await post(rig, body.encode())

    assert [line["update"] for line in logged] == ["message.poll.received"]
    assert "0912" not in str(logged)
    assert message["chat"]["id"] not in str(logged)


async def test_more_than_any_update_can_be_is_not_read_to_its_end(
    rig: ZaloRig, door: ListDoor
) -> None:
    assert await post(rig, TEXT + b" " * MOST_BYTES) == 413
    assert door.heard == []


async def test_a_long_text_is_heard_to_its_end(rig: ZaloRig, door: ListDoor) -> None:
    words = "ạ" * 20_000
    update = json.loads(TEXT)
    update["message"]["text"] = words

    assert await post(rig, json.dumps(update, ensure_ascii=False).encode()) == 200
    assert door.texts() == [words]


async def test_a_door_that_breaks_is_no_200(rig: ZaloRig, door: ListDoor) -> None:
    door.breaks = 1

    statuses = [await post(rig, TEXT), await post(rig, TEXT)]

    assert statuses == [503, 200]
    assert door.texts() == ["chào em"]


async def test_a_bot_that_is_not_known_yet_is_told_again(rig: ZaloRig, door: ListDoor) -> None:
    assert await post(rig, TEXT, bot="14592322414547659") == 503
    assert door.heard == []


async def test_only_posting_is_answered(rig: ZaloRig) -> None:
    address = f"{rig.service.hosts[PUBLIC]}{PATH}/{rig.bot.id}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 405


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_list_of_updates_is_heard_in_its_order(
    rig: ZaloRig, door: ListDoor, wrapped: bool
) -> None:
    updates = [json.loads(TEXT), json.loads(TEXT)]
    updates[1]["message"] |= {"message_id": "2", "text": "hai"}

    body = json.dumps({"ok": True, "result": updates} if wrapped else updates)

    assert await post(rig, body.encode()) == 200
    assert door.texts() == ["chào em", "hai"]


@pytest.mark.parametrize("tries", [1, 3])
async def test_an_update_is_heard_however_often_zalo_tries(door: ListDoor, tries: int) -> None:
    async with opened("webhook", door, Knobs(hook_tries=tries)) as rig:
        door.breaks = tries - 1
        rig.lan.says("một")

        await rig.told()

    assert door.heard[0].content == Text("một")
    assert door.failures == tries - 1
