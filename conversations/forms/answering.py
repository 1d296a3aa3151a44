"""A ready answer before the officer's: which is meant, and whether it was enough."""

from typing import Any

from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question, Unless
from conversations.messages import Message
from conversations.papering import rules_of
from conversations.readings.choices import Option
from conversations.ready import OFFICER, ReadyAnswer, told

YES = ("ro roi", "ro", "du roi", "hieu roi", "biet roi", "cam on", "yes thank you")
NO = ("van hoi can bo", "hoi can bo", "chua ro", "chua", "ask the officer too")


def _told(key: Any, _answers: Answers, facts: Facts) -> Message | None:
    if key == OFFICER:
        return None
    return told(key, rules_of(facts), facts["coming"])


answering = Form(
    name="answering",
    version=1,
    review=False,
    questions=(
        Question("which", ReadyAnswer(), follow=_told),
        Question(
            "enough",
            Choice((Option("yes", YES), Option("no", NO))),
            when=Unless("which", (OFFICER,)),
        ),
    ),
)
