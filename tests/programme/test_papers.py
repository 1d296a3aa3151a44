"""A paper stands as its dates, its copy and an officer's mark make it stand."""

from datetime import date

import pytest

from programme import papers, ruleset
from programme.papers import Days, Evidence, State

TODAY, COUNCIL = date(2026, 11, 2), date(2026, 12, 10)
DAYS = Days(TODAY, COUNCIL)


def stands(given: Evidence | None, paper: str = "test_report", rules: str = "26-2026") -> State:
    kind = papers.papers(ruleset.rule_set(rules))[paper]
    return papers.state(kind, (given,) if given else (), DAYS)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (None, State.MISSING),
        (Evidence("labour_list"), State.MISSING),
        (Evidence("test_report"), State.UNDATED),
        (Evidence("test_report", issued=date(2025, 12, 10)), State.GIVEN),
        (Evidence("test_report", issued=date(2025, 12, 9)), State.EXPIRES_BEFORE_COUNCIL),
        (Evidence("test_report", issued=date(2025, 11, 2)), State.EXPIRES_BEFORE_COUNCIL),
        (Evidence("test_report", issued=date(2025, 11, 1)), State.EXPIRED),
        (Evidence("test_report", issued=date(2026, 11, 3)), State.WRONG),
        (Evidence("test_report", expires=date(2026, 11, 1)), State.EXPIRED),
        (Evidence("test_report", expires=COUNCIL), State.GIVEN),
        (Evidence("test_report", expires=COUNCIL, verdict="accepted"), State.ACCEPTED),
        (Evidence("test_report", expires=COUNCIL, verdict="blurred"), State.BLURRED),
        (Evidence("test_report", expires=COUNCIL, verdict="wrong"), State.WRONG),
        (Evidence("test_report", expires=COUNCIL, verdict="returned"), State.RETURNED),
    ],
)
def test_a_test_report_is_good_for_a_year_and_on_the_council_day(
    given: Evidence | None, state: State
) -> None:
    assert stands(given) is state


def test_a_paper_without_a_term_needs_no_date() -> None:
    assert stands(Evidence("story_text"), "story_text") is State.GIVEN


def test_four_samples_are_too_few() -> None:
    assert stands(Evidence("samples", count=4), "samples") is State.TOO_FEW
    assert stands(Evidence("samples", count=5), "samples") is State.GIVEN


def test_the_oldest_rules_want_a_notary_on_the_registration() -> None:
    plain = Evidence("business_registration", copy="plain")
    certified = Evidence("business_registration", copy="certified")

    assert stands(plain, "business_registration") is State.GIVEN
    assert stands(plain, "business_registration", "1048-781") is State.NEEDS_CERTIFIED_COPY
    assert stands(certified, "business_registration", "1048-781") is State.GIVEN


def test_of_several_copies_the_best_speaks() -> None:
    kind = papers.papers(ruleset.newest())["test_report"]
    old = Evidence("test_report", issued=date(2024, 1, 1))
    new = Evidence("test_report", issued=date(2026, 10, 1))

    assert papers.state(kind, (old, new), DAYS) is papers.state(kind, (new, old), DAYS)
    assert papers.state(kind, (old, new), DAYS) is State.GIVEN


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 36, date(2029, 12, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    day: date, months: int, end: date
) -> None:
    assert papers.later(day, months) == end


def test_a_state_counts_or_it_does_not() -> None:
    assert [state for state in State if state.counts] == [
        State.UNDATED,
        State.GIVEN,
        State.ACCEPTED,
    ]
