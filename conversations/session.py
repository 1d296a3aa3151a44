"""What we remember of one person's talk: runs of forms, and the fold of the log that makes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

REVIEW = "review"
# The prompt of this session never reached the screen: its letter could not be delivered.
NEVER_SHOWN = 2**62


class Pending(Struct, frozen=True):
    """Values that were guessed for ``path``: one waits for a yes, several for a choice."""

    path: str
    values: tuple[Any, ...]
    fits: int = 0  # how many would fit in all, when more than are offered


class Run(Struct, frozen=True):
    """One filling of a form. It is nothing but the fold of its steps, see ``folded``."""

    id: int
    form: str
    version: int
    started_at: datetime
    touched_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    at: str = ""
    pending: Pending | None = None
    parts: tuple[Any, ...] = ()
    said: str = ""
    told: tuple[str, ...] = ()
    sure: str = ""  # the word (restart, withdraw) that waits for a yes
    status: str = "open"  # open, sent, withdrawn


class Step(Struct, frozen=True):
    """One line of the log: what happened to a run, at which question, with which value."""

    run: int
    kind: str
    path: str
    value: Any
    at: datetime
    typist: str = ""


class Session(Struct, frozen=True):
    """One person's talk with us. It has no time-out.

    ``stack`` holds the runs that are being talked about, the innermost last; runs that are not in
    it lie as drafts. ``token`` names the question on the screen, ``shown`` is the place in the chat
    at which it appeared (None: the channel has not told us yet).
    """

    language: str = "vi"
    runs: tuple[Run, ...] = ()
    stack: tuple[int, ...] = ()
    next_run: int = 1
    token: int = 0
    shown: int | None = None
    asked_in: tuple[str, ...] = ()  # the chat of that question; elsewhere nobody has seen it
    menu: tuple[str, ...] = ()  # what the numbers on the screen stand for; "" is the form's own
    labels: dict[str, str] = field(default_factory=dict)  # of the choices there, and their data
    misses: int = 0
    last_text: str = ""
    last_path: str = ""
    last_at: datetime | None = None
    wake_at: datetime | None = None
    typist: str = ""
    consent: dict[str, int] = field(default_factory=dict)
    tries: int = 0  # wrong codes in a row
    locked_until: datetime | None = None  # after too many of them, no code is tried before then
    after: str = ""  # what the person wanted before consent or profile came in between
    dossier: int = 0  # the one that was spoken of last, where there are several

    def run(self, number: int) -> Run | None:
        """The open run of that number; None when it is settled or never was."""
        for run in self.runs:
            if run.id == number:
                return run
        return None

    def active(self) -> Run | None:
        """The run that is being talked about now."""
        return self.run(self.stack[-1]) if self.stack else None

    def with_run(self, run: Run) -> "Session":
        """The same session with this run in place of its former self; a settled run leaves."""
        runs = {known.id: known for known in self.runs}
        runs[run.id] = run
        return replace(self, runs=tuple([one for one in runs.values() if one.status == "open"]))


def started(step: Step) -> Run:
    """The run that a ``started`` step begins."""
    value = step.value
    return Run(
        id=step.run,
        form=value["form"],
        version=value["version"],
        facts=value["facts"],
        answers=dict(value["answers"]),
        skipped=tuple(value.get("skipped", ())),
        items=dict(value.get("items", {})),
        started_at=step.at,
        touched_at=step.at,
    )


def folded(run: Run, step: Step) -> Run:
    """The run after one more step of its log; unknown kinds (help, misses, …) only touch it."""
    change = _CHANGES.get(step.kind)
    changes = change(run, step) if change else {}
    return replace(run, touched_at=step.at, **changes)


def fold_log(steps: Iterable[Step]) -> Run | None:
    """The run that a whole log describes, oldest step first."""
    run: Run | None = None
    for step in steps:
        run = started(step) if step.kind == "started" else folded(run, step) if run else None
    return run


def _asked(_run: Run, step: Step) -> dict[str, Any]:
    return {"at": step.path, "pending": None, "parts": (), "said": "", "sure": ""}


def _answered(run: Run, step: Step) -> dict[str, Any]:
    return {
        "answers": {**run.answers, step.path: step.value},
        "skipped": tuple(path for path in run.skipped if path != step.path),
        "pending": None,
        "parts": (),
        "said": "",
    }


def _edited(run: Run, step: Step) -> dict[str, Any]:
    return {
        "answers": {**run.answers, step.path: step.value},
        "skipped": tuple(path for path in run.skipped if path != step.path),
    }


def _guessed(_run: Run, step: Step) -> dict[str, Any]:
    value = step.value
    return {"pending": Pending(step.path, tuple(value["values"]), value.get("fits", 0))}


def _skipped(run: Run, step: Step) -> dict[str, Any]:
    others = tuple(path for path in run.skipped if path != step.path)
    return {"skipped": (*others, step.path), "pending": None, "parts": ()}


def _forgotten(run: Run, step: Step) -> dict[str, Any]:
    return {"answers": {path: value for path, value in run.answers.items() if path != step.path}}


def _item_added(run: Run, step: Step) -> dict[str, Any]:
    return {"items": {**run.items, step.path: run.items.get(step.path, 1) + 1}}


def _item_removed(run: Run, step: Step) -> dict[str, Any]:
    def moved(path: str) -> str:
        return _moved(path, step.path, int(step.value))

    return {
        "answers": {moved(path): value for path, value in run.answers.items() if moved(path)},
        "skipped": tuple(moved(path) for path in run.skipped if moved(path)),
        "items": {**run.items, step.path: run.items.get(step.path, 1) - 1},
        "pending": None,
    }


def _moved(path: str, group: str, removed: int) -> str:
    """The path after item ``removed`` of ``group`` has gone; empty for that item's own paths."""
    head, _, rest = path.partition(".")
    if head != group:
        return path
    index, _, key = rest.partition(".")
    if int(index) == removed:
        return ""
    return path if int(index) < removed else f"{group}.{int(index) - 1}.{key}"


def _restarted(_run: Run, step: Step) -> dict[str, Any]:
    return {"answers": dict(step.value), "items": {}, "skipped": (), "told": ()}


_CHANGES: dict[str, Any] = {
    "asked": _asked,
    "answered": _answered,
    "edited": _edited,
    "guessed": _guessed,
    "refused": lambda _run, _step: {"pending": None},
    "part": lambda run, step: {"parts": (*run.parts, step.value), "pending": None},
    "stale": _forgotten,
    "said": lambda _run, step: {"said": step.value},
    "skipped": _skipped,
    "item_added": _item_added,
    "item_removed": _item_removed,
    "told": lambda run, step: {"told": (*run.told, step.value)},
    "learnt": lambda run, step: {"facts": {**run.facts, **step.value}},
    "unsure": lambda _run, step: {"sure": step.value},
    "restarted": _restarted,
    "moved": lambda run, step: {
        **step.value,
        "pending": run.pending if step.value["at"] else None,
    },
    "sent": lambda _run, _step: {"status": "sent"},
    "withdrawn": lambda _run, _step: {"status": "withdrawn"},
}
