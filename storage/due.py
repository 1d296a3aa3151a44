"""What is due to whom: for each kind of reminder the rows of the tables that call for it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from programme.calendar import Milestone
from programme.roles import Role
from storage import certificates, impartial
from storage.ballots import BallotRow
from storage.certificates import CertificateRow
from storage.consents import ConsentRow
from storage.councils import MARKING, AgendaRow, SeatRow, SittingRow
from storage.database import table_of
from storage.dossiers import DossierRow
from storage.inspections import FOUND, MENDED, InspectionRow
from storage.milestones import MilestoneRow
from storage.officers import OfficerRow
from storage.papers import PaperRow
from storage.producers import MembershipRow, ProducerRow
from storage.questions import QuestionRow
from storage.revocations import OPEN as REVOCABLE
from storage.revocations import RevocationRow
from storage.tasks import GIVEN, TaskRow
from storage.yearly import YearlyRow

_DOSSIERS = table_of(DossierRow)
_PRODUCERS = table_of(ProducerRow)
_MEMBERS = table_of(MembershipRow)
_CONSENTS = table_of(ConsentRow)
_PAPERS = table_of(PaperRow)
_OFFICERS = table_of(OfficerRow)
_CERTIFICATES = table_of(CertificateRow)
_REVOCATIONS = table_of(RevocationRow)
_DECIDING = (Role.PROVINCE, Role.SECRETARY)
_SITTINGS, _AGENDA = table_of(SittingRow), table_of(AgendaRow)
_SEATS, _BALLOTS = table_of(SeatRow), table_of(BallotRow)
_ASKING = and_(_SITTINGS.c.written, _SITTINGS.c.status == "open")
_MILESTONES = table_of(MilestoneRow)
_QUESTIONS = table_of(QuestionRow)
_TASKS = table_of(TaskRow)
_INSPECTIONS = table_of(InspectionRow)
_YEARLY = table_of(YearlyRow)
REMINDERS, NEWS = "reminders", "news"  # the purposes that people agree to
_OPEN = _DOSSIERS.c.status == "open"
_TO_FILE = and_(_OPEN, _DOSSIERS.c.filed_at.is_(None))
_TO_REVIEW = and_(_OPEN, _DOSSIERS.c.filed_at.is_not(None), _DOSSIERS.c.sent_up_at.is_(None))
_IN_ROUND = _MILESTONES.c.round_key == _DOSSIERS.c.round_key
_GOOD = or_(_PAPERS.c.verdict.is_(None), _PAPERS.c.verdict == "accepted")

Source = Select[Any]
"""Rows of ``person``, ``subject`` (a number) and ``day``."""


def _agreed(purpose: str) -> ColumnElement[bool]:
    """Whether who acts for the producer agrees to be told of it."""
    return exists().where(
        _CONSENTS.c.person_id == _MEMBERS.c.person_id,
        _CONSENTS.c.purpose == purpose,
        _CONSENTS.c.withdrawn_at.is_(None),
    )


def _told(subject: Any, day: Any) -> Source:
    return select(_MEMBERS.c.person_id.label("person"), subject.label("subject"), day.label("day"))


def _to_members(day: Any, *conditions: Any) -> Source:
    """The dossiers of which whoever acts for the producer is told."""
    joined = _MEMBERS.join(_DOSSIERS, _DOSSIERS.c.producer_id == _MEMBERS.c.producer_id)
    chosen = _told(_DOSSIERS.c.id, day).select_from(joined)
    return chosen.where(_agreed(REMINDERS), day.is_not(None), *conditions)


def _of_papers(day: Any, *conditions: Any) -> Source:
    """The papers of open dossiers, each once a member."""
    fitting = or_(_PAPERS.c.product.is_(None), _PAPERS.c.product == _DOSSIERS.c.root)
    mine = and_(_PAPERS.c.producer_id == _DOSSIERS.c.producer_id, fitting)
    joined = _MEMBERS.join(_DOSSIERS, _DOSSIERS.c.producer_id == _MEMBERS.c.producer_id)
    stands = and_(_PAPERS.c.replaced_at.is_(None), _PAPERS.c.ends.is_not(None), _GOOD)
    chosen = _told(_PAPERS.c.id, day).select_from(joined.join(_PAPERS, mine))
    return chosen.where(_agreed(REMINDERS), _OPEN, stands, *conditions).distinct()


def _to_officers(day: Any, *conditions: Any, above: bool = False) -> Source:
    """The dossiers of which officers are told.

    They are those of the commune, or if it has none those of the province; ``above`` are those of
    the province where the commune has its own.
    """
    wide = or_(_OFFICERS.c.area == "", _OFFICERS.c.area == _PRODUCERS.c.province_code)
    narrow = _OFFICERS.c.area == _PRODUCERS.c.commune_code
    others = _OFFICERS.alias()
    has_own = exists().where(others.c.area == _PRODUCERS.c.commune_code, others.c.area != "")
    whose = (
        and_(wide, has_own)
        if above
        else or_(and_(narrow, _PRODUCERS.c.commune_code != ""), and_(wide, ~has_own))
    )
    joined = _DOSSIERS.join(_PRODUCERS, _PRODUCERS.c.id == _DOSSIERS.c.producer_id)
    chosen = select(
        _OFFICERS.c.person_id.label("person"),
        _DOSSIERS.c.id.label("subject"),
        day.label("day"),
    )
    return chosen.select_from(joined.join(_OFFICERS, whose)).where(day.is_not(None), *conditions)


def windows(after: Any, last: Any) -> Source:
    """The certificates that are to be renewed, by the last day for filing it.

    They are those behind that number, up to that last one.
    """
    joined = _MEMBERS.join(_CERTIFICATES, _CERTIFICATES.c.producer_id == _MEMBERS.c.producer_id)
    chosen = _told(_CERTIFICATES.c.id, _CERTIFICATES.c.refile_by).select_from(joined)
    stands = (_CERTIFICATES.c.renewed_at.is_(None), _CERTIFICATES.c.revoked_on.is_(None))
    mine = (_CERTIFICATES.c.id > after, _CERTIFICATES.c.id <= last)
    return chosen.where(_agreed(REMINDERS), *stands, *mine)


def _holds(step: str) -> tuple[ColumnElement[bool], ...]:
    """That a day of the step stands where the producer is at home, and none that is nearer."""
    nearer = _MILESTONES.alias()
    home = (_PRODUCERS.c.commune_code, _PRODUCERS.c.province_code)
    same = (nearer.c[name] == _MILESTONES.c[name] for name in ("round_key", "step"))
    goes_before = exists().where(
        *same,
        nearer.c.replaced_at.is_(None),
        nearer.c.area.in_(home),
        func.length(nearer.c.area) > func.length(_MILESTONES.c.area),
    )
    here = or_(_MILESTONES.c.area == "", _MILESTONES.c.area.in_(home))
    return (_MILESTONES.c.step == step, _MILESTONES.c.replaced_at.is_(None), ~goes_before, here)


def _proposals() -> Source:
    """The dossiers that were handed in and are to go up to the province, to their officers."""
    to_send = _to_officers(_MILESTONES.c.day, _TO_REVIEW, *_holds("propose"))
    return to_send.join(_MILESTONES, _IN_ROUND)


SOURCES: dict[str, Callable[[], Source]] = {
    "file": lambda: _to_members(_DOSSIERS.c.file_by, _TO_FILE),
    "begin": lambda: _to_members(
        _DOSSIERS.c.begin_by, _TO_FILE, _DOSSIERS.c.begin_by < _DOSSIERS.c.file_by
    ),
    "expires": lambda: _of_papers(_PAPERS.c.ends),
    "before_council": lambda: _of_papers(_DOSSIERS.c.council, _PAPERS.c.ends < _DOSSIERS.c.council),
    "review": lambda: _to_officers(_DOSSIERS.c.review_by, _TO_REVIEW),
    "review_above": lambda: _to_officers(_DOSSIERS.c.review_by, _TO_REVIEW, above=True),
    "propose": _proposals,
    "stuck": lambda: _to_officers(_DOSSIERS.c.file_by, _TO_FILE),
    "stuck_above": lambda: _to_officers(_DOSSIERS.c.file_by, _TO_FILE, above=True),
}


def of_dossiers(kind: str, dossiers: Any) -> Source:
    """The rows that call for that kind; of these dossiers alone, if any are named."""
    source = SOURCES[kind]()
    return source if dossiers is None else source.where(_DOSSIERS.c.id.in_(dossiers))


def papers(dossiers: Any) -> Source:
    """The papers of the producers of these dossiers, also those that stand no more."""
    producers = select(_DOSSIERS.c.producer_id).where(_DOSSIERS.c.id.in_(dossiers))
    return select(_PAPERS.c.id).where(_PAPERS.c.producer_id.in_(producers))


def together(tx: Connection, dossiers: Sequence[int]) -> list[int]:
    """These dossiers and the others of their producers, with which they share papers."""
    producers = select(_DOSSIERS.c.producer_id).where(_DOSSIERS.c.id.in_(dossiers))
    mine = select(_DOSSIERS.c.id).where(_DOSSIERS.c.producer_id.in_(producers))
    return [row[0] for row in tx.execute(mine)]


def steps(some: Sequence[Milestone], dossiers: Any, of: Sequence[Milestone]) -> Any:
    """Whom some days of the rounds concern; ``of`` are all that stand.

    A day of a commune goes before that of its province, and that before the one of everywhere.
    """
    parts = [_step(each, _nearer(each, of), dossiers) for each in some]
    return union_all(*parts) if parts else _to_members(_DOSSIERS.c.council, false())


def of_step(step: str, dossiers: Any) -> Source:
    """Whom the days that stand of a step concern, each by the nearest; see ``steps``."""
    joined = (
        _MEMBERS.join(_DOSSIERS, _DOSSIERS.c.producer_id == _MEMBERS.c.producer_id)
        .join(_PRODUCERS, _PRODUCERS.c.id == _DOSSIERS.c.producer_id)
        .join(_MILESTONES, _IN_ROUND)
    )
    chosen = _told(_DOSSIERS.c.id, _MILESTONES.c.day).select_from(joined)
    chosen = chosen.where(_agreed(REMINDERS), _OPEN, *_holds(step))
    return chosen if dossiers is None else chosen.where(_DOSSIERS.c.id.in_(dossiers))


def _nearer(one: Milestone, of: Sequence[Milestone]) -> list[str]:
    """The areas within that of this day which have a day of their own for the same."""
    same = [each for each in of if (each.round, each.step) == (one.round, one.step)]
    return [each.area for each in same if len(each.area) > len(one.area)]


def _step(stands: Milestone, nearer: Sequence[str], dossiers: Any) -> Source:
    here = or_(_PRODUCERS.c.commune_code == stands.area, _PRODUCERS.c.province_code == stands.area)
    apart = or_(_PRODUCERS.c.commune_code.in_(nearer), _PRODUCERS.c.province_code.in_(nearer))
    mine = select(_PRODUCERS.c.id).where(here if stands.area else true())
    day = literal(stands.day, type_=Date)
    conditions = [
        _OPEN,
        _DOSSIERS.c.round_key == stands.round,
        _DOSSIERS.c.producer_id.in_(mine.where(~apart) if nearer else mine),
    ]
    if dossiers is not None:
        conditions.append(_DOSSIERS.c.id.in_(dossiers))
    return _to_members(day, *conditions)


def members(dossier: int, day: date) -> Source:
    """Whoever acts for the producer of one dossier and agrees to be told."""
    return _to_members(literal(day, type_=Date), _DOSSIERS.c.id == dossier)


def of_questions(kind: str, questions: Any) -> Source:
    """The open questions that call for that kind; of these alone, if any are named.

    Whoever is responsible is told, and who asked each time it went to the level above.
    """
    asked = _QUESTIONS.c
    to = asked.person_id if kind == "question_raised" else asked.assigned_to
    day = asked.remind_on
    chosen = select(to.label("person"), asked.id.label("subject"), day.label("day"))
    went_up = asked.raised_at.is_(None) if kind == "question" else asked.raised_at.is_not(None)
    open_ = (asked.answered_at.is_(None), to.is_not(None), day.is_not(None))
    source = chosen.where(*open_, went_up)
    return source if questions is None else source.where(asked.id.in_(questions))


def of_tasks(tasks: Any) -> Source:
    """The tasks that are to be done by a day, of these alone if any are named.

    Whoever answers for one is told, and where nobody does who gave it.
    """
    given = _TASKS.c
    to = func.coalesce(given.assigned_to, given.given_by)
    chosen = select(to.label("person"), given.id.label("subject"), given.due.label("day"))
    source = chosen.where(given.status == GIVEN, given.due.is_not(None))
    return source if tasks is None else source.where(given.id.in_(tasks))


def _seen_at() -> Source:
    seen = _INSPECTIONS.c
    joined = _MEMBERS.join(_INSPECTIONS, seen.producer_id == _MEMBERS.c.producer_id)
    chosen = _told(seen.id, seen.until).select_from(joined)
    return chosen.where(_agreed(REMINDERS), seen.status == FOUND)


def _seen_by_officers() -> Source:
    seen = _INSPECTIONS.c
    told: list[Any] = [seen.made_by.label("person"), seen.id.label("subject")]
    chosen: Source = select(*told, seen.until.label("day"))
    return chosen.where(seen.status.in_((FOUND, MENDED)))


def of_inspections(kind: str, inspections: Any) -> Source:
    """The inspections that found something, of these alone if any are named.

    ``mend`` is told to who acts for the producer, ``recheck`` to the officer who was there.
    """
    seen = _INSPECTIONS.c
    source = (_seen_by_officers() if kind == "recheck" else _seen_at()).where(
        seen.until.is_not(None)
    )
    return source if inspections is None else source.where(seen.id.in_(inspections))


def of_years(first: Any, last: Any, year: Any, day: Any) -> Source:
    """Who acts for a producer that was certified in the year and has not told its figures."""
    joined = _MEMBERS.join(_CERTIFICATES, _CERTIFICATES.c.producer_id == _MEMBERS.c.producer_id)
    told = exists().where(_YEARLY.c.producer_id == _MEMBERS.c.producer_id, _YEARLY.c.year == year)
    chosen = _told(_MEMBERS.c.producer_id, day).select_from(joined)
    return chosen.where(_agreed(REMINDERS), certificates.held(first, last), ~told).distinct()


def of_opinions(sittings: Any) -> Source:
    """Who has not said what they hold of all products on which opinions are asked in writing.

    Of these askings alone if any are named. Who acts for a producer says nothing of what is theirs.
    """
    seat, row, sheet = _SEATS.c, _AGENDA.c, _BALLOTS.c
    joined = _SITTINGS.join(_SEATS, seat.council_id == _SITTINGS.c.council_id)
    joined = joined.join(_AGENDA, row.sitting_id == _SITTINGS.c.id)
    joined = joined.join(_DOSSIERS, _DOSSIERS.c.id == row.dossier_id)
    its_sheet = (
        and_(sheet.sitting_id == row.sitting_id, sheet.dossier_id == row.dossier_id),
        and_(sheet.seat == seat.seat, sheet.turn == row.turn),
        or_(sheet.aside, sheet.handed_in_at.is_not(None)),
    )
    owed = (row.refused == "", row.to_meeting == "", ~exists().where(*its_sheet))
    told = (_SITTINGS.c.id.label("subject"), _SITTINGS.c.day.label("day"))
    source = (
        select(seat.person_id.label("person"), *told)
        .select_from(joined)
        .where(_ASKING, seat.position.in_(MARKING), seat.person_id.is_not(None))
        .where(*owed, ~impartial.acts(seat.person_id, _DOSSIERS.c.producer_id))
        .distinct()
    )
    return source if sittings is None else source.where(_SITTINGS.c.id.in_(sittings))


def of_askings(sittings: Any) -> Source:
    """Who asked for opinions in writing, of these askings alone if any are named."""
    told = (_SITTINGS.c.id.label("subject"), _SITTINGS.c.day.label("day"))
    source = select(_SITTINGS.c.made_by.label("person"), *told).where(_ASKING)
    return source if sittings is None else source.where(_SITTINGS.c.id.in_(sittings))


def of_revocations(revocations: Any) -> Source:
    """The decisions to revoke that are due, of these alone if any are named.

    Whoever proposed one is told, and the officers of the province who write for its chairman.
    """
    proposed = _REVOCATIONS.c
    joined = _REVOCATIONS.join(_CERTIFICATES, _CERTIFICATES.c.id == proposed.certificate_id)
    joined = joined.join(_PRODUCERS, _PRODUCERS.c.id == _CERTIFICATES.c.producer_id)
    of_province = and_(
        _OFFICERS.c.area == _PRODUCERS.c.province_code, _OFFICERS.c.role.in_(_DECIDING)
    )
    joined = joined.join(_OFFICERS, or_(of_province, _OFFICERS.c.person_id == proposed.made_by))
    told = (proposed.id.label("subject"), proposed.until.label("day"))
    chosen = select(_OFFICERS.c.person_id.label("person"), *told).select_from(joined)
    source = chosen.where(proposed.status == REVOCABLE).distinct()
    return source if revocations is None else source.where(proposed.id.in_(revocations))
