"""Updates as Zalo writes them, in any of the ways it has been seen to, read as what happened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot.channels.arriving import Remote
from conversations.events import Address, Content, Event, Strange, Text

CHANNEL = "zalo"
_LATEST = 2**53  # no time in ms is later, and every database can keep it
_NAME = 64
_ID = 200
Update = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that anybody is to hear; why, and what it was called."""

    why: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A picture or a voice note that lies with the service, to be fetched soon."""

    key: str
    address: Address
    remote: Remote


def unpacked(body: bytes) -> list[Update]:
    """The updates in what was posted; none when it is something else, such as a mere try."""
    try:
        return list(each(msgspec.json.decode(body)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []


def each(written: Any) -> Iterator[Update]:
    """The updates one by one: alone, in a list, flat or inside ``result``."""
    if isinstance(written, list):
        for one in written:
            yield from each(one) if isinstance(one, dict) else ()
    elif isinstance(written, dict):
        if "event_name" not in written and isinstance(written.get("result"), dict | list):
            yield from each(written["result"])
        else:
            yield written


def read(update: Update, bot: str, now: datetime) -> Event | Arrived | Ignored:
    """What the update tells about one of our bots."""
    name = _word(update, "event_name")[:_NAME]
    message = _part(update, "message")
    key, chat = _id(message, "message_id"), _id(_part(message, "chat"), "id")
    reads = _READS.get(name)
    if reads is None or not key or not chat:
        return Ignored("unknown", name)
    if (why := _not_for_us(message, bot)) is not None:
        return Ignored(why, name)
    address, found = Address(CHANNEL, bot, chat), reads(message)
    if isinstance(found, Remote):
        return Arrived(key, address, found)
    return Event(address, key, now, found, _order(message))


def _not_for_us(message: Update, bot: str) -> str | None:
    sender, chat = _part(message, "from"), _part(message, "chat")
    if sender.get("is_bot") is True or _id(sender, "id") == bot:
        return "own"  # some have seen what the bot said come back
    private = _word(chat, "chat_type").upper() in {"", "PRIVATE"}
    return None if private else "group"  # where everybody would read a person's answers


# -- by kind --------------------------------------------------------------------------------------


def _text(message: Update) -> Content:
    text = _word(message, "text")
    return Text(text) if text.strip() else Strange("unsupported")


def _image(message: Update) -> Content | Remote:
    url = _word(message, "photo_url") or _word(message, "photo")  # live, and as documented
    return Remote(url, "photo", caption=_word(message, "caption")) if url else Strange("bad_file")


def _voice(message: Update) -> Content | Remote:
    url = _word(message, "voice_url")
    return Remote(url, "voice") if url else Strange("bad_file")


def _sticker(_message: Update) -> Content:
    return Strange("sticker")


def _unsupported(_message: Update) -> Content:
    """A file, a contact, a place, a quote; and anything from a child's or a protected account."""
    return Strange("unsupported")


_READS: Mapping[str, Callable[[Update], Content | Remote]] = {
    "message.text.received": _text,
    "message.image.received": _image,
    "message.voice.received": _voice,
    "message.sticker.received": _sticker,
    "message.unsupported.received": _unsupported,
}


# -- by field -------------------------------------------------------------------------------------


def _part(update: Update, name: str) -> Update:
    part = update.get(name)
    return part if isinstance(part, dict) else {}


def _word(update: Update, name: str) -> str:
    """The text of a field, in signs that a database can store; empty when it has none."""
    written = update.get(name)
    if not isinstance(written, str):
        return ""
    return written.replace("\0", "").encode(errors="replace").decode()


def _id(update: Update, name: str) -> str:
    """An id as a text; one that is too long to be one is none."""
    written = update.get(name)
    found = str(written) if isinstance(written, int) else _word(update, name)
    return found if len(found) <= _ID else ""


def _order(message: Update) -> int | None:
    """When it was typed, in ms by Zalo's clock, which also dates our letters."""
    date = message.get("date")
    if isinstance(date, str) and date.isdecimal():
        date = int(date[:20])
    return date if type(date) is int and 0 < date < _LATEST else None  # a bool is no date
