"""A database in which every table has a row of one person, and words of theirs in every column."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Table, insert
from sqlalchemy.engine import Connection

from storage.database import UtcDateTime
from storage.tables import metadata

SHE, OFFICER = 7, 8
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
CHAT = {"channel": "browser", "bot": "demo", "chat": "phone-of-her"}
FILE, CLEAN = "f" * 64, "c" * 64
NAME, PHONE = "Vàng Thị Mẩy", "0982345671"
# What a column must say for its row to be one of hers; all others say where they stand.
_SAYS: dict[str, Any] = {
    **CHAT,
    "audit.kind": "paper", "audit.subject": 1, "audit.person": OFFICER,
    "counters.name": "audit", "counters.last": 1, "dossiers.root": 1,
    "dossiers.status": "open", "dossiers.before": "", "dossiers.turns": 0,
    "erasures.done_at": NOW, "erasures.files": "[]", "erasures.kept": "{}",
    "files.sha256": FILE, "intake.file": FILE, "intake.status": "taken",
    "looks.sha256": FILE, "looks.clean": CLEAN, "paper_pages.file": FILE, "prints.file": FILE,
    "announcements.poster": None, "announcements.made_by": OFFICER,
    "outbox.status": "sent", "outbox.attached": "", "prints.status": "done",
    "memberships.role": "own", "phone_lines.phone": CHAT["chat"],
    "producers.source": "", "producers.representative": NAME, "producers.phone": PHONE,
    "recipients.status": "sent", "reviews.kind": "paper", "reviews.subject": 1,
    "papers.verdict": None, "officers.role": "commune", "officers.area": "",
    "officers.person_id": OFFICER, "officers.appointed_by": None,
    "pairings.verdict": "other", "pairings.moved": "{}",
    "reminders.status": "told", "certificates.source": None, "certificates.dossier_id": None,
}  # fmt: skip
# What an office's file tells of, and not she: its rows say of no producer.
_NOT_HERS = frozenset({"products", "budget_lines", "supports"})


def fill(tx: Connection, but: Iterable[str] = (), **says: Any) -> None:
    """Put a row into every table but these; ``says`` is what columns say, as ``table__column``."""
    told = _SAYS | {name.replace("__", "."): value for name, value in says.items()}
    people = metadata.tables["persons"]
    tx.execute(insert(people), [{"id": who, "created_at": NOW} for who in (SHE, OFFICER)])
    for table in metadata.sorted_tables:
        if table.name == "files":
            clean = {"sha256": CLEAN, "mime": "image/jpeg", "size": 1, "at": NOW}
            tx.execute(insert(table), [clean])
        if table.name not in {"persons", *but}:
            tx.execute(insert(table), [dict(_row(table, told))])


def words(table: str, column: str) -> str:
    """What stands in a column of which nothing else is said."""
    return f"said-{table}-{column}"


def _row(table: Table, told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        name = f"{table.name}.{column.name}"
        if name in told or column.name in told:
            yield column.name, told.get(name, told.get(column.name))
        else:
            yield column.name, _value(table, column)


def _value(table: Table, column: Any) -> Any:
    if keys := column.foreign_keys:
        (key,) = keys
        return _referred(table, key.target_fullname)
    match column.type:
        case UtcDateTime():
            return None if column.nullable else NOW
        case Date():
            return date(2026, 11, 30)
        case Boolean():
            return False
        case Integer():
            return 1 if column.primary_key or column.name in {"number", "subject"} else 0
        case _:
            return words(table.name, column.name)


def _referred(table: Table, target: str) -> Any:
    other = target.partition(".")[0]
    if other == "persons":
        return SHE
    if other == table.name or (other == "producers" and table.name in _NOT_HERS):
        return None
    return words("sources", "key") if other == "sources" else 1
