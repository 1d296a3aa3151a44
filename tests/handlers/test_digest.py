"""The officer's summary: asked for in any way, each number opens its list; it comes by itself."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.wording import LIMIT
from conversations.messages import Letter, Message
from handlers.officer import digest, digest_sheet, digest_words
from handlers.officer.digest_words import Order
from programme import ruleset
from programme.calendar import Calendar
from programme.quiet import VIETNAM
from storage import certificates, digests, dossiers, officers, overview, papers, prints, questions
from storage.overview import View
from tests.handlers.phones import Phones
from tests.wording import WORDING

RULES = ruleset.newest()
CALENDAR = Calendar(RULES)
MORNING = datetime(2026, 11, 25, 8, tzinfo=VIETNAM)
NOTHING = "không có việc nào chờ anh chị"


@pytest.fixture
def officer(phones: Phones) -> Phones:
    phones.say("/start CANBO", on="canbo")
    return phones


@pytest.fixture
def busy(officer: Phones) -> Phones:
    """An officer, and a producer whose dossier lacks a paper and has one that waits."""
    officer.with_idea()
    give(officer, "story_text")
    change(officer, next_paper="test_report", file_by=date(2027, 4, 7))
    return officer


def give(phones: Phones, kind: str, **more: Any) -> int:
    values = {"producer_id": 1, "product": 1, "paper": kind, "person_id": 2, **more}
    with phones.database.transaction() as tx:
        return papers.give(tx, values, (), phones.player.now)


def change(phones: Phones, dossier: int = 1, **values: Any) -> None:
    with phones.database.transaction() as tx:
        dossiers.change(tx, dossier, **values)


def certify(phones: Phones, star: int, producer: int | None = 1) -> None:
    days = {"issued": date(2026, 6, 20), "expires": date(2029, 6, 20)}
    window = {"refile_from": date(2028, 12, 22), "refile_by": date(2029, 2, 20)}
    about = {"producer_id": producer, "name": f"Rượu {star}", "product_set": 14, "star": star}
    with phones.database.transaction() as tx:
        certificates.keep(tx, {**about, **days, **window}, phones.player.now)


def many(phones: Phones, count: int, paper: str = "story_text") -> None:
    """So many more dossiers that lack a paper."""
    with phones.database.transaction() as tx:
        row = dossiers.by_id(tx, 1)
        kept = ("producer_id", "person_id", "product_set", "rules", "council", "round_key")
        for number in range(count):
            values = {name: row[name] for name in kept} | {"name": f"Gạo {number}"}
            made = dossiers.open_new(tx, values, phones.player.now, 2026)
            dossiers.change(tx, made, next_paper=paper, file_by=date(2027, 4, 7))


def asks(phones: Phones, *texts: str) -> str:
    return phones.say(*texts, on="canbo")


def row(phones: Phones) -> dict[str, Any]:
    with phones.database.reading() as tx:
        found = digests.of(tx, 1)
    assert found is not None
    return found


def due(phones: Phones, at: datetime = MORNING) -> str | None:
    """What comes by itself, in words."""
    with phones.database.transaction() as tx:
        said = digest.due(tx, 1, at, CALENDAR)
    return read(WORDING.letters("vi", said)) if said else None


def read(letters: tuple[Letter, ...]) -> str:
    (letter,) = letters
    assert letter.choices == ()
    return letter.text


# -- how it is typed ------------------------------------------------------------------------------

TYPED = {
    Order("show"): ("tóm tắt", "tom tat", "Tomtat", "xem tóm tắt", "summary", "/tomtat",
                   "bao cao", "báo cáo hôm nay", "tinh hinh", "xem tình hình"),
    Order("open", 3): ("tom tat 3", "tóm tắt số 3", "tóm tắt mục 3", "summary 3"),
    Order("open", 2, 4): ("tóm tắt 2 trang 4", "summary 2 page 4"),
    Order("stop"): ("thôi tóm tắt", "tắt tóm tắt", "đừng gửi tóm tắt", "stop summary"),
    Order("start"): ("bật tóm tắt", "bat tom tat", "nhận lại tóm tắt", "summary on"),
    Order("digest"): ("ảnh tóm tắt", "tóm tắt ảnh", "xem hình tóm tắt"),
    Order("digest_xlsx"): ("excel", "tóm tắt excel", "bảng tính", "file excel tóm tắt",
                          "gui excel cho toi", "xuất excel", "gửi file excel", "excel cho tôi"),
    Order("set", hour=7): ("tóm tắt 7 giờ", "tóm tắt lúc 7h", "tom tat 7:00", "summary at 7am"),
    Order("set", hour=17): ("tóm tắt 5 giờ chiều", "tóm tắt 17 giờ", "summary 5pm"),
    Order("set", hour=12): ("tóm tắt 12 giờ trưa", "tóm tắt 12h30"),
    Order("set", every="day", hour=6): ("tóm tắt hằng ngày 6h30", "tóm tắt mỗi ngày lúc 6 giờ"),
    Order("set", every="day"): ("tóm tắt hàng ngày", "summary daily"),
    Order("set", every="week"): ("tóm tắt hằng tuần", "summary weekly"),
    Order("set", every="week", weekday=0): ("tóm tắt thứ hai", "tóm tắt thứ 2", "summary monday"),
    Order("set", every="week", weekday=0, hour=9): ("tóm tắt thứ hai 9 giờ", "tom tat 9h thu 2"),
    Order("set", every="week", weekday=6): ("tóm tắt chủ nhật", "tóm tắt cn hằng tuần"),
    Order("which"): ("tóm tắt 8", "tóm tắt 25 giờ"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("order", "typed"), [(order, typed) for order, ways in TYPED.items() for typed in ways]
)
def test_an_officer_may_type_it_in_several_ways(order: Order, typed: str) -> None:
    assert digest_words.read(typed) == order


@pytest.mark.parametrize(
    "typed", ["", "ảnh", "ảnh 2", "tóm tắt câu chuyện", "3", "thứ hai", "thôi"]
)
def test_what_else_is_typed_is_nothing_of_that(typed: str) -> None:
    assert digest_words.read(typed) is None


def test_who_is_no_officer_sees_none_of_it(busy: Phones) -> None:
    assert "Mới về" not in busy.say("tóm tắt")
    assert "Mới về" not in busy.say("tóm tắt 1")


# -- the numbers ----------------------------------------------------------------------------------


def test_the_numbers_that_are_not_zero_stand_under_their_places(busy: Phones) -> None:
    said = asks(busy, "tóm tắt")

    assert said == (
        "Việc trong địa bàn lúc này:\n1. Mới về: 1\n2. Chờ anh chị: 1\n3. Còn thiếu giấy: 1\n"
        "Anh chị gõ số để mở danh sách, “ảnh” để xem hình, “excel” để lấy bảng tính."
    )


def test_where_there_is_nothing_that_is_said_kindly(officer: Phones) -> None:
    assert NOTHING in asks(officer, "tóm tắt")
    assert "Còn thiếu giấy: giờ không có gì" in asks(officer, "tóm tắt 3")
    assert "chưa có sản phẩm được công nhận" in asks(officer, "tóm tắt 7")


def test_another_area_is_not_counted(busy: Phones) -> None:
    with busy.database.transaction() as tx:
        officers.appoint(tx, 1, "00001", busy.player.now)

    assert NOTHING in asks(busy, "tóm tắt")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("how", ["digest.how", "digest.how_to_open"])
def test_all_numbers_at_their_highest_are_one_letter(language: str, how: str) -> None:
    lines = digest.numbers(dict.fromkeys(overview.MATTERS, 123_456))
    head = "digest.now" if how == "digest.how" else "digest.come"
    (first,) = WORDING.letters(language, Message(head, {"lines": lines}))
    args = {"number": 7} if how == "digest.how_to_open" else {}
    (last,) = WORDING.letters(language, Message(how, args))

    assert len(first.text) + 1 + len(last.text) <= LIMIT


# -- the lists behind them ------------------------------------------------------------------------


def test_a_number_opens_its_list_and_what_stands_there_goes_on(busy: Phones) -> None:
    with busy.database.transaction() as tx:
        questions.ask(tx, 2, "Bao giờ họp?", "", busy.player.now)

    said = asks(busy, "tóm tắt", "2")

    assert "Chờ anh chị:\n• Giấy 1 · câu chuyện sản phẩm, HTX Bản Liền: chờ xem" in said
    assert "• Câu hỏi 1 · Bao giờ họp?" in said
    assert "gõ: xem giấy 1 · đạt 1 · trả 1 lý do" in said
    assert "gõ: TL 1 rồi" in said
    assert "Giấy số 1 (câu chuyện sản phẩm): đạt" in asks(busy, "đạt 1")
    assert "Mới về:\n• HS-2026-0001 · Gạo Khẩu Mẹo, HTX Bản Liền" in asks(busy, "1")
    assert "gõ: hồ sơ 1" in busy.read("canbo")
    assert "HS-2026-0001 · Gạo Khẩu Mẹo" in asks(busy, "hồ sơ 1")


def test_a_list_is_opened_by_its_word_at_any_time(busy: Phones) -> None:
    assert "• Giấy 1" in asks(busy, "tom tat 2")


def test_a_long_list_is_told_in_pages(busy: Phones) -> None:
    many(busy, 19)

    first = asks(busy, "tóm tắt 1")
    second, last = asks(busy, "xem tiếp"), asks(busy, "tiếp")

    assert "Mới về, 1 đến 8 trong 20" in first
    assert "Còn 12 mục nữa, anh chị gõ: xem tiếp" in first
    assert "9 đến 16 trong 20" in second
    assert "17 đến 20 trong 20" in last
    assert [page.count("• HS-") for page in (first, second, last)] == [8, 8, 4]
    assert "xem tiếp" not in last
    assert "9 đến 16 trong 20" in asks(busy, "tóm tắt 1 trang 2")
    assert "giờ không có gì" in asks(busy, "tóm tắt 1 trang 9")


def test_lacking_papers_are_counted_and_each_opens_its_dossiers(busy: Phones) -> None:
    many(busy, 9)

    parts = asks(busy, "tóm tắt 3")
    story = asks(busy, "1")

    assert "1. Đang cần câu chuyện sản phẩm: 9" in parts
    assert "2. Đang cần phiếu kiểm nghiệm" in parts
    assert "1 đến 8 trong 9" in story
    assert "HS-2026-0001 · Gạo Khẩu Mẹo" in asks(busy, "tóm tắt 3", "2")


def test_targets_stand_beside_what_is_reached(busy: Phones) -> None:
    certify(busy, 3)
    certify(busy, 4)
    certify(busy, 4)
    with busy.database.transaction() as tx:
        told = "INSERT INTO targets (key, year, text) VALUES ('m', 2026, '5 sản phẩm 4 sao')"
        tx.execute(text(told))

    said = asks(busy, "tóm tắt 7")

    assert "Chỉ tiêu năm 2026, đúng lời văn phòng ghi:\n• 5 sản phẩm 4 sao" in said
    assert "1. Công nhận 3 sao năm nay: 1\n2. Công nhận 4 sao năm nay: 2" in said
    assert "3. Hồ sơ đang chuẩn bị: 1" in said
    assert asks(busy, "2").count("• Rượu 4, HTX Bản Liền: 4 sao (20/6/2026)") == 2
    assert "• HS-2026-0001" in asks(busy, "tóm tắt 7", "3")


def test_what_is_due_ends_or_stands_still_says_until_when(busy: Phones) -> None:
    soon = busy.player.now.date() + timedelta(days=9)
    moved = busy.player.now - timedelta(days=20)
    give(busy, "food_safety_certificate", ends=soon, verdict="accepted")
    change(busy, file_by=soon, moved_at=moved)

    day = f"{soon.day}/{soon.month}/2026"
    line = f"• HS-2026-0001 · Gạo Khẩu Mẹo, HTX Bản Liền: nộp xã chậm nhất {day}"
    assert line in asks(busy, "tóm tắt 4")
    assert f"Giấy 2 · giấy an toàn thực phẩm, HTX Bản Liền: hết hạn {soon.day}/" in asks(busy, "5")
    assert line in asks(busy, "6")


def test_a_paper_of_an_earlier_decision_has_its_name_of_then(busy: Phones) -> None:
    change(busy, next_paper="organisation_chart")

    assert "organisation_chart" not in asks(busy, "tóm tắt 3")
    assert "Đang cần" in busy.read("canbo")


def test_a_form_that_is_open_is_kept_while_the_summary_is_looked_at(officer: Phones) -> None:
    asks(officer, "đăng ký sản phẩm", "đồng ý", "cả hai", "của tôi", "HTX Bản Phố")

    said = asks(officer, "tóm tắt")

    assert "gõ: tiếp tục" in said
    assert officer.open_form() == ""
    assert "giờ không có gì" in asks(officer, "2")


def test_a_number_in_an_open_form_is_an_answer_and_opens_nothing(officer: Phones) -> None:
    asks(officer, "tóm tắt", "đăng ký sản phẩm", "đồng ý", "cả hai")

    assert "giờ không có gì" not in asks(officer, "1")


# -- printed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ảnh", "excel", "ảnh tóm tắt", "tóm tắt excel"])
def test_it_is_printed_as_a_picture_and_as_a_workbook(busy: Phones, typed: str) -> None:
    said = asks(busy, "tóm tắt", typed)

    assert "Em đang in" in said
    with busy.database.reading() as tx:
        assert prints.any_open(tx, busy.player.now)


def test_what_is_printed_has_the_numbers_and_lists_of_the_talk(busy: Phones) -> None:
    certify(busy, 3)
    many(busy, 250)
    now = busy.player.now
    with busy.database.reading() as tx:
        made = digest_sheet.sheet(tx, View(officers.over(""), now, now - timedelta(days=7)), RULES)

    new, waiting, stuck, reached = made.sections
    assert [section.count for section in made.sections] == [251, 1, 251, 1]
    assert (len(new.rows), new.note) == (200, "Kể 200 dòng đầu")
    assert waiting.rows[0][:3] == ("Câu chuyện sản phẩm", "Giấy 1", "HTX Bản Liền")
    assert "Thiếu: " in str(stuck.rows[0][-1])
    assert reached.note == "3 sao: 1. Hồ sơ đang chuẩn bị: 251"
    assert reached.rows[0][0] == "Rượu 3"
    assert [section.place for section in made.sections] == [1, 2, 3, 7]


@pytest.mark.parametrize(
    ("area", "named"), [("", ""), ("02869", "xã Bản Liền, tỉnh Lào Cai"), ("15", "tỉnh Lào Cai")]
)
def test_what_is_printed_names_the_area(busy: Phones, area: str, named: str) -> None:
    with busy.database.reading() as tx:
        made = digest_sheet.sheet(tx, View(officers.over(area), busy.player.now, MORNING), RULES)

    assert made.area == named


def test_a_summary_that_was_stopped_is_turned_on_again(officer: Phones) -> None:
    asks(officer, "tóm tắt 15 giờ", "thôi tóm tắt")

    assert "mỗi ngày làm việc lúc 15 giờ" in asks(officer, "bật tóm tắt")
    assert row(officer)["every"] == "day"


# -- when it comes --------------------------------------------------------------------------------


def test_a_new_officer_gets_it_each_working_day_at_eight(officer: Phones) -> None:
    kept = row(officer)

    assert (kept["every"], kept["hour"]) == ("day", 8)
    assert kept["next_at"] == MORNING  # the 23rd is over, the 24th is a holiday


def test_becoming_an_officer_again_changes_no_wish(officer: Phones) -> None:
    asks(officer, "tóm tắt 15 giờ", "/start CANBO")

    assert row(officer)["hour"] == 15


@pytest.mark.parametrize(
    ("typed", "wish", "said"),
    [
        ("tóm tắt 9 giờ", ("day", 9, 0), "mỗi ngày làm việc lúc 9 giờ"),
        ("tóm tắt 6 giờ", ("day", 7, 0), "em lấy giờ gần nhất.\n✓ Tóm tắt"),
        ("tóm tắt 23 giờ", ("day", 20, 0), "lúc 20 giờ"),
        ("tóm tắt thứ sáu", ("week", 8, 4), "thứ sáu hằng tuần lúc 8 giờ"),
        ("tóm tắt thứ hai 9 giờ", ("week", 9, 0), "thứ hai hằng tuần lúc 9 giờ"),
        ("tóm tắt hằng tuần", ("week", 8, 0), "thứ hai hằng tuần lúc 8 giờ"),
        ("thôi tóm tắt", ("none", 8, 0), "Em thôi tự gửi tóm tắt"),
    ],
)
def test_she_chooses_when_and_it_is_read_back(
    officer: Phones, typed: str, wish: tuple[str, int, int], said: str
) -> None:
    assert said in asks(officer, typed)

    kept = row(officer)
    assert (kept["every"], kept["hour"], kept["weekday"]) == wish
    assert (kept["next_at"] is None) == (wish[0] == "none")


def test_another_hour_leaves_the_week_and_another_day_the_hour(officer: Phones) -> None:
    asks(officer, "tóm tắt thứ sáu 9 giờ", "tóm tắt 10 giờ", "tóm tắt thứ ba")

    assert (row(officer)["weekday"], row(officer)["hour"]) == (1, 10)
    asks(officer, "thôi tóm tắt", "tóm tắt 11 giờ")
    assert (row(officer)["every"], row(officer)["hour"]) == ("day", 11)


def test_what_is_not_clear_is_asked(officer: Phones) -> None:
    assert "gõ: tóm tắt 2" in asks(officer, "tóm tắt 9")


# -- by itself ------------------------------------------------------------------------------------


def test_it_comes_with_its_numbers_and_the_words_that_open_them(busy: Phones) -> None:
    assert due(busy) == (
        "Chào anh chị, em gửi tóm tắt hôm nay:\n"
        "1. Mới về: 1\n2. Chờ anh chị: 1\n3. Còn thiếu giấy: 1\n"
        "Xem danh sách đằng sau, anh chị gõ: tóm tắt 1"
    )
    assert row(busy)["next_at"] == MORNING + timedelta(days=1)


def test_a_list_is_that_of_the_number_that_came_by_itself(busy: Phones) -> None:
    due(busy, busy.player.now)

    assert "Mới về:\n• HS-2026-0001" in asks(busy, "tóm tắt 1")


def test_nothing_comes_where_nothing_changed(busy: Phones) -> None:
    due(busy)

    assert due(busy, MORNING + timedelta(days=1)) is None
    assert row(busy)["said_at"] == MORNING
    assert row(busy)["next_at"] == MORNING + timedelta(days=2)


def test_nothing_comes_where_there_never_was_anything(officer: Phones) -> None:
    assert due(officer) is None


def test_it_comes_again_when_one_thing_gives_way_to_another(busy: Phones) -> None:
    """The numbers are the same, and what is behind them is not."""
    due(busy)
    with busy.database.transaction() as tx:
        papers.judge(tx, 1, "accepted", "", 1, busy.player.now)
    give(busy, "declaration")

    assert "2. Chờ anh chị: 1" in (due(busy, MORNING + timedelta(days=1)) or "")


def test_that_all_is_done_is_said_once(busy: Phones) -> None:
    due(busy)
    with busy.database.transaction() as tx:
        dossiers.close(tx, 1, busy.player.now)

    assert "những việc hôm trước đã xong cả" in (due(busy, MORNING + timedelta(days=1)) or "")
    assert due(busy, MORNING + timedelta(days=2)) is None


@pytest.mark.parametrize(
    ("wish", "late", "then"),
    [
        ("tóm tắt 8 giờ", "2026-11-25 22:00", "2026-11-26 08:00"),
        ("tóm tắt 8 giờ", "2026-11-28 10:00", "2026-11-30 08:00"),  # a Saturday
        ("tóm tắt thứ hai", "2026-11-30 23:00", "2026-12-01 07:00"),
    ],
)
def test_a_late_one_never_comes_at_night_or_on_a_day_off(
    busy: Phones, wish: str, late: str, then: str
) -> None:
    asks(busy, wish)

    assert due(busy, datetime.fromisoformat(late).replace(tzinfo=VIETNAM)) is None
    assert row(busy)["next_at"] == datetime.fromisoformat(then).replace(tzinfo=VIETNAM)


def test_who_is_no_officer_any_more_gets_none(busy: Phones) -> None:
    with busy.database.transaction() as tx:
        tx.execute(text("DELETE FROM officers"))

    assert due(busy) is None
    assert row(busy)["next_at"] is None


def test_it_is_brought_by_the_clock_without_being_asked(busy: Phones) -> None:
    busy.wait(timedelta(days=3))

    came = [words for phone, words in busy.player.letters if phone == "canbo"]
    assert sum("em gửi tóm tắt hôm nay" in words for words in came) == 1
