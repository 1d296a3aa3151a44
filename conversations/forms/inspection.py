"""Kiểm tra sau chứng nhận: what an officer saw at a producer's, and what is to be mended.

``facts``: ``products``, the names of those that hold a certificate, and ``ready``, the names of
the ready reasons.
"""

import re
from dataclasses import dataclass

from conversations.answers import Asked, Readable, Text
from conversations.coming import ComingDay
from conversations.counted import Count
from conversations.form import Form, Question, When
from conversations.forms.give_back import Reason
from conversations.reading import Read, Wrong
from programme.folding import fold

_ALL = frozenset({"du", "het", "tat ca", "ca", "all", "toan bo"})


@dataclass(frozen=True, slots=True)
class Checked(Text):
    """The places of products in the list, as "1, 3"; "đủ" means all of them."""

    def read(self, text: str, asked: Asked) -> Readable:
        """By number; a number that none has is wrong."""
        there = range(1, len(asked.facts.get("products", ("",))) + 1)
        if fold(text[:30]).strip(" .,") in _ALL:
            return Read(", ".join(map(str, there)))
        told = sorted({int(each) for each in re.findall(r"\d{1,3}", text)})
        if not told or not set(told) <= set(there) or fold(text).strip("0123456789 ,.;va-"):
            return Wrong("checked", {"most": len(there)})
        return Read(", ".join(map(str, told)))


@dataclass(frozen=True, slots=True)
class Finding(Reason):
    """What is to be mended: a ready reason or the officer's own words."""

    def read(self, text: str, asked: Asked) -> Readable:
        """A number that no reason has is wrong."""
        most = len(self.offers(asked))
        return Reason.read(self, text, asked) or Wrong("listed", {"most": most})


inspection = Form(
    name="inspection",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("checked", Checked(), called="san pham|products"),
        Question("samples", Count(("mau", "sample", "samples"), 500), called="mau|samples"),
        Question(
            "why",
            Finding(least=2, most=200),
            optional=True,
            things=True,
            called="ton tai|loi|findings",
        ),
        Question("until", ComingDay(), when=When("why"), called="han|ngay|day"),
    ),
)
