"""Kết quả hội chợ: what came of it, asked once and kindly."""

from conversations.answers import Text
from conversations.counted import Count, Money
from conversations.form import Form, Question

fair_results = Form(
    name="fair_results",
    version=1,
    review=False,
    questions=(
        Question("sales", Money(), optional=True, called="tien|doanh thu|sales"),
        Question(
            "contracts",
            Count(("hop dong", "cai", "contract", "contracts"), 500),
            optional=True,
            called="hop dong|contracts",
        ),
        Question(
            "buyers",
            Count(("moi", "nguoi", "khach", "buyer", "buyers"), 5000),
            optional=True,
            called="khach|moi|buyers",
        ),
        Question(
            "note", Text(least=2, most=200), optional=True, things=True, called="loi|y kien|note"
        ),
    ),
)
