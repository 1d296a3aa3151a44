"""Long answers: several messages are one, until a word or a pause ends them."""

from datetime import timedelta

import pytest

from conversations.events import Contact, Text, Voice, Wake
from conversations.play import PAUSE
from tests.conversations.trial import COLOUR, COLOURS_TOO, NAME, STORY, chat

SOON = timedelta(seconds=5)


def test_several_messages_are_one_answer() -> None:
    talk = chat(STORY, NAME)

    talk.say("giống cũ", "gặt bằng tay", "phơi nắng", "xong")

    assert talk.answers == {"story": "giống cũ\ngặt bằng tay\nphơi nắng"}


def test_only_the_first_message_is_told_that_we_listen() -> None:
    talk = chat(STORY, NAME).say("giống cũ")
    first = talk.said

    turn = talk.do(Text("gặt bằng tay"))

    assert first == ["engine.listening"]
    assert turn.messages == ()


def test_the_pause_ends_it() -> None:
    talk = chat(STORY, NAME).say("giống cũ")

    talk.wait(PAUSE)

    assert talk.answers == {"story": "giống cũ"}
    assert talk.run.at == "name"


def test_each_further_message_begins_the_pause_anew() -> None:
    talk = chat(STORY, NAME).say("giống cũ")
    talk.do(Text("gặt bằng tay"), pause=SOON)

    talk.wait(PAUSE - SOON)

    assert talk.answers == {}


def test_our_clock_may_ring_too_early_or_in_vain() -> None:
    talk = chat(STORY, NAME).say("giống cũ")

    early = talk.do(Wake(), pause=SOON)
    talk.wait(PAUSE)
    vain = talk.do(Wake())

    assert (early.messages, vain.messages) == ((), ())


@pytest.mark.parametrize("word", ["xong", "hết rồi", "đủ rồi", "1", "bỏ qua"])
def test_a_word_or_the_number_of_the_button_ends_it(word: str) -> None:
    talk = chat(STORY, NAME).say("giống cũ", word)

    assert talk.answers == {"story": "giống cũ"}


def test_the_word_alone_is_no_answer() -> None:
    talk = chat(STORY, NAME).say("xong")

    assert talk.answers == {}
    assert talk.said == ["problems.nothing"]


@pytest.mark.parametrize("command", ["quay lại", "xem lại", "để sau", "gặp cán bộ", "làm lại"])
def test_turning_elsewhere_in_the_middle_keeps_what_was_told(command: str) -> None:
    talk = chat(NAME, STORY, COLOUR).say("gạo nếp", "giống cũ", command)

    assert talk.answers["story"] == "giống cũ"


def test_editing_elsewhere_in_the_middle_keeps_what_was_told() -> None:
    talk = chat(NAME, STORY, COLOUR).say("gạo nếp", "giống cũ", "sửa 1 thành Gạo tẻ")

    assert talk.answers == {"name": "Gạo tẻ", "story": "giống cũ"}


def test_help_in_the_middle_leaves_it_open() -> None:
    talk = chat(STORY, NAME).say("giống cũ", "trợ giúp", "gặt bằng tay", "xong")

    assert talk.answers == {"story": "giống cũ\ngặt bằng tay"}


def test_more_than_it_may_hold_is_refused_and_the_rest_kept() -> None:
    talk = chat(STORY, NAME).say("a" * 150, "b" * 60)

    assert talk.said[0] == "problems.text_long"
    assert talk.say("xong").answers == {"story": "a" * 150}


def test_lines_are_kept_and_odd_signs_are_not() -> None:
    talk = chat(STORY, NAME).say("dòng một\r\n  dòng\x00 hai\u202e", "xong")

    assert talk.answers == {"story": "dòng một\ndòng hai"}


def test_voice_notes_are_answers_where_they_are_wanted() -> None:
    talk = chat(STORY, NAME)

    talk.do(Voice("1" * 64))
    first = talk.said
    talk.do(Voice("2" * 64))
    talk.say("xong")

    assert first == ["engine.voice_kept"]
    assert talk.answers == {"story": {"text": "", "voices": ["1" * 64, "2" * 64]}}


def test_elsewhere_a_voice_note_is_asked_to_be_typed() -> None:
    talk = chat(NAME, STORY)

    talk.do(Voice("1" * 64))

    assert talk.said == ["engine.voice_here"]


def test_not_knowing_leaves_it_open_unless_something_was_told() -> None:
    open_ = chat(STORY, NAME).say("chưa biết")
    told = chat(STORY, NAME).say("giống cũ", "không biết", "xong")

    assert open_.run.skipped == ("story",)
    assert told.answers == {"story": "giống cũ\nkhông biết"}


def test_an_answer_given_before_may_stand() -> None:
    talk = chat(STORY, NAME, COLOUR).say("giống cũ", "xong", "quay lại", "xong")

    assert talk.answers == {"story": "giống cũ"}
    assert talk.run.at == "name"


def test_a_shared_number_is_no_story() -> None:
    talk = chat(STORY, NAME)

    talk.do(Contact("0912345678", own=True))

    assert talk.said == ["engine.contact_here"]


# -- several of a list ----------------------------------------------------------------------------


def test_buttons_gather_and_the_word_ends_it() -> None:
    talk = chat(COLOURS_TOO, NAME)

    talk.tap("a|1|colours|red")
    gathered = talk.said
    talk.tap("a|1|colours|blue")
    talk.tap("a|1|colours|red")
    talk.press("engine.done")

    assert gathered == ["engine.chosen"]
    assert talk.answers == {"colours": ["red", "blue"]}


def test_what_is_typed_joins_what_was_chosen_by_buttons() -> None:
    talk = chat(COLOURS_TOO, NAME)

    talk.tap("a|1|colours|red")
    talk.say("2, 1")

    assert talk.answers == {"colours": ["red", "green"]}


def test_one_message_may_name_all() -> None:
    assert chat(COLOURS_TOO, NAME).say("1 3").answers == {"colours": ["red", "blue"]}


def test_none_yet_is_an_answer_too() -> None:
    assert chat(COLOURS_TOO, NAME).say("chưa có").answers == {"colours": []}
