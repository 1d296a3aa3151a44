"""Số liệu năm: asked once of each certified producer, told as far as known, summed for officers."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations import producing
from storage import certificates, planner, yearly
from storage.officers import over
from tests.handlers.appointing import rows
from tests.handlers.phones import Phones
from tests.handlers.test_inspecting import certify
from tests.storage.people import producer

TOLD = ("12 tấn gạo", "300 triệu", "chỉ cộng chung", "8 người", "6", "2 nơi")


def house(phones: Phones) -> Phones:
    """A producer with a certificate, asked in the first half of the next year."""
    phones.with_profile()
    certify(phones, 1, "Gạo Khẩu Mẹo")
    phones.wait(datetime(2027, 2, 1, 2, tzinfo=UTC) - phones.player.now)
    return phones


def test_told_in_a_few_answers_and_kept_for_the_year_that_is_over(phones: Phones) -> None:
    said = house(phones).say("số liệu năm")
    assert "Số liệu năm 2026 của HTX Bản Liền" in said

    assert "✓ Em ghi số liệu năm 2026" in phones.say(*TOLD)
    kept = "SELECT year, output, made, unit, sales, workers, local_workers, markets"
    told = (2026, "12 tấn gạo", 12_000_000, "kg", 300_000_000, 8, 6, 2)
    assert rows(phones, f"{kept} FROM yearly_figures") == [told]


@pytest.mark.parametrize(
    ("typed", "made", "unit"),
    [
        ("9,5 tan", 9_500_000, "kg"),
        ("1.200 kg chè khô", 1_200_000, "kg"),
        ("500 chai", 500_000, "chai"),
        ("5 khối nước mắm", 5_000_000, "lít"),
    ],
)
def test_what_was_made_is_kept_as_a_number_of_a_unit_too(typed: str, made: int, unit: str) -> None:
    assert producing.made(typed) == (made, unit)


@pytest.mark.parametrize("typed", ["12", "nhiều lắm", "2 tạ mỗi tháng"])
def test_what_is_no_amount_of_a_year_is_asked_again(phones: Phones, typed: str) -> None:
    said = house(phones).say("số liệu năm", typed)

    assert "Bán được" not in said
    assert "Bán được" in phones.say("12 tấn gạo")


def test_a_year_is_told_beside_the_one_before_to_the_producer_and_to_officers(
    phones: Phones,
) -> None:
    house(phones)
    before = {"output": "9 tấn", "made": 9_000_000, "unit": "kg", "sales": 250_000_000}
    with phones.database.transaction() as tx:
        yearly.keep(tx, 1, 2025, {**before, "workers": 6}, 1, phones.player.now)

    told = phones.say("số liệu năm", *TOLD)
    phones.say("/start CANBO", on="canbo")
    said = phones.say("số liệu năm 2026", on="canbo")

    assert "Năm 2025 bác báo bán được 250.000.000 đồng, 6 người làm" in told
    assert "Làm ra: 12.000 kg (1 nơi)" in said
    assert "1 nơi báo cả hai năm: bán 300.000.000 đồng (năm 2025: 250.000.000 đồng)" in said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("ghi vào sổ", True), ("1", True), ("được em", True), ("chỉ cộng chung", False), ("k", False)],
)
def test_sales_stand_by_themselves_only_where_the_producer_says_so(
    phones: Phones, typed: str, kept: object
) -> None:
    said = house(phones).say("số liệu năm", "bỏ qua", "300 triệu")
    assert "chỉ cộng chung cả xã" in said

    phones.say(typed, "8", "6", "2")

    assert rows(phones, "SELECT sales, shared FROM yearly_figures") == [(300_000_000, kept)]


def test_of_sales_given_out_the_newest_word_counts_and_a_consent_taken_back_ends_it(
    phones: Phones,
) -> None:
    house(phones)
    now = phones.player.now

    def given(year: int = 0, **told: object) -> dict[int, int]:
        with phones.database.transaction() as tx:
            if year:
                yearly.keep(tx, 1, year, told, 1, now)
            return yearly.shared(tx, over("15"))

    assert given() == {}
    assert given(2025, sales=2_000, shared=True) == {1: 2_000}
    assert given(2024, sales=1_000) == {1: 2_000}
    assert given(2026, workers=3) == {1: 2_000}
    assert given(2027, sales=3_000, shared=False) == {}
    assert given(2027, sales=3_000, shared=True) == {1: 3_000}
    with phones.database.reading() as tx:
        assert yearly.shared(tx, over("11")) == {}
    phones.say("rút đồng ý", "1")
    assert given() == {}


def test_everything_may_be_passed_over(phones: Phones) -> None:
    house(phones).say("số liệu năm", *["bỏ qua"] * 4)

    kept = "SELECT output, sales, workers, local_workers, markets FROM yearly_figures"
    assert rows(phones, kept) == [("", None, None, None, None)]


def test_told_again_it_takes_the_place_of_what_was_told(phones: Phones) -> None:
    house(phones).say("số liệu năm", *TOLD)
    assert "bác đã báo rồi" in phones.say("số liệu năm")
    phones.say("9 tấn", *TOLD[1:])

    assert rows(phones, "SELECT output FROM yearly_figures") == [("9 tấn",)]


def test_who_has_no_certificate_is_not_asked(phones: Phones) -> None:
    assert "Số liệu năm em chỉ hỏi" in phones.with_profile().say("số liệu năm")


def test_it_is_asked_once_in_january_and_not_of_who_told(phones: Phones) -> None:
    phones.with_profile()
    certify(phones, 1, "Gạo Khẩu Mẹo")
    planned = "SELECT person_id, subject, day FROM reminders WHERE kind = 'yearly'"
    with phones.database.transaction() as tx:
        planner.of_years(tx, phones.player.now)
        planner.of_years(tx, phones.player.now)
    assert rows(phones, f"{planned} AND status = 'planned'") == [(1, 1, "2027-01-14")]

    with phones.database.transaction() as tx:
        yearly.keep(tx, 1, 2026, {"sales": 1000}, 1, phones.player.now)
        planner.of_years(tx, phones.player.now)
    assert rows(phones, f"{planned} AND status = 'planned'") == []


def test_officers_see_how_many_answered_and_the_sums(phones: Phones) -> None:
    house(phones)
    now = phones.player.now
    with phones.database.transaction() as tx:
        home = producer(tx, "HTX Hai", commune_code="02839", province_code="15")
    certify(phones, home, "Miến", 4)
    with phones.database.transaction() as tx:
        issued = {"issued": (now - timedelta(days=60)).date()}
        certificates.change(tx, 2, issued)
    phones.say("số liệu năm", *TOLD)
    phones.say("/start CANBO", on="canbo")

    said = phones.say("số liệu năm 2026 theo sao", on="canbo")

    assert "1/2 chủ thể đã báo, bán được 300.000.000 đồng, 8 người làm (6 trong xã)" in said
    assert "• 3 sao: 1/1 báo, 300.000.000 đồng" in said
    assert "• 4 sao: 0/1 báo" in said
    assert "• xã Bản Liền, tỉnh Lào Cai: 1/1" in phones.say("số liệu năm 2026 theo xã", on="canbo")


def test_a_producer_with_two_products_counts_once(phones: Phones) -> None:
    house(phones)
    certify(phones, 1, "Miến")
    phones.say("số liệu năm", *TOLD)
    with phones.database.transaction() as tx:
        certificates.change(tx, 2, {"issued": datetime(2026, 11, 1, tzinfo=UTC).date()})
        (whole,) = yearly.summed(tx, over("15"), 2026)
        elsewhere = yearly.summed(tx, over("68"), 2026)

    assert (whole.asked, whole.answered, whole.sales) == (1, 1, 300_000_000)
    assert elsewhere == []
