"""Bộ công nhận: what the ministry decided of a product of ninety points or more (Điều 6)."""

from conversations.answers import Text
from conversations.choosing import Choice
from conversations.form import Form, Question
from conversations.measuring import PastDay
from conversations.readings.choices import Option

ministry = Form(
    name="ministry",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question(
            "star",
            Choice(
                (
                    Option("5", ("5 sao", "nam sao", "5 stars")),
                    Option("4", ("4 sao", "bon sao", "4 stars")),
                    Option("3", ("3 sao", "ba sao", "3 stars")),
                )
            ),
            called="sao|star",
        ),
        Question("number", Text(least=3, most=80), things=True, called="so|quyet dinh"),
        Question("day", PastDay(), called="ngay|day"),
    ),
)
