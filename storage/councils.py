"""Hội đồng: a province's council, who sits in it, its meetings and the products before them."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, delete, false, func, insert, or_, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import BigInteger, Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, alone, insert_all, table_of
from storage.dossiers import DossierRow
from storage.officers import Scope
from storage.producers import ProducerRow
from storage.scoped import scoped

MARKING = frozenset({"chairman", "deputy", "member", "clerk"})  # a clerk is a member who writes
_OPEN, _CLOSED, _DECIDED, _MOVED = "open", "closed", "decided", "moved"
_UP = 5  # stars, which the ministry gives (Điều 6)


class CouncilRow(SQLModel, table=True):
    """A council by its decision; a later one of the province ends it."""

    __tablename__ = "councils"

    id: int | None = Field(default=None, primary_key=True)
    province_code: str = Field(index=True)
    decision: str
    decided_on: date
    made_by: int = Field(foreign_key="persons.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SeatRow(SQLModel, table=True):
    """Who sits in a council, and as what; ``hashed`` is of the code by which they come to it.

    ``position`` is chairman, deputy, member, clerk, secretary or guest: the last two do not mark.
    """

    __tablename__ = "council_seats"

    council_id: int = Field(primary_key=True, foreign_key="councils.id")
    seat: int = Field(primary_key=True)
    position: str
    name: str
    office: str = ""
    person_id: int | None = Field(default=None, foreign_key="persons.id", index=True)
    hashed: str | None = Field(default=None, unique=True)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SittingRow(SQLModel, table=True):
    """A meeting: open, closed when the marks are counted, decided when the stars are given.

    Where opinions are ``written`` nobody meets: ``day`` is until when they are to come, and from
    its end when that was; it is "moved" when all of its products were put off to a meeting.
    """

    __tablename__ = "sittings"

    id: int | None = Field(default=None, primary_key=True)
    council_id: int = Field(foreign_key="councils.id", index=True)
    number: int
    day: date
    place: str = ""
    status: str = _OPEN
    made_by: int = Field(foreign_key="persons.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision: str = ""
    decided_on: date | None = None
    written: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class PresenceRow(SQLModel, table=True):
    """Who of the council was at a meeting."""

    __tablename__ = "sitting_seats"

    sitting_id: int = Field(primary_key=True, foreign_key="sittings.id")
    seat: int = Field(primary_key=True)


class AgendaRow(SQLModel, table=True):
    """A product before a meeting, marked for the ``turn``-th time; ``refused`` says why it was out.

    ``points_of`` are points over ``points_by``: a mean is kept exactly. ``to_meeting`` is why it is
    put off to a meeting: its opinions are "apart", it is "complex", or "few" have answered.
    """

    __tablename__ = "agenda"

    sitting_id: int = Field(primary_key=True, foreign_key="sittings.id")
    dossier_id: int = Field(primary_key=True, foreign_key="dossiers.id", index=True)
    place: int
    turn: int = 1
    refused: str = ""
    variant: str | None = None  # the table on which it is marked, where its sheet has two
    star: int | None = None
    points_of: int | None = Field(default=None, sa_type=BigInteger)
    points_by: int | None = Field(default=None, sa_type=BigInteger)
    to_meeting: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


_COUNCILS = table_of(CouncilRow)
_SEATS = table_of(SeatRow)
_SITTINGS = table_of(SittingRow)
_PRESENT = table_of(PresenceRow)
_AGENDA = table_of(AgendaRow)
_DOSSIERS = table_of(DossierRow)
_PRODUCERS = table_of(ProducerRow)


# -- the council -----------------------------------------------------------------------------------


def found(
    tx: Connection, values: dict[str, Any], seats: Sequence[dict[str, Any]], now: datetime
) -> int:
    """Make the council of a province with these seats, in place of the one before; its id."""
    province = values["province_code"]
    alone(tx, f"council-{province}")
    before = (_COUNCILS.c.province_code == province, _COUNCILS.c.ended_at.is_(None))
    tx.execute(update(_COUNCILS).where(*before).values(ended_at=now))
    made = insert(_COUNCILS).values(values | {"made_at": now}).returning(_COUNCILS.c.id)
    council = int(tx.execute(made).scalar_one())
    rows = [{**each, "council_id": council, "seat": seat} for seat, each in enumerate(seats, 1)]
    insert_all(tx, _SEATS, rows)
    return council


def current(tx: Connection, province: str) -> dict[str, Any] | None:
    """The council of the province now."""
    now = (_COUNCILS.c.province_code == province, _COUNCILS.c.ended_at.is_(None))
    return _one(tx, select(_COUNCILS).where(*now))


def last_province(tx: Connection) -> str | None:
    """The province of the newest council that sits now."""
    newest = select(_COUNCILS.c.province_code).where(_COUNCILS.c.ended_at.is_(None))
    found: str | None = tx.execute(newest.order_by(_COUNCILS.c.id.desc()).limit(1)).scalar()
    return found


def by_id(tx: Connection, council: int) -> dict[str, Any] | None:
    """The council of that id."""
    return _one(tx, select(_COUNCILS).where(_COUNCILS.c.id == council))


def seats(tx: Connection, council: int) -> list[dict[str, Any]]:
    """The seats of a council, in their order."""
    return _many(tx, select(_SEATS).where(_SEATS.c.council_id == council).order_by(_SEATS.c.seat))


def marking(every: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those seats that mark."""
    return [seat for seat in every if seat["position"] in MARKING]


