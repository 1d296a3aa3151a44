"""How two persons become one: a code given in one chat and typed in the other, and what moves."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.roles import Role
from storage import consents, dossiers, erasure, officers, persons, recipients
from storage.announcements import AnnouncementRow
from storage.ballots import BallotRow
from storage.claims import ClaimRow
from storage.codes import CodeRow
from storage.councils import CouncilRow, SeatRow, SittingRow
from storage.cycle import CycleStepRow
from storage.database import UtcDateTime, table_of
from storage.days_off import DayOffRow
from storage.desk_sessions import DeskLinkRow, DeskSessionRow
from storage.digests import DigestRow
from storage.dossiers import DossierRow
from storage.erasure import ErasureRow
from storage.ideas import IdeaRow
from storage.inspections import InspectionRow
from storage.invitations import InvitationRow
from storage.milestones import MilestoneRow
from storage.office_settings import OfficeSettingRow
from storage.officers import OfficerRow
from storage.outbox import UNLINKED, OutboxRow
from storage.pairings import PairingRow
from storage.papers import PaperRow
from storage.persons import CHATS, LAST_USED, Chat
from storage.prints import PrintRow
from storage.producers import MembershipRow, ProducerRow
from storage.questions import QuestionRow, RemarkRow
from storage.reminders import ReminderRow
from storage.reviews import ReviewRow
from storage.revocations import RevocationRow
from storage.sessions import SessionRow
from storage.steps import StepRow
from storage.supports import SupportRow
from storage.targets import CountedTargetRow
from storage.tasks import TaskRow
from storage.writings import WritingRow
from storage.yearly import YearlyRow

TRIES = 5  # wrong codes of one chat in an hour
_WINDOW = timedelta(hours=1)


class LinkRow(SQLModel, table=True):
    """A code for a further chat: given until ``until``, typed in a chat, used when confirmed there.

    What was used is the record of who linked: ``joined_id`` is who the chat was till then.
    """

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_chat", "channel", "bot", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    hashed: str = Field(index=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    until: datetime = Field(sa_type=UtcDateTime)
    channel: str | None = None
    bot: str | None = None
    chat: str | None = None
    joined_id: int | None = Field(default=None, foreign_key="persons.id")
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LinkMissRow(SQLModel, table=True):
    """A wrong code typed in a chat."""

    __tablename__ = "link_misses"
    __table_args__ = (Index("ix_link_misses_chat", "channel", "bot", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    chat: str
    at: datetime = Field(sa_type=UtcDateTime)


_LINKS = table_of(LinkRow)
_MISSES = table_of(LinkMissRow)
_STEPS = table_of(StepRow)
_IDEAS = table_of(IdeaRow)
_OUTBOX = table_of(OutboxRow)
_MEMBERSHIPS = table_of(MembershipRow)
_OFFICERS = table_of(OfficerRow)
_SESSIONS = table_of(SessionRow)
_REMINDERS = table_of(ReminderRow)
_DIGESTS = table_of(DigestRow)
# Columns that merely say who: they get the other number.
_SAYING_WHO = (
    table_of(QuestionRow).c.person_id,
    table_of(QuestionRow).c.answered_by,
    table_of(QuestionRow).c.assigned_to,
    table_of(RemarkRow).c.person_id,
    table_of(RemarkRow).c.to_person,
    table_of(CodeRow).c.made_by,
    table_of(CodeRow).c.used_by,
    table_of(ProducerRow).c.made_by,
    table_of(PrintRow).c.person_id,
    _LINKS.c.person_id,
    table_of(DossierRow).c.person_id,
    table_of(ClaimRow).c.person_id,
    table_of(PaperRow).c.person_id,
    table_of(PaperRow).c.judged_by,
    table_of(PairingRow).c.judged_by,
    table_of(RevocationRow).c.made_by,
    table_of(WritingRow).c.person_id,
    table_of(DossierRow).c.filed_by,
    table_of(DossierRow).c.sent_up_by,
    table_of(DossierRow).c.checked_by,
    table_of(ReviewRow).c.person_id,
    table_of(MilestoneRow).c.set_by,
    table_of(DayOffRow).c.set_by,
    table_of(OfficeSettingRow).c.set_by,
    table_of(CycleStepRow).c.person_id,
    table_of(OfficerRow).c.appointed_by,
    table_of(InvitationRow).c.made_by,
    table_of(DeskLinkRow).c.person_id,
    table_of(DeskSessionRow).c.person_id,
    table_of(InvitationRow).c.used_by,
    table_of(InvitationRow).c.follows,
    table_of(ErasureRow).c.person_id,
    table_of(AnnouncementRow).c.made_by,
    table_of(CouncilRow).c.made_by,
    table_of(SeatRow).c.person_id,
    table_of(SittingRow).c.made_by,
    table_of(BallotRow).c.person_id,
    table_of(CountedTargetRow).c.set_by,
    table_of(InspectionRow).c.made_by,
    table_of(SupportRow).c.made_by,
    table_of(YearlyRow).c.person_id,
    table_of(TaskRow).c.given_by,
    table_of(TaskRow).c.assigned_to,
    table_of(TaskRow).c.done_by,
)


# -- the code -------------------------------------------------------------------------------------


def give(tx: Connection, code: str, person: int, until: datetime, now: datetime) -> bool:
    """Keep a code of the person in place of an earlier one; False when somebody has just that."""
    if giver(tx, code, now) is not None:
        return False
    earlier = and_(_LINKS.c.person_id == person, _LINKS.c.used_at.is_(None))
    tx.execute(update(_LINKS).where(earlier, _LINKS.c.ended_at.is_(None)).values(ended_at=now))
    tx.execute(insert(_LINKS).values(hashed=_hashed(code), person_id=person, until=until))
    return True


def giver(tx: Connection, code: str, now: datetime) -> int | None:
    """Whose code that is; None when it is wrong, used or too old."""
    given = select(_LINKS.c.person_id).where(_LINKS.c.hashed == _hashed(code), _good(now))
    found: int | None = tx.execute(given).scalar()
    return found


def type_in(tx: Connection, code: str, chat: Chat, now: datetime) -> bool:
    """Note that the code was typed in this chat; False when it was in another one before."""
    free = or_(_LINKS.c.channel.is_(None), _is(_LINKS, chat))
    typed = update(_LINKS).where(_LINKS.c.hashed == _hashed(code), _good(now), free)
    return bool(tx.execute(typed.values(**chat._asdict())).rowcount)


def use(tx: Connection, chat: Chat, person: int, now: datetime) -> int | None:
    """Use up the code that was typed in this chat of that person; whose it is, if it is good."""
    used = update(_LINKS).where(_is(_LINKS, chat), _good(now))
    found: int | None = tx.execute(
        used.values(used_at=now, joined_id=person).returning(_LINKS.c.person_id)
    ).scalar()
    return found


def drop(tx: Connection, chat: Chat, now: datetime) -> None:
    """Let the code be void that was typed in this chat."""
    tx.execute(update(_LINKS).where(_is(_LINKS, chat), _good(now)).values(ended_at=now))


def miss(tx: Connection, chat: Chat, now: datetime) -> int:
    """Note a wrong code; how many more may be tried in this chat."""
    tx.execute(delete(_MISSES).where(_MISSES.c.at <= now - _WINDOW))
    tx.execute(insert(_MISSES).values(**chat._asdict(), at=now))
    counted = select(func.count()).select_from(_MISSES).where(_is(_MISSES, chat))
    return max(0, TRIES - int(tx.execute(counted).scalar_one()))


def closed_until(tx: Connection, chat: Chat, now: datetime) -> datetime | None:
    """Until when no code is looked at in this chat, as too many were wrong; None when one is."""
    recent = select(_MISSES.c.at).where(_is(_MISSES, chat), _MISSES.c.at > now - _WINDOW)
    times = tx.execute(recent.order_by(_MISSES.c.at.desc()).limit(TRIES)).scalars().all()
    return times[-1] + _WINDOW if len(times) == TRIES else None


def missed(tx: Connection, chat: Chat, now: datetime) -> int:
    """How many wrong codes were typed within the hour in any chat with that chat's bot."""
    there = (_MISSES.c.channel == chat.channel, _MISSES.c.bot == chat.bot)
    counted = select(func.count()).select_from(_MISSES).where(*there, _MISSES.c.at > now - _WINDOW)
    return int(tx.execute(counted).scalar_one())


