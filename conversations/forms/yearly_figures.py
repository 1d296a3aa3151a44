"""Số liệu năm: what a producer made, sold and employed in a year; each may be passed over."""

from conversations.choosing import Choice
from conversations.counted import Count, Money
from conversations.form import Form, Question, When
from conversations.producing import Output
from conversations.readings.choices import Option

_YES = ("ghi", "ghi vao so", "ghi vao", "ghi di", "co", "dong y", "duoc", "yes", "put it in")
_NO = (
    "chi cong chung",
    "cong chung",
    "khong",
    "khong ghi",
    "dung ghi",
    "thoi dung ghi",
    "no",
    "only in the sum",
)
_PEOPLE = ("nguoi", "lao dong", "people", "workers", "person")

yearly_figures = Form(
    name="yearly_figures",
    version=2,
    migrations={1: dict},  # version 1 did not ask who else may see the sales
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
        Question(
            "shared",
            Choice((Option("yes", _YES), Option("no", _NO))),
            optional=True,
            when=When("sales"),
            called="so cua bo|so gui bo|ministry",
        ),
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
