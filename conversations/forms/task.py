"""Giao nhiệm vụ: a meeting's conclusions, as they were written down, in one or several messages."""

from conversations.answers import LongText
from conversations.form import Form, Question

task = Form(
    name="task",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("lines", LongText(most=6000), things=True, called="ket luan|nhiem vu|lines"),
    ),
)
