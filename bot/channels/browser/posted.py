"""What a phone posts: checked by type, then told as an event's content and as a line."""

from typing import Annotated, Any, assert_never

import msgspec
from msgspec import Meta

from conversations.events import Contact, Content, Location, Strange, Tap, Text

NAME = r"\A[A-Za-z0-9-]{8,64}\Z"  # of a phone and of a message, both made in the browser

Key = Annotated[str, Meta(pattern=NAME)]
Seen = Annotated[int, Meta(ge=0, le=10**15)]


class Malformed(ValueError):
    """This is not a message; the words say what is wrong with it."""


class Post(msgspec.Struct, frozen=True, tag_field="kind"):
    """``key`` names the message for ever, ``seen`` is the last line on the screen before it."""

    key: Key
    seen: Seen


class Typed(Post, frozen=True, tag="text"):
    """Something typed."""

    text: str


class Tapped(Post, frozen=True, tag="tap"):
    """A button, with the label that it bore."""

    data: Annotated[str, Meta(max_length=64)]
    text: Annotated[str, Meta(max_length=2000)] = ""


class Stuck(Post, frozen=True, tag="sticker"):
    """A sticker by its name."""

    data: Annotated[str, Meta(pattern=r"\A[a-z_]{1,32}\Z")]
    text: Annotated[str, Meta(max_length=200)] = ""


class Placed(Post, frozen=True, tag="location"):
    """A place on the map."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


class Shared(Post, frozen=True, tag="contact"):
    """A telephone number; nobody vouches here that it is the sender's own."""

    phone: Annotated[str, Meta(max_length=40)]


Posted = Typed | Tapped | Stuck | Placed | Shared
_POSTED: msgspec.json.Decoder[Posted] = msgspec.json.Decoder(Posted)


def read(body: bytes) -> Posted:
    """Take the JSON of one message, or say what is wrong with it."""
    try:
        return _POSTED.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Malformed(str(wrong)) from wrong


def content(posted: Posted) -> Content:
    """What has happened, in the words that all channels share."""
    match posted:
        case Typed():
            return Text(storable(posted.text))
        case Tapped():
            return Tap(storable(posted.data))
        case Stuck():
            return Strange("sticker")
        case Placed():
            return Location(posted.latitude, posted.longitude)
        case Shared():
            return Contact(storable(posted.phone), own=False)
        case _:
            assert_never(posted)


def line(posted: Posted) -> dict[str, Any]:
    """The same as the person sees it in the chat."""
    match posted:
        case Typed():
            return {"kind": "text", "text": storable(posted.text)}
        case Tapped():
            label = storable(posted.text or posted.data)
            return {"kind": "tap", "text": label, "data": storable(posted.data)}
        case Stuck():
            return {"kind": "sticker", "text": storable(posted.text), "name": posted.data}
        case Placed():
            place = f"{posted.latitude:.5f}, {posted.longitude:.5f}"
            return {"kind": "location", "text": place}
        case Shared():
            return {"kind": "contact", "text": storable(posted.phone)}
        case _:
            assert_never(posted)


def storable(text: str) -> str:
    """The text without NUL, which no keyboard types and PostgreSQL does not store."""
    return text.replace("\0", "")
