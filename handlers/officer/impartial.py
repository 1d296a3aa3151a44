"""Nobody judges what is their own, whoever they are: it is for another officer, who is named."""

from conversations.messages import Message
from handlers.talk import Talk
from programme.roles import Right
from storage import impartial


def refused(talk: Talk, producer: int, right: Right = Right.JUDGE) -> bool:
    """Whether the officer acts for that producer; then who judges instead is noted to them."""
    if not impartial.is_own(talk.tx, talk.person, producer):
        return False
    other = impartial.who_else(talk.tx, right, producer)
    if other:
        talk.note("inbox.own", who=Message(f"inbox.other_{other}"))
    else:
        talk.note("inbox.own_alone")
    return True