def _good(now: datetime) -> Any:
    return and_(_LINKS.c.used_at.is_(None), _LINKS.c.ended_at.is_(None), _LINKS.c.until > now)


def _is(table: Any, chat: Chat) -> Any:
    return and_(table.c.channel == chat.channel, table.c.bot == chat.bot, table.c.chat == chat.chat)


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


# -- joining and leaving --------------------------------------------------------------------------


def join(
    tx: Connection, gone: int, person: int, runs: tuple[int, Mapping[int, int]], now: datetime
) -> dict[str, int]:
    """Make all that is kept of one person the other's; what this one agrees to afterwards.

    ``runs`` says how runs are numbered from now on: what is added to the numbers of those that
    come, and new numbers for some that were there. Of consents the latest word counts for each
    purpose.
    """
    shift, renumbered = runs
    for old, new in renumbered.items():
        mine = and_(_STEPS.c.person_id == person, _STEPS.c.run == old)
        tx.execute(update(_STEPS).where(mine).values(run=new))
    for table in (_STEPS, _IDEAS):
        theirs = update(table).where(table.c.person_id == gone)
        tx.execute(theirs.values(person_id=person, run=table.c.run + shift))
    for each in (gone, person):  # who goes on does not want to be forgotten
        erasure.call_off(tx, each, now)
    for who in _SAYING_WHO:
        tx.execute(update(who.table).where(who == gone).values({who: person}))
    _join_producers(tx, gone, person)
    _join_officer(tx, gone, person)
    _join_reminders(tx, gone, person)
    _join_letters(tx, gone, person)
    recipients.join(tx, gone, person, now)
    tx.execute(delete(_SESSIONS).where(_SESSIONS.c.person_id == gone))
    _join_chats(tx, gone, person, now)
    return consents.join(tx, gone, person, now)


