"""One turn at play: what happens to a run is logged, what there is to say is gathered."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from conversations import walk
from conversations.answers import Asked, Kind, Offer
from conversations.form import Form, Question, Repeat, Rule
from conversations.messages import Choice, Message, Shown
from conversations.reading import Read, Unclear, Wrong
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

    def asked(self, path: str) -> Asked:
        """What the kind of the question at ``path`` may know."""
        run = self.run
        return Asked(self.form.name, flat(path), self.today, run.answers, run.facts, run.said)

    def label(self, path: str) -> Message:
        """The short name of the question at ``path``."""
        return Message(f"{self.form.name}.label_{flat(path)}")

    def title(self) -> Message:
        """What the form is called."""
        return Message(f"{self.form.name}.title")

    def shown(self, path: str, value: Any) -> Shown:
        """A value of that question, to be read out."""
        return Shown(
            kind_of(self.form.question(path).kind, value), value, self.form.name, flat(path)
        )

    # -- what is said ------------------------------------------------------------------------

    def say(self, key: str, choices: tuple[Choice, ...] = (), **args: Any) -> None:
        """Say one thing, after what was noted to be said first."""
        self._tell(Message(key, args, choices))

    def _tell(self, message: Message) -> None:
        if message.choices:
            self.change(menu=tuple(map(_command_of, message.choices)))
        self._messages.append(replace(message, lead=self._taken_lead()))

    def note(self, key: str, **args: Any) -> None:
        """Say one thing in the same letter as what comes next."""
        self._lead.append(Message(key, args))

    def prompt(self, message: Message) -> None:
        """Say what the person is to answer: from now on this is the question on the screen."""
        token = self.session.token + 1
        self.change(token=token, shown=None, menu=())
        self._tell(replace(message, prompt=token))

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
            self._tell(replace(self._lead.pop(), choices=choices))
        elif self.run.at == REVIEW:
            self.say("engine.review_unheard", self.review_choices(), turn=PATIENCE + 1)
        else:
            self.say("engine.stuck", choices)

    def missed(self, key: str, **args: Any) -> None:
        """Note why something could not be taken, to be said before what comes next."""
        self.change(misses=self.session.misses + 1)
        self.log("missed", self.run.at, key)
        self.note(key, turn=self.session.misses, **args)

    # -- asking ------------------------------------------------------------------------------

    def proceed(self) -> None:
        """Ask the next open question, or come to the review."""
        path = walk.following(self.form, self.run)
        if self.form.ends is not None and self.form.ends.holds(self.run.answers):
            self._hand_in()
        elif path != REVIEW:
            self.ask(path)
        elif self.form.review:
            self.review(again=True)
        else:
            self.send()

    def ask(self, path: str) -> None:
        """Ask the question at ``path``, with its suggestions if it has any."""
        self.change(misses=0, wake_at=None)
        question = self.form.question(path)
        self.log("asked", path)
        self._tell_item(path)
        if question.suggest and path not in self.run.answers:
            none: tuple[Any, ...] = ()
            suggest = partial(question.suggest, self.run.answers, self.run.facts)
            if values := self.tried(f"suggest {path}", suggest, none):
                self.log("guessed", path, {"values": list(values)})
        self.show()

    def _tell_item(self, path: str) -> None:
        """Say which of several like things comes now, where it is not the first."""
        head, _, rest = path.partition(".")
        number = int(rest.partition(".")[0]) + 1 if rest else 0
        if number > 1 and self.is_new(f"{head}.{number - 1}."):
            item = Message(f"{self.form.name}.item_{head}")
            self.note("engine.item_added", title=item, number=number)

    def tried(self, what: str, ask: Callable[[], T], otherwise: T) -> T:
        """What a form's own function says; one that breaks must not silence the conversation."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - as promised
            self.alert(f"{self.form.name} {what}: {type(error).__name__}")
            return otherwise

    def go_on(self) -> None:
        """After a change elsewhere: back to where the person was, if that still counts."""
        if self.run.at in walk.paths(self.form, self.run):
            self.show()
        else:
            self.proceed()

    def show(self) -> None:
        """Put the open question on the screen (again), as it stands."""
        if self.run.at == REVIEW:
            self.review()
            return
        if self.run.pending:
            self.prompt(self._pending_prompt())
            return
        path, choices = self.run.at, self.offers()
        given = path in self.run.answers
        if given:
            self.note("engine.given", value=self.shown(path, self.run.answers[path]))
        if self.question.kind.numeric:  # there a digit is an answer and never a choice
            pass
        elif given:
            choices = (*choices, self.command("keep"))
        elif self.question.optional and not choices:
            choices = (self.command("skip"),)
        self.prompt(Message(f"{self.form.name}.ask_{flat(path)}", choices=choices))

    def _pending_prompt(self) -> Message:
        pending = self.run.pending
        assert pending is not None  # noqa: S101 - the caller has looked
        if len(pending.values) == 1:
            value = self.shown(pending.path, pending.values[0])
            return Message("engine.confirm", {"value": value}, self._picks((value,)))
        values = tuple(self.shown(pending.path, value) for value in pending.values)
        if self.form.question(pending.path).suggest:
            return Message(
                f"{self.form.name}.ask_{flat(pending.path)}", choices=self._picks(values)
            )
        if pending.fits > len(values):
            args = {"count": pending.fits}
            return Message("engine.which_of_many", args, choices=self._picks(values))
        return Message("engine.which", choices=self._picks(values))

    def _picks(self, values: tuple[Shown, ...]) -> tuple[Choice, ...]:
        tap = f"p|{self.run.id}|{self.session.token + 1}"
        if len(values) == 1:
            yes, no = Message("engine.yes"), Message("engine.no")
            return (Choice(f"{tap}|0", yes), Choice(f"{tap}|n", no))
        picks = tuple(
            Choice(f"{tap}|{i}", Message("engine.candidate", {"value": value}))
            for i, value in enumerate(values)
        )
        return (*picks, Choice(f"{tap}|n", Message("engine.none_of_these")))

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

    def review(self, *, again: bool = False) -> None:
        """Read everything back, and ask whether it may go; what no longer holds is asked again.

        ``again`` says that something has changed: who has heard all these lines before is not read
        them again, the change has been said.
        """
        if self._asked_again():
            return
        self.log("asked", REVIEW)
        self.change(misses=0)
        if not (again and self._was_read()):
            self.note("engine.review", title=self.title(), lines=self._lines())
            self._note_read()
        self.prompt(Message("engine.review_ask", choices=self.review_choices()))

    def _was_read(self) -> bool:
        return f"{REVIEW} {len(walk.lines(self.form, self.run))}" in self.run.told

    def _note_read(self) -> None:
        if walk.following(self.form, self.run) == REVIEW and not self._was_read():
            self.log("told", value=f"{REVIEW} {len(walk.lines(self.form, self.run))}")

    def _asked_again(self) -> bool:
        """Whether something given earlier no longer holds, and so is asked again."""
        for path, question in walk.active(self.form, self.run):
            given = self.run.answers.get(path)
            if given is not None and self._is_stale(path, question.kind, given):
                self.log("stale", path)
                self.note("engine.stale", label=self.label(path), value=self.shown(path, given))
                self.ask(path)
                return True
        if rule := self.broken(hard=True):
            self.note(f"{self.form.name}.rule_{rule.name}")
            self.ask(rule.questions[-1])
            return True
        return False

    def _is_stale(self, path: str, kind: Kind, given: Any) -> bool:
        return self.tried(f"stale {path}", lambda: kind.stale(given, self.asked(path)), False)

    def review_choices(self) -> tuple[Choice, ...]:
        """What may be done at the review, by the numbers 1, 2 and 3."""
        return (self.command("send"), self.command("edit"), self.command("later"))

    def _lines(self) -> tuple[Message, ...]:
        lines = []
        for number, path in enumerate(walk.lines(self.form, self.run), 1):
            args: dict[str, Any] = {"number": number, "label": self.label(path)}
            if path in self.run.answers:
                args["value"] = self.shown(path, self.run.answers[path])
            lines.append(Message("engine.line" if "value" in args else "engine.empty_line", args))
        return tuple(lines)

    # -- answers -----------------------------------------------------------------------------

    def accept(self, path: str, value: Any) -> None:
        """Take an answer to the question asked, say how it was understood, and go on."""
        self.log("answered", path, value)
        self.change(misses=0, last_path=path, last_at=self.now, wake_at=None)
        kind = self.form.question(path).kind
        if self.form.review and (kind.collects or not kind.free or self._was_read()):
            self.note("engine.noted", value=self.shown(path, value))
        self.tell_rules(path)
        self._offer_more(path)
        self.proceed()

    def _offer_more(self, path: str) -> None:
        head, _, rest = path.partition(".")
        if rest and not walk.following(self.form, self.run).startswith(f"{head}."):
            self.note(f"{self.form.name}.more_{head}")

    def tell_rules(self, path: str) -> None:
        """Say a soft rule that this answer breaks, once."""
        head = path.partition(".")[0]
        for rule in self.form.rules:
            concerned = any(question.partition(".")[0] == head for question in rule.questions)
            if rule.hard or not concerned or rule.name in self.run.told:
                continue
            if self._breaks(rule):
                self.log("told", value=rule.name)
                self.note(f"{self.form.name}.rule_{rule.name}")

    def broken(self, *, hard: bool) -> Rule | None:
        """The first rule of that strength that the answers break."""
        return next((r for r in self.form.rules if r.hard is hard and self._breaks(r)), None)

    def _breaks(self, rule: Rule) -> bool:
        broken = partial(rule.broken, self.run.answers, self.run.facts)
        return self.tried(f"rule {rule.name}", broken, False)

    def guess(self, path: str, reading: "Read[Any] | Unclear[Any]") -> None:
        """Ask whether what was understood is meant, or which of several."""
        values = [reading.value] if isinstance(reading, Read) else list(reading.candidates)
        fits = reading.fits if isinstance(reading, Unclear) else 0
        self.log("guessed", path, {"values": values, "fits": fits})
        self.show()

    def part(self, kind: Kind, new: Any) -> Wrong | None:
        """Keep one part of an answer that comes in several messages."""
        kept = kind.part(self.run.parts, new)
        if isinstance(kept, Wrong):
            return kept
        if kept is not None:
            self.log("part", self.run.at, kept)
        return None

    def finish_parts(self) -> None:
        """Make one answer of the parts that came."""
        self.accept(self.run.at, self.question.kind.whole(self.run.parts))

    def keep_parts(self) -> None:
        """Turning elsewhere in the middle of a long answer keeps what was given."""
        if self.run.parts:
            self.log("answered", self.run.at, self.question.kind.whole(self.run.parts))

    def send(self) -> None:
        """Hand the form in, if nothing required is missing."""
        missing = walk.missing(self.form, self.run)
        if missing:
            labels = tuple(self.label(path) for path in missing[:3])
            self.note("engine.still_missing", labels=labels, turn=self.session.misses + 1)
            self.ask(missing[0])
        elif not self._asked_again():
            self._hand_in()

    def _hand_in(self) -> None:
        self.log("sent")
        self.outcome = "sent"

    def group(self) -> Repeat | None:
        """The repeat group that *thêm* and *bớt* speak of: the last one reached."""
        reached = [e for e in self.form.questions if isinstance(e, Repeat) and self._reached(e)]
        return reached[-1] if reached else None

    def _reached(self, group: Repeat) -> bool:
        return not self.is_new(f"{group.key}.")

    def is_new(self, prefix: str) -> bool:
        """Whether nothing is answered yet of the questions whose paths begin so."""
        return not any(path.startswith(prefix) for path in self.run.answers)


def _command_of(choice: Choice) -> str:
    """The command that the choice says; empty for one that answers the question."""
    return choice.data[1:].partition("|")[0] if choice.data.startswith("!") else ""


def flat(path: str) -> str:
    """The path as template keys have it: ``materials.0.name`` is ``materials_name``."""
    head, _, rest = path.partition(".")
    return f"{head}_{rest.partition('.')[2]}" if rest else head


def kind_of(kind: Kind, value: Any) -> str:
    """The name of the words that read this value out."""
    if isinstance(value, dict):
        if "raw" in value:
            return "raw"
        if kind.name == "product_set" and "code" in value:
            return "product_group"
    return kind.name
