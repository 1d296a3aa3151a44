"""What is told of an office's own Word template that cannot be used."""

from conversations.messages import Message


def why(broken: str) -> Message:
    """What documents.reports.BrokenTemplate says, in words, and what to do about it."""
    reason, _, near = broken.partition(": ")
    return Message(f"own_template.why_{reason}", {"near": near} if near else {})
