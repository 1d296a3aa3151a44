"""The desk's door: a link opens once, and whoever may not sit there any more does not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from storage import desk_sessions, links, officers, persons
from storage.database import Database, Transaction
from storage.persons import Chat

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
CHAT, OTHER = Chat("browser", "demo", "phone-of-nam"), Chat("telegram", "7", "8")
SECOND = timedelta(seconds=1)


def officer(tx: Transaction, chat: Chat = CHAT) -> int:
    person = persons.meet(tx, [chat], NOW)[chat]
    officers.appoint(tx, person, "15", NOW)
    return person


def sitting(tx: Transaction, token: str = "token", at: datetime = NOW) -> int:
    person = officer(tx)
    desk_sessions.give(tx, "code", person, CHAT, at)
    assert desk_sessions.enter(tx, "code", token, at) == person
    return person


def test_a_link_opens_once_and_not_too_late(database: Database) -> None:
    with database.transaction() as tx:
        sitting(tx)
        again = desk_sessions.enter(tx, "code", "other", NOW)
        desk_sessions.give(tx, "late", 1, CHAT, NOW)
        late = desk_sessions.enter(tx, "late", "other", NOW + desk_sessions.LINK)
        unknown = desk_sessions.enter(tx, "guessed", "other", NOW)

        assert (again, late, unknown) == (None, None, None)
        assert desk_sessions.found(tx, "other", NOW) is None


def test_neither_link_nor_token_stands_in_the_tables(database: Database) -> None:
    with database.transaction() as tx:
        sitting(tx, "token-of-the-cookie")
        desk_sessions.give(tx, "code-of-the-link", 1, CHAT, NOW)

        rows = [tx.execute(text(f"SELECT * FROM desk_{each}")).all() for each in TABLES]

    assert all(rows)
    assert "-of-the-" not in str(rows)


TABLES = ("links", "sessions")


def test_it_ends_eight_hours_after_the_last_look_and_after_a_week_at_the_latest(
    database: Database,
) -> None:
    with database.transaction() as tx:
        sitting(tx)
        at, looks = NOW, 0
        while desk_sessions.found(tx, "token", at + desk_sessions.IDLE - SECOND):
            at += desk_sessions.IDLE - SECOND
            desk_sessions.seen(tx, "token", at)
            looks += 1

        assert desk_sessions.found(tx, "token", at + desk_sessions.IDLE) is None
        assert NOW + timedelta(days=6) < at < NOW + desk_sessions.LONGEST
        assert looks == 21


def _dismissed(tx: Transaction, person: int) -> None:
    officers.dismiss(tx, person)


def _elsewhere(tx: Transaction, person: int) -> None:
    officers.appoint(tx, person, "68", NOW + SECOND)


def _lost(tx: Transaction, _person: int) -> None:
    links.leave(tx, CHAT, NOW)


def _left(tx: Transaction, _person: int) -> None:
    desk_sessions.end(tx, "token")


@pytest.mark.parametrize("change", [_dismissed, _elsewhere, _lost, _left])
def test_whoever_may_not_sit_there_is_not_found(database: Database, change: object) -> None:
    with database.transaction() as tx:
        person = sitting(tx)
        assert desk_sessions.found(tx, "token", NOW)

        change(tx, person)  # type: ignore[operator]

        assert desk_sessions.found(tx, "token", NOW + SECOND) is None


def test_a_link_of_who_was_dismissed_meanwhile_lets_nobody_in(database: Database) -> None:
    with database.transaction() as tx:
        person = officer(tx)
        desk_sessions.give(tx, "code", person, CHAT, NOW)
        officers.dismiss(tx, person)

        assert desk_sessions.enter(tx, "code", "token", NOW) is None


def test_who_is_known_in_a_second_chat_sits_there_still(database: Database) -> None:
    with database.transaction() as tx:
        person = sitting(tx)
        kept = persons.meet(tx, [OTHER], NOW)[OTHER]

        links.join(tx, person, kept, (1, {}), NOW)

        found = desk_sessions.found(tx, "token", NOW)
        assert found
        assert found.person == kept
