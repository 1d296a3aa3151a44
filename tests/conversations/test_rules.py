"""Facts about several answers together, answers that no longer hold, and readers that break."""

from datetime import date, timedelta
from typing import Any

import pytest

from conversations.choosing import RoundKind
from conversations.form import Form, Question, Rule
from conversations.forms import catalogue
from conversations.play import Turn
from tests.conversations.samples import filled, standing_at
from tests.conversations.trial import (
    COLOUR,
    LONG,
    LOSS,
    NAME,
    Broken,
    breaks,
    chat,
)

BROKEN = Question("number", Broken())


# -- rules ----------------------------------------------------------------------------------------


def test_a_hard_rule_sends_back_to_its_last_question() -> None:
    talk = chat(NAME, COLOUR, rules=(LOSS,)).say("lỗ", "đỏ")

    assert talk.run.at == "colour"
    assert talk.said == ["engine.noted", "trial.rule_loss", "engine.given", "trial.ask_colour"]
    assert talk.answers == {"name": "lỗ", "colour": "red"}


def test_while_a_hard_rule_is_broken_nothing_can_be_handed_in() -> None:
    talk = chat(NAME, COLOUR, rules=(LOSS,)).say("lỗ", "đỏ", "gửi")

    assert talk.turns[-1].outcome == ""
    assert talk.run.at == "colour"


def test_once_it_is_mended_the_form_goes_on() -> None:
    talk = chat(NAME, COLOUR, rules=(LOSS,)).say("lỗ", "đỏ", "xanh", "gửi")

    assert talk.turns[-1].outcome == "sent"


def test_a_soft_rule_is_said_once_and_hinders_nobody() -> None:
    talk = chat(NAME, COLOUR, rules=(LONG,)).say("tên rất là dài")
    first = talk.said

    talk.say("sửa 1 thành tên còn dài hơn nữa")
    second = talk.said

    assert first == ["trial.rule_long", "trial.ask_colour"]
    assert "trial.rule_long" not in second
    assert talk.say("đỏ", "gửi").turns[-1].outcome == "sent"


def test_a_soft_rule_is_said_when_an_edit_breaks_it() -> None:
    talk = chat(NAME, COLOUR, rules=(LONG,)).say("tên", "sửa 1 thành tên rất là dài")

    assert "trial.rule_long" in talk.said


def test_the_law_on_local_materials_is_told_where_it_concerns() -> None:
    """Bộ 3 needs materials that are all from the province."""
    talk = standing_at(catalogue["idea"], "materials.0.shares")

    talk.say("xã 10%, tỉnh 30%", "1")

    assert "idea.rule_local_origin" in talk.said


@pytest.mark.parametrize("hard", [True, False])
def test_a_rule_that_breaks_hinders_nobody_and_is_told_to_those_who_mend_it(hard: bool) -> None:
    rule = Rule("wild", ("name",), breaks, hard=hard)

    talk = chat(NAME, COLOUR, rules=(rule,)).say("gạo", "đỏ", "gửi")

    assert talk.turns[-1].outcome == "sent"
    assert alerts(talk.turns) == {"trial rule wild: RuntimeError"}


def alerts(turns: list[Turn]) -> set[str]:
    return {alert for turn in turns for alert in turn.alerts}


# -- answers that no longer hold ------------------------------------------------------------------


def test_a_round_that_is_over_is_asked_again_at_the_review_with_the_reason() -> None:
    talk = standing_at(catalogue["idea"], "round").say("1")
    talk.now += timedelta(days=400)

    talk.say("xem lại")

    assert talk.said == ["engine.stale", "idea.ask_round"]
    assert "round" not in talk.answers
    assert talk.say("1").run.at == "review"


def test_who_comes_back_after_years_and_just_sends_is_asked_too() -> None:
    talk = filled(catalogue["idea"])
    talk.now += timedelta(days=800)

    talk.say("gửi")

    assert talk.turns[-1].outcome == ""
    assert talk.run.at == "round"
    assert len(talk.answers) == 13


def test_a_round_still_ahead_holds() -> None:
    talk = filled(catalogue["idea"])
    talk.now += timedelta(days=30)

    assert talk.say("gửi").turns[-1].outcome == "sent"


def test_a_producer_that_is_no_longer_ours_is_asked_again() -> None:
    talk = filled(catalogue["idea"])
    run = talk.run
    stranger = {**run.answers["producer"], "value": 99}
    talk.say("xem lại")
    kind = catalogue["idea"].question("producer").kind

    assert kind.stale(stranger, play_asked(talk.run.facts))
    assert not kind.stale(run.answers["producer"], play_asked(talk.run.facts))


def play_asked(facts: dict[str, Any]) -> Any:
    from conversations.answers import Asked  # noqa: PLC0415 - used here alone

    return Asked("idea", "producer", date(2026, 11, 23), {}, facts)


def test_a_check_that_breaks_lets_the_answer_stand() -> None:
    talk = chat(Question("number", Broken()), NAME).say("mười hai", "gạo")

    assert talk.run.at == "review"
    assert "trial stale number: RuntimeError" in alerts(talk.turns)


# -- readers that break ---------------------------------------------------------------------------


def test_a_reader_that_breaks_keeps_the_words_for_the_officer_and_goes_on() -> None:
    talk = chat(BROKEN, NAME).say("mười hai")

    assert talk.answers == {"number": {"raw": "mười hai"}}
    assert talk.said[0] == "engine.kept_for_officer"
    assert talk.run.at == "name"
    assert alerts(talk.turns) == {"trial.number: RuntimeError"}


def test_what_it_keeps_is_read_out_as_it_was_typed() -> None:
    talk = chat(BROKEN, NAME).say("mười hai")

    assert talk.turns[-1].messages[0].lead[1].args["value"].kind == "raw"


def test_the_alert_says_nothing_that_was_typed() -> None:
    talk = chat(BROKEN, NAME).say("0912345678")

    assert "0912345678" not in str(alerts(talk.turns))


def test_a_suggestion_that_breaks_just_asks_openly() -> None:
    talk = chat(Question("name", NAME.kind, suggest=breaks), COLOUR)

    assert talk.said == ["trial.ask_name"]
    assert alerts(talk.turns) == {"trial suggest name: RuntimeError"}


def test_a_broken_reader_in_an_edit_keeps_the_words_too() -> None:
    talk = chat(NAME, BROKEN, COLOUR).say("gạo", "mười hai", "sửa 2 thành mười ba")

    assert talk.answers["number"] == {"raw": "mười ba"}


# -- forms that end early -------------------------------------------------------------------------


def test_without_permission_nothing_more_is_asked() -> None:
    talk = standing_at(catalogue["profile"], "allowed").say("không")

    assert talk.turns[-1].outcome == "sent"
    assert talk.answers == {"whose": "other", "allowed": False}


def test_a_round_offers_the_next_two_that_can_still_be_reached() -> None:
    asked = play_asked({})

    offers = RoundKind().offers(asked)

    assert [offer.tap for offer in offers] == ["tinh-1-2027", "tinh-2-2027"]


def test_a_form_can_be_built_without_any_rule() -> None:
    talk = chat(NAME, COLOUR)

    assert isinstance(talk.form, Form)
    assert talk.say("gạo", "đỏ", "gửi").turns[-1].outcome == "sent"
