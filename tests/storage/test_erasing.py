"""Erasing: afterwards nothing of the person is anywhere but what the law keeps."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection

from storage import audit, erasing, orphans, personal
from storage.database import Database
from storage.personal import Fate
from storage.tables import metadata
from tests.storage.filled import CHAT, FILE, NAME, NOW, OFFICER, PHONE, SHE, fill, words

NOT_FILED = (
    *("agenda", "ballots", "sitting_seats", "officers"),
    *("inspection_products", "inspections", "revocations"),
)
T = metadata.tables


def texts(tx: Connection) -> Iterator[tuple[str, str]]:
    """Every word in the database, with where it stands."""
    for table in metadata.sorted_tables:
        for row in tx.execute(select(table)).mappings():
            yield from (
                (f"{table.name}.{name}", value)
                for name, value in row.items()
                if isinstance(value, str)
            )


def found(tx: Connection, *wanted: str) -> set[str]:
    """Where any of these stands."""
    return {where for where, text in texts(tx) if any(each in text for each in wanted)}


def said(fates: set[Fate]) -> set[str]:
    return {
        f"{table}.{name}"
        for table in personal.COLUMNS
        for name, fate in personal.fates(table).items()
        if fate in fates
    }


def test_what_was_never_filed_goes_with_all_that_stood_in_it(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED)
        there = {where for where, text in texts(tx) if text.startswith("said-")}

        erased = erasing.erase(tx, SHE, NOW)
        orphans.drop(tx, orphans.unreferenced(tx, erased.files))

        left = {where for where, text in texts(tx) if text.startswith("said-")}
        assert found(tx, NAME, PHONE, CHAT["chat"], FILE) == set()
        assert left & said({Fate.GONE, Fate.FILED, Fate.EMPTIED}) == set()
        assert there - left > {"papers.holder", "ideas.answers", "questions.text", "steps.value"}
        assert set(erased.kept.counts().values()) == {0}
        assert FILE in erased.files


def test_what_was_filed_stays_whole_and_nothing_else_does(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=("officers",), dossiers__filed_at=NOW)

        erased = erasing.erase(tx, SHE, NOW)

        left = {where for where, text in texts(tx) if text.startswith("said-")}
        assert left & said({Fate.GONE, Fate.EMPTIED}) == set()
        assert {"papers.holder", "dossiers.name", "claims.option", "writings.answers"} <= left
        assert found(tx, NAME) == {"producers.representative"}
        assert found(tx, PHONE) == {"producers.phone"}
        assert found(tx, CHAT["chat"]) == set()
        assert erased.kept.counts() == {
            "dossiers": 1, "papers": 1, "ideas": 1, "certificates": 1, "producers": 1,
        }  # fmt: skip


def test_what_is_told_beforehand_is_what_stays(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=("officers",), dossiers__filed_at=NOW)

        before = erasing.kept(tx, SHE)

        assert erasing.erase(tx, SHE, NOW).kept == before


@pytest.mark.parametrize("how", ["dossiers__turns", "agenda"])
def test_what_an_office_has_judged_stays_even_when_it_lies_with_the_producer_again(
    database: Database, how: str
) -> None:
    says = {} if how == "agenda" else {how: 1}
    with database.transaction() as tx:
        fill(tx, but=("officers",) if how == "agenda" else NOT_FILED, **says)

        assert erasing.erase(tx, SHE, NOW).kept.dossiers == [1]


def test_a_certificate_of_an_office_stays_with_the_producers_name_alone(
    database: Database,
) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED, certificates__source="p-12")

        erased = erasing.erase(tx, SHE, NOW)

        (row,) = tx.execute(select(T["producers"])).mappings().all()
        assert erased.kept.certificates == [1]
        assert (row["name"], row["representative"], row["phone"]) == (
            words("producers", "name"),
            "",
            None,
        )


def test_a_producer_for_whom_others_act_stays_theirs(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED)
        members = T["memberships"]
        row = tx.execute(select(members)).mappings().one()
        tx.execute(members.insert(), [{**row, "person_id": OFFICER}])

        erasing.erase(tx, SHE, NOW)

        assert tx.execute(select(members.c.person_id)).scalars().all() == [OFFICER]
        assert found(tx, NAME) == {"producers.representative"}
        assert found(tx, words("papers", "holder"))
        assert found(tx, CHAT["chat"]) == set()


def test_what_officers_were_told_of_her_tells_of_her_no_more(database: Database) -> None:
    quoted = f'Bà {NAME} "Mẩy", {PHONE}, gửi giấy'
    with database.transaction() as tx:
        fill(tx, but=("agenda", "ballots", "sitting_seats"))
        theirs: dict[str, dict[str, Any]] = {
            "outbox": {"text": quoted, "choices": f'["{NAME}"]', "id": 2},
            "sessions": {"body": f'{{"said":"{NAME}"}}'},
            "steps": {"value": f'"{NAME}"', "id": 2},
            "prints": {"about": f'{{"phone":"{PHONE}"}}', "id": 2},
        }
        for name, says in theirs.items():
            row = tx.execute(select(T[name])).mappings().one()
            chat = {"chat": "phone-of-officer"} if "chat" in row else {}
            tx.execute(T[name].insert(), [{**row, "person_id": OFFICER, **chat, **says}])

        erasing.erase(tx, SHE, NOW)

        assert found(tx, NAME, PHONE) == set()
        assert tx.execute(select(T["outbox"].c.text)).scalars().all() == ['Bà … "Mẩy", …, gửi giấy']


def test_somebody_of_the_same_name_keeps_it(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED)
        tx.execute(T["persons"].insert(), [{"id": 9, "created_at": NOW}])
        session = tx.execute(select(T["sessions"])).mappings().one()
        tx.execute(T["sessions"].insert(), [{**session, "person_id": 9, "body": NAME}])

        erasing.erase(tx, SHE, NOW)

        assert found(tx, NAME) == {"sessions.body"}


def test_a_list_she_was_told_by_still_adds_up(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED, recipients__status="queued")

        erasing.erase(tx, SHE, NOW)

        (row,) = tx.execute(select(T["recipients"])).mappings().all()
        assert (row["status"], row["reason"], row["chat"]) == ("opted_out", "withdrawn", "")


def test_the_log_is_whole_afterwards_and_tells_of_it_in_numbers(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=(*NOT_FILED, "audit", "counters"))
        audit.append(tx, audit.Entry(OFFICER, "read_paper", "paper", 1), NOW)

        erasing.erase(tx, SHE, NOW)

        assert list(audit.faults(tx)) == []
        (last,) = audit.of_person(tx, 0)
        assert (last["deed"], last["subject"]) == ("erased", SHE)


def test_her_consents_stay_as_a_proof_in_numbers(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED)

        erasing.erase(tx, SHE, NOW)

        assert len(tx.execute(select(T["consents"])).all()) == 1


def test_erasing_again_finds_nothing_more(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx, but=NOT_FILED)
        erasing.erase(tx, SHE, NOW)

        again = erasing.erase(tx, SHE, NOW + timedelta(days=1))

        assert (again.files, set(again.kept.counts().values())) == (set(), {0})
