"""Hẹn giờ: the day, and perhaps the time, at which an announcement is sent."""

from conversations.coming import ComingMoment
from conversations.form import Form, Question

sending_day = Form(
    name="sending_day",
    version=1,
    review=False,
    keeps=False,
    questions=(Question("day", ComingMoment(), called="ngay|day"),),
)
