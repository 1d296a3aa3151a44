"""Nâng hạng, đánh giá lại: a new dossier on the last one; only what changed is asked."""

from datetime import date

import pytest

from conversations.forms import catalogue
from conversations.session import Session
from handlers import planning
from handlers.talk import Talk
from programme import checklist, renewal, ruleset, sheets
from storage import days_off
from tests.every_form import RULES
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, claimed, like
from tests.handlers.test_plans import wait_until

CODE = "271828"  # the first code that a played phone gives
OURS = "đúng"  # the certificate is that of the product whose dossier there is


def upgraded(phones: Phones) -> str:
    return phones.say("nâng hạng", "3", "20/12/2025", "gửi")


def test_an_upgrade_opens_a_dossier_that_follows_the_last_one(phones: Phones) -> None:
    like(phones, THREE)
    (before,) = phones.dossiers()

    said = upgraded(phones)

    assert "Em mở hồ sơ nâng hạng cho Gạo Khẩu Mẹo, đang 3 sao" in said
    assert "còn hạn tới 20/12/2028" in said
    (row,) = phones.dossiers()
    assert (row["case"], row["number"]) == ("upgrade", "HS-2026-0002")
    assert (row["root"], row["follows"]) == (before["id"], before["id"])
    assert row["before"]["star"] == 3
    assert row["before"]["recognised"] == "2025-12-20"


@pytest.mark.parametrize(
    ("words", "case"), [(("nâng hạng",), "upgrade"), (("đánh giá lại", OURS), "reassess")]
)
def test_only_what_the_case_wants_again_is_asked(
    phones: Phones, words: tuple[str, ...], case: str
) -> None:
    like(phones, THREE)
    confirmed = checklist.cases(RULES)[case].confirm
    lines = sheets.sheet(RULES, 3).criteria
    wanted = {line.id for line in lines if line.topic in confirmed or line.id not in THREE.claimed}

    phones.say(*words, "3", "20/5/2024", "gửi")

    run = phones.session().active()
    assert run is not None
    assert set(run.facts["only"]) == wanted
    assert wanted >= set(run.facts["last"]) >= wanted & set(THREE.claimed)


def test_the_answers_of_last_time_are_guesses_to_be_confirmed(phones: Phones) -> None:
    like(phones, THREE)
    before = claimed(phones)
    phones.say("đánh giá lại", OURS, "3", "20/5/2024", "gửi")

    for _ in range(40):
        run = phones.session().active()
        if run is None:
            break
        phones.say("đúng" if run.pending else "bỏ qua")

    assert claimed(phones)
    assert claimed(phones).items() <= before.items()
    assert "57/100 điểm" in phones.read()


def test_what_changed_is_claimed_anew_and_the_rest_stands(phones: Phones) -> None:
    like(phones, THREE)
    before = claimed(phones)
    phones.say("đánh giá lại", OURS, "3", "20/5/2024", "gửi")
    run = phones.session().active()
    assert run is not None
    first = next(id_ for id_ in run.facts["only"] if before.get(id_, "a") != "a")

    phones.tap(f"m|claim:{first}")
    phones.say("1")

    assert claimed(phones) == {first: "a"}
    assert "57/100 điểm" not in phones.read()
    assert "/100 điểm" in phones.read()


def test_papers_that_are_still_good_are_used_again_and_the_forms_must_be_new(
    phones: Phones,
) -> None:
    like(phones, THREE, on=date(2025, 12, 1))
    upgraded(phones)
    phones.say("menu")

    said = phones.say("danh sách giấy")

    assert "Phiếu đăng ký (Mẫu số 01): bản lần trước, cần bản mới" in said
    assert "Giấy nguồn gốc nguyên liệu: đã gửi" in said


def test_a_form_that_is_given_now_is_new(phones: Phones) -> None:
    like(phones, THREE, on=date(2025, 12, 1))
    upgraded(phones)
    phones.say("menu", "gửi giấy")
    phones.send(1)
    phones.say("xong", "phiếu đăng ký")

    assert "Phiếu đăng ký (Mẫu số 01): đã gửi" in phones.say("danh sách giấy")


