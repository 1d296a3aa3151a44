"""Thêm đợt: a round of the province beside the two of the law (Điều 5), and what allows it."""

from typing import Any

from conversations.answers import Text
from conversations.choosing import Choice
from conversations.coming import ComingDay
from conversations.form import Answers, Facts, Form, Question, Rule
from conversations.forms.move_date import NO, YES
from conversations.messages import Message
from conversations.readings.choices import Option
from programme.folding import fold

_BY = frozenset({"theo", "by", "under"})


def _is_out_of_order(answers: Answers, _facts: Facts) -> bool:
    if not {"propose", "decide"} <= answers.keys():
        return False
    days = (answers["propose"], answers.get("council", answers["propose"]), answers["decide"])
    return list(days) != sorted(days) or days[0] == days[-1]


def _is_short(answers: Answers, facts: Facts) -> bool:
    """Whether the commune has not its working days before the last day of proposals."""
    return str(answers.get("propose", "9999")) < str(facts.get("soonest", ""))


def cited(document: str) -> str:
    """The document without a leading "by", which we say ourselves."""
    first, _, rest = document.strip().partition(" ")
    return rest.strip() if rest and fold(first) in _BY else document


def _to_be_noted(document: Any, answers: Answers, _facts: Facts) -> Message:
    """All of it, before it is noted."""
    days = {name: answers.get(name) for name in ("propose", "council", "decide")}
    return Message("extra_round.will_be", {**days, "document": cited(document)})


extra_round = Form(
    name="extra_round",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("propose", ComingDay(), called="gui tinh|de nghi|proposals"),
        Question("council", ComingDay(), optional=True, called="hop|hoi dong|council"),
        Question("decide", ComingDay(), called="cong bo|ket qua|results"),
        Question(
            "document",
            Text(least=5, most=160),
            things=True,
            called="van ban|document",
            follow=_to_be_noted,
        ),
        Question("sure", Choice((Option("yes", YES), Option("no", NO)))),
    ),
    rules=(
        Rule("order", ("propose", "council", "decide"), _is_out_of_order),
        Rule("short", ("propose",), _is_short, hard=False),
    ),
)
