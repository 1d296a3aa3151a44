"""How many work there and how many are of the commune, as it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear, Wrong
from conversations.readings import Labour, labour

PLAIN = {
    "12 người, 10 người trong xã": (12, 10),
    "12 nguoi, 10 nguoi trong xa": (12, 10),
    "12 người, trong xã 10 người": (12, 10),
    "12 người, trong đó có 10 người trong xã": (12, 10),
    "12 người trong đó 10 người địa phương": (12, 10),
    "20 lao dong 15 nguoi xa": (20, 15),
    "tổng 12 trong xã 10": (12, 10),
    "mười hai người, mười người trong xã": (12, 10),
    "12/10": (12, 10),
    "5ng, 5ng o xa": (5, 5),
    "12 10": (12, 10),
    "12, 10": (12, 10),
    "12 người đều trong xã": (12, 12),
    "12 nguoi deu trong xa": (12, 12),
    "tất cả 12 người đều là người xã": (12, 12),
    "12 người, tất cả trong xã": (12, 12),
    "12 thành viên htx đều ở xã": (12, 12),
    "12 người, ở trong xã": (12, 12),
    "12 người, 2 người ngoài xã": (12, 10),
    "12 người, 2 người xã khác còn lại trong xã": (12, 10),
    "20 công nhân thì 5 người nơi khác": (20, 15),
    "10 trong xã 2 ngoài xã": (12, 10),
    "10 nguoi trong xa, 2 nguoi xa khac": (12, 10),
    "12 người, không có ai trong xã": (12, 0),
    "12 người nửa trong xã": (12, 6),
    "15 lao động, trong xã 15": (15, 15),
    "20 people, 18 from the commune": (20, 18),
    "20 people, 18 of them live in the commune": (20, 18),
    "20 workers, all from the commune": (20, 20),
    "1 person, 1 from the commune": (1, 1),
    "18 from the commune, 2 from outside": (20, 18),
}
GUESSED = {
    "12": (12, 12),
    "12 người": (12, 12),
    "12 người trong xã": (12, 12),
    "12 lao động địa phương": (12, 12),
    "10/12": (12, 10),
    "10 12": (12, 10),
    "12 nguoi trong xa 10 nguoi": (12, 10),
    "hai vợ chồng": (2, 2),
    "hai vo chong thoi": (2, 2),
    "hai vợ chồng và 3 người con": (5, 5),
    "mình em làm": (1, 1),
    "một mình": (1, 1),
    "cả nhà 5 người": (5, 5),
    "ba người": (3, 3),
    "khoảng 20 người, 15 người trong xã": (20, 15),
    "12 người 80% trong xã": (12, 10),
    "khoảng 20 người, hầu hết trong xã": (20, 18),
    "12 người, 8 nữ": (12, 12),
    "10 người ngoài xã": (10, 0),
    "0": (0, 0),
}


@pytest.mark.parametrize(("said", "meant"), PLAIN.items())
def test_both_numbers_are_read_from_one_answer(said: str, meant: tuple[int, int]) -> None:
    assert labour(said) == Read(Labour(*meant))


@pytest.mark.parametrize(("said", "meant"), GUESSED.items())
def test_a_number_left_unsaid_is_read_back(said: str, meant: tuple[int, int]) -> None:
    assert labour(said) == Read(Labour(*meant), sure=False)


def test_between_two_numbers_the_person_chooses() -> None:
    assert labour("15-20 người") == Unclear((Labour(15, 15), Labour(20, 20)))
    assert labour("hai ba người") == Unclear((Labour(2, 2), Labour(3, 3)))


@pytest.mark.parametrize("said", ["10 người, 12 người trong xã", "5 người, 6 người ngoài xã"])
def test_more_of_the_commune_than_of_all_is_told_apart_from_nonsense(said: str) -> None:
    assert labour(said) == Wrong("labour_over")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "gạo nếp",
        "nhiều người",
        "1000000",
        "{{7*7}}",
        "70%",
        "12 人",
        "1 2 3",
        "80% trong xã",
        "12 người, 5 người, 3 người trong xã",
        "12 người còn lại trong xã",
    ],
)
def test_what_says_no_number_is_not_read(said: str) -> None:
    assert labour(said) is None


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_labour_as_it_is_read_back_in_english_reads_back_to_itself(one: int, other: int) -> None:
    local, total = sorted((one, other))

    assert labour(f"{total} people, {local} from the commune") == Read(Labour(total, local))


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_labour_in_normal_form_reads_back_to_itself(one: int, other: int) -> None:
    local, total = sorted((one, other))

    assert labour(f"{total} người, {local} người trong xã") == Read(Labour(total, local))
