"""What we want to say, before it has words: a key into the templates, what it needs, choices."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field


class Message(Struct, frozen=True):
    """One thing to say: the macro's name (``file.macro``) and its arguments.

    An argument may itself be a Message, a Shown value or a tuple of them; wording makes them text.
    """

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple["Choice", ...] = ()
    prompt: int | None = None  # the token of the question that this shows, if it shows one
    lead: tuple["Message", ...] = ()  # said first, in the same letter, a line each
    attached: "Attached | None" = None
    language: str = ""  # in which it is said, whatever the reader's is
    at_work: bool = False  # said to an officer about the office's work, who is addressed otherwise


class Attached(Struct, frozen=True):
    """A file that we keep under ``file`` (the hash of its content), to be sent with a letter."""

    kind: Literal["photo", "file"]
    file: str
    name: str = ""


class Choice(Struct, frozen=True):
    """One numbered answer: what its button brings back, and its label."""

    data: str
    label: Message | str


class Shown(Struct, frozen=True):
    """An answer to be read out in its normal form, by the words of its kind."""

    kind: str
    value: Any
    form: str = ""
    question: str = ""


class Letter(Struct, frozen=True):
    """The exact words for one chat; ``choices`` are (data, label) pairs, numbered from 1.

    A channel with buttons shows the choices as buttons, one without writes them as "1. …" lines.
    One that sends no files shows pictures as it can, and else a link to the file for a short time.
    A letter that ``stands`` somewhere in the chat already is given other words there.
    """

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    prompt: int | None = None
    attached: Attached | None = None
    stands: int | None = None
