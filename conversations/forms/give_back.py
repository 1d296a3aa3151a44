"""Trả lại: why something goes back, by a ready reason or in the officer's own words.

``facts``: ``ready``, the names of the ready reasons that fit it; all the rest is the handler's.
"""

import re
from dataclasses import dataclass

from conversations.answers import Asked, Offer, Readable, Text
from conversations.form import Form, Question
from conversations.messages import Message
from conversations.reading import Read, Wrong
from programme.folding import fold

# No reason: a change of mind, or another order.
_NO_MORE = re.compile(
    r"(?:thoi|khong|khoi|ko|huy|no)(?: (?:khong|tra|hoi|nua|khoi|a|nhe|de|day))*"
    r"|(?:du|soat|xet|viec|hop thu)(?: so)?(?: \d+)?|never mind"
)
_OWN_WORDS = frozenset({"khac", "ly do khac", "viec khac", "other", "another reason"})


@dataclass(frozen=True, slots=True)
class Reason(Text):
    """A ready reason, kept as the key of its words, or one as it was typed."""

    def read(self, text: str, asked: Asked) -> Readable:
        """By its number, or whatever was typed."""
        ready, said = self.offers(asked), text.strip()
        if _NO_MORE.fullmatch(" ".join(re.findall(r"\w+", fold(said[:40])))):
            return Wrong("changed_mind")
        if fold(said[:30]).strip(" .,") in _OWN_WORDS:
            return Wrong("own_words")
        if said.isdecimal():
            inside = 0 < int(said) <= len(ready)
            return Read(ready[int(said) - 1].value) if inside else _not_there(len(ready))
        return Text.read(self, text, asked)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """Those that fit."""
        keys = [f"reasons.why_{name}" for name in asked.facts.get("ready", ())]
        return tuple(Offer(str(place), key, Message(key)) for place, key in enumerate(keys))


def _not_there(most: int) -> Readable:
    return Wrong("listed", {"most": most}) if most else Wrong("nothing")


give_back = Form(
    name="give_back",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("why", Reason(least=2, most=200), things=True, called="ly do|vi sao|reason"),
    ),
)
