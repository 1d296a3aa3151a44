"""The rounds as officers made them: moved, added, with steps of a province or a commune."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import calendar, rounds, ruleset
from programme.calendar import STEPS, Calendar, Fit, Home, Milestone, NoRound, Step, propose, season

LAW = ruleset.rule_set("26-2026")
PLAIN = Calendar(LAW)
BAC_HA = Home("02869", "15")
ELSEWHERE = Home("00001", "01")
SPRING = "tinh-1-2027"
EXTRA = "tinh-3-2027"


def row(step: Step, day: date, area: str = "", key: str = SPRING, **more: Any) -> Milestone:
    return Milestone(key, step, area, day, **more)


def extra(area: str = "15") -> tuple[Milestone, ...]:
    return (
        row("propose", date(2027, 8, 16), area, EXTRA),
        row("decide", date(2027, 9, 20), area, EXTRA),
    )


def test_the_steps_are_those_of_a_round_in_their_order() -> None:
    assert get_args(Step) == STEPS


# -- what the law says -----------------------------------------------------------------------------


def test_a_rule_set_makes_the_rows_of_a_year() -> None:
    found = [(each.round, each.step, each.day, each.basis) for each in calendar.base(2027, LAW)]

    assert found == [
        ("bo-2-2027", "propose", date(2027, 1, 29), "law"),
        ("bo-2-2027", "decide", date(2027, 3, 29), "law"),
        ("tinh-1-2027", "file", date(2027, 4, 7), "derived"),
        ("tinh-1-2027", "propose", date(2027, 4, 29), "law"),
        ("tinh-1-2027", "decide", date(2027, 6, 29), "law"),
        ("bo-1-2027", "propose", date(2027, 7, 29), "law"),
        ("bo-1-2027", "decide", date(2027, 9, 29), "law"),
        ("tinh-2-2027", "file", date(2027, 10, 8), "derived"),
        ("tinh-2-2027", "propose", date(2027, 10, 29), "law"),
        ("tinh-2-2027", "decide", date(2027, 12, 29), "law"),
    ]


def test_rules_without_rounds_make_no_rows() -> None:
    assert calendar.base(2027, ruleset.rule_set("1048-781")) == ()


@pytest.mark.parametrize("home", [None, BAC_HA, Home("", "15"), Home("", "")])
def test_without_rows_the_calendar_is_the_law(home: Home | None) -> None:
    for each in rounds.rounds(2027, LAW):
        assert PLAIN.round(each.key, home) == each
        assert PLAIN.file_by(each, home) == rounds.file_by(each, LAW)
        assert PLAIN.council(each.key, home) == each.finish_before
    assert {
        row.day for each in rounds.rounds(2027, LAW) for row in PLAIN.of(each.key).values()
    } == {row.day for row in calendar.base(2027, LAW)}


@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 5), st.sampled_from(["tinh", "bo"])
)
def test_without_rows_the_next_rounds_are_those_of_the_law(
    today: date, most: int, level: str
) -> None:
    found = PLAIN.upcoming(today, BAC_HA, level, most)

    assert found == rounds.upcoming(today, level, most, LAW)


# -- what officers set -----------------------------------------------------------------------------


def test_a_province_moves_a_date_for_its_own_people_only() -> None:
    moved = Calendar(LAW, (row("propose", date(2027, 4, 15), "15", reason="Giỗ Tổ"),))

    ours, theirs = moved.round(SPRING, BAC_HA), moved.round(SPRING, ELSEWHERE)

    assert ours
    assert ours.intake_before == date(2027, 4, 16)
    assert ours.finish_before == date(2027, 6, 30)
    assert theirs == moved.round(SPRING) == rounds.named(SPRING, LAW)
    assert moved.of(SPRING, BAC_HA)["propose"].reason == "Giỗ Tổ"
    assert moved.of(SPRING, BAC_HA)["propose"].basis == "office"


def test_the_day_of_handing_in_moves_with_the_day_of_proposing() -> None:
    moved = Calendar(LAW, (row("propose", date(2027, 5, 28), "15"),))

    assert moved.file_by(SPRING, BAC_HA) == date(2027, 5, 7)
    assert moved.of(SPRING, BAC_HA)["file"] == row(
        "file", date(2027, 5, 7), key=SPRING, basis="derived"
    )


def test_the_rows_of_the_law_stand_in_the_way_of_nothing_that_follows() -> None:
    """They are kept as soon as the clock runs."""
    moved, kept = row("propose", date(2027, 5, 28), "15"), calendar.base(2027, LAW)
    closed = Calendar(LAW, kept, {date(2027, 4, 7): True})

    assert Calendar(LAW, (*kept, moved)).file_by(SPRING, BAC_HA) == date(2027, 5, 7)
    assert closed.file_by(SPRING) == date(2027, 4, 6)


def test_a_day_of_handing_in_that_an_officer_set_stays() -> None:
    set_ = row("file", date(2027, 3, 19), "02869")
    moved = Calendar(LAW, (set_, row("propose", date(2027, 5, 28), "15")))

    assert moved.file_by(SPRING, BAC_HA) == date(2027, 3, 19)
    assert moved.of(SPRING, BAC_HA)["file"] == set_
    assert moved.file_by(SPRING, Home("02870", "15")) == date(2027, 5, 7)


def test_the_commune_speaks_before_the_province_and_that_before_everyone() -> None:
    rows = (
        row("training", date(2027, 1, 7), "02869"),
        row("training", date(2027, 1, 6), "15"),
        row("training", date(2027, 1, 5)),
    )
    set_ = Calendar(LAW, rows)

    days = [
        set_.of(SPRING, home)["training"].day
        for home in (BAC_HA, Home("02870", "15"), Home("", "15"), ELSEWHERE, None)
    ]

    assert days == [date(2027, 1, day) for day in (7, 6, 6, 5, 5)]


def test_of_two_rows_for_one_step_and_place_the_later_counts() -> None:
    rows = (row("council", date(2027, 6, 1), "15"), row("council", date(2027, 6, 8), "15"))

    assert Calendar(LAW, rows).council(SPRING, BAC_HA) == date(2027, 6, 8)


def test_the_steps_that_nobody_set_are_absent_and_the_others_in_order() -> None:
    rows = (row("training", date(2027, 1, 6)), row("ideas", date(2026, 12, 1)))

    assert list(Calendar(LAW, rows).of(SPRING)) == [
        "ideas",
        "training",
        "file",
        "propose",
        "decide",
    ]
    assert "file" not in PLAIN.of("bo-1-2027")
    assert PLAIN.of("huyen-1-2027") == {}


def test_days_that_the_office_closed_are_taken_out_of_the_fifteen() -> None:
    closed = Calendar(LAW, changed={date(2027, 4, 12): True, date(2027, 4, 10): False})

    assert closed.file_by(SPRING) == date(2027, 4, 7)
    assert Calendar(LAW, changed={date(2027, 4, 12): True}).file_by(SPRING) == date(2027, 4, 6)


# -- extra rounds ----------------------------------------------------------------------------------


def test_an_extra_round_is_one_of_the_rounds_of_its_province() -> None:
    more = Calendar(LAW, extra())

    assert [each.key for each in more.rounds(2027, home=BAC_HA)] == [
        *(SPRING, EXTRA, "tinh-2-2027"),
    ]
    assert [each.key for each in more.rounds(2027, home=ELSEWHERE)] == [SPRING, "tinh-2-2027"]
    assert more.round(EXTRA, BAC_HA) == rounds.Round(
        EXTRA, "tinh", 3, 2027, date(2027, 8, 17), date(2027, 9, 21)
    )
    assert more.round(EXTRA, ELSEWHERE) is None
    assert more.file_by(EXTRA, BAC_HA) == date(2027, 7, 26)
    assert more.upcoming(date(2027, 5, 1), BAC_HA)[0].key == EXTRA


def test_an_extra_round_without_an_end_is_none() -> None:
    half = Calendar(LAW, extra()[:1])

    assert half.round(EXTRA, BAC_HA) is None
    assert [each.key for each in half.rounds(2027, home=BAC_HA)] == [SPRING, "tinh-2-2027"]


def test_a_round_moved_over_the_new_year_can_still_be_reached_in_it() -> None:
    moved = Calendar(LAW, (row("propose", date(2028, 1, 14), "15", "tinh-2-2027"),))

    assert [each.key for each in moved.upcoming(date(2028, 1, 3), BAC_HA, most=2)] == [
        *("tinh-2-2027", "tinh-1-2028"),
    ]


def test_rounds_moved_past_one_another_come_by_date() -> None:
    moved = Calendar(LAW, (row("propose", date(2027, 11, 15), "15"),))

    assert [each.key for each in moved.rounds(2027, home=BAC_HA)] == ["tinh-2-2027", SPRING]
    assert moved.upcoming(date(2027, 11, 1), BAC_HA, most=1)[0].key == SPRING


def test_under_rules_without_rounds_a_province_makes_its_own() -> None:
    own = Calendar(ruleset.rule_set("1048-781"), extra())

    assert [each.key for each in own.rounds(2027, home=BAC_HA)] == [EXTRA]
    assert own.file_by(EXTRA, BAC_HA) == date(2027, 8, 16)


@pytest.mark.parametrize("key", ["", "tinh-9-2027", "xyz", EXTRA])
def test_an_unknown_round_has_no_days(key: str) -> None:
    assert PLAIN.round(key) is None
    with pytest.raises(NoRound):
        PLAIN.file_by(key)
    with pytest.raises(NoRound):
        PLAIN.council(key)


def test_a_round_that_the_calendar_does_not_know_still_has_its_day_of_handing_in() -> None:
    theirs = rounds.Round(EXTRA, "tinh", 3, 2027, date(2027, 8, 17), date(2027, 9, 21))

    assert PLAIN.file_by(theirs) == date(2027, 7, 26)


AREAS = st.sampled_from(["", "15", "01", "02869"])
KEYS = st.sampled_from([SPRING, EXTRA, "tinh-2-2027", "bo-1-2027", "nonsense"])
ROWS = st.builds(
    Milestone,
    KEYS,
    st.sampled_from(STEPS),
    AREAS,
    st.dates(date(2026, 10, 1), date(2028, 3, 1)),
)


@given(st.lists(ROWS, max_size=12).map(tuple), st.sampled_from([None, BAC_HA, ELSEWHERE]))
def test_whatever_officers_set_each_round_has_its_days(
    rows: tuple[Milestone, ...], home: Home | None
) -> None:
    made = Calendar(LAW, rows)

    for each in made.rounds(2027, home=home):
        steps = made.of(each.key, home)
        assert made.round(each.key, home) == each
        assert each.intake_before == steps["propose"].day + timedelta(days=1)
        assert each.finish_before == steps["decide"].day + timedelta(days=1)
        assert made.file_by(each, home) == made.file_by(each.key, home) == steps["file"].day
        assert all(row.area in {"", *(home or ())} for row in steps.values())


# -- which round for which harvest -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "fresh", "answer"),
    [
        ((6, 7), True, "yes"),
        ((5,), True, "yes"),
        ((4,), True, "no"),
        ((7, 8), True, "no"),
        ((7, 8), False, "store"),
        ((6, 7), False, "yes"),
        (range(1, 13), True, "yes"),
        ((), True, "yes"),
        ((), False, "yes"),
    ],
)
def test_fresh_goods_need_their_season_when_the_council_meets_others_can_be_kept(
    months: tuple[int, ...], fresh: bool, answer: str
) -> None:
    """The plums of June can be shown to the first round's council, those of July cannot."""
    spring = rounds.rounds(2027)[1]

    fit = season(months, spring, fresh=fresh)

    assert (fit.answer, fit.council_months) == (answer, (5, 6))


