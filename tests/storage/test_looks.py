"""What was seen on a kept file."""

from datetime import date

from storage import files, looks
from storage.database import Database, Transaction
from storage.looks import Look
from tests.storage.people import LATER, NOW

PAPER, CLEAN, OTHER = ("a" * 64, "b" * 64, "c" * 64)
SEEN = Look(
    kind="photo",
    faults=("cut", "glare"),
    sheets=1,
    clean=CLEAN,
    number="12/2025/NNPTNT-LC",
    issued=date(2025, 3, 1),
    expires=date(2028, 3, 1),
    holder="HTX Bản Liền",
    confidence=93,
    titles="giay chung nhan\nhtx ban lien",
)


def kept(tx: Transaction, *names: str) -> None:
    for name in names:
        files.note(tx, name, "image/jpeg", 1, NOW)


def test_what_was_seen_is_told_again_as_it_was_noted(database: Database) -> None:
    with database.transaction() as tx:
        kept(tx, PAPER, CLEAN)
        looks.note(tx, PAPER, SEEN, NOW)

        assert looks.of(tx, PAPER) == SEEN


def test_a_refused_file_has_nothing_but_the_reason(database: Database) -> None:
    locked = Look(kind="pdf", refused="locked")
    with database.transaction() as tx:
        kept(tx, PAPER)
        looks.note(tx, PAPER, locked, NOW)

        assert looks.of(tx, PAPER) == locked


def test_the_first_look_counts(database: Database) -> None:
    with database.transaction() as tx:
        kept(tx, PAPER, CLEAN)
        looks.note(tx, PAPER, SEEN, NOW)
        looks.note(tx, PAPER, Look(kind="photo"), LATER)

        assert looks.of(tx, PAPER) == SEEN


def test_of_many_files_those_that_were_looked_at_are_told(database: Database) -> None:
    with database.transaction() as tx:
        kept(tx, PAPER, CLEAN, OTHER)
        looks.note(tx, PAPER, SEEN, NOW)
        looks.note(tx, OTHER, Look(kind="docx"), NOW)

        assert looks.many(tx, [CLEAN, OTHER, PAPER]) == {PAPER: SEEN, OTHER: Look(kind="docx")}
        assert looks.many(tx, []) == {}
        assert looks.of(tx, CLEAN) is None
