"""Tự chấm điểm: begun, left, gone on with, kept answer by answer, and one thing scored anew."""

import re

import pytest

from programme import scoring, sheets
from storage import claims, dossiers
from tests.every_form import RULES
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, claimed, like

FIRST = sheets.sheet(RULES, 3).criteria[0]
CODE = "271828"  # the first code that a played phone gives


def test_the_sheet_of_the_product_set_is_asked_one_criterion_after_the_other(
    phones: Phones,
) -> None:
    said = phones.with_idea().say("chấm điểm")

    assert f"Em hỏi {len(sheets.sheet(RULES, 3).criteria)} mục" in said
    assert "trồng ngay trong xã" in said
    assert phones.open_form() == "score"


def test_what_the_idea_tells_is_a_guess_to_be_confirmed(phones: Phones) -> None:
    said = phones.with_idea().say("chấm điểm")

    assert "Từ 75% đến 100%" in said
    assert "3/3 điểm" in phones.say("đúng")
    assert claimed(phones) == {FIRST.id: FIRST.options[2].key}


def test_each_answer_is_claimed_at_once(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "không", "2")

    assert claimed(phones) == {FIRST.id: FIRST.options[1].key}


def test_going_back_claims_the_new_word(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "không", "2", "quay lại", "3")

    assert claimed(phones) == {FIRST.id: FIRST.options[2].key}


def test_who_is_tired_goes_on_later_where_she_was(phones: Phones) -> None:
    left = phones.with_idea().say("chấm điểm", "đúng", "1", "để sau")

    assert "đã xong 2/" in left
    said = phones.say("chấm điểm")
    assert "Em hỏi" not in said
    assert "sơ chế" in said


def test_a_half_done_sheet_is_among_the_drafts(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "đúng", "để sau")

    assert "phiếu tự chấm điểm" in phones.say("phiếu của tôi").casefold()


def test_what_was_passed_over_is_not_asked_again_by_itself(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "đúng", "bỏ qua", "để sau")
    run = phones.session().runs[0].id
    phones.tap(f"m|draft_end:{run}")

    assert "sơ chế" in phones.say("chấm điểm")


def test_with_everything_answered_the_stars_are_told(phones: Phones) -> None:
    said = like(phones, THREE).say("chấm điểm", "bỏ qua")
    again = phones.say("chấm điểm")

    assert "57/100 điểm" in said
    assert "chấm đủ các mục rồi" in again


def test_the_last_answer_leads_to_the_stars(phones: Phones) -> None:
    like(phones, THREE).tap(f"m|claim:{FIRST.id}")

    assert "57/100 điểm" not in phones.read()
    assert "/100 điểm" in phones.say("3")


def test_one_criterion_is_scored_anew(phones: Phones) -> None:
    like(phones, THREE)
    before = claimed(phones)

    asked = phones.tap(f"m|claim:{FIRST.id}")
    phones.say("1")

    assert asked.startswith("Lần trước bác chọn ")
    assert claimed(phones) == {**before, FIRST.id: FIRST.options[0].key}


def test_a_forged_criterion_asks_what_is_open(phones: Phones) -> None:
    assert "trồng ngay trong xã" in phones.with_idea().tap("m|claim:99.9")


def test_with_the_papers_there_no_paper_is_named(phones: Phones) -> None:
    like(phones, THREE).tap(f"m|claim:{FIRST.id}")
    with_paper = phones.say("3")

    assert "phải có" not in with_paper.partition("\n")[0]


# -- set 26 has two tables ------------------------------------------------------------------------


def with_tourism(phones: Phones) -> Phones:
    phones.with_idea().say("hồ sơ sản phẩm")
    with phones.database.transaction() as tx:
        dossiers.change(tx, phones.dossiers()[0]["id"], product_set=26)
    return phones


def test_a_place_for_tourists_is_asked_which_of_the_two_tables_is_its_own(phones: Phones) -> None:
    asked = with_tourism(phones).say("chấm điểm")

    assert "1. Du lịch cộng đồng\n2. Hộ, công ty" in asked
    phones.say("2")
    assert phones.open_form() == "score"
    assert phones.dossiers()[0]["variant"] == "business"
    assert phones.session().active().facts["variant"] == "business"  # type: ignore[union-attr]  # it is open


def test_the_table_is_asked_for_once(phones: Phones) -> None:
    with_tourism(phones).say("chấm điểm", "1", "1", "để sau")

    assert "cộng đồng làm chung" not in phones.say("chấm điểm")


def test_a_table_that_is_none_is_asked_for_again(phones: Phones) -> None:
    assert "cộng đồng làm chung" in with_tourism(phones).tap("m|variant:else")


def test_before_the_table_is_known_the_stars_can_be_asked_for(phones: Phones) -> None:
    assert "chưa tự chấm điểm" in with_tourism(phones).say("mấy sao")


# -- who may --------------------------------------------------------------------------------------


def test_whose_right_ended_meanwhile_claims_nothing(phones: Phones) -> None:
    phones.with_idea().say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", "chấm điểm", on="con")
    phones.say("thôi nhờ người giúp")

    phones.say("đúng", on="con")

    assert claimed(phones) == {}


def test_whose_right_ended_hears_so_at_the_end(phones: Phones) -> None:
    like(phones, THREE).say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", on="con")
    phones.tap(f"m|claim:{FIRST.id}", on="con")
    before = claimed(phones)
    phones.say("thôi nhờ người giúp")

    said = phones.say("1", on="con")

    assert "không còn khai hộ" in said
    assert claimed(phones) == before


@pytest.mark.parametrize("word", ["xem hồ sơ sản phẩm", "menu"])
def test_turning_elsewhere_loses_nothing(phones: Phones, word: str) -> None:
    phones.with_idea().say("chấm điểm", "đúng", word)

    assert claimed(phones) == {FIRST.id: FIRST.options[2].key}
    assert [run.form for run in phones.session().runs] == ["score"]


def test_a_criterion_is_scored_anew_by_its_name(phones: Phones) -> None:
    like(phones, THREE)

    said = phones.say("chấm lại phần trồng trong xã")

    assert said.startswith("Lần trước bác chọn ")
    assert "trồng ngay trong xã" in said


def test_without_a_name_what_is_answered_can_be_chosen_from(phones: Phones) -> None:
    like(phones, THREE)

    first = phones.say("sửa điểm")
    further = phones.say("7")

    assert "Bác muốn chấm lại mục nào" in first
    assert re.search(r"1\. Phần trồng trong xã: \d/3 điểm", first)
    assert "Bác muốn chấm lại mục nào" in further
    assert "Lần trước bác chọn " in phones.say("1")


def test_before_anything_is_scored_there_is_nothing_to_score_anew(phones: Phones) -> None:
    assert "trồng ngay trong xã" in phones.with_idea().say("sửa điểm")


def test_an_answer_of_the_sheet_is_changed_by_its_name_on_the_way(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "3")

    assert "trồng ngay trong xã" in phones.say("sửa phần trồng trong xã")


def test_what_hangs_on_a_criterion_without_points_is_not_asked(phones: Phones) -> None:
    like(phones, THREE)
    upon = scoring.depends(THREE)
    other = next(iter(upon.values()))
    nought = next(each for each in THREE.sheet.criterion(other).options if not each.points)
    with phones.database.transaction() as tx:
        (one,) = dossiers.of_person(tx, 1)
        told = {**dict.fromkeys(upon, ""), other: nought.key}
        claims.claim(tx, one["id"], told, (1, ""), phones.player.now)

    phones.say("chấm điểm")

    run = phones.session().active()
    assert run is not None
    assert not set(upon) & set(run.facts["only"])
