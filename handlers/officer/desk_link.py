"""Bàn làm việc: an officer at a computer asks in the chat for a link that opens the desk."""

from collections.abc import Callable

from handlers.talk import Talk
from programme.folding import fold
from storage import desk_sessions

PATH = "/desk/enter"
_WORDS = frozenset(
    {"mo ban lam viec", "ban lam viec", "mo ban", "vao ban lam viec", "/banlamviec"}
    | {"cho xin link ban lam viec", "link ban lam viec", "open the desk", "open desk", "desk"}
)
_SECRETS = 1 << 160  # so many, of which nobody guesses one in ten minutes
_MINUTE = 60


def read(text: str) -> Callable[[Talk], None] | None:
    """What the text wants of the desk; None when it is none of these words."""
    return give if fold(text[:40]).strip(" .,!") in _WORDS else None


def give(talk: Talk) -> None:
    """Give a link that lets this officer in, once, within ten minutes; those before it do not."""
    if not talk.desk_url:
        talk.say("desk_link.nowhere")
        return
    code = f"{talk.chance(_SECRETS):040x}"
    desk_sessions.give(talk.tx, code, talk.person, talk.chat, talk.now)
    talk.log("asked_for_desk")
    minutes = int(desk_sessions.LINK.total_seconds()) // _MINUTE
    talk.say("desk_link.here", link=f"{talk.desk_url}{PATH}/{code}", minutes=minutes)
