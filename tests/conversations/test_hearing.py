"""How a typed answer is heard: taken, read back, chosen among several, or refused kindly."""

from datetime import timedelta

import pytest

from conversations.forms import catalogue
from conversations.hearing import digit
from tests.conversations.samples import standing_at
from tests.conversations.trial import COLOUR, COLOURS_TOO, NAME, STORY, chat

IDEA = catalogue["idea"]
PROFILE = catalogue["profile"]
SEVERAL = ("kim phu, tuyen quang",)  # an old commune that is two today


def test_what_was_guessed_is_read_back_before_it_is_kept() -> None:
    talk = standing_at(PROFILE, "commune").say("ban lien")

    assert "commune" not in talk.answers
    assert talk.said == ["engine.confirm"]


@pytest.mark.parametrize("word", ["đúng", "1", "ok em", "dạ vâng", "👍"])
def test_a_yes_keeps_it(word: str) -> None:
    talk = standing_at(PROFILE, "commune").say("ban lien, lao cai", word)

    assert talk.answers["commune"]["code"] == "02869"


@pytest.mark.parametrize("word", ["không", "2", "sai rồi", "không phải các ý này"])
def test_a_no_asks_again(word: str) -> None:
    talk = standing_at(PROFILE, "commune").say("ban lien, lao cai", word)

    assert talk.said == ["engine.again", "profile.ask_commune"]


def test_another_answer_takes_its_place() -> None:
    talk = standing_at(PROFILE, "commune").say("ban lien, lao cai", "ta chai, bac ha", "đúng")

    assert talk.answers["commune"]["name"] == "xã Bắc Hà"


def test_of_several_one_is_chosen_by_its_number() -> None:
    talk = standing_at(PROFILE, "commune").say(*SEVERAL, "2")

    assert talk.answers["commune"]["name"] == "phường Minh Xuân"


def test_none_of_several_asks_again() -> None:
    talk = standing_at(PROFILE, "commune").say(*SEVERAL, "3")

    assert talk.said == ["engine.again", "profile.ask_commune"]


def test_yes_to_several_asks_for_the_number() -> None:
    talk = standing_at(PROFILE, "commune").say(*SEVERAL, "đúng")

    assert talk.said == ["problems.choice", "engine.which"]


def test_a_yes_with_doubt_to_several_is_no_choice_either() -> None:
    talk = standing_at(PROFILE, "commune").say(*SEVERAL, "chắc là đúng")

    assert "commune" not in talk.answers


def test_a_word_that_sounds_like_no_but_is_an_answer_is_one() -> None:
    """ "tinh dau" is no "đâu": she names the product."""
    talk = standing_at(IDEA, "set").say("gạo", "tinh dau")

    assert talk.run.pending is not None
    assert talk.run.pending.values == ({"number": 20, "name": "Tinh dầu và dược liệu khác"},)


def test_keys_left_by_a_keyboard_are_seen_through_and_read_back() -> None:
    talk = standing_at(IDEA, "season").say("thangs 9")

    assert talk.said[0] in {"engine.confirm", "engine.noted"}


def test_keys_left_in_several_choices_are_seen_through_too() -> None:
    assert standing_at(IDEA, "papers").say("giaays pheps").said == ["engine.which"]


def test_choices_may_be_unclear_too() -> None:
    one = standing_at(IDEA, "papers").say("giấy phép")

    assert one.said == ["engine.which"]
    assert one.say("2").answers["papers"] == ["production"]


def test_the_second_refusal_brings_an_example_and_the_third_the_ways_out() -> None:
    talk = standing_at(PROFILE, "phone").say("không nhớ số của mình đâu em ạ 12")
    first = talk.said
    second = talk.say("abc").said
    third = talk.say("xyz").said

    assert first == ["problems.phone"]
    assert second == ["problems.phone", "engine.example"]
    assert third == ["problems.phone", "engine.stuck"]


def test_after_an_answer_patience_is_new() -> None:
    talk = standing_at(PROFILE, "phone").say("abc", "xyz", "0912345678", "@")

    assert talk.said == ["problems.email"]


def test_not_knowing_leaves_a_required_question_for_later() -> None:
    talk = standing_at(IDEA, "season").say("chưa biết")

    assert talk.run.at == "star"
    assert talk.run.skipped == ("season",)


def test_short_texts_are_asked_to_be_longer() -> None:
    assert chat(NAME, COLOUR).say("g").said == ["problems.text_short"]


def test_a_text_of_signs_alone_is_nothing() -> None:
    assert chat(NAME, COLOUR).say("?!").said == ["problems.nothing"]


def test_what_was_said_before_helps_to_read_what_comes() -> None:
    """She gave the district first, then only the commune."""
    talk = standing_at(PROFILE, "commune").say("tuyên quang", "kim phu")

    pending = talk.run.pending
    assert pending is not None
    assert {value["province"] for value in pending.values} == {"tỉnh Tuyên Quang"}


def test_a_date_that_is_yet_to_come_is_refused() -> None:
    talk = standing_at(PROFILE, "registered_on").say("12/3/2030")

    assert talk.said == ["problems.date_future"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), (" 12. ", 12), ("99", 99), ("0", 0), ("05", 0), ("100", 0), ("1a", 0), ("", 0)],
)
def test_a_number_is_one_of_two_figures_and_no_code(text: str, number: int) -> None:
    assert digit(text) == number


# -- the set of a product -------------------------------------------------------------------------


def test_a_product_that_nobody_knows_brings_the_six_groups() -> None:
    talk = standing_at(IDEA, "name").say("Túa")

    assert talk.run.pending is not None
    assert [value["name"] for value in talk.run.pending.values][:2] == ["Thực phẩm", "Đồ uống"]


def test_a_group_leads_to_its_sets_a_few_at_a_time() -> None:
    talk = standing_at(IDEA, "name").say("Túa", "1")
    seen = []
    for _ in range(4):
        assert talk.run.pending is not None
        seen += [value["number"] for value in talk.run.pending.values]
        talk.say("không phải các ý này")

    assert seen == list(range(1, 14))
    assert talk.run.pending is not None
    assert "code" in talk.run.pending.values[0]


def test_a_group_of_one_set_is_read_back() -> None:
    talk = standing_at(IDEA, "name").say("Túa", "6")

    assert talk.run.pending is not None
    assert [value["number"] for value in talk.run.pending.values] == [26]


def test_refusing_the_groups_too_asks_openly() -> None:
    talk = standing_at(IDEA, "name").say("Túa", "7")

    assert talk.run.pending is None
    assert talk.said == ["engine.again", "idea.ask_set"]


def test_words_that_mean_no_product_bring_the_groups_with_a_reason() -> None:
    talk = standing_at(IDEA, "set").say("món ấy")

    assert talk.said == ["problems.product_set", "idea.ask_set"]
    assert talk.turns[-1].outcome == "unheard"


def test_a_thing_that_sounds_like_a_command_is_a_thing_here() -> None:
    talk = standing_at(IDEA, "set").say("sữa")

    assert talk.run.at == "set"
    assert talk.run.pending is not None


def test_gathered_buttons_wait_for_a_yes_with_what_is_typed() -> None:
    talk = chat(COLOURS_TOO, STORY)
    talk.tap("a|1|colours|red")

    talk.say("xanhh")

    assert talk.answers.get("colours", ["red", "green"]) == ["red", "green"]


def test_a_guess_made_an_hour_ago_still_waits() -> None:
    talk = standing_at(PROFILE, "commune").say("ban lien, lao cai")
    talk.now += timedelta(days=700)

    assert talk.say("đúng").answers["commune"]["code"] == "02869"
