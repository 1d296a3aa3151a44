"""Chats of one person: parting one from the others again, and which one letters go to."""

import hashlib
import re

from conversations.messages import Message
from handlers.producer import menu, parked
from handlers.talk import Talk
from storage import links, persons
from storage.persons import Chat, Place

_PREFER = re.compile(r"^(?:uu tien|nhan tin o|prefer)\s+(?:kenh\s+(?!nay))?(.+)$")
_HERE = frozenset({"may nay", "kenh nay", "cho nay", "o day", "day", "here", "this one"})
# What a channel is called by who types.
_CALLED = {
    "zalo": ("zalo", "zalo_oa"),
    "telegram": ("telegram",),
    "tele": ("telegram",),
    "trang web": ("browser",),
    "web": ("browser",),
    "website": ("browser",),
    "the web page": ("browser",),
}


def on(chat: Chat) -> Message:
    """What the channel of that chat is called."""
    return Message(f"linking.on_{chat.channel}")


def ask(talk: Talk) -> None:
    """Ask which chat is to leave the others."""
    places = persons.places(talk.tx, talk.person)
    if len(places) < 2:  # noqa: PLR2004 - one is not linked to anything
        talk.say("linking.alone")
        talk.resume()
        return
    mine = _partable(talk, places)
    talk.leave()
    items = [(f"unlink:{_name(chat)}", _label(talk, chat)) for chat in mine]
    items.append(("unlink_none", Message("linking.part_none")))
    if len(mine) < len(places):
        talk.note("linking.earlier_stays")
    talk.offer("linking.ask_part", items)


def _label(talk: Talk, chat: Chat) -> Message:
    if chat == talk.chat:
        return Message("linking.part_here")
    return Message("linking.part_there", {"there": on(chat)})


def _partable(talk: Talk, places: list[Place]) -> list[Chat]:
    """This chat and those that joined after it: who came by a code cannot send the giver away."""
    mine = next(place for place in places if place.chat == talk.chat)
    later = [
        place.chat
        for place in places
        if place.joined_at and (mine.joined_at is None or place.joined_at > mine.joined_at)
    ]
    return [*later, talk.chat]


def _name(chat: Chat) -> str:
    """A short name that fits on a button."""
    return hashlib.sha256("\n".join(chat).encode()).hexdigest()[:10]


def part(talk: Talk, which: str) -> None:
    """Let that chat be somebody's of whom nothing is known; all that is kept stays here."""
    places = persons.places(talk.tx, talk.person)
    partable = _partable(talk, places)
    gone = next((chat for chat in partable if _name(chat) == which), None)
    if gone is None or len(places) < 2:  # noqa: PLR2004 - as above
        ask(talk)
        return
    links.leave(talk.tx, gone, talk.now)
    talk.regrouped = True
    for place in places:
        if place.chat not in {gone, talk.chat}:
            talk.tell_in(place.chat, "linking.parted_there", there=on(gone))
    if gone == talk.chat:
        talk.change(menu=())
        talk.say("linking.parted_here")
        return
    talk.tell_in(gone, "linking.parted_here")
    _go_on(talk, "linking.parted_there", there=on(gone))


def keep_all(talk: Talk) -> None:
    """All chats stay linked."""
    _go_on(talk, "linking.nothing_parted")


def _go_on(talk: Talk, key: str, **args: Message) -> None:
    talk.note(key, **args)
    if not parked.welcome_back(talk):
        menu.show(talk)


def preferred(talk: Talk, folded: str) -> bool:
    """Take the words that say where letters are to go."""
    said = _PREFER.match(folded)
    named = said[1] if said else ""
    if named not in _HERE and named not in _CALLED:
        return False
    mine = [place.chat for place in persons.places(talk.tx, talk.person)]
    channels = _CALLED.get(named, (talk.chat.channel,))
    fitting = [chat for chat in mine if chat.channel in channels]
    if talk.chat in fitting:
        fitting = [talk.chat]
    _prefer(talk, fitting[0] if fitting else None, channels[0])
    talk.resume(told=True)
    return True


def _prefer(talk: Talk, chat: Chat | None, channel: str) -> None:
    if chat is None:
        talk.say("linking.not_there", there=Message(f"linking.on_{channel}"))
        return
    persons.prefer(talk.tx, chat, talk.now)
    if chat == talk.chat:
        talk.say("linking.preferred_here")
    else:
        talk.say("linking.preferred", there=on(chat))
