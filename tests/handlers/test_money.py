"""Hỗ trợ: written down, paid, and added up by fund and unit so that the sums agree."""

from storage import supports
from storage.officers import over
from tests.handlers import appointing
from tests.handlers.appointing import deeds, rows
from tests.handlers.phones import Phones

ONE = ("HTX Bản Liền", "vốn nông thôn mới", "150 triệu", "bỏ qua", "máy sấy", "12/QĐ-UBND")
TWO = ("Sở Công Thương", "khuyến công", "100 triệu", "120 triệu", "gian hàng", "bỏ qua")


def office(phones: Phones) -> Phones:
    """A producer of Bản Liền, an officer of everywhere, and one of Bản Liền."""
    phones.with_profile()
    phones.say("/start CANBO", on="canbo")
    appointing.officer(phones, "commune", "xa")
    return phones


def test_a_support_of_a_producer_lies_where_it_is_at_home(phones: Phones) -> None:
    said = office(phones).say("thêm hỗ trợ", *ONE, on="canbo")

    assert "✓ Em ghi khoản hỗ trợ 1: HTX Bản Liền, 150.000.000 đồng" in said
    found = "SELECT producer_id, commune_code, planned, paid, decision FROM supports"
    assert rows(phones, found) == [(1, "02869", 150_000_000, 0, "12/QĐ-UBND")]
    assert "HTX Bản Liền" in phones.say("kinh phí", on="xa")
    assert "added_support" in deeds(phones, "canbo")


def test_the_commune_does_not_see_what_is_of_others(phones: Phones) -> None:
    office(phones).say("thêm hỗ trợ", *TWO, on="canbo")

    assert "chưa ghi khoản hỗ trợ nào" in phones.say("kinh phí", on="xa")
    assert "không có khoản hỗ trợ số 1" in phones.say("chi hỗ trợ 1 20 triệu", on="xa")


def test_sums_by_fund_and_by_unit_are_the_sum_of_all(phones: Phones) -> None:
    office(phones).say("thêm hỗ trợ", *ONE, on="canbo")
    phones.say("thêm hỗ trợ", *TWO, on="canbo")
    phones.say("chi hỗ trợ 1 30 triệu", on="canbo")

    said = phones.say("kinh phí", on="canbo")

    assert "kế hoạch 250.000.000 đồng, đã chi 150.000.000 đồng" in said
    assert "• khuyến công: 120.000.000 đồng / 100.000.000 đồng" in said
    assert "HTX Bản Liền, vốn nông thôn mới: 30.000.000 đồng / 150.000.000 đồng" in said
    year = phones.player.now.year
    with phones.database.reading() as tx:
        every, cells = supports.here(tx, over(""), year), supports.cells(tx, over(""), year)
    assert sum(row["planned"] for row in every) == sum(cell.planned for cell in cells)
    assert sum(row["paid"] for row in every) == sum(cell.paid for cell in cells)


def test_what_is_overspent_is_pointed_out(phones: Phones) -> None:
    assert "lớn hơn kế hoạch" in office(phones).say("thêm hỗ trợ", *TWO, on="canbo")
    assert "1 khoản chi quá kế hoạch: số 1" in phones.say("kinh phí", on="canbo")

    phones.say("chi hỗ trợ 1 90 triệu", on="canbo")
    assert "quá kế hoạch" not in phones.say("kinh phí", on="canbo")


def test_a_fund_that_was_named_before_has_a_number(phones: Phones) -> None:
    office(phones).say("thêm hỗ trợ", *ONE, on="canbo")

    assert "1. vốn nông thôn mới" in phones.say("thêm hỗ trợ", "HTX Hai", on="canbo")
    phones.say("1", *ONE[2:], on="canbo")
    assert rows(phones, "SELECT DISTINCT fund FROM supports") == [("vốn nông thôn mới",)]


def test_dropped_it_counts_no_more(phones: Phones) -> None:
    office(phones).say("thêm hỗ trợ", *ONE, "bỏ hỗ trợ 1", on="canbo")

    assert "chưa ghi khoản hỗ trợ nào" in phones.say("kinh phí", on="canbo")
