"""Hỏi lại: what an officer wants to know of an idea before it is taken."""

from conversations.form import Form, Question
from conversations.forms.give_back import Reason

ask_back = Form(
    name="ask_back",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("question", Reason(least=3, most=200), things=True, called="cau hoi|question"),
    ),
)
