"""Thiếu giấy: which papers a dossier lacks that the province has looked at, one or several.

``facts``: ``rules``, ``overlays`` and ``open``, the papers that may be meant, the likeliest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.form import Form, Question
from conversations.messages import Message
from conversations.papering import PaperKind, named, rules_of, spoken
from conversations.reading import Read, Unclear, Wrong
from conversations.readings.choices import Option

_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Papers(Kind):
    """Several kinds of paper, by their numbers in the list or by what people call them."""

    name: ClassVar[str] = "choices"
    collects: ClassVar[bool] = True
    labels: ClassVar[tuple[str, str]] = PaperKind.labels

    def read(self, text: str, asked: Asked) -> Readable:
        """All that one message names; a number means one of the list that is shown."""
        offered = [offer.value for offer in self.offers(asked)]
        called = {one.value: one.words for one in spoken(rules_of(asked.facts))}
        rest = [id_ for id_ in called if id_ not in offered]
        known = [Option(id_, called.get(id_, ())) for id_ in (*offered, *rest)]
        match readings.choices(text, known, listed=len(offered)):
            case Read(value, sure):
                return Read(list(value), sure) if value else None
            case Unclear(candidates):
                return Unclear(tuple(list(candidate) for candidate in candidates))
            case None if any(map(str.isdecimal, text)):
                return Wrong("listed", {"most": len(offered)})
            case other:
                return other

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The first of those that may be meant."""
        if "rules" not in asked.facts:
            return ()
        rules = rules_of(asked.facts)
        return tuple(
            Offer(id_, id_, Message("lacks.paper", {"name": named(id_, rules)}))
            for id_ in asked.facts.get("open", ())[:_OFFERED]
        )

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """The paper, once."""
        return None if new in parts else new


lacks = Form(
    name="lacks",
    version=1,
    review=False,
    keeps=False,
    questions=(Question("papers", Papers(), things=True, called="giay|cac giay|papers"),),
)
