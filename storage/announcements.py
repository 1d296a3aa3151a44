"""Announcements: what an office tells many at once, to a list that is frozen when it is made.

One goes ready → sending ⇄ paused → done, or is cancelled on its way. Its list, a row a person, is
in ``recipients``. Of each row it is known at every instant what became of it, so that the ledger
always adds up: previewed = waiting + sent + failed + refused + opted out + cancelled.

    make(tx, values, people, now, year) -> id        freezes the list; nothing goes yet
    schedule(tx, id, at)                             let it start by itself then
    start, pause, resume, cancel(tx, id, now)        False when it cannot be from that state
    ledger(tx, id), rows(tx, scope, id, …)           what became of all, and of each
    by_id, numbered, newest(tx, scope, …)            what an officer may see
    fits(tx, id, most, month)                        what each bot has to send, and has left
    recipients.told(tx, id)                          to whom a correction goes
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, Select, and_, bindparam, case, func, insert, or_, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters, on_the_way, quotas, recipients
from storage.database import NEVER_AGAIN, UtcDateTime, table_of
from storage.officers import Scope, around
from storage.producers import ProducerRow
from storage.quotas import Month
from storage.recipients import RecipientRow, of
from storage.scoped import scoped

READY, SENDING, PAUSED, DONE, CANCELLED = "ready", "sending", "paused", "done", "cancelled"
BEGUN = text("status IN ('ready', 'sending')")


class AnnouncementRow(SQLModel, table=True):
    """One announcement; ``said`` is JSON of the form's fields, ``aim`` of whom it concerns.

    Of the two codes of its area that are set which it lies in; neither for everywhere. ``poster``
    is the hash of a file. With ``send_at`` it starts by itself then; after ``use_by`` nobody is
    told any more. ``called_off_at`` says of the first since when what it tells of will not be.
    ``shown`` is the share of it, in hundredths, that the officer has heard of; the
    ``progress_letter`` tells how far it is.
    """

    __tablename__ = "announcements"
    __table_args__ = (
        Index("ix_announcements_begun", "status", sqlite_where=BEGUN, postgresql_where=BEGUN),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    kind: str  # fair, training, buyer, other
    commune_code: str = Field(default="", index=True)
    province_code: str = Field(default="", index=True)
    made_by: int = Field(foreign_key="persons.id", index=True)
    said: str
    poster: str | None = None
    aim: str
    fair_id: int | None = Field(default=None, foreign_key="fairs.id", index=True)
    corrects: int | None = Field(default=None, foreign_key="announcements.id", index=True)
    status: str = READY
    reason: str | None = None  # why it was paused, unless an officer did it
    previewed: int = 0
    shown: int = 0
    progress_letter: int | None = None
    send_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    use_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    called_off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Ledger(NamedTuple):
    """What became of all who are on the list; the first is the sum of the others."""

    previewed: int
    waiting: int
    sent: int
    failed: int
    refused: int
    opted_out: int
    cancelled: int


class Fit(NamedTuple):
    """What one bot has to send, and how much it has left this month; None when nobody counts."""

    channel: str
    bot: str
    needed: int
    left: int | None

    @property
    def fits(self) -> bool:
        """Whether it can send them all."""
        return self.left is None or self.needed <= self.left


_A = table_of(AnnouncementRow)
_R = table_of(RecipientRow)
_P = table_of(ProducerRow)
_DUE = _A.c.send_at <= bindparam("now", type_=UtcDateTime)
_ANY_GOING = select(_A.c.id).where(BEGUN, or_(_A.c.status == SENDING, _DUE)).limit(1)


def make(
    tx: Connection,
    values: Mapping[str, Any],
    people: Sequence[tuple[int, int | None]],
    now: datetime,
    year: int,
) -> int:
    """Freeze an announcement to these people, each with the producer whom it concerns; its id.

    ``values`` are kind, area, made_by, said, aim, and perhaps poster, fair_id, corrects, send_at
    and use_by. It gets a number ``TB-2026-0001`` upward in each year.
    """
    number = f"TB-{year}-{counters.following(tx, f'announcement-{year}'):04d}"
    about = {key: value for key, value in values.items() if key != "area"}
    row = {**_within(values["area"]), **about, "number": number, "made_at": now}
    row |= {"status": READY, "previewed": 0, "shown": 0}
    made = int(tx.execute(insert(_A).values(row).returning(_A.c.id)).scalar_one())
    count = recipients.freeze(tx, made, people, now)
    tx.execute(update(_A).where(_A.c.id == made).values(previewed=count))
    return made


def _within(area: str) -> dict[str, str]:
    """The codes of the commune and of the province that the area lies in."""
    _, own, *above = around(area)
    province = above[0] if above else own
    return {"commune_code": own if above else "", "province_code": province}


# -- on its way ------------------------------------------------------------------------------------


def schedule(tx: Connection, number: int, at: datetime | None) -> bool:
    """Let it start by itself then, or not at all; False when it was begun before."""
    mine = update(_A).where(_A.c.id == number, _A.c.status == READY)
    return bool(tx.execute(mine.values(send_at=at)).rowcount)


def start(tx: Connection, number: int, now: datetime) -> bool:
    """Let it go out."""
    return _turn(tx, number, (READY,), status=SENDING, started_at=now)


def pause(tx: Connection, number: int, now: datetime, reason: str | None = None) -> bool:
    """Let nobody else be told till it is resumed; what nobody has begun to send is taken back."""
    if not _turn(tx, number, (READY, SENDING), status=PAUSED, reason=reason):
        return False
    on_the_way.call_back(tx, of(number), recipients.QUEUED, None, now)
    return True


def resume(tx: Connection, number: int, now: datetime) -> str:
    """Go on after a pause, or wait for the hour that is still to come; how it is now, or empty."""
    waits = and_(_A.c.started_at.is_(None), _A.c.send_at > now)
    begun = case((waits, None), else_=func.coalesce(_A.c.started_at, now))
    to = {"status": case((waits, READY), else_=SENDING), "reason": None, "started_at": begun}
    mine = update(_A).where(_A.c.id == number, _A.c.status == PAUSED).values(to)
    return tx.execute(mine.returning(_A.c.status)).scalar() or ""


def cancel(tx: Connection, number: int, now: datetime) -> bool:
    """Tell nobody else, ever; but what is under way this instant arrives."""
    if not _turn(tx, number, (READY, SENDING, PAUSED), status=CANCELLED, ended_at=now):
        return False
    called_off = (recipients.CANCELLED, recipients.CALLED_OFF, now)
    on_the_way.call_back(tx, of(number), *called_off)
    on_the_way.give_up(tx, number, *called_off)
    return True


def _turn(tx: Connection, number: int, before: Sequence[str], **to: Any) -> bool:
    mine = update(_A).where(_A.c.id == number, _A.c.status.in_(before))
    return bool(tx.execute(mine.values(to)).rowcount)


# -- what became of it -----------------------------------------------------------------------------


def ledger(tx: Connection, number: int) -> Ledger:
    """What became of all who are on the list, at one instant; LookupError for no such number."""
    return ledgers(tx, [number])[number]


def ledgers(tx: Connection, numbers: Sequence[int]) -> dict[int, Ledger]:
    """The same of several announcements, at one instant."""
    waits = _R.c.status.in_((recipients.QUEUED, recipients.POSTED))
    others = (
        recipients.SENT,
        recipients.FAILED,
        recipients.REFUSED,
        recipients.OPTED_OUT,
        recipients.CANCELLED,
    )
    sums = [_count(waits), *(_count(_R.c.status == status) for status in others)]
    mine = select(_A.c.id, _A.c.previewed, *sums).select_from(
        _A.outerjoin(_R, _R.c.announcement_id == _A.c.id)
    )
    these = mine.where(_A.c.id.in_(numbers)).group_by(_A.c.id, _A.c.previewed)
    return {row[0]: Ledger(*row[1:]) for row in tx.execute(these)}


def _count(which: Any) -> Any:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def fits(tx: Connection, number: int, most: Mapping[str, int], month: str) -> list[Fit]:
    """For each bot of the list what it has to send and what it has left in the month (2026-11).

    ``most`` says of each channel on which messages are counted how many a bot may send in a month.
    What others that were begun still have to send is not left.
    """
    mine = recipients.needs(tx, of(number))
    waits = and_(_A.c.status == PAUSED, _A.c.reason.is_(None))  # not for want of room
    begun = and_(_A.c.id != number, or_(_A.c.status == SENDING, waits))
    others = recipients.needs(tx, _R.c.announcement_id.in_(select(_A.c.id).where(begun)))
    return [
        Fit(*lane, needed, _left(tx, Month(*lane, month), most, others.get(lane, 0)))
        for lane, needed in mine.items()
    ]


def _left(tx: Connection, month: Month, most: Mapping[str, int], promised: int) -> int | None:
    if month.channel not in most:
        return None
    used = quotas.used(tx, month)
    return max(0, most[month.channel] - used.heard - used.sent - promised)


# -- what officers see -----------------------------------------------------------------------------


def _here(scope: Scope) -> Select[Any]:
    return select(_A).where(scope.here(_A.c))


@scoped("announcements")
def by_id(tx: Connection, scope: Scope, number: int) -> dict[str, Any] | None:
    """The announcement of that id, if it was made in the area."""
    row = tx.execute(_here(scope).where(_A.c.id == number)).mappings().first()
    return dict(row) if row else None


@scoped("announcements")
def numbered(tx: Connection, scope: Scope, number: str) -> dict[str, Any] | None:
    """The announcement of that number (TB-2026-0001), if it was made in the area."""
    row = tx.execute(_here(scope).where(_A.c.number == number)).mappings().first()
    return dict(row) if row else None


@scoped("announcements")
def newest(tx: Connection, scope: Scope, most: int, kind: str = "") -> list[dict[str, Any]]:
    """The newest announcements that were made in the area, so many at most, the newest first."""
    which = (_A.c.kind == kind,) if kind else ()
    rows = tx.execute(_here(scope).where(*which).order_by(_A.c.id.desc()).limit(most))
    return [dict(row) for row in rows.mappings()]


@scoped("announcements")
def of_fair(tx: Connection, scope: Scope, fair: int) -> list[dict[str, Any]]:
    """What was announced in the area of that fair, the first first."""
    rows = tx.execute(_here(scope).where(_A.c.fair_id == fair).order_by(_A.c.id))
    return [dict(row) for row in rows.mappings()]


def names_fair(tx: Connection, fair: int) -> bool:
    """Whether any office has announced, or means to announce, that fair."""
    return tx.execute(select(_A.c.id).where(_A.c.fair_id == fair).limit(1)).first() is not None


@scoped("producers")
def rows(
    tx: Connection, scope: Scope, number: int, status: str = "", *, most: int = 20, after: int = 0
) -> list[dict[str, Any]]:
    """The people of the list whose producers lie in the area, by person, after that one.

    ``status`` is one of the ledger's names, ``waiting`` for whoever is not told yet, or empty for
    all. Each has the ``id`` of its producer, that one's name as ``producer``, and its
    ``commune_code``.
    """
    mine = and_(_R.c.announcement_id == number, _R.c.person_id > after)
    if status:
        open_ones = (recipients.QUEUED, recipients.POSTED)
        mine = and_(mine, _R.c.status.in_(open_ones if status == "waiting" else (status,)))
    found = (
        select(_R, _P.c.id, _P.c.name.label("producer"), _P.c.commune_code)
        .join(_A, _A.c.id == _R.c.announcement_id)
        .outerjoin(_P, _P.c.id == _R.c.producer_id)
        .where(mine, scope.here(_A.c), or_(_P.c.id.is_(None), scope.here(_P.c)))
        .order_by(_R.c.person_id)
        .limit(most)
    )
    return [dict(row) for row in tx.execute(found).mappings()]


# -- what the clock sees ---------------------------------------------------------------------------


def any_going(tx: Connection, now: datetime) -> bool:
    """Whether any goes out, or is to begin now."""
    return tx.execute(_ANY_GOING, {"now": now}).first() is not None


def next_at(tx: Connection) -> datetime | None:
    """When the next one goes on, or starts by itself; None when there is none."""
    when = func.min(func.coalesce(_A.c.send_at, _A.c.started_at))
    going = and_(BEGUN, or_(_A.c.send_at.is_not(None), _A.c.status == SENDING))
    at: datetime | None = tx.execute(select(when).where(going)).scalar()
    return at


def found(tx: Connection, number: int) -> dict[str, Any] | None:
    """The announcement of that id, wherever it was made."""
    row = tx.execute(select(_A).where(_A.c.id == number)).mappings().first()
    return dict(row) if row else None


def due(tx: Connection, now: datetime) -> list[int]:
    """Those that are to start by themselves now."""
    waits = (BEGUN, _A.c.status == READY, _A.c.send_at <= now)
    return [row[0] for row in tx.execute(select(_A.c.id).where(*waits).order_by(_A.c.id))]


def sending(tx: Connection) -> list[dict[str, Any]]:
    """Those that go out, the oldest first; none of them is paused before this transaction ends."""
    going = select(_A).where(BEGUN, _A.c.status == SENDING).order_by(_A.c.id).with_for_update()
    return [dict(row) for row in tx.execute(going).mappings()]


def call_back(tx: Connection, now: datetime) -> None:
    """Take back what was under way when it was paused or called off, and is to be tried again."""
    ends = (
        (PAUSED, recipients.QUEUED, None),
        (CANCELLED, recipients.CANCELLED, recipients.CALLED_OFF),
    )
    for status, to, why in ends:
        stopped = select(_A.c.id).where(_A.c.status == status)
        on_the_way.call_back(tx, _R.c.announcement_id.in_(stopped), to, why, now)


def finish(tx: Connection, number: int, now: datetime) -> bool:
    """Let it be done, as nobody is left to be told; False when it does not go out."""
    return _turn(tx, number, (SENDING,), status=DONE, ended_at=now)


def shown_by(tx: Connection, number: int, letter: int) -> None:
    """Note which letter tells the officer how far it is."""
    tx.execute(update(_A).where(_A.c.id == number).values(progress_letter=letter))


def show(tx: Connection, number: int, share: int) -> None:
    """Note how much of it the officer has heard of."""
    tx.execute(update(_A).where(_A.c.id == number).values(shown=share))
