"""Wishes to be erased: asked once, waited for, called off, and done."""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Connection

from storage import erasure, links, outbox
from storage.database import Database
from storage.erasure import GRACE, PATIENCE
from storage.outbox import Lease, Posted
from tests.storage.people import NOW, chat, met

YEAR = 2026


def due(tx: Connection, after: timedelta) -> list[int]:
    return [one.person for one in erasure.due(tx, NOW + after)]


def test_a_wish_has_a_number_and_asking_twice_is_one_wish(database: Database) -> None:
    with database.transaction() as tx:
        she, other = met(tx, 1), met(tx, 2)

        numbers = [erasure.ask(tx, who, NOW, YEAR) for who in (she, she, other)]

        assert numbers == ["XD-2026-0001", "XD-2026-0001", "XD-2026-0002"]


def test_there_is_a_minute_in_which_it_can_be_called_off(database: Database) -> None:
    with database.transaction() as tx:
        she = met(tx)
        erasure.ask(tx, she, NOW, YEAR)

        assert (due(tx, GRACE / 2), due(tx, GRACE)) == ([], [she])
        assert erasure.call_off(tx, she, NOW)
        assert due(tx, GRACE) == []
        assert not erasure.any_open(tx)
        assert not erasure.call_off(tx, she, NOW)


@pytest.mark.parametrize("sending", [False, True])
def test_the_last_letter_comes_first_but_is_not_waited_for_forever(
    database: Database, *, sending: bool
) -> None:
    with database.transaction() as tx:
        she = met(tx)
        outbox.put(tx, [Posted(chat(), she, "em xoá", "[]", None)], NOW)
        if sending:
            outbox.claim(tx, ["browser"], Lease("me", NOW + PATIENCE), NOW)
        erasure.ask(tx, she, NOW, YEAR)

        assert (due(tx, GRACE), due(tx, PATIENCE)) == ([], [she])


def test_what_was_erased_is_looked_after_till_its_files_are_gone(database: Database) -> None:
    with database.transaction() as tx:
        she = met(tx)
        number = erasure.ask(tx, she, NOW, YEAR)
        (one,) = erasure.due(tx, NOW + GRACE)

        erasure.erased(tx, one.id, {"a" * 64}, {"dossiers": 1}, NOW)
        left = erasure.with_files(tx)
        erasure.done(tx, one.id, NOW)

        assert [(each.id, each.files) for each in left] == [(one.id, ("a" * 64,))]
        assert (erasure.with_files(tx), erasure.any_open(tx)) == ([], False)
        found = erasure.record(tx, number)
        assert found
        assert (found["kept"], found["files"]) == ({"dossiers": 1}, "[]")


def test_no_wish_outlives_that_she_goes_on_in_another_chat(database: Database) -> None:
    with database.transaction() as tx:
        she, other = met(tx, 1), met(tx, 2)
        erasure.ask(tx, other, NOW, YEAR)

        links.join(tx, other, she, (0, {}), NOW)

        assert due(tx, GRACE) == []
