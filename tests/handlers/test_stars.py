"""Mấy sao: what it comes to today, what blocks the next star, and the cheapest way there."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from conversations.play import VIETNAM
from programme import betterment, checklist, scoring
from programme.betterment import NoPath, Path
from programme.calendar import Milestone
from storage import claims, milestones
from storage.database import table_of
from storage.ideas import IdeaRow
from tests.handlers.phones import Phones
from tests.handlers.scored import CASES, FOUR, THREE, like


def grown_elsewhere(phones: Phones) -> None:
    """The idea says that of its material a part is from outside the province."""
    with phones.database.transaction() as tx:
        (idea,) = tx.execute(select(table_of(IdeaRow))).mappings().all()
        answers = json.loads(idea["answers"])
        answers["materials"][0]["shares"] = {"commune": 0, "province": 60}
        tx.execute(update(table_of(IdeaRow)).values(answers=json.dumps(answers)))


STOP = next(stop for stop in checklist.stops(THREE) if stop.id == "food_safety")


def test_without_any_answer_scoring_is_offered(phones: Phones) -> None:
    said = phones.with_idea().say("mấy sao")

    assert "chưa tự chấm điểm" in said
    assert "1. Tự chấm điểm" in said


def test_points_parts_and_star_are_told(phones: Phones) -> None:
    said = like(phones, THREE).say("mấy sao")

    assert "Gạo Khẩu Mẹo hôm nay được 57/100 điểm (phần A: 26/40, phần B: 13/25" in said
    assert "3 sao theo bác tự chấm; hội đồng mới quyết định" in said
    assert "Muốn lên 4 sao: thêm 13 điểm và 8 mục phải đạt mức tối thiểu" in said
    assert "1. Đường dễ nhất lên 4 sao" in said


def test_points_without_their_papers_do_not_count_yet(phones: Phones) -> None:
    said = like(phones, THREE, "linkage_contract", "story_text", "story_leaflet").say("mấy sao")

    assert re.search(r"Còn \d+ điểm đang chờ .*hợp đồng liên kết", said)


def test_what_stops_a_council_is_told_instead_of_stars(phones: Phones) -> None:
    said = like(phones, THREE, "food_safety_certificate").say("mấy sao")

    assert "Chưa xét được vì em chưa thấy giấy an toàn thực phẩm còn hạn" in said
    assert "3 sao theo bác" not in said


def test_what_has_no_answer_is_counted_and_can_be_answered(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "3", "để sau")

    said = phones.say("mấy sao")

    assert "Còn 31 mục bác chưa chấm" in said
    assert "Chấm nốt các mục" in said
    assert "Chưa tới 3 sao" in said or "Chưa xét được" in said


def test_the_highest_star_leads_no_further(phones: Phones) -> None:
    highest = next(d for d in CASES.values() if scoring.score(d).next is None and not d.before)

    said = like(phones, highest, variant=highest.variant).say("mấy sao")

    assert "hạng cao nhất" in said
    assert "Đường dễ nhất" not in said
    assert "hạng cao nhất" in phones.say("len sao")


# -- the way --------------------------------------------------------------------------------------


def steps(said: str) -> list[date | None]:
    """The days before which the steps of a way are to begin, as they are listed."""
    lines = [line for line in said.split("\n") if re.match(r"\d\. ", line) and "Về hồ" not in line]
    found = [re.search(r"chậm nhất (\d+)/(\d+)/(\d+)$", line) for line in lines]
    return [date(*map(int, reversed(each.groups()))) if each else None for each in found]


def test_the_way_that_is_ready_in_time_is_told_with_its_day(phones: Phones) -> None:
    said = like(phones, THREE, "declaration", "trademark_application").say("len sao")

    assert re.search(r"Dễ nhất để lên 3 sao là \d+ việc", said)
    assert "Kịp đợt 1 năm 2027 (cấp tỉnh), bác nộp xã chậm nhất 7/4/2027" in said


def test_what_must_begin_early_comes_first(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "đúng", "để sau", "len sao")

    *days, more = steps(phones.read())
    further = steps(phones.say("6"))

    assert len(days) == 5
    assert days == sorted(filter(None, days))
    assert more is None
    assert min(filter(None, further)) >= max(filter(None, days))


def test_a_way_that_is_not_ready_in_time_aims_at_the_next_round(phones: Phones) -> None:
    phones.player.now = datetime(2027, 4, 5, 8, 0, tzinfo=VIETNAM)

    said = like(phones, THREE).say("len sao")

    assert "Không kịp đợt 1 năm 2027 (cấp tỉnh) đâu ạ, mình nhắm đợt 1 năm 2030" in said


def test_a_step_tells_to_which_option_with_what_and_until_when(phones: Phones) -> None:
    like(phones, THREE).say("len sao")
    first = next(item for item in phones.session().menu if item.startswith("step:"))

    said = phones.tap(f"m|{first}")

    assert "lên mức:" in said
    assert "(em ước)" in said
    assert "Tôi làm được rồi, chấm lại" in said
    assert "Xem các việc khác" in said


def test_who_has_done_a_step_scores_it_anew(phones: Phones) -> None:
    like(phones, THREE).say("len sao")
    first = next(item for item in phones.session().menu if item.startswith("step:"))

    phones.tap(f"m|claim:{first.partition(':')[2]}")

    assert phones.open_form() == "score"


@pytest.mark.parametrize("data", ["m|step:99.9", "m|step:x"])
def test_a_step_that_is_none_shows_the_way(phones: Phones, data: str) -> None:
    assert "Dễ nhất để lên 4 sao" in like(phones, THREE).tap(data)


def test_the_way_before_any_answer_is_to_score(phones: Phones) -> None:
    assert "chưa tự chấm điểm" in phones.with_idea().say("len sao")


@pytest.mark.parametrize(
    ("way", "why"),
    [
        (
            NoPath(4, ("1.1", "1.3"), (), 61),
            "vì mục phần trồng trong xã, cách sơ chế mình không",
        ),
        (NoPath(4, (), (STOP,), 61), "vì em chưa thấy giấy an toàn thực phẩm còn hạn"),
        (NoPath(4, (), (), 61), "cố hết sức được 61 điểm"),
    ],
)
def test_where_there_is_no_way_it_is_said_why(
    phones: Phones, monkeypatch: pytest.MonkeyPatch, way: NoPath, why: str
) -> None:
    like(phones, THREE)
    monkeypatch.setattr(betterment, "cheapest", lambda *_: way)

    said = phones.say("len sao")

    assert "chưa có đường lên 4 sao" in said
    assert why in said
    assert "1. Còn thiếu gì" in said


def test_unanswered_criteria_may_make_the_way_shorter(phones: Phones) -> None:
    like(phones, THREE)
    (one,) = phones.dossiers()
    last = next(reversed(THREE.claimed))
    with phones.database.transaction() as tx:
        claims.claim(tx, one["id"], {last: ""}, (1, ""), phones.player.now)

    assert "chấm nốt thì có khi ngắn hơn" in phones.say("len sao")


def test_the_way_begins_from_what_the_papers_carry(phones: Phones) -> None:
    whole = like(phones, FOUR).say("mấy sao")
    way = betterment.cheapest(FOUR, 5)

    said = phones.say("len sao")

    assert "4 sao theo bác tự chấm" in whole
    assert ("Dễ nhất để lên 5 sao" in said) == isinstance(way, Path)


def test_a_council_that_moves_moves_the_star(phones: Phones) -> None:
    """A paper that ends before the council sits carries nothing."""
    like(phones, THREE)
    before = phones.say("mấy sao")
    later = (phones.player.now + timedelta(days=2000)).date()
    meets = Milestone(phones.dossiers()[0]["round_key"], "council", "", later)
    with phones.database.transaction() as tx:
        milestones.move(tx, meets, None, phones.player.now)

    assert "57/100" in before
    assert "57/100" not in phones.say("mấy sao")


def test_the_way_to_a_star_that_she_names_is_told(phones: Phones) -> None:
    like(phones, THREE)

    assert re.search("Dễ nhất để lên 4 sao|chưa có đường lên 4 sao", phones.say("lên 4 sao"))
    assert re.search("Dễ nhất để lên 5 sao|chưa có đường lên 5 sao", phones.say("lên 5 sao"))


def test_rice_from_elsewhere_is_told_what_a_council_stops_at(phones: Phones) -> None:
    like(phones, THREE)
    grown_elsewhere(phones)

    assert "Chưa xét được vì sản phẩm không trồng, nuôi trọn trong tỉnh" in phones.say("mấy sao")


def test_what_is_claimed_and_what_is_proven_are_told_apart(phones: Phones) -> None:
    said = like(phones, THREE, "linkage_contract").say("mấy sao")

    assert re.search(r"hôm nay được \d+/100 điểm .*; bác tự chấm 57,", said)