def of_person(tx: Connection, person: int) -> dict[str, Any] | None:
    """The seat of the person in a council of now, with its ``province_code``."""
    rows = (
        select(_SEATS, _COUNCILS.c.province_code)
        .join(_COUNCILS, _COUNCILS.c.id == _SEATS.c.council_id)
        .where(_SEATS.c.person_id == person, _COUNCILS.c.ended_at.is_(None))
        .order_by(_COUNCILS.c.id.desc())
    )
    return _one(tx, rows.limit(1))


def invite(tx: Connection, council: int, seat: int, code: str, until: datetime) -> None:
    """Let whoever has the code come to the seat until then; nobody else sits there any more."""
    mine = (_SEATS.c.council_id == council, _SEATS.c.seat == seat)
    anew = {"hashed": _hashed(code), "until": until, "person_id": None}
    tx.execute(update(_SEATS).where(*mine).values(anew))


def sit(tx: Connection, code: str, person: int, now: datetime) -> dict[str, Any] | None:
    """Seat the person where the code leads, once; None when it is wrong, used or too old."""
    current_ = select(_COUNCILS.c.id).where(_COUNCILS.c.ended_at.is_(None))
    good = (_SEATS.c.hashed == _hashed(code), _SEATS.c.until > now)
    here = _SEATS.c.council_id.in_(current_)
    taken = update(_SEATS).where(*good, here).values(person_id=person, hashed=None, until=None)
    row = tx.execute(taken.returning(_SEATS.c.council_id, _SEATS.c.seat)).first()
    if row is None:
        return None
    taken_ = and_(_SEATS.c.council_id == row[0], _SEATS.c.seat == row[1])
    others = (_SEATS.c.person_id == person, ~taken_)
    tx.execute(update(_SEATS).where(*others).values(person_id=None))  # one seat is one voice
    return of_person(tx, person)


def leave(tx: Connection, person: int) -> None:
    """Let the person sit nowhere; the seats stay."""
    tx.execute(update(_SEATS).where(_SEATS.c.person_id == person).values(person_id=None))


# -- its meetings ----------------------------------------------------------------------------------


def call(
    tx: Connection,
    council: dict[str, Any],
    values: dict[str, Any],
    dossiers: Mapping[int, str | None],
    now: datetime,
) -> int:
    """Open a meeting on these dossiers, in that order, each with its table if it chose one; its id.

    They are marked on the table of that moment, whatever is chosen later.
    """
    number = counters.following(tx, f"sitting-{council['province_code']}-{values['day'].year}")
    row = {**values, "council_id": council["id"], "number": number, "made_at": now, "status": _OPEN}
    made = insert(_SITTINGS).values(row).returning(_SITTINGS.c.id)
    sitting = int(tx.execute(made).scalar_one())
    rows = [
        {"sitting_id": sitting, "dossier_id": dossier, "place": place, "variant": variant}
        | {"turn": 1, "refused": ""}
        for place, (dossier, variant) in enumerate(dossiers.items(), 1)
    ]
    insert_all(tx, _AGENDA, rows)
    return sitting


