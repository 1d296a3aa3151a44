"""Questions: whom each concerns, who may read it, whose answer goes; what becomes of silence."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from programme.roles import Role
from storage import answerers, audit, help_units, officers, planner, producers, questions, reminders
from storage.database import Database, table_of
from storage.help_units import HelpUnitRow
from storage.officers import Scope
from storage.questions import Days
from tests.storage.people import LATER, NOW, met, producer

BAN_LIEN, BAC_HA = "02869", "02839"  # both of Lào Cai
LAO_CAI, YEN_SON, TUYEN_QUANG = "15", "02350", "08"
TODAY = date(2026, 11, 23)
DAYS = Days(date(2026, 11, 25), date(2026, 11, 27))
WORDS = "giấy an toàn thực phẩm xin ở đâu"


def asked(tx: Connection, person: int, commune: str = BAN_LIEN, **more: Any) -> dict[str, Any]:
    """A question of somebody with a producer in that commune."""
    home = producer(tx, f"HTX {person}", commune_code=commune) if commune else None
    place = {}
    if home:
        row = producers.by_id(tx, home)
        place = {
            "producer_id": home,
            "commune_code": commune,
            "province_code": row["province_code"],
        }
    number = questions.ask(tx, person, more.pop("text", WORDS), "", NOW, **{**place, **more})
    found = questions.of_number(tx, number)
    assert found is not None
    return found


def unit(tx: Connection, name: str, *duties: str) -> int:
    row = {"key": name, "unit": name, "duties": json.dumps(duties)}
    made = tx.execute(
        insert(table_of(HelpUnitRow)).values(row).returning(table_of(HelpUnitRow).c.id)
    )
    return int(made.scalar_one())


def test_a_question_gets_a_number_and_its_answer_goes_to_who_asked(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, officer = (met(tx, number) for number in (1, 2, 3))
        first = questions.ask(tx, an, "mã vạch làm ở đâu?", "", NOW)
        second = questions.ask(tx, binh, "bao giờ hết hạn?", "Lý Văn Nam", NOW)

        assert questions.answer(tx, second, officer, "30/4 ạ", LATER) == binh
        assert questions.answer(tx, 99, officer, "?", LATER) is None
        every = questions.everyone(tx)

    assert (first, second) == (1, 2)
    assert [(q["text"], q["hand"], q["answer"], q["answered_at"]) for q in every] == [
        ("mã vạch làm ở đâu?", "", None, None),
        ("bao giờ hết hạn?", "Lý Văn Nam", "30/4 ạ", LATER),
    ]
    assert every[1]["answered_by"] == officer


# -- whom it concerns ------------------------------------------------------------------------------


def test_who_advises_for_the_paper_comes_before_the_commune_and_that_before_the_province(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, adviser, commune, province, everywhere = (met(tx, number) for number in range(1, 6))
        question = asked(tx, an)
        found = []
        officers.appoint(tx, everywhere, "", NOW)
        found.append(answerers.whom(tx, question, ("agriculture",)))
        officers.appoint(tx, province, LAO_CAI, NOW)
        found.append(answerers.whom(tx, question, ("agriculture",)))
        officers.appoint(tx, commune, BAN_LIEN, NOW)
        found.append(answerers.whom(tx, question, ("agriculture",)))
        office = unit(tx, "Phòng Nông nghiệp và PTNT")
        officers.appoint(tx, adviser, LAO_CAI, NOW, Role.ADVISER, unit_id=office)
        found.append(answerers.whom(tx, question, ("agriculture",)))

        assert found == [[everywhere], [province], [commune], [adviser]]
        assert answerers.whom(tx, question, ("banks",)) == [commune]
        assert answerers.whom(tx, question, ()) == [commune]


def test_nobody_of_another_area_and_no_council_hears_of_it(database: Database) -> None:
    with database.transaction() as tx:
        an, *others = (met(tx, number) for number in range(1, 7))
        office = unit(tx, "Phòng Nông nghiệp và PTNT")
        question = asked(tx, an)
        officers.appoint(tx, others[0], BAC_HA, NOW)
        officers.appoint(tx, others[1], TUYEN_QUANG, NOW)
        officers.appoint(tx, others[2], LAO_CAI, NOW, Role.SECRETARY)
        officers.appoint(tx, others[3], LAO_CAI, NOW, Role.MEMBER)
        officers.appoint(tx, others[4], TUYEN_QUANG, NOW, Role.ADVISER, unit_id=office)

        assert answerers.whom(tx, question, ("agriculture",)) == []


def test_nobody_answers_a_question_of_their_own(database: Database) -> None:
    with database.transaction() as tx:
        an, province = met(tx, 1), met(tx, 2)
        officers.appoint(tx, an, BAN_LIEN, NOW)
        officers.appoint(tx, province, LAO_CAI, NOW)

        assert answerers.whom(tx, asked(tx, an), ()) == [province]


def test_who_has_least_to_answer_is_responsible(database: Database) -> None:
    with database.transaction() as tx:
        an, busy, idle = (met(tx, number) for number in range(1, 4))
        officers.appoint(tx, busy, BAN_LIEN, NOW)
        officers.appoint(tx, idle, BAN_LIEN, NOW)
        first, second = asked(tx, an), asked(tx, an)

        assert answerers.whom(tx, first, ()) == [busy, idle]
        questions.assign(tx, first["id"], busy, DAYS, NOW)
        assert answerers.whom(tx, second, ()) == [idle, busy]
        questions.answer(tx, first["number"], busy, "ở xã ạ", LATER)
        assert answerers.whom(tx, second, ()) == [busy, idle]


def test_a_question_of_no_area_is_the_administrators_or_the_only_provinces(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, one, other, everywhere = (met(tx, number) for number in range(1, 5))
        question = asked(tx, an, "")
        officers.appoint(tx, one, LAO_CAI, NOW)
        only = answerers.whom(tx, question, ())
        officers.appoint(tx, other, TUYEN_QUANG, NOW)
        either = answerers.whom(tx, question, ())
        officers.appoint(tx, everywhere, "", NOW)

        assert (only, either) == ([one], [])
        assert answerers.whom(tx, question, ()) == [everywhere]


# -- answering -------------------------------------------------------------------------------------


def test_of_two_answers_the_first_goes_and_the_second_is_kept_till_it_is_sent(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, first, second = (met(tx, number) for number in range(1, 4))
        question = asked(tx, an)

        assert questions.answer(tx, question["number"], first, "ở xã", LATER) == an
        assert questions.answer(tx, question["number"], second, "ở huyện", LATER) is None
        kept = questions.remark(tx, question["id"], "kept", LATER, person_id=second, text="ở huyện")
        others = questions.send_kept(tx, kept, first)
        sent = questions.send_kept(tx, kept, second)

        assert others is None
        assert sent is not None
        assert sent["text"] == "ở huyện"
        assert questions.send_kept(tx, kept, second) is None
        assert questions.by_ids(tx, [question["id"]])[0]["answer"] == "ở xã"


def test_the_last_question_of_a_person_is_what_was_asked_or_answered_last(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        first, second, _ = asked(tx, an), asked(tx, an), asked(tx, binh)
        last = [questions.last_of(tx, an)]
        questions.answer(tx, first["number"], binh, "có", LATER)
        last.append(questions.last_of(tx, an))
        number = questions.ask(tx, an, "thêm", "", LATER + timedelta(hours=1))
        last.append(questions.last_of(tx, an))

        assert [row and row["number"] for row in last] == [
            second["number"],
            first["number"],
            number,
        ]
        assert questions.last_of(tx, 99) is None


def test_a_ready_answer_settles_a_question_until_it_was_not_enough(database: Database) -> None:
    with database.transaction() as tx:
        an, officer = met(tx, 1), met(tx, 2)
        question = asked(tx, an)

        assert questions.settle(tx, question["id"], "paper:food_safety_certificate", LATER)
        assert not questions.settle(tx, question["id"], "stars", LATER)
        assert questions.reopen(tx, question["id"])
        assert not questions.reopen(tx, question["id"])
        assert questions.answer(tx, question["number"], officer, "ở xã", LATER) == an
        assert not questions.reopen(tx, question["id"])


# -- what officers see -----------------------------------------------------------------------------


def numbers(rows: Iterable[dict[str, Any]]) -> list[int]:
    return [row["number"] for row in rows]


def test_open_ones_are_read_oldest_first_and_answered_ones_newest_first(database: Database) -> None:
    scope = Scope(9, Role.COMMUNE, BAN_LIEN)
    with database.transaction() as tx:
        an = met(tx, 1)
        rows = [asked(tx, an) for _ in range(4)]
        for place in (1, 2):
            questions.answer(tx, rows[place]["number"], an, "vâng", NOW + timedelta(hours=place))

        assert numbers(questions.open_here(tx, scope, 9)) == [1, 4]
        assert numbers(questions.open_here(tx, scope, 1)) == [1]
        assert numbers(questions.answered_here(tx, scope, 9)) == [3, 2]


AREAS = ("", LAO_CAI, TUYEN_QUANG, BAN_LIEN, BAC_HA, YEN_SON)


@pytest.mark.parametrize("seed", range(3))
def test_no_officer_reads_a_question_outside_the_area_whatever_is_asked(
    database: Database, seed: int
) -> None:
    chance = Random(seed)
    with database.transaction() as tx:
        person = met(tx, 1)
        rows = [asked(tx, person, chance.choice(("", *AREAS[3:]))) for _ in range(20)]
        for row in chance.sample(rows, 9):
            questions.answer(tx, row["number"], person, "vâng", LATER)
        seen = 0
        for _ in range(150):
            scope = Scope(1, chance.choice(list(Role)), chance.choice(AREAS))
            one = questions.numbered(tx, scope, chance.randint(0, 21))
            found = [*questions.open_here(tx, scope, 9), *questions.answered_here(tx, scope, 9)]
            for row in [*found, *([one] if one else [])]:
                assert scope.area in {"", row["commune_code"], row["province_code"]}
                seen += 1

    assert seen > 200


# -- what becomes of silence -----------------------------------------------------------------------


def due(tx: Connection) -> list[tuple[int, str, date]]:
    """What is planned to be said of questions: to whom, what, about which day."""
    rows = [each for each in reminders.everyone(tx) if each["kind"].startswith("question")]
    told = [each for each in rows if each["status"] == "planned"]
    return sorted((each["person_id"], each["kind"], each["day"]) for each in told)


def looked_over(tx: Connection, now: datetime) -> None:
    """The questions, as they are looked over once a day; there are no more than one handful."""
    for see_to in (planner.hand_over, planner.raise_late):
        assert see_to(tx, now, see_to(tx, now)) == 0
    planner.of_questions(tx, None, now)


def at(day: date, hour: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=NOW.tzinfo)


def test_who_is_responsible_is_reminded_then_the_level_above_and_the_asker_hears_it_once(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, commune, province = (met(tx, number) for number in range(1, 4))
        officers.appoint(tx, commune, BAN_LIEN, NOW)
        officers.appoint(tx, province, LAO_CAI, NOW)
        question = asked(tx, an)
        questions.assign(tx, question["id"], commune, DAYS, NOW)
        planner.of_questions(tx, [question["id"]], NOW)
        at_first = due(tx)
        looked_over(tx, at(DAYS.raise_on - timedelta(days=1)))
        too_early = questions.by_ids(tx, [question["id"]])[0]["assigned_to"]
        for _ in range(2):
            looked_over(tx, at(DAYS.raise_on))

        assert at_first == [(commune, "question", DAYS.remind_on)]
        assert too_early == commune
        assert due(tx) == [
            (an, "question_raised", DAYS.raise_on),
            (province, "question_above", DAYS.raise_on),
        ]
        (row,) = questions.by_ids(tx, [question["id"]])
        assert (row["assigned_to"], row["raised_at"]) == (province, at(DAYS.raise_on))
        assert [each["to_person"] for each in questions.remarks(tx, row["id"], ("raised",))] == [
            province
        ]
        noted = audit.about(tx, "question", [row["id"]])
        assert [each["deed"] for each in noted] == ["raised_question"]


def test_it_goes_up_level_by_level_each_once_and_the_asker_hears_of_each(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, commune, province, everywhere = (met(tx, number) for number in range(1, 5))
        for person, area in ((commune, BAN_LIEN), (province, LAO_CAI), (everywhere, "")):
            officers.appoint(tx, person, area, NOW)
        question = asked(tx, an)
        questions.assign(tx, question["id"], commune, DAYS, NOW)
        held, told, days = [], [], [DAYS.raise_on]
        for _ in range(4):
            looked_over(tx, at(days[-1]))
            (row,) = questions.by_ids(tx, [question["id"]])
            held.append(row["assigned_to"])
            told.append([each for each in due(tx) if each[1] == "question_raised"])
            days.append(max(row["raise_on"], days[-1] + timedelta(days=1)))

        assert held == [province, everywhere, everywhere, everywhere]
        assert days[1] > days[0]
        assert told[:2] == [[(an, "question_raised", day)] for day in days[:2]]
        assert told[1:] == [told[1]] * 3, "nothing new"
        went = questions.remarks(tx, question["id"], ("raised",))
        assert [each["to_person"] for each in went] == [province, everywhere]


def test_what_a_level_passed_down_goes_to_the_next_that_has_not_had_it(database: Database) -> None:
    with database.transaction() as tx:
        an, commune, province, everywhere = (met(tx, number) for number in range(1, 5))
        for person, area in ((commune, BAN_LIEN), (province, LAO_CAI), (everywhere, "")):
            officers.appoint(tx, person, area, NOW)
        question = asked(tx, an)
        about = {"person_id": province, "to_person": commune}
        questions.remark(tx, question["id"], "passed", NOW, **about)
        questions.assign(tx, question["id"], commune, DAYS, NOW)

        looked_over(tx, at(DAYS.raise_on))

        assert questions.by_ids(tx, [question["id"]])[0]["assigned_to"] == everywhere


def test_an_answer_calls_off_what_was_to_be_said(database: Database) -> None:
    with database.transaction() as tx:
        an, commune = met(tx, 1), met(tx, 2)
        officers.appoint(tx, commune, BAN_LIEN, NOW)
        question = asked(tx, an)
        questions.assign(tx, question["id"], commune, DAYS, NOW)
        planner.of_questions(tx, [question["id"]], NOW)
        questions.answer(tx, question["number"], commune, "ở xã", LATER)
        planner.of_questions(tx, [question["id"]], LATER)

        assert due(tx) == []
        looked_over(tx, at(DAYS.raise_on))
        assert questions.by_ids(tx, [question["id"]])[0]["raised_at"] is None


def test_the_questions_of_an_officer_who_leaves_are_handed_over(database: Database) -> None:
    with database.transaction() as tx:
        an, leaving, province = (met(tx, number) for number in range(1, 4))
        officers.appoint(tx, leaving, BAN_LIEN, NOW)
        question = asked(tx, an)
        questions.assign(tx, question["id"], leaving, DAYS, NOW)
        officers.dismiss(tx, leaving)
        looked_over(tx, NOW)
        alone = questions.by_ids(tx, [question["id"]])[0]["assigned_to"]
        officers.appoint(tx, province, LAO_CAI, NOW)
        looked_over(tx, NOW)

        assert alone == leaving
        assert questions.by_ids(tx, [question["id"]])[0]["assigned_to"] == province
        assert due(tx) == [(province, "question", TODAY)]


def test_nobody_is_asked_twice_where_there_is_no_level_above(database: Database) -> None:
    with database.transaction() as tx:
        an, everywhere = met(tx, 1), met(tx, 2)
        officers.appoint(tx, everywhere, "", NOW)
        question = asked(tx, an)
        questions.assign(tx, question["id"], everywhere, DAYS, NOW)
        looked_over(tx, at(DAYS.raise_on))

        (row,) = questions.by_ids(tx, [question["id"]])
        assert (row["assigned_to"], row["raised_at"]) == (everywhere, None)


def test_an_office_stands_for_the_units_that_its_name_or_its_duties_say(database: Database) -> None:
    with database.transaction() as tx:
        named = unit(tx, "Phòng Kinh tế - Hạ tầng")
        told = unit(tx, "Tổ hỗ trợ", "Tạo điều kiện vay vốn cho hợp tác xã")

        assert help_units.serving(tx, ("trade",)) == [named]
        assert help_units.serving(tx, ("banks",)) == [told]
        assert help_units.serving(tx, ("trade", "banks")) == [named, told]
        assert help_units.serving(tx, ()) == []