def _join_producers(tx: Connection, gone: int, person: int) -> None:
    """Of two memberships in one producer the own one stays."""
    table = _MEMBERSHIPS.c
    own = select(table.producer_id).where(table.person_id == gone, table.role == "own")
    tx.execute(
        update(_MEMBERSHIPS)
        .where(table.person_id == person, table.producer_id.in_(own))
        .values(role="own")
    )
    held = select(table.producer_id).where(table.person_id == person)
    tx.execute(delete(_MEMBERSHIPS).where(table.person_id == gone, table.producer_id.in_(held)))
    tx.execute(update(_MEMBERSHIPS).where(table.person_id == gone).values(person_id=person))


def _join_officer(tx: Connection, gone: int, person: int) -> None:
    officer = _OFFICERS.c.person_id
    if lost := loses_office(tx, gone, person):
        tx.execute(delete(_OFFICERS).where(officer == lost))
    tx.execute(update(_OFFICERS).where(officer == gone).values(person_id=person))


def loses_office(tx: Connection, gone: int, person: int) -> int | None:
    """Which of two officers gives up the office as they become one person; None if not both are.

    It is the one who comes, but the last administrator stays one: somebody always is.
    """
    theirs, ours = officers.scope(tx, gone), officers.scope(tx, person)
    if theirs is None or ours is None:
        return None
    wider = ours.role != Role.ADMINISTRATOR or not theirs.area
    return person if wider and officers.is_last_administrator(tx, gone) else gone


def _join_reminders(tx: Connection, gone: int, person: int) -> None:
    """What either was told is told; of two wishes for a summary that of who stays counts.

    What is planned is planned anew, as the drafts of who comes have other numbers now.
    """
    theirs, ours = _REMINDERS, _REMINDERS.alias()
    planned = and_(theirs.c.person_id == gone, theirs.c.status == "planned")
    same = (theirs.c[name] == ours.c[name] for name in ("kind", "subject", "day", "before"))
    known = exists().where(ours.c.person_id == person, *same)
    tx.execute(delete(theirs).where(or_(planned, and_(theirs.c.person_id == gone, known))))
    tx.execute(update(theirs).where(theirs.c.person_id == gone).values(person_id=person))
    if tx.execute(select(_DIGESTS.c.person_id).where(_DIGESTS.c.person_id == person)).first():
        tx.execute(delete(_DIGESTS).where(_DIGESTS.c.person_id == gone))
    else:
        tx.execute(update(_DIGESTS).where(_DIGESTS.c.person_id == gone).values(person_id=person))
    dossiers.plan_anew(tx, dossiers.of_members(person))


def _join_letters(tx: Connection, gone: int, person: int) -> None:
    """Letters under way are the other's, and show no question of theirs."""
    for place in persons.places(tx, gone):
        under_way = and_(_is(_OUTBOX, place.chat), _OUTBOX.c.status.in_(("waiting", "sending")))
        tx.execute(update(_OUTBOX).where(under_way).values(person_id=person, prompt=None))


def _join_chats(tx: Connection, gone: int, person: int, now: datetime) -> None:
    theirs = update(CHATS).where(CHATS.c.person_id == gone)
    tx.execute(theirs.values(person_id=person, joined_at=now, used_at=now, preferred_at=None))
    ours = update(CHATS).where(CHATS.c.person_id == person)
    tx.execute(ours.values(used_at=LAST_USED))


def leave(tx: Connection, chat: Chat, now: datetime) -> None:
    """Let this chat be a new person's, of whom nothing is known; what waited to go there does not.

    Where the first of the person's chats leaves, the one that came after it is the first.
    """
    whose = persons.of(tx, [chat])[chat]
    values = {"person_id": persons.anew(tx, now), "joined_at": None, "preferred_at": None}
    tx.execute(update(CHATS).where(_is(CHATS, chat)).values(**values, used_at=None))
    tx.execute(update(_LINKS).where(_is(_LINKS, chat), _unended()).values(ended_at=now))
    waiting = and_(_is(_OUTBOX, chat), _OUTBOX.c.status == "waiting")
    tx.execute(update(_OUTBOX).where(waiting).values(status="failed", reason=UNLINKED))
    rest = persons.places(tx, whose)
    if rest and all(place.joined_at for place in rest):
        first = min(rest, key=lambda place: place.joined_at or now)
        tx.execute(update(CHATS).where(_is(CHATS, first.chat)).values(joined_at=None))


def _unended() -> Any:
    return and_(_LINKS.c.used_at.is_not(None), _LINKS.c.ended_at.is_(None))
