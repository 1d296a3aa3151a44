"""What is kept no longer than its rule says (programme.retention): found, counted, let go.

Each rule is some rows of some tables and what becomes of them, so that what a dry run counts is
what is done afterwards. Done twice it does nothing the second time.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.engine import Connection

from storage import personal

_SETTLED = ("sent", "failed")


class Step(NamedTuple):
    """Some rows of a table, and the values that they get; they are dropped when there are none."""

    table: Table
    which: ColumnElement[bool]
    values: dict[str, Any] | None = None


def count(tx: Connection, rule: str, before: datetime) -> int:
    """How many rows that rule concerns now."""
    return sum(_counted(tx, step) for step in steps(rule, before))


def steps(rule: str, before: datetime) -> list[Step]:
    """What the rule concerns, in the order in which it is let go."""
    return _STEPS[rule](_columns(), before)


def found(tx: Connection, step: Step) -> list[Any]:
    """The keys of the rows of a step as they are now."""
    return list(tx.execute(select(*step.table.primary_key).where(step.which)).all())


def let_go(tx: Connection, step: Step, keys: Sequence[Any]) -> int:
    """Let those of these rows go that the step is about still; how many these were."""
    mine = (tuple_(*step.table.primary_key).in_(keys), step.which)
    if step.values is None:
        return int(tx.execute(delete(step.table).where(*mine)).rowcount)
    return int(tx.execute(update(step.table).where(*mine).values(step.values)).rowcount)


def known() -> frozenset[str]:
    """The rules that are about rows."""
    return frozenset(_STEPS)


def _columns() -> dict[str, Table]:
    return personal.tables()


def _counted(tx: Connection, step: Step) -> int:
    found = select(func.count()).select_from(step.table).where(step.which)
    return int(tx.execute(found).scalar_one())


# -- the rules -------------------------------------------------------------------------------------


def _event_keys(t: dict[str, Table], before: datetime) -> list[Step]:
    inbox, intake, prints = t["inbox"], t["intake"], t["prints"]
    return [
        Step(inbox, and_(inbox.c.at < before, inbox.c.held.is_(None))),
        Step(intake, and_(intake.c.at < before, intake.c.status.not_in(("waiting", "fetching")))),
        Step(prints, and_(prints.c.asked_at < before, prints.c.status != "waiting")),
    ]


def _wrong_codes(t: dict[str, Table], before: datetime) -> list[Step]:
    misses, links, codes = t["link_misses"], t["links"], t["codes"]
    invited = t["invitations"]
    return [
        Step(misses, misses.c.at < before),
        Step(links, and_(links.c.until < before, links.c.used_at.is_(None))),
        Step(codes, and_(codes.c.until < before, codes.c.used_at.is_(None))),
        Step(invited, and_(invited.c.until < before, invited.c.name != ""), {"name": ""}),
    ]


def _strangers(t: dict[str, Table], before: datetime) -> list[Step]:
    """Who has never agreed to anything, and does not write any more: nobody knows them again."""
    chats, outbox = t["chats"], t["outbox"]
    silent = func.coalesce(chats.c.used_at, chats.c.created_at) < before
    theirs = [
        Step(t[name], _only_strangers(t, t[name].c.person_id, before))
        for name in ("steps", "sessions", "reminders")
    ]
    settled = and_(outbox.c.status.in_(_SETTLED), outbox.c.due_at < before)
    mine = _only_strangers(t, outbox.c.person_id, before)
    left = and_(silent, _is_stranger(t, chats.c.person_id), ~_talks(t, chats.c.person_id, before))
    return [*theirs, Step(outbox, and_(settled, mine)), Step(chats, left)]


def _is_stranger(t: dict[str, Table], person: Any) -> ColumnElement[bool]:
    known = [
        exists().where(t[name].c.person_id == person)
        for name in ("consents", "memberships", "officers", "questions", "recipients", "papers")
    ]
    return and_(*(~one for one in known))


def _talks(t: dict[str, Table], person: Any, before: datetime) -> ColumnElement[bool]:
    sessions = t["sessions"].alias()
    return exists().where(sessions.c.person_id == person, sessions.c.updated_at >= before)


def _only_strangers(t: dict[str, Table], person: Any, before: datetime) -> ColumnElement[bool]:
    chats = t["chats"].alias()
    last = func.coalesce(chats.c.used_at, chats.c.created_at)
    writes = exists().where(chats.c.person_id == person, last >= before)
    return and_(_is_stranger(t, person), ~writes, ~_talks(t, person, before))


def _attachments(t: dict[str, Table], before: datetime) -> list[Step]:
    outbox, prints = t["outbox"], t["prints"]
    printed = and_(prints.c.asked_at < before, prints.c.status != "waiting")
    return [
        Step(outbox, and_(_old(outbox, before), outbox.c.attached != ""), {"attached": ""}),
        Step(prints, and_(printed, prints.c.file.is_not(None)), {"file": None}),
    ]


def _old(outbox: Table, before: datetime) -> ColumnElement[bool]:
    left = func.coalesce(outbox.c.sent_at, outbox.c.due_at)
    return and_(outbox.c.status.in_(_SETTLED), left < before)


def _readings(t: dict[str, Table], before: datetime) -> list[Step]:
    looks, pages = t["looks"], t["paper_pages"]
    names = ("number", "issued", "expires", "holder", "address")
    says = or_(looks.c.titles != "", *(looks.c[name].is_not(None) for name in names))
    of_paper = exists().where(pages.c.file == looks.c.sha256)
    nothing: dict[str, Any] = {**dict.fromkeys(names), "titles": ""}
    return [Step(looks, and_(looks.c.at < before, says, ~of_paper), nothing)]


def _browser_lines(t: dict[str, Table], before: datetime) -> list[Step]:
    return [Step(t["phone_lines"], t["phone_lines"].c.at < before)]


def _letters(t: dict[str, Table], before: datetime) -> list[Step]:
    outbox = t["outbox"]
    says = or_(outbox.c.text != "", outbox.c.choices != "[]")
    return [Step(outbox, and_(_old(outbox, before), says), {"text": "", "choices": "[]"})]


def _questions(t: dict[str, Table], before: datetime) -> list[Step]:
    questions, remarks = t["questions"], t["remarks"]
    old = questions.c.answered_at < before
    of_old = remarks.c.question_id.in_(select(questions.c.id).where(old))
    says = or_(questions.c.text != "", questions.c.answer != "", questions.c.hand != "")
    answered = case((questions.c.answer.is_not(None), ""))  # a ready answer was enough, else
    return [
        Step(remarks, and_(remarks.c.at < before, of_old, remarks.c.text != ""), {"text": ""}),
        Step(questions, and_(old, says), {"text": "", "answer": answered, "hand": ""}),
    ]


def _finished_forms(t: dict[str, Table], before: datetime) -> list[Step]:
    steps, other = t["steps"], t["steps"].alias()
    same = and_(other.c.person_id == steps.c.person_id, other.c.run == steps.c.run)
    over = exists().where(same, other.c.kind.in_(("sent", "withdrawn")))
    goes_on = exists().where(same, other.c.at >= before)
    return [Step(steps, and_(steps.c.at < before, over, ~goes_on))]


def _drafts(t: dict[str, Table], before: datetime) -> list[Step]:
    """What was begun stays for whoever still agrees: nobody's form is forgotten by itself."""
    steps, sessions, consents = t["steps"], t["sessions"], t["consents"].c
    agrees = exists().where(
        consents.person_id == sessions.c.person_id, consents.withdrawn_at.is_(None)
    )
    over = and_(sessions.c.updated_at < before, ~agrees)
    silent = select(sessions.c.person_id).where(over)
    return [
        Step(steps, and_(steps.c.at < before, steps.c.person_id.in_(silent))),
        Step(sessions, over),
    ]


def _reminders(t: dict[str, Table], before: datetime) -> list[Step]:
    reminders = t["reminders"]
    over = and_(reminders.c.status != "planned", reminders.c.use_by < before)
    return [Step(reminders, over)]


def _erased(t: dict[str, Table], before: datetime) -> list[Step]:
    """What another process wrote of them at the very instant in which they were erased."""
    erasures = t["erasures"].c
    gone = select(erasures.person_id).where(erasures.erased_at < before)
    names = ("sessions", "steps", "outbox", "reminders", "chats")
    return [Step(t[name], t[name].c.person_id.in_(gone)) for name in names]


_STEPS: dict[str, Callable[[dict[str, Table], datetime], list[Step]]] = {
    "event_keys": _event_keys,
    "wrong_codes": _wrong_codes,
    "strangers": _strangers,
    "attachments": _attachments,
    "readings": _readings,
    "browser_lines": _browser_lines,
    "letters": _letters,
    "questions": _questions,
    "finished_forms": _finished_forms,
    "drafts": _drafts,
    "reminders": _reminders,
    "erased": _erased,
}
