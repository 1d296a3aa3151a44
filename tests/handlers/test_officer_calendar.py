"""Lịch at the officer's: rounds shown and moved, rounds added, days off, and a dossier's year."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.console.transcript import VIETNAM
from conversations.session import Session
from handlers.officer import dated
from handlers.officer.because import reason
from handlers.officer.dated import Said
from handlers.officer.words import Order, read
from programme.cycle import Done, Step
from storage import cycle, days_off, dossiers, milestones, officers
from tests.handlers.phones import Phones

TODAY = date(2026, 11, 30)
COMMUNE, ELSEWHERE = "02869", "00001"
ROUND = "tinh-1-2027"


@pytest.fixture
def officer(phones: Phones) -> Phones:
    phones.say("/start CANBO", on="canbo")
    return phones


@pytest.fixture
def open_(officer: Phones) -> Phones:
    """An officer of everywhere, and somebody with a dossier for round 1 of 2027."""
    officer.with_idea().say("hồ sơ sản phẩm")
    return officer


@pytest.fixture
def commune(open_: Phones) -> Phones:
    """The officer is one of the commune of that dossier."""
    appoint(open_, open_.producers()[0]["commune_code"])
    return open_


def appoint(phones: Phones, area: str, person: int = 1) -> None:
    with phones.database.transaction() as tx:
        officers.appoint(tx, person, area, phones.player.now)


def province_of(phones: Phones) -> str:
    return str(phones.producers()[0]["province_code"])


def asks(phones: Phones, *texts: str) -> str:
    return phones.say(*texts, on="canbo")


def days(phones: Phones, key: str = ROUND) -> dict[tuple[str, str], date]:
    """The days that offices set of a round, by step and area."""
    with phones.database.reading() as tx:
        rows = milestones.standing(tx)
    return {(r.step, r.area): r.day for r in rows if r.round == key and r.basis == "office"}


def told(phones: Phones) -> list[tuple[str, int]]:
    """What is planned to be said of moved days: its kind and to whom."""
    with phones.database.reading() as tx:
        rows = tx.execute(
            text("SELECT kind, person_id FROM reminders WHERE kind LIKE 'moved%' ORDER BY id")
        )
        return [(row[0], row[1]) for row in rows]


def planned(phones: Phones) -> None:
    """As if what follows of all dossiers had been made."""
    with phones.database.transaction() as tx:
        tx.execute(text("UPDATE dossiers SET planned_at = made_at"))


def unplanned(phones: Phones) -> int:
    with phones.database.reading() as tx:
        return len(dossiers.unplanned(tx, 100))


def change(phones: Phones, **values: Any) -> None:
    with phones.database.transaction() as tx:
        dossiers.change(tx, 1, **values)


# -- how it is typed -------------------------------------------------------------------------------

TYPED = {
    Said("calendar"): ("lịch", "lich", "Xem lịch", "lịch các đợt", "các đợt", "calendar"),
    Said("calendar", 2027): ("lịch 2027", "lich nam 2027", "xem lich 2027", "các đợt năm 2027"),
    Said("days_off"): ("ngày nghỉ", "ngay nghi", "các ngày nghỉ", "lịch nghỉ", "days off"),
    Said("extra"): ("thêm đợt", "them dot", "đợt mới", "mở thêm đợt", "extra round"),
    Said("move"): ("dời ngày", "doi ngay", "rời ngày", "lùi hạn", "đặt ngày tập", "move date"),
    Said("move", None, 1, "file", date(2027, 4, 20)): (
        "dời hạn nộp đợt 1 sang 20/4",
        "doi han nop dot 1 sang ngay 20/4",
        "đặt lại hạn nộp đợt 1: 20/4/2027",
        "chuyển ngày nộp hồ sơ đợt 1 thành 20 tháng 4 năm 2027",
    ),
    Said("move", 2027, 2, "council", date(2027, 12, 15), "bão số 9"): (
        "dời ngày họp Hội đồng đợt 2 năm 2027 sang ngày 15/12/2027 vì bão số 9",
        "dời ngày họp hội đồng đợt 2/2027 vì bão số 9 sang 15/12/2027",
        "doi lich hop hoi dong dot 2/2027 sang 15/12/2027, lý do: bão số 9",
    ),
    Said("move", None, 2, "file", date(2027, 10, 15), "floods"): (
        "move deadline round 2 to 15/10 because of floods",
    ),
    Said("move", None, 1, "file", wrong="32/4", why="lũ"): ("dời hạn nộp đợt 1 sang 32/4 vì lũ",),
    Said("move", None, 1, "training", date(2026, 12, 7)): (
        "đặt ngày tập huấn đợt 1 7/12",
        "dời tập huấn đợt 1 sang thứ hai tuần sau",
    ),
    Said("rest", days=(date(2027, 5, 3),), why="nghỉ bù"): (
        "nghỉ 3/5/2027 nghỉ bù",
        "nghi ngay 3/5: nghỉ bù",
        "nghỉ 3/5 vì nghỉ bù",
    ),
    Said("rest", days=(date(2027, 4, 21), date(2027, 4, 22)), why="bão số 2"): (
        "nghi 21/4/2027, 22/4/2027 bão số 2",
        "nghỉ 21/4 và 22/4: bão số 2",
        "nghỉ 21, 22/4/2027 vì bão số 2",
        "nghỉ từ 21/4/2027 đến hết ngày 22/4 do bão số 2",
        "nghỉ 21-22/4/2027 bão số 2",
        "off 21/4 to 22/4 because of bão số 2",
    ),
    Said("rest", days=tuple(date(2027, 4, n) for n in (21, 22, 23)), why="nghỉ bão"): (
        "nghỉ từ 21/4 đến 23/4 nghỉ bão",
        "nghỉ từ ngày 21/4/2027 tới ngày 23/4/2027, nghỉ bão",
    ),
    Said("rest", days=(date(2026, 12, 31), date(2027, 1, 1))): ("nghỉ 31/12 đến 1/1",),
    Said("rest", days=(date(2027, 5, 3),), why="2 nhà máy nghỉ"): ("nghỉ 3/5, 2 nhà máy nghỉ",),
    Said("rest", wrong="32/4"): ("nghỉ 32/4 bão", "nghỉ từ 21/4 đến 32/4"),
    Said("work", days=(date(2027, 5, 8),), why="làm bù"): ("làm 8/5/2027 làm bù", "lam 8.5 làm bù"),
    Said("work", days=(date(2027, 5, 8),)): ("làm bù ngày 8/5", "đi làm 8/5/2027"),
    Said("work", days=(date(2027, 5, 8), date(2027, 5, 15))): ("làm 8/5, 15/5", "lam 8, 15/5"),
    Said("forget", days=(date(2027, 5, 3),)): (
        "bỏ ngày nghỉ 3/5/2027",
        "bo nghi 3/5",
        "xóa nghỉ 3/5",
    ),
    Said("forget", days=(date(2027, 5, 3), date(2027, 5, 4))): (
        "bỏ ngày nghỉ 3/5, 4/5/2027",
        "bỏ các ngày nghỉ từ 3/5 đến 4/5",
    ),
}


@pytest.mark.parametrize(
    ("said", "typed"), [(said, typed) for said, ways in TYPED.items() for typed in ways]
)
def test_an_officer_may_say_it_in_several_ways(said: Said, typed: str) -> None:
    found = dated.read(typed)

    assert found is not None
    assert found(TODAY) == said


@pytest.mark.parametrize(
    "typed",
    ["", "lịch của tôi", "nghỉ", "làm đợt 1", "đợi kết quả", "đổi đợt", "đợt 1", "20/4", "đạt 2"],
)
def test_what_producers_say_is_nothing_of_that(typed: str) -> None:
    assert dated.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("đã gửi tỉnh 1", Order("send_up", (1,))),
        ("gui tinh hs 1", Order("send_up", (1,))),
        ("da gui ho so 1 len tinh", Order("send_up", (1,))),
        ("hồ sơ 2 đã gửi tỉnh", Order("send_up", (2,))),
        ("đã gửi tỉnh HS-2026-0001", Order("send_up", (1,), 2026)),
        ("đã gửi tỉnh 1/2026", Order("send_up", (1,), 2026)),
        ("da gui tinh 1 2", Order("send_up", (1, 2))),
        ("đã gửi tỉnh hồ sơ 1, 2 và 3", Order("send_up", (1, 2, 3))),
        ("đã gửi tỉnh HS-2026-0001, HS-2026-0002", Order("send_up", (1, 2), 2026)),
        ("sent 1 to the province", Order("send_up", (1,))),
        ("sent dossier 1 up", Order("send_up", (1,))),
        ("đã gửi tỉnh", Order("send_up")),
        ("phương án 1 đạt", Order("plan_good", (1,))),
        ("phuong an hs 1 da dat", Order("plan_good", (1,))),
        ("đạt phương án 1", Order("plan_good", (1,))),
        ("phương án 1, 2 đều đạt", Order("plan_good", (1, 2))),
        ("phương án 1/2026 đạt", Order("plan_good", (1,), 2026)),
        ("phương án đạt", Order("plan_good")),
    ],
)
def test_the_deeds_of_a_commune_may_be_typed_in_several_ways(typed: str, order: Order) -> None:
    assert read(typed) == order


# -- the calendar ----------------------------------------------------------------------------------


def test_the_rounds_are_told_with_whose_word_each_day_is(officer: Phones) -> None:
    said = asks(officer, "lich")

    assert "Đợt 1 năm 2027 (cấp tỉnh)" in said
    assert "Nộp hồ sơ về xã hết 7/4/2027 (tính từ luật)" in said
    assert "Xã gửi tỉnh hết 29/4/2027 (luật)" in said
    assert "Công bố kết quả hết 29/6/2027 (luật)" in said
    assert "7. họp Hội đồng" in said
    assert "Đợt 2 năm 2027 (cấp Bộ)" in said
    assert ". Tỉnh gửi Bộ hết 29/1/2027 (luật)" in said
    assert ". Bộ công bố kết quả hết 29/3/2027 (luật)" in said


def test_a_day_that_an_office_set_is_told_with_its_reason(officer: Phones) -> None:
    asks(officer, "dời hạn nộp đợt 1 sang 12/4 vì nghỉ lễ dài", "ghi")

    assert "Nộp hồ sơ về xã hết 12/4/2027 (cơ quan đặt: nghỉ lễ dài)" in asks(officer, "lịch 2027")


def test_the_number_of_a_step_opens_its_day(officer: Phones) -> None:
    listed = asks(officer, "lịch 2027")
    number = next(line for line in listed.splitlines() if "Xã gửi tỉnh hết 29/4" in line)[0]

    said = asks(officer, number)

    assert "Xã gửi tỉnh, đợt 1 năm 2027 (cấp tỉnh): đang là 29/4/2027." in said
    assert "Ngày mới là ngày nào ạ" in said
    asks(officer, "20/4", "đúng", "nộp sớm cho kịp", "ghi")
    assert days(officer) == {("propose", ""): date(2027, 4, 20)}


def test_a_commune_numbers_its_own_steps_alone(commune: Phones) -> None:
    said = asks(commune, "lịch")

    assert "năm 2026" not in said  # the commune has nothing to do with it any more
    assert "1. Nộp hồ sơ về xã hết 7/4/2027" in said
    assert "• Xã gửi tỉnh hết 29/4/2027 (luật)" in said
    assert "cấp Bộ" not in said


def test_a_round_of_a_later_year_is_moved_as_well(officer: Phones) -> None:
    assert "(cấp Bộ)" in asks(officer, "lịch 2030")

    asks(officer, "1", "1/4/2030", "bão", "ghi")

    assert days(officer, "tinh-1-2030") == {("file", ""): date(2030, 4, 1)}


def test_a_round_of_the_ministry_is_moved_by_its_number_in_the_calendar(officer: Phones) -> None:
    listed = asks(officer, "lịch 2030")
    line = next(line for line in listed.splitlines() if "Tỉnh gửi Bộ" in line)

    said = asks(officer, line.partition(".")[0])

    assert "Tỉnh gửi Bộ, đợt" in said
    assert "năm 2030 (cấp Bộ): đang là" in said


def test_a_round_of_the_ministry_is_moved_in_one_sentence(officer: Phones) -> None:
    said = asks(officer, "dời hạn tỉnh gửi bộ đợt 2 sang 20/1/2028 vì bão")
    assert "Tỉnh gửi Bộ, đợt 2 năm 2028 (cấp Bộ): từ 29/1/2028 sang 20/1/2028." in said

    done = asks(officer, "ghi")

    assert "✓ Tỉnh gửi Bộ, đợt 2 năm 2028 (cấp Bộ): em ghi dời từ 29/1/2028" in done
    assert days(officer, "bo-2-2028") == {("propose", ""): date(2028, 1, 20)}
    assert days(officer, "tinh-2-2027") == {}
    assert told(officer) == []
    assert "Tỉnh gửi Bộ hết 20/1/2028 (cơ quan đặt: bão)" in asks(officer, "lịch 2028")


@pytest.mark.parametrize(
    ("typed", "warning"),
    [
        ("dời hạn tỉnh gửi bộ đợt 2 năm 2027 sang 5/2/2027 vì bão", "Bộ trước 30/1 hay 30/7"),
        ("dời ngày bộ công bố đợt 1 sang 1/7/2027 vì bão", "tỉnh gửi Bộ trước, rồi Bộ công bố"),
    ],
)
def test_what_looks_wrong_of_the_ministry_is_said_in_its_own_words(
    officer: Phones, typed: str, warning: str
) -> None:
    said = asks(officer, typed)

    assert warning in said
    assert "xã gửi tỉnh" not in said


def test_without_a_step_those_of_the_ministry_are_asked(officer: Phones) -> None:
    said = asks(officer, "dời ngày đợt 1 cấp Bộ sang 20/7/2027 vì bão")

    assert "1. Tỉnh gửi Bộ\n2. Bộ công bố kết quả" in said


def test_a_round_of_the_ministry_is_not_the_communes_to_move(commune: Phones) -> None:
    assert "cán bộ tỉnh mới dời được" in asks(commune, "dời hạn tỉnh gửi bộ đợt 2 sang 20/1/2028")
    assert commune.open_form() == ""


def test_while_a_form_is_open_its_question_stands_there_again(officer: Phones) -> None:
    asks(officer, "thêm đợt")

    assert asks(officer, "lịch").rstrip().endswith("chậm nhất ngày nào ạ (ví dụ: 15/8)?")


def test_a_number_means_a_step_on_the_phone_alone_on_which_the_list_stands(
    officer: Phones,
) -> None:
    asks(officer, "lịch")

    assert officer.open_form() == ""
    assert "Ngày mới" not in officer.say("1")


# -- moving a day ----------------------------------------------------------------------------------


def test_what_is_not_said_is_asked_and_then_read_back(open_: Phones) -> None:
    assert "của đợt nào ạ?" in asks(open_, "dời ngày")
    assert "Bước nào" in asks(open_, "đợt 1 năm 2027")
    assert "Ngày mới là ngày nào" in asks(open_, "nộp hồ sơ")
    assert "Vì sao ạ?" in asks(open_, "12/4", "đúng")

    said = asks(open_, "lũ")

    assert "Nộp hồ sơ về xã, đợt 1 năm 2027 (cấp tỉnh): từ 7/4/2027 sang 12/4/2027" in said
    assert "Có 1 hồ sơ đang làm cho đợt này, 1 người sẽ nghe tin." in said


def test_one_sentence_is_enough(open_: Phones) -> None:
    planned(open_)

    said = asks(open_, "dời hạn nộp đợt 1 sang 12/4 vì nghỉ lễ dài")
    assert "từ 7/4/2027 sang 12/4/2027" in said
    done = asks(open_, "ghi")

    assert "✓ Nộp hồ sơ về xã, đợt 1 năm 2027 (cấp tỉnh): em ghi dời từ 7/4/2027" in done
    assert "Em báo ngay cho 1 người" in done
    assert days(open_) == {("file", ""): date(2027, 4, 12)}
    assert unplanned(open_) == 1
    assert ("moved", 2) in told(open_)
    assert ("moved_here", 1) not in told(open_)


def test_at_night_it_is_said_when_people_will_hear(open_: Phones) -> None:
    open_.player.now = datetime(2026, 11, 30, 21, 0, tzinfo=VIETNAM)

    said = asks(open_, "dời hạn nộp đợt 1 sang 12/4 vì nghỉ lễ dài", "ghi")

    assert "1 người có liên quan nghe tin lúc 7 giờ sáng 1/12/2026" in said


def test_where_nobody_has_a_dossier_nobody_is_told(officer: Phones) -> None:
    said = asks(officer, "dời hạn nộp đợt 1 sang 12/4 vì nghỉ lễ dài", "1")

    assert "không phải báo ai" in said
    assert told(officer) == []


def test_a_refusal_leaves_everything_as_it_was(open_: Phones) -> None:
    said = asks(open_, "dời hạn nộp đợt 1 sang 12/4 vì nghỉ lễ dài", "thôi")

    assert "em giữ như cũ" in said
    assert days(open_) == {}
    assert told(open_) == []


def test_the_same_day_again_tells_nobody(open_: Phones) -> None:
    said = asks(open_, "dời hạn nộp đợt 1 sang 7/4 vì nhầm", "ghi")

    assert "vẫn là 7/4/2027" in said
    assert told(open_) == []


def test_a_step_that_is_not_set_yet_is_set_the_same_way(commune: Phones) -> None:
    said = asks(commune, "đặt ngày tập huấn đợt 1: 9/3/2027", "lớp đầu năm")
    assert "Tập huấn, đợt 1 năm 2027 (cấp tỉnh): đặt vào 9/3/2027" in said

    asks(commune, "ghi")

    (place,) = days(commune)
    assert place[0] == "training"
    assert "Tập huấn 9/3/2027 (xã đặt: lớp đầu năm)" in asks(commune, "lịch 2027")


def test_a_day_of_the_province_is_not_the_communes_to_move(commune: Phones) -> None:
    said = asks(commune, "dời ngày họp Hội đồng đợt 1 sang 20/6")

    assert "cán bộ tỉnh mới dời được" in said
    assert commune.open_form() == ""
    said = asks(commune, "dời ngày", "đợt 1 năm 2027")
    assert "Họp Hội đồng" not in said
    assert "Tập huấn" in said


def test_a_day_of_the_province_typed_into_the_form_is_refused_too(commune: Phones) -> None:
    asks(commune, "dời ngày", "đợt 1 năm 2027", "họp hội đồng", "20/6", "đúng", "bão")

    assert "cán bộ tỉnh mới dời được" in asks(commune, "ghi")
    assert days(commune) == {}


def test_a_day_that_has_gone_by_is_not_taken(officer: Phones) -> None:
    assert "đã qua rồi" in asks(officer, "dời hạn nộp đợt 1 sang 20/4/2020")
    assert officer.open_form() == ""
    asks(officer, "dời hạn nộp đợt 1")
    assert "Ngày ấy đã qua rồi ạ" in asks(officer, "20/4/2020")


def test_a_day_that_went_by_while_it_was_asked_is_not_taken(officer: Phones) -> None:
    asks(officer, "dời hạn nộp đợt 1 sang 12/4 vì nghỉ lễ dài")
    officer.player.now = datetime(2027, 4, 13, 9, 0, tzinfo=VIETNAM)

    assert "Ngày 12/4/2027 đã qua rồi" in asks(officer, "ghi")
    assert days(officer) == {}


@pytest.mark.parametrize(
    ("typed", "warning"),
    [
        ("dời hạn nộp đợt 1 sang 5/5 vì lũ", "xem lại thứ tự"),
        ("dời hạn nộp đợt 1 sang 11/4 vì lũ", "Ngày ấy là ngày nghỉ"),
        ("dời hạn gửi tỉnh đợt 1 sang 4/5 vì lũ", "Ngày ấy muộn hơn luật"),
        ("dời hạn nộp đợt 1 sang 8/4 vì lũ", "xã không đủ 15 ngày làm việc"),
    ],
)
def test_what_looks_wrong_is_said_and_taken_all_the_same(
    officer: Phones, typed: str, warning: str
) -> None:
    assert warning in asks(officer, typed)
    assert "✓" in asks(officer, "ghi")


def test_a_filing_day_that_leaves_the_commune_its_days_is_taken_without_a_word(
    officer: Phones,
) -> None:
    assert "15 ngày làm việc" not in asks(officer, "dời hạn nộp đợt 1 sang 6/4 vì lũ")


def test_a_warning_comes_also_when_the_day_is_asked(officer: Phones) -> None:
    assert "Ngày ấy là ngày nghỉ" in asks(officer, "dời hạn nộp đợt 1", "11/4", "đúng")


def test_what_is_wrong_can_be_changed_before_it_is_noted(officer: Phones) -> None:
    asks(officer, "dời hạn nộp đợt 1 sang 12/4 vì lũ", "đổi ngày thành 14/4/2027", "ghi")

    assert days(officer) == {("file", ""): date(2027, 4, 14)}


def test_another_whole_sentence_begins_anew(officer: Phones) -> None:
    asks(officer, "dời hạn nộp đợt 1 sang 12/4 vì lũ", "dời hạn nộp đợt 2 sang 1/10 vì bão", "ghi")

    assert days(officer) == {}
    assert days(officer, "tinh-2-2027") == {("file", ""): date(2027, 10, 1)}


@pytest.mark.parametrize("before", [("dời hạn nộp đợt 1 sang 12/4",), ("thêm đợt",)])
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("đã gửi tỉnh 1", "chưa nộp về xã"),
        ("sent 1 to the province", "chưa nộp về xã"),
        ("phương án 1 đạt", "✓ Em ghi phương án"),
        ("tóm tắt", "Việc trong địa bàn"),
        ("nghỉ 3/5/2027 nghỉ bù", "✓ Em ghi 3/5/2027 là ngày nghỉ"),
        ("doi han nop dot 2 sang 15/10 vi lut", "đợt 2 năm 2027 (cấp tỉnh): từ 8/10/2027"),
        ("move deadline round 2 to 15/10 because of floods", "từ 8/10/2027 sang 15/10/2027"),
        ("move date", "của đợt nào ạ?"),
        ("dời ngày", "của đợt nào ạ?"),
    ],
)
def test_other_orders_are_heard_while_days_are_asked(
    open_: Phones, before: tuple[str, ...], typed: str, answer: str
) -> None:
    asks(open_, *before)

    assert answer in asks(open_, typed)


def test_after_another_order_what_was_asked_stands_there_again(open_: Phones) -> None:
    asks(open_, "dời hạn nộp đợt 1 sang 12/4")

    assert asks(open_, "phương án 1 đạt").rstrip().endswith("em gửi nguyên lời cho bà con.")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vi lu lut", "lu lut"),
        ("vì lũ lụt", "lũ lụt"),
        ("do lũ lụt", "lũ lụt"),
        ("tại bão số 3", "bão số 3"),
        ("lý do: bão", "bão"),
        ("because of floods", "floods"),
        ("Vị trí họp bị ngập", "Vị trí họp bị ngập"),
        ("đo đạc lại", "đo đạc lại"),
        ("tai nạn trên đường", "tai nạn trên đường"),
        ("đồ lễ chưa xong", "đồ lễ chưa xong"),
        ("vì", "vì"),
    ],
)
def test_a_reason_is_kept_without_because(typed: str, kept: str) -> None:
    assert reason(typed) == kept


def test_because_is_not_said_twice(officer: Phones) -> None:
    asks(officer, "dời hạn nộp đợt 1 sang 12/4", "vi lu lut", "ghi")

    assert "(cơ quan đặt: lu lut)" in asks(officer, "lịch 2027")


def test_a_day_that_is_in_no_calendar_is_said_and_asked_again(officer: Phones) -> None:
    said = asks(officer, "dời hạn nộp đợt 1 sang 32/4 vì lũ")

    assert "Ngày 32/4 không có trong lịch" in said
    assert "Ngày mới là ngày nào" in said


def test_a_round_that_there_is_not_is_said_and_asked(officer: Phones) -> None:
    said = asks(officer, "dời hạn nộp đợt 5 sang 12/4 vì lũ")

    assert "không thấy đợt 5 trong lịch" in said
    assert "của đợt nào ạ?" in said


def test_a_form_that_is_left_is_forgotten(officer: Phones) -> None:
    said = asks(officer, "dời ngày", "để sau")

    assert "Em không ghi gì cả" in said
    assert officer.session(1) != Session()
    assert officer.session(1).runs == ()


def test_a_province_moves_the_day_of_its_own_communes_alone(open_: Phones) -> None:
    appoint(open_, province_of(open_))
    planned(open_)
    asks(open_, "dời hạn nộp đợt 1 sang 12/4 vì lũ", "ghi")
    assert unplanned(open_) == 1
    planned(open_)

    appoint(open_, ELSEWHERE)
    asks(open_, "dời hạn nộp đợt 1 sang 14/4 vì lũ", "ghi")

    assert unplanned(open_) == 0
    assert {place[1] for place in days(open_)} == {province_of(open_), ELSEWHERE}


def test_who_is_moved_to_a_commune_meanwhile_moves_no_day_of_the_province(
    officer: Phones,
) -> None:
    asks(officer, "dời ngày họp Hội đồng đợt 1 sang 10/6 vì bão")
    appoint(officer, COMMUNE)

    assert "cán bộ tỉnh mới dời được" in asks(officer, "ghi")
    assert days(officer) == {}


# -- an extra round --------------------------------------------------------------------------------


def test_an_extra_round_gets_the_next_number_and_is_seen(open_: Phones) -> None:
    asks(open_, "thêm đợt", "15/8/2027", "9/9/2027", "30/9/2027", "Kế hoạch 45/KH-UBND")
    said = asks(open_, "ghi")

    assert "✓ Em ghi đợt 3 năm 2027 (cấp tỉnh): bà con nộp xã hết 23/7/2027" in said
    assert days(open_, "tinh-3-2027") == {
        ("propose", ""): date(2027, 8, 15),
        ("council", ""): date(2027, 9, 9),
        ("decide", ""): date(2027, 9, 30),
    }
    assert "Đợt 3 năm 2027 (cấp tỉnh)" in asks(open_, "lịch 2027")
    asks(open_, "thêm đợt", "20/8/2027", "bỏ qua", "30/9/2027", "Kế hoạch 46/KH-UBND", "ghi")
    assert set(days(open_, "tinh-4-2027")) == {("propose", ""), ("decide", "")}


def test_the_document_of_a_round_is_not_cited_twice(officer: Phones) -> None:
    asks(officer, "thêm đợt", "15/8/2027", "bỏ qua", "30/9/2027")

    assert ". Theo Kế hoạch 45/KH-UBND." in asks(officer, "theo Kế hoạch 45/KH-UBND")
    asks(officer, "ghi")
    assert "(cơ quan đặt: Kế hoạch 45/KH-UBND)" in asks(officer, "lịch 2027")


def test_an_extra_round_is_read_back_and_may_be_dropped(officer: Phones) -> None:
    asks(officer, "thêm đợt", "15/8/2027", "bỏ qua", "30/9/2027")
    said = asks(officer, "Kế hoạch 45/KH-UBND")
    assert "xã gửi tỉnh hết 15/8/2027, công bố hết 30/9/2027. Theo Kế hoạch 45/KH-UBND" in said

    assert "không ghi đợt nào" in asks(officer, "thôi")
    assert days(officer, "tinh-3-2027") == {}


def test_days_out_of_order_are_asked_again(officer: Phones) -> None:
    asks(officer, "thêm đợt", "15/8/2027", "bỏ qua", "30/7/2027", "Kế hoạch 45/KH-UBND")

    assert "chưa đúng thứ tự" in asks(officer, "ghi")
    assert "✓ Em ghi đợt 3" in asks(officer, "30/9/2027")


def test_a_round_that_leaves_the_commune_no_time_is_warned_of(officer: Phones) -> None:
    assert "không đủ 15 ngày làm việc" in asks(officer, "thêm đợt", "5/12/2026")


def test_a_round_whose_day_went_by_meanwhile_is_not_noted(officer: Phones) -> None:
    asks(officer, "thêm đợt", "15/8/2027", "bỏ qua", "30/9/2027", "Kế hoạch 45/KH-UBND")
    officer.player.now = datetime(2027, 8, 16, 9, 0, tzinfo=VIETNAM)

    assert "đã qua rồi, em chưa ghi đợt nào" in asks(officer, "ghi")


def third_round(phones: Phones) -> None:
    asks(phones, "thêm đợt", "15/8/2027", "bỏ qua", "30/9/2027", "Kế hoạch 45/KH-UBND", "ghi")


@pytest.mark.parametrize(
    "typed", ["bỏ đợt 3", "bo dot 3 nam 2027", "huỷ đợt 3/2027", "drop round 3"]
)
@pytest.mark.parametrize("yes", ["1", "bỏ", "co"])
def test_an_extra_round_is_taken_back_after_a_question(open_: Phones, typed: str, yes: str) -> None:
    third_round(open_)

    assert "Bỏ đợt 3 năm 2027 (cấp tỉnh) thật ạ?" in asks(open_, typed)
    assert days(open_, "tinh-3-2027") != {}
    assert "✓ Em bỏ đợt 3 năm 2027" in asks(open_, yes)
    assert days(open_, "tinh-3-2027") == {}
    assert "Đợt 3" not in asks(open_, "lịch 2027")


def test_the_dossiers_of_a_round_that_is_taken_back_go_on_to_the_next(open_: Phones) -> None:
    third_round(open_)
    change(open_, round_key="tinh-3-2027")
    planned(open_)

    assert "Có 1 hồ sơ đang làm cho đợt này" in asks(open_, "bỏ đợt 3")
    asks(open_, "1")

    assert unplanned(open_) == 1
    assert "(cấp tỉnh): nên nộp xã" in asks(open_, "hồ sơ 1")
    assert "Đợt 3" not in open_.read("canbo")


def test_the_days_of_communes_go_with_a_round_that_is_taken_back(commune: Phones) -> None:
    code = commune.producers()[0]["commune_code"]
    appoint(commune, province_of(commune))
    third_round(commune)
    appoint(commune, code)
    asks(commune, "dời hạn nộp đợt 3 sang 1/7/2027 vì lũ", "ghi")
    assert ("file", code) in days(commune, "tinh-3-2027")
    appoint(commune, province_of(commune))

    asks(commune, "bỏ đợt 3", "bỏ")

    assert days(commune, "tinh-3-2027") == {}


@pytest.mark.parametrize("no", ["2", "thôi", "giữ lại"])
def test_an_extra_round_stays_where_the_answer_is_no(open_: Phones, no: str) -> None:
    third_round(open_)

    assert "em để nguyên" in asks(open_, "bỏ đợt 3", no)
    assert days(open_, "tinh-3-2027") != {}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("bỏ đợt 1", "luật định sẵn"),
        ("bỏ đợt 7", "không thấy đợt 7"),
        ("bỏ đợt", "Bỏ đợt mấy ạ?"),
    ],
)
def test_a_round_of_the_law_and_one_that_there_is_not_are_not_taken_back(
    officer: Phones, typed: str, answer: str
) -> None:
    assert answer in asks(officer, typed)


def test_a_round_that_another_office_opened_is_not_taken_back(open_: Phones) -> None:
    third_round(open_)
    appoint(open_, province_of(open_))

    assert "do cơ quan khác mở" in asks(open_, "bỏ đợt 3")


def test_a_commune_takes_no_round_back(commune: Phones) -> None:
    assert "việc của tỉnh" in asks(commune, "bỏ đợt 3")


def test_a_commune_opens_no_round(commune: Phones) -> None:
    assert "Mở thêm đợt là việc của tỉnh" in asks(commune, "thêm đợt")
    assert commune.open_form() == ""


def test_who_is_moved_to_a_commune_meanwhile_opens_none_either(officer: Phones) -> None:
    asks(officer, "thêm đợt", "15/8/2027", "bỏ qua", "30/9/2027", "Kế hoạch 45/KH-UBND")
    appoint(officer, COMMUNE)

    assert "Mở thêm đợt là việc của tỉnh" in asks(officer, "ghi")
    assert days(officer, "tinh-3-2027") == {}


# -- days off --------------------------------------------------------------------------------------


def test_the_coming_holidays_are_told_by_name(officer: Phones) -> None:
    said = asks(officer, "ngay nghi")

    assert "• 1/1/2027: Tết Dương lịch" in said
    assert "• 4/2/2027 đến 10/2/2027: Tết Nguyên đán" in said
    assert "• 16/4/2027: Giỗ Tổ Hùng Vương" in said
    assert "• 3/5/2027: nghỉ bù" in said
    assert "Cơ quan chưa ghi ngày nào riêng" in said


def test_a_day_off_and_a_day_made_up_for_are_noted_and_taken_back(open_: Phones) -> None:
    planned(open_)
    assert "✓ Em ghi 4/5/2027 là ngày nghỉ (nghỉ bù)" in asks(open_, "nghỉ 4/5/2027 nghỉ bù")
    assert "✓ Em ghi 8/5/2027 là ngày làm việc" in asks(open_, "làm 8/5/2027 làm bù")
    assert unplanned(open_) == 1

    said = asks(open_, "ngày nghỉ")
    assert "• 4/5/2027: nghỉ (nghỉ bù)\n• 8/5/2027: làm việc (làm bù)" in said
    assert "lại là ngày làm việc như lịch chung" in asks(open_, "bỏ ngày nghỉ 4/5/2027")
    assert "lại là ngày nghỉ như lịch chung" in asks(open_, "bỏ làm 8/5/2027")
    assert "chưa ghi gì riêng" in asks(open_, "bỏ nghỉ 4/5/2027")
    with open_.database.reading() as tx:
        assert days_off.everyone(tx) == []


def test_a_day_off_moves_what_is_counted_in_working_days(officer: Phones) -> None:
    asks(officer, "nghỉ 8/4/2027 cả tỉnh nghỉ")

    assert "Nộp hồ sơ về xã hết 6/4/2027 (tính từ luật)" in asks(officer, "lịch 2027")


def test_several_days_are_noted_at_once_and_taken_back_at_once(officer: Phones) -> None:
    said = asks(officer, "nghỉ 19/4/2027, từ 21/4 đến 23/4 nghỉ bão")

    assert "✓ Em ghi 19/4/2027, 21/4/2027 đến 23/4/2027 là ngày nghỉ (nghỉ bão)" in said
    with officer.database.reading() as tx:
        noted = [row["day"].day for row in days_off.everyone(tx)]
    assert noted == [19, 21, 22, 23]
    gone = asks(officer, "bỏ ngày nghỉ từ 19/4/2027 đến 23/4/2027")
    assert "19/4/2027, 21/4/2027 đến 23/4/2027 lại là ngày làm việc" in gone


def test_days_of_both_kinds_are_taken_back_in_one_sentence(officer: Phones) -> None:
    asks(officer, "nghỉ 23/4/2027", "làm 24/4/2027")

    said = asks(officer, "bỏ ngày nghỉ 23/4 đến 24/4/2027")

    assert "23/4/2027 đến 24/4/2027 lại như lịch chung" in said


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("nghỉ 1/4/2027 đến 31/5/2027 bão", "nhiều nhất 31 ngày"),
        ("nghỉ 21/4, 32/4 bão", "Ngày 32/4 không có trong lịch"),
    ],
)
def test_too_many_days_and_a_day_that_is_none_are_said_and_nothing_is_noted(
    officer: Phones, typed: str, answer: str
) -> None:
    assert answer in asks(officer, typed)
    with officer.database.reading() as tx:
        assert days_off.everyone(tx) == []


def test_a_day_that_has_gone_by_is_no_day_off_to_come(officer: Phones) -> None:
    assert "Ngày nào ạ?" in asks(officer, "nghỉ 3/5/2020 nghỉ bù")


def test_days_off_are_the_provinces(commune: Phones) -> None:
    assert "cán bộ tỉnh mới ghi được" in asks(commune, "nghỉ 3/5/2027 nghỉ bù")
    assert "Ngày nghỉ sắp tới" in asks(commune, "ngày nghỉ")


# -- a dossier in its year -------------------------------------------------------------------------


def test_a_dossier_is_told_with_its_round_and_its_step(open_: Phones) -> None:
    with open_.database.transaction() as tx:
        now = open_.player.now
        for step in (Step.ANNOUNCE, Step.IDEA):
            cycle.note(tx, 1, Done(step, "done", TODAY), None, now)
        passed = Done(Step.PLAN, "passed_over", TODAY, "chưa thấy phương án")
        cycle.note(tx, 1, passed, None, now)

    said = asks(open_, "hồ sơ 1")

    assert "Đợt 1 năm 2027 (cấp tỉnh): nên nộp xã chậm nhất 7/4/2027." in said
    assert "đang ở bước 4, triển khai phương án; bỏ qua nhận phương án (chưa thấy" in said


def test_a_dossier_of_which_all_is_done_is_told_so(open_: Phones) -> None:
    with open_.database.transaction() as tx:
        for step in Step:
            cycle.note(tx, 1, Done(step, "done", TODAY), None, open_.player.now)

    assert "Chu trình: đủ sáu bước." in asks(open_, "hồ sơ 1")


def test_one_that_was_handed_in_is_told_with_its_review_and_sent_up(commune: Phones) -> None:
    with commune.database.transaction() as tx:
        dossiers.file(tx, 1, 2, date(2026, 12, 21), commune.player.now)
    assert "đã nộp xã 23/11/2026, xã xét chậm nhất 21/12/2026" in asks(commune, "hồ sơ 1")

    assert "còn 4/4 nội dung em chưa thấy xét" in asks(commune, "da gui tinh 1")
    said = asks(commune, "mẫu 03 đã ký trên giấy, gửi luôn")

    assert "✓ Em ghi xã đã gửi tỉnh hồ sơ HS-2026-0001" in said
    assert "kịp hạn xét 21/12/2026" in said
    assert "xã đã gửi hồ sơ HS-2026-0001 (Gạo Khẩu Mẹo) lên tỉnh" in commune.read()
    assert "đã ghi gửi tỉnh ngày 23/11/2026" in asks(commune, "đã gửi tỉnh 1")
    assert "đã gửi tỉnh 23/11/2026" in asks(commune, "hồ sơ 1")


def test_one_that_goes_up_late_is_said_to_be_late(open_: Phones) -> None:
    with open_.database.transaction() as tx:
        dossiers.file(tx, 1, 2, date(2026, 11, 20), open_.player.now)

    assert "sau hạn xét 20/11/2026" in asks(open_, "đã gửi tỉnh 1", "2")


def test_one_that_was_not_handed_in_is_not_sent_up(open_: Phones) -> None:
    assert "chưa nộp về xã" in asks(open_, "đã gửi tỉnh 1")
    assert "Hồ sơ số mấy đã gửi tỉnh ạ?" in asks(open_, "đã gửi tỉnh")


def test_a_plan_is_approved_once(open_: Phones) -> None:
    assert "Phương án của hồ sơ số mấy đạt ạ?" in asks(open_, "phương án đạt")
    assert "đạt, xong bước 3 của chu trình" in asks(open_, "phuong an 1 dat")
    assert "đã ghi đạt từ trước" in asks(open_, "phương án 1 đạt")
    with open_.database.reading() as tx:
        assert (Step.PLAN, "done") in {(d.step, d.state) for d in cycle.of(tx, 1)}


def test_nothing_is_done_to_a_dossier_of_another_area(open_: Phones) -> None:
    appoint(open_, ELSEWHERE)

    assert "không thấy hồ sơ số 1" in asks(open_, "đã gửi tỉnh 1")
    assert "không thấy hồ sơ số 1" in asks(open_, "phương án 1 đạt")


# -- what producers see of it ----------------------------------------------------------------------


def test_a_producer_sees_the_days_that_her_commune_set(commune: Phones) -> None:
    before = commune.say("các đợt, hạn nộp")
    asks(commune, "đặt ngày tập huấn đợt 1: 9/3/2027", "lớp đầu năm", "ghi")
    asks(commune, "dời hạn nộp đợt 1 sang 5/4 vì nghỉ lễ", "ghi")

    after = commune.say("hạn nộp")

    assert "tập huấn" not in before
    assert "tập huấn 9/3/2027, nộp hồ sơ về xã hết 5/4/2027" in after


def test_who_is_no_officer_moves_nothing(phones: Phones) -> None:
    phones.agreed()

    phones.say("dời hạn nộp đợt 1 sang 12/4 vì lũ", "thêm đợt", "nghỉ 3/5/2027 nghỉ bù")

    assert phones.open_form() not in {"move_date", "extra_round"}
    assert days(phones) == {}


def test_an_officer_who_is_a_producer_too_gets_no_menu_after_it(officer: Phones) -> None:
    asks(officer, "đăng ký sản phẩm", "đồng ý", "cả hai", "để sau")

    said = asks(officer, "dời hạn nộp đợt 1 sang 12/4 vì lũ", "ghi")

    assert "✓" in said
    assert "Bác cần em giúp việc gì" not in said
