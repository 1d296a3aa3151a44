"""Erasing a person: in one transaction all rows of theirs go but those that the law keeps.

What was filed with an office stays whole: the dossier, its papers and the producer whom they name
(QĐ 26/2026/QĐ-TTg, Mẫu 01 to 03; the office's duty to keep it). A certificate and what an office's
own file told stay as well. Everything else that came from the person goes.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection

from storage import audit, dossiers, on_the_way, orphans, pairings, personal, recipients, scrubbing
from storage.audit import Entry
from storage.personal import Fate, Hers

# What a person told of a producer whose name alone an office's file has.
_TOLD = {
    **dict.fromkeys(("representative", "address", "hand"), ""),
    **dict.fromkeys(("gender", "ethnicity", "phone", "email", "registration"), None),
    "tax_code": None,
    "registered_on": None,
}
_BY_PERSON = (
    *("prints", "reminders", "digests", "sessions", "steps", "memberships"),
    *("desk_links", "desk_sessions"),
    *("inbox", "intake", "link_misses", "tallies", "phone_lines", "outbox", "links", "chats"),
)


class Kept(NamedTuple):
    """The ids of what stays, by the table that it stands in."""

    dossiers: list[int]
    papers: list[int]
    ideas: list[int]
    certificates: list[int]
    producers: list[int]

    def counts(self) -> dict[str, int]:
        """How much of each stays."""
        return {name: len(ids) for name, ids in self._asdict().items()}


class Erased(NamedTuple):
    """What an erasing leaves: what stays, and the files that were the person's."""

    kept: Kept
    files: set[str]


def kept(tx: Connection, person: int) -> Kept:
    """What of the person would stay, were they erased now."""
    return _kept(tx, personal.hers(tx, person))


def erase(tx: Connection, person: int, now: datetime) -> Erased:
    """Erase the person; what stays of them afterwards is told, and is in no chat's reach."""
    she = personal.hers(tx, person)
    stays = _kept(tx, she)
    files = orphans.files_of(tx, personal.rows_of(she))
    names = scrubbing.names(tx, she, stays.producers)
    _opt_out(tx, person, now)
    _drop_questions(tx, she)
    _drop_dossiers(tx, she, stays)
    _empty(tx, she)
    _drop_producers(tx, she, stays)
    _drop_hers(tx, she)
    scrubbing.take_out(tx, she, names)
    dossiers.plan_anew(tx, dossiers.of_producers(she.producers))
    audit.append(tx, Entry(0, "erased", "person", person, stays.counts()), now)
    return Erased(stays, files | orphans.made_of(tx, files))


# -- what stays ------------------------------------------------------------------------------------


def _kept(tx: Connection, she: Hers) -> Kept:
    every = personal.tables()
    d, certificates = every["dossiers"].c, every["certificates"].c
    filed = _filed(tx, she)
    rows = tx.execute(select(d.id, d.root, d.idea_id, d.producer_id).where(d.id.in_(filed))).all()
    roots = {row.root or row.id for row in rows}
    judged = certificates.id.in_(select(every["revocations"].c.certificate_id))
    mine = or_(certificates.source.is_not(None), certificates.dossier_id.in_(filed), judged)
    proved = select(certificates.id, certificates.producer_id)
    proofs = tx.execute(proved.where(certificates.producer_id.in_(she.alone), mine)).all()
    ideas = sorted({row.idea_id for row in rows if row.idea_id} | _ideas(tx, roots))
    return Kept(
        sorted(set(filed) | roots),
        _papers(tx, sorted(roots), sorted({row.producer_id for row in rows})),
        ideas,
        [row.id for row in proofs],
        sorted({row.producer_id for row in rows}),
    )


def _filed(tx: Connection, she: Hers) -> list[int]:
    """The dossiers that an office has, or had: filed, judged, before a council, or certified."""
    every = personal.tables()
    d, certificates = every["dossiers"].c, every["certificates"].c
    certified = select(certificates.dossier_id).where(certificates.dossier_id.is_not(None))
    seen = d.id.in_(select(every["agenda"].c.dossier_id))
    had = or_(d.filed_at.is_not(None), d.turns > 0, seen, d.id.in_(certified))
    rows = select(d.id).where(d.producer_id.in_(she.alone), had)
    return list(tx.execute(rows.order_by(d.id)).scalars())


def _ideas(tx: Connection, roots: set[int]) -> set[int]:
    d = personal.tables()["dossiers"].c
    found = tx.execute(select(d.idea_id).where(d.id.in_(roots), d.idea_id.is_not(None)))
    return set(found.scalars())


def _papers(tx: Connection, roots: list[int], producers: list[int]) -> list[int]:
    """The papers of what was filed; one that was replaced before goes, if no office judged it."""
    every = personal.tables()
    p, d = every["papers"].c, every["dossiers"].c
    first = (
        select(func.min(func.coalesce(d.filed_at, d.sent_up_at, d.made_at)))
        .where(d.producer_id == p.producer_id)
        .scalar_subquery()
    )
    counts = or_(
        p.replaced_at.is_(None), p.replaced_at >= first, p.turns > 0, p.verdict.is_not(None)
    )
    of_all = p.product.is_(None) & p.producer_id.in_(producers)
    rows = select(p.id).where(counts, or_(p.product.in_(roots), of_all)).order_by(p.id)
    return list(tx.execute(rows).scalars())


# -- what goes -------------------------------------------------------------------------------------


