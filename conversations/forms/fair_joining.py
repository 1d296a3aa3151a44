"""Đi hội chợ: what the organiser's list needs of a producer who joins."""

from typing import Any

from conversations.answers import Text
from conversations.choosing import Choice
from conversations.counted import Count
from conversations.form import Answers, Facts, Form, Question
from conversations.readings.choices import Option


def _known_products(_answers: Answers, facts: Facts) -> tuple[Any, ...]:
    return tuple(facts.get("products", ()))


fair_joining = Form(
    name="fair_joining",
    version=1,
    review=False,
    words="fair_joining",  # so that the question stands with what is offered
    questions=(
        Question(
            "goods",
            Text(least=2, most=200),
            things=True,
            suggest=_known_products,
            called="san pham|hang|goods",
        ),
        Question(
            "stalls",
            Count(("gian", "gian hang", "quay", "stall", "stalls"), 20),
            called="gian|stalls",
        ),
        Question(
            "volume",
            Text(least=1, most=120),
            optional=True,
            things=True,
            called="luong hang|bao nhieu hang|volume",
        ),
        Question(
            "power",
            Choice(
                (
                    Option("light", ("dien", "dien thap sang", "chi can dien", "o cam", "power")),
                    Option(
                        "cold",
                        ("dien va tu lanh", "tu lanh", "tu dong", "tu mat", "fridge", "cold"),
                    ),
                    Option("none", ("khong can", "khong", "khong can gi", "no need", "none")),
                )
            ),
            called="dien|tu lanh|power",
        ),
        Question("people", Count(("nguoi", "people", "person"), 30), called="nguoi|people"),
        Question(
            "vehicle",
            Choice(
                (
                    Option("own", ("xe cua toi", "tu di", "xe nha", "my own", "own")),
                    Option("shared", ("can xe chung", "di chung", "xe chung", "shared")),
                    Option("by_post", ("gui hang di", "gui hang", "only the goods go", "goods")),
                )
            ),
            called="xe|phuong tien|vehicle",
        ),
        Question(
            "support",
            Text(least=2, most=200),
            optional=True,
            things=True,
            called="ho tro|de nghi|support",
        ),
    ),
)
