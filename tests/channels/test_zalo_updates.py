"""Zalo's updates in all the ways they have been seen, read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.arriving import Remote
from bot.channels.zalo import updates
from bot.channels.zalo.updates import Arrived, Ignored
from conversations.events import Address, Content, Event, Strange, Text

PAYLOADS = Path(__file__).parents[1] / "payloads/zalo"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BOT = "1459232241454765289"
LAN = Address("zalo", BOT, "6ede9afa66b88fe6d6a9")
KEY = "2d758cb5e222177a4e35"
PICTURE = "https://photo-stal-12.zdn.vn/jpg/1234567890abcdef.jpg"

Read = Event | Arrived | Ignored


def read(name: str) -> list[Read]:
    body = (PAYLOADS / f"{name}.json").read_bytes()
    return [updates.read(update, BOT, NOW) for update in updates.unpacked(body)]


def event(content: Content) -> Event:
    return Event(LAN, KEY, NOW, content, 1790000000123)


def message(**changes: Any) -> dict[str, Any]:
    """A text update with some fields of its message written in another way."""
    found = json.loads((PAYLOADS / "text-flat.json").read_bytes())
    return {"event_name": found["event_name"], "message": found["message"] | changes}


EXPECTED = {
    "text-flat": event(Text("chào em")),
    "text-wrapped": event(Text("chào em")),
    "text-listed": event(Text("chào em")),
    "image-live": Arrived(KEY, LAN, Remote(PICTURE, "photo", caption="lúa bị rầy")),
    "image-documented": Arrived(KEY, LAN, Remote(PICTURE, "photo", caption="lúa bị rầy")),
    "image-without-address": event(Strange("bad_file")),
    "sticker": event(Strange("sticker")),
    "voice": Arrived(KEY, LAN, Remote("https://voice-aac-1.zdn.vn/1234567890abcdef.aac", "voice")),
    "unsupported": event(Strange("unsupported")),
    "unknown-event": Ignored("unknown", "message.poll.received"),
    "group": Ignored("group", "message.text.received"),
    "own-echo": Ignored("own", "message.text.received"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_update_is_read_as_what_happened(name: str) -> None:
    assert read(name) == [EXPECTED[name]]


def test_every_payload_is_expected_to_mean_something() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == EXPECTED.keys()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"7",
        b'"event_name"',
        b'{"verify": "1"}',
        b'{"ok": true, "result": null}',
        b'{"ok": true, "result": "x"}',
        b'{"event_name": 7, "message": []}',
        b'{"event_name": "message.text.received"}',
        b'{"event_name": "message.text.received", "message": {"text": "ch\xc3',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"result":' * 50_000,
    ],
)
def test_what_is_no_update_tells_nothing(body: bytes) -> None:
    found = [updates.read(update, BOT, NOW) for update in updates.unpacked(body)]

    assert all(isinstance(one, Ignored) for one in found)


@pytest.mark.parametrize("field", ["message_id", "chat"])
@pytest.mark.parametrize("written", [None, "", [], {}, {"id": ""}, "x" * 201, {"id": "x" * 201}])
def test_a_message_without_a_name_or_a_chat_cannot_be_heard(field: str, written: Any) -> None:
    found = updates.read(message(**{field: written}), BOT, NOW)

    assert found == Ignored("unknown", "message.text.received")


@pytest.mark.parametrize(
    ("date", "order"),
    [
        (1790000000123, 1790000000123),
        ("1790000000123", 1790000000123),
        (None, None),
        (0, None),
        (-5, None),
        (2**60, None),
        ("9" * 400, None),
        ("hôm nay", None),
        (1.5e12, None),
        ([], None),
        (True, None),
    ],
)
def test_a_date_that_says_nothing_makes_nothing_too_early(date: Any, order: int | None) -> None:
    found = updates.read(message(date=date), BOT, NOW)

    assert isinstance(found, Event)
    assert found.order == order


def test_ids_may_be_numbers() -> None:
    found = updates.read(message(message_id=12, chat={"id": 34}, **{"from": {"id": 34}}), BOT, NOW)

    assert isinstance(found, Event)
    assert (found.key, found.address.chat) == ("12", "34")


@pytest.mark.parametrize("text", [None, "", "  ", 7, ["a"]])
def test_a_text_without_words_is_answered_as_something_unknown(text: Any) -> None:
    found = updates.read(message(text=text), BOT, NOW)

    assert isinstance(found, Event)
    assert found.content == Strange("unsupported")


@pytest.mark.parametrize(("typed", "heard"), [("a\0b", "ab"), ("a\ud800b", "a?b"), ("🌾", "🌾")])
def test_what_no_database_stores_is_left_out(typed: str, heard: str) -> None:
    found = updates.read(message(text=typed), BOT, NOW)

    assert isinstance(found, Event)
    assert found.content == Text(heard)


_JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["id", "text", "is_bot", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_FIELDS = ["message_id", "date", "from", "chat", "text", "photo", "photo_url", "caption"]


@given(
    name=some.sampled_from([f"message.{kind}.received" for kind in ("text", "image", "voice")]),
    fields=some.dictionaries(some.sampled_from(_FIELDS), _JSON),
)
def test_no_update_breaks_the_reader(name: str, fields: dict[str, Any]) -> None:
    update = {"event_name": name, "message": message()["message"] | fields}

    assert isinstance(updates.read(update, BOT, NOW), Event | Arrived | Ignored)


@pytest.mark.parametrize("kind", [{}, {"chat_type": "PRIVATE"}, {"chat_type": "private"}])
def test_a_chat_is_a_persons_unless_it_says_otherwise(kind: dict[str, Any]) -> None:
    found = updates.read(message(chat={"id": LAN.chat} | kind), BOT, NOW)

    assert isinstance(found, Event)
