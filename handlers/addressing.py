"""How whoever reads is addressed: what every form says, said as to an officer at work."""

from msgspec.structs import replace

from conversations.messages import Message
from conversations.session import Session
from handlers.producer import consenting
from handlers.producer.finished import is_of_officers
from handlers.talk import Talk
from storage import officers

_EVERYBODYS = frozenset({"engine", "problems", "menu"})  # files whose words all people read


def address(talk: Talk, before: Session) -> None:
    """Let all that is said now be said as to an officer, if the person was or is at such work."""
    if _is_at_work(talk, before):
        talk.messages = [_to_officer(message) for message in talk.messages]


def _is_at_work(talk: Talk, before: Session) -> bool:
    if run := talk.session.active() or before.active():
        return is_of_officers(run.form)
    return not consenting.given(talk.session) and officers.scope(talk.tx, talk.person) is not None


def _to_officer(message: Message) -> Message:
    lead = tuple(_to_officer(each) for each in message.lead)
    return replace(message, lead=lead, at_work=message.key.partition(".")[0] in _EVERYBODYS)
