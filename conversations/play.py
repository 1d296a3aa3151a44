"""One turn at play: what happens to a run is logged, what there is to say is gathered."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from conversations.answers import Asked, Kind, Offer
from conversations.form import Form, Question, flat
from conversations.messages import Choice, Message, Shown
from conversations.session import REVIEW, Run, Session, Step, folded, started

VIETNAM = timezone(timedelta(hours=7))
T = TypeVar("T")
# A further message that comes this soon still belongs to the long answer before it.
PAUSE = timedelta(seconds=20)
PATIENCE = 2  # after so many misses in a row a person is offered


class Turn(Struct, frozen=True):
    """What one event led to: the session after it, what to say, to log, and what is to be done.

    ``outcome`` is empty or what the engine leaves to others: ``sent``, ``parked``, ``withdrawn``,
    ``officer``, ``menu`` or ``unheard``. ``run`` is the run that was sent or withdrawn.
    """

    session: Session
    messages: tuple[Message, ...] = ()
    steps: tuple[Step, ...] = ()
    outcome: str = ""
    run: Run | None = None
    alerts: tuple[str, ...] = ()


class Play:
    """The state of a turn while it is worked out; lives no longer than one call of the engine."""

    def __init__(self, form: Form, session: Session, run: Run, now: datetime) -> None:
        self.form = form
        self.session = session
        self.run = run
        self.now = now
        self.today = now.astimezone(VIETNAM).date()
        self.outcome = ""
        self.unheard = False
        self._messages: list[Message] = []
        self._lead: list[Message] = []
        self._steps: list[Step] = []
        self._alerts: list[str] = []

    # -- what happens ------------------------------------------------------------------------

    def log(self, kind: str, path: str = "", value: Any = None) -> None:
        """Note a step, and let the run be what the step makes of it."""
        step = Step(self.run.id, kind, path, value, self.now, self.session.typist)
        self._steps.append(step)
        self.run = started(step) if kind == "started" else folded(self.run, step)

    def change(self, **changes: Any) -> None:
        """Change what the session remembers beside its runs."""
        self.session = replace(self.session, **changes)

    def alert(self, what: str) -> None:
        """Tell those who look after the system that something is broken; holds no personal text."""
        self._alerts.append(what)

    def turn(self) -> Turn:
        """All of it together."""
        self._flush()
        session = self.session.with_run(self.run)
        if self.outcome in {"sent", "withdrawn", "parked"}:
            stack = session.stack[:-1]
            session = replace(session, stack=stack, menu=(), wake_at=None, misses=0)
        return Turn(
            session,
            tuple(self._messages),
            tuple(self._steps),
            self.outcome or ("unheard" if self.unheard else ""),
            self.run if self.run.status != "open" else None,
            tuple(self._alerts),
        )

    # -- what is known -----------------------------------------------------------------------

    @property
    def question(self) -> Question:
        """The question that the run stands at; KeyError at the review."""
        return self.form.question(self.run.at)

    def question_or_none(self) -> Question | None:
        """The question that the run stands at; None at the review."""
        return None if self.run.at == REVIEW else self.question

    @property
    def taken(self) -> int:
        """How many parts of the open question's answer have come and count."""
        return 0 if self.run.at == REVIEW else self.question.kind.taken(self.run.parts)

    def asked(self, path: str) -> Asked:
        """What the kind of the question at ``path`` may know."""
        run = self.run
        return Asked(self.form.name, flat(path), self.today, run.answers, run.facts, run.said)

    def label(self, path: str) -> Message:
        """The short name of the question at ``path``."""
        return self.form.said("label", path)

    def title(self) -> Message:
        """What the form is called."""
        return Message(f"{self.form.name}.title")

    def shown(self, path: str, value: Any) -> Shown:
        """A value of that question, to be read out."""
        kind = self.form.question(path).kind
        form, question = kind.labels or (self.form.name, flat(path))
        return Shown(kind_of(kind, value), value, form, question)

    # -- what is said ------------------------------------------------------------------------

    def say(self, key: str, choices: tuple[Choice, ...] = (), **args: Any) -> None:
        """Say one thing, after what was noted to be said first."""
        if choices:
            self.change(menu=tuple(map(_command_of, choices)))
        self._messages.append(Message(key, args, choices, lead=self._taken_lead()))

    def note(self, key: str, **args: Any) -> None:
        """Say one thing in the same letter as what comes next."""
        self._lead.append(Message(key, args))

    def prompt(self, message: Message) -> None:
        """Say what the person is to answer: from now on this is the question on the screen."""
        token = self.session.token + 1
        self.change(token=token, shown=None, menu=tuple(map(_command_of, message.choices)))
        self._messages.append(replace(message, prompt=token, lead=self._taken_lead()))

    def _taken_lead(self) -> tuple[Message, ...]:
        lead, self._lead = tuple(self._lead), []
        return lead

    def _flush(self) -> None:
        if self._lead:
            *first, last = self._taken_lead()
            self._messages.append(replace(last, lead=tuple(first)))

    def miss(self, key: str, choices: tuple[Choice, ...] = (), **args: Any) -> None:
        """Say why something could not be taken, each time in other words; then offer a person."""
        self.missed(key, **args)
        if self.session.misses <= PATIENCE:
            last = self._lead.pop()
            self.say(last.key, choices, **last.args)
        elif self.run.at == REVIEW:
            self.say("engine.review_unheard", self.review_choices(), turn=PATIENCE + 1)
        else:
            self.say("engine.stuck", choices)

    def missed(self, key: str, **args: Any) -> None:
        """Note why something could not be taken, to be said before what comes next."""
        self.change(misses=self.session.misses + 1)
        self.log("missed", self.run.at, key)
        self.note(key, turn=self.session.misses, **args)

    def tried(self, what: str, ask: Callable[[], T], otherwise: T) -> T:
        """What a form's own function says; one that breaks must not silence the conversation."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - as promised
            self.alert(f"{self.form.name} {what}: {type(error).__name__}")
            return otherwise

    def offers(self) -> tuple[Choice, ...]:
        """The choices of the open question, as buttons that answer just it."""
        path = self.run.at
        made = self.question.kind.offers(self.asked(path))
        return tuple(Choice(f"a|{self.run.id}|{path}|{o.tap}", o.label) for o in made)

    def offer(self, path: str, tap: str) -> Offer | None:
        """The choice of the question at ``path`` that this button stands for."""
        made = self.form.question(path).kind.offers(self.asked(path))
        return next((offer for offer in made if offer.tap == tap), None)

    def command(self, name: str) -> Choice:
        """A button that says a command, at this question only."""
        return Choice(f"!{name}|{self.run.id}|{self.run.at}", Message(f"engine.{name}"))

    def review_choices(self) -> tuple[Choice, ...]:
        """What may be done at the review, by the numbers 1, 2 and 3."""
        return (self.command("send"), self.command("edit"), self.command("later"))


def _command_of(choice: Choice) -> str:
    """The command that the choice says; empty for one that answers the question."""
    return choice.data[1:].partition("|")[0] if choice.data.startswith("!") else ""


def kind_of(kind: Kind, value: Any) -> str:
    """The name of the words that read this value out."""
    if isinstance(value, dict):
        if "raw" in value:
            return "raw"
        if kind.name == "product_set" and "code" in value:
            return "product_group"
    return kind.name