def test_a_re_evaluation_tells_between_which_days_it_is_filed(phones: Phones) -> None:
    like(phones, THREE)

    said = phones.say("đánh giá lại", OURS, "3", "20/6/2024", "gửi")

    assert "Em mở hồ sơ đánh giá lại cho Gạo Khẩu Mẹo, đang 3 sao, hết hạn 20/6/2027" in said
    assert "Bác nộp từ 22/12/2026 đến 19/2/2027" in said
    assert phones.dossiers()[0]["case"] == "reassess"


@pytest.mark.parametrize(
    ("told", "day"), [("2024", "2024-01-01"), ("6/2024", "2024-06-01"), ("5/6/2024", "2024-06-05")]
)
def test_of_a_year_or_a_month_the_first_day_counts(phones: Phones, told: str, day: str) -> None:
    """So that no reminder comes too late."""
    like(phones, THREE).say("đánh giá lại", OURS, "3", told)
    phones.say("gửi")

    assert phones.dossiers()[0]["before"]["recognised"] == day


def test_a_dossier_that_was_never_scored_is_asked_everything(phones: Phones) -> None:
    phones.with_idea()

    said = upgraded(phones)

    assert f"Em hỏi {len(sheets.sheet(RULES, 3).criteria)} mục" in said


def test_an_upgrade_of_an_upgrade_builds_on_both(phones: Phones) -> None:
    like(phones, THREE)
    first = claimed(phones)
    upgraded(phones)
    phones.say("menu")

    phones.say("nâng hạng", "4", "20/10/2026", "gửi")

    (row,) = phones.dossiers()
    assert row["number"] == "HS-2026-0003"
    assert row["before"]["star"] == 4
    assert row["before"]["claims"] == first


def test_the_rules_of_the_day_are_those_of_the_new_dossier(phones: Phones) -> None:
    like(phones, THREE, rules=ruleset.names()[1])
    upgraded(phones)

    rules = ruleset.for_dossier(date(2026, 11, 23), "upgrade").on(date(2026, 11, 23))
    assert phones.dossiers()[0]["rules"] == rules.name


def test_whose_right_ended_opens_nothing(phones: Phones) -> None:
    like(phones, THREE).say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", "nâng hạng", "3", "20/12/2025", on="con")
    phones.say("thôi nhờ người giúp")

    said = phones.say("gửi", on="con")

    assert "không còn khai hộ" in said
    assert [row["case"] for row in phones.dossiers()] == ["first"]


def test_the_first_time_there_is_nothing_to_ask_again() -> None:
    assert renewal.again(THREE).confirm == ()


def test_five_stars_cannot_rise(phones: Phones) -> None:
    like(phones, THREE)

    said = phones.say("nâng hạng", "5")

    assert "hạng cao nhất" in said
    assert [row["case"] for row in phones.dossiers()] == ["first"]


def test_an_upgrade_aims_at_a_star_above_that_which_the_product_has(phones: Phones) -> None:
    like(phones, THREE)
    phones.say("nâng hạng", "4", "20/12/2025", "gửi")

    assert "Muốn lên 5 sao" in phones.say("mấy sao")


def test_who_comes_too_late_for_a_re_evaluation_hears_so(phones: Phones) -> None:
    like(phones, THREE)

    said = phones.say("đánh giá lại", OURS, "3", "20/12/2023", "gửi")

    assert "nay đã qua" in said
    assert "hỏi cán bộ" in said


def test_a_re_evaluation_is_to_be_handed_in_while_its_days_run(phones: Phones) -> None:
    like(phones, THREE)
    phones.say("đánh giá lại", OURS, "3", "20/06/2024", "gửi", "để sau")

    assert "nên nộp xã chậm nhất 19/2/2027" in phones.say("hồ sơ sản phẩm")


