"""What people type to an invitation, and what it answers."""

import pytest

from handlers.producer import fair_words
from storage.joining import ASK, JOIN, NO

COMES = (
    *("có", "Dạ có", "ok em", "vâng tôi đi", "được, tôi đi", "đi chứ", "cho tôi đi với", "👍"),
    *("tham gia nhé", "cho tôi tham gia với", "1 tham gia", "1. Tham gia", "xin đăng ký"),
    *("đăng ký tham gia", "bán được", "có hàng"),
    *("có chứ", "có nhé em", "có ạ", "có rồi", "có đi", "đồng ý", "ừ"),
)
STAYS = (
    *("không", "ko", "khong di", "k đi", "thôi", "bận rồi", "bận rồi em ạ", "để lần sau"),
    *("không, nhà có việc", "mình ko đi đâu em", "ko di dc", "để dịp khác", "2 không"),
    *("hết hàng rồi", "không tham gia được, bận gặt"),
    *("bận", "đang bận", "nhà tôi bận", "nhà bác bận gặt", "bận lắm em ơi", "tôi đang bận"),
)
NEITHER = (
    *("chưa biết", "để xem", "bán rồi", "không biết nữa", "có ai đi không", "đi đâu"),
    *("1 gian", "10/12", "cảm ơn em", "kết quả hội chợ 1", "hội chợ"),
    *("có hồ sơ rồi", "có giấy rồi", "gửi rồi", "bán", "đang bán", "ban", "đang đi"),
)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, JOIN) for text in COMES),
        *((text, NO) for text in STAYS),
        *((text, None) for text in NEITHER),
        ("3 hỏi thêm", ASK),
    ],
)
def test_words_answer_an_invitation_that_is_all_that_is_asked(
    text: str, answer: str | None
) -> None:
    assert fair_words.alone(text) == answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tham gia 12 nhé", (JOIN, 12, True)),
        ("không tham gia hội chợ 3", (NO, 3, True)),
        ("huỷ tham gia", (NO, 0, True)),
        ("thôi không đi", (NO, 0, False)),  # of anything else too
        ("kết quả hội chợ 1", (fair_words.RESULTS, 1, True)),
        ("không", None),
        ("đăng ký tham gia OCOP", None),
    ],
)
def test_words_that_name_it_answer_it_anywhere(
    text: str, said: tuple[str, int, bool] | None
) -> None:
    assert fair_words.read(text) == said
