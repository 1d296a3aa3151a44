"""What the commands do where it is not plain."""

import pytest

from conversations.forms import catalogue
from conversations.play import PAUSE
from tests.conversations.samples import begun, filled, standing_at
from tests.conversations.trial import COLOUR, COLOURS_TOO, NAME, STORY, chat

IDEA = catalogue["idea"]
PROFILE = catalogue["profile"]


def test_back_and_on_again() -> None:
    talk = standing_at(IDEA, "labour").say("quay lại", "quay lại")

    assert talk.run.at == "materials.0.name"
    assert talk.say("giữ nguyên").run.at == "labour"


def test_zero_leads_back_but_is_a_figure_where_figures_are_asked_for() -> None:
    back = standing_at(IDEA, "stage").say("0")
    figure = standing_at(IDEA, "materials.0.shares").say("0")

    assert back.run.at == "set"
    assert figure.run.at == "materials.0.shares"
    assert "engine.given" not in figure.said


def test_keeping_what_was_never_given_is_just_a_text() -> None:
    assert chat(NAME, COLOUR).say("giữ nguyên").answers == {"name": "giữ nguyên"}
    assert chat(COLOUR, NAME).say("giữ nguyên").said == ["problems.choice"]


def test_while_a_guess_waits_nothing_is_kept() -> None:
    talk = standing_at(PROFILE, "commune").say("ban lien, lao cai", "giữ nguyên")

    assert "commune" not in talk.answers


def test_skipping_what_is_optional_is_for_good_and_what_is_required_comes_back() -> None:
    optional = standing_at(IDEA, "packaging").say("bỏ qua")
    required = standing_at(IDEA, "stage").say("bỏ qua")

    assert optional.said[0] == "engine.skipped"
    assert required.said[0] == "engine.cannot_skip"


@pytest.mark.parametrize("word", ["không", "chưa có", "chưa đóng gói", "k", "không biết"])
def test_no_is_enough_to_skip_what_is_optional(word: str) -> None:
    assert standing_at(IDEA, "packaging").say(word).run.skipped == ("packaging",)


def test_what_says_more_than_no_is_an_answer() -> None:
    talk = standing_at(IDEA, "packaging").say("không bao bì, bán theo cân tại nhà")

    assert talk.answers["packaging"] == "không bao bì, bán theo cân tại nhà"


def test_what_was_skipped_and_is_required_is_asked_before_sending() -> None:
    talk = standing_at(IDEA, "labour").say("bỏ qua")
    for _ in range(7):
        talk.say("bỏ qua")

    assert talk.say("gửi").said[0] == "engine.still_missing"
    assert talk.run.at == "labour"


def test_sending_too_soon_says_what_is_missing_and_stays() -> None:
    talk = standing_at(IDEA, "stage").say("gửi")

    assert talk.said == ["engine.status", "idea.ask_stage"]
    assert talk.turns[-1].outcome == ""


def test_sending_from_a_review_that_came_too_soon_asks_what_is_open() -> None:
    talk = standing_at(IDEA, "stage").say("xem lại", "gửi")

    assert talk.run.at == "stage"


def test_the_status_is_one_line_with_all_that_is_missing() -> None:
    talk = standing_at(IDEA, "season").say("còn thiếu gì")

    assert talk.said == ["engine.status", "idea.ask_season"]
    assert "đã xong 10/13" in talk.words()
    assert "mùa có hàng" in talk.words()


def test_with_nothing_missing_the_status_says_so() -> None:
    assert filled(IDEA).say("còn thiếu gì").said[0] == "engine.status_full"


def test_a_line_that_is_not_there_is_said_so_each_time_otherwise() -> None:
    talk = filled(IDEA)

    said = [talk.say("sửa 88").words() for _ in range(3)]

    assert len(set(said)) == 3
    assert "gặp cán bộ" in said[2]


def test_edit_alone_asks_which_line() -> None:
    talk = standing_at(IDEA, "stage").say("sửa")

    assert talk.said[-1] == "engine.edit_which"
    assert talk.say("2").run.at == "name"


def test_edit_alone_at_the_review_does_not_read_it_all_again() -> None:
    assert filled(IDEA).say("sửa").said == ["engine.edit_which"]


