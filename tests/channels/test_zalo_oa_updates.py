"""The Official Account's events read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.arriving import Remote
from bot.channels.zalo_oa import updates
from bot.channels.zalo_oa.updates import Arrived, Ignored, Presence, Read
from conversations.events import Address, Contact, Content, Event, Location, Strange, Text

PAYLOADS = Path(__file__).parents[1] / "payloads/zalo_oa"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OA = "8000000000000000001"
LAN = Address("zalo_oa", OA, "2512523625412515")
KEY = "96d3cdf3af150460909"
PICTURE = "https://f20-zpc.zdn.vn/jpg/{}.jpg"


def told(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_bytes())
    return found


def event(content: Content, key: str = KEY) -> Event:
    return Event(LAN, key, NOW, content, 1790000000123)


def picture(number: int, key: str, caption: str = "") -> Arrived:
    return Arrived(key, LAN, Remote(PICTURE.format(number), "photo", caption=caption))


EXPECTED: dict[str, list[Read]] = {
    "text": [event(Text("Tồn kho lúa"))],
    "tapped-button": [event(Text("Đồng ý"))],
    "image": [picture(1, KEY, "giấy phép")],
    "three-images": [picture(1, KEY), picture(2, f"{KEY}/1"), picture(3, f"{KEY}/2")],
    "file": [
        Arrived(KEY, LAN, Remote("https://f20-zpc.zdn.vn/a/1.pdf", "file", "Mẫu 01.pdf", 186248))
    ],
    "audio": [Arrived(KEY, LAN, Remote("https://voice-aac.zdn.vn/1.aac", "voice"))],
    "location": [event(Location(22.5, 104.3))],
    "sticker": [event(Strange("sticker"))],
    "gif": [event(Strange("sticker"))],
    "link": [event(Strange("unsupported"))],
    "submitted-info": [event(Contact("84912345678", own=False), f"info:{LAN.chat}:1790000000123")],
    "follow": [Presence(f"follow:{LAN.chat}:1790000000123:True", LAN, here=True)],
    "unfollow": [Presence(f"follow:{LAN.chat}:1790000000123:False", LAN, here=False)],
    "seen": [Ignored("unknown", "user_seen_message")],
    "receipt": [Ignored("unknown", "user_received_message")],
    "template-status": [Ignored("unknown", "change_template_status")],
    "own-message": [Ignored("unknown", "oa_send_text")],
    "another-account": [Ignored("not for us", "user_send_text")],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_event_is_read_as_what_happened(name: str) -> None:
    assert updates.read(told(name), OA, NOW) == EXPECTED[name]


def test_every_payload_is_expected_to_mean_something() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == EXPECTED.keys()


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"latitude": "x", "longitude": "1"},
        {"latitude": None, "longitude": 1},
        {"latitude": "91", "longitude": "1"},
        {"latitude": "1", "longitude": "-181"},
        {"latitude": "nan", "longitude": "1"},
        {"latitude": "inf", "longitude": "1"},
    ],
)
def test_a_place_that_is_nowhere_is_answered_all_the_same(where: dict[str, Any]) -> None:
    body = told("location")
    body["message"]["attachments"][0]["payload"] = {"coordinates": where}

    assert updates.read(body, OA, NOW) == [event(Strange("unsupported"))]


@pytest.mark.parametrize("attachments", [None, [], {}, "x", [None], [{"payload": None}], [{}]])
@pytest.mark.parametrize("name", ["image", "file", "audio"])
def test_a_file_without_an_address_is_answered_all_the_same(name: str, attachments: Any) -> None:
    body = told(name)
    body["message"]["attachments"] = attachments

    assert updates.read(body, OA, NOW) == [event(Strange("bad_file"))]


_JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["id", "payload", "url", "size"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_FIELDS = ["sender", "recipient", "message", "timestamp", "info", "follower", "event_name"]


@given(
    name=some.sampled_from(sorted(EXPECTED)),
    fields=some.dictionaries(some.sampled_from(_FIELDS), _JSON, max_size=3),
    message=some.dictionaries(some.sampled_from(["text", "attachments", "msg_id"]), _JSON),
)
def test_no_event_breaks_the_reader(
    name: str, fields: dict[str, Any], message: dict[str, Any]
) -> None:
    body = told(name)
    body["message"] = body.get("message", {}) | message

    found = updates.read(body | fields, OA, NOW)

    assert found
    assert all(isinstance(one, Event | Arrived | Presence | Ignored) for one in found)
