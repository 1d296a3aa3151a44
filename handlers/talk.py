"""One event being worked on: what handlers may use, and where they put what follows from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from secrets import randbelow
from typing import Any

from msgspec.structs import replace

from conversations import engine
from conversations.catalogue import Catalogue
from conversations.form import Form
from conversations.messages import Attached, Choice, Message
from conversations.play import VIETNAM, Turn
from conversations.session import Run, Session, Step, folded
from programme import office, ruleset
from programme.calendar import Calendar
from programme.ruleset import Overlay, RuleSet
from storage import audit, days_off, milestones, office_settings, prints
from storage.audit import Entry
from storage.database import Transaction
from storage.persons import Chat
from storage.prints import Asked

_NOWHERE = Chat("", "", "")


def _unknown(person: int) -> Session:
    raise LookupError(person)


@dataclass(slots=True)
class Talk:
    """The talk with one person while one event is heard; lives no longer than that."""

    tx: Transaction
    person: int
    session: Session
    now: datetime
    catalogue: Catalogue
    officer_code: str | None = None
    chance: Callable[[int], int] = randbelow  # a number below that one, which nobody can guess
    messages: list[Message] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    others: list[tuple[int, Message]] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    lead: list[Message] = field(default_factory=list)
    chat: Chat = _NOWHERE  # where it is heard
    session_of: Callable[[int], Session] = _unknown  # somebody else's, as it is just now
    elsewhere: list[tuple[Chat, Message]] = field(default_factory=list)
    regrouped: bool = False  # whether a chat is somebody else's now
    overlays: tuple[Path, ...] = ()  # folders that a province lays over the rules
    text: str = ""  # what was typed, if anything was
    start_link: str = ""  # opens our bot with what stands behind it; empty where none does
    desk_url: str = ""  # where our pages are, without a slash at the end; empty where none are
    sessions: dict[int, Session] = field(default_factory=dict)  # of others, as they are from now on
    allowed: Mapping[str, int] = field(default_factory=dict)  # letters a month, by channel
    _calendar: Calendar | None = None
    _set: tuple[tuple[str, str], ...] | None = None
    _home: str = ""  # the province of who talks, once that was asked for

    def say(self, key: str, choices: tuple[Choice, ...] = (), **args: Any) -> None:
        """Say one thing to the person."""
        self.messages.append(Message(key, args, choices, lead=self._taken_lead()))

    def show(self, attached: Attached, key: str, **args: Any) -> None:
        """Send the person a file with some words."""
        self.messages.append(Message(key, args, attached=attached))

    def print(self, kind: str, about: Any) -> None:
        """Have a paper printed and sent to this chat (see documents.orders): later, but for sure.

        A form is ordered by its name alone, to come as both of its files, or as "form_01.pdf".
        """
        from documents import orders  # noqa: PLC0415 - it brings Pillow, and few print

        for each in orders.kinds(kind):
            wanted = Asked(self.chat, self.person, each, orders.written(each, about))
            prints.ask(self.tx, wanted, self.now)

    def note(self, key: str, **args: Any) -> None:
        """Say one thing to the person in the same letter as what comes next."""
        self.lead.append(Message(key, args))

    def _taken_lead(self) -> tuple[Message, ...]:
        lead, self.lead = tuple(self.lead), []
        return lead

    def flush(self) -> None:
        """Say what was noted, when nothing came after it."""
        if self.lead:
            *first, last = self._taken_lead()
            self.messages.append(replace(last, lead=tuple(first)))

    def tell(self, person: int, key: str, **args: Any) -> None:
        """Say one thing to somebody else."""
        self.others.append((person, Message(key, args)))

    def tell_in(self, chat: Chat, key: str, **args: Any) -> None:
        """Say one thing to the person in another chat."""
        self.elsewhere.append((chat, Message(key, args)))

    def log(self, deed: str, kind: str = "", subject: int = 0, **about: Any) -> None:
        """Note what an officer did, or whose data they looked at; numbers and codes alone."""
        audit.append(self.tx, Entry(self.person, deed, kind, subject, about), self.now)

    def change(self, **changes: Any) -> None:
        """Change what the session remembers."""
        self.session = replace(self.session, **changes)

    def offer(self, key: str, items: Iterable[tuple[str, Message | str]], **args: Any) -> None:
        """Say one thing with numbered items to choose from; the next number means one of these."""
        listed = tuple(items)
        choices = tuple(Choice(f"m|{item}", label) for item, label in listed)
        self.change(
            token=self.session.token + 1, shown=None, menu=tuple(item for item, _ in listed)
        )
        prompt = self.session.token
        self.messages.append(Message(key, args, choices, prompt, self._taken_lead()))

    @property
    def today(self) -> date:
        """The day in Viet Nam."""
        return self.now.astimezone(VIETNAM).date()

    @property
    def rules(self) -> RuleSet:
        """The rules of today, with what the province of who talks lays over them."""
        if self._papers_set() and not self._home:
            self._home = office_settings.home(self.tx, self.person)
        return ruleset.in_force(self.today, *self.overlays_of(self._home))

    def overlays_of(self, province: str) -> tuple[Overlay, ...]:
        """What lies over the rules there: the folders, and over them what offices set."""
        told = office.overlay(self._papers_set(), province)
        return (*self.overlays, told) if told else self.overlays

    def settings_changed(self) -> None:
        """Look at what offices set anew."""
        self._set = self._calendar = None

    def _papers_set(self) -> tuple[tuple[str, str], ...]:
        """The papers that offices set, each with its area."""
        if self._set is None:
            every = office_settings.everything(self.tx)
            papers = (one for one in every if one.name == office_settings.PAPERS)
            self._set = tuple((one.area, one.body) for one in papers)
        return self._set

    @property
    def calendar(self) -> Calendar:
        """The rounds as the rules say and as officers set them."""
        if self._calendar is None:
            rows, changed = milestones.standing(self.tx), days_off.changed(self.tx)
            self._calendar = Calendar(self.rules, rows, changed)
        return self._calendar

    def dates_changed(self) -> None:
        """Look at the days of the rounds anew."""
        self._calendar = None

    @property
    def year(self) -> int:
        """The year in Viet Nam."""
        return self.today.year

    # -- forms -----------------------------------------------------------------------------------

    def active(self) -> tuple[Form, Run] | None:
        """The run that is being talked about, with the form that plays it."""
        run = self.session.active()
        return (self.catalogue.of(run), run) if run else None

    def take(self, turn: Turn) -> Turn:
        """Take over what the engine made of the event."""
        self.session = turn.session
        messages = list(turn.messages)
        if messages and self.lead:
            messages[0] = replace(messages[0], lead=(*self._taken_lead(), *messages[0].lead))
        self.messages.extend(messages)
        self.steps.extend(turn.steps)
        self.alerts.extend(turn.alerts)
        return turn

    def start(self, name: str, facts: dict[str, Any] | None = None) -> None:
        """Begin a form on top of what is being talked about; a short one is never begun twice."""
        found = self.active()
        if found and found[0].name == name and not found[0].review:
            self.resume(told=True)
            return
        form = self.catalogue.named(name, facts or {})
        self.take(engine.start(form, self.session, facts or {}, self.now))

    def leave(self, *stack: int) -> None:
        """Talk about these runs only; of the others, short forms end and the rest lie as drafts."""
        for run in self.session.runs:
            form = self.catalogue.of(run)
            if run.id in stack:
                continue
            kept = self._with_parts(form, run)
            if not form.review and not (form.keeps and kept.answers):
                self.end(kept)
        self.change(stack=stack, wake_at=None, menu=())

    def _with_parts(self, form: Form, run: Run) -> Run:
        """A run whose open answer was given in part keeps what was given."""
        if not run.parts:
            return run
        kind = form.question(run.at).kind
        if not (form.keeps and kind.taken(run.parts)):
            return run
        step = Step(
            run.id, "answered", run.at, kind.whole(run.parts), self.now, self.session.typist
        )
        self.steps.append(step)
        kept = folded(run, step)
        self.session = self.session.with_run(kept)
        return kept

    def end(self, run: Run) -> None:
        """Withdraw an open run; its log stays."""
        step = Step(run.id, "withdrawn", "", None, self.now, self.session.typist)
        self.steps.append(step)
        self.session = self.session.with_run(folded(run, step))
        self.change(stack=tuple(number for number in self.session.stack if number != run.id))

    def learn(self, run: Run, facts: dict[str, Any]) -> None:
        """Let an open run know what has come to be since it began."""
        step = Step(run.id, "learnt", "", facts, self.now, self.session.typist)
        self.steps.append(step)
        self.session = self.session.with_run(folded(run, step))

    def resume(self, *, told: bool = False) -> bool:
        """Show the open question of the active run again; False when nothing is open."""
        found = self.active()
        if found is None:
            return False
        self.take(engine.resume(found[0], self.session, self.now, told=told))
        return True
