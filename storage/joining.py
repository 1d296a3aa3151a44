"""What those say who were told of a fair, a training or a buyer, and what came of it.

A correction is told under a number of its own, but answers are those to the first: its row holds
the person's answer, what whoever joins needs there, and the results.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from programme.firings import day_of
from programme.folding import fold
from storage import corrections
from storage.announcements import AnnouncementRow
from storage.certificates import CertificateRow
from storage.consents import DOSSIER, ConsentRow
from storage.database import table_of
from storage.dossiers import DossierRow
from storage.fairs import FairRow
from storage.ideas import IdeaRow
from storage.officers import Scope
from storage.outbox import OutboxRow
from storage.persons import Chat
from storage.producers import ProducerRow
from storage.recipients import NEWS, PERHAPS, SENT, RecipientRow
from storage.scoped import scoped

JOIN, NO, ASK = "join", "no", "ask"
ASKING = ("fair", "training", "buyer")  # the kinds that want an answer
_A = table_of(AnnouncementRow)
_R = table_of(RecipientRow)
_P = table_of(ProducerRow)
_C = table_of(CertificateRow)
_F = table_of(FairRow)
_O = table_of(OutboxRow)
_D = table_of(DossierRow)
_I = table_of(IdeaRow)
_CONSENTS = table_of(ConsentRow)
_CAME = or_(_R.c.status == SENT, _R.c.reason == PERHAPS)
# Who took back that we keep anything of theirs, or was erased, stands on no list of an office.
KEPT = exists().where(
    _CONSENTS.c.person_id == _R.c.person_id,
    _CONSENTS.c.purpose == DOSSIER,
    _CONSENTS.c.withdrawn_at.is_(None),
)
_OWN = ("answer", "answered_at", "needs", "results", "producer_id", "letter_id", "channel")


# -- for who was told ------------------------------------------------------------------------------


def told(tx: Connection, person: int) -> list[dict[str, Any]]:
    """What the person was told of and may answer, the newest first; of corrections the first.

    Each is the announcement, as it was put right last, with the person's own ``answer``,
    ``answered_at``, ``needs``, ``results`` and ``producer_id``, and with ``off``: whether it was
    called off.
    """
    asking = (_R.c.person_id == person, _CAME, _A.c.kind.in_(ASKING), _A.c.corrects.is_(None))
    rows = [dict(row) for row in tx.execute(_answerable().where(*asking)).mappings()]
    newest = corrections.newest(tx, [row["id"] for row in rows])
    return [{**row, "said": newest.get(row["id"], row["said"])} for row in rows]


def by_letter(tx: Connection, person: int, chat: Chat) -> dict[str, Any] | None:
    """What the newest thing in that chat that can be answered by a number asks, if it is ours.

    Beside what ``told`` gives it has ``asked_at``: since when it, or its correction, is there.
    """
    here = (_O.c.channel == chat.channel, _O.c.bot == chat.bot, _O.c.chat == chat.chat)
    mine = select(_R.c.letter_id, _R.c.announcement_id, _A.c.corrects, _R.c.at).join(
        _A, _A.c.id == _R.c.announcement_id
    )
    mine = mine.where(_R.c.person_id == person, _CAME, _A.c.kind.in_(ASKING))
    last = tx.execute(mine.where(_R.c.letter_id.is_not(None)).order_by(_R.c.letter_id.desc()))
    row = last.first()
    if row is None or tx.execute(select(_O.c.id).where(*here, _O.c.id == row[0])).first() is None:
        return None
    later = (*here, _O.c.id > row[0], or_(_O.c.prompt.is_not(None), _O.c.choices != "[]"))
    if tx.execute(select(_O.c.id).where(*later).limit(1)).first():
        return None
    first = row[2] or row[1]
    asked = {"asked_at": row[3]}
    return next(({**one, **asked} for one in told(tx, person) if one["id"] == first), None)


def _answerable() -> Select[Any]:
    own = [_R.c[name].label(name) for name in _OWN if name != "channel"]
    joined = _R.join(_A, _A.c.id == _R.c.announcement_id)
    off = _A.c.called_off_at.is_not(None).label("off")
    return select(_A, *own, off).select_from(joined).order_by(_A.c.id.desc())


def answer(tx: Connection, announcement: int, person: int, said: str, now: datetime) -> None:
    """Keep the answer in place of what was answered before."""
    _keep(tx, announcement, person, answer=said, answered_at=now)


def keep_needs(tx: Connection, announcement: int, person: int, needs: Mapping[str, Any]) -> None:
    """Keep what whoever joins needs there."""
    _keep(tx, announcement, person, needs=json.dumps(needs, ensure_ascii=False))


def keep_results(
    tx: Connection, announcement: int, person: int, results: Mapping[str, Any]
) -> None:
    """Keep what came of it."""
    _keep(tx, announcement, person, results=json.dumps(results, ensure_ascii=False))


def _keep(tx: Connection, announcement: int, person: int, **values: Any) -> None:
    mine = (_R.c.announcement_id == announcement, _R.c.person_id == person)
    tx.execute(update(_R).where(*mine).values(values))


# -- for the office --------------------------------------------------------------------------------


@scoped("announcements")
def counted(tx: Connection, scope: Scope, announcement: int) -> dict[str, Any] | None:
    """How many answered what, as ``id``, ``told``, ``join``, ``no``, ``ask`` and ``silent``."""
    mine = select(_R.c.answer, func.count()).join(_A, _A.c.id == _R.c.announcement_id)
    mine = mine.where(_A.c.id == announcement, _CAME, KEPT, scope.here(_A.c))
    found: Counter[str] = Counter()
    for said, count in tx.execute(mine.group_by(_R.c.answer)):
        found[said or "silent"] += count
    if not found:
        return None
    names = (JOIN, NO, ASK, "silent")
    return {"id": announcement, "told": found.total(), **{name: found[name] for name in names}}


@scoped("producers")
def who(
    tx: Connection, scope: Scope, announcement: int, answers: Sequence[str], most: int = 500
) -> list[dict[str, Any]]:
    """Who answered so, each with their producer's columns; ``""`` is no answer yet."""
    said = [_R.c.answer == each if each else _R.c.answer.is_(None) for each in answers]
    own = [_R.c[name].label(name) for name in ("person_id", *_OWN)]
    columns = [_P.c[name].label(name) for name in _OF_PRODUCER]
    joined = _R.join(_A, _A.c.id == _R.c.announcement_id)
    rows = (
        select(_R.c.announcement_id, _P.c.id, *own, *columns)
        .select_from(joined.outerjoin(_P, _P.c.id == _R.c.producer_id))
        .where(_A.c.id == announcement, _CAME, KEPT, or_(*said), scope.here(_A.c))
        .where(or_(_P.c.id.is_(None), scope.here(_P.c)))  # who has moved away is another office's
        .order_by(_R.c.answered_at, _R.c.person_id)
        .limit(most)
    )
    return [dict(row) for row in tx.execute(rows).mappings()]


