"""Soát lỗi: what a dossier would be sent back for, the gravest first, in plain words."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from conversations.messages import Message
from handlers.producer import checks
from programme import ruleset
from programme.calendar import Milestone
from storage import claims, dossiers, ideas, milestones, papers, producers, writings
from tests.handlers.phones import SHEET, Phones
from tests.handlers.test_writing import STORY
from tests.wording import WORDING

SAFE = "food_safety_certificate"


@pytest.fixture
def told(phones: Phones) -> Phones:
    """Somebody whose idea is in, and whose dossier is begun."""
    phones.with_idea().say("còn thiếu gì")
    return phones


def give(phones: Phones, *kinds: str, **more: Any) -> None:
    with phones.database.transaction() as tx:
        producer = dossiers.by_id(tx, 1)["producer_id"]
        for kind in kinds:
            values = {"producer_id": producer, "paper": kind, "person_id": 1, **more}
            papers.give(tx, values, (), phones.player.now)


def change(phones: Phones, **values: Any) -> None:
    with phones.database.transaction() as tx:
        dossiers.change(tx, 1, **values)
        if "council" in values:
            meets = Milestone(values["round_key"], "council", "", values["council"])
            milestones.move(tx, meets, None, phones.player.now)


def all_good(phones: Phones) -> None:
    """Everything that a check looks for is there."""
    early = ("declaration", "story_text", "environment_papers")
    give(phones, *early, "internal_control_plan", "material_origin")
    give(phones, SAFE, issued=date(2026, 3, 1), expires=date(2029, 3, 1))
    change(phones, round_key="tinh-1-2028", council=date(2028, 10, 30))


def test_what_was_found_is_said_the_gravest_first_with_what_to_do(told: Phones) -> None:
    said = told.say("kiểm tra hồ sơ")

    order = ["Chưa có giấy an toàn", "Hay bị trả nhất", "Chưa rõ nguồn", "quanh tháng 6"]
    assert sorted(order, key=said.index) == order
    assert "Chưa có giấy an toàn thực phẩm, bác xin cấp ngay" in said
    assert "và 1 điều nữa" in said
    assert "1. Xem tiếp" in said
    assert "3. Gửi ảnh giấy tờ" in said


def test_the_rest_is_told_when_it_is_asked_for(told: Phones) -> None:
    first = told.say("soát lỗi")

    rest = told.say("xem tiếp")

    assert rest.count("•") == 1
    assert "Chưa có sổ mẻ hàng" in rest
    assert "Chưa có sổ mẻ hàng" not in first
    assert "Xem tiếp" not in rest


@pytest.mark.parametrize("page", ["9", "x"])
def test_a_page_that_is_not_there_any_more_is_the_first(told: Phones, page: str) -> None:
    assert "gấp đứng trước (và 1 điều nữa)" in told.tap(f"m|check:{page}")


@pytest.mark.parametrize(
    ("paper", "found"),
    [
        ({"expires": date(2026, 1, 1)}, "Giấy an toàn thực phẩm hết hạn rồi, bác xin cấp lại ngay"),
        ({"expires": date(2026, 12, 1)}, "sẽ hết hạn trước hôm hội đồng họp, bác xin cấp lại sớm"),
        ({"flaws": "dark"}, "Giấy an toàn thực phẩm: mờ. Bác xem lại"),
        ({"issued": date(2026, 3, 1), "holder": "Công ty Hoa Lê"}, "khác tên chủ thể"),
    ],
)
def test_what_is_wrong_with_the_paper_on_food_safety_is_said(
    told: Phones, paper: dict[str, Any], found: str
) -> None:
    give(told, SAFE, **paper)

    said = told.say("soát lỗi")

    assert found in said
    assert "Chưa có giấy an toàn" not in said
    assert "xin cấp ngay" not in said


def test_who_said_to_have_it_is_not_sent_to_apply_for_it(phones: Phones) -> None:
    ticked = [*SHEET[:9], "3", *SHEET[10:]]
    phones.with_profile().say("đăng ký sản phẩm", *ticked, "gửi")

    said = phones.say("soát lỗi")

    assert "Bác nói có giấy an toàn thực phẩm rồi mà em chưa thấy, bác chụp gửi em" in said
    assert "xin cấp" not in said


def test_a_service_is_not_checked_for_what_its_sheet_never_asks(told: Phones) -> None:
    change(told, product_set=26)

    said = told.say("soát lỗi") + told.say("xem tiếp")

    assert "câu chuyện sản phẩm" in said
    assert "công bố" not in said
    assert "sổ mẻ" not in said


def test_the_dossier_leads_to_the_check(told: Phones) -> None:
    told.say("hồ sơ sản phẩm")

    assert "Em soát hồ sơ Gạo Khẩu Mẹo" in told.say("soát lỗi")


def test_no_more_than_four_are_told_and_how_many_there_are(told: Phones) -> None:
    give(told, "business_registration", holder="Công ty Hoa Lê", issued=date(2020, 1, 1))
    with told.database.transaction() as tx:
        claims.claim(tx, 1, {"1.3": "c"}, (1, ""), told.player.now)
    told.say("viết câu chuyện", *STORY, "gửi")

    said = told.say("soát lỗi")

    assert said.count("•") == 4
    assert "điều nữa)" in said


def test_a_paper_that_is_named_once_is_not_named_again(told: Phones) -> None:
    with told.database.transaction() as tx:
        claims.claim(tx, 1, {"5.1": "b"}, (1, ""), told.player.now)

    assert told.say("soát lỗi").count("câu chuyện sản phẩm") == 1


def test_one_that_is_written_and_not_signed_is_said_to_be_so(told: Phones) -> None:
    told.say("viết câu chuyện", *STORY, "gửi")

    assert "câu chuyện sản phẩm (viết rồi, còn ký và chụp)" in told.say("soát lỗi")


def test_nothing_found_is_said_and_that_an_officer_may_see_more(told: Phones) -> None:
    all_good(told)

    said = told.say("soát lỗi")

    assert "chưa thấy lỗi nào" in said
    assert "nhờ cán bộ xem thêm" in said
    assert "1. In quyển hồ sơ" in said


@pytest.mark.parametrize(
    ("holder", "found"),
    [("Hợp tác xã Bản Liền", False), ("htx ban lien", False), ("Công ty Hoa Lê", True)],
)
def test_only_another_name_on_a_paper_is_another_name(
    told: Phones, holder: str, *, found: bool
) -> None:
    all_good(told)
    give(told, "business_registration", holder=holder, issued=date(2020, 1, 1))

    assert ("khác tên chủ thể" in told.say("soát lỗi")) is found


def test_a_story_that_lacks_elements_is_told_which(told: Phones) -> None:
    all_good(told)
    told.say("viết câu chuyện", *STORY, "gửi")
    assert "chưa thấy lỗi nào" in told.say("soát lỗi")

    with told.database.transaction() as tx:
        tell_half(tx, told)

    assert "Câu chuyện còn thiếu: ai mua, vì sao khách tin, màu, mùi, vị" in told.say("soát lỗi")


def tell_half(tx: Any, phones: Phones) -> None:
    answers = {"name": "Gạo Khẩu Mẹo", "history": {"text": "", "voices": ["a"]}}
    writings.write(tx, 1, "story", answers, (1, ""), phones.player.now)


def test_a_log_that_was_printed_or_photographed_is_there(told: Phones) -> None:
    give(told, "material_origin")
    assert "Chưa có sổ mẻ hàng" in told.say("soát lỗi")

    told.say("sổ mẻ")

    assert "Chưa có sổ ghi từng mẻ" not in told.say("soát lỗi")


def test_a_dossier_without_an_idea_has_skipped_a_step(told: Phones) -> None:
    all_good(told)
    change(told, idea_id=None)

    assert "Chưa qua bước: phiếu ý tưởng" in told.say("soát lỗi")


def test_months_that_were_only_told_in_words_are_not_held_against_anybody(told: Phones) -> None:
    all_good(told)
    change(told, round_key="tinh-1-2028", council=date(2028, 6, 30))
    assert "quanh tháng 6" in told.say("soát lỗi")

    with told.database.transaction() as tx:
        found = ideas.by_id(tx, 1)
        assert found is not None
        rewrite(tx, found["answers"] | {"season": {"raw": "lúc mát trời"}})

    assert "chưa thấy lỗi nào" in told.say("soát lỗi")


def rewrite(tx: Any, answers: dict[str, Any]) -> None:
    tx.execute(text("UPDATE ideas SET answers = :answers"), {"answers": json.dumps(answers)})


def test_a_certificate_that_ends_is_told_with_its_day(told: Phones) -> None:
    all_good(told)
    before = '{"star": 3, "recognised": "2024-01-10", "expires": "2027-01-10", "claims": {}}'
    change(told, before=before, case="upgrade")

    assert "hết hạn ngày 10/1/2027" in told.say("soát lỗi")


def test_whose_commune_has_no_former_name_is_checked_all_the_same(told: Phones) -> None:
    all_good(told)
    with told.database.transaction() as tx:
        producers.change(tx, 1, {"commune_was": None}, told.player.now)

    assert "chưa thấy lỗi nào" in told.say("soát lỗi")


WANTED = [each["id"] for each in ruleset.part("failures", ruleset.newest())["items"] if each["by"]]
LONG = ("giấy chứng nhận đủ điều kiện an toàn thực phẩm",) * 3


def test_every_failure_that_can_be_seen_has_its_place() -> None:
    """But the order of the papers: the book that we print has them in order."""
    assert sorted(checks._GRAVEST_FIRST) == [id_ for id_ in WANTED if id_ != "F02"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("id_", WANTED)
def test_every_failure_is_one_short_letter_in_both_languages(id_: str, language: str) -> None:
    what = ("2027-01-10",) if id_ in {"F12", "F16"} else LONG

    letters = WORDING.letters(language, Message(f"failures.f{id_[1:]}", {"what": what}))

    assert len(letters) == 1
    assert letters[0].text.startswith("• ")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_doubt_that_is_said_has_its_words(language: str) -> None:
    sets = [ruleset.part("rules", ruleset.rule_set(name))["doubts"] for name in ruleset.names()]
    said = {doubt["say"] for doubts in sets for doubt in doubts if "say" in doubt}

    assert said
    assert [say for say in said if not WORDING.has(language, f"failures.doubt_{say}")] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_step_and_every_element_has_its_words(language: str) -> None:
    parts = ruleset.part("failures", ruleset.newest())["story_parts"]
    named = [f"step_{step}" for step in ("idea", *checks._STEPS)] + [f"part_{p}" for p in parts]

    assert [key for key in named if not WORDING.has(language, f"failures.{key}")] == []
