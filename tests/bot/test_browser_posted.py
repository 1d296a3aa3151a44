"""What a phone may post, and what becomes of it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.browser import posted
from conversations.events import Contact, Content, Location, Strange, Tap, Text

HEAD = {"key": "0a1b2c3d-key", "seen": 7}


def body(**fields: Any) -> bytes:
    return json.dumps(HEAD | fields).encode()


@pytest.mark.parametrize(
    ("fields", "content", "line"),
    [
        (
            {"kind": "text", "text": "gạo nếp"},
            Text("gạo nếp"),
            {"kind": "text", "text": "gạo nếp"},
        ),
        (
            {"kind": "tap", "data": "3:yes", "text": "Đúng rồi"},
            Tap("3:yes"),
            {"kind": "tap", "text": "Đúng rồi", "data": "3:yes"},
        ),
        (
            {"kind": "tap", "data": "3:yes"},
            Tap("3:yes"),
            {"kind": "tap", "text": "3:yes", "data": "3:yes"},
        ),
        (
            {"kind": "sticker", "data": "rice", "text": "Bát cơm"},
            Strange("sticker"),
            {"kind": "sticker", "text": "Bát cơm", "name": "rice"},
        ),
        (
            {"kind": "location", "latitude": 22.5347, "longitude": 104.2912},
            Location(22.5347, 104.2912),
            {"kind": "location", "text": "22.53470, 104.29120"},
        ),
        (
            {"kind": "contact", "phone": "0912 345 678"},
            Contact("0912 345 678", own=False),
            {"kind": "contact", "text": "0912 345 678"},
        ),
    ],
)
def test_each_kind_becomes_an_event_and_a_line(
    fields: dict[str, Any], content: Content, line: dict[str, Any]
) -> None:
    read = posted.read(body(**fields))

    assert (read.key, read.seen) == ("0a1b2c3d-key", 7)
    assert posted.content(read) == content
    assert posted.line(read) == line


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"kind":"text","key":"0a1b2c3d","seen":1,"text":"\\ud800"}',
        b'{"kind":"text","key":"0a1b2c3d","seen":1,"text":"\xed\xa0\x80"}',
        b'{"kind":"text","key":"0a1b2c3d","seen":1,"x":' + b"[" * 50_000 + b"}",
        body(kind="text"),
        body(kind="text", text=5),
        body(kind="text", text=None),
        body(kind="wake"),
        body(kind="photo", file="0" * 64),
        body(text="no kind"),
        body(kind="tap", data="x" * 65),
        body(kind="sticker", data="../../etc/passwd"),
        body(kind="location", latitude=91, longitude=0),
        body(kind="location", latitude=0, longitude=181),
        body(kind="text", text="a", seen=-1),
        body(kind="text", text="a", seen=10**16),
        body(kind="text", text="a", seen=1.5),
        body(kind="text", text="a", key="short"),
        body(kind="text", text="a", key="x" * 65),
        body(kind="text", text="a", key="letter:12345"),
        body(kind="text", text="a", key="0a1b2c3d\n"),
    ],
)
def test_what_is_no_message_is_called_so(wrong: bytes) -> None:
    with pytest.raises(posted.Malformed):
        posted.read(wrong)


@given(st.text())
def test_any_text_is_heard_but_for_nul(text: str) -> None:
    read = posted.read(body(kind="text", text=text))

    assert posted.content(read) == Text(text.replace("\0", ""))


def test_a_nul_never_reaches_the_database() -> None:
    """PostgreSQL refuses it in any text."""
    for fields in (
        {"kind": "text", "text": "a\0b"},
        {"kind": "tap", "data": "a\0b", "text": "c\0"},
        {"kind": "contact", "phone": "09\0"},
        {"kind": "sticker", "data": "rice", "text": "\0"},
    ):
        read = posted.read(body(**fields))

        assert "\0" not in repr(posted.content(read)) + json.dumps(posted.line(read))
        assert "\\u0000" not in json.dumps(posted.line(read))
