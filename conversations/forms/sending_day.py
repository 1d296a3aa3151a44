"""Hẹn giờ: the day on which an announcement is sent."""

from conversations.coming import ComingDay
from conversations.form import Form, Question

sending_day = Form(
    name="sending_day",
    version=1,
    review=False,
    keeps=False,
    questions=(Question("day", ComingDay(), called="ngay|day"),),
)
