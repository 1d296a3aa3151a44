"""Số liệu năm: what a producer made, sold and employed in a year; each may be passed over."""

from conversations.counted import Count, Money
from conversations.form import Form, Question, When
from conversations.producing import Output

_PEOPLE = ("nguoi", "lao dong", "people", "workers", "person")

yearly_figures = Form(
    name="yearly_figures",
    version=1,
    review=False,
    questions=(
        Question(
            "output",
            Output(least=1, most=120),
            optional=True,
            things=True,
            called="san luong|output",
        ),
        Question("sales", Money(), optional=True, called="doanh thu|tien|sales"),
        Question("workers", Count(_PEOPLE, 5000), optional=True, called="lao dong|workers"),
        Question(
            "local_workers",
            Count(_PEOPLE, 5000),
            optional=True,
            when=When("workers"),
            called="trong xa|local",
        ),
        Question(
            "markets",
            Count(("noi", "moi", "cho", "thi truong", "market", "markets"), 500),
            optional=True,
            called="thi truong|moi|markets",
        ),
    ),
)
