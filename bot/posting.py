"""Letters as rows and back: what the outbox keeps of them is text."""

from typing import Any

import msgspec

from conversations.messages import Attached, Letter
from storage.outbox import Claimed, Posted
from storage.persons import Chat

UNASKED = 1  # the rank of what answers nothing: it goes after the answers, and never at night
ANNOUNCED = 2  # the rank of what many are told: it goes after what is said to one
_encode = msgspec.json.Encoder().encode
_choices = msgspec.json.Decoder(tuple[tuple[str, str], ...]).decode
_attached = msgspec.json.Decoder(Attached).decode


def posted(chat: Chat, person: int, letter: Letter, rank: int = 0) -> Posted:
    """The letter as a row to put."""
    attached = _json(letter.attached) if letter.attached else ""
    return Posted(chat, person, letter.text, _json(letter.choices), letter.prompt, rank, attached)


def letter_of(claimed: Claimed) -> Letter:
    """The letter that a claimed row holds."""
    attached = _attached(claimed.attached) if claimed.attached else None
    choices = _choices(claimed.choices)
    return Letter(claimed.text, choices, claimed.prompt, attached, claimed.edits)


def _json(value: Any) -> str:
    return _encode(value).decode()
