"""What an official letter tells, as it is pasted; what it does not say is not made up."""

from datetime import date
from time import process_time

import pytest

from conversations.noticing import is_brief, read

TODAY = date(2026, 11, 30)
LETTER = """UBND TỈNH LÀO CAI
SỞ CÔNG THƯƠNG
Số: 1234/SCT-QLTM
Lào Cai, ngày 20 tháng 11 năm 2026
V/v mời tham gia Hội chợ Thương mại Quốc tế Việt - Trung lần thứ 26

Sở Công Thương mời các chủ thể có sản phẩm OCOP từ 3 sao trở lên tham gia Hội chợ Thương mại
Quốc tế Việt - Trung lần thứ 26, từ ngày 24/12/2026 đến ngày 28/12/2026 tại Trung tâm Hội chợ
Kim Thành, phường Lào Cai. Quy mô 350 gian hàng. Được hỗ trợ 50% phí gian hàng, tối đa 2 gian.
Đăng ký trước ngày 10/12/2026 về Sở Công Thương. Liên hệ: bà Nguyễn Thị Hoa, điện thoại
0214 3820 123."""


def test_a_letter_tells_what_the_form_asks() -> None:
    told = read(LETTER.replace("Việt -\n", "Việt - "), TODAY)

    assert told["kind"] == "fair"
    assert str(told["name"]).startswith("Hội chợ Thương mại")
    assert told["letter"] == "1234/SCT-QLTM"
    assert told["letter_date"] == "2026-11-20"
    assert told["days"] == {"from": "2026-12-24", "to": "2026-12-28"}
    assert told["register_by"] == "2026-12-10"
    assert told["who"] == "chủ thể có sản phẩm OCOP từ 3 sao trở lên"
    assert told["size"] == "350 gian hàng"
    assert told["contact"] == "bà Nguyễn Thị Hoa"
    assert told["phone"] == "02143820123"


def test_lines_that_say_what_they_are_go_before_guesses() -> None:
    text = """Tên sự kiện: Tuần hàng Tây Bắc
Địa điểm: Công viên Thống Nhất
Thời gian: 5-9/1/2027
Đối tượng: HTX có sản phẩm từ 4 sao
Chi phí: miễn phí gian hàng"""

    told = read(text, TODAY)

    assert told["name"] == "Tuần hàng Tây Bắc"
    assert told["place"] == "Công viên Thống Nhất"
    assert told["days"] == {"from": "2027-01-05", "to": "2027-01-09"}
    assert told["who"] == "HTX có sản phẩm từ 4 sao"
    assert told["cost"] == "miễn phí gian hàng"


@pytest.mark.parametrize(
    "text", ["", "chào em", "xyz " * 200, "31/2/2027", "tại tại tại từ từ đến"]
)
def test_what_is_no_letter_tells_no_days(text: str) -> None:
    assert "days" not in read(text, TODAY)
    assert "register_by" not in read(text, TODAY)


def test_a_day_for_registering_after_the_end_is_no_such_day() -> None:
    text = "Hội chợ Xuân từ ngày 5/1/2027 đến ngày 9/1/2027, đăng ký trước ngày 20/1/2027"

    assert "register_by" not in read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "name", "days", "place"),
    [
        (
            "Hội chợ OCOP Xuân ngày 24/12/2026 tại Sa Pa",
            *("Hội chợ OCOP Xuân", ("2026-12-24", "2026-12-24"), "Sa Pa"),
        ),
        (
            "hoi cho xuan bac ha 24-28/12 tai cho bac ha",
            *("hoi cho xuan bac ha", ("2026-12-24", "2026-12-28"), "cho bac ha"),
        ),
        (
            "Mời bà con tham gia tập huấn ghi nhãn, sáng 15/12 tại UBND xã Bản Liền, hạn 10/12",
            *("tập huấn ghi nhãn", ("2026-12-15", "2026-12-15"), "UBND xã Bản Liền"),
        ),
        (
            "Phiên chợ Tết tại sân vận động Bắc Hà ngày 20/1, đăng ký trước 10/1",
            *("Phiên chợ Tết", ("2027-01-20", "2027-01-20"), "sân vận động Bắc Hà"),
        ),
    ],
)
def test_a_notice_in_few_words_tells_all_of_it(
    text: str, name: str, days: tuple[str, str], place: str
) -> None:
    told = read(text, TODAY)

    assert is_brief(text)
    assert (told["name"], told["place"]) == (name, place)
    assert told["days"] == dict(zip(("from", "to"), days, strict=True))
    assert "kind" in told


@pytest.mark.parametrize("text", ["hội chợ 3", "huỷ hội chợ 3: mưa lũ", "hội chợ xuân ở đâu thế?"])
def test_orders_and_questions_are_no_notice(text: str) -> None:
    assert not is_brief(text)


@pytest.mark.parametrize(
    ("text", "days", "register_by"),
    [
        (
            "Hội chợ OCOP Tây Bắc, quy mô 200 gian hàng, từ 5/12 đến 9/12/2026 tại Sơn La",
            *(("2026-12-05", "2026-12-09"), None),
        ),
        (
            "Lớp tập huấn bán hàng online ngày 3/12 tại UBND xã Bản Liền",
            *(("2026-12-03", "2026-12-03"), None),
        ),
        (
            "hội chợ hàng Việt ngày 12/12 tại Lào Cai, hạn đăng ký 5/12",
            *(("2026-12-12", "2026-12-12"), "2026-12-05"),
        ),
        ("hội chợ Hàn Quốc ngày 12/12 tại Sa Pa", ("2026-12-12", "2026-12-12"), None),
        (
            "Ngày hội Hàn, hạn 5/12, tại Sa Pa ngày 12/12",
            *(("2026-12-12", "2026-12-12"), "2026-12-05"),
        ),
        (
            "hoi cho xuan ngay 12/12 tai sa pa, han 5/12",
            *(("2026-12-12", "2026-12-12"), "2026-12-05"),
        ),
    ],
)
def test_only_a_last_day_that_is_said_is_one(
    text: str, days: tuple[str, str], register_by: str | None
) -> None:
    told = read(text, TODAY)

    assert is_brief(text)
    assert told["days"] == dict(zip(("from", "to"), days, strict=True))
    assert told.get("register_by") == register_by


@pytest.mark.parametrize("text", ["a" + "\n" * 4000 + "a", "1\n" * 2000, "mời " * 1000])
def test_no_text_takes_long_to_read(text: str) -> None:
    before = process_time()

    assert not is_brief(text)
    read(text, TODAY)

    assert process_time() - before < 0.5
