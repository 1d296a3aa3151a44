"""The emulator is as strict as the service: what the service refuses, it must refuse too."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.emulators.telegram import TOKEN, TelegramEmulator


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator().running() as running:
        running.person("Lan")
        yield running


LAN = 5_000_000_001


async def call(
    emulator: TelegramEmulator, method: str, given: Any, token: str = TOKEN
) -> tuple[int, dict[str, Any]]:
    url = f"{emulator.served.address}/bot{token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=given) as answer:
        return answer.status, await answer.json()


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"chat_id": LAN, "text": "?", "reply_markup": {"inline_keyboard": list(rows)}}


WRONG = [
    ("sendMessage", {"chat_id": LAN, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": LAN, "text": " \n"}, "message text is empty"),
    ("sendMessage", {"chat_id": LAN, "text": "🌾" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": LAN}, "wrong parameters ['text']"),
    ("sendMessage", {"chat_id": LAN, "text": 5}, "wrong parameters ['text']"),
    ("sendMessage", {"chat_id": LAN, "text": "a", "txt": "b"}, "unknown parameters ['txt']"),
    ("sendMessage", {"chat_id": 1, "text": "a"}, "chat not found"),
    ("sendMessage", buttons([{"text": "a", "callback_data": "đ" * 33}]), "BUTTON_DATA_INVALID"),
    ("sendMessage", buttons([{"text": "a"}]), "BUTTON_DATA_INVALID"),
    ("sendMessage", buttons([{"text": "", "callback_data": "a"}]), "must be non-empty"),
    ("sendMessage", buttons([{"text": "a", "callback_data": "a"}] * 9), "BUTTON_COUNT_INVALID"),
    ("sendMessage", buttons(*[[{"text": "a", "callback_data": "a"}]] * 101), "is too long"),
    ("sendPhoto", {"chat_id": LAN, "photo": "x"}, "there is no photo"),
    ("sendPhoto", {"chat_id": LAN, "photo": "x", "caption": "a" * 1025}, "caption is too long"),
    ("setMyCommands", {"commands": [{"command": "Đăng", "description": "a"}]}, "COMMAND_INVALID"),
    ("answerCallbackQuery", {"callback_query_id": "old"}, "query is too old"),
    ("getFile", {"file_id": "none"}, "wrong file_id"),
    ("setWebhook", {"url": "https://a.vn", "secret_token": "bí mật"}, "unallowed characters"),
]


@pytest.mark.parametrize(("method", "given", "said"), WRONG)
async def test_a_wrong_call_is_refused(
    emulator: TelegramEmulator, method: str, given: dict[str, Any], said: str
) -> None:
    status, answer = await call(emulator, method, given)

    assert status == answer["error_code"] == 400
    assert said in answer["description"]
    assert all(not person.screen for person in emulator.people.values())


async def test_a_strange_token_and_a_strange_method_are_refused(
    emulator: TelegramEmulator,
) -> None:
    assert (await call(emulator, "getMe", {}, "1:wrong"))[0] == 401
    assert (await call(emulator, "getMee", {}))[0] == 404
    assert (await call(emulator, "GETME", {}))[0] == 200


async def test_a_form_means_the_same_as_json(emulator: TelegramEmulator) -> None:
    url = f"{emulator.served.address}/bot{TOKEN}/sendMessage"
    form = {"chat_id": str(LAN), "text": "123", "reply_markup": json.dumps(buttons_of("Có"))}
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
        assert answer.status == 200

    (seen,) = emulator.people[LAN].screen
    assert (seen.text, seen.buttons) == ("123", (("Có", "a"),))


def buttons_of(label: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": "a"}]]}


async def test_what_is_below_the_offset_is_forgotten_and_nothing_else(
    emulator: TelegramEmulator,
) -> None:
    for text in ("một", "hai", "ba"):
        emulator.people[LAN].says(text)

    _, first = await call(emulator, "getUpdates", {})
    _, again = await call(emulator, "getUpdates", {})
    second = first["result"][1]["update_id"]
    _, rest = await call(emulator, "getUpdates", {"offset": second})

    assert [one["message"]["text"] for one in first["result"]] == ["một", "hai", "ba"]
    assert again == first
    assert rest["result"] == first["result"][1:]
    assert len(emulator.updates.pending) == 2


async def test_a_poll_is_held_until_something_happens(emulator: TelegramEmulator) -> None:
    polling = asyncio.create_task(call(emulator, "getUpdates", {"timeout": 10}))
    await asyncio.sleep(0.05)
    held = not polling.done()
    emulator.people[LAN].says("một")
    _, answer = await polling

    assert held
    assert [one["message"]["text"] for one in answer["result"]] == ["một"]


async def test_only_kinds_that_were_asked_for_are_told(emulator: TelegramEmulator) -> None:
    await call(emulator, "getUpdates", {"allowed_updates": ["callback_query"]})
    emulator.people[LAN].says("một")

    assert (await call(emulator, "getUpdates", {}))[1]["result"] == []


async def test_a_second_poll_ends_the_first(emulator: TelegramEmulator) -> None:
    first = asyncio.create_task(call(emulator, "getUpdates", {"timeout": 10}))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call(emulator, "getUpdates", {"timeout": 10}))

    status, answer = await first
    emulator.people[LAN].says("một")

    assert status == 409
    assert "terminated by other getUpdates" in answer["description"]
    assert (await second)[0] == 200


async def test_nobody_polls_while_a_webhook_is_set(emulator: TelegramEmulator) -> None:
    await call(emulator, "setWebhook", {"url": "https://a.vn/hook", "secret_token": "secret"})

    status, answer = await call(emulator, "getUpdates", {})
    _, about = await call(emulator, "getWebhookInfo", {})
    await call(emulator, "deleteWebhook", {})

    assert status == 409
    assert "webhook is active" in answer["description"]
    assert about["result"]["url"] == "https://a.vn/hook"
    assert (await call(emulator, "getUpdates", {}))[0] == 200


async def test_who_blocked_the_bot_or_never_began_is_not_written_to(
    emulator: TelegramEmulator,
) -> None:
    emulator.people[LAN].blocks()
    stranger = emulator.person("Mây", started=False)

    blocked = await call(emulator, "sendMessage", {"chat_id": LAN, "text": "a"})
    never = await call(emulator, "sendMessage", {"chat_id": stranger.id, "text": "a"})

    assert (blocked[0], never[0]) == (403, 403)
    assert "blocked by the user" in blocked[1]["description"]


async def test_too_many_messages_in_a_second_are_too_many(emulator: TelegramEmulator) -> None:
    emulator.most_a_second = 2

    answers = [await call(emulator, "sendMessage", {"chat_id": LAN, "text": "a"}) for _ in range(3)]

    assert [status for status, _ in answers] == [200, 200, 429]
    assert answers[2][1]["parameters"] == {"retry_after": 3}
