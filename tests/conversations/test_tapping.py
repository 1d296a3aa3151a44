"""Buttons answer their own question, however old; what is settled is said to be so."""

from datetime import timedelta

from conversations.forms import catalogue
from tests.conversations.samples import begun, filled, standing_at
from tests.conversations.trial import COLOUR, COLOURS_TOO, MATERIALS, NAME, SURE, chat

LATER = timedelta(minutes=5)


def test_a_button_answers_the_open_question() -> None:
    talk = chat(COLOUR, NAME)

    talk.tap("a|1|colour|green")

    assert talk.answers == {"colour": "green"}
    assert talk.run.at == "name"


def test_an_old_button_changes_its_own_question_and_leaves_the_person_where_she_is() -> None:
    talk = chat(COLOUR, NAME).say("đỏ")

    talk.tap("a|1|colour|blue")

    assert talk.answers == {"colour": "blue"}
    assert talk.run.at == "name"
    assert talk.said == ["engine.edited", "trial.ask_name"]


def test_an_old_button_that_says_what_was_said_is_settled() -> None:
    talk = chat(COLOUR, NAME).say("đỏ")
    talk.now += LATER

    talk.tap("a|1|colour|red")

    assert talk.said == ["engine.settled"]


def test_the_same_tap_twice_in_a_moment_is_one() -> None:
    talk = chat(COLOUR, NAME)
    talk.tap("a|1|colour|red")

    talk.now -= timedelta(seconds=25)
    turn = talk.tap("a|1|colour|red")

    assert turn.messages == ()


def test_settled_is_said_otherwise_each_time() -> None:
    talk = chat(COLOUR, NAME).say("đỏ")

    turns = []
    for _ in range(3):
        talk.now += LATER
        turns.append(talk.tap("p|1|99|0").messages[0].args["turn"])

    assert turns == [1, 2, 3]


def test_a_button_of_another_run_never_answers_this_one() -> None:
    """She fills a second sheet; a button of the first must not change it."""
    talk = chat(COLOUR, NAME).say("đỏ")
    talk.now += LATER

    talk.tap("a|2|colour|blue")

    assert talk.answers == {"colour": "red"}


def test_a_guess_is_settled_by_its_buttons() -> None:
    yes = standing_at(catalogue["profile"], "commune").say("ban lien, lao cai")
    no = standing_at(catalogue["profile"], "commune").say("ban lien, lao cai")

    yes.press("engine.yes")
    no.press("engine.no")

    assert yes.answers["commune"]["name"] == "xã Bản Liền"
    assert "commune" not in no.answers
    assert no.said == ["engine.again", "profile.ask_commune"]


def test_a_button_of_an_older_guess_is_settled() -> None:
    talk = standing_at(catalogue["profile"], "commune").say("ban lien, lao cai")
    old = talk.turns[-1].messages[-1].choices[0].data
    talk.say("ta chai, bac ha")

    talk.tap(old)

    assert talk.said == ["engine.settled"]
    assert "commune" not in talk.answers


def test_a_place_that_was_not_offered_is_settled() -> None:
    talk = standing_at(catalogue["profile"], "commune").say("ban lien, lao cai")
    token = talk.session.token
    talk.now += LATER

    for place in ("7", "x", ""):
        talk.tap(f"p|1|{token}|{place}")

        assert talk.said == ["engine.settled"]


def test_buttons_of_commands_work_at_their_question_alone() -> None:
    talk = chat(COLOUR, NAME).say("đỏ", "quay lại")

    talk.press("engine.keep")
    kept = talk.run.at
    talk.now += LATER
    talk.tap("!keep|1|colour")

    assert kept == "name"
    assert talk.said == ["engine.settled"]


def test_restarting_is_confirmed_by_its_buttons() -> None:
    no = filled(catalogue["profile"]).say("làm lại")
    yes = filled(catalogue["profile"]).say("làm lại")

    no.press("engine.no")
    yes.press("engine.yes")

    assert len(no.answers) > 10
    assert yes.answers == {}
    assert yes.run.at == "whose"


def test_a_yes_of_long_ago_restarts_nothing() -> None:
    talk = filled(catalogue["profile"]).say("làm lại", "không")

    talk.now += LATER
    talk.tap("!yes|1|review")

    assert len(talk.answers) > 10


def test_a_button_edits_no_list_that_was_gathered() -> None:
    talk = chat(COLOURS_TOO, NAME).say("1 2")
    talk.now += LATER

    talk.tap("a|1|colours|blue")

    assert talk.answers == {"colours": ["red", "green"]}
    assert talk.said == ["engine.settled"]


def test_yes_and_no_are_offers_too() -> None:
    talk = chat(SURE, NAME)

    talk.tap("a|1|sure|no")

    assert talk.answers == {"sure": False}


def test_the_buttons_of_the_review_send_edit_and_leave() -> None:
    sent = filled(catalogue["idea"])
    edited = filled(catalogue["idea"])
    left = filled(catalogue["idea"])

    sent.press("engine.send")
    edited.press("engine.edit")
    left.press("engine.later")

    assert sent.turns[-1].outcome == "sent"
    assert edited.said == ["engine.edit_which"]
    assert left.turns[-1].outcome == "parked"


def test_after_asking_which_line_a_number_is_a_line() -> None:
    talk = filled(catalogue["idea"])
    talk.press("engine.edit")

    talk.say("2")

    assert talk.run.at == "name"


def test_at_the_review_a_number_beyond_the_buttons_is_a_line() -> None:
    talk = filled(catalogue["idea"]).say("4")

    assert talk.run.at == "stage"


def test_numbers_stand_for_the_buttons_that_are_shown() -> None:
    skip = standing_at(catalogue["profile"], "email").say("1")
    keep = begun(catalogue["profile"]).say("của tôi", "quay lại", "3")

    assert skip.run.skipped == ("email",)
    assert keep.run.at == "name"


def test_where_figures_are_asked_for_no_number_is_a_button() -> None:
    talk = standing_at(catalogue["idea"], "labour").say("5 người, 5 trong xã", "quay lại", "1")

    assert talk.run.pending is not None
    assert talk.answers["labour"] == {"total": 5, "local": 5}


def test_a_button_changes_a_line_of_a_group() -> None:
    talk = chat(MATERIALS, COLOUR).say("thóc", "5 người, 5 trong xã", "đỏ")
    talk.now += LATER

    talk.tap("a|1|materials.0.name|x")

    assert talk.said == ["engine.settled"]
