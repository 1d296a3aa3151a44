"""Reasons as people read them: ready ones, kept by the key of their words, or as typed."""

from conversations.messages import Message
from programme import reasons

_FILE = "reasons"


def told(kept: str) -> Message | str:
    """A kept reason in the reader's own language, or as it was typed."""
    file, _, name = kept.partition(".why_")
    is_ready = file == _FILE and name in reasons.known()
    return Message(f"reasons.why_{name}") if is_ready else kept


def is_ready(kept: str) -> bool:
    """Whether it is one of ours, which is left as it is."""
    return isinstance(told(kept), Message)
