"""What was said about a dossier, and when: letters, questions, reminders, days that were moved."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.web.desk.visits import Visit
from conversations.messages import Message
from handlers.officer import proposals
from handlers.producer import standing
from handlers.producer.standing import Standing
from storage import told

_MOST = 60  # of each
_TOLD = "told"


class Moment(NamedTuple):
    """Something that was said: when, what kind of thing, what became of it, and its words."""

    at: datetime
    kind: str
    state: str
    about: str
    text: str = ""
    day: date | None = None


def of(visit: Visit, one: Standing) -> list[Moment]:
    """All of it, the newest first."""
    row, papers = one.row, [each["id"] for each in one.given]
    letters = told.letters(visit.talk.tx, row, papers, _MOST)
    reminders = told.reminders(visit.talk.tx, row, papers)
    found = [
        *(_letter(each) for each in letters),
        *(_reminder(each) for each in reminders if each["status"] != _TOLD),
        *_questions(visit, row),
        *_moves(visit, one),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _letter(row: Mapping[str, Any]) -> Moment:
    return Moment(row["at"], "letter", row["status"], row["channel"], row["text"])


def _reminder(row: Mapping[str, Any]) -> Moment:
    at = row["settled_at"] or row["due_at"]
    return Moment(at, "reminder", row["status"], row["kind"], day=row["day"])


def _questions(visit: Visit, row: Mapping[str, Any]) -> Iterator[Moment]:
    for each in told.questions(visit.talk.tx, row):
        yield Moment(each["asked_at"], "question", "", str(each["number"]), each["text"])
        if each["answered_at"] and (each["answer"] is not None or each["ready"]):
            said = visit.words(proposals.answer_of(visit.talk, each))
            yield Moment(each["answered_at"], "answer", "", str(each["number"]), said)


def _moves(visit: Visit, one: Standing) -> Iterator[Moment]:
    home = standing.home_of(one.producer)
    areas = [each for each in (home.commune, home.province) if each]
    for each in told.moves(visit.talk.tx, one.row, ["", *areas]):
        step = visit.words(Message(f"move_date.step_{each['step']}"))
        state = "" if each["replaced_at"] is None else "replaced"
        yield Moment(each["set_at"], "moved", state, step, each["reason"], each["day"])
