"""What is known of a dossier stands in the papers that are printed of it."""

from conversations.events import Voice
from documents.book import Book
from documents.card import ScoreCard
from documents.forms import Registration, SelfAssessment
from documents.forms.idea_sheet import Material
from programme import scoring
from storage import claims, dossiers
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, like
from tests.handlers.test_checked_papers import tell
from tests.handlers.test_writing import PLEDGE, STORY, last, printed


def test_each_material_stands_in_the_report_with_where_it_comes_from(phones: Phones) -> None:
    phones.with_idea()
    shares = {"commune": 70, "province": 100}
    tell(phones, materials=[{"name": "thóc", "shares": shares}, {"name": "muối"}])

    phones.say("mẫu 02")

    report = last(phones, SelfAssessment)
    assert report.materials == (Material("thóc", 70, 100), Material("muối"))


def test_a_registration_is_for_the_year_of_its_round(phones: Phones) -> None:
    """In November 2026 one registers for the first round of 2027."""
    phones.with_idea().say("mẫu 01")

    assert last(phones, Registration).year == 2027


def test_the_office_that_one_paper_told_stands_in_the_registration(phones: Phones) -> None:
    phones.with_idea().say("cam kết môi trường", *PLEDGE, "gửi", "mẫu 01")

    assert last(phones, Registration).position == "giám đốc"


def test_the_history_in_the_report_is_that_of_the_story(phones: Phones) -> None:
    phones.with_idea().say("viết câu chuyện", *STORY, "gửi", "mẫu 02")

    assert last(phones, SelfAssessment).history == "từ đời ông bà"


def test_a_history_that_nobody_wrote_is_left_to_the_pen(phones: Phones) -> None:
    phones.with_idea().say("mẫu 02")

    assert last(phones, SelfAssessment).history is None


def test_a_history_that_was_told_aloud_is_left_to_the_pen(phones: Phones) -> None:
    phones.with_idea().say("viết câu chuyện")
    phones.do(Voice("a" * 64))
    phones.say("xong", *STORY[2:], "gửi", "mẫu 02")

    assert last(phones, SelfAssessment).history is None


def test_only_a_criterion_that_takes_papers_lacks_them(phones: Phones) -> None:
    like(phones, THREE, "linkage_contract").say("mẫu 02")

    report = last(phones, SelfAssessment)
    unproven = {it.title for part in report.scores for it in part.criteria if it.unproven}
    assert "Màu sắc, độ chín" not in unproven
    assert not [title for title in unproven if title.startswith(("Màu", "Mùi", "Kích thước"))]
    assert [title for title in unproven if title.startswith("Liên kết")]


def test_what_was_passed_over_shows_no_points_and_an_answered_0_shows_0(phones: Phones) -> None:
    like(phones, THREE)
    zero, nought = next(
        (line.id, option.key)
        for line in THREE.sheet.criteria
        for option in line.options
        if option.points == 0
    )
    passed = next(line.id for line in THREE.sheet.criteria if line.id != zero)
    with phones.database.transaction() as tx:
        (one,) = dossiers.of_person(tx, 1)
        claims.claim(tx, one["id"], {zero: nought, passed: ""}, (1, ""), phones.player.now)

    phones.say("mẫu 02", "in hồ sơ")

    _, (_, report), (_, book) = printed(phones)
    scored = {it.id: it for part in report.scores for it in part.criteria}
    bound = {it.id: it for part in book.parts for it in part.criteria}
    assert (scored[zero].points, scored[passed].points) == (0, None)
    assert (bound[zero].claimed, bound[passed].claimed) == (True, False)


def test_a_step_of_the_path_says_how_many_points_more_it_brings(phones: Phones) -> None:
    like(phones, THREE).say("bảng điểm")

    card = last(phones, ScoreCard)
    assert card.path is not None
    gained = sum(step.points or 0 for step in card.path.steps)
    wanted = scoring.points_for(THREE.rules, 4)
    assert wanted <= card.points + gained <= wanted + 2
    assert card.blocked is not None
    assert card.blocked.points == 13


def test_where_no_paper_was_sent_there_is_nothing_to_pack(phones: Phones) -> None:
    said = phones.with_idea().say("hồ sơ điện tử")

    assert "Chưa có giấy nào để gói ạ." in said
    assert "Em đang in" not in said
    assert printed(phones) == []


def test_one_paper_is_enough_for_an_archive(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    phones.send(1)
    phones.say("xong", "phiếu kiểm nghiệm", "bỏ qua")

    assert "Em đang in" in phones.say("hồ sơ điện tử")
    assert isinstance(printed(phones)[-1][1], Book)