def last_sitting(tx: Connection, council: int) -> dict[str, Any] | None:
    """The newest meeting of a council."""
    mine = select(_SITTINGS).where(_SITTINGS.c.council_id == council)
    return _one(tx, mine.order_by(_SITTINGS.c.id.desc()).limit(1))


def undecided(tx: Connection, province: str) -> dict[str, Any] | None:
    """The oldest meeting in the province that is closed and waits for its decision."""
    of_it = select(_COUNCILS.c.id).where(_COUNCILS.c.province_code == province)
    closed = (_SITTINGS.c.council_id.in_(of_it), _SITTINGS.c.status == _CLOSED)
    return _one(tx, select(_SITTINGS).where(*closed).order_by(_SITTINGS.c.id).limit(1))


def lock(tx: Connection, sitting: int) -> None:
    """Let nobody mark in the meeting, or end it, before this transaction ends."""
    tx.execute(select(_SITTINGS.c.id).where(_SITTINGS.c.id == sitting).with_for_update())


def sitting(tx: Connection, number: int) -> dict[str, Any] | None:
    """The meeting of that id."""
    return _one(tx, select(_SITTINGS).where(_SITTINGS.c.id == number))


def sittings_by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These meetings, wherever they are."""
    return _many(tx, select(_SITTINGS).where(_SITTINGS.c.id.in_(ids))) if ids else []


def is_open(tx: Connection, sitting: int) -> bool:
    """Whether members may still mark; if so, nobody closes it before this transaction ends."""
    mine = select(_SITTINGS.c.status).where(_SITTINGS.c.id == sitting)
    return bool(tx.execute(mine.with_for_update(read=True)).scalar() == _OPEN)


@scoped("dossiers")
def waiting(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The dossiers of the area that were found whole and are before no meeting yet.

    Of one that came before a meeting and was found whole again since, that meeting is over. One has
    ``put_off``: whether opinions on it were asked, and it is to come before a meeting by that.
    """
    asked = (
        select(_AGENDA.c.dossier_id)
        .join(_SITTINGS, _SITTINGS.c.id == _AGENDA.c.sitting_id)
        .where(_AGENDA.c.dossier_id == _DOSSIERS.c.id)
    )
    ended = _SITTINGS.c.closed_at >= _DOSSIERS.c.checked_at
    before = asked.where(or_(_SITTINGS.c.status == _OPEN, and_(ended, _AGENDA.c.to_meeting == "")))
    put_off = asked.where(ended, _AGENDA.c.to_meeting != "").exists()
    whole = (_DOSSIERS.c.status == "open", _DOSSIERS.c.checked_at.is_not(None))
    rows = _here(scope).add_columns(put_off.label("put_off")).where(*whole, ~before.exists())
    return _many(tx, rows.order_by(_DOSSIERS.c.checked_at, _DOSSIERS.c.id).limit(most))


@scoped("dossiers")
def before(tx: Connection, scope: Scope, sitting: int) -> list[dict[str, Any]]:
    """The dossiers before a meeting, in their order, each with the columns of the agenda too."""
    return before_these(tx, scope, [sitting])


@scoped("dossiers")
def before_these(tx: Connection, scope: Scope, sittings: Sequence[int]) -> list[dict[str, Any]]:
    """The same of several meetings, meeting by meeting."""
    names = ("place", "turn", "refused", "points_of", "points_by", "to_meeting")
    columns = [_AGENDA.c[name] for name in names]
    rows = (
        _here(scope)
        .add_columns(*columns, _AGENDA.c.sitting_id, _AGENDA.c.star.label("given"))
        .add_columns(_AGENDA.c.variant.label("table"))
        .join(_AGENDA, _AGENDA.c.dossier_id == _DOSSIERS.c.id)
        .where(_AGENDA.c.sitting_id.in_(sittings))
    )
    return _many(tx, rows.order_by(_AGENDA.c.sitting_id, _AGENDA.c.place))


def history(tx: Connection, dossier: int) -> list[dict[str, Any]]:
    """The meetings that a dossier was before, with what came of it there, in their order."""
    names = ("number", "day", "status", "decision", "decided_on", "written")
    columns = [_SITTINGS.c[name] for name in names]
    rows = (
        select(_AGENDA, *columns)
        .join(_SITTINGS, _SITTINGS.c.id == _AGENDA.c.sitting_id)
        .where(_AGENDA.c.dossier_id == dossier)
    )
    return _many(tx, rows.order_by(_AGENDA.c.sitting_id))


