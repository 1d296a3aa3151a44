"""People are read as they are listed: with commas, line by line, or in one breath."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.readings.persons import persons

TODAY = date(2026, 11, 23)
MAI: dict[str, Any] = {
    "name": "Vàng Thị Mai",
    "born": 1968,
    "residence": "thôn Đội 1",
    "job": "gặt và phơi",
    "insured": True,
}
PAO: dict[str, Any] = {"name": "Lâm A Páo", "born": 1990, "job": "xay xát", "insured": False}


def read(text: str) -> list[dict[str, Any]]:
    found = persons(text, TODAY)
    return [dict(each) for each in found.people] if found else []


def about(text: str, *facts: str) -> list[Any]:
    (person,) = read(text)
    return [person.get(fact) for fact in facts]


@pytest.mark.parametrize(
    "text",
    [
        "Vàng Thị Mai, 1968, thôn Đội 1, gặt và phơi, có bảo hiểm",
        "1. Vàng Thị Mai - sn 1968 - thôn Đội 1 - gặt và phơi - có",
        "Vàng Thị Mai; sinh năm 1968; thôn Đội 1; gặt và phơi; có đóng bhxh",
        "Vàng Thị Mai 1968 thôn Đội 1 gặt và phơi có bảo hiểm",
        "Vàng Thị Mai\n1968\nthôn Đội 1\ngặt và phơi\ncó bảo hiểm",
        "Vàng Thị Mai, 1968, thôn Đội 1,\ngặt và phơi, đã đóng",
        "Vàng Thị Mai, nữ, 12/3/1968, 010203040506, thôn Đội 1, gặt và phơi có bảo hiểm",
        "Vàng Thị Mai (1968), gặt và phơi, thôn Đội 1, có",
        "thêm Vàng Thị Mai, 58 tuổi, thôn Đội 1, gặt và phơi, có",
        "Vàng Thị Mai, 68, thôn Đội 1, gặt và phơi, có.",
    ],
)
def test_one_person_in_one_message(text: str) -> None:
    assert read(text) == [MAI]


@pytest.mark.parametrize(
    "text",
    [
        "Vàng Thị Mai, 1968, thôn Đội 1, gặt và phơi, có\nLâm A Páo, 1990, xay xát, không",
        "Vàng Thị Mai, 1968, thôn Đội 1, gặt và phơi, có; Lâm A Páo, 1990, xay xát, chưa đóng",
        "Vàng Thị Mai\n1968\nthôn Đội 1\ngặt và phơi\ncó\nLâm A Páo\n1990\nxay xát\nkhông",
        "1) Vàng Thị Mai 1968 thôn Đội 1 gặt và phơi có bảo hiểm\n2) Lâm A Páo 1990 xay xát ko bh",
    ],
)
def test_several_people_in_one_message(text: str) -> None:
    assert read(text) == [MAI, PAO]


def test_a_list_of_names_is_one_person_a_line() -> None:
    assert read("Vàng Thị Mai\n\n- Lâm A Páo") == [{"name": "Vàng Thị Mai"}, {"name": "Lâm A Páo"}]


@pytest.mark.parametrize(
    ("told", "home", "job"),
    [
        ("thôn Na Kim, xã Bắc Hà, xay xát", "thôn Na Kim, xã Bắc Hà", "xay xát"),
        ("Na Kim, xã Bắc Hà, xay xát", "Na Kim, xã Bắc Hà", "xay xát"),
        ("na kim, xa bac ha, xay xat", "na kim, xa bac ha", "xay xat"),
        ("gặt lúa, xã Bắc Hà", "xã Bắc Hà", "gặt lúa"),
        ("thôn 2, trông coi, bán hàng", "thôn 2", "trông coi, bán hàng"),
        ("bản Liền, bán hàng", "bản Liền", "bán hàng"),
        ("đóng gói", None, "đóng gói"),
        ("Na Kim", "Na Kim", None),
        ("na kim, gat", "na kim", "gat"),
        ("xã viên, thôn 2", "thôn 2", "xã viên"),
        ("hamlet Doi 1, packing", "hamlet Doi 1", "packing"),
    ],
)
def test_the_home_is_told_from_the_work(told: str, home: str | None, job: str | None) -> None:
    assert about(f"Mai, 1968, {told}", "residence", "job") == [home, job]


def test_in_small_letters_the_home_ends_after_its_number() -> None:
    told = about("vang thi mai 1968 thon doi 1 gat va phoi ko bh", "residence", "job", "insured")

    assert told == ["thon doi 1", "gat va phoi", False]


@pytest.mark.parametrize("year", ["1868", "2031", "5 tuổi trở lên"])
def test_a_year_that_cannot_be_is_none(year: str) -> None:
    assert about(f"Mai, {year}, thôn 2", "born") == [None]


def test_a_line_that_names_nobody_is_told() -> None:
    found = persons("Danh sách tháng 11:\nVàng Thị Mai, 1968", TODAY)

    assert found is not None
    assert found.unread == ("Danh sách tháng 11:",)
    assert len(found.people) == 1


@pytest.mark.parametrize("text", ["", ", ,", "Mai", "dạ vâng", "1968, thôn 2", "?", "12", "a" * 90])
def test_what_names_nobody_is_nobody(text: str) -> None:
    assert persons(text, TODAY) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_an_error(text: str) -> None:
    found = persons(text, TODAY)

    assert found is None or all(each["name"] for each in found.people)
