"""Retention: nothing is kept longer than its rule says, nothing goes before."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from programme import retention as keeping
from storage import retention
from storage.database import Database
from storage.tables import metadata
from tests.storage.filled import NOW, SHE, fill, words

T = metadata.tables
LATER = NOW + timedelta(days=5000)
# What must be said for a row to be one that its rule is about.
SAYS: dict[str, dict[str, Any]] = {
    "event_keys": {"inbox__held": None},
    "wrong_codes": {},
    "attachments": {"outbox__attached": '{"file": "a"}'},
    "erased": {"erasures__erased_at": NOW},
    "readings": {"paper_pages__file": "e" * 64},
    "questions": {"questions__answered_at": NOW},
    "finished_forms": {"steps__kind": "sent"},
    "drafts": {"consents__withdrawn_at": NOW},
}
STRANGER = ("consents", "memberships", "questions", "remarks", "recipients", "papers",
            "paper_pages")  # fmt: skip


def filled(database: Database, rule: str) -> None:
    with database.transaction() as tx:
        fill(tx, but=STRANGER if rule == "strangers" else (), **SAYS.get(rule, {}))


def applied(tx: Connection, rule: str, before: datetime) -> int:
    """How many rows were let go of, in handfuls of one."""
    steps = retention.steps(rule, before)
    keys = ((step, key) for step in steps for key in retention.found(tx, step))
    return sum(retention.let_go(tx, step, [key]) for step, key in keys)


def test_every_rule_has_its_statement() -> None:
    assert {rule.id for rule in keeping.rules()} == retention.known() | {keeping.FILES}
    assert all(rule.law.split()[0] in keeping.sources() for rule in keeping.rules())


@pytest.mark.parametrize("rule", sorted(retention.known()))
def test_what_is_old_goes_what_is_young_stays_and_a_second_time_nothing_does(
    database: Database, rule: str
) -> None:
    filled(database, rule)
    with database.transaction() as tx:
        assert applied(tx, rule, NOW) == 0

        counted = retention.count(tx, rule, LATER)

        assert counted > 0
        assert applied(tx, rule, LATER) == counted
        assert retention.count(tx, rule, LATER) == 0


def test_letters_keep_when_they_went_but_not_what_they_said(database: Database) -> None:
    filled(database, "letters")
    with database.transaction() as tx:
        applied(tx, "letters", LATER)

        (row,) = tx.execute(select(T["outbox"])).mappings().all()
        assert (row["text"], row["choices"], row["status"]) == ("", "[]", "sent")


@pytest.mark.parametrize("status", ["waiting", "sending"])
def test_a_letter_that_has_not_gone_keeps_its_words(database: Database, status: str) -> None:
    with database.transaction() as tx:
        fill(tx, outbox__status=status)

        assert applied(tx, "letters", LATER) == 0


def test_what_was_read_on_a_photo_that_is_a_paper_stays(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)

        assert applied(tx, "readings", LATER) == 0


def test_who_has_agreed_to_anything_is_no_stranger(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)

        assert applied(tx, "strangers", LATER) == 0


def test_a_stranger_who_still_writes_stays_known(database: Database) -> None:
    filled(database, "strangers")
    with database.transaction() as tx:
        tx.execute(update(T["sessions"]).values(updated_at=LATER))

        assert applied(tx, "strangers", LATER) == 0


def test_a_stranger_who_is_silent_cannot_be_told_from_anybody(database: Database) -> None:
    filled(database, "strangers")
    with database.transaction() as tx:
        applied(tx, "strangers", LATER)

        for name in ("chats", "sessions", "steps", "outbox", "reminders"):
            assert tx.execute(select(T[name])).all() == [], name
        assert tx.execute(select(T["persons"].c.id)).scalars().first() == SHE


def test_an_open_form_that_is_still_touched_keeps_all_its_steps(database: Database) -> None:
    filled(database, "drafts")
    with database.transaction() as tx:
        tx.execute(update(T["sessions"]).values(updated_at=LATER))

        assert applied(tx, "drafts", LATER) == 0
        assert applied(tx, "finished_forms", LATER) == 0


def test_who_still_agrees_keeps_what_they_have_begun_for_ever(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, consents__withdrawn_at=None)

        assert applied(tx, "drafts", LATER) == 0


def test_an_answer_loses_its_words_and_where_there_was_none_none_appears(
    database: Database,
) -> None:
    """A question that a rule text answered was answered by no officer, now or ever."""
    questions = T["questions"]
    for answer, kept in (("ở xã", ""), (None, None)):
        with database.transaction() as tx:
            for table in reversed(metadata.sorted_tables):
                tx.execute(table.delete())
        filled(database, "questions")
        with database.transaction() as tx:
            tx.execute(update(questions).values(answer=answer))

            applied(tx, "questions", LATER)

            assert tx.execute(select(questions.c.text, questions.c.answer)).all() == [("", kept)]


def test_a_question_that_waits_for_its_answer_keeps_its_words(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)

        applied(tx, "questions", LATER)

        assert tx.execute(select(T["questions"].c.text)).scalars().all() == [
            words("questions", "text")
        ]
