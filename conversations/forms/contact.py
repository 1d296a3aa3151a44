"""A question to the officer, in the person's own words."""

from conversations.answers import LongText
from conversations.form import Form, Question

contact = Form(
    name="contact",
    version=1,
    review=False,
    questions=(Question("question", LongText(most=2000)),),
)
