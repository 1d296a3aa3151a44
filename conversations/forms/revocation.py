"""Thu hồi giấy chứng nhận: for what it is to be revoked, and the decision that does it (Điều 8).

``facts`` of the first: ``certificate``, ``name``, ``star``; of the second: ``revocation``,
``name``, ``star`` and ``since``, the first day on which it can have been decided, and ``number``
and ``day`` where they were told already.
"""

from typing import Any

from conversations.answers import Text
from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question
from conversations.measuring import DecisionDay, PastDay
from conversations.messages import Message
from conversations.readings.choices import Option

_CAUSES = (
    Option("dishonest", ("ho so khong trung thuc", "gia mao", "dishonest dossier", "forged")),
    Option("criteria", ("khong con dat tieu chi", "khong dat tieu chi", "criteria not met")),
    Option("law", ("vi pham chat luong nhan", "vi pham", "an toan thuc pham", "quality or label")),
    Option("mark", ("dung sai nhan hieu ocop", "nhan hieu", "logo", "ocop mark misused")),
    Option("stopped", ("khong con san xuat", "thoi san xuat", "not made any more", "stopped")),
    Option("other", ("truong hop khac", "khac", "another cause", "other")),
)
_YES = ("ghi va bao", "ghi", "dong y", "note and tell", "note it")
_NO = ("thoi de sau", "thoi", "khong ghi", "no later", "leave it")


def _to_be_noted(day: Any, answers: Answers, facts: Facts) -> Message:
    """All of it, before it is noted."""
    args = {"decision": answers.get("number"), "day": day}
    args |= {name: facts[name] for name in ("name", "star")}
    return Message("revoking.will_be", args)


revocation = Form(
    name="revocation",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("cause", Choice(_CAUSES), called="truong hop|cause"),
        Question("concluded", PastDay(), called="ngay|ngay ket luan|day"),
        Question("why", Text(least=2, most=200), things=True, called="ket luan|vi sao|why"),
    ),
)
revoking = Form(
    name="revoking",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("number", Text(least=3, most=80), things=True, prefill="number", called="so"),
        Question("day", DecisionDay(), prefill="day", called="ngay|day", follow=_to_be_noted),
        Question("sure", Choice((Option("yes", _YES), Option("no", _NO)))),
    ),
)
