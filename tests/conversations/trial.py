"""Small forms that have what the real ones lack: photos asked for, hard rules, broken readers."""

from dataclasses import dataclass
from typing import Any, ClassVar

from conversations.answers import Asked, LongText, Photos, Readable, Text
from conversations.choosing import Choice, Choices, YesNo
from conversations.form import Answers, Facts, Form, Question, Repeat, Rule, When
from conversations.measuring import LabourKind
from conversations.readings.choices import Option
from tests.conversations.talking import Chat

COLOURS = (Option("red", ("do",)), Option("green", ("xanh",)), Option("blue", ("lam",)))


@dataclass(frozen=True, slots=True)
class Broken(Text):
    """A kind whose reader breaks."""

    name: ClassVar[str] = "number"
    free: ClassVar[bool] = False
    ages: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        del asked
        raise RuntimeError(text)

    def stale(self, value: Any, asked: Asked) -> bool:
        del value, asked
        raise RuntimeError


def sold_at_a_loss(answers: Answers, _facts: Facts) -> bool:
    return answers.get("name") == "lỗ" and answers.get("colour") == "red"


def long_name(answers: Answers, _facts: Facts) -> bool:
    return len(str(answers.get("name", ""))) > 10


def breaks(answers: Answers, facts: Facts) -> Any:
    del answers, facts
    raise RuntimeError


NAME = Question("name", Text(least=2, most=40), things=True)
COLOUR = Question("colour", Choice(COLOURS))
STORY = Question("story", LongText(most=200, voice=True), things=True)
PICTURES = Question("pictures", Photos(most=3))
COLOURS_TOO = Question("colours", Choices(COLOURS), optional=True)
MATERIALS = Repeat(
    "materials", (Question("name", Text(least=2), things=True), Question("people", LabourKind())), 3
)


def form(*questions: Question | Repeat, **more: Any) -> Form:
    """A form of these questions."""
    return Form(name="trial", version=1, questions=questions, **more)


def chat(*questions: Question | Repeat, **more: Any) -> Chat:
    """A chat in which such a form has begun."""
    return Chat(form(*questions, **more)).begun()


SURE = Question("sure", YesNo())
DETAIL = Question("detail", Text(least=2), when=When("sure", (True,)))
MORE = Question("more", Text(least=2), when=When("detail"))
LOSS = Rule("loss", ("name", "colour"), sold_at_a_loss)
LONG = Rule("long", ("name",), long_name, hard=False)
