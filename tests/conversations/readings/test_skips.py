"""Answers that say there is no answer yet."""

import pytest

from conversations.readings import unknown


@pytest.mark.parametrize(
    "said",
    [
        "chưa biết", "chua biet", "không biết", "ko biet", "k biết", "hông biết",
        "em chưa biết ạ", "không rõ", "chưa rõ", "không nhớ", "k nho", "dạ em không nhớ rõ ạ",
        "chưa có", "chua co", "không có", "ko co", "chưa có gì", "để trống", "bỏ trống",
        "để sau", "tính sau", "quên rồi", "chịu", "chưa xác định được", "chưa chắc",
        "chưa nghĩ ra", "n/a", "none", "i don't know", "not sure",
    ],
)  # fmt: skip
def test_not_knowing_is_heard(said: str) -> None:
    assert unknown(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "không",
        "chưa",
        "có",
        "12",
        "biết rồi",
        "không có nước sạch",
        "gạo nếp",
        "chưa có giấy phép",
        "?",
    ],
)
def test_an_answer_is_not_taken_for_not_knowing(said: str) -> None:
    assert not unknown(said)
