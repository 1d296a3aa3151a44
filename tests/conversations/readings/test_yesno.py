"""Yes and no as an old lady, a young man and an officer type them."""

import pytest

from conversations.reading import Read
from conversations.readings import yes_no

YES = (
    "dạ", "da", "dạ vâng", "vâng", "vang a", "vâng ạ", "ừ", "u", "ừm", "um", "uh", "uhm", "ừa",
    "ờ", "ok", "OK", "oke", "okie", "okela", "ok em", "ok nhé", "ô kê", "okkkk", "Okê", "đúng",
    "dung", "đúng rồi", "dung roi em a", "đúng vậy", "đúng thế", "chuẩn", "chuan roi", "phải",
    "phai roi", "có", "co", "có ạ", "dạ có", "có chứ", "co roi", "được", "đc", "được thôi",
    "duoc roi", "đồng ý", "dong y", "tôi đồng ý", "nhất trí", "nhat tri nhe", "chấp nhận",
    "chính xác", "xác nhận", "dạ đúng rồi ạ", "vângggg", "cóoo", "rồi", "yes", "Yes!", "yeah",
    "yep", "y", "sure", "agree", "không sai", "khong sai dau", "không vấn đề", "tất nhiên",
    "vâng đúng ạ", "ừ đúng", "dạ, đúng", "👍", "👍🏻", "👌", "✅", "👍 ok", "ddungs rooif",
    "dduowcj", "vaangj", "khoong sai", "ĐÚNG RỒI", "ＯＫ", "đúng", "gửi đi", "tiếp tục",
    "chắc chắn rồi", "đúng 100%", "dung r", "ok roy", "ukm", "vg", "đồng í",
    "dạ vâng ạ em cảm ơn", "dĩ nhiên", "ok e", "co e", "ok e gui di", "đúng không sai",
    "dung ko sai", "bằng lòng", "tôi bằng lòng", "bang long roi",
)  # fmt: skip
NO = (
    "không", "khong", "Không ạ", "ko", "k", "kh", "khg", "hông", "hổng", "hong", "hok", "hem",
    "khônggg", "chưa", "chua", "chưa ạ", "dạ chưa", "chưa có", "chua co", "chưa đúng",
    "chưa phải", "sai", "sai rồi", "sai roi em oi", "nhầm", "nham roi", "thôi", "thôi em",
    "dạ thôi không", "no", "n", "nope", "No thanks", "not yet", "không đúng", "khong dung",
    "không phải", "ko phai", "k đúng", "không phải đâu", "không đâu", "đâu có", "đâu phải",
    "có đâu", "làm gì có", "dạ không", "da khong a", "ừ không", "vâng, không ạ", "chả phải",
    "chẳng đúng", "không đồng ý", "không được", "chưa được", "đừng", "k e", "hủy bỏ", "👎",
    "❌", "👎 không", "khoong", "chuwa", "không, sai rồi", "hổng có", "hông phải", "KHÔNG",
    "không có", "chưa bằng lòng",
)  # fmt: skip
DOUBTFUL = {
    "cũng được": True,
    "chắc vậy": True,
    "chắc đúng": True,
    "hình như đúng": True,
    "thôi được": True,
    "sao cũng được": True,
    "có giấy phép rồi": True,
    "có, nhà tôi có giấy": True,
    "giấy thì chưa có": False,
    "không có giấy gì": False,
    "chắc không": False,
    "sai tên rồi": False,
    "không cần": False,
}
NEITHER = (
    "có không", "đúng không?", "phải không em", "được chưa", "có chưa", "có hay không",
    "ok không", "không biết", "ko biet", "chưa rõ", "k nho", "không chắc", "không, đúng rồi",
    "có mà không đúng", "👍 không", "👍👎", "haha", "kkk", "hihi", "cảm ơn em",
    "làm gì bây giờ", "đúng tên nhưng sai xã", "12", "1", "gạo nếp", "bao giờ hết hạn",
    "giấy phép năm ngoái", "", "   ", "🙂", "?", "là gì", "tại sao", "не знаю", "是",
)  # fmt: skip


@pytest.mark.parametrize("said", YES)
def test_a_yes_is_heard_in_all_its_forms(said: str) -> None:
    assert yes_no(said) == Read(value=True)


@pytest.mark.parametrize("said", NO)
def test_a_no_is_heard_in_all_its_forms(said: str) -> None:
    assert yes_no(said) == Read(value=False)


@pytest.mark.parametrize(("said", "meant"), DOUBTFUL.items())
def test_a_half_hearted_answer_is_read_back(said: str, meant: bool) -> None:
    assert yes_no(said) == Read(meant, sure=False)


@pytest.mark.parametrize("said", NEITHER)
def test_a_question_a_contradiction_or_anything_else_is_neither(said: str) -> None:
    assert yes_no(said) is None
