"""Nộp xã: asked once, handed in once, told to the commune; and the certificates that come of it."""

from datetime import date
from typing import Any

import pytest

from conversations.messages import Message
from handlers.producer import filing
from programme.cycle import Done
from storage import certificates, cycle, dossiers, papers
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, like
from tests.handlers.test_plans import wait_until

REVIEW_BY = date(2026, 12, 15)  # a Tuesday: fifteen working days after 23/11/2026 (no holiday)
CODE = "271828"  # the first code that a played phone gives
OURS = "đúng"  # the certificate is that of the product whose dossier there is


def ready(phones: Phones) -> Phones:
    """Somebody whose dossier is whole, and an officer who minds everything."""
    return minded(like(phones, THREE))


def minded(phones: Phones) -> Phones:
    phones.say("/start CANBO", on="xa")
    return phones


def steps(phones: Phones, dossier: int = 1) -> list[Done]:
    with phones.database.reading() as tx:
        return cycle.of(tx, dossier)


def kept(phones: Phones) -> list[dict[str, Any]]:
    with phones.database.reading() as tx:
        return certificates.everyone(tx)


# -- asking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["nộp xã", "nop ho so cho xa", "nộp hồ sơ", "Nộp cho xã"])
def test_who_wants_to_hand_in_a_whole_dossier_is_asked_first(phones: Phones, words: str) -> None:
    said = ready(phones).say(words)

    assert "Giấy tờ đủ cả rồi ạ." in said
    assert "đúng hạn (chậm nhất 7/4/2027)" in said
    assert "Em gửi hồ sơ Gạo Khẩu Mẹo cho xã, dự đợt 1 năm 2027, bác nhé?" in said
    assert phones.dossiers()[0]["filed_at"] is None


def test_what_is_missing_is_said_before(phones: Phones) -> None:
    like(phones, THREE, "food_safety_certificate", "test_report")

    said = phones.say("nộp xã")

    assert "Hồ sơ còn thiếu giấy an toàn thực phẩm, phiếu kiểm nghiệm an toàn." in said
    assert "Thiếu giấy an toàn thực phẩm thì Hội đồng không chấm." in said


def test_that_it_is_late_is_said_before(phones: Phones) -> None:
    like(phones, THREE)

    said = wait_until(phones, 2027, 4, 15).say("nộp xã")

    assert "Hạn nộp xã (7/4/2027) đã qua; xã phải gửi lên tỉnh trước 30/4/2027" in said


def test_a_re_evaluation_before_its_days_is_said_to_be_early(phones: Phones) -> None:
    like(phones, THREE).say("đánh giá lại", OURS, "3", "20/6/2024", "gửi", "menu")

    said = phones.say("nộp xã")

    assert "Đánh giá lại thì nộp từ 22/12/2026 đến 19/2/2027, lúc này còn sớm." in said


