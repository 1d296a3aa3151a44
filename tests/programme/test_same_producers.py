"""Which producers of a register may be producers of the chat, and why."""

from typing import Any

import pytest

from programme.same_producers import Pair, bare, pairs


def row(number: int, name: str, **more: Any) -> dict[str, Any]:
    about = {"phone": None, "registration": None, "commune_code": "02869", "province_code": "15"}
    return {"id": number, "name": name, **about, **more}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Bản Liền", "Hợp tác xã bản liền"),
        ("Công ty TNHH MTV Chè Shan", "cty CHÈ SHAN"),
        ("Hộ SXKD Phan Thanh Ngọt", "phan thanh ngot"),
        ("HTX Nông nghiệp - Bản Liền", "HTX nông nghiệp Bản Liền"),
    ],
)
def test_what_a_producer_is_and_how_it_is_written_makes_no_other_name(one: str, other: str) -> None:
    assert bare(one) == bare(other) != ""


def test_a_name_that_is_only_what_it_is_stays_a_name() -> None:
    assert bare("Hợp tác xã") == "hop tac xa"
    assert bare("HTX Bản Liền") != bare("HTX Bản Phố")


def test_a_telephone_is_the_same_however_it_is_written_and_wherever_they_are() -> None:
    told = [row(1, "HTX A", phone="+84 982.345.671")]
    known = [row(2, "HTX B", phone="0982345671", commune_code="24778", province_code="68")]

    assert pairs(told, known) == [Pair(1, 2, ("phone",))]


def test_a_name_counts_in_the_same_commune_or_where_one_is_not_known_in_the_province() -> None:
    told = [row(1, "HTX A"), row(2, "HTX A", commune_code="")]
    known = [
        row(3, "HTX A"),
        row(4, "HTX A", commune_code="02839"),
        row(5, "HTX A", commune_code=""),
    ]
    known += [row(6, "HTX A", commune_code="", province_code="68")]

    found = {each[:2] for each in pairs(told, known)}

    assert found == {(1, 3), (1, 5), (2, 3), (2, 4), (2, 5)}


def test_two_of_whom_nothing_is_known_are_not_one() -> None:
    nothing = {"commune_code": "", "province_code": "", "phone": "12", "registration": ""}

    assert pairs([row(1, "HTX A", **nothing)], [row(2, "HTX A", **nothing)]) == []


def test_what_most_speaks_for_comes_first() -> None:
    told = [row(1, "HTX A"), row(2, "HTX B", phone="0982345671", registration="5300-123")]
    known = [row(3, "HTX A"), row(4, "HTX B", phone="0982345671", registration="5300123")]

    assert pairs(told, known) == [
        Pair(2, 4, ("phone", "registration", "name")),
        Pair(1, 3, ("name",)),
    ]
