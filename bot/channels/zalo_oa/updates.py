"""Events of an Official Account as Zalo posts them, read as what happened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.arriving import Remote
from conversations.events import Address, Contact, Content, Event, Location, Strange, Text

CHANNEL = "zalo_oa"
_LATEST = 2**53
_NAME = 64
_ID = 200
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that anybody is to hear; why, and what it was called."""

    why: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that lies with the service, to be fetched soon."""

    key: str
    address: Address
    remote: Remote


@dataclass(frozen=True, slots=True)
class Presence:
    """The person began to follow the account, or left it."""

    key: str
    address: Address
    here: bool


Read = Event | Arrived | Presence | Ignored


def read(told: Told, oa: str, now: datetime) -> list[Read]:
    """What was posted tells about our account; several things when several files came at once."""
    name = _word(told, "event_name")[:_NAME]
    if name in {"follow", "unfollow"}:
        return [_presence(told, oa, here=name == "follow")]
    message, user = _part(told, "message"), _id(_part(told, "sender"), "id")
    key, reads = _id(message, "msg_id"), _READS.get(name)
    if name == "user_submit_info":
        key, reads = f"info:{user}:{_id(told, 'timestamp')}", _info
    if reads is None or not key or not user:
        return [Ignored("unknown", name)]
    if user == oa or _id(_part(told, "recipient"), "id") not in {"", oa}:
        return [Ignored("not for us", name)]
    return list(_events(key, Address(CHANNEL, oa, user), list(reads(told, message)), told, now))


def _events(
    key: str, address: Address, found: list[Content | Remote], told: Told, now: datetime
) -> Iterator[Read]:
    for number, one in enumerate(found):
        own = f"{key}/{number}" if number else key
        if isinstance(one, Remote):
            yield Arrived(own, address, one)
        else:
            yield Event(address, own, now, one, order(told))


def _presence(told: Told, oa: str, *, here: bool) -> Read:
    user, time = _id(_part(told, "follower"), "id"), _id(told, "timestamp")
    if not user or not time:
        return Ignored("unknown", "follow")
    return Presence(f"follow:{user}:{time}:{here}", Address(CHANNEL, oa, user), here)


# -- by kind --------------------------------------------------------------------------------------


def _text(_told: Told, message: Told) -> Iterator[Content | Remote]:
    text = _word(message, "text")
    yield Text(text) if text.strip() else Strange("unsupported")


def _pictures(_told: Told, message: Told) -> Iterator[Content | Remote]:
    yield from _remotes(message, "photo")


def _sound(_told: Told, message: Told) -> Iterator[Content | Remote]:
    yield from _remotes(message, "voice")


def _file(_told: Told, message: Told) -> Iterator[Content | Remote]:
    yield from _remotes(message, "file")


def _remotes(message: Told, kind: Any) -> Iterator[Content | Remote]:
    payloads = list(_payloads(message))
    for number, payload in enumerate(payloads):
        url, size = _word(payload, "url"), _word(payload, "size")
        caption = _word(message, "text") if number == 0 else ""
        length = int(size) if size.isdecimal() and len(size) < _NAME else 0
        found = Remote(url, kind, _word(payload, "name")[:_ID], length, caption)
        yield found if url else Strange("bad_file")
    if not payloads:
        yield Strange("bad_file")


def _place(_told: Told, message: Told) -> Iterator[Content | Remote]:
    for payload in _payloads(message):
        where = _part(payload, "coordinates")
        try:
            place = Location(float(where["latitude"]), float(where["longitude"]))
        except (KeyError, TypeError, ValueError):
            continue
        if abs(place.latitude) <= 90 and abs(place.longitude) <= 180:  # noqa: PLR2004 - degrees
            yield place
            return
    yield Strange("unsupported")


def _sticker(_told: Told, _message: Told) -> Iterator[Content | Remote]:
    yield Strange("sticker")


def _strange(_told: Told, _message: Told) -> Iterator[Content | Remote]:
    yield Strange("unsupported")


def _info(told: Told, _message: Told) -> Iterator[Content | Remote]:
    """What somebody wrote into Zalo's own form; nobody vouches that the number is theirs."""
    phone = _id(_part(told, "info"), "phone")
    yield Contact(phone, own=False) if phone else Strange("unsupported")


_READS: Mapping[str, Callable[[Told, Told], Iterator[Content | Remote]]] = {
    "user_send_text": _text,  # a tapped button too: what it bears comes back as if typed
    "user_send_image": _pictures,
    "user_send_file": _file,
    "user_send_audio": _sound,
    "user_send_location": _place,
    "user_send_sticker": _sticker,
    "user_send_gif": _sticker,
    "user_send_link": _strange,
    "user_send_video": _strange,
    "user_send_business_card": _strange,
}


# -- by field -------------------------------------------------------------------------------------


def order(told: Told) -> int | None:
    """When it was typed, in ms by Zalo's clock, which also dates our letters."""
    date = _id(told, "timestamp")
    found = int(date) if date.isdecimal() and len(date) < _NAME else 0
    return found if 0 < found < _LATEST else None


def _payloads(message: Told) -> Iterator[Told]:
    attachments = message.get("attachments")
    for one in attachments if isinstance(attachments, list) else []:
        if isinstance(one, dict):
            yield _part(one, "payload")


def _part(told: Told, name: str) -> Told:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _word(told: Told, name: str) -> str:
    """The text of a field, in signs that a database can store; empty when it has none."""
    written = told.get(name)
    if not isinstance(written, str):
        return ""
    return written.replace("\0", "").encode(errors="replace").decode()


def _id(told: Told, name: str) -> str:
    """An id as a text; one that is too long to be one is none."""
    written = told.get(name)
    found = str(written) if type(written) is int else _word(told, name)
    return found if len(found) <= _ID else ""
