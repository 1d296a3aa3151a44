"""Lấy ý kiến bằng văn bản: until when the members of a council are to say what they hold."""

from conversations.coming import ComingDay
from conversations.form import Form, Question

opinions = Form(
    name="opinions",
    version=1,
    review=False,
    keeps=False,
    questions=(Question("day", ComingDay(), called="ngay|han|day"),),
)
