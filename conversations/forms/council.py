"""Lập Hội đồng: the decision that makes a province's council, and who sits in it."""

from conversations.answers import Text
from conversations.form import Answers, Facts, Form, Question, Rule
from conversations.measuring import PastDay
from conversations.seating import SeatsKind

_CHAIRMEN = 1


def _not_one_chairman(answers: Answers, _facts: Facts) -> bool:
    chairmen = [each for each in answers.get("seats") or () if each["position"] == "chairman"]
    return len(chairmen) != _CHAIRMEN


council = Form(
    name="council",
    version=1,
    questions=(
        Question("decision", Text(least=3, most=80), things=True, called="quyet dinh|so|decision"),
        Question("decided_on", PastDay(), called="ngay|ngay quyet dinh|day|day of the decision"),
        Question("seats", SeatsKind(), things=True, called="thanh vien|nguoi|danh sach|members"),
    ),
    rules=(Rule("chairman", ("seats",), _not_one_chairman),),
)
