"""Hỏi lại: what an officer wants to know of an idea before it is taken."""

from conversations.answers import Text
from conversations.form import Form, Question

ask_back = Form(
    name="ask_back",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("question", Text(least=3, most=200), things=True, called="cau hoi|question"),
    ),
)
