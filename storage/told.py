"""What was said about a dossier of its own accord: letters, reminders, questions, moved days.

Whoever asks holds the dossier already, as a scoped read gave it: all of it is its producer's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.engine import Connection

from storage.database import table_of
from storage.milestones import MilestoneRow
from storage.officers import OfficerRow
from storage.outbox import OutboxRow
from storage.producers import MembershipRow
from storage.questions import QuestionRow
from storage.reminders import ReminderRow

_OUTBOX = table_of(OutboxRow).c
_REMINDERS = table_of(ReminderRow).c
_QUESTIONS = table_of(QuestionRow)
_MILESTONES = table_of(MilestoneRow)
_OFFICERS = table_of(OfficerRow).c
_MEMBERS = table_of(MembershipRow).c
_OF_DOSSIERS = (
    *("file", "begin", "rolled", "shifted"),
    *("ideas", "plans", "training", "council"),
)
_OF_PAPERS = ("expires", "before_council")
Row = dict[str, Any]


def reminders(tx: Connection, dossier: Mapping[str, Any], papers: Sequence[int]) -> list[Row]:
    """What its people were or will be reminded of, of it and of these papers, the oldest first."""
    mine = (_REMINDERS.person_id.in_(_members(dossier)), _about(dossier, papers))
    return _rows(tx, select(table_of(ReminderRow)).where(*mine).order_by(_REMINDERS.due_at))


def letters(
    tx: Connection, dossier: Mapping[str, Any], papers: Sequence[int], most: int
) -> list[Row]:
    """The newest letters about it that answered nothing, so many at most.

    They told a reminder of it; or name its number, to who is no officer, who reads of others too;
    or its product, to who acts for nobody else besides.
    """
    reminded = select(_REMINDERS.letter).where(
        _REMINDERS.person_id.in_(_members(dossier)),
        _REMINDERS.letter.is_not(None),
        _about(dossier, papers),
    )
    others = _MEMBERS.producer_id != dossier["producer_id"]
    elsewhere = select(_MEMBERS.person_id).where(others)
    names_product = _says(dossier["name"], dossier["name"][:1].upper() + dossier["name"][1:])
    named = or_(_says(dossier["number"]), and_(names_product, _OUTBOX.person_id.not_in(elsewhere)))
    no_officer = _OUTBOX.person_id.not_in(select(_OFFICERS.person_id))
    about = or_(_OUTBOX.id.in_(reminded), and_(named, no_officer))
    mine = (_OUTBOX.rank > 0, _OUTBOX.person_id.in_(_members(dossier)), about)
    columns = [_OUTBOX[name] for name in ("id", "channel", "text", "status", "reason", "rank")]
    at = func.coalesce(_OUTBOX.sent_at, _OUTBOX.due_at).label("at")
    return _rows(tx, select(*columns, at).where(*mine).order_by(_OUTBOX.id.desc()).limit(most))


def questions(tx: Connection, dossier: Mapping[str, Any]) -> list[Row]:
    """What its producer asked about it or about nothing in particular since, the oldest first."""
    columns = _QUESTIONS.c
    general = and_(columns.dossier_id.is_(None), columns.asked_at >= dossier["made_at"])
    mine = (
        columns.producer_id == dossier["producer_id"],
        or_(columns.dossier_id == dossier["id"], general),
    )
    return _rows(tx, select(_QUESTIONS).where(*mine).order_by(columns.id))


def moves(tx: Connection, dossier: Mapping[str, Any], areas: Sequence[str]) -> list[Row]:
    """The days of its round that the offices of these areas have set since it is there."""
    columns = _MILESTONES.c
    ours = (columns.round_key == dossier["round_key"], columns.area.in_(areas))
    since = (columns.basis == "office", columns.set_at >= dossier["made_at"])
    return _rows(tx, select(_MILESTONES).where(*ours, *since).order_by(columns.id))


def _says(*names: str) -> ColumnElement[bool]:
    return or_(*(_OUTBOX.text.contains(name, autoescape=True) for name in names))


def _members(dossier: Mapping[str, Any]) -> Any:
    return select(_MEMBERS.person_id).where(_MEMBERS.producer_id == dossier["producer_id"])


def _about(dossier: Mapping[str, Any], papers: Sequence[int]) -> ColumnElement[bool]:
    """The condition for reminders of it, or of one of its papers."""
    of_dossier = and_(_REMINDERS.kind.in_(_OF_DOSSIERS), _REMINDERS.subject == dossier["id"])
    of_papers = and_(_REMINDERS.kind.in_(_OF_PAPERS), _REMINDERS.subject.in_(papers))
    return or_(of_dossier, of_papers)


def _rows(tx: Connection, some: Any) -> list[Row]:
    return [dict(row) for row in tx.execute(some).mappings()]
