"""Any answer can be changed in two messages from any point, and nothing else is lost by it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations import walk
from conversations.form import Form, Question
from programme.folding import fold
from tests.conversations.samples import (
    FORMS,
    IDS,
    POSITIONS,
    TYPED,
    begun,
    filled,
    standing_at,
    typed,
)
from tests.conversations.talking import Chat
from tests.wording import WORDING

REVIEWED = [form for form in FORMS if form.review]
FIELDS = [(form, path) for form in REVIEWED for path in TYPED[form.name]]
NAMES = [f"{form.name}.{path}" for form, path in FIELDS]
# What no longer counts, or has to be asked, once that answer is the other one.
FOLLOWS = {"profile.whose": {"allowed"}, "profile.kind": {"registration", "registered_on"}}


def line(chat: Chat, path: str) -> int:
    return walk.lines(chat.form, chat.run).index(path) + 1


def counting(chat: Chat) -> dict[str, Any]:
    """The answers that count now."""
    paths = walk.paths(chat.form, chat.run)
    return {path: value for path, value in chat.answers.items() if path in paths}


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def one_message(chat: Chat, path: str) -> tuple[str, ...]:
    """The other answer in one message, and the yes where it is read back."""
    first, *confirmed = typed(chat.form, path, otherwise=True)
    yes = (word for word in confirmed if isinstance(word, str) and word != "xong")
    return (f"sửa {line(chat, path)} thành {first}", *yes)


@pytest.mark.parametrize(("form", "path"), FIELDS, ids=NAMES)
def test_at_the_review_two_messages_change_any_answer_and_that_alone(form: Form, path: str) -> None:
    chat = filled(form)
    before = counting(chat)
    messages = one_message(chat, path)

    chat.say(*messages)

    assert len(messages) <= 2
    if form.ends and form.ends.holds(chat.answers):
        assert chat.run.status == "sent"
        return
    expected = {path} | FOLLOWS.get(f"{form.name}.{path}", set())
    assert differing(before, counting(chat)) == expected
    assert chat.run.at == "review"


@pytest.mark.parametrize(("form", "path"), FIELDS, ids=NAMES)
def test_the_name_of_a_line_changes_it_with_marks_and_without(form: Form, path: str) -> None:
    first, *_ = typed(form, path, otherwise=True)
    (label,) = (each.text for each in WORDING.letters("vi", form.said("label", path)))
    numbered = filled(form).say(f"sửa {line(filled(form), path)}: {first}")

    for name in (label, label.capitalize(), fold(label)):
        verb = "sua" if name.isascii() else "sửa"
        named = filled(form).say(f"{verb} {name}: {first}")
        assert named.answers == numbered.answers
        assert named.run.at == numbered.run.at
        assert named.run.pending == numbered.run.pending


@pytest.mark.parametrize("form", REVIEWED, ids=lambda form: form.name)
def test_every_name_that_is_read_back_is_understood_in_each_language(form: Form) -> None:
    for question in (each for each in form.questions if isinstance(each, Question)):
        for language in ("vi", "en"):
            (label,) = WORDING.letters(language, form.said("label", question.key))
            assert fold(label.text) in question.names


@pytest.mark.parametrize(("form", "path"), FIELDS, ids=NAMES)
def test_the_same_in_the_long_way_leads_back_to_the_review(form: Form, path: str) -> None:
    chat = filled(form)
    before = counting(chat)

    chat.say(f"sua {line(chat, path)}", *typed(form, path, otherwise=True))

    if chat.run.status == "open":
        assert path in differing(before, counting(chat))
        assert chat.run.at == "review"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(where=st.sampled_from(POSITIONS), which=st.integers(0, 20))
def test_from_any_point_any_earlier_answer_is_changed_and_the_person_comes_back(
    where: tuple[Form, str], which: int
) -> None:
    form, at = where
    chat = standing_at(form, at)
    answered = [path for path in chat.answers if path in TYPED[form.name]]
    if not (form.review and answered):
        return
    path = answered[which % len(answered)]
    before = counting(chat)

    chat.say(*one_message(chat, path))

    if chat.run.status == "open":
        follows = FOLLOWS.get(f"{form.name}.{path}", set())
        assert differing(before, counting(chat)) - follows == {path}
        assert chat.run.at == at or at in follows


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_going_back_to_the_first_question_deletes_nothing(form: Form) -> None:
    chat = filled(form)
    before = chat.answers
    if chat.run.status != "open":
        return

    for _ in range(len(before) + 2):
        chat.say("quay lại")

    assert chat.answers == before
    assert chat.said[0] == "engine.first_question"


@pytest.mark.parametrize("form", REVIEWED, ids=lambda form: form.name)
def test_forward_again_each_old_answer_is_kept_with_one_word(form: Form) -> None:
    chat = filled(form)
    before = chat.answers
    for _ in range(3):
        chat.say("00")

    chat.say("giữ nguyên")

    assert chat.answers == before
    assert chat.run.at == "review"


@pytest.mark.parametrize(("form", "path"), POSITIONS, ids=IDS)
def test_back_shows_what_was_given_before(form: Form, path: str) -> None:
    chat = standing_at(form, path)
    before = chat.answers

    chat.say("quay lại")

    assert chat.answers == before
    assert chat.said[0] in {"engine.given", "engine.first_question"}


def test_a_changed_condition_hides_answers_and_brings_them_back() -> None:
    (profile,) = (form for form in REVIEWED if form.name == "profile")
    chat = filled(profile)
    registered = chat.answers["registration"]

    chat.say(f"sửa {line(chat, 'kind')} thành tổ hợp tác")
    hidden = walk.collected(profile, chat.run)
    chat.say(f"sửa {line(chat, 'kind')} thành htx")

    assert "registration" not in hidden
    assert "registered_on" not in hidden
    assert walk.collected(profile, chat.run)["registration"] == registered


def test_what_now_counts_for_the_first_time_is_asked() -> None:
    (profile,) = (form for form in REVIEWED if form.name == "profile")
    chat = begun(profile).say("của tôi", "Tổ mận", "tổ hợp tác")
    while chat.run.at != "review":
        chat.say(*typed(profile, chat.run.at))

    chat.say(f"sửa {line(chat, 'kind')} thành htx")

    assert chat.run.at == "registration"
