"""Choosing by number, by word, without marks and with a typo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear
from conversations.readings import Option, choice, choices

KINDS = (
    Option("cooperative", ("Hợp tác xã", "HTX")),
    Option("team", ("Tổ hợp tác", "THT")),
    Option("company", ("Công ty", "Doanh nghiệp", "TNHH")),
    Option("household", ("Hộ kinh doanh", "Hộ", "Hộ gia đình")),
)
CONSENT = (
    Option("yes", ("đồng ý", "có", "vâng", "dạ", "ok", "yes")),
    Option("no", ("không", "không đồng ý", "thôi", "chưa", "no")),
)
STARS = (
    Option("3", ("3 sao", "ba sao")),
    Option("4", ("4 sao",)),
    Option("5", ("5 sao", "năm sao")),
)
PAPERS = (
    Option("registration", ("Đăng ký kinh doanh", "Giấy phép kinh doanh")),
    Option("declaration", ("Công bố", "Tự công bố", "Bản công bố")),
    Option("food_safety", ("An toàn thực phẩm", "ATTP")),
    Option("production", ("Giấy phép sản xuất",)),
    Option("trademark", ("Nhãn hiệu", "Logo")),
    Option("origin", ("Nhãn hiệu tập thể", "Chỉ dẫn địa lý")),
    Option("barcode", ("Mã vạch", "QR", "Tem")),
)
ALL = tuple(option.value for option in PAPERS)
ONE = {
    "1": "cooperative",
    "1.": "cooperative",
    "1)": "cooperative",
    "1️⃣": "cooperative",
    "số 1": "cooperative",
    "so 1 a": "cooperative",
    "câu 2": "team",
    "chọn 3 nhé": "company",
    "một": "cooperative",
    "hai": "team",
    "thứ ba": "company",
    "cái đầu": "cooperative",
    "cái thứ hai": "team",
    "cái cuối": "household",
    "Hợp tác xã": "cooperative",
    "hop tac xa": "cooperative",
    "HTX": "cooperative",
    "htx ạ": "cooperative",
    "nhà em là htx ạ": "cooperative",
    "hop tac": "cooperative",
    "HỢP TÁC XÃ": "cooperative",
    "tổ hợp tác": "team",
    "tht": "team",
    "cty": "company",
    "cty tnhh": "company",
    "DN": "company",
    "doanh nghiep": "company",
    "ho kd": "household",
    "hkd": "household",
    "hộ": "household",
    "ho gia dinh": "household",
}
GUESSED = {
    "hop tax xa": "cooperative",
    "hợp tác xả nông nghiệp": "cooperative",
    "cong ti": "company",
    "doanh ngiep": "company",
    "doanh nghiệp tư nhân": "company",
    "hopwj tacs xax": "cooperative",
    "coong ty": "company",
    "toor howpj tacs": "team",
    "nhà em làm hộ": "household",
}
NONE = (
    "",
    "5",
    "0",
    "99",
    "không phải công ty",
    "abc",
    "gạo nếp",
    "{{7*7}}",
    "🙂",
    "公司",
    "9" * 50,
)
MANY = {
    "1 3 5": ("registration", "food_safety", "trademark"),
    "1,3": ("registration", "food_safety"),
    "1, 3 ạ": ("registration", "food_safety"),
    "1 và 3": ("registration", "food_safety"),
    "1.3": ("registration", "food_safety"),
    "số 1 và số 3": ("registration", "food_safety"),
    "1 đến 3": ("registration", "declaration", "food_safety"),
    "một, ba và năm": ("registration", "food_safety", "trademark"),
    "3": ("food_safety",),
    "cả 1 và 2": ("registration", "declaration"),
    "attp": ("food_safety",),
    "attp, ma vach": ("food_safety", "barcode"),
    "attp ma vach": ("food_safety", "barcode"),
    "có đkkd và attp rồi ạ": ("registration", "food_safety"),
    "giấy phép kinh doanh; tem": ("registration", "barcode"),
    "nhãn hiệu tập thể": ("origin",),
    "nhan hieu": ("trademark",),
    "tất cả": ALL,
    "tat ca": ALL,
    "có hết": ALL,
    "đủ cả": ALL,
    "cả 7": ALL,
    "tất cả trừ 7": ALL[:-1],
    "trừ nhãn hiệu": (
        "registration",
        "declaration",
        "food_safety",
        "production",
        "origin",
        "barcode",
    ),
    "không có cái nào": (),
    "khong co cai nao": (),
    "chưa có": (),
    "chưa có giấy tờ gì": (),
    "không": (),
    "ko co": (),
}


@pytest.mark.parametrize(("said", "value"), ONE.items())
def test_an_option_is_chosen_by_number_or_by_any_of_its_names(said: str, value: str) -> None:
    assert choice(said, KINDS) == Read(value)


@pytest.mark.parametrize(("said", "value"), GUESSED.items())
def test_an_option_with_a_typo_or_more_words_is_read_back(said: str, value: str) -> None:
    assert choice(said, KINDS) == Read(value, sure=False)


@pytest.mark.parametrize("said", NONE)
def test_what_names_no_option_chooses_none(said: str) -> None:
    assert choice(said, KINDS) is None


def test_two_options_at_once_are_asked_about() -> None:
    assert choice("htx hay công ty", KINDS) == Unclear(("cooperative", "company"))


def test_of_many_options_only_the_first_are_offered_and_the_rest_counted() -> None:
    many = tuple(Option(str(place), (f"bản {letter}",)) for place, letter in enumerate("abcdef"))

    assert choice("bản", many) == Unclear(("0", "1", "2", "3"), fits=6)


def test_a_number_that_is_also_a_name_is_asked_about() -> None:
    assert choice("3", STARS) == Unclear(("3", "5"))
    assert choice("3 sao", STARS) == choice("3sao", STARS) == choice("3s", STARS) == Read("3")
    assert choice("5", STARS) == Read("5")
    assert choice("1", STARS) == Read("3")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("dạ", "yes"), ("dạ có", "yes"), ("đồng ý ạ", "yes"), ("dạ không", "no"),
        ("khong dong y", "no"), ("thôi em", "no"), ("dạ chưa", "no"), ("vâng, ok", "yes"),
    ],
)  # fmt: skip
def test_politeness_does_not_outweigh_what_is_said(said: str, value: str) -> None:
    assert choice(said, CONSENT) == Read(value)


@pytest.mark.parametrize(("said", "values"), MANY.items())
def test_several_options_are_chosen_at_once(said: str, values: tuple[str, ...]) -> None:
    assert choices(said, PAPERS) == Read(values)


def test_digits_that_lost_their_spaces_are_read_back() -> None:
    assert choices("135", PAPERS) == Read(("registration", "food_safety", "trademark"), sure=False)


def test_a_part_that_is_not_understood_leaves_a_doubt() -> None:
    assert choices("attp, xyz", PAPERS) == Read(("food_safety",), sure=False)


def test_a_hyphen_may_be_a_range_and_a_beginning_several_papers() -> None:
    assert choices("1-3", PAPERS) == Unclear((ALL[:3], (ALL[0], ALL[2])))
    assert choices("giay phep", PAPERS) == Unclear((("registration",), ("production",)))


@pytest.mark.parametrize("said", ["", "8", "1, 9", "88", "chưa có attp", "gạo nếp", "0", "{{7*7}}"])
def test_what_names_no_paper_chooses_none(said: str) -> None:
    assert choices(said, PAPERS) is None


@given(st.sets(st.integers(1, len(PAPERS)), min_size=1))
def test_listed_numbers_choose_what_they_number(numbers: set[int]) -> None:
    chosen = tuple(ALL[number - 1] for number in sorted(numbers))

    assert choices(" ".join(map(str, numbers)), PAPERS) == Read(chosen)
    assert choices(", ".join(map(str, numbers)), PAPERS) == Read(chosen)


@given(st.sampled_from([(option.value, word) for option in PAPERS for word in option.words]))
def test_each_name_chooses_its_own_option(named: tuple[str, str]) -> None:
    value, word = named

    assert choice(word, PAPERS) == Read(value)
    assert choices(word.upper(), PAPERS) == Read((value,))