def overdue(phones: Phones) -> Phones:
    """Somebody whose re-evaluation was to be handed in by 19/2/2027, a Friday, and was not."""
    like(phones, THREE).say("đánh giá lại", OURS, "3", "20/06/2024", "gửi", "để sau")
    return wait_until(phones, 2027, 3, 1)


@pytest.mark.parametrize("words", ["hồ sơ sản phẩm", "kế hoạch", "nộp xã"])
def test_whose_days_of_re_evaluation_went_by_hears_it_wherever_the_dossier_is_spoken_of(
    phones: Phones, words: str
) -> None:
    said = overdue(phones).say(words)

    assert "Hạn nộp đánh giá lại đã qua ngày 19/2/2027, giấy hết hạn 20/6/2027." in said
    assert "Luật có nói việc nộp muộn (Điều 12), bác hỏi cán bộ ngay nhé" in said
    assert "Nộp cho xã" in said
    assert "đợt sau" not in said


def test_days_of_re_evaluation_that_went_by_stay_the_day_of_handing_in(phones: Phones) -> None:
    overdue(phones)

    with phones.database.transaction() as tx:
        planning.anew(Talk(tx, 0, Session(), phones.player.now, catalogue), 9)

    assert phones.dossiers()[0]["file_by"] == date(2027, 2, 19)


def test_a_re_evaluation_can_be_handed_in_late(phones: Phones) -> None:
    overdue(phones).say("nộp xã", "nộp")

    assert phones.dossiers()[0]["filed_at"] is not None
    assert "đã qua" not in phones.say("hồ sơ sản phẩm")
    assert "đã qua" not in phones.say("giấy chứng nhận")


def test_a_re_evaluation_that_is_late_can_still_go_to_another_round(phones: Phones) -> None:
    overdue(phones)

    asked = phones.say("đổi đợt")
    said = phones.say("đợt 2")

    assert "2. Đợt 2 năm 2027, nộp xã 8/10/2027" in asked
    assert "✓ Em ghi đợt 2 năm 2027, nộp xã chậm nhất 8/10/2027." in said
    assert "Hạn nộp đánh giá lại đã qua ngày 19/2/2027" in said
    assert "2. Còn thiếu gì\n3. Hỏi cán bộ" in said


def test_once_the_certificate_has_ended_that_is_said(phones: Phones) -> None:
    overdue(phones)

    assert "giấy đã hết hạn 20/6/2027" in wait_until(phones, 2027, 7, 1).say("hồ sơ sản phẩm")


def test_a_day_off_that_an_office_sets_is_no_last_day(phones: Phones) -> None:
    like(phones, THREE)
    with phones.database.transaction() as tx:
        days_off.keep(tx, date(2027, 2, 19), True, "", None, phones.player.now)

    said = phones.say("đánh giá lại", OURS, "3", "20/06/2024", "gửi")

    assert "Bác nộp từ 22/12/2026 đến 18/2/2027" in said


def test_who_leaves_the_score_at_once_hears_how_to_come_back(phones: Phones) -> None:
    like(phones, THREE)
    phones.say("nâng hạng", "3", "20/12/2025", "gửi")

    assert "bác gõ: tự chấm điểm" in phones.say("để sau")


def test_a_fresh_certificate_is_no_cause_to_score_everything_again(phones: Phones) -> None:
    like(phones, THREE)

    said = phones.say("đánh giá lại", OURS, "4", "20/11/2026", "gửi")

    assert "Bác nộp từ 24/5/2029 đến 23/7/2029" in said
    assert "Bác nên nộp xã chậm nhất 23/7/2029" in said
    assert phones.session().active() is None


def test_a_re_evaluation_aims_at_the_star_that_the_product_has(phones: Phones) -> None:
    like(phones, THREE)
    phones.say("đánh giá lại", OURS, "4", "20/5/2024", "gửi", "để sau")

    said = phones.say("mấy sao")

    assert "Giấy chứng nhận đang là 4 sao" in said
    assert "Muốn lên 4 sao" in said
