"""What a reminder says: the due things of one person as the lines of one letter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from conversations.messages import Message
from conversations.papering import named
from conversations.session import Run, Session
from handlers.producer import parked
from programme import firings, rounds, ruleset, workdays
from programme.calendar import Calendar
from storage import certificates, dossiers, fairs, milestones, papers, sessions
from storage.database import Transaction
from storage.reminders import Due

QUIET = timedelta(days=14)  # without any deed, that a dossier stands still
_STEPS = frozenset({"ideas", "plans", "training", "council"})
_OFFICE = frozenset({"review", "review_above", "stuck", "stuck_above", "moved_here"})
_OF_DOSSIERS = _OFFICE - {"moved_here"} | _STEPS | {"file", "begin", "rolled"}
# What comes first in a letter.
_ORDER = (
    *("moved", "moved_here", "rolled", "file", "window", "before_council", "begin", "expires"),
    *("council", "training", "ideas", "plans", "review_above", "review"),
    *("stuck_above", "stuck", "fair", "draft"),
)
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

    @property
    def today(self) -> date:
        """The day in Viet Nam."""
        return firings.day_of(self.now)

    def language(self, person: int) -> str:
        """The language that the person reads."""
        return (self.sessions.get(person) or Session()).language


def facts(tx: Transaction, some: Sequence[Due], calendar: Calendar, now: datetime) -> Facts:
    """Look up, all at once, what these due things are about."""
    kept = sessions.load(tx, sorted({one.person for one in some}))
    return Facts(
        now,
        calendar,
        _by_id(dossiers.by_ids(tx, _subjects(some, _OF_DOSSIERS))),
        _by_id(papers.by_ids(tx, _subjects(some, {"expires", "before_council"}))),
        _by_id(certificates.by_ids(tx, _subjects(some, {"window"}))),
        _by_id(fairs.by_ids(tx, _subjects(some, {"fair"}))),
        milestones.moves(tx, _subjects(some, {"moved", "moved_here"})),
        {person: _session(row.body) for person, row in kept.items()},
        sessions.touched(tx, _subjects(some, {"draft"}, "person")),
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
    return True


def _draft(known: Facts, one: Due) -> Run | None:
    session = known.sessions.get(one.person)
    return session.run(one.subject) if session else None


# -- its words -------------------------------------------------------------------------------------


def in_order(some: Iterable[Due]) -> list[Due]:
    """The due things, what matters most first."""
    return sorted(some, key=lambda one: (_ORDER.index(one.kind), one.day, one.id))


def letter(known: Facts, some: Sequence[Due], shown: int) -> Message:
    """One letter for one person: so many lines, how many more there are, and what can be typed."""
    lines = tuple(line(known, one) for one in some[:shown])
    office = all(one.kind in _OFFICE for one in some)
    key = "reminder.office" if office else "reminder.letter"
    return Message(key, {"lines": lines, "more": len(some) - shown})


def line(known: Facts, one: Due) -> Message:
    """What is said of one due thing today."""
    return _LINES[one.kind](known, one)


def what(known: Facts, one: Due) -> Message:
    """What a due thing is about, in a few words."""
    if one.kind in _STEPS:
        return Message(f"reminder.step_{one.kind}")
    if one.kind in {"moved", "moved_here"}:
        return Message(f"reminder.step_{known.moves[one.subject]['step']}")
    kind = one.kind.removesuffix("_above").replace("rolled", "file")
    if one.kind in {"expires", "before_council"}:
        name: Any = named(known.papers[one.subject]["paper"], known.calendar.rules)
    elif one.kind == "draft":
        run = _draft(known, one)
        name = parked.title(run) if run else None
    else:
        table = {"window": known.certificates, "fair": known.fairs}.get(one.kind, known.dossiers)
        name = table[one.subject]["name"]
    return Message(f"reminder.what_{kind}", {"name": name})


def _left(known: Facts, one: Due) -> dict[str, Any]:
    return {"day": one.day, "left": (one.day - known.today).days}


def _of_dossier(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    about = {name: row[name] for name in ("number", "name", "done", "total")}
    paper = _paper(row["next_paper"], row["rules"])
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
    return (
        Message("menu.round_tinh", {"number": found.number, "year": found.year}) if found else None
    )


def _fair(known: Facts, one: Due) -> Message:
    row = known.fairs[one.subject]
    return Message(
        "reminder.fair", {"name": row["name"], "place": row["venue"], **_left(known, one)}
    )


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
    about = {"what": Message(f"reminder.step_{move['step']}"), "round": _round(move["round_key"])}
    days = {"old": move["old"], "new": move["day"], "reason": move["reason"]}
    return Message("reminder.moved", {**about, **days})


def _rolled(known: Facts, one: Due) -> Message:
    row = known.dossiers[one.subject]
    round_ = _round(row["round_key"])
    return Message("reminder.rolled", {"name": row["name"], "round": round_, "by": one.day})


_LINES: dict[str, Callable[[Facts, Due], Message]] = {
    "file": _of_dossier,
    "begin": _begin,
    "expires": _paper_ends,
    "before_council": _paper_ends,
    "window": _window,
    **dict.fromkeys(_STEPS, _step),
    "fair": _fair,
    "draft": _left_lying,
    "review": _review,
    "review_above": _review,
    "stuck": _stuck,
    "stuck_above": _stuck,
    "moved": _moved,
    "moved_here": _moved,
    "rolled": _rolled,
}
