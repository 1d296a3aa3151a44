"""Forms as typed data: lists of questions that the engine plays on every channel alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.answers import Kind
from conversations.messages import Choice, Message

Answers = Mapping[str, Any]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class When:
    """A condition on an earlier answer: its value, or one of its values, is among ``values``.

    Without values any answer will do. A question that does not count itself makes it false.
    """

    question: str
    values: tuple[Any, ...] = ()

    def holds(self, answers: Answers) -> bool:
        """Whether the answers so far make it true; an unanswered question never does."""
        given = answers.get(self.question)
        if not self.values:
            return given is not None
        if isinstance(given, list):
            return any(value in given for value in self.values)
        return given in self.values


@dataclass(frozen=True, slots=True)
class Unless(When):
    """A condition that holds until the earlier answer is among ``values``."""

    def holds(self, answers: Answers) -> bool:
        """Whether it is none of them so far; an unanswered question never is."""
        return not When.holds(self, answers)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; its words are ``<form>.ask_<key>``, ``why_…``, ``example_…`` and ``label_…``.

    ``asked=False`` keeps it out of the way: it is filled from the facts, by an edit or by media
    that nobody asked for. ``suggest`` offers values made from earlier answers, to be confirmed.
    ``prefill`` names the fact that answers it beforehand. Where ``things`` or people are named,
    words like "bo" (bò, bỏ) or "huy" (Huy, huỷ) are answers and not commands. ``called`` holds
    the names, folded and parted by "|", by which people speak of it to change its answer.
    ``words`` is its name in the templates, where that is not its key, and ``about`` what they need
    to be told. ``follow`` is what there is to say to an answer, if anything.
    """

    key: str
    kind: Kind
    optional: bool = False
    when: When | None = None
    asked: bool = True
    suggest: Callable[[Answers, Facts], tuple[Any, ...]] | None = None
    prefill: str | None = None
    things: bool = False
    called: str = ""
    words: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    follow: Callable[[Any, Answers, Facts], Message | None] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What people call it."""
        return tuple(filter(None, self.called.split("|")))


@dataclass(frozen=True, slots=True)
class Repeat:
    """Questions asked for each of several like things; *thêm* adds one, *bớt 2* takes one away.

    ``when`` is a condition on an answer outside of it, for all of them.
    """

    key: str
    questions: tuple[Question, ...]
    most: int = 5
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A fact about several answers together; its words are ``<form>.rule_<name>``.

    A broken hard rule sends the person to its last question, a soft one is only said aloud once.
    """

    name: str
    questions: tuple[str, ...]
    broken: Callable[[Answers, Facts], bool]
    hard: bool = True


Migration = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one version. ``migrations`` lead answers of earlier versions to this one.

    ``ends`` says that there is nothing more to ask: then it is handed in at once. ``keeps=False``
    means that nothing typed into it is remembered, not even for a moment, unless it was an answer.
    ``words`` is the file of its questions' words, where that does not bear the form's name.
    One ``of_office`` is filled by officers, and what is read back is looked at once more.
    """

    name: str
    version: int
    questions: tuple[Question | Repeat, ...]
    rules: tuple[Rule, ...] = ()
    review: bool = True
    ends: When | None = None
    keeps: bool = True
    words: str = ""
    of_office: bool = False
    migrations: Mapping[int, Migration] = field(default_factory=dict)
    _by_key: dict[str, Question | Repeat] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {entry.key: entry for entry in self.questions}
        object.__setattr__(self, "_by_key", by_key)  # it is asked for ten times a message

    def key(self, word: str, path: str) -> str:
        """The key of the text that is this word of the question at ``path``: ``idea.ask_name``."""
        return f"{self.words or self.name}.{word}_{self.question(path).words or flat(path)}"

    def said(self, word: str, path: str, choices: tuple[Choice, ...] = ()) -> Message:
        """The text that is this word of the question at ``path``, told what it needs."""
        return Message(self.key(word, path), dict(self.question(path).about), choices)

    def question(self, path: str) -> Question:
        """The question at ``path`` (``key`` or ``group.index.key``); KeyError if there is none."""
        head, _, rest = path.partition(".")
        entry = self._by_key[head]
        return entry if isinstance(entry, Question) else _inner(entry, rest)


def flat(path: str) -> str:
    """The path as template keys have it: ``materials.0.name`` is ``materials_name``."""
    head, _, rest = path.partition(".")
    return f"{head}_{rest.partition('.')[2]}" if rest else head


def _inner(group: Repeat, rest: str) -> Question:
    key = rest.partition(".")[2]
    for question in group.questions:
        if question.key == key:
            return question
    raise KeyError(f"{group.key}.{rest}")
