"""Several like things: one more, one less, each line changed on its own."""

from conversations import walk
from tests.conversations.talking import Chat
from tests.conversations.trial import COLOUR, LONG, MATERIALS, NAME, STORY, chat


def two_materials() -> Chat:
    return chat(MATERIALS, COLOUR).say(
        "thóc", "5 người, 5 trong xã", "thêm", "ngô", "2 người, 1 trong xã"
    )


def test_one_is_always_asked_and_more_is_offered_after_it() -> None:
    talk = chat(MATERIALS, COLOUR).say("thóc", "5 người, 5 trong xã")

    assert talk.said[-2:] == ["trial.more_materials", "trial.ask_colour"]


def test_one_more_is_asked_the_same_questions() -> None:
    talk = two_materials()

    assert walk.collected(talk.form, talk.run)["materials"] == [
        {"name": "thóc", "people": {"total": 5, "local": 5}},
        {"name": "ngô", "people": {"total": 2, "local": 1}},
    ]


def test_the_second_is_said_to_be_the_second() -> None:
    talk = chat(MATERIALS, COLOUR).say("thóc", "5 người, 5 trong xã", "thêm")

    assert talk.said == ["engine.item_added", "trial.ask_materials_name"]
    assert talk.turns[-1].messages[0].lead[0].args["number"] == 2


def test_asking_for_one_more_twice_adds_one() -> None:
    talk = chat(MATERIALS, COLOUR).say("thóc", "5 người, 5 trong xã", "thêm", "thêm")

    assert talk.run.items == {"materials": 2}


def test_one_more_in_the_middle_of_one_comes_after_it() -> None:
    talk = chat(MATERIALS, COLOUR).say("thóc", "thêm", "5 người, 5 trong xã")

    assert talk.run.at == "materials.1.name"
    assert talk.said[-2:] == ["engine.item_added", "trial.ask_materials_name"]


def test_there_is_a_most_and_it_is_said() -> None:
    talk = two_materials().say("thêm", "đậu", "1 người, 1 trong xã", "thêm")

    assert talk.said == ["engine.no_more_items", "trial.ask_colour"]
    assert talk.run.items == {"materials": 3}


def test_one_less_moves_the_others_up() -> None:
    talk = two_materials().say("bớt 1")

    assert talk.answers == {
        "materials.0.name": "ngô",
        "materials.0.people": {"total": 2, "local": 1},
    }
    assert talk.run.at == "colour"


def test_one_less_takes_what_was_skipped_with_it() -> None:
    talk = two_materials().say("thêm", "đậu", "chưa biết")

    talk.say("bớt 2")

    assert talk.run.skipped == ("materials.1.people",)
    assert walk.missing(talk.form, talk.run) == ("materials.1.people", "colour")


def test_what_comes_before_or_belongs_to_others_stays() -> None:
    talk = chat(NAME, MATERIALS, COLOUR).say(
        "gạo", "thóc", "5 người, 5 trong xã", "thêm", "ngô", "2 người, 1 trong xã", "bớt 2"
    )

    assert talk.answers == {
        "name": "gạo",
        "materials.0.name": "thóc",
        "materials.0.people": {"total": 5, "local": 5},
    }


def test_the_last_one_stays() -> None:
    talk = chat(MATERIALS, COLOUR).say("thóc", "5 người, 5 trong xã", "bớt 1")

    assert talk.said == ["engine.nothing_to_remove", "trial.ask_colour"]
    assert talk.answers["materials.0.name"] == "thóc"


def test_one_that_is_not_there_cannot_be_taken_away() -> None:
    talk = two_materials().say("bớt 7")

    assert talk.said[0] == "engine.nothing_to_remove"
    assert talk.run.items == {"materials": 2}


def test_each_line_is_changed_on_its_own() -> None:
    talk = two_materials().say("đỏ", "sửa 3 thành đậu")

    assert talk.answers["materials.1.name"] == "đậu"
    assert talk.answers["materials.0.name"] == "thóc"


def test_one_more_or_less_in_the_middle_of_a_story_keeps_the_story() -> None:
    more = chat(MATERIALS, STORY, COLOUR).say("thóc", "5 người, 5 trong xã", "kể chuyện", "thêm")
    less = chat(MATERIALS, STORY, COLOUR).say(
        "thóc", "5 người, 5 trong xã", "thêm", "ngô", "2 người, 1 trong xã", "kể chuyện", "bớt 2"
    )

    assert more.answers["story"] == "kể chuyện"
    assert less.answers["story"] == "kể chuyện"


def test_after_one_less_the_review_is_read_anew() -> None:
    talk = two_materials().say("đỏ", "bớt 2")

    assert "engine.review" in talk.said


def test_without_a_group_the_words_are_just_words() -> None:
    talk = chat(NAME, COLOUR).say("thêm")

    assert talk.answers == {"name": "thêm"}


def test_before_the_group_is_reached_they_are_just_words_too() -> None:
    talk = chat(COLOUR, MATERIALS).say("bớt 1")

    assert talk.said == ["problems.choice"]


def test_rules_may_speak_of_a_group() -> None:
    talk = chat(NAME, MATERIALS, COLOUR, rules=(LONG,)).say("tên rất là dài", "thóc")

    assert talk.answers["materials.0.name"] == "thóc"