def _opt_out(tx: Connection, person: int, now: datetime) -> None:
    """Settle what was announced to the person, so that each list still adds up."""
    on_the_way.settle(tx, now)
    every = personal.tables()["recipients"]
    open_ones = (every.c.person_id == person, every.c.status.in_(("queued", "posted")))
    out = {"status": recipients.OPTED_OUT, "reason": recipients.WITHDRAWN, "at": now}
    tx.execute(update(every).where(*open_ones).values(out))
    none = {"channel": "", "bot": "", "chat": "", "needs": None, "results": None}
    tx.execute(update(every).where(every.c.person_id == person).values(none))


def _drop_questions(tx: Connection, she: Hers) -> None:
    every = personal.tables()
    questions, remarks, reminders = every["questions"], every["remarks"], every["reminders"]
    asked = _ids(tx, questions, questions.c.person_id == she.person)
    tx.execute(delete(remarks).where(remarks.c.question_id.in_(asked)))
    tx.execute(update(questions).where(questions.c.follows.in_(asked)).values(follows=None))
    of_these = (reminders.c.kind.like("question%"), reminders.c.subject.in_(asked))
    tx.execute(delete(reminders).where(*of_these))
    tx.execute(delete(questions).where(questions.c.id.in_(asked)))


def _drop_dossiers(tx: Connection, she: Hers, stays: Kept) -> None:
    """Drop what was never filed: the dossiers, their papers, the ideas, and what was said of it."""
    every = personal.tables()
    d, p, i = every["dossiers"], every["papers"], every["ideas"]
    gone = _ids(tx, d, d.c.producer_id.in_(she.alone), d.c.id.not_in(stays.dossiers))
    papers = _ids(tx, p, p.c.producer_id.in_(she.alone), p.c.id.not_in(stays.papers))
    ideas = _ids(tx, i, i.c.producer_id.in_(she.alone), i.c.id.not_in(stays.ideas))
    for kind, ids in (("dossier", gone), ("paper", papers), ("idea", ideas)):
        reviews = every["reviews"]
        tx.execute(delete(reviews).where(reviews.c.kind == kind, reviews.c.subject.in_(ids)))
    _drop(tx, ("paper_pages", "paper_id", papers), ("papers", "id", papers))
    _drop(tx, ("claims", "dossier_id", gone), ("cycle_steps", "dossier_id", gone))
    _drop(tx, ("writings", "product", gone))
    _let_go(tx, ("questions", "dossier_id", gone), ("certificates", "dossier_id", gone))
    _let_go(tx, ("dossiers", "follows", gone), ("ideas", "follows", ideas))
    tx.execute(update(d).where(d.c.id.in_(gone)).values(root=None, follows=None, idea_id=None))
    _drop(tx, ("dossiers", "id", gone), ("ideas", "id", ideas))


def _empty(tx: Connection, she: Hers) -> None:
    """Empty in what stays who typed for her, and what an officer of that person was called."""
    for table, condition in personal.rows_of(she):
        fates = personal.fates(table.name)
        names = [name for name in ("hand", "name") if fates.get(name) == Fate.EMPTIED]
        if names:
            tx.execute(update(table).where(condition).values(dict.fromkeys(names, "")))


def _drop_producers(tx: Connection, she: Hers, stays: Kept) -> None:
    """Drop the producers of whom nothing was filed; what an office knew of them before stays."""
    every = personal.tables()
    producers, certificates = every["producers"], every["certificates"]
    gone = sorted(set(she.alone) - set(stays.producers))
    pairings.part_all(tx, gone)
    told = (certificates.c.producer_id.in_(gone), certificates.c.id.not_in(stays.certificates))
    tx.execute(delete(certificates).where(*told))
    known = _known(tx, gone)
    tx.execute(update(producers).where(producers.c.id.in_(known)).values(_TOLD))
    _drop(tx, ("codes", "producer_id", she.alone), ("yearly_figures", "producer_id", she.alone))
    lost = [one for one in gone if one not in known]
    _let_go(tx, ("questions", "producer_id", lost), ("recipients", "producer_id", lost))
    _drop(tx, ("memberships", "producer_id", lost), ("producers", "id", lost))


def _known(tx: Connection, producers: list[int]) -> set[int]:
    """Those that an office's file names, or a certificate."""
    every = personal.tables()
    found = set(
        _ids(
            tx,
            every["producers"],
            every["producers"].c.id.in_(producers),
            every["producers"].c.source != "",
        )
    )
    for name in ("certificates", "products", "budget_lines", "inspections", "supports"):
        of = every[name].c.producer_id
        found |= set(tx.execute(select(of).where(of.in_(producers))).scalars())
    return found


def _drop_hers(tx: Connection, she: Hers) -> None:
    """Drop all that is the person's alone, the chats last; from then on nobody knows who it was."""
    codes = personal.tables()["codes"]
    tx.execute(update(codes).where(codes.c.used_by == she.person).values(used_by=None))
    tx.execute(delete(codes).where(codes.c.made_by == she.person))
    conditions = {table.name: (table, condition) for table, condition in personal.rows_of(she)}
    for name in _BY_PERSON:
        table, condition = conditions[name]
        tx.execute(delete(table).where(condition))


def _ids(tx: Connection, table: Any, *which: Any) -> list[int]:
    return list(tx.execute(select(table.c.id).where(*which)).scalars())


def _drop(tx: Connection, *rows: tuple[str, str, Iterable[int]]) -> None:
    for name, column, ids in rows:
        table = personal.tables()[name]
        tx.execute(delete(table).where(table.c[column].in_(list(ids))))


def _let_go(tx: Connection, *rows: tuple[str, str, Iterable[int]]) -> None:
    """Let what stays refer to none of these."""
    for name, column, ids in rows:
        table = personal.tables()[name]
        tx.execute(update(table).where(table.c[column].in_(list(ids))).values({column: None}))