def test_a_short_form_has_no_review_so_its_question_is_shown() -> None:
    for word in ("sửa", "xem lại"):
        talk = standing_at(catalogue["consent"], "messages").say(word)

        assert talk.said[-1] == "consent.ask_messages"


def test_a_short_form_is_not_sent_by_a_word() -> None:
    talk = standing_at(catalogue["consent"], "messages").say("gửi")

    assert talk.turns[-1].outcome == "unheard"


def test_a_line_of_a_short_form_can_be_changed() -> None:
    talk = standing_at(catalogue["consent"], "messages").say("sửa 1")

    assert talk.said == ["engine.given", "consent.ask_dossier"]


def test_a_wrong_new_value_asks_that_question() -> None:
    talk = filled(IDEA).say("sửa 12 thành mười hai sao")

    assert talk.run.at == "star"
    assert talk.answers["star"] == 3
    assert talk.say("4").run.at == "review"


def test_done_at_the_review_sends() -> None:
    assert filled(IDEA).say("xong").turns[-1].outcome == "sent"


def test_done_where_nothing_is_gathered_is_no_answer() -> None:
    talk = chat(NAME, COLOUR).say("xong")

    assert talk.answers == {}
    assert talk.run.at == "name"


@pytest.mark.parametrize("word", ["ok", "đúng rồi", "gửi đi", "ok gửi đi em", "nộp luôn", "👍"])
def test_a_yes_at_the_review_sends(word: str) -> None:
    assert filled(IDEA).say(word).turns[-1].outcome == "sent"


@pytest.mark.parametrize("word", ["không", "chưa", "sai rồi", "hôm nay trời đẹp"])
def test_anything_else_at_the_review_does_not(word: str) -> None:
    talk = filled(IDEA).say(word)

    assert talk.turns[-1].outcome == "unheard"
    assert talk.said == ["engine.review_unheard"]


def test_restart_is_asked_for_sure_and_any_other_text_forgets_it() -> None:
    yes = filled(PROFILE).say("làm lại", "1")
    no = filled(PROFILE).say("làm lại", "2")
    other = filled(PROFILE).say("làm lại", "gửi")

    assert yes.answers == {}
    assert (no.run.at, len(no.answers)) == ("review", 13)
    assert other.turns[-1].outcome == "sent"


def test_withdrawing_is_asked_for_sure() -> None:
    asked = filled(IDEA).say("rút")
    done = filled(IDEA).say("rút", "có")

    assert asked.said == ["engine.withdraw_sure"]
    assert done.turns[-1].outcome == "withdrawn"
    assert done.turns[-1].run is not None
    assert done.session.runs == ()


def test_a_review_read_once_is_not_read_again_after_a_change() -> None:
    talk = filled(IDEA)
    first = talk.said

    talk.say("sửa 12 thành 4")
    changed = talk.said
    talk.say("xem lại")

    assert "engine.review" in first
    assert changed == ["engine.edited", "engine.review_ask"]
    assert "engine.review" in talk.said


def test_what_was_changed_by_answering_again_is_read_back() -> None:
    talk = filled(IDEA).say("sửa 2", "Gạo tẻ")

    assert talk.said == ["engine.noted", "engine.review_ask"]


def test_a_half_done_review_does_not_count_as_read() -> None:
    talk = standing_at(IDEA, "round").say("xem lại", "sửa 13", "1")

    assert "engine.review" in talk.said


def test_the_pause_may_end_after_the_person_has_turned_elsewhere() -> None:
    talk = chat(STORY, NAME).say("giống cũ", "xem lại")

    talk.wait(PAUSE)

    assert talk.answers == {"story": "giống cũ"}
    assert talk.run.at == "review"


def test_the_why_of_every_item_of_a_group_is_the_same() -> None:
    talk = standing_at(IDEA, "materials.0.name").say("vì sao")

    assert talk.said == ["idea.why_materials_name", "idea.ask_materials_name"]


def test_at_an_optional_question_the_way_past_it_is_a_button() -> None:
    asked = standing_at(PROFILE, "email").turns[-1].messages[-1]
    chosen = chat(COLOURS_TOO, NAME).turns[-1].messages[-1]

    assert [choice.data for choice in asked.choices] == ["!skip|1|email"]
    assert len(chosen.choices) == 3


def test_help_is_there_from_the_first_moment() -> None:
    assert begun(catalogue["consent"]).say("trợ giúp").said[0] == "engine.help"
