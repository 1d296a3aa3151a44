"""A running form keeps its version, or a migration leads it on; it is never reset."""

from typing import Any

import pytest
from msgspec.structs import replace

from conversations import engine
from conversations.catalogue import Catalogue
from conversations.choosing import Choice
from conversations.events import Event, Text
from conversations.form import Form, Question
from conversations.forms import catalogue
from tests.conversations.talking import ADDRESS, Chat
from tests.conversations.trial import COLOUR, COLOURS, NAME, SURE, form

FIRST = form(NAME, COLOUR)
DATED = Question("made", NAME.kind)


def second(**more: Any) -> Form:
    """The colour is called shade now, and a question has come in."""
    return Form(
        name="trial",
        version=2,
        questions=(NAME, DATED, Question("shade", Choice(COLOURS))),
        migrations={1: renamed},
        **more,
    )


def third() -> Form:
    return Form(
        name="trial",
        version=3,
        questions=(Question("title", NAME.kind), DATED, Question("shade", Choice(COLOURS)), SURE),
        migrations={1: renamed, 2: retitled},
    )


def renamed(answers: dict[str, Any]) -> dict[str, Any]:
    return {"shade" if key == "colour" else key: value for key, value in answers.items()}


def retitled(answers: dict[str, Any]) -> dict[str, Any]:
    return {"title" if key == "name" else key: value for key, value in answers.items()}


def test_a_run_goes_on_with_the_version_it_began_under() -> None:
    forms = Catalogue((FIRST, second()))
    chat = Chat(forms["trial"])
    old = Chat(FIRST).begun().say("gạo")

    assert forms["trial"].version == 2
    assert forms.of(old.run) is FIRST
    assert chat.form.version == 2


def test_each_form_is_listed_once_in_its_newest_version() -> None:
    assert [f.version for f in Catalogue((FIRST, second()))] == [2]


def test_where_the_version_is_gone_the_newest_takes_over() -> None:
    forms = Catalogue((second(),))
    old = Chat(FIRST).begun().say("gạo", "đỏ")

    assert forms.of(old.run).version == 2


def test_a_form_that_leaves_old_runs_nowhere_to_go_is_refused_at_the_start() -> None:
    without = Form(name="trial", version=3, questions=(NAME,), migrations={2: retitled})

    with pytest.raises(ValueError, match="trial: no way on from version 1"):
        Catalogue((without,))


def test_a_kept_version_needs_no_migration() -> None:
    newest = Form(name="trial", version=2, questions=(NAME,))

    assert Catalogue((FIRST, newest))["trial"] is newest


def moved(old: Chat, newer: Form) -> Chat:
    """The same phone after an update of the forms."""
    old.form = newer
    return old


def test_the_answers_are_led_to_the_new_version() -> None:
    chat = moved(Chat(FIRST).begun().say("gạo", "đỏ"), second()).say("hôm qua")

    assert chat.run.version == 2
    assert chat.answers == {"name": "gạo", "shade": "red"}


def test_over_several_versions_one_after_the_other() -> None:
    chat = moved(Chat(FIRST).begun().say("gạo", "đỏ"), third())

    chat.resume()

    assert chat.answers == {"title": "gạo", "shade": "red"}
    assert chat.run.version == 3


def test_the_question_on_the_screen_is_answered_where_it_is_still_there() -> None:
    chat = moved(Chat(FIRST).begun(), second()).say("gạo")

    assert chat.answers == {"name": "gạo"}
    assert chat.run.at == "made"


def test_a_text_for_a_question_that_is_gone_answers_no_other() -> None:
    chat = moved(Chat(FIRST).begun().say("gạo"), second()).say("đỏ")

    assert chat.answers == {"name": "gạo"}
    assert chat.said == ["engine.resumed", "trial.ask_made"]


def test_resuming_a_question_that_is_gone_asks_what_is_open_now() -> None:
    chat = moved(Chat(FIRST).begun().say("gạo"), second())

    chat.resume()

    assert chat.said == ["engine.resumed", "trial.ask_made"]


def test_at_the_review_only_what_is_new_is_asked() -> None:
    chat = moved(Chat(FIRST).begun().say("gạo", "đỏ"), second()).say("gửi")

    assert chat.turns[-1].outcome == ""
    assert chat.run.at == "made"


def test_a_guess_that_is_on_the_screen_still_waits_for_its_yes() -> None:
    profile = catalogue["profile"]
    chat = Chat(profile).begun().say("của tôi", "HTX", "htx", "ban lien, lao cai")
    newer = Form(name="profile", version=2, questions=profile.questions, migrations={1: dict})

    moved(chat, newer).say("đúng")

    assert chat.answers["commune"]["name"] == "xã Bản Liền"


def test_a_program_older_than_the_run_does_not_lose_it() -> None:
    """A new version was put in, and taken back again."""
    newer = Form(name="trial", version=2, questions=(NAME, DATED), migrations={1: dict})
    chat = moved(Chat(newer).begun().say("gạo"), FIRST)

    chat.say("hôm qua")

    assert chat.answers == {"name": "gạo"}
    assert chat.said == ["engine.resumed", "trial.ask_colour"]


def test_the_engine_refuses_to_play_nothing() -> None:
    """Routing asks it only when a form is open."""
    chat = Chat(FIRST)

    with pytest.raises(ValueError, match="no run is active"):
        engine.step(FIRST, chat.session, Event(ADDRESS, "1", chat.now, Text("x")), chat.now)


def test_resuming_forgets_the_question_whether_to_start_again() -> None:
    chat = Chat(FIRST).begun().say("gạo", "làm lại")

    chat.resume(told=True)
    chat.say("đúng")

    assert chat.answers == {"name": "gạo"}
    assert chat.said == ["problems.choice"]


def test_a_run_that_has_never_been_asked_is_asked_when_it_is_resumed() -> None:
    chat = Chat(FIRST).begun()
    run = replace(chat.run, at="")
    chat.session = chat.session.with_run(run)
    turn = engine.resume(FIRST, chat.session, chat.now)

    assert turn.session.runs[0].at == "name"
