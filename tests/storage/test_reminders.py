"""Single firings: planned once, told, put off, taken back, ended, each with why."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import literal
from sqlalchemy.engine import Connection

from storage import due, outbox, reminders
from storage.database import Database
from storage.outbox import Posted
from storage.reminders import DECLINED, STALE, SUPERSEDED, TOLD, Due, Settled
from tests.storage.people import NOW, chat, met
from tests.storage.test_plans import dossier, house

DAY = date(2026, 12, 24)
END = datetime(2026, 12, 24, 17, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)


def planned(
    tx: Connection, person: int, *subjects: int, kind: str = "file", **more: Any
) -> list[Due]:
    """Firings of that kind, due now, one a subject."""
    told = {"day": DAY, "before": 0, "due_at": NOW, "use_by": END, **more}
    reminders.add(tx, [(person, kind, subject, *told.values()) for subject in subjects])
    return [one for one in reminders.coming(tx, person, 99) if one.subject in subjects]


def tell(tx: Connection, some: list[Due], number: int = 1, at: datetime = NOW) -> int:
    """Post a letter that tells these; its number."""
    letter = Posted(chat(number), some[0].person, "nhắc", "[]", None, 1)
    (made,) = outbox.post(tx, [letter], at).values()
    reminders.settle(tx, [Settled(one.id, TOLD, made) for one in some], at)
    return made


def status(tx: Connection) -> dict[int, str]:
    """What became of each subject's firing."""
    return {row["subject"]: row["status"] for row in reminders.everyone(tx)}


# -- planning one ----------------------------------------------------------------------------------


