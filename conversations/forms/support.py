"""Hỗ trợ: who gets it, from which fund, planned and paid, for what, by which decision.

``facts``: ``funds``, those that were named before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.answers import Asked, Offer, Readable, Text
from conversations.counted import Money
from conversations.form import Form, Question
from conversations.reading import Read, Wrong


@dataclass(frozen=True, slots=True)
class Fund(Text):
    """A fund that was named before, by its number, or another one as it was typed."""

    def read(self, text: str, asked: Asked) -> Readable:
        """By number, or whatever was typed."""
        known, said = asked.facts.get("funds", ()), text.strip()
        if said.isdecimal():
            return Read(known[int(said) - 1]) if 0 < int(said) <= len(known) else _none_such(known)
        return Text.read(self, text, asked)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """Those that were named before."""
        known = asked.facts.get("funds", ())
        return tuple(Offer(str(at), fund, fund) for at, fund in enumerate(known))


def _none_such(known: Sequence[str]) -> Wrong:
    return Wrong("listed", {"most": len(known)})


support = Form(
    name="support",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("unit", Text(least=2, most=120), things=True, called="don vi|chu the|unit"),
        Question("fund", Fund(least=2, most=80), things=True, called="nguon|nguon von|fund"),
        Question("planned", Money(), called="ke hoach|du kien|planned"),
        Question("paid", Money(), optional=True, called="da chi|da cap|paid"),
        Question("use", Text(least=2, most=160), things=True, called="noi dung|viec|use"),
        Question(
            "decision",
            Text(least=2, most=80),
            optional=True,
            things=True,
            called="quyet dinh|decision",
        ),
    ),
)
