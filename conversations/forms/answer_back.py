"""Đáp: what a producer answers to what an officer asked about an idea."""

from conversations.answers import Text
from conversations.form import Form, Question

answer_back = Form(
    name="answer_back",
    version=1,
    review=False,
    questions=(
        Question("answer", Text(least=1, most=600), things=True, called="loi dap|cau dap|answer"),
    ),
)
