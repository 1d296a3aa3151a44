"""Quantities with units as they are typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear, Wrong
from conversations.readings import Amount, amount
from conversations.readings.amounts import Per
from conversations.vietnamese import UNITS

PLAIN: dict[str, tuple[str, str, Per | None]] = {
    "3 tan/nam": ("3", "tấn", "year"),
    "3 tấn/năm": ("3", "tấn", "year"),
    "3 tấn một năm": ("3", "tấn", "year"),
    "3 tan 1 nam": ("3", "tấn", "year"),
    "mỗi năm 3 tấn": ("3", "tấn", "year"),
    "năm 3 tấn": ("3", "tấn", "year"),
    "năm ngoái được 3 tấn": ("3", "tấn", "year"),
    "sản lượng 3 tấn/năm": ("3", "tấn", "year"),
    "2 tạ mỗi vụ": ("2", "tạ", "season"),
    "2 ta moi vu": ("2", "tạ", "season"),
    "vụ 2 tạ": ("2", "tạ", "season"),
    "1 vụ được 2 tạ": ("2", "tạ", "season"),
    "400kg/vu": ("400", "kg", "season"),
    "3 tan lua 1 vu": ("3", "tấn", "season"),
    "500 chai/tháng": ("500", "chai", "month"),
    "500 chai rượu mỗi tháng": ("500", "chai", "month"),
    "100 lít rượu / tháng": ("100", "lít", "month"),
    "50 chai/ngày": ("50", "chai", "day"),
    "mỗi ngày 50 cái bánh": ("50", "cái", "day"),
    "hai trăm gói một tuần": ("200", "gói", "week"),
    "10 yến": ("10", "yến", None),
    "10 yen": ("10", "yến", None),
    "1,5 tấn": ("1.5", "tấn", None),
    "1.5 tan": ("1.5", "tấn", None),
    "2 tấn rưỡi": ("2.5", "tấn", None),
    "2 tan ruoi": ("2.5", "tấn", None),
    "tấn rưỡi": ("1.5", "tấn", None),
    "nửa tấn": ("0.5", "tấn", None),
    "nua ta": ("0.5", "tạ", None),
    "1 tấn 2": ("1.2", "tấn", None),
    "1 tấn 5 tạ": ("1.5", "tấn", None),
    "2 kg 3 lạng": ("2.3", "kg", None),
    "hai tấn": ("2", "tấn", None),
    "ba tạ": ("3", "tạ", None),
    "1.500 kg": ("1500", "kg", None),
    "1 nghìn chai 1 năm": ("1000", "chai", "year"),
    "5k hộp/năm": ("5000", "hộp", "year"),
    "20 cân": ("20", "kg", None),
    "20 ký": ("20", "kg", None),
    "2 kí rưỡi": ("2.5", "kg", None),
    "5 lạng": ("5", "lạng", None),
    "500g": ("500", "g", None),
    "500 ml": ("500", "ml", None),
    "5l": ("5", "lít", None),
    "30 hũ": ("30", "hũ", None),
    "30 hu": ("30", "hũ", None),
    "200 con gà": ("200", "con", None),
    "10 bộ": ("10", "bộ", None),
    "2 tá trứng": ("2", "tá", None),
    "100 chai tháng": ("100", "chai", "month"),
    "1000 sản phẩm/năm": ("1000", "sản phẩm", "year"),
    "1000sp/năm": ("1000", "sản phẩm", "year"),
    "tuần 10 kg": ("10", "kg", "week"),
    "300 bắp/năm": ("300", "bắp", "year"),
    "dạ được 3 tấn ạ": ("3", "tấn", None),
    "3 bottles per day": ("3", "chai", "day"),
}
NEARLY = {
    "khoảng 3 tấn": ("3", "tấn"),
    "tầm 5 tạ": ("5", "tạ"),
    "gần 2 tấn": ("2", "tấn"),
    "3 tấn trở lên": ("3", "tấn"),
    "20 can": ("20", "kg"),
    "20 bo": ("20", "bó"),
    "40 gùi": ("40", "gùi"),
    "500 chai 500ml": ("500", "chai"),
}
NOTHING = (
    "", "vài tạ", "nhiều", "-3 tấn", "1 năm 2 vụ", "3 tấn 1 năm 2 vụ", "15 trieu dong",
    "2 tấn 30", "0 kg", "{{7*7}} kg", "gạo nếp", "tấn", "9" * 30 + " kg",
)  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), PLAIN.items())
def test_a_quantity_is_read_with_its_unit_and_time(
    said: str, meant: tuple[str, str, Per | None]
) -> None:
    quantity, unit, per = meant

    assert amount(said) == Read(Amount(Decimal(quantity), unit, per))


@pytest.mark.parametrize(("said", "meant"), NEARLY.items())
def test_a_vague_quantity_or_unit_is_read_back(said: str, meant: tuple[str, str]) -> None:
    quantity, unit = meant

    assert amount(said) == Read(Amount(Decimal(quantity), unit), sure=False)


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_no_quantity_is_not_read_as_one(said: str) -> None:
    assert amount(said) is None


def test_a_range_and_a_doubtful_comma_are_asked_about() -> None:
    assert amount("5-7 tạ/vụ") == Unclear(
        (Amount(Decimal(5), "tạ", "season"), Amount(Decimal(7), "tạ", "season")),
    )
    assert amount("1,500 kg") == Unclear(
        (Amount(Decimal(1500), "kg"), Amount(Decimal("1.5"), "kg")),
    )


@pytest.mark.parametrize("said", ["300", "ba trăm", "dạ 300 ạ"])
def test_a_number_without_a_unit_is_told_apart_from_nonsense(said: str) -> None:
    assert amount(said) == Wrong("unit_missing")


@given(st.integers(1, 10**9), st.sampled_from(sorted(set(UNITS.values()))))
def test_a_quantity_in_normal_form_reads_back_to_itself(quantity: int, unit: str) -> None:
    shown = f"{quantity:,} {unit}/năm".replace(",", ".")

    found = amount(shown)

    assert isinstance(found, Read)
    assert found.value == Amount(Decimal(quantity), unit, "year")