def test_a_firing_that_is_known_is_not_planned_again(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        tell(tx, planned(tx, an, 7))

        planned(tx, an, 7, due_at=MORNING)

        assert status(tx) == {7: TOLD}


def test_at_once_is_due_now_for_each_person_once(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx)
        dossier(tx, home)
        dossier(tx, home)
        house(tx, 2)
        source = due._told(literal(9), literal(DAY)).distinct()

        for at in (NOW, MORNING):
            reminders.at_once(tx, source, "moved", 9, END, at)

        assert [one.due_at for one in reminders.due(tx, [1, 2], MORNING)] == [NOW, NOW]
        assert {one.person for one in reminders.due(tx, [1, 2], MORNING)} == {1, 2}


def test_what_is_newer_overtakes_what_is_planned_of_the_same(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        planned(tx, an, 1, 2, kind="moved")
        planned(tx, an, 3, kind="file")
        tell(tx, planned(tx, an, 4, kind="moved"))

        reminders.overtake(tx, ("moved",), [1, 3, 4], NOW)

        assert status(tx) == {1: SUPERSEDED, 2: "planned", 3: "planned", 4: TOLD}


# -- what is due -----------------------------------------------------------------------------------


def test_nothing_is_due_before_its_time(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        planned(tx, an, 1, due_at=MORNING)

        assert not reminders.any_due(tx, NOW)
        assert reminders.persons_due(tx, NOW, 9) == []
        assert reminders.any_due(tx, MORNING)
        assert reminders.next_due(tx) == MORNING


def test_who_waits_longest_comes_first(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, cuc = (met(tx, number) for number in (1, 2, 3))
        planned(tx, an, 1, due_at=NOW)
        planned(tx, binh, 2, due_at=NOW - timedelta(hours=1))
        planned(tx, cuc, 3, due_at=MORNING)

        assert reminders.persons_due(tx, NOW, 9) == [binh, an]
        assert reminders.persons_due(tx, NOW, 1) == [binh]


def test_what_was_put_off_is_due_then_and_not_before(database: Database) -> None:
    with database.transaction() as tx:
        some = planned(tx, met(tx), 1, 2)

        reminders.put_off(tx, some[:1], MORNING)

        assert [one.subject for one in reminders.due(tx, [1], NOW)] == [2]
        assert {one.subject for one in reminders.due(tx, [1], MORNING)} == {1, 2}


def test_what_is_planned_again_is_as_if_it_had_never_been_told(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        some = planned(tx, an, 1)
        letter = tell(tx, some)

        reminders.plan_again(tx, some, MORNING)

        assert reminders.told_at(tx, [an]) == {}
        assert reminders.of_letters(tx, [letter]) == {}
        assert reminders.due(tx, [an], MORNING) == [some[0]._replace(due_at=MORNING)]


def test_when_each_person_was_last_told_something(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        tell(tx, planned(tx, an, 1))
        tell(tx, planned(tx, an, 2), at=MORNING)
        planned(tx, binh, 3)

        assert reminders.told_at(tx, [an, binh]) == {an: MORNING}


# -- letters ---------------------------------------------------------------------------------------


def test_a_letter_knows_what_it_told_and_the_last_one_is_spoken_of(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        first, second = planned(tx, an, 1, 2), planned(tx, an, 3)
        one, two = tell(tx, first), tell(tx, second)

        assert reminders.of_letters(tx, [one, two, 99]) == {one: first, two: second}
        assert reminders.of_letters(tx, []) == {}
        assert reminders.last_told(tx, an) == second


def test_who_was_told_nothing_has_no_last_letter(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        planned(tx, an, 1)

        assert reminders.last_told(tx, an) == []


def test_every_firing_is_listed_with_how_its_letter_fared(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        letter = tell(tx, planned(tx, an, 1))
        planned(tx, an, 2)
        outbox.settle(tx, [outbox.Settled(letter, "sent", 5)], MORNING)

        told, waiting = sorted(reminders.everyone(tx), key=lambda row: row["subject"])
        assert (told["letter_status"], told["sent_at"]) == ("sent", MORNING)
        assert (waiting["letter_status"], waiting["sent_at"]) == (None, None)
        assert reminders.counts(tx) == {TOLD: 1, "planned": 1}


# -- ending ----------------------------------------------------------------------------------------


def test_giving_up_on_a_person_ends_what_is_due_to_them_alone(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        planned(tx, an, 1)
        planned(tx, an, 2, due_at=MORNING)
        planned(tx, binh, 3)

        assert reminders.give_up(tx, an, NOW) == 1

        assert status(tx) == {1: STALE, 2: "planned", 3: "planned"}


def test_all_of_one_thing_may_end_and_no_other(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        (one,) = planned(tx, an, 1)
        planned(tx, an, 1, before=7)
        planned(tx, an, 2)
        planned(tx, met(tx, 2), 1)

        assert reminders.end(tx, DECLINED, NOW, *reminders.about(an, one)) == 2

        assert reminders.counts(tx) == {DECLINED: 2, "planned": 2}


@pytest.mark.parametrize(
    ("purpose", "left"), [("news", {"file", "review", "moved_here"}), ("reminders", {"fair"})]
)
def test_each_purpose_stops_alone_and_an_officers_duties_stay(
    database: Database, purpose: str, left: set[str]
) -> None:
    with database.transaction() as tx:
        an = met(tx)
        for subject, kind in enumerate(("file", "fair", "review", "moved_here")):
            planned(tx, an, subject, kind=kind)
            planned(tx, met(tx, 2), subject, kind=kind)

        reminders.stop(tx, an, purpose, NOW)

        kept = {one.kind for one in reminders.coming(tx, an, 9)}
        assert kept == left | {"review", "moved_here"}
        assert len(reminders.coming(tx, met(tx, 2), 9)) == 4


def test_what_is_coming_is_told_the_first_first(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        planned(tx, an, 1, due_at=MORNING)
        planned(tx, an, 2)

        assert [one.subject for one in reminders.coming(tx, an, 9)] == [2, 1]
        assert [one.subject for one in reminders.coming(tx, an, 1)] == [2]


def test_calling_off_ends_all_of_a_kind_but_what_is_named_or_over(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        planned(tx, an, 1, 2, kind="fair")
        planned(tx, an, 3, kind="fair", day=NOW.date())
        planned(tx, an, 4)

        reminders.call_off(tx, "fair", [1], NOW)

        assert status(tx) == {1: "planned", 2: "silent", 3: "planned", 4: "planned"}
