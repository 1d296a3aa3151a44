"""Reasons as people read them: ready ones, kept by the key of their words, or as typed."""

from conversations.messages import Message
from programme import reasons

_FILE = "reasons"


def told(why: str) -> Message | str:
    """A kept reason in the reader's own language, or as it was typed."""
    file, _, name = why.partition(".why_")
    is_ready = file == _FILE and name in reasons.known()
    return Message(f"reasons.why_{name}") if is_ready else why


def kept(name: str) -> str:
    """A ready reason as it is kept."""
    return f"reasons.why_{name}"


def is_ready(why: str) -> bool:
    """Whether it is one of ours, which is left as it is."""
    return isinstance(told(why), Message)