def test_the_second_round_of_the_province_meets_in_november_and_december() -> None:
    assert season((11,), rounds.rounds(2027)[3], fresh=True) == Fit("yes", (11, 12))


def test_the_day_of_the_council_decides_when_it_is_known() -> None:
    spring = rounds.rounds(2027)[1]

    assert season((5,), spring, fresh=True, council=date(2027, 6, 10)) == Fit("no", (6,))


def test_plums_are_for_the_first_round_though_the_second_is_nearer() -> None:
    autumn, spring = PLAIN.upcoming(date(2027, 5, 1), most=2)

    found = propose((5, 6), (autumn, spring), fresh=True)

    assert [(each.key, fit.answer) for each, fit in found] == [
        ("tinh-1-2028", "yes"),
        ("tinh-2-2027", "no"),
    ]


def test_what_keeps_goes_first_where_it_can_be_shown_in_season() -> None:
    coming = PLAIN.upcoming(date(2027, 5, 1), most=2)

    found = propose((5, 6), coming, fresh=False)

    assert [(each.key, fit.answer) for each, fit in found] == [
        ("tinh-1-2028", "yes"),
        ("tinh-2-2027", "store"),
    ]


def test_where_all_rounds_suit_the_nearest_comes_first() -> None:
    coming = PLAIN.upcoming(date(2026, 11, 23))

    assert [each for each, _ in propose((), coming, fresh=True)] == list(coming)


def test_a_council_on_a_day_out_of_season_puts_its_round_behind() -> None:
    coming = PLAIN.upcoming(date(2026, 11, 23), most=3)
    councils = {SPRING: date(2027, 6, 20)}

    found = propose((5,), coming, fresh=True, councils=councils)

    assert found[0][0].key == "tinh-1-2028"


def test_fresh_food_and_flowers_cannot_be_kept() -> None:
    assert [number for number in range(1, 27) if calendar.fresh(number)] == [1, 2, 23]
