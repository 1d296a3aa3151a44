"""Nothing that is typed makes a reader fail, wait, or find a number where there is none."""

from collections.abc import Callable
from datetime import date as day
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import readings
from conversations.reading import Read, Unclear, Wrong
from conversations.readings import Option
from conversations.readings.spelled import SPELLED

TODAY = day(2026, 11, 22)
OPTIONS = (
    Option("a", ("hợp tác xã", "HTX")),
    Option("b", ("tổ hợp tác",)),
    Option("c", ("3 sao",)),
)
READERS: dict[str, Callable[[str], object]] = {
    "yes_no": readings.yes_no,
    "whole": readings.whole,
    "count": lambda text: readings.count(text, ("nguoi",)),
    "percent": readings.percent,
    "money": readings.money,
    "amount": readings.amount,
    "date": lambda text: readings.date(text, TODAY),
    "future": lambda text: readings.date(text, TODAY, "future"),
    "partial_date": lambda text: readings.partial_date(text, TODAY),
    "months": readings.months,
    "phone": readings.phone,
    "email": readings.email,
    "shares": readings.shares,
    "labour": readings.labour,
    "choice": lambda text: readings.choice(text, OPTIONS),
    "choices": lambda text: readings.choices(text, OPTIONS),
}
WORDS = """
trieu tr ty k nghin tram chuc ruoi nua linh khong co chua dung sai thang t ngay nam mung ram tet
chap gieng den toi - / , . % phan xa tinh trong ngoai con lai toan bo het deu nguoi kg tan ta
chai moi vu quy dau cuoi tuan thu sau truoc nay mai hom 1 2 5 12 15 31 70 100 500 2015 1.500
1,500 0912345678 @gmail.com a cham tru tat ca va al 00 007 z ② ፩ ٣ 🙂 ' { < ²
"""
SAID = sorted({word for said in SPELLED for word in said.split()} | {*WORDS.split(), "\0"})
EMPTY = (
    "", " ", "\n" * 300, " " * 10_000, "\0", "\0" * 50, "x" * 10_000, "9" * 10_000,
    "đ" * 10_000, "🙂" * 100, "👩‍👩‍👧‍👦", "\u202e\u202d\u200f", "'; DROP TABLE users; --",
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% for x in y %}", "10^400", "${7*7}",
    "..\\..\\etc", "٣" * 20, "②④፩", "nan", "inf", "NULL", "%s%n%x", "()", "[]", "\ud800",
    "12 " * 10_000, "SELECT * FROM t WHERE a=1",
)  # fmt: skip
ENDLESS = (
    "1," * 100, "1.1" * 66, "1 " * 100, "0 9 1 2 " * 25, "9-" * 100, "a@" * 99, "a.b" * 66,
    "a-b." * 50 + "@x.vn", "khong " * 33, "thang " * 33, "ngay 1 thang " * 15,
    "quanh nam tru " * 14, "tru " * 50, "muoi " * 40, "70% xa " * 25, "12 nguoi " * 22,
    "1/2/" * 50, "htx " * 50, "tat ca tru " * 18, "1" * 200, "o" * 200, "a " * 99,
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_answer_is_read_as_none(reader: str) -> None:
    read = {text: READERS[reader](text) for text in EMPTY}

    assert {text[:40]: found for text, found in read.items() if found is not None} == {}


@pytest.mark.parametrize("reader", READERS)
def test_endless_repetition_is_answered_at_once(reader: str) -> None:
    begun = perf_counter()

    for text in ENDLESS:
        READERS[reader](text)

    # A hundred times what it takes, and a thousandth of what a runaway pattern would.
    assert perf_counter() - begun < 5


@given(st.one_of(st.text(), st.lists(st.sampled_from(SAID), max_size=10).map(" ".join)))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    for read in READERS.values():
        found = read(text)
        assert found is None or isinstance(found, (Read, Unclear, Wrong))
        assert not isinstance(found, Unclear) or len(set(found.candidates)) > 1
    assert isinstance(readings.unknown(text), bool)
    assert isinstance(readings.untelex(text), str)


@given(st.lists(st.sampled_from(SAID), max_size=8).map("".join))
def test_no_text_without_spaces_makes_a_reader_fail(text: str) -> None:
    for read in READERS.values():
        found = read(text)
        assert found is None or isinstance(found, (Read, Unclear, Wrong))
