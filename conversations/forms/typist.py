"""Somebody types for somebody else: whose hand it is goes into the log."""

from conversations.answers import Text
from conversations.form import Form, Question

typist = Form(
    name="typist",
    version=1,
    review=False,
    questions=(Question("name", Text(most=60), things=True),),
)
