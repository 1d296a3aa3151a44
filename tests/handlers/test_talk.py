"""What handlers put together while one event is heard."""

from datetime import UTC, datetime

import pytest

from conversations.forms import catalogue
from conversations.session import Session
from handlers.talk import Talk
from storage import producers
from tests.handlers.phones import Phones

NOON = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)


@pytest.fixture
def talk(phones: Phones) -> Talk:
    phones.agreed()
    with phones.database.reading() as tx:
        return Talk(tx, 1, Session(), NOON, catalogue)


def test_what_was_noted_is_said_even_when_nothing_comes_after_it(talk: Talk) -> None:
    talk.note("menu.hello")
    talk.note("menu.welcome")

    talk.flush()

    (message,) = talk.messages
    assert message.key == "menu.welcome"
    assert [lead.key for lead in message.lead] == ["menu.hello"]


def test_what_was_noted_leads_what_comes_next(talk: Talk) -> None:
    talk.note("menu.hello")

    talk.say("menu.welcome")
    talk.flush()

    assert [(m.key, [lead.key for lead in m.lead]) for m in talk.messages] == [
        ("menu.welcome", ["menu.hello"])
    ]


def test_the_year_is_that_of_viet_nam(talk: Talk) -> None:
    assert talk.year == 2027


def test_nothing_open_is_nothing_to_resume(talk: Talk) -> None:
    assert not talk.resume()
    assert talk.messages == []


def test_a_producer_without_a_commune_is_asked_for_it_when_looked_at(phones: Phones) -> None:
    """An imported list may leave it out."""
    phones.agreed()
    with phones.database.transaction() as tx:
        number = producers.add(tx, {"name": "HTX Cũ", "kind": "cooperative"}, NOON)
        producers.join(tx, 1, number, "own", NOON)

    assert "ở xã nào" in phones.say("hồ sơ chủ thể", "1")
