"""Quyết định công nhận: the decision that gives the products of a meeting their stars.

``facts``: ``sitting``; ``number`` and ``day`` where they were told already; and how many products
are ``certified``, go ``up`` to the ministry, and are ``out``.
"""

from typing import Any

from conversations.answers import Text
from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question
from conversations.measuring import PastDay
from conversations.messages import Message
from conversations.readings.choices import Option

_YES = ("ghi va bao", "ghi", "dong y", "note and tell", "note it")
_NO = ("thoi de sau", "thoi", "khong ghi", "no later", "leave it")


def _to_be_noted(day: Any, answers: Answers, facts: Facts) -> Message:
    """All of it, before it is noted."""
    args = {"decision": answers.get("number"), "day": day}
    args |= {name: facts[name] for name in ("certified", "up", "out")}
    return Message("results.will_be", args)


results = Form(
    name="results",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("number", Text(least=3, most=80), things=True, prefill="number", called="so"),
        Question("day", PastDay(), prefill="day", called="ngay|day", follow=_to_be_noted),
        Question("sure", Choice((Option("yes", _YES), Option("no", _NO)))),
    ),
)
