"""Mở phiên họp: the day and the place of a council's meeting."""

from conversations.answers import Text
from conversations.coming import ComingDay
from conversations.form import Form, Question

sitting = Form(
    name="sitting",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("day", ComingDay(), called="ngay|ngay hop|day"),
        Question("place", Text(least=2, most=120), things=True, called="noi hop|cho hop|place"),
    ),
)
