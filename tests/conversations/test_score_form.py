"""The criteria sheet as a form: a question a criterion, with what an option is worth and needs."""

from typing import Any

import pytest

from conversations.answers import Asked
from conversations.catalogue import Catalogue
from conversations.form import Form, Question
from conversations.forms import catalogue, score
from conversations.messages import Message
from conversations.reading import Read, Unclear
from conversations.scoring import SheetOption, called
from programme import checklist, ruleset, sheets
from tests.conversations.talking import NOON, Chat
from tests.every_form import RULES, SHEETS, scored

RICE = scored(3)
ASKED = Asked("score", "c1_1", NOON.date(), {}, RICE)


def line(topic: str, number: int = 3) -> sheets.Criterion:
    found = sheets.sheet(RULES, number).criteria
    return next(each for each in found if each.topic == topic)


def chat(**facts: Any) -> Chat:
    known = {**RICE, **facts}
    return Chat(score.family(known), facts=known).begun()


def at(criterion: sheets.Criterion, **facts: Any) -> Chat:
    return chat(only=[criterion.id], **facts)


# -- the family -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "facts"), SHEETS.items(), ids=str)
def test_every_set_has_a_form_that_asks_each_of_its_criteria(
    place: tuple[int, str | None], facts: dict[str, Any]
) -> None:
    number, variant = place
    lines = [each for each in sheets.sheet(RULES, number).criteria if each.open_to(variant)]

    form = score.family(facts)

    assert [one.key for one in form.questions] == [score.key_of(each.id) for each in lines]
    assert form is score.family(dict(facts))
    assert not form.review


def test_only_some_criteria_are_asked_where_only_some_are_wanted() -> None:
    first, second, *_ = sheets.sheet(RULES, 3).criteria

    form = score.family({**RICE, "only": [second.id, first.id]})

    assert [one.key for one in form.questions] == [score.key_of(e.id) for e in (first, second)]


def test_the_two_tables_of_set_26_have_their_own_options() -> None:
    differing = []
    for each in sheets.sheet(RULES, 26).criteria:
        community, business = each.open_to("community"), each.open_to("business")
        assert community
        assert business
        differing += [each.id] if community != business else []

    own = {f"{place}": score.family(facts) for place, facts in SHEETS.items() if place[0] == 26}

    assert differing
    for id_ in differing:
        kinds = [form.question(score.key_of(id_)).kind for form in own.values()]
        assert kinds[0] != kinds[1]


def test_the_rules_that_a_run_began_under_make_its_form() -> None:
    first = scored(1)
    older = score.family({**first, "rules": ruleset.names()[0]})

    assert older is not score.family(first)
    assert {one.key for one in older.questions} != {
        one.key for one in score.family(first).questions
    }


def test_the_catalogue_finds_a_family_by_name_and_by_run() -> None:
    known = Catalogue((catalogue["typist"],), {score.NAME: score.family})
    run = chat().run

    assert known.named(score.NAME, RICE) is score.family(RICE)
    assert known.named("typist", {}) is catalogue["typist"]
    assert known.of(run) is score.family(RICE)
    assert [form.name for form in known] == ["typist"]
    with pytest.raises(KeyError):
        known[score.NAME]


def test_questions_of_several_sheets_share_their_words() -> None:
    plain = Form("trial", 1, (Question("a", SheetOption(())),))
    shared = Form("trial", 1, (Question("a", SheetOption(()), words="linkage"),), words="criteria")

    assert plain.key("ask", "a") == "trial.ask_a"
    assert shared.key("why", "a") == "criteria.why_linkage"


# -- answering ------------------------------------------------------------------------------------


def test_an_option_is_chosen_by_its_number() -> None:
    talk = at(line("linkage"))

    talk.say("2")

    option = line("linkage").options[1]
    assert talk.turns[-1].outcome == "sent"
    assert score.claims(talk.run.facts, talk.answers) == {line("linkage").id: option.key}


@pytest.mark.parametrize("typed", ["Trên 75%", "tren 75%", "over 75%"])
def test_or_by_the_words_on_its_button_in_either_language(typed: str) -> None:
    kind = SheetOption(line("linkage").options)

    assert kind.read(typed, ASKED) == Read("linkage_most")


def test_words_of_the_law_are_a_guess_that_is_read_back() -> None:
    criterion = line("linkage")
    kind = SheetOption(criterion.options)

    reading = kind.read(criterion.options[1].label, ASKED)

    assert reading == Read(called(criterion.options[1]), sure=False)
    talk = at(criterion).say(criterion.options[1].label)
    assert talk.said == ["criteria.ask_linkage", "engine.confirm"]


@pytest.mark.parametrize(("number", "variant"), SHEETS, ids=str)
def test_every_label_of_the_law_means_its_option_and_no_other(
    number: int, variant: str | None
) -> None:
    """An officer who reads it out of the decision is understood, and asked back."""
    for criterion in sheets.sheet(RULES, number).criteria:
        kind = SheetOption(criterion.open_to(variant))
        for option in kind.options_of:
            reading = kind.read(option.label, ASKED)
            assert isinstance(reading, Read)
            assert reading.value == called(option)