def test_who_has_not_scored_yet_hears_that(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    phones.send(1)
    phones.say("xong", "phiếu đăng ký")

    assert "Bác chưa tự chấm điểm" in phones.say("nộp xã")


def test_an_empty_dossier_is_not_handed_in(phones: Phones) -> None:
    said = phones.with_idea().say("nộp xã")

    assert "Hồ sơ chưa có gì để nộp" in said
    assert "1. Còn thiếu gì" in said


def test_the_word_alone_leads_to_the_dossier_while_something_that_stops_it_is_missing(
    phones: Phones,
) -> None:
    like(phones, THREE, "food_safety_certificate")

    said = phones.say("nộp hồ sơ")

    assert "Hồ sơ Gạo Khẩu Mẹo: xong" in said
    assert "9. Nộp cho xã" in said


def test_who_would_rather_wait_has_handed_in_nothing(phones: Phones) -> None:
    ready(phones).say("nộp xã")

    said = phones.say("chưa")

    assert "em chưa gửi" in said
    assert phones.dossiers()[0]["filed_at"] is None


def test_the_wish_said_twice_is_no_yes(phones: Phones) -> None:
    ready(phones).say("nộp xã", "nộp xã")

    assert phones.dossiers()[0]["filed_at"] is None


# -- handing in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["1", "vâng", "nộp", "nop cho xa"])
def test_a_dossier_that_is_handed_in_gets_its_receipt(phones: Phones, words: str) -> None:
    ready(phones).say("nộp xã")

    said = phones.say(words)

    assert "✓ Em gửi hồ sơ Gạo Khẩu Mẹo cho xã rồi ạ, ngày 23/11/2026." in said
    assert "Số hồ sơ: HS-2026-0001" in said
    assert "chậm nhất 15/12/2026 (15 ngày làm việc, Điều 5)" in said
    (row,) = phones.dossiers()
    assert (row["filed_by"], row["review_by"], row["planned_at"]) == (1, REVIEW_BY, None)


def test_the_commune_hears_of_it_with_what_is_missing(phones: Phones) -> None:
    minded(like(phones, THREE, "test_report")).say("nộp xã", "vâng")

    said = phones.read("xa")

    assert "Hồ sơ HS-2026-0001 vừa nộp xã: Gạo Khẩu Mẹo, HTX Bản Liền." in said
    assert "thiếu phiếu kiểm nghiệm an toàn" in said
    assert "Chưa thấy phương án kinh doanh." in said
    assert "Xét xong chậm nhất 15/12/2026" in said
    assert "HS-2026-0001 · Gạo Khẩu Mẹo" in phones.say("HS-2026-0001", on="xa")


def test_handing_in_twice_is_kind_and_changes_nothing(phones: Phones) -> None:
    ready(phones).say("nộp xã", "vâng")
    (before,) = phones.dossiers()

    again = phones.say("nộp xã")
    tapped = phones.tap(f"m|file_yes:{before['id']}")

    assert "bác nộp rồi, không phải nộp lại đâu" in again
    assert "bác nộp rồi, không phải nộp lại đâu" in tapped
    assert phones.read("xa") == ""
    assert phones.dossiers() == [before]


def test_the_owner_hears_that_a_helper_handed_it_in(phones: Phones) -> None:
    ready(phones).say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", "gõ hộ", "Lý Văn Nam", on="con")
    phones.say("nộp xã", "vâng", on="con")

    said = phones.read()

    assert "Lý Văn Nam vừa nộp hồ sơ Gạo Khẩu Mẹo cho xã giúp bác, số HS-2026-0001." in said


def test_a_helper_hears_nothing_when_the_owner_hands_it_in(phones: Phones) -> None:
    ready(phones).say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", on="con")

    phones.say("nộp xã", "vâng")

    assert phones.read("con") == ""


def test_nobody_hands_in_what_is_not_theirs(phones: Phones) -> None:
    ready(phones)

    phones.agreed("la").tap("m|file_yes:1", on="la")

    assert phones.dossiers()[0]["filed_at"] is None


def test_a_dossier_with_the_commune_says_so_and_can_not_change_its_round(phones: Phones) -> None:
    ready(phones).say("nộp xã", "vâng")

    home = phones.say("hồ sơ sản phẩm")
    plan = phones.say("kế hoạch")
    moved = phones.say("đổi đợt")

    assert "bác nộp xã ngày 23/11/2026 rồi; xã xét xong chậm nhất 15/12/2026" in home
    assert "Cán bộ trả giấy nào thì bác chụp lại giấy ấy gửi em" in home
    assert "bác nộp xã ngày 23/11/2026 rồi" in plan
    assert "chỉ cán bộ đổi được" in moved
    phones.tap("m|to_round:tinh-2-2027")
    assert phones.dossiers()[0]["round_key"] == "tinh-1-2027"


def test_it_stays_in_its_round_when_that_has_closed(phones: Phones) -> None:
    ready(phones).say("nộp xã", "vâng")

    wait_until(phones, 2027, 5, 20).say("hồ sơ sản phẩm")

    assert phones.dossiers()[0]["round_key"] == "tinh-1-2027"


def test_a_paper_that_is_given_back_can_still_be_exchanged(phones: Phones) -> None:
    ready(phones).say("nộp xã", "vâng")
    with phones.database.transaction() as tx:
        (one, *_) = [each for each in phones.papers() if each["paper"] == "test_report"]
        papers.judge(tx, one["id"], "returned", "mờ dấu", 2, phones.player.now)

    phones.say("gửi giấy")
    phones.send(3)
    phones.say("xong", "phiếu kiểm nghiệm an toàn", "bỏ qua")

    given = [each for each in phones.papers() if each["paper"] == "test_report"]
    assert [each["verdict"] for each in given] == [None]


def test_what_the_commune_sent_on_is_said_to_be_with_the_province(phones: Phones) -> None:
    ready(phones).say("nộp xã", "vâng")
    with phones.database.transaction() as tx:
        dossiers.send_up(tx, 1, 2, phones.player.now)

    assert "xã gửi lên tỉnh rồi, dự đợt 1 năm 2027" in phones.say("hồ sơ sản phẩm")


# -- the steps of the year -------------------------------------------------------------------------


def test_an_idea_that_is_handed_in_is_the_second_step(phones: Phones) -> None:
    phones.with_idea()

    assert [(each.step, each.state) for each in steps(phones)] == [(1, "done"), (2, "done")]


def test_handing_in_passes_over_the_business_plan_and_says_so_to_both(phones: Phones) -> None:
    ready(phones).say("nộp xã")

    said = phones.say("vâng")

    assert "chưa thấy phương án kinh doanh của bác; em ghi lại để cán bộ biết" in said
    states = [(each.step, each.state) for each in steps(phones)]
    assert states == [(1, "done"), (2, "done"), (3, "passed_over"), (4, "done")]
    assert filing.reason_of(steps(phones)[2].why) == Message("filing.why_no_plan")
    assert filing.reason_of("đã duyệt năm ngoái") == "đã duyệt năm ngoái"


def test_a_step_that_was_settled_before_is_not_passed_over_again(phones: Phones) -> None:
    ready(phones)
    with phones.database.transaction() as tx:
        cycle.note(tx, 1, Done(3, "done", date(2026, 11, 1)), None, phones.player.now)

    said = phones.say("nộp xã", "vâng")

    assert "phương án" not in said
    assert [each.state for each in steps(phones)] == ["done"] * 4


# -- certificates ----------------------------------------------------------------------------------


def test_a_certificate_that_is_told_of_is_kept_with_the_days_of_its_re_evaluation(
    phones: Phones,
) -> None:
    like(phones, THREE).say("nâng hạng", "3", "20/12/2025", "gửi")

    (one,) = kept(phones)

    assert (one["name"], one["star"], one["dossier_id"]) == ("Gạo Khẩu Mẹo", 3, 1)
    assert (one["issued"], one["expires"]) == (date(2025, 12, 20), date(2028, 12, 20))
    assert (one["refile_from"], one["refile_by"]) == (date(2028, 6, 23), date(2028, 8, 22))
    assert one["renewed_at"] is None


def test_a_re_evaluation_that_is_opened_is_noted_with_the_certificate(phones: Phones) -> None:
    like(phones, THREE).say("đánh giá lại", OURS, "3", "20/6/2024", "gửi")

    (one,) = kept(phones)

    assert one["renewed_at"] is not None
    assert [each.step for each in steps(phones, 2)] == [1, 2]


def test_the_same_certificate_told_of_twice_is_one(phones: Phones) -> None:
    like(phones, THREE).say("nâng hạng", "3", "20/6/2024", "gửi", "menu")

    phones.say("đánh giá lại", "3", "20/6/2024", "gửi")

    (one,) = kept(phones)
    assert one["renewed_at"] is not None


def test_the_certificate_of_an_office_s_file_is_known_again(phones: Phones) -> None:
    like(phones, THREE)
    (row,) = phones.dossiers()
    told = {"producer_id": row["producer_id"], "name": "Gạo khẩu mẹo", "product_set": 3, "star": 3}
    told |= {"issued": date(2024, 6, 20), "expires": date(2027, 6, 20), "source": "s1:0"}
    told |= {"refile_from": date(2026, 12, 22), "refile_by": date(2027, 2, 20)}
    with phones.database.transaction() as tx:
        certificates.keep(tx, told, phones.player.now)

    phones.say("đánh giá lại", "3", "20/6/2024", "gửi")

    (one,) = kept(phones)
    assert (one["source"], one["dossier_id"]) == ("s1:0", row["id"])
    assert one["renewed_at"] is not None


@pytest.mark.parametrize("words", ["giấy chứng nhận", "het han chung nhan", "my certificates"])
def test_certificates_are_listed_with_their_days_in_one_letter(phones: Phones, words: str) -> None:
    like(phones, THREE).say("nâng hạng", "3", "20/12/2025", "gửi", "menu")

    said = phones.say(words)

    assert (
        "Gạo Khẩu Mẹo: 3 sao, hết hạn 20/12/2028, "
        "nộp đánh giá lại từ 23/6/2028 đến 22/8/2028." in said
    )
    assert "1. Đánh giá lại" in said


def test_a_certificate_that_is_evaluated_again_or_over_is_listed_as_that(phones: Phones) -> None:
    like(phones, THREE).say("đánh giá lại", OURS, "3", "20/6/2024", "gửi", "menu")

    again = phones.say("giấy chứng nhận")
    over = wait_until(phones, 2027, 7, 1).say("giấy chứng nhận")

    assert "hết hạn 20/6/2027, đang đánh giá lại, nộp chậm nhất 19/2/2027." in again
    assert "1. Về hồ sơ" in again
    assert "đã hết hạn 20/6/2027, hạn nộp đánh giá lại đã qua ngày 19/2/2027." in over


def test_who_has_no_certificate_hears_how_one_becomes_known(phones: Phones) -> None:
    said = phones.agreed().say("giấy chứng nhận")

    assert "Em chưa biết bác có giấy chứng nhận OCOP nào" in said
    assert "1. Đăng ký sản phẩm" in said
