"""What stands on the papers that were sent, held against the producer, the season and the rules."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from storage import claims
from tests.handlers.phones import PROFILE, SHEET, Phones
from tests.handlers.test_checks import all_good, change, give
from tests.handlers.test_papers import given


@pytest.fixture
def told(phones: Phones) -> Phones:
    """Somebody whose dossier has nothing wrong in it."""
    phones.with_idea().say("còn thiếu gì")
    all_good(phones)
    return phones


def checked(phones: Phones) -> str:
    return phones.say("soát lỗi")


def tell(phones: Phones, **answers: Any) -> None:
    """The idea told otherwise."""
    with phones.database.transaction() as tx:
        told = json.loads(tx.execute(text("SELECT answers FROM ideas")).scalar_one()) | answers
        tx.execute(text("UPDATE ideas SET answers = :told"), {"told": json.dumps(told)})


# -- names -----------------------------------------------------------------------------------------


def test_a_paper_of_what_the_producer_was_before_bears_the_former_name(told: Phones) -> None:
    given(told, "đăng ký kinh doanh", holder="Tổ hợp tác Bản Liền")

    said = checked(told)

    assert "Giấy đăng ký kinh doanh còn mang tên cũ" in said
    assert "khác tên chủ thể" not in said


@pytest.mark.parametrize("holder", ["Hợp tác xã Bản Liền", "BẢN LIỀN", "htx ban lien"])
def test_the_same_producer_in_other_letters_is_no_former_one(told: Phones, holder: str) -> None:
    given(told, "đăng ký kinh doanh", holder=holder)

    assert "chưa thấy lỗi nào" in checked(told)


def test_a_name_that_says_another_kind_than_was_chosen_is_still_the_own(told: Phones) -> None:
    with told.database.transaction() as tx:
        tx.execute(text("UPDATE producers SET kind = 'company'"))

    assert "tên cũ" not in checked(told)


def test_a_group_of_a_commune_is_no_cooperative(told: Phones) -> None:
    """ "Tổ hợp tác xã Bản Liền": the last syllables are of the commune."""
    with told.database.transaction() as tx:
        tx.execute(text("UPDATE producers SET kind = 'team', name = 'Tổ hợp tác xã Bản Liền'"))
    given(told, "đăng ký kinh doanh", holder="Tổ hợp tác xã Bản Liền")

    assert "tên cũ" not in checked(told)


# -- the commune -----------------------------------------------------------------------------------


def of_ta_chai(phones: Phones) -> Phones:
    profile = list(PROFILE)
    profile[3] = "ta chai, bac ha"
    phones.agreed().say("hồ sơ chủ thể", *profile)
    phones.say("đăng ký sản phẩm", *SHEET, "gửi", "còn thiếu gì")
    all_good(phones)
    return phones


def test_a_paper_with_the_former_commune_is_told(phones: Phones) -> None:
    of_ta_chai(phones)
    given(phones, "đăng ký kinh doanh", address="thôn Na Kim, xã Tà Chải, huyện Bắc Hà")

    assert "Giấy đăng ký kinh doanh còn ghi tên xã cũ" in checked(phones)


def test_a_paper_with_the_commune_of_today_is_not(phones: Phones) -> None:
    of_ta_chai(phones)
    given(phones, "đăng ký kinh doanh", address="thôn Na Kim, xã Bắc Hà")

    assert "tên xã cũ" not in checked(phones)


def test_a_commune_that_kept_its_name_has_no_former_one(told: Phones) -> None:
    with told.database.transaction() as tx:
        tx.execute(text("UPDATE producers SET commune_was = 'xã Bản Liền, huyện Bắc Hà'"))
    said = given(told, "đăng ký kinh doanh", address="xã Bản Liền, huyện Bắc Hà")

    assert "tên xã cũ" not in said + checked(told)


# -- the materials ---------------------------------------------------------------------------------


def without_origin(phones: Phones) -> None:
    with phones.database.transaction() as tx:
        tx.execute(text("DELETE FROM papers WHERE paper = 'material_origin'"))


def test_materials_without_any_paper_on_their_origin_are_told(told: Phones) -> None:
    without_origin(told)
    tell(told, materials=[{"name": "thóc"}, {"name": {"text": "muối", "voices": ["a"]}}, {}])

    assert "Chưa rõ nguồn của thóc, muối" in checked(told)


def test_one_paper_on_the_origin_speaks_for_all_materials(told: Phones) -> None:
    """Nobody can see for which of them it is."""
    tell(told, materials=[{"name": "thóc"}, {"name": "muối"}])

    assert "chưa thấy lỗi nào" in checked(told)


def test_an_idea_without_materials_is_not_asked_for_their_origin(told: Phones) -> None:
    without_origin(told)
    tell(told, materials=[])

    assert "chưa thấy lỗi nào" in checked(told)


def test_a_claim_that_lacks_the_paper_says_the_same_once(told: Phones) -> None:
    without_origin(told)
    with told.database.transaction() as tx:
        claims.claim(tx, 1, {"1.1": "c"}, (1, ""), told.player.now)

    said = checked(told)

    assert "chưa có giấy: giấy nguồn gốc nguyên liệu" in said
    assert "Chưa rõ nguồn" not in said


def test_a_service_has_neither_materials_nor_a_label(told: Phones) -> None:
    without_origin(told)
    change(told, product_set=26)

    said = checked(told)

    assert "Chưa rõ nguồn" not in said
    assert "Soát nhãn" not in said


# -- dates, seasons, pages -------------------------------------------------------------------------


def test_a_test_report_that_is_too_old_is_told(told: Phones) -> None:
    told.say("gửi giấy")
    told.send(9, issued=date(2024, 9, 1), titles="phieu ket qua kiem nghiem")
    told.say("xong", "phiếu kiểm nghiệm", "đúng")

    assert "Phiếu kiểm nghiệm đã cũ hoặc thiếu mục: phiếu kiểm nghiệm" in checked(told)


def test_a_report_of_this_year_is_good(told: Phones) -> None:
    give(told, "test_report", issued=date(2026, 10, 1))
    change(told, round_key="tinh-1-2027", council=date(2027, 6, 30))

    assert "Phiếu kiểm nghiệm đã cũ" not in checked(told)


def test_a_council_out_of_season_is_told_with_its_month(told: Phones) -> None:
    tell(told, season=[5, 6])

    assert "quanh tháng 10 thì bác chưa có hàng" in checked(told)


def test_a_dossier_that_nobody_reads_to_its_end_is_told(told: Phones) -> None:
    given(told, "hợp đồng liên kết", place=7, sheets=320)

    assert "Hồ sơ dày 32" in checked(told)
