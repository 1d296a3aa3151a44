"""What offices did in years with the dossiers of benchmarks.digest, for those who look at it.

Ideas and verdicts on them, papers with pages, marks that producers gave themselves, councils with
their meetings and every member's sheet, announcements with their lists, tasks, inspections, letters
that went, and a log of all deeds.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select, update
from sqlalchemy import Row as Found
from sqlmodel import SQLModel

from benchmarks import digest
from benchmarks.digest import BAN_LIEN, LAO_CAI, NOW, Row
from programme import ruleset
from programme.roles import Role
from programme.sheets import sheet
from programme.targets import KINDS
from storage import officers, persons
from storage.announcements import AnnouncementRow
from storage.audit import AuditRow
from storage.ballots import BallotRow
from storage.claims import ClaimRow
from storage.councils import AgendaRow, CouncilRow, PresenceRow, SeatRow, SittingRow
from storage.counters import CounterRow
from storage.database import Transaction, insert_all, table_of
from storage.dossiers import DossierRow
from storage.files import FileRow
from storage.ideas import IdeaRow
from storage.inspections import InspectionRow
from storage.outbox import OutboxRow
from storage.papers import PaperPageRow, PaperRow
from storage.persons import Chat
from storage.producers import ProducerRow
from storage.questions import QuestionRow
from storage.recipients import RecipientRow
from storage.reviews import ReviewRow
from storage.supports import SupportRow
from storage.targets import CountedTargetRow
from storage.tasks import TaskRow

PAGE = "0" * 64  # the one file that all pages are
_SEATS, _BEFORE_ONE = 9, 25  # members of a council, dossiers before a meeting
_EVERYWHERE, _A_PROVINCE = 10, 3  # announcements
_FOUR = ("local_material", "local_labour", "idea_origin", "local_identity")


class Looker(NamedTuple):
    """Who looks at the country, from which chat, as what, and where."""

    person: int
    chat: Chat
    role: Role
    area: str


_LOOK = (
    (Role.ADMINISTRATOR, ""),
    (Role.PROVINCE, LAO_CAI),
    (Role.COMMUNE, BAN_LIEN),
    (Role.SECRETARY, LAO_CAI),
    (Role.MEMBER, LAO_CAI),
)


def fill(
    tx: Transaction, count: int, known: list[tuple[str, str]] | None = None, times: int = 1
) -> None:
    """A country of so many dossiers, in all communes or in those that are ``known``.

    There is so many ``times`` as much of what belongs to one of them, or to one province.
    """
    known = known or digest.homes()
    digest.fill(tx, count, known, 2 * times)
    chance = random.Random(7)
    dossiers = _dossiers(tx, chance, times)
    _ask(tx)
    _appoint(tx, known)
    one, member = lookers(tx)[0].person, lookers(tx)[-1].person
    _put(tx, ClaimRow, (claim for each in dossiers if each.filed_at for claim in _claims(each)))
    _put(tx, FileRow, [{"sha256": PAGE, "mime": "image/png", "size": 1, "at": NOW}])
    numbers = [row[0] for row in tx.execute(select(table_of(PaperRow).c.id))]
    sheets = [{"position": n, "file": PAGE} for n in range(1, times + 1)]
    _put(tx, PaperPageRow, ({"paper_id": n} | sheet for n in numbers for sheet in sheets))
    _meet(tx, [each for each in dossiers if each.checked_at], one, _BEFORE_ONE // times)
    first_seat = update(table_of(SeatRow)).where(table_of(SeatRow).c.seat == 1)
    tx.execute(first_seat.where(_in_council_of(LAO_CAI)).values(person_id=member))
    _put(tx, ReviewRow, _verdicts(tx, one, times))
    _announce(tx, dossiers, one, times)
    some = chance.sample(dossiers, count // 10)
    _put(tx, TaskRow, (_task(n, each, one) for n, each in enumerate(some, 1)))
    _put(tx, SupportRow, (_support(n, each, one) for n, each in enumerate(some, 1)))
    _put(tx, CountedTargetRow, _targets(dossiers, one))
    _put(tx, InspectionRow, (_inspection(n, each, one) for n, each in enumerate(some, 1)))
    _put(tx, OutboxRow, (_letter(each) for each in dossiers for _ in "ab"))
    _put(tx, AuditRow, (_deed(n, one) for n in range(1, count * 2 + 1)))
    _put(tx, CounterRow, [{"name": "audit", "last": count * 2}])


def lookers(tx: Transaction) -> list[Looker]:
    """Who looks at the country."""
    chats = [_chat(number) for number in range(len(_LOOK))]
    people = persons.meet(tx, chats, NOW)
    return [Looker(people[chat], chat, *about) for chat, about in zip(chats, _LOOK, strict=True)]


def _chat(number: int) -> Chat:
    return Chat("console", "console", f"officer-{number}")


def _in_council_of(province: str) -> ColumnElement[bool]:
    councils = table_of(CouncilRow).c
    mine = select(councils.id).where(councils.province_code == province)
    return table_of(SeatRow).c.council_id.in_(mine)


def _put(tx: Transaction, row: type[SQLModel], rows: Iterable[Row]) -> None:
    insert_all(tx, table_of(row), list(rows))


def _ask(tx: Transaction) -> None:
    """Let each question be asked by who acts for a producer, where that one is."""
    questions, producers = table_of(QuestionRow), table_of(ProducerRow).c
    whose = producers.id == questions.c.number
    where = {
        name: select(producers[name]).where(whose).scalar_subquery()
        for name in ("commune_code", "province_code")
    }
    tx.execute(update(questions).values(producer_id=questions.c.number, **where))


def _appoint(tx: Transaction, known: list[tuple[str, str]]) -> None:
    """Who looks, and an officer in each other province and in every second commune."""
    areas = {*(commune for commune, _ in known[::2]), *(province for _, province in known)}
    others = [(officers.usual(area), area) for area in sorted(areas - {BAN_LIEN, LAO_CAI})]
    wanted = [*_LOOK, *others]
    people = persons.meet(tx, [_chat(number) for number in range(len(wanted))], NOW)
    for number, (role, area) in enumerate(wanted):
        officers.appoint(tx, people[_chat(number)], area, NOW - timedelta(days=1), role)


# -- dossiers and ideas ----------------------------------------------------------------------------


def _dossiers(tx: Transaction, chance: random.Random, photos: int) -> list[Found[Any]]:
    """All of them, each with an idea; of those that were sent up some were found whole."""
    dossiers, producers = table_of(DossierRow), table_of(ProducerRow)
    columns = (dossiers, producers.c.commune_code, producers.c.province_code)
    every = select(*columns).join(producers, producers.c.id == dossiers.c.producer_id)
    found = tx.execute(every.order_by(dossiers.c.id)).all()
    _put(tx, IdeaRow, (_idea(each, chance, photos) for each in found))
    tx.execute(update(dossiers).values(idea_id=dossiers.c.id, planned_at=NOW))
    whole = (dossiers.c.sent_up_at.is_not(None), dossiers.c.id % 3 > 0)
    tx.execute(update(dossiers).where(*whole).values(checked_at=NOW - timedelta(days=30)))
    return list(tx.execute(every.order_by(dossiers.c.id)))


def _idea(of: Found[Any], chance: random.Random, photos: int) -> Row:
    judged = chance.random() < 0.9
    told = {
        "producer": {"value": of.producer_id, "label": "HTX"},
        "set": {"number": of.product_set, "name": "Gạo"},
        "materials": [{"name": "thóc", "shares": {"commune": 100, "province": 100}}],
        "labour": {"total": 5, "local": 5},
        "special": "giống cũ",
        "papers": ["registration"],
        "photos": [PAGE] * photos,
    }
    return {
        "id": of.id,
        "number": f"YT-2026-{of.id:04d}",
        "name": of.name,
        "producer_id": of.producer_id,
        "person_id": of.person_id,
        "run": 1,
        "form_version": 2,
        "product_set": of.product_set,
        "stage": "existing",
        "commune_code": of.commune_code,
        "answers": json.dumps(told, ensure_ascii=False),
        "submitted_at": of.made_at,
        "verdict": "accepted" if judged else None,
        "turns": int(judged),
    }


def _claims(of: Found[Any]) -> Iterator[Row]:
    for line in sheet(ruleset.rule_set(of.rules), of.product_set).criteria:
        option = line.open_to(None)[-1].key
        about = {"dossier_id": of.id, "criterion": line.id, "option": option}
        yield {**about, "person_id": of.person_id, "at": NOW}


# -- councils --------------------------------------------------------------------------------------


def _meet(tx: Transaction, whole: list[Found[Any]], by: int, most: int) -> None:
    """A council in each province, which met on its dossiers, so many each time, the last is on."""
    places_: dict[str, list[int]] = defaultdict(list)
    for each in whole:
        places_[each.province_code].append(each.id)
    sittings = []
    for council, (province, ids) in enumerate(sorted(places_.items()), 1):
        made = {"id": council, "province_code": province, "decision": "1/QĐ-UBND", "made_by": by}
        _put(tx, CouncilRow, [made | {"decided_on": NOW.date(), "made_at": NOW}])
        seats = ("chairman", *["member"] * (_SEATS - 1))
        about = [{"council_id": council, "seat": n, "position": p} for n, p in enumerate(seats, 1)]
        _put(tx, SeatRow, (each | {"name": f"{each['seat']}"} for each in about))
        parts = [ids[at : at + most] for at in range(0, len(ids), most)]
        sittings += [(council, n, part, n < len(parts)) for n, part in enumerate(parts, 1)]
    _put(tx, SittingRow, (_sitting(n, each, by) for n, each in enumerate(sittings, 1)))
    for number, (_, _, part, ended) in enumerate(sittings, 1):
        there = [{"sitting_id": number, "seat": seat} for seat in range(1, _SEATS + 1)]
        _put(tx, PresenceRow, there)
        agenda = [{"sitting_id": number, "dossier_id": d} for d in part]
        results = {"star": 3, "points_of": 600, "points_by": 10} if ended else {}
        _put(tx, AgendaRow, ({**row, **results, "place": n} for n, row in enumerate(agenda, 1)))
        _put(tx, BallotRow, (_ballot(row | seat, by) for row in agenda for seat in there))


def _sitting(number: int, told: tuple[int, int, list[int], bool], by: int) -> Row:
    council, at, _, ended = told
    about = {"id": number, "council_id": council, "number": at, "made_by": by, "made_at": NOW}
    closed = {"status": "decided", "closed_at": NOW, "decision": "2/QĐ-UBND"} if ended else {}
    closed = {"status": "open", "closed_at": None, "decision": ""} | closed
    return {**about, **closed, "day": NOW.date() - timedelta(days=at)}


def _ballot(which: Row, by: int) -> Row:
    marks = {line.id: line.options[-1].key for line in sheet(ruleset.newest(), 3).criteria}
    about = {"turn": 1, "marks": json.dumps(marks), "person_id": by}
    return {**which, **about, "changed_at": NOW, "handed_in_at": NOW}


# -- what was said ---------------------------------------------------------------------------------


def _verdicts(tx: Transaction, by: int, turns: int) -> Iterator[Row]:
    """One a turn on each idea and paper that was judged, four on each dossier that was sent up."""
    said = {"turn": 1, "person_id": by, "at": NOW, "verdict": "accepted", "about": ""}
    for kind, table in (("idea", table_of(IdeaRow)), ("paper", table_of(PaperRow))):
        judged = select(table.c.id).where(table.c.verdict.is_not(None))
        for number in tx.execute(judged).scalars():
            one = said | {"kind": kind, "subject": number}
            yield from (one | {"turn": turn} for turn in range(1, turns + 1))
    dossiers = table_of(DossierRow)
    gone = tx.execute(select(dossiers.c.id).where(dossiers.c.sent_up_at.is_not(None)))
    for number in gone.scalars():
        one = said | {"kind": "dossier", "subject": number, "verdict": "met"}
        every = (one | {"about": name} for name in _FOUR)
        yield from (each | {"turn": turn} for each in every for turn in range(1, turns + 1))


def _announce(tx: Transaction, dossiers: list[Found[Any]], by: int, times: int) -> None:
    """To a fifth of everybody several times, and to all of each province; some are going out."""
    provinces = sorted({each.province_code for each in dossiers})
    areas = [*[""] * _EVERYWHERE, *provinces * _A_PROVINCE] * times
    told = {"name": "Hội chợ", "text": "Mời bà con", "office": "tỉnh Lào Cai"}
    for number, area in enumerate(areas, 1):
        here = [e for e in dossiers if e.province_code == area] if area else dossiers[number::5]
        going = number % 5 == 0
        about = {"id": number, "number": f"TB-2026-{number:04d}", "kind": "other", "made_by": by}
        about |= {"poster": PAGE}
        where = {"province_code": area, "said": json.dumps(told), "aim": "{}", "made_at": NOW}
        status = {"status": "sending" if going else "done", "previewed": len(here)}
        _put(tx, AnnouncementRow, [about | where | status])
        _put(tx, RecipientRow, (_recipient(number, n, each, going) for n, each in enumerate(here)))


def _recipient(number: int, at: int, of: Found[Any], going: bool) -> Row:
    waits = going and at % 2
    reason = None if waits or at % 10 else "blocked"
    status = "queued" if waits else "refused" if reason else "sent"
    about = {"announcement_id": number, "person_id": of.person_id, "producer_id": of.producer_id}
    return {**about, "status": status, "reason": reason, "at": NOW, "channel": "browser"}


def _task(number: int, of: Found[Any], by: int) -> Row:
    where = {"commune_code": of.commune_code, "province_code": of.province_code, "unit": "xã"}
    status = {"status": "given" if number % 2 else "done", "due": of.council, "number": number}
    return {**where, **status, "deed": "rà soát", "batch": 1, "given_by": by, "given_at": NOW}


def _support(number: int, of: Found[Any], by: int) -> Row:
    where = {"commune_code": of.commune_code, "province_code": of.province_code}
    about = {"number": number, "year": NOW.year, "unit": f"HTX {number}", "fund": f"{number % 5}"}
    return {**where, **about, "planned": 50, "paid": number % 60, "made_by": by, "made_at": NOW}


def _targets(dossiers: list[Found[Any]], by: int) -> Iterator[Row]:
    """What is wanted of each commune, of every kind."""
    told = {"year": NOW.year, "wanted": 5, "set_by": by, "set_at": NOW}
    for commune, province in sorted({(e.commune_code, e.province_code) for e in dossiers}):
        where = {"commune_code": commune, "province_code": province}
        yield from ({**told, **where, "kind": kind, "star": 0} for kind in KINDS)


def _inspection(number: int, of: Found[Any], by: int) -> Row:
    about = {"number": number, "producer_id": of.producer_id, "day": of.made_at.date()}
    about |= {"made_by": by, "made_at": NOW, "seen": json.dumps([PAGE])}
    return {**about, "status": "planned" if number % 2 else "closed"}


def _letter(to: Found[Any]) -> Row:
    where = {"channel": "browser", "bot": "demo", "chat": str(to.id), "person_id": to.person_id}
    return {**where, "text": "…", "choices": "[]", "status": "sent", "due_at": NOW, "sent_at": NOW}


def _deed(number: int, by: int) -> Row:
    about = {"seq": number, "at": NOW, "person": by, "deed": "read_paper", "kind": "paper"}
    return {**about, "subject": number, "about": "{}", "hash": f"{number:064x}"}
