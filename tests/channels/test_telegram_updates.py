"""Every kind of update, as Telegram writes it: what it means to us, and to the other library."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import telegram
from aiogram.types import Update
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.arriving import Remote
from bot.channels.telegram import updates
from bot.channels.telegram.updates import Arrived, Ignored, Presence, Tapped
from conversations.events import Address, Contact, Content, Event, Location, Strange, Tap, Text

PAYLOADS = Path(__file__).parents[1] / "payloads" / "telegram"
WRITTEN: Mapping[str, dict[str, Any]] = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(PAYLOADS.glob("*.json"))
}
BOT = "7000000001"
MAI = Address("telegram", BOT, "5000000001")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SENT = datetime.fromtimestamp(1795420800, UTC)

CONTENTS: Mapping[str, Content] = {
    "text": Text("htx bản liền ạ 🌾"),
    "deep_link": Text("/start lienket-482913"),
    "reply": Text("dạ đúng rồi"),
    "forwarded": Text("Mời bà con dự hội chợ"),
    "document_huge": Strange("big_file"),
    "video": Strange("video"),
    "animation": Strange("animation"),
    "sticker": Strange("sticker"),
    "contact_own": Contact("84912345678", own=True),
    "contact_other": Contact("+84 987 654 321", own=False),
    "contact_paper": Contact("0987654321", own=False),
    "location": Location(22.462512, 104.293711),
    "venue": Location(22.4, 104.2),
    "poll": Strange("poll"),
    "dice": Strange("dice"),
    "newer_message": Strange("unknown"),
    "edited_text": Strange("edited"),
}
FILES = {
    "photo": Remote("AgAC-y", "photo", "", 180000, "giấy đăng ký kinh doanh"),
    "album_photo": Remote("AgAC-y", "photo", "", 180000),
    "live_photo": Remote("AgAC-y", "photo", "", 180000),
    "document": Remote("BQAC", "file", "hồ sơ.pdf", 345678, "mẫu 01"),
    "voice": Remote("AwAC", "voice", "", 17000),
    "audio": Remote("CQAC", "voice", "", 2900000),
    "video_note": Remote("DQAC", "voice", "", 400000),
}
IGNORED = {
    "notice_pinned": "notice",
    "tap_inline": "foreign button",
    "edited_location": "edited",
    "group_text": "group",
    "group_joined": "group",
    "group_tap": "group",
    "channel_post": "unknown",
    "from_a_bot": "bot",
    "newer_kind": "unknown",
}
TAPS = {"tap": ("place|1", "21474836480000001"), "tap_old_message": ("old|1", "21474836480000002")}
PRESENCE = {"blocked": False, "unblocked": True}


def read(name: str) -> updates.Happened:
    return updates.read(WRITTEN[name], BOT, NOW)


def key(name: str) -> str:
    return str(WRITTEN[name]["update_id"])


def test_every_payload_has_its_meaning_here() -> None:
    assert {*CONTENTS, *FILES, *IGNORED, *TAPS, *PRESENCE} == set(WRITTEN)


@pytest.mark.parametrize("name", CONTENTS)
def test_what_people_send_is_heard_with_its_place_in_the_chat(name: str) -> None:
    (message,) = [WRITTEN[name][k] for k in ("message", "edited_message") if k in WRITTEN[name]]

    assert read(name) == Event(MAI, key(name), SENT, CONTENTS[name], message["message_id"])


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_announced_in_the_best_size_there_is(name: str) -> None:
    assert read(name) == Arrived(key(name), MAI, FILES[name])


@pytest.mark.parametrize("name", IGNORED)
def test_what_nobody_says_to_us_is_left_alone(name: str) -> None:
    assert read(name) == Ignored(IGNORED[name])


@pytest.mark.parametrize("name", TAPS)
def test_a_tap_has_no_place_because_it_answers_its_own_question(name: str) -> None:
    data, query = TAPS[name]

    assert read(name) == Tapped(Event(MAI, key(name), NOW, Tap(data)), query)


@pytest.mark.parametrize("name", PRESENCE)
def test_who_blocks_us_or_lets_us_in_again_is_noted(name: str) -> None:
    assert read(name) == Presence(key(name), MAI, PRESENCE[name])


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"newer_kind"}))
def test_both_libraries_read_an_update_alike(name: str) -> None:
    ours = Update.model_validate(WRITTEN[name])
    theirs = telegram.Update.de_json(WRITTEN[name], None)

    assert theirs.update_id == ours.update_id
    assert alike(theirs) == alike(ours)


def alike(update: Any) -> dict[str, Any]:
    """What of an update we use, however the library calls it."""
    message = update.message or update.edited_message or update.channel_post
    tap, change = update.callback_query, update.my_chat_member
    found: dict[str, Any] = {}
    if message:
        found = {name: getattr(message, name) for name in ("message_id", "text", "caption", "date")}
        found["chat"] = (message.chat.id, message.chat.type)
        found["album"] = message.media_group_id
        found["photos"] = [(p.file_id, p.width, p.file_size) for p in message.photo or ()]
        for kind in ("document", "voice", "audio", "video_note", "sticker", "video", "animation"):
            file = getattr(message, kind)
            found[kind] = file and (file.file_id, file.file_size)
        found["contact"] = message.contact and (
            message.contact.phone_number,
            message.contact.user_id,
        )
        found["place"] = message.location and (
            message.location.latitude,
            message.location.longitude,
        )
    if tap:
        found["tap"] = (tap.id, tap.data, tap.message and tap.message.message_id)
    if change:
        found["status"] = (change.chat.id, change.new_chat_member.status)
    return found


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": "many"},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": []},
        {"update_id": 1, "message": {"text": "không có ai"}},
        {"update_id": 1, "message": {**WRITTEN["text"]["message"], "chat": {"id": "x"}}},
        {"update_id": 1, "message": {**WRITTEN["text"]["message"], "date": "hôm qua"}},
        {"update_id": 1, "callback_query": {"id": 7}},
        {"update_id": 1, "my_chat_member": {"chat": {}}},
    ],
)
def test_what_is_no_update_is_left_alone(raw: dict[str, Any]) -> None:
    assert isinstance(updates.read(raw, BOT, NOW), Ignored)


def test_signs_that_no_database_keeps_are_left_out() -> None:
    raw = {"update_id": 1, "message": {**WRITTEN["text"]["message"], "text": "gạo\0 nếp \ud83d"}}

    happened = updates.read(raw, BOT, NOW)

    assert isinstance(happened, Event)
    assert happened.content == Text("gạo nếp ?")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
PARTS = st.sampled_from(
    ["text", "photo", "contact", "location", "document", "chat", "from", "date"]
)


@settings(max_examples=120, deadline=None)
@given(part=PARTS, value=JSON)
def test_an_update_with_anything_in_any_place_breaks_nothing(part: str, value: Any) -> None:
    message = {**WRITTEN["text"]["message"], part: value}

    happened = updates.read({"update_id": 1, "message": message}, BOT, NOW)

    assert isinstance(happened, Event | Arrived | Ignored)
