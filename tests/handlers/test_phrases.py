"""Officers in words of their own: polite, without marks, by names; each does what it says."""

import pytest

from handlers.officer.phrases import plainer
from tests.handlers.offices import COMMUNE, give, opened
from tests.handlers.phones import Phones

WALL = "hộp thư · danh sách"  # what can be typed, told to who is not understood


@pytest.fixture
def office(phones: Phones) -> Phones:
    """An idea, a paper and a question wait in the commune."""
    opened(phones)
    give(phones)
    phones.say("gặp cán bộ", "rượu ngô có phải khai phiếu riêng không", "xong")
    return phones


UNDERSTOOD = {
    "Chào anh chị, em nghe đây ạ": ("chào em", "em chao a"),
    "Có 2 việc chờ anh chị": (
        *("có việc gì mới không", "hom nay co gi moi k", "xem phieu moi", "giấy nào chưa xem em"),
        *("em ơi còn việc gì nữa không", "cho anh xem việc với"),
    ),
    "Câu hỏi đang chờ": ("có câu hỏi nào chưa trả lời", "ai hoi gi khong", "cau hoi moi"),
    "HS-2026-0001 · Gạo Khẩu Mẹo": (
        *("hồ sơ của HTX Bản Liền", "ho so gao khau meo", "em cho chị xem hồ sơ 1 nhé"),
    ),
    "✓ Em ghi nhận phiếu": ("nhận phiếu 1 nhé", "em ơi nhan phieu 1 a"),
    "Giấy số 1 (câu chuyện sản phẩm): đạt": ("giấy 1 ok em ơi", "đạt giấy 1 nhé", "giay 1 duoc"),
    "lời đáp câu hỏi số 1": ("TL1: có, khai riêng", "trl 1 co khai rieng"),
    "Anh chị báo bà con việc gì": (
        *("gửi thông báo cho bà con đi hội chợ", "thong bao hop", "nhắc bà con nộp hồ sơ"),
    ),
    "Nộp hồ sơ về xã hết": ("còn mấy ngày nữa", "bao giờ đến hạn vậy em"),
    "Việc trong địa bàn lúc này": ("báo cáo tháng", "ai chưa nộp hồ sơ"),
    "Báo cáo năm 2026": ("xuất danh sách sản phẩm", "xã mình có bao nhiêu sản phẩm"),
    "Em mời: cán bộ xã Bản Liền": ("mời chị Mai làm cán bộ xã", "moi anh nam vao can bo xa"),
    "Mã bàn giao": ("chị nghỉ việc rồi em ạ", "tôi chuyển công tác", "doi dien thoai"),
    "không có gì đâu ạ": ("cảm ơn em", "cam on"),
}


@pytest.mark.parametrize(
    ("typed", "said"), [(typed, said) for said, every in UNDERSTOOD.items() for typed in every]
)
def test_what_officers_say_in_their_own_words_is_done(
    office: Phones, typed: str, said: str
) -> None:
    heard = office.say(typed, on="xa")

    assert said in heard
    assert WALL not in heard


def test_several_of_one_name_are_listed_and_of_none_it_is_said(office: Phones) -> None:
    assert "Em không thấy hồ sơ nào đang làm của “ruou ngo”" in office.say(
        "hồ sơ rượu ngô", on="xa"
    )
    assert "đăng ký sản phẩm" not in office.say("hồ sơ sản phẩm", on="main")


def test_in_a_form_what_is_typed_is_an_answer_and_nothing_else(office: Phones) -> None:
    office.say("thông báo", "1", on="xa")

    office.say("Hôm nay có gì mới không em", on="xa")

    run = office.session(COMMUNE).active()
    assert run is not None
    assert run.answers["name"] == "Hôm nay có gì mới không em"


@pytest.mark.parametrize("typed", ["có gì mới không", "hồ sơ gạo khẩu mẹo", "ai hỏi gì"])
def test_a_producer_is_told_nothing_of_an_office(office: Phones, typed: str) -> None:
    said = office.say(typed)

    assert "chờ anh chị" not in said
    assert "HS-2026-0001 · " not in said


@pytest.mark.parametrize("typed", ["", "   ", "a", "em ơi", "nhé", "?", "1", "đạt 2"])
def test_where_there_is_nothing_plainer_nothing_is_made_up(typed: str) -> None:
    assert list(plainer(typed)) == []
