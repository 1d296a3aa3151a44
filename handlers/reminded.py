"""What a reminder says: the due things of one person as the lines of one letter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from conversations.messages import Message
from conversations.papering import named
from conversations.session import Run, Session
from handlers import reasons
from handlers.producer import parked
from programme import firings, rounds, ruleset, workdays
from programme.calendar import Calendar
from storage import (
    certificates,
    councils,
    dossiers,
    fairs,
    inspections,
    milestones,
    papers,
    producers,
    questions,
    reminders,
    revocations,
    sessions,
    tasks,
)
from storage.database import Transaction
from storage.reminders import Due

QUIET = timedelta(days=14)  # without any deed, that a dossier stands still
_OF_FAIRS = ("fair", "fair_answer", "fair_results")
_MINISTRYS = {"propose": "send_on", "decide": "rank"}  # what its steps are called
_STEPS = frozenset({"ideas", "plans", "training", "council"})
_OFFICE = frozenset(reminders.OFFICE)
_OF_QUESTIONS = frozenset({"question", "question_above", "question_raised"})
_OF_DOSSIERS = (
    (_OFFICE | _STEPS | {"file", "begin", "rolled", "shifted"})
    - _OF_QUESTIONS
    - {"moved_here", "task", "recheck", "revoke", "opinion", "opinions_over"}
)
_OF_OPINIONS = frozenset({"opinion", "opinions_over"})
_AFTERWARDS = frozenset({"task", "mend", "recheck", "revoke", "yearly"})
# What is only told: there is nothing to be put off.
_NOTICES = frozenset({"moved", "moved_here", "rolled", "shifted", "question_raised"})
# What comes first in a letter.
_ORDER = (
    *(
        "moved",
        "moved_here",
        "rolled",
        "shifted",
        "question_raised",
        "question_above",
        "question",
        "task",
        "mend",
        "recheck",
        "revoke",
        "opinions_over",
        "opinion",
        "file",
        "window",
        "before_council",
        "begin",
        "expires",
    ),
    *("council", "training", "ideas", "plans", "propose", "review_above", "review"),
    *("stuck_above", "stuck", *_OF_FAIRS, "draft", "yearly"),
)
# What is called in a list as another kind is.
_LIKE = {
    "review_above": "review",
    "stuck_above": "stuck",
    "propose": "review",
    "rolled": "file",
    "shifted": "file",
    "opinions_over": "opinion",
    "question_above": "question",
    "question_raised": "question",
}
_session = msgspec.json.Decoder(Session).decode


@dataclass(frozen=True, slots=True)
class Facts:
    """What the due things of some persons are about, by number, and the sessions of these."""

    now: datetime
    calendar: Calendar
    dossiers: dict[int, dict[str, Any]]
    papers: dict[int, dict[str, Any]]
    certificates: dict[int, dict[str, Any]]
    fairs: dict[int, dict[str, Any]]
    moves: dict[int, dict[str, Any]]
    sessions: dict[int, Session]
    touched: dict[int, datetime]  # when each of the sessions was last changed
    questions: dict[int, dict[str, Any]]
    tasks: dict[int, dict[str, Any]]
    inspections: dict[int, dict[str, Any]]
    producers: dict[int, str]
    revocations: dict[int, dict[str, Any]]
    sittings: dict[int, dict[str, Any]]

    @property
    def today(self) -> date:
        """The day in Viet Nam."""
        return firings.day_of(self.now)

    def language(self, person: int) -> str:
        """The language that the person reads."""
        return (self.sessions.get(person) or Session()).language


def facts(tx: Transaction, some: Sequence[Due], calendar: Calendar, now: datetime) -> Facts:
    """Look up, all at once, what these due things are about."""
    kept = sessions.read(tx, sorted({one.person for one in some}))
    return Facts(
        now,
        calendar,
        _by_id(dossiers.by_ids(tx, _subjects(some, _OF_DOSSIERS))),
        _by_id(papers.by_ids(tx, _subjects(some, {"expires", "before_council"}))),
        _by_id(certificates.by_ids(tx, _subjects(some, {"window"}))),
        _by_id(fairs.by_ids(tx, _subjects(some, _OF_FAIRS))),
        milestones.moves(tx, _subjects(some, {"moved", "moved_here"})),
        {person: _session(row.body) for person, row in kept.items()},
        sessions.touched(tx, _subjects(some, {"draft"}, "person")),
        _by_id(questions.by_ids(tx, _subjects(some, _OF_QUESTIONS))),
        _by_id(tasks.by_ids(tx, _subjects(some, {"task"}))),
        _by_id(inspections.by_ids(tx, _subjects(some, {"mend", "recheck"}))),
        producers.names(tx, _subjects(some, {"yearly"})),
        _by_id(revocations.by_ids(tx, _subjects(some, {"revoke"}))),
        _by_id(councils.sittings_by_ids(tx, _subjects(some, _OF_OPINIONS))),
    )


def language_of(session: str) -> str:
    """The language of a session as it is kept."""
    return _session(session).language


def _subjects(some: Iterable[Due], kinds: Iterable[str], name: str = "subject") -> list[int]:
    return sorted({getattr(one, name) for one in some if one.kind in set(kinds)})


def _by_id(rows: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows}


# -- is it still so --------------------------------------------------------------------------------


def still(known: Facts, one: Due) -> bool:
    """Whether it is still worth saying; deeds were seen to when it was planned."""
    if one.kind in {"stuck", "stuck_above"}:
        row = known.dossiers.get(one.subject)
        return row is not None and known.now - (row["moved_at"] or row["made_at"]) >= QUIET
    if one.kind == "draft":
        run = _draft(known, one)
        last = known.touched.get(one.person)
        return run is not None and last is not None and firings.day_of(last) == one.day
    if one.kind == "window":
        row = known.certificates[one.subject]
        return row["renewed_at"] is None and row["revoked_on"] is None
    if one.kind in _OF_QUESTIONS:
        return known.questions[one.subject]["answered_at"] is None
    if one.kind == "task":
        return bool(known.tasks[one.subject]["status"] == tasks.GIVEN)
    return True


def _draft(known: Facts, one: Due) -> Run | None:
    session = known.sessions.get(one.person)
    return session.run(one.subject) if session else None


# -- its words -------------------------------------------------------------------------------------


def in_order(some: Iterable[Due]) -> list[Due]:
    """The due things, what matters most first."""
    return sorted(some, key=lambda one: (_ORDER.index(one.kind), one.day, one.id))


def letter(known: Facts, some: Sequence[Due], shown: int, *, hint: bool = True) -> Message:
    """One letter for one person: so many lines, how many more there are, and what can be typed.

    Without the hint, what can be typed is said only where there are more.
    """
    lines = tuple(line(known, one) for one in some[:shown])
    kinds = {one.kind for one in some}
    about = {"lines": lines, "more": len(some) - shown}
    if (kinds <= _NOTICES or not hint) and not about["more"]:
        return Message("reminder.notice", {"lines": lines})
    return Message("reminder.office" if kinds <= _OFFICE else "reminder.letter", about)


def line(known: Facts, one: Due) -> Message:
    """What is said of one due thing today."""
    return _LINES[one.kind](known, one)


def what(known: Facts, one: Due) -> Message:
    """What a due thing is about, in a few words."""
    if one.kind in _STEPS:
        return Message(f"reminder.step_{one.kind}")
    if one.kind in {"moved", "moved_here"}:
        return _step_of(known.moves[one.subject])
    kind = _LIKE.get(one.kind, one.kind)
    if kind == "question":
        name: Any = known.questions[one.subject]["text"]
    elif kind == "opinion":
        name = known.sittings[one.subject]["number"]
    elif kind in _AFTERWARDS:
        name = _after_certification(known, one)
    elif one.kind in {"expires", "before_council"}:
        name = named(known.papers[one.subject]["paper"], known.calendar.rules)
    elif one.kind == "draft":
        run = _draft(known, one)
        name = parked.title(run) if run else None
    else:
        table = {"window": known.certificates, "fair": known.fairs}.get(kind, known.dossiers)
        name = table[one.subject]["name"]
    return Message(f"reminder.what_{kind}", {"name": name})


def _after_certification(known: Facts, one: Due) -> str | None:
    if one.kind == "task":
        return str(known.tasks[one.subject]["deed"])
    if one.kind == "yearly":
        return known.producers.get(one.subject)
    if one.kind == "revoke":
        return str(known.revocations[one.subject]["name"])
    return str(known.inspections[one.subject]["producer"])


def _left(known: Facts, one: Due) -> dict[str, Any]:
    return {"day": one.day, "left": (one.day - known.today).days}


def _of_dossier(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    about = {name: row[name] for name in ("number", "name", "done", "total")}
    paper = _paper(row["next_paper"], row["rules"])
    begin_by = row["begin_by"]
    about["late"] = begin_by is not None and begin_by < known.today
    return Message(f"reminder.{one.kind}", {**about, **_left(known, one), "paper": paper})


def _begin(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    about = {"name": row["name"], "paper": _paper(row["next_paper"], row["rules"])}
    return Message("reminder.begin", {**about, **_left(known, one)})


def _paper(kind: str | None, rules: str) -> Message | str | None:
    return named(kind, ruleset.rule_set(rules)) if kind else None


def _paper_ends(known: Facts, one: Due) -> Message:
    row = known.papers[one.subject]
    name = named(row["paper"], known.calendar.rules)
    return Message(
        f"reminder.{one.kind}", {"paper": name, "ends": row["ends"], **_left(known, one)}
    )


def _window(known: Facts, one: Due) -> Message:
    row = known.certificates[one.subject]
    about = {"name": row["name"], "expires": row["expires"], "opens": row["refile_from"]}
    return Message("reminder.window", {**about, **_left(known, one)})


def _step(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    about = {"what": Message(f"reminder.step_{one.kind}"), "round": _round(row["round_key"])}
    return Message("reminder.step", {**about, **_left(known, one)})


def _round(key: str | None) -> Message | None:
    found = rounds.parts(key or "")
    if found is None:
        return None
    about = {"number": found.number, "year": found.year}
    ministry = found.level == "bo"
    return Message("move_date.ministry_round" if ministry else "menu.round_tinh", about)


def _fair(known: Facts, one: Due) -> Message:
    row = known.fairs[one.subject]
    return Message(
        "reminder.fair", {"name": row["name"], "place": row["venue"], **_left(known, one)}
    )


def _fair_answer(known: Facts, one: Due) -> Message:
    name = known.fairs[one.subject]["name"]
    return Message("reminder.fair_answer", {"name": name, **_left(known, one)})


def _fair_results(known: Facts, one: Due) -> Message:
    return Message("reminder.fair_results", {"name": known.fairs[one.subject]["name"]})


def _left_lying(known: Facts, one: Due) -> Message:
    run = _draft(known, one)
    title = parked.title(run) if run else None
    return Message("reminder.draft", {"title": title, **_left(known, one)})


def _review(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    left = workdays.between(known.today, one.day, known.calendar.changed)
    late = (known.today - one.day).days
    about = {"number": row["number"], "name": row["name"], "day": one.day}
    return Message("reminder.review", {**about, "left": left, "late": max(0, late)})


def _stuck(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    still_since = known.now - (row["moved_at"] or row["made_at"])
    about = {"number": row["number"], "name": row["name"], "idle": still_since.days}
    return Message("reminder.stuck", {**about, **_left(known, one)})


def _moved(known: Facts, one: Due) -> Message:
    move = known.moves[one.subject]
    about = {"what": _step_of(move), "round": _round(move["round_key"])}
    days = {"old": move["old"], "new": move["day"], "reason": move["reason"]}
    return Message("reminder.moved", {**about, **days})


def _step_of(move: Mapping[str, Any]) -> Message:
    """What the step is called, which for a round of the ministry is another word."""
    if move["round_key"].startswith("bo-"):
        return Message(f"move_date.step_{_MINISTRYS[move['step']]}")
    return Message(f"reminder.step_{move['step']}")


def _rolled(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    round_ = _round(row["round_key"])
    return Message("reminder.rolled", {"name": row["name"], "round": round_, "by": one.day})


def _shifted(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    return Message("reminder.shifted", {"name": row["name"], "by": one.day})


def _propose(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    about = {"number": row["number"], "name": row["name"]}
    return Message("reminder.propose", {**about, **_left(known, one)})


def _question(known: Facts, one: Due) -> Message:
    row = known.questions[one.subject]
    about = {"number": row["number"], "text": row["text"]}
    waits = (known.today - firings.day_of(row["asked_at"])).days
    return Message(f"reminder.{one.kind}", {**about, "waits": waits})


def _question_raised(known: Facts, one: Due) -> Message:
    row = known.questions[one.subject]
    return Message("reminder.question_raised", {"number": row["number"], "text": row["text"]})


def _task(known: Facts, one: Due) -> Message:
    row = known.tasks[one.subject]
    about = {"number": row["number"], "deed": row["deed"]}
    return Message("reminder.task", {**about, **_left(known, one)})


def _mend(known: Facts, one: Due) -> Message:
    row = known.inspections[one.subject]
    why = reasons.told(row["findings"])
    return Message("reminder.mend", {"why": why, **_left(known, one)})


def _recheck(known: Facts, one: Due) -> Message:
    row = known.inspections[one.subject]
    about = {"number": row["number"], "producer": row["producer"]}
    return Message("reminder.recheck", {**about, **_left(known, one)})


def _revoke(known: Facts, one: Due) -> Message:
    row = known.revocations[one.subject]
    about = {"number": row["number"], "name": row["name"]}
    return Message("reminder.revoke", {**about, **_left(known, one)})


def _opinion(known: Facts, one: Due) -> Message:
    return Message("reminder.opinion", {**_left(known, one)})


def _opinions_over(known: Facts, one: Due) -> Message:
    return Message("reminder.opinions_over", {"number": known.sittings[one.subject]["number"]})


def _yearly(known: Facts, one: Due) -> Message:
    name = known.producers.get(one.subject)
    return Message("reminder.yearly", {"name": name, "year": one.day.year - 1})


_LINES: dict[str, Callable[[Facts, Due], Message]] = {
    "file": _of_dossier,
    "begin": _begin,
    "expires": _paper_ends,
    "before_council": _paper_ends,
    "window": _window,
    **dict.fromkeys(_STEPS, _step),
    "fair": _fair,
    "fair_answer": _fair_answer,
    "fair_results": _fair_results,
    "draft": _left_lying,
    "review": _review,
    "review_above": _review,
    "stuck": _stuck,
    "stuck_above": _stuck,
    "moved": _moved,
    "moved_here": _moved,
    "rolled": _rolled,
    "shifted": _shifted,
    "propose": _propose,
    "question": _question,
    "question_above": _question,
    "question_raised": _question_raised,
    "task": _task,
    "mend": _mend,
    "recheck": _recheck,
    "revoke": _revoke,
    "opinion": _opinion,
    "opinions_over": _opinions_over,
    "yearly": _yearly,
}
