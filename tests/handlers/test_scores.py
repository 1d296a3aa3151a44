"""Tự chấm điểm: begun, left, gone on with, kept answer by answer, and one thing scored anew."""

import pytest

from programme import sheets
from storage import dossiers
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

    phones.tap(f"m|claim:{FIRST.id}")
    phones.say("không", "1")

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

    said = phones.say("đúng", on="con")

    assert "không còn khai hộ" in said
    assert claimed(phones) == before


@pytest.mark.parametrize("word", ["xem hồ sơ sản phẩm", "menu"])
def test_turning_elsewhere_loses_nothing(phones: Phones, word: str) -> None:
    phones.with_idea().say("chấm điểm", "đúng", word)

    assert claimed(phones) == {FIRST.id: FIRST.options[2].key}
    assert [run.form for run in phones.session().runs] == ["score"]
