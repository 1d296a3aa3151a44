"""Chỉ tiêu in numbers: set in one line, counted from the rows, seen by whom they concern."""

from datetime import date, timedelta
from typing import Any

from conversations.answers import Asked
from conversations.officing import AreaKind
from conversations.reading import Read, Unclear
from storage import certificates, producers
from tests.handlers import appointing
from tests.handlers.appointing import deeds, rows
from tests.handlers.phones import Phones
from tests.storage.people import producer

BAN_LIEN = {"commune_code": "02869", "province_code": "15"}


def office(phones: Phones) -> Phones:
    """An officer of everywhere, and one of Bản Liền."""
    phones.say("/start CANBO", on="canbo")
    appointing.officer(phones, "commune", "xa")
    return phones


def certified(phones: Phones, name: str, star: int, issued: date, **where: Any) -> None:
    """A certificate for a product of a producer of that name."""
    with phones.database.transaction() as tx:
        known = {row["name"]: row["id"] for row in producers.everyone(tx)}
        home = known.get(f"HTX {name}") or producer(tx, f"HTX {name}", **(where or BAN_LIEN))
        values = {"producer_id": home, "name": name, "product_set": 3, "star": star}
        days = dict.fromkeys(("expires", "refile_from", "refile_by"), issued + timedelta(days=1095))
        certificates.keep(tx, values | {"issued": issued} | days, phones.player.now)


def test_set_in_one_line_they_are_said_again_with_what_there_is(phones: Phones) -> None:
    office(phones)
    year = phones.player.now.year
    certified(phones, "Gạo", 3, date(year, 2, 1))

    said = phones.say("giao chỉ tiêu Bản Liền: 2 sản phẩm mới 3 sao, 1 nâng hạng", on="canbo")

    assert f"✓ Em ghi chỉ tiêu năm {year} của xã Bản Liền, tỉnh Lào Cai." in said
    assert "• xã Bản Liền, tỉnh Lào Cai: 1/2 sản phẩm mới từ 3 sao" in said
    assert "0/1 sản phẩm nâng hạng" in said
    assert f"được giao 2 chỉ tiêu năm {year}" in phones.read("xa")
    assert "set_target" in deeds(phones, "canbo")


def test_said_again_it_is_the_new_number(phones: Phones) -> None:
    office(phones).say("giao chỉ tiêu Bản Liền năm 2027: 2 sản phẩm mới", on="canbo")
    phones.say("giao chỉ tiêu Bản Liền năm 2027: 5 sản phẩm mới", on="canbo")

    assert "0/5 sản phẩm mới" in phones.say("chỉ tiêu 2027", on="canbo")
    assert rows(phones, "SELECT wanted FROM counted_targets") == [(5,)]


def test_none_wanted_is_no_target_any_more(phones: Phones) -> None:
    office(phones).say("giao chỉ tiêu Bản Liền năm 2027: 2 sản phẩm mới", on="canbo")
    phones.say("giao chỉ tiêu Bản Liền năm 2027: 0 sản phẩm mới", on="canbo")

    assert "chưa có chỉ tiêu nào" in phones.say("chỉ tiêu 2027", on="canbo")


def test_more_stars_count_as_risen_and_the_same_as_renewed(phones: Phones) -> None:
    office(phones)
    year = phones.player.now.year
    for name, star in (("Gạo", 4), ("Miến", 3)):
        certified(phones, name, 3, date(year - 3, 2, 1))
        certified(phones, name, star, date(year, 2, 1))
    certified(phones, "Mật ong", 4, date(year, 3, 1))

    aims = "9 sản phẩm mới 3 sao, nâng hạng 9 sản phẩm, đánh giá lại 9 sản phẩm, 9 chủ thể mới"
    said = phones.say(f"giao chỉ tiêu Bản Liền: {aims}", on="canbo")

    assert "1/9 sản phẩm mới" in said
    assert "1/9 sản phẩm nâng hạng" in said
    assert "1/9 sản phẩm đánh giá lại" in said
    assert "1/9 chủ thể mới" in said


def test_a_province_counts_all_of_its_communes_and_no_other(phones: Phones) -> None:
    office(phones)
    year = phones.player.now.year
    certified(phones, "Gạo", 3, date(year, 2, 1))
    certified(phones, "Miến", 3, date(year, 2, 1), commune_code="02839", province_code="15")
    certified(phones, "Chè", 3, date(year, 2, 1), commune_code="24778", province_code="68")

    said = phones.say("giao chỉ tiêu tỉnh Lào Cai: 4 sản phẩm mới", on="canbo")

    assert "tỉnh Lào Cai: 2/4 sản phẩm mới" in said


def test_a_commune_sees_its_own_and_sets_none_elsewhere(phones: Phones) -> None:
    office(phones)
    phones.say("giao chỉ tiêu tỉnh Lào Cai năm 2027: 40 sản phẩm mới", on="canbo")
    phones.say("giao chỉ tiêu Bản Liền năm 2027: 2 sản phẩm mới", on="canbo")

    said = phones.say("chỉ tiêu 2027", on="xa")
    assert "0/2 sản phẩm mới" in said
    assert "/40" not in said
    assert "là nơi nào" in phones.say("giao chỉ tiêu Tả Chải: 1 sản phẩm mới", on="xa")
    assert len(rows(phones, "SELECT id FROM counted_targets")) == 2


def test_without_a_number_it_says_how(phones: Phones) -> None:
    assert "giao chỉ tiêu Bản Liền năm" in office(phones).say("giao chỉ tiêu", on="canbo")
    assert "giao chỉ tiêu Bản Liền năm" in phones.say("giao chỉ tiêu Bản Liền", on="canbo")


def test_the_summary_shows_them_beside_those_in_words(phones: Phones) -> None:
    office(phones).say("giao chỉ tiêu Bản Liền: 2 sản phẩm mới", on="canbo")

    assert "0/2 sản phẩm mới" in phones.say("tóm tắt 7", on="canbo")


def test_a_place_is_known_by_its_whole_name_though_others_were_once_called_so() -> None:
    asked = Asked("targets", "place", date(2026, 12, 1), {}, {"within": ""})

    whole = AreaKind().read("phường Ngọc Hà, thành phố Hà Nội", asked)

    assert isinstance(whole, Read)
    assert whole.sure
    assert whole.value["name"].casefold() == "phường ngọc hà, thành phố hà nội"
    assert isinstance(AreaKind().read("Ngọc Hà", asked), Unclear)