def test_words_that_may_mean_several_options_are_asked_back() -> None:
    reading = SheetOption(line("linkage").options).read("có hợp đồng liên kết", ASKED)

    assert isinstance(reading, Unclear)
    assert set(reading.candidates) <= {called(each) for each in line("linkage").options}


@pytest.mark.parametrize("typed", ["0", "9", "99", "gì cơ", ""])
def test_what_names_no_option_is_none(typed: str) -> None:
    assert SheetOption(line("linkage").options).read(typed, ASKED) is None


def test_an_option_of_older_rules_is_called_by_its_label() -> None:
    options = sheets.sheet(ruleset.rule_set(ruleset.names()[0]), 1).criteria[0].options
    kind = SheetOption(options)

    assert [offer.label for offer in kind.offers(ASKED)] == [each.label[:60] for each in options]
    assert kind.read("1", ASKED) == Read(options[0].label)
    assert kind.read(options[0].label[:60], ASKED) == Read(options[0].label)


def test_a_value_that_the_sheet_has_no_more_is_no_option() -> None:
    assert SheetOption(line("linkage").options).option("gone") is None
    assert score.claims(RICE, {score.key_of(line("linkage").id): "gone"}) == {}


def test_a_criterion_may_be_left_open() -> None:
    talk = at(line("linkage")).say("bỏ qua")

    assert talk.turns[-1].outcome == "sent"
    assert score.claims(talk.run.facts, talk.answers) == {}


def test_what_was_passed_over_is_known() -> None:
    first, second, *_ = sheets.sheet(RULES, 3).criteria

    talk = chat(only=[first.id, second.id]).say("bỏ qua", "1")

    assert score.passed_over(talk.run.facts, talk.run.skipped) == (first.id,)


# -- what follows an answer -----------------------------------------------------------------------


def needy(number: int = 3) -> tuple[sheets.Criterion, sheets.Option, str]:
    """A criterion with an option that needs a paper, and the paper."""
    needs = checklist.needs_of
    for each in sheets.sheet(RULES, number).criteria:
        for option in each.options:
            if found := needs(score._dossier(RICE), each, option):
                return each, option, found[0].papers[0]
    raise AssertionError(number)


def test_the_points_are_told_and_the_papers_without_which_they_do_not_count() -> None:
    criterion, option, paper = needy()

    talk = at(criterion).say(str(criterion.options.index(option) + 1))

    assert talk.said == ["score.points_with"]
    (said,) = talk.turns[-1].messages
    assert said.args["points"] == option.points
    assert Message(f"papers.name_{paper}") in said.args["papers"]


def test_with_the_papers_there_only_the_points_are_told() -> None:
    criterion, option, _ = needy()
    needs = checklist.needs_of(score._dossier(RICE), criterion, option)
    have = [id_ for need in needs for id_ in need.papers]

    talk = at(criterion, have=have).say(str(criterion.options.index(option) + 1))

    assert talk.said == ["score.points"]
    assert f"{option.points}/{criterion.max} điểm" in talk.words()


def test_an_option_without_points_says_so() -> None:
    criterion = next(each for each in sheets.sheet(RULES, 3).criteria if not each.options[0].points)

    assert f"0/{criterion.max} điểm" in at(criterion).say("1").words()


def test_what_follows_is_said_before_the_next_question() -> None:
    talk = chat().say("2")

    (letter,) = talk.turns[-1].messages
    assert [each.key.partition("_")[0] for each in letter.lead] == ["score.points"]
    assert letter.prompt == talk.session.token


def test_a_follow_that_breaks_does_not_silence_the_talk() -> None:
    def breaks(*_: Any) -> Message:
        raise RuntimeError

    kind = SheetOption(line("linkage").options)
    form = Form("trial", 1, (Question("a", kind, follow=breaks), Question("b", kind)))

    talk = Chat(form).begun().say("1")

    assert talk.run.at == "b"
    assert talk.turns[-1].alerts == ("trial follow a: RuntimeError",)


# -- again ----------------------------------------------------------------------------------------


def test_the_answer_of_last_time_is_a_guess_to_be_confirmed() -> None:
    criterion = line("linkage")
    last = {criterion.id: "linkage_half"}

    talk = at(criterion, last=last)

    assert talk.said[-1] == "engine.confirm"
    assert "Bao nhiêu phần hàng" in talk.words()
    assert "Từ 50% đến dưới 75%" in talk.words()
    assert talk.say("đúng").answers == {score.key_of(criterion.id): "linkage_half"}


def test_or_it_is_answered_otherwise_this_time() -> None:
    criterion = line("linkage")

    talk = at(criterion, last={criterion.id: "linkage_half"}).say("không", "4")

    assert talk.answers == {score.key_of(criterion.id): called(criterion.options[3])}
