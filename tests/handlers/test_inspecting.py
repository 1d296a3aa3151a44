"""Kiểm tra sau chứng nhận: planned, written down, mended with a photo, closed, and counted."""

from datetime import date, timedelta

from storage import certificates, inspections, officers
from tests.handlers import appointing
from tests.handlers.appointing import deeds, person, rows
from tests.handlers.phones import Phones
from tests.storage.people import producer

PLAN = "kiểm tra cơ sở HTX Bản Liền ngày 15/12"


def certify(
    phones: Phones, home: int, name: str, star: int = 3, issued: date | None = None
) -> None:
    day = phones.player.now.date()
    days = dict.fromkeys(("expires", "refile_from", "refile_by"), day + timedelta(days=900))
    values = {"producer_id": home, "name": name, "product_set": 3, "star": star}
    values["issued"] = issued or day
    with phones.database.transaction() as tx:
        certificates.keep(tx, values | days, phones.player.now)


def house(phones: Phones, issued: date | None = None) -> Phones:
    """A producer with two certified products, and the officer of everywhere."""
    phones.with_profile()
    phones.say("/start CANBO", on="canbo")
    certify(phones, 1, "Gạo Khẩu Mẹo", 3, issued)
    certify(phones, 1, "Miến dong", 4, issued)
    return phones


def found(phones: Phones) -> Phones:
    """The same, and something was found that is to be mended."""
    house(phones).say(PLAN, "ghi kiểm tra 1", "đủ", "2 mẫu", "2", "30/12", "đúng", on="canbo")
    return phones


def test_a_visit_is_planned_by_the_name_of_the_producer(phones: Phones) -> None:
    said = house(phones).say(PLAN, on="canbo")

    assert "✓ Em ghi kiểm tra 1: HTX Bản Liền, 15/12/2026" in said
    assert "chưa đi" in phones.say("kiểm tra", on="canbo")
    assert "planned_inspection" in deeds(phones, "canbo")


def test_who_has_no_certificate_is_not_inspected(phones: Phones) -> None:
    phones.with_profile().say("/start CANBO", on="canbo")

    assert "Em không thấy cơ sở nào" in phones.say(PLAN, on="canbo")


def test_of_several_of_such_a_name_the_whole_one_is_asked_for(phones: Phones) -> None:
    house(phones)
    with phones.database.transaction() as tx:
        home = producer(tx, "HTX Bản Liền Hai", commune_code="02869", province_code="15")
    certify(phones, home, "Chè")

    assert "Có mấy cơ sở" in phones.say("kiểm tra cơ sở Bản Liền", on="canbo")
    assert "✓ Em ghi kiểm tra 1: HTX Bản Liền," in phones.say(PLAN, on="canbo")


def test_what_is_found_is_told_kindly_with_its_day(phones: Phones) -> None:
    found(phones)

    assert "sổ ghi chép chưa đủ" in phones.read("main")
    assert "trước 30/12/2026" in phones.read("main")
    assert "2 sản phẩm, 2 mẫu" in phones.read("canbo")


def test_nothing_found_it_is_closed_at_once(phones: Phones) -> None:
    house(phones).say(PLAN, "ghi kiểm tra 1", "1", "0", "bỏ qua", on="canbo")

    assert "mọi thứ đều tốt" in phones.read("main")
    assert rows(phones, "SELECT status FROM inspections") == [("closed",)]


def test_the_producer_shows_a_photo_and_the_officer_closes_it(phones: Phones) -> None:
    found(phones).say("đã sửa xong")
    phones.send(1)
    phones.say("xong")
    assert "HTX Bản Liền báo đã sửa, gửi 1 ảnh" in phones.read("canbo")

    said = phones.say("xem kiểm tra 1", on="canbo")
    assert "báo đã sửa, chờ xem lại" in said
    assert "Ảnh đã sửa của kiểm tra 1, 1/1" in said

    assert "em đóng lại" in phones.say("đóng kiểm tra 1", on="canbo")
    assert "như vậy là xong" in phones.read("main")
    assert "Bác không có việc gì phải sửa" in phones.say("đã sửa xong")


