"""The order rule: what was typed before a question was on the screen is never its answer."""

from datetime import timedelta

from msgspec.structs import replace

from conversations import engine
from conversations.events import Event, Text, Voice
from conversations.forms import catalogue
from conversations.session import NEVER_SHOWN
from tests.conversations.samples import standing_at
from tests.conversations.talking import ADDRESS
from tests.conversations.trial import COLOUR, NAME, STORY, chat

BREATH = timedelta(seconds=1)
LATER = timedelta(minutes=11)


def test_a_text_older_than_the_question_is_never_its_answer() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")

    talk.early("đỏ")

    assert talk.answers == {"name": "gạo nếp"}
    assert talk.said == ["engine.early"]


def test_the_same_text_sent_twice_is_answered_once() -> None:
    """A weak network sends twice, and the person must not notice."""
    talk = chat(NAME, NAME.__class__("other", NAME.kind)).say("gạo nếp")

    turn = talk.early("gạo nếp")

    assert turn.messages == ()
    assert talk.answers == {"name": "gạo nếp"}


def test_the_same_text_much_later_is_said_to_be_early() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")

    talk.early("gạo nếp", pause=LATER)

    assert talk.said == ["engine.early"]


def test_early_texts_are_told_so_in_other_words_each_time() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")

    turns = [talk.early(text).messages[0].args["turn"] for text in ("một", "hai", "ba")]

    assert turns == [1, 2, 3]


def test_a_text_on_time_is_an_answer_whatever_came_early() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")

    talk.early("xanh lá")
    talk.say("đỏ")

    assert talk.answers["colour"] == "red"


def test_a_channel_that_knows_no_order_never_has_early_texts() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")
    event = Event(ADDRESS, "x", talk.now, Text("đỏ"), order=None)

    turn = engine.step(talk.form, talk.session, event, talk.now)

    assert turn.session.runs[0].answers["colour"] == "red"


def test_a_question_whose_letter_was_lost_is_shown_again() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")
    talk.session = replace(talk.session, shown=NEVER_SHOWN)

    turn = talk.do(Text("đỏ"))

    assert talk.answers == {"name": "gạo nếp"}
    assert [message.prompt for message in turn.messages] == [talk.session.token]


def test_the_rest_of_a_long_answer_that_comes_late_is_joined_to_it() -> None:
    talk = chat(STORY, NAME).say("giống cũ", "xong")

    talk.early("gặt bằng tay")

    assert talk.answers == {"story": "giống cũ\ngặt bằng tay"}
    assert talk.said == ["engine.joined"]


def test_it_is_joined_to_voice_notes_too() -> None:
    talk = chat(STORY, NAME)
    talk.do(Voice("v" * 64))
    talk.say("xong")

    talk.early("gặt bằng tay")

    assert talk.answers["story"] == {"text": "gặt bằng tay", "voices": ["v" * 64]}


def test_a_piece_that_is_in_the_answer_already_is_not_joined_twice() -> None:
    talk = chat(STORY, NAME).say("giống cũ", "xong")

    talk.early("giống cũ")

    assert talk.answers == {"story": "giống cũ"}


def test_back_at_the_long_answer_an_early_text_is_not_joined_but_told_so() -> None:
    talk = chat(STORY, NAME).say("giống cũ", "xong")
    talk.do(Text("quay lại"), pause=BREATH)

    talk.early("gặt bằng tay")

    assert talk.answers == {"story": "giống cũ"}
    assert talk.said == ["engine.early"]


def test_nothing_is_joined_to_a_short_answer() -> None:
    talk = chat(NAME, COLOUR).say("gạo nếp")

    talk.early("thơm lắm")

    assert talk.answers == {"name": "gạo nếp"}


def test_after_the_pause_nothing_is_joined() -> None:
    talk = chat(STORY, NAME).say("giống cũ", "xong")

    talk.early("gặt bằng tay", pause=timedelta(minutes=1))

    assert talk.answers == {"story": "giống cũ"}
    assert talk.said == ["engine.early"]


def test_a_long_answer_grows_no_longer_than_it_may() -> None:
    talk = chat(STORY, NAME).say("a" * 190, "xong")

    talk.early("b" * 20)

    assert talk.answers == {"story": "a" * 190}


def test_what_is_typed_too_early_before_consent_is_not_kept() -> None:
    """Not even for a moment: the question is simply shown again."""
    talk = standing_at(catalogue["consent"], "messages")

    talk.early("tôi là Vàng Thị Mai 0912345678")

    assert "0912345678" not in str(talk.turns[-1])
    assert talk.turns[-1].messages[-1].prompt is not None


def test_what_was_not_understood_before_consent_is_not_kept() -> None:
    talk = standing_at(catalogue["consent"], "dossier")

    talk.say("tôi là Vàng Thị Mai 0912345678")

    assert "0912345678" not in str(talk.session)
    assert "0912345678" not in str(talk.log)