def asked_before(tx: Connection, sitting: int, dossier: int) -> int | None:
    """The asking of opinions by which the same council put a dossier off to that meeting.

    One in which it was marked on another table of its sheet is none.
    """
    here = _AGENDA.alias()
    of_it = select(_SITTINGS.c.council_id).where(_SITTINGS.c.id == sitting).scalar_subquery()
    same = (
        here.c.sitting_id == sitting,
        here.c.dossier_id == _AGENDA.c.dossier_id,
        here.c.variant.is_not_distinct_from(_AGENDA.c.variant),
    )
    last = (
        select(func.max(_SITTINGS.c.id))
        .join(_AGENDA, _AGENDA.c.sitting_id == _SITTINGS.c.id)
        .join(here, and_(*same))
        .where(_AGENDA.c.dossier_id == dossier, _AGENDA.c.to_meeting != "")
        .where(_SITTINGS.c.council_id == of_it, _SITTINGS.c.id < sitting)
    )
    found: int | None = tx.execute(last).scalar()
    return found


def attend(tx: Connection, sitting: int, present: Collection[int]) -> None:
    """Note who is there, in place of what was noted before."""
    tx.execute(delete(_PRESENT).where(_PRESENT.c.sitting_id == sitting))
    insert_all(tx, _PRESENT, [{"sitting_id": sitting, "seat": seat} for seat in sorted(present)])


def present(tx: Connection, sitting: int) -> frozenset[int]:
    """The seats whose people are there."""
    rows = tx.execute(select(_PRESENT.c.seat).where(_PRESENT.c.sitting_id == sitting))
    return frozenset(row[0] for row in rows)


def count_present(tx: Connection, sittings: Sequence[int]) -> dict[int, int]:
    """How many are there at each of these meetings; where nobody is, it is left out."""
    there = select(_PRESENT.c.sitting_id, func.count()).where(_PRESENT.c.sitting_id.in_(sittings))
    return {row[0]: row[1] for row in tx.execute(there.group_by(_PRESENT.c.sitting_id))}


def again(tx: Connection, sitting: int, dossier: int) -> int:
    """Let a product be marked anew; which turn that is. The earlier marks stay."""
    mine = (_AGENDA.c.sitting_id == sitting, _AGENDA.c.dossier_id == dossier)
    up = update(_AGENDA).where(*mine).values(turn=_AGENDA.c.turn + 1)
    return int(tx.execute(up.returning(_AGENDA.c.turn)).scalar_one())


def drop(tx: Connection, sitting: int, dossier: int) -> bool:
    """Take a product off the agenda; the places of the others stay.

    True when it was the last: then there is no meeting any more.
    """
    mine = (_AGENDA.c.sitting_id == sitting, _AGENDA.c.dossier_id == dossier)
    tx.execute(delete(_AGENDA).where(*mine))
    if tx.execute(select(_AGENDA.c.place).where(_AGENDA.c.sitting_id == sitting)).first():
        return False
    tx.execute(delete(_PRESENT).where(_PRESENT.c.sitting_id == sitting))
    tx.execute(delete(_SITTINGS).where(_SITTINGS.c.id == sitting))
    return True


def turn_of(tx: Connection, sitting: int, dossier: int) -> int | None:
    """The turn in which a product is marked now; None for one that is out, put off, not there."""
    mine = (_AGENDA.c.sitting_id == sitting, _AGENDA.c.dossier_id == dossier)
    stays = (_AGENDA.c.refused == "", _AGENDA.c.to_meeting == "")
    found: int | None = tx.execute(select(_AGENDA.c.turn).where(*mine, *stays)).scalar()
    return found


def holds(tx: Connection, dossier: int) -> bool:
    """Whether a council has it: before it, or waiting for the decision or the ministry's word."""
    mine = select(_AGENDA.c.star).join(_SITTINGS, _SITTINGS.c.id == _AGENDA.c.sitting_id)
    goes_up = and_(_SITTINGS.c.status == _DECIDED, _AGENDA.c.star >= _UP)
    has_it = and_(_SITTINGS.c.status == _CLOSED, _AGENDA.c.to_meeting == "")
    stands = or_(_SITTINGS.c.status == _OPEN, has_it, goes_up)
    return tx.execute(mine.where(_AGENDA.c.dossier_id == dossier, stands)).first() is not None