_OF_PRODUCER = (
    *("name", "kind", "registration", "address", "commune", "representative", "phone", "email"),
)


def certified(tx: Connection, producers: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The certificates of these producers by their number, the highest star first."""
    mine = (_C.c.producer_id.in_(producers), _C.c.revoked_on.is_(None))
    found: dict[int, list[dict[str, Any]]] = {}
    for row in tx.execute(select(_C).where(*mine).order_by(_C.c.star.desc(), _C.c.id)).mappings():
        found.setdefault(row["producer_id"], []).append(dict(row))
    return found


def goods(tx: Connection, producer: int) -> list[str]:
    """What the producer makes, each name once: what has a certificate first."""
    of_these = (
        select(_C.c.name).where(_C.c.producer_id == producer).order_by(_C.c.star.desc(), _C.c.id),
        select(_D.c.name).where(_D.c.producer_id == producer, _D.c.status == "open"),
        select(_I.c.name).where(_I.c.producer_id == producer, _I.c.status == "submitted"),
    )
    found: dict[str, str] = {}
    for name in (row[0] for some in of_these for row in tx.execute(some)):
        found.setdefault(fold(name), name)
    return list(found.values())


# -- for the clock ---------------------------------------------------------------------------------


class Days(NamedTuple):
    """When a fair that was announced begins and ends, and till when one can answer."""

    starts: date
    ends: date
    answer_by: date


def days(tx: Connection, fair: int) -> Days | None:
    """The days of the fair; None for one that was not announced, or was called off."""
    began = or_(_A.c.started_at.is_not(None), _A.c.send_at.is_not(None))
    newest = select(_F.c.starts, _F.c.ends, _A.c.use_by).join(_A, _A.c.fair_id == _F.c.id)
    newest = newest.where(_F.c.id == fair, _F.c.cancelled.is_(False), began)
    row = tx.execute(newest.order_by(_A.c.id.desc()).limit(1)).first()
    if row is None or not row[0]:
        return None
    last = day_of(row[2] - timedelta(seconds=1))
    return Days(date.fromisoformat(row[0]), date.fromisoformat(row[1] or row[0]), last)


def _of(fair: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Of those whom the fair was announced to and who want to hear of such things."""
    welcome = exists().where(
        _CONSENTS.c.person_id == _R.c.person_id,
        _CONSENTS.c.purpose == NEWS,
        _CONSENTS.c.withdrawn_at.is_(None),
    )
    chosen = select(_R.c.person_id.label("person"), _A.c.fair_id.label("subject"))
    joined = chosen.select_from(_R.join(_A, _A.c.id == _R.c.announcement_id))
    return joined.where(_A.c.fair_id == fair, _A.c.corrects.is_(None), welcome, *conditions)


def joiners(fair: Any, day: Any) -> Select[Any]:
    """Who joins the fair, as rows of ``person``, ``subject`` and ``day``."""
    return _of(fair, _R.c.answer == JOIN).add_columns(day.label("day"))


def silent(fair: Any, day: Any, since: Any) -> Select[Any]:
    """Who was told of the fair before that moment and has not answered."""
    quiet = (_CAME, _R.c.at <= since, _R.c.answer.is_(None))
    return _of(fair, *quiet).add_columns(day.label("day"))


def unreported(fair: Any, day: Any) -> Select[Any]:
    """Who joined the fair and has not said what came of it."""
    return _of(fair, _R.c.answer == JOIN, _R.c.results.is_(None)).add_columns(day.label("day"))
