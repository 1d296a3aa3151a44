"""What is remembered of a talk, and the log that makes it."""

from datetime import timedelta

import msgspec
import pytest

from conversations import walk
from conversations.form import Form, Question, Repeat, When
from conversations.forms import catalogue
from conversations.session import Run, Session, Step, fold_log
from tests.conversations.samples import FACTS, FORMS, filled
from tests.conversations.talking import NOON, Chat
from tests.conversations.trial import COLOUR, DETAIL, MATERIALS, MORE, NAME, STORY, SURE, form


def run(number: int = 1, **more: object) -> Run:
    return msgspec.structs.replace(Run(number, "trial", 1, NOON, NOON), **more)


def test_a_new_person_has_nothing_open() -> None:
    assert Session().active() is None
    assert Session().run(1) is None


def test_the_innermost_run_is_the_active_one() -> None:
    session = Session(runs=(run(1), run(2)), stack=(1, 2))

    assert session.active() == run(2)


def test_a_settled_run_leaves() -> None:
    session = Session().with_run(run(1)).with_run(run(2))

    assert [r.id for r in session.with_run(run(1, status="sent")).runs] == [2]


def test_a_run_takes_the_place_of_its_former_self() -> None:
    session = Session().with_run(run(1)).with_run(run(2)).with_run(run(1, at="name"))

    assert [(r.id, r.at) for r in session.runs] == [(1, "name"), (2, "")]


def test_no_steps_are_no_run() -> None:
    assert fold_log([]) is None
    assert fold_log([Step(1, "asked", "name", None, NOON)]) is None


def test_a_step_of_an_unknown_kind_only_touches_the_run() -> None:
    """The log also holds what statistics want; and later versions may log more."""
    started = Step(1, "started", "", {"form": "f", "version": 1, "facts": {}, "answers": {}}, NOON)
    later = NOON + timedelta(hours=1)

    folded = fold_log([started, Step(1, "smiled", "name", 3, later)])

    assert folded == Run(1, "f", 1, NOON, later)


@pytest.mark.parametrize("form_", FORMS, ids=lambda form: form.name)
def test_the_log_alone_makes_the_run_again_after_json(form_: Form) -> None:
    chat = filled(form_)

    body = msgspec.json.encode(chat.log)
    steps = msgspec.json.decode(body, type=list[Step])

    assert fold_log(steps) == chat.run


def test_the_log_names_whose_hand_typed() -> None:
    session = Session(typist="Lý Văn Nam")
    chat = Chat(catalogue["typist"], session=session).begun().say("Lý Thị Hoa")

    assert {step.typist for step in chat.log} == {"Lý Văn Nam"}


# -- where a run stands ---------------------------------------------------------------------------


def test_questions_count_by_their_conditions_and_chains_of_them() -> None:
    trial = form(SURE, DETAIL, MORE, COLOUR)
    yes = run(answers={"sure": True, "detail": "vì thế"})
    no = run(answers={"sure": False, "detail": "vì thế", "more": "nữa"})

    assert walk.paths(trial, yes) == ("sure", "detail", "more", "colour")
    assert walk.paths(trial, no) == ("sure", "colour")


def test_a_condition_may_name_one_of_several_answers() -> None:
    when = When("colours", ("red",))
    trial = form(Question("colours", COLOUR.kind), Question("why", NAME.kind, when=when))

    assert walk.paths(trial, run(answers={"colours": ["red", "blue"]})) == ("colours", "why")
    assert walk.paths(trial, run(answers={"colours": ["blue"]})) == ("colours",)


def test_conditions_inside_a_group_look_at_their_own_item() -> None:
    trial = form(Repeat("things", (SURE, DETAIL), 3))
    answers = {"things.0.sure": False, "things.1.sure": True}

    paths = walk.paths(trial, run(answers=answers, items={"things": 2}))

    assert paths == ("things.0.sure", "things.1.sure", "things.1.detail")


def test_progress_counts_what_is_answered_or_left_out_for_good() -> None:
    trial = form(NAME, COLOUR, Question("extra", NAME.kind, optional=True))
    skipped = run(answers={"name": "gạo"}, skipped=("extra", "colour"))

    assert walk.progress(trial, skipped) == (2, 3)
    assert walk.missing(trial, skipped) == ("colour",)
    assert walk.unanswered(trial, skipped) == ("colour",)


def test_the_way_back_has_a_beginning_and_an_end() -> None:
    trial = form(NAME, COLOUR)

    assert walk.before(trial, run(), "name") == ""
    assert walk.before(trial, run(), "colour") == "name"
    assert walk.before(trial, run(), "review") == "colour"
    assert walk.before(form(Question("a", NAME.kind, asked=False)), run(), "review") == ""


def test_what_the_facts_have_answered_is_nothing_to_go_back_to() -> None:
    chat = Chat(catalogue["idea"], facts={**FACTS["idea"], "producer": {"value": 1, "label": "x"}})
    chat.begun()

    chat.say("quay lại")

    assert chat.said[0] == "engine.first_question"


def test_what_counts_is_collected_groups_as_lists() -> None:
    trial = form(NAME, MATERIALS)
    answers = {"name": "gạo", "materials.1.name": "ngô", "old": "x"}

    collected = walk.collected(trial, run(answers=answers, items={"materials": 2}))

    assert collected == {"name": "gạo", "materials": [{}, {"name": "ngô"}]}


def test_a_review_reads_what_was_asked_and_what_came_by_itself() -> None:
    trial = form(NAME, Question("photos", NAME.kind, asked=False), STORY)

    assert walk.lines(trial, run()) == ("name", "story")
    assert walk.lines(trial, run(answers={"photos": []})) == ("name", "photos", "story")


@pytest.mark.parametrize("path", ["nothing", "materials.0.nothing", "nothing.0.name"])
def test_a_path_that_is_not_in_the_form_is_an_error(path: str) -> None:
    with pytest.raises(KeyError):
        form(NAME, MATERIALS).question(path)


@pytest.mark.parametrize("form_", FORMS, ids=lambda form: form.name)
def test_every_condition_and_rule_of_a_form_names_questions_of_it(form_: Form) -> None:
    seen: set[str] = set()
    for entry in form_.questions:
        inner = entry.questions if isinstance(entry, Repeat) else (entry,)
        if isinstance(entry, Repeat) and entry.when is not None:
            assert entry.when.question in seen
        for question in inner:
            if question.when is not None:
                assert question.when.question in seen
            seen.add(question.key)
    for rule in form_.rules:
        assert all(form_.question(path) for path in rule.questions)


def test_a_second_look_begins_with_what_is_known_and_asks_only_what_is_required() -> None:
    given = {"whose": "own", "name": "HTX", "kind": "team", "commune": {"name": "xã A"}}
    chat = Chat(catalogue["profile"], facts={"producer_id": 3, "given": given}).begun()

    assert chat.run.at == "representative"
    assert {key: chat.answers[key] for key in given} == given
    assert "email" in chat.run.skipped


def test_starting_again_forgets_even_what_was_known() -> None:
    given = {"whose": "own", "name": "HTX"}
    chat = Chat(catalogue["profile"], facts={"given": given}).begun().say("làm lại", "đúng")

    assert chat.answers == {}
    assert chat.run.at == "whose"


def test_starting_again_keeps_what_the_facts_say() -> None:
    chat = filled(catalogue["idea"]).say("làm lại", "có")

    assert chat.answers == {"commune": FACTS["idea"]["commune"]}
    assert chat.run.at == "producer"
