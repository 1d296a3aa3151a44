"""Nobody judges what is their own, whoever they are: it is for another officer, who is named."""

from conversations.messages import Message
from handlers.talk import Talk
from programme.roles import Right
from storage import impartial


def refused(talk: Talk, producer: int, right: Right = Right.JUDGE, *, waits: bool = True) -> bool:
    """Whether the officer acts for that producer; then who does it instead is noted to them.

    It ``waits`` in the inbox of that other, or is theirs to begin.
    """
    if not impartial.is_own(talk.tx, talk.person, producer):
        return False
    other = impartial.who_else(talk.tx, right, producer)
    if other:
        talk.note("inbox.own" if waits else "inbox.own_to_do", who=Message(f"inbox.other_{other}"))
    else:
        talk.note("inbox.own_alone")
    return True