@scoped("dossiers")
def gone_up(tx: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The dossiers of the area of which the ministry's word is waited for, the oldest first."""
    rows = (
        _here(scope)
        .add_columns(_AGENDA.c.place, _SITTINGS.c.number.label("sitting_number"))
        .join(_AGENDA, _AGENDA.c.dossier_id == _DOSSIERS.c.id)
        .join(_SITTINGS, _SITTINGS.c.id == _AGENDA.c.sitting_id)
        .where(_SITTINGS.c.status == _DECIDED, _AGENDA.c.star >= _UP, _DOSSIERS.c.status == "open")
    )
    return _many(tx, rows.order_by(_AGENDA.c.sitting_id, _AGENDA.c.place))


def refuse(tx: Connection, sitting: int, dossier: int, why: str) -> None:
    """Note why a product is out, whatever its points; an empty reason lets it in again."""
    mine = (_AGENDA.c.sitting_id == sitting, _AGENDA.c.dossier_id == dossier)
    tx.execute(update(_AGENDA).where(*mine).values(refused=why))


def put_off(tx: Connection, sitting: int, dossiers: Mapping[int, str]) -> None:
    """Note why these are put off to a meeting; an empty reason takes one back."""
    for dossier, why in dossiers.items():
        mine = (_AGENDA.c.sitting_id == sitting, _AGENDA.c.dossier_id == dossier)
        tx.execute(update(_AGENDA).where(*mine).values(to_meeting=why))


def set_day(tx: Connection, sitting: int, day: date) -> None:
    """Move the day until when opinions are to come."""
    tx.execute(update(_SITTINGS).where(_SITTINGS.c.id == sitting).values(day=day))


def close(tx: Connection, sitting: int, results: dict[int, dict[str, Any]], now: datetime) -> bool:
    """End a meeting with what its dossiers come to; False when it was ended before.

    ``results`` are the agenda's ``star``, ``points_of`` and ``points_by``, or its ``to_meeting``,
    by dossier. Where all have that, nothing is left to be decided.
    """
    open_ = (_SITTINGS.c.id == sitting, _SITTINGS.c.status == _OPEN)
    moved = results and all(each.get("to_meeting") for each in results.values())
    values = {"status": _MOVED if moved else _CLOSED, "closed_at": now}
    ended = update(_SITTINGS).where(*open_).values(values)
    if not tx.execute(ended).rowcount:
        return False
    for dossier, values in results.items():
        mine = (_AGENDA.c.sitting_id == sitting, _AGENDA.c.dossier_id == dossier)
        tx.execute(update(_AGENDA).where(*mine).values(values))
    return True


def decide(tx: Connection, sitting: int, decision: str, day: date) -> bool:
    """Note the decision that gives the stars of a closed meeting, once."""
    closed = and_(_SITTINGS.c.id == sitting, _SITTINGS.c.status == _CLOSED)
    values = {"status": _DECIDED, "decision": decision, "decided_on": day}
    return bool(tx.execute(update(_SITTINGS).where(closed).values(values)).rowcount)


def sittings(tx: Connection, province: str, year: int) -> list[dict[str, Any]]:
    """The meetings of a province in a year, the first of them first."""
    of_it = select(_COUNCILS.c.id).where(_COUNCILS.c.province_code == province)
    span = _SITTINGS.c.day.between(date(year, 1, 1), date(year, 12, 31))
    rows = select(_SITTINGS).where(_SITTINGS.c.council_id.in_(of_it), span)
    return _many(tx, rows.order_by(_SITTINGS.c.day, _SITTINGS.c.id))


def _here(scope: Scope) -> Select[Any]:
    joined = _PRODUCERS.c.id == _DOSSIERS.c.producer_id
    columns = (_DOSSIERS, _PRODUCERS.c.name.label("producer"), _PRODUCERS.c.commune_code)
    return select(*columns).join(_PRODUCERS, joined).where(scope.here(_PRODUCERS.c))


def _one(tx: Connection, rows: Select[Any]) -> dict[str, Any] | None:
    row = tx.execute(rows).mappings().first()
    return dict(row) if row else None


def _many(tx: Connection, rows: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.execute(rows).mappings()]


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
