"""What commands say to whoever typed them, in the words of the templates."""

import sys

from bot import starting, wording
from conversations.messages import Message


class Refused(Exception):
    """A command cannot be done; the message says why, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


def say(*messages: Message) -> None:
    """Print these, a line each."""
    for line in words(*messages):
        sys.stdout.write(f"{line}\n")


def refuse(why: Message | str) -> int:
    """Print where errors go why it was not done; the exit code that says so."""
    line = why if isinstance(why, str) else words(why)[0]
    sys.stderr.write(f"{line}\n")
    return 1


def words(*messages: Message) -> list[str]:
    """Each message in words."""
    return [starting.words(wording.ours(), message.key, **message.args) for message in messages]
