"""The webhook: who may post, what may be posted, and when it is acknowledged."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import structlog

from bot.channels.telegram.line import CannotListen, Line
from bot.channels.telegram.updates import KINDS
from bot.channels.telegram.webhook import HEADER, MOST_BYTES
from conversations.events import Text
from tests.channels.doubles import ListDoor
from tests.channels.telegram_rig import SECRET, TelegramRig, opened
from tests.emulators.telegram import TOKEN

UPDATE: dict[str, Any] = {
    "update_id": 77,
    "message": {
        "message_id": 5,
        "date": 1795420800,
        "chat": {"id": 5, "type": "private", "first_name": "Lan"},
        "from": {"id": 5, "is_bot": False, "first_name": "Lan"},
        "text": "lời nói riêng",
    },
}


@pytest.fixture
async def rig(door: ListDoor) -> AsyncIterator[TelegramRig]:
    async with opened("webhook", door) as made:
        yield made


async def post(rig: TelegramRig, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(rig.hook, data=io.BytesIO(body), headers=headers) as answer,
    ):
        assert await answer.read() == b""
        return answer.status


def written(update: object) -> bytes:
    return json.dumps(update).encode()


async def test_a_post_with_the_secret_is_heard(rig: TelegramRig, door: ListDoor) -> None:
    assert await post(rig, written(UPDATE)) == 200
    assert door.texts() == ["lời nói riêng"]


@pytest.mark.parametrize(
    "secret", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "x" * 5000, "b\xed m\u1eadt"]
)
async def test_a_forged_post_is_refused(
    rig: TelegramRig, door: ListDoor, secret: str | None
) -> None:
    assert await post(rig, written(UPDATE), secret) == 403
    assert door.heard == []


async def test_what_is_forged_is_not_even_read(rig: TelegramRig) -> None:
    assert await post(rig, b"{" * (MOST_BYTES + 1), "guess") == 403


@pytest.mark.parametrize("secret", ["", "short", "with spaces in it, and long enough", "ạ" * 20])
def test_without_a_secret_that_nobody_can_guess_there_is_no_webhook(secret: str) -> None:
    with pytest.raises(CannotListen, match="OCOP_TELEGRAM_SECRET"):
        Line(TOKEN, mode="webhook", public_url="https://ocop.example.vn", secret=secret)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'"lan"',
        b"\xff\xfe",
        written(UPDATE)[:-9],
        written([UPDATE]),
        written({**UPDATE, "update_id": "77"}),
        written({"message": UPDATE["message"]}),
        b'{"update_id":1,"message":' + b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(rig: TelegramRig, door: ListDoor, body: bytes) -> None:
    assert await post(rig, body) == 400
    assert door.heard == []


async def test_more_than_any_update_can_be_is_refused(rig: TelegramRig, door: ListDoor) -> None:
    assert await post(rig, written({**UPDATE, "filler": "x" * MOST_BYTES})) == 413
    assert door.heard == []


async def test_nothing_is_told_to_who_only_looks(rig: TelegramRig) -> None:
    async with aiohttp.ClientSession() as session, session.get(rig.hook) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "telepathy": {"thought": "lời nói riêng"}},
        {"update_id": 1, "message": {"text": "lời nói riêng"}},
        {"update_id": 1, "message": {**UPDATE["message"], "chat": "lời nói riêng"}},
    ],
)
async def test_what_we_do_not_know_is_acknowledged_and_logged_without_its_words(
    rig: TelegramRig, door: ListDoor, update: dict[str, Any]
) -> None:
    with structlog.testing.capture_logs() as logged:
        status = await post(rig, written(update))

    assert status == 200
    assert door.heard == []
    assert [entry["event"] for entry in logged] == ["telegram_update_ignored"]
    assert "riêng" not in str(logged)


async def test_what_is_not_safe_is_not_acknowledged(rig: TelegramRig, door: ListDoor) -> None:
    door.breaks = 1

    with structlog.testing.capture_logs() as logged:
        statuses = [await post(rig, written(UPDATE)) for _ in range(2)]

    assert statuses == [503, 200]
    assert door.texts() == ["lời nói riêng"]
    assert "riêng" not in str(logged)


async def test_no_log_of_a_refused_post_holds_the_secret_or_the_guess(rig: TelegramRig) -> None:
    with structlog.testing.capture_logs() as logged:
        await post(rig, written(UPDATE), "my-guess")
        await post(rig, b"{")

    assert [entry["event"] for entry in logged if entry["log_level"] == "warning"] == [
        "telegram_hook_refused",
        "telegram_hook_garbled",
    ]
    assert [word for word in ("my-guess", SECRET, TOKEN) if word in str(logged)] == []


async def test_telegram_is_told_the_address_the_secret_and_what_we_understand(
    rig: TelegramRig,
) -> None:
    rig.lan.says("một")
    await rig.told()

    (given,) = rig.emulator.given("setWebhook")
    assert given["url"] == rig.hook
    assert given["secret_token"] == SECRET
    assert given["allowed_updates"] == list(KINDS)
    assert rig.emulator.updates.posted == [200]


async def test_extra_fields_of_a_newer_api_do_no_harm(rig: TelegramRig, door: ListDoor) -> None:
    newer = {**UPDATE, "message": {**UPDATE["message"], "aura": {"colour": "green"}}, "more": 1}

    assert await post(rig, written(newer)) == 200
    assert [event.content for event in door.heard] == [Text("lời nói riêng")]
