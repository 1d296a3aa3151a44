"""The days on a paper, as people copy them from it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read
from conversations.readings.validity import identity, validity

TODAY = date(2026, 11, 23)
ISSUED, EXPIRES = "2025-03-01", "2028-03-01"
BOTH = {"issued": ISSUED, "expires": EXPIRES}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cấp 1/3/2025, hết hạn 1/3/2028", BOTH),
        ("cap 1/3/2025 het han 1/3/2028", BOTH),
        ("hết hạn 1/3/2028, cấp 1/3/2025", BOTH),
        ("1/3/2025 đến 1/3/2028", BOTH),
        ("từ 1/3/2025 tới 1/3/2028", BOTH),
        ("01/03/2025 - 01/03/2028", BOTH),
        ("1-3-2025 den 1-3-2028", BOTH),
        ("1.3.2025, 1.3.2028", BOTH),
        ("ngày 1 tháng 3 năm 2025, có giá trị đến ngày 1 tháng 3 năm 2028", BOTH),
        ("issued 1/3/2025, until 1/3/2028", BOTH),
        ("1/3/2028 1/3/2025", BOTH),
        ("cấp 1/3/2025", {"issued": ISSUED}),
        ("1/3/2025", {"issued": ISSUED}),
        ("ký ngày 1/3/2025", {"issued": ISSUED}),
        ("1/3/2028", {"expires": EXPIRES}),
        ("hết hạn 1/3/2028", {"expires": EXPIRES}),
        ("hết hạn 1/3/2025", {"expires": ISSUED}),
        ("expires 1/3/2028", {"expires": EXPIRES}),
        ("cấp hôm qua", {"issued": "2026-11-22"}),
        ("mồng 1 tháng 3 năm 2025", {"issued": ISSUED}),
    ],
)
def test_days_are_read_and_always_to_be_confirmed(text: str, told: dict[str, str]) -> None:
    assert validity(text, TODAY) == Read(told, sure=False)


@pytest.mark.parametrize(
    "text", ["", "lâu rồi", "2025", "tháng 3 năm 2025", "31/2/2025", "số 157/2025/GCN", "không ghi"]
)
def test_what_names_no_day_says_nothing(text: str) -> None:
    assert validity(text, TODAY) is None


@given(st.text(max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    found = validity(text, TODAY)

    assert found is None or isinstance(found, Read)


days = st.dates(date(1990, 1, 1), date(2050, 1, 1))


@given(days, days)
def test_a_paper_never_ends_before_it_begins(one: date, other: date) -> None:
    found = validity(f"{one:%d/%m/%Y} đến {other:%d/%m/%Y}", TODAY)

    assert isinstance(found, Read)
    first, *rest = sorted(found.value.values())
    assert found.value.get("issued", first) == first
    assert len(rest) <= 1


@pytest.mark.parametrize(
    ("text", "told", "rest"),
    [
        ("số 12/2025/ATTP", {"number": "12/2025/ATTP"}, ""),
        ("so 12, cap cho HTX Ban Lien", {"number": "12", "holder": "HTX Ban Lien"}, ""),
        (
            "cấp cho HTX Bản Liền, cấp 1/3/2025, hết hạn 1/3/2028",
            {"holder": "HTX Bản Liền"},
            "cấp 1/3/2025, hết hạn 1/3/2028",
        ),
        ("tên là Lò Thị Mai", {"holder": "Lò Thị Mai"}, ""),
        ("cấp 1/3/2025", {}, "cấp 1/3/2025"),
        ("số", {}, "số"),
    ],
)
def test_number_and_holder_are_told_after_their_words(
    text: str, told: dict[str, str], rest: str
) -> None:
    assert identity(text) == (told, rest)