def test_photos_of_the_visit_stay_with_it_and_more_can_be_added(phones: Phones) -> None:
    found(phones)
    phones.send(1, on="canbo")
    kept = phones.say("xong", on="canbo")
    phones.say("ảnh kiểm tra 1", on="canbo")
    phones.send(2, on="canbo")
    phones.say("xong", on="canbo")

    said = phones.say("xem kiểm tra 1", on="canbo")

    assert "✓ Em cất 1 ảnh vào kiểm tra 1" in kept
    assert "Ảnh lúc kiểm tra 1, 2/2" in said
    assert "kept_inspection_photos" in deeds(phones, "canbo")


def test_a_visit_without_photos_is_kept_too(phones: Phones) -> None:
    found(phones)

    assert "kiểm tra 1 không kèm ảnh" in phones.say("bỏ qua", on="canbo")


def test_both_are_reminded_till_it_is_mended(phones: Phones) -> None:
    found(phones)
    planned = "SELECT DISTINCT kind, person_id FROM reminders WHERE status = 'planned' AND kind IN"
    kinds = f"{planned} ('mend', 'recheck')"
    officer = person(phones, "canbo")
    assert set(rows(phones, kinds)) == {("mend", 1), ("recheck", officer)}

    phones.say("đã sửa xong")
    phones.send(1)
    phones.say("xong")
    assert set(rows(phones, kinds)) == {("recheck", officer)}

    phones.say("đóng kiểm tra 1", on="canbo")
    assert rows(phones, kinds) == []


def test_the_laboratory_answers_later(phones: Phones) -> None:
    found(phones)

    assert "2/2 mẫu đạt" in phones.say("mẫu kiểm tra 1 đạt", on="canbo")
    assert "1/2 mẫu đạt" in phones.say("mẫu kiểm tra 1 không đạt 1", on="canbo")
    assert "chỉ lấy 2 mẫu" in phones.say("mẫu kiểm tra 1 không đạt 3", on="canbo")
    assert "1 mẫu không đạt" in phones.say("kiểm tra", on="canbo")


def test_another_commune_sees_nothing_of_it(phones: Phones) -> None:
    found(phones)
    phones.say("chào em", on="kia")
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(phones, "kia"), "02839", phones.player.now)

    assert "không có lần kiểm tra số 1" in phones.say("xem kiểm tra 1", on="kia")
    assert "chưa có lần kiểm tra nào" in phones.say("kiểm tra", on="kia")


def test_an_adviser_plans_none(phones: Phones) -> None:
    house(phones)
    appointing.officer(phones, "adviser", "tuvan")
    phones.say(PLAN, on="tuvan")

    assert rows(phones, "SELECT id FROM inspections") == []


def test_the_counts_of_the_province_of_dien_bien_come_out(phones: Phones) -> None:
    """Điện Biên 2021 (002): 18 sites, 31 products, 27 samples; its stars come to 29, not to 31."""
    phones.say("/start CANBO", on="canbo")
    giver = person(phones, "canbo")
    now, told = phones.player.now, {"findings": "", "until": None}
    with phones.database.transaction() as tx:
        for site in range(18):
            home = producer(tx, f"HTX {site}", commune_code="02869", province_code="15")
            visit = inspections.plan(tx, home, date(2021, 9, 1), giver, now)
            (row,) = [one for one in inspections.everyone(tx) if one["number"] == visit]
            some = [n for n in range(31) if n % 18 == site]
            products = [{"id": n + 1, "name": f"SP {n}", "star": 4 if n < 2 else 3} for n in some]
            about = {"day": date(2021, 9, 1), "samples": len(some) - (site < 4), **told}
            assert inspections.record(tx, row["id"], products, about, now)

    said = phones.say("kiểm tra 2021", on="canbo")

    assert "18 cơ sở với 31 sản phẩm (2 sản phẩm 4 sao, 29 sản phẩm 3 sao), lấy 27 mẫu" in said


def test_a_number_that_the_list_does_not_have_is_asked_again(phones: Phones) -> None:
    house(phones).say(PLAN, "ghi kiểm tra 1", on="canbo")
    assert "từ 1 đến 2" in phones.say("7", on="canbo")
    assert "chỉ có đến 5" in phones.say("2, 1", "0 mẫu", "99", on="canbo")

    assert "Sửa xong trước ngày nào" in phones.say("sổ bỏ trống", on="canbo")
