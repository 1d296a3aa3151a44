"""What is due is told once a day at most, in one letter, while it is of use, never at night."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.reminding import AT_ONCE
from programme.firings import BEFORE
from storage import persons, reminders
from storage.database import Database
from tests.bot.reminding_rig import FILE_BY, Village, at
from tests.conftest import QUICK
from tests.storage.people import NOW
from tests.storage.test_plans import house


@pytest.fixture
def village(database: Database) -> Village:
    return Village(database)


# -- one letter ------------------------------------------------------------------------------------


def test_all_that_is_due_comes_in_one_letter_what_matters_most_first(village: Village) -> None:
    village.dossier(name="Gạo")
    village.dossier(name="Chè")
    village.add(1, "begin", 2, day=date(2026, 12, 2), due_at=at("03/12", "07:30"))

    (told,) = village.morning("03/12")

    first, second, third, how = told[1].splitlines()
    assert told[0] == 1
    assert first == "Còn 7 ngày là hạn nộp xã hồ sơ Gạo (10/12/2026), xong 0/9 giấy."
    assert "hồ sơ Chè (10/12/2026)" in second
    assert third.startswith("Việc nên làm ngay cho Chè")
    assert "nhắc lại thứ hai" in how
    assert village.morning("04/12") == []


def test_what_does_not_fit_one_letter_is_counted(village: Village) -> None:
    for number in range(6):
        village.dossier(name=f"Gạo {number}")

    ((_, said),) = village.morning("03/12")

    assert said.count("hồ sơ Gạo") <= 4
    assert f"Còn {6 - said.count('hồ sơ Gạo')} việc nữa, bác gõ: việc sắp tới" in said
    assert village.firings()[7] == "told"


def test_rather_than_a_line_the_hint_is_left_out(village: Village) -> None:
    for name in ("Gạo nếp Bản Liền", "Chè Shan tuyết", "Tinh dầu quế"):
        village.dossier(name=name)

    ((_, said),) = village.morning("03/12")

    assert [line[:24] for line in said.splitlines()] == ["Còn 7 ngày là hạn nộp xã"] * 3
    assert "nhắc lại" not in said


def test_what_comes_due_later_the_same_day_is_told_along(village: Village) -> None:
    one = village.dossier()
    village.add(1, "begin", one, due_at=at("03/12", "16:00"))

    village.morning("03/12")
    village.tick(at("03/12", "16:00"))

    assert village.deliver() == []
    assert village.firings("begin") == {99: "told"}


def test_what_can_wait_for_tomorrow_waits_for_who_was_told_something_today(
    village: Village,
) -> None:
    one = village.dossier()
    village.morning("03/12")
    village.add(1, "begin", one, due_at=at("03/12", "10:00"))

    village.tick(at("03/12", "10:00"))
    same_day = village.deliver()
    ((_, said),) = village.morning("04/12")

    assert same_day == []
    assert "bắt đầu lo" in said


def test_what_would_be_stale_tomorrow_does_not_wait(village: Village) -> None:
    one = village.dossier()
    village.morning("03/12")
    village.add(1, "begin", one, due_at=at("03/12", "10:00"), use_by=at("04/12", "00:00"))

    village.tick(at("03/12", "10:00"))

    assert len(village.deliver()) == 1


def test_before_tet_what_waits_waits_until_after_it(village: Village) -> None:
    one = village.dossier(by=date(2027, 2, 16))
    village.morning("02/02")
    village.morning("03/02")
    village.add(1, "begin", one, due_at=at("03/02", "10:00"), use_by=at("28/02"))

    village.tick(at("03/02", "10:00"))

    (waits,) = (one for one in village.due(until=at("11/02")) if one.kind == "begin")
    assert waits.due_at == at("11/02", "08:00")


# -- the newest of each thing ----------------------------------------------------------------------


def test_after_days_away_the_newest_firing_is_told_and_the_older_are_superseded(
    village: Village,
) -> None:
    village.dossier()

    ((_, said),) = village.morning("07/12")

    assert said.startswith("Còn 3 ngày là hạn nộp xã hồ sơ Gạo")
    assert {before: village.firings()[before] for before in (14, 7, 3, 1)} == {
        14: "superseded",
        7: "superseded",
        3: "told",
        1: "planned",
    }


def test_what_nobody_needs_any_more_is_dropped_on_record(village: Village) -> None:
    one = village.dossier(by=date(2027, 4, 7))
    village.add(1, "begin", one, use_by=at("02/12"))
    village.add(1, "training", one, before=3, use_by=at("02/12"))

    assert village.morning("02/12") == []
    assert village.firings("begin", "training") == {99: "stale", 3: "stale"}


def test_of_what_has_been_done_meanwhile_nothing_is_said(village: Village) -> None:
    """Planning goes before telling, however late the tick."""
    village.dossier()
    with village.database.transaction() as tx:
        tx.execute(text("UPDATE dossiers SET filed_at = made_at, planned_at = NULL"))

    assert village.morning("03/12") == []
    assert set(village.firings().values()) == {"silent"}


def test_officers_hear_of_what_stands_still_alone(village: Village) -> None:
    lying, lively = village.dossier(), village.dossier(name="Chè")
    with village.database.transaction() as tx:
        tx.execute(
            text("UPDATE dossiers SET moved_at = :at WHERE id = :id"),
            {"at": at("30/11").replace(tzinfo=None), "id": lively},
        )
    village.dossier(2)
    village.add(2, "stuck", lying, due_at=at("07/12"))
    village.add(2, "stuck", lively, before=98, due_at=at("07/12"))

    told = [said for person, said in village.morning("07/12") if person == 2]

    assert "14 ngày không có gì mới" in told[0]
    assert village.firings("stuck") == {99: "told", 98: "silent"}


# -- letters that never left -----------------------------------------------------------------------


def test_letters_that_did_not_leave_by_the_evening_come_next_morning_with_what_is_due_then(
    village: Village,
) -> None:
    one = village.dossier()
    village.tick(at("03/12"))
    written = village.waiting()
    village.add(1, "begin", one, due_at=at("04/12"))

    village.tick(at("03/12", "20:30"))
    evening = village.deliver()
    told = village.morning("04/12")

    assert len(written) == 1
    assert evening == []
    ((_, said),) = told
    assert said.startswith("Còn 6 ngày là hạn nộp xã hồ sơ Gạo")
    assert "bắt đầu lo" in said
    assert village.given_up() == written
    assert village.morning("05/12") == []


def test_letters_of_three_days_without_network_are_one(village: Village) -> None:
    village.dossier(name="Gạo")
    village.dossier(name="Chè", by=date(2026, 12, 11))
    village.dossier(name="Mận", by=date(2026, 12, 12))
    for day in ("03/12", "04/12", "05/12"):
        village.tick(at(day))
        village.tick(at(day, "20:31"))

    ((_, said),) = village.morning("06/12")

    assert [name in said for name in ("Gạo", "Chè", "Mận")] == [True] * 3
    assert village.morning("06/12") == []


def test_what_is_of_no_use_next_morning_is_stale_with_its_letter(village: Village) -> None:
    village.dossier(by=date(2026, 12, 3))
    village.tick(at("03/12"))

    village.tick(at("03/12", "21:00"))

    assert village.firings()[0] == "stale"
    assert village.waiting() == []


def test_a_letter_that_waits_takes_up_what_comes_due_the_same_day(village: Village) -> None:
    one = village.dossier()
    village.tick(at("03/12"))
    village.add(1, "begin", one, due_at=at("03/12", "10:00"))

    village.tick(at("03/12", "10:00"))

    ((_, said),) = village.deliver()
    assert "hạn nộp xã" in said
    assert "bắt đầu lo" in said


def test_a_letter_is_not_sent_after_its_evening(village: Village) -> None:
    village.dossier()
    village.tick(at("03/12"))
    village.now = at("03/12", "20:30")

    assert village.deliver() == []


# -- the night, and who cannot be told -------------------------------------------------------------


@pytest.mark.parametrize("when", [at("03/12", "20:30"), at("03/12", "06:59"), at("05/02")])
def test_nothing_is_told_at_night_or_on_tet(village: Village, when: Any) -> None:
    village.dossier(by=when.date() + timedelta(days=1))

    village.tick(when)

    assert village.waiting() == []
    assert "told" not in village.firings().values()


def test_who_breaks_the_words_silences_nobody_else(village: Village) -> None:
    village.dossier()
    with village.database.transaction() as tx:
        house(tx, 2)
    village.add(2, "file", 999)
    village.add(2, "file", 998, before=98, due_at=at("20/12"))

    told = village.morning("03/12")

    assert [person for person, _ in told] == [1]
    assert village.firings()[99] == "stale"
    assert village.firings()[98] == "planned"
    assert village.morning("03/12") == []


def test_each_person_is_written_to_in_their_language(village: Village) -> None:
    village.dossier()
    village.dossier(2)
    village.reads(2, "en")

    told = dict(village.morning("03/12"))

    assert "Còn 7 ngày" in told[1]
    assert "days" in told[2]


def test_who_has_no_chat_is_told_nothing_on_record(village: Village) -> None:
    village.dossier()
    village.dossier(2)
    with village.database.transaction() as tx:
        tx.execute(text("DELETE FROM chats WHERE person_id = 1"))
        assert persons.chat_of(tx, 1) is None

    told = village.morning("03/12")

    assert [person for person, _ in told] == [2]
    with village.database.reading() as tx:
        assert reminders.coming(tx, 1, 1)[0].before == 3


# -- crashes, and two at once ----------------------------------------------------------------------


def test_what_was_told_before_a_crash_is_delivered_once_by_the_next_process(
    village: Village,
) -> None:
    village.dossier()
    village.tick(at("03/12"))  # killed before anything was delivered

    village.another(village.database).remind(thorough=True)
    told = village.deliver()
    village.another(village.database).remind(thorough=True)

    assert len(told) == 1
    assert village.deliver() == []


def test_two_processes_that_tick_at_once_tell_everybody_once(village: Village) -> None:
    people = AT_ONCE + 10
    for person in range(1, people + 1):
        village.dossier(person)
    village.now = at("03/12")
    together = threading.Barrier(2)

    def tick(database: Database) -> None:
        reminding = village.another(database)
        together.wait()
        reminding.remind()

    with closing(Database(village.database.url)) as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(tick, (village.database, other)))

    told = [person for person, _ in village.deliver()]
    assert sorted(told) == list(range(1, people + 1))


# -- what a tick costs -----------------------------------------------------------------------------


@pytest.fixture
def counted(tmp_path: Path, migrated_file: Path) -> Iterator[tuple[Village, list[str]]]:
    """A village on SQLite, and every statement that is run there."""
    said: list[str] = []
    database = Database(f"sqlite:///{copy(migrated_file, (QUICK or tmp_path) / 'counted.db')}")

    @event.listens_for(database.engine, "connect")
    def _(connection: Any, _record: object) -> None:
        connection.set_trace_callback(said.append)

    yield Village(database), said
    database.close()


@pytest.mark.parametrize("dossiers", [1, 40])
def test_a_tick_with_nothing_due_is_five_looks_however_much_is_planned(
    counted: tuple[Village, list[str]], dossiers: int
) -> None:
    village, said = counted
    for _ in range(dossiers):
        village.dossier()
    village.tick()
    village.tick()
    said.clear()

    village.reminding.tick()

    looks = [statement for statement in said if statement.startswith("SELECT")]
    assert len(looks) == 5
    assert {statement.split()[0] for statement in said} == {"BEGIN", "SELECT", "ROLLBACK"}


def test_the_village_has_all_firings_that_are_still_to_come(village: Village) -> None:
    """So that the tests above speak of what really happens."""
    village.dossier()

    assert set(village.firings()) == {before for before in BEFORE["file"] if before < 17}
    assert FILE_BY - NOW.date() == timedelta(days=17)
