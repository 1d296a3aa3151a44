"""Updates as Telegram writes them, read through aiogram's types as what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from pydantic import ValidationError

from bot.channels.arriving import Remote
from conversations.events import Address, Contact, Content, Event, Location, Strange, Tap, Text

CHANNEL = "telegram"
# What we ask Telegram to tell; all else it keeps to itself.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
MOST_BYTES = 20 * 1024 * 1024  # that a bot may fetch, by the Bot API
# Messages that Telegram writes into a chat by itself, and nobody has to answer.
_NOTICES = (
    *("pinned_message", "message_auto_delete_timer_changed", "chat_background_set"),
    *("write_access_allowed", "connected_website", "new_chat_title", "new_chat_photo"),
    *("delete_chat_photo", "migrate_to_chat_id", "migrate_from_chat_id", "boost_added"),
    *("giveaway_created", "giveaway_completed", "giveaway_winners", "forum_topic_created"),
    *("forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
)
_STRANGERS = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that anybody is to hear, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that lies with Telegram, to be fetched soon."""

    key: str
    address: Address
    remote: Remote


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button; its circle turns until the query has been answered."""

    event: Event
    query: str


@dataclass(frozen=True, slots=True)
class Presence:
    """The person has blocked the bot, or let it in again."""

    key: str
    address: Address
    here: bool


Happened = Event | Arrived | Tapped | Presence | Ignored


def read(raw: Mapping[str, Any], bot: str, now: datetime) -> Happened:
    """What the update tells; of kinds and forms that we do not know, nothing."""
    try:
        update = Update.model_validate(raw)
    except (ValidationError, RecursionError):
        return Ignored("unreadable")
    key = str(update.update_id)
    if update.message:
        return _said(key, bot, update.message)
    if update.callback_query:
        return _tapped(key, bot, update.callback_query, now)
    if update.edited_message:
        return _edited(key, bot, update.edited_message)
    if update.my_chat_member:
        return _met(key, bot, update.my_chat_member)
    return Ignored("unknown")


def _said(key: str, bot: str, message: Message) -> Happened:
    if why := _not_for_us(message.chat, message):
        return Ignored(why)
    address, found = _address(bot, message.chat), _content(message)
    match found:
        case None:
            return Ignored("notice")
        case Remote(size=size) if size > MOST_BYTES:
            return Event(address, key, message.date, Strange("big_file"), message.message_id)
        case Remote():
            return Arrived(key, address, found)
        case _:
            return Event(address, key, message.date, found, message.message_id)


def _edited(key: str, bot: str, message: Message) -> Happened:
    """What was edited may have been answered long ago; only a person can tell what it changes."""
    if why := _not_for_us(message.chat, message):
        return Ignored(why)
    if message.text is None and message.caption is None:
        return Ignored("edited")  # a shared place that moves is edited every few seconds
    address = _address(bot, message.chat)
    return Event(address, key, message.date, Strange("edited"), message.message_id)


def _tapped(key: str, bot: str, query: CallbackQuery, now: datetime) -> Happened:
    if query.message is None or query.data is None:
        return Ignored("foreign button")
    if query.message.chat.type != ChatType.PRIVATE:
        return Ignored("group")
    address = _address(bot, query.message.chat)
    return Tapped(Event(address, key, now, Tap(_storable(query.data))), query.id)


def _met(key: str, bot: str, change: ChatMemberUpdated) -> Happened:
    if change.chat.type != ChatType.PRIVATE:
        return Ignored("group")
    here = change.new_chat_member.status not in _STRANGERS
    return Presence(key, _address(bot, change.chat), here)


def _not_for_us(chat: Chat, message: Message) -> str:
    if chat.type != ChatType.PRIVATE:
        return "group"  # where everybody would read a person's answers
    return "bot" if message.from_user is None or message.from_user.is_bot else ""


def _address(bot: str, chat: Chat) -> Address:
    return Address(CHANNEL, bot, str(chat.id))


def _content(message: Message) -> Content | Remote | None:
    """What was sent; None when nobody sent anything."""
    if message.text is not None:
        return Text(_storable(message.text))
    if message.contact:
        sender = message.from_user.id if message.from_user else None
        contact = message.contact
        return Contact(_storable(contact.phone_number), own=contact.user_id == sender)
    if message.location:
        return Location(message.location.latitude, message.location.longitude)
    return _file(message) or _other(message)


def _file(message: Message) -> Remote | None:
    caption = _storable(message.caption or "")
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        return Remote(best.file_id, "photo", size=best.file_size or 0, caption=caption)
    if sound := message.voice or message.audio or message.video_note:
        return Remote(sound.file_id, "voice", size=sound.file_size or 0, caption=caption)
    if message.document and not message.animation:  # Telegram calls every animation both
        file = message.document
        name = _storable(file.file_name or "")
        return Remote(file.file_id, "file", name, file.file_size or 0, caption)
    return None


def _other(message: Message) -> Strange | None:
    kind = ContentType(message.content_type).value
    return None if kind in _NOTICES else Strange(kind)


def _storable(text: str) -> str:
    """The text without what no keyboard types and no database stores."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
