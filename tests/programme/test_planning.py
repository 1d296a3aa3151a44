"""Her own dated plan: what to begin when, and the honest word when a round is out of reach."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import checklist, papers, renewal, ruleset, workdays
from programme.calendar import Calendar
from programme.dossier import Dossier
from programme.papers import Days, Evidence
from programme.planning import SPARE, Item, Plan, plan
from programme.rounds import Round
from tests.programme.dossier_table import cases

CALENDAR = Calendar(ruleset.newest())
CASES = [
    renewal.with_last_claims(case.dossier)
    for case in cases()
    if case.dossier.rules == ruleset.newest()
]
NOVEMBER = date(2026, 11, 23)
SAUSAGE = Dossier(ruleset.newest(), 8, Days(NOVEMBER, date(2027, 6, 30)))


def planned(dossier: Dossier, today: date, changed: workdays.Changed | None = None) -> Plan:
    """The plan for the next round, with the three after it."""
    round_, *later = CALENDAR.upcoming(today, most=4)
    days = [(each, CALENDAR.file_by(each)) for each in later]
    file_by, council = CALENDAR.file_by(round_), CALENDAR.council(round_.key)
    return plan(dossier, round_, file_by, council, today, changed=changed, following=days)


def named(found: Plan) -> dict[str, Item]:
    return {each.line.papers[0].id if each.line else each.kind: each for each in found.items}


def days(found: Plan) -> dict[str, date]:
    return {name: each.begin for name, each in named(found).items()}


def test_who_begins_in_november_has_a_calm_plan() -> None:
    found = planned(SAUSAGE, NOVEMBER)

    assert (found.pace, found.file_by, found.council) == (
        *("calm", date(2027, 4, 7), date(2027, 6, 30)),
    )
    assert days(found) == {
        "score": date(2026, 11, 23),
        "food_safety_certificate": date(2026, 11, 23),
        "form_02": date(2027, 3, 24),
        "samples": date(2027, 3, 24),
        "form_01": date(2027, 3, 26),
        "file": date(2027, 4, 5),
    }
    assert found.next is None
    assert found.too_late == ()


def test_a_paper_is_begun_two_working_days_sooner_than_it_must_be() -> None:
    certificate = named(planned(SAUSAGE, NOVEMBER))["food_safety_certificate"]

    assert certificate.wait_days == 30
    assert certificate.begin_by == date(2027, 2, 22)  # Tết lies before it, Giỗ Tổ after
    assert certificate.ready == date(2027, 1, 6)  # the 24th of November and New Year are off


@pytest.mark.parametrize(
    ("today", "pace"),
    [
        (date(2027, 2, 19), "calm"),
        (date(2027, 2, 22), "tight"),
        (date(2027, 2, 24), "tight"),
        (date(2027, 2, 25), "late"),
        (date(2027, 4, 20), "late"),
    ],
)
def test_the_pace_changes_on_the_day_on_which_the_longest_paper_must_be_begun(
    today: date, pace: str
) -> None:
    """Thirty working days before the 7th of April is the 24th of February."""
    assert planned(SAUSAGE, today).pace == pace


def test_who_comes_late_gets_everything_at_once_the_longest_first() -> None:
    busy = next(each for each in CASES if each.product_set == SAUSAGE.product_set)
    found = planned(replace(busy, evidence=()), date(2027, 2, 23))
    out = [each for each in found.items if each.errand]

    assert found.pace == "tight"
    assert len(out) > 5
    assert {each.begin for each in out} == {date(2027, 2, 23)}
    assert [each.wait_days for each in out] == sorted(
        (each.wait_days for each in out), reverse=True
    )


def test_who_comes_too_late_is_told_the_next_round() -> None:
    found = planned(SAUSAGE, date(2027, 3, 30))

    assert found.pace == "late"
    assert found.next is not None
    assert found.next.key == "tinh-2-2027"
    assert [each.line.papers[0].id for each in found.too_late if each.line] == [
        "food_safety_certificate"
    ]


def test_after_the_day_of_handing_in_even_a_whole_dossier_is_late() -> None:
    assert planned(whole(SAUSAGE), date(2027, 4, 8)).pace == "late"
    assert planned(whole(SAUSAGE), date(2027, 4, 7)).pace == "tight"
    assert planned(whole(SAUSAGE), date(2027, 4, 2)).pace == "calm"


def whole(dossier: Dossier) -> Dossier:
    ids = [line.papers[0] for line in checklist.lines(dossier)]
    given = tuple(Evidence(each.id, issued=NOVEMBER, count=each.count) for each in ids)
    return replace(dossier, evidence=given)


def test_a_whole_dossier_is_only_to_be_scored_and_handed_in() -> None:
    found = planned(whole(SAUSAGE), NOVEMBER)

    assert [each.kind for each in found.items] == ["score", "file"]


def test_what_is_scored_already_is_not_to_be_scored() -> None:
    scored = next(
        each
        for each in CASES
        if all(criterion.id in each.claims for criterion in each.sheet.criteria)
    )

    assert "score" not in named(planned(scored, NOVEMBER))


def test_a_paper_that_ends_before_the_council_meets_is_to_be_renewed() -> None:
    ending = Evidence("food_safety_certificate", NOVEMBER, expires=date(2027, 5, 20))
    holder = replace(whole(SAUSAGE), evidence=(*whole(SAUSAGE).evidence[:3], ending))
    round_ = CALENDAR.upcoming(NOVEMBER)[0]
    by = CALENDAR.file_by(round_)

    early = plan(holder, round_, by, date(2027, 5, 10), NOVEMBER)
    late = plan(holder, round_, by, date(2027, 6, 10), NOVEMBER)

    assert "food_safety_certificate" not in named(early)
    assert "food_safety_certificate" in named(late)


@pytest.mark.parametrize("blurred", [True, False])
def test_a_blurred_picture_is_taken_again_in_a_day(blurred: bool) -> None:
    """It would be no honest word to send someone to the next round for a picture."""
    given = Evidence("food_safety_certificate", NOVEMBER, verdict="blurred" if blurred else "wrong")
    found = planned(replace(SAUSAGE, evidence=(given,)), date(2027, 4, 1))

    assert found.pace == ("tight" if blurred else "late")
    assert named(found)["food_safety_certificate"].wait_days == (1 if blurred else 30)


def test_what_is_done_at_home_takes_no_turn_of_the_errands() -> None:
    given = Evidence("food_safety_certificate", NOVEMBER, verdict="blurred")
    busy = next(each for each in CASES if each.product_set == SAUSAGE.product_set)

    found = planned(replace(busy, evidence=(given,)), NOVEMBER)

    picture = named(found)["food_safety_certificate"]
    assert (picture.errand, picture.begin) == (False, date(2026, 11, 27))
    out = [each.begin for each in found.items if each.errand]
    assert out[:3] == [date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 30)]


def test_a_proof_that_cannot_come_in_time_does_not_make_the_rest_late() -> None:
    """A trademark takes years; the dossier is handed in without those points."""
    claimed = next(
        each
        for each in CASES
        if "trademark_certificate" in {line.papers[0].id for line in checklist.lines(each)}
    )
    held = tuple(each for each in whole(claimed).evidence if each.paper != "trademark_certificate")
    found = planned(replace(claimed, evidence=held), NOVEMBER)

    assert found.pace == "calm"
    assert [each.line.papers[0].id for each in found.too_late if each.line] == [
        "trademark_certificate"
    ]
    assert days(found)["trademark_certificate"] == NOVEMBER


def test_no_round_is_named_where_none_can_be_reached() -> None:
    round_ = CALENDAR.upcoming(NOVEMBER)[0]
    today = date(2027, 4, 20)

    found = plan(SAUSAGE, round_, CALENDAR.file_by(round_), round_.finish_before, today)

    assert (found.pace, found.next) == ("late", None)


def test_what_must_not_wait_names_the_round_though_a_trademark_waits_longer() -> None:
    claimed = next(
        each
        for each in CASES
        if "trademark_certificate" in {line.papers[0].id for line in checklist.lines(each)}
    )
    found = planned(replace(claimed, evidence=()), date(2027, 4, 20))

    assert found.pace == "late"
    assert found.next is not None
    assert found.next.key == "tinh-2-2027"


def test_two_errands_a_week_and_the_longest_first() -> None:
    busy = max(CASES, key=lambda each: len(checklist.lines(each)))
    leads = {each.id for each in papers.papers(busy.rules).values() if each.lead_days <= 30}
    short = tuple(
        each
        for each in whole(busy).evidence
        if each.paper not in leads or each.paper == "food_safety_certificate"
    )
    found = planned(replace(busy, evidence=short), NOVEMBER)
    out = [each for each in found.items if each.errand]

    assert found.pace == "calm"
    assert len(out) > 4
    assert max(Counter(each.begin.isocalendar()[:2] for each in out).values()) == 2
    assert [each.wait_days for each in out] == sorted(
        (each.wait_days for each in out), reverse=True
    )


def test_a_day_that_the_office_closed_is_not_proposed() -> None:
    closed = {NOVEMBER: True, date(2027, 4, 5): True}

    found = days(planned(SAUSAGE, NOVEMBER, closed))

    assert found["food_safety_certificate"] == date(2026, 11, 25)
    assert found["file"] == date(2027, 4, 2)


TODAYS = st.dates(date(2026, 6, 1), date(2029, 12, 31))
CHANGED = st.dictionaries(st.dates(date(2026, 6, 1), date(2030, 1, 1)), st.booleans(), max_size=5)


@given(st.sampled_from(CASES), TODAYS, CHANGED, st.floats(0, 1), st.data())
def test_every_plan_keeps_its_word(
    dossier: Dossier, today: date, changed: dict[date, bool], share: float, data: st.DataObject
) -> None:
    held = tuple(each for n, each in enumerate(dossier.evidence) if n % 10 < share * 10)
    round_ = data.draw(st.sampled_from(CALENDAR.upcoming(today)))
    by = CALENDAR.file_by(round_) + timedelta(days=data.draw(st.integers(-9, 9)))
    asked = replace(dossier, evidence=held)

    found = plan(asked, round_, by, round_.finish_before, today, changed=changed)

    for each in found.items:
        assert each.begin >= today
        assert not workdays.off(each.begin, changed)
        assert not workdays.off(each.begin_by, changed)
        assert each.ready == workdays.after(each.begin, each.wait_days, changed)
        assert each.begin_by == workdays.before(by, each.wait_days + SPARE, changed)
    _in_good_time(found)
    assert [each.begin for each in found.items] == sorted(each.begin for each in found.items)
    lacking = checklist.missing(replace(asked, days=Days(today, round_.finish_before)))
    assert Counter(each.line for each in found.items if each.line) == Counter(lacking)
    assert [each.kind for each in found.items].count("file") == 1


def _in_good_time(found: Plan) -> None:
    in_time = [each for each in found.items if each not in found.too_late]
    if found.pace == "calm":
        assert all(each.begin <= each.begin_by for each in in_time)
        errands = Counter(each.begin.isocalendar()[:2] for each in in_time if each.errand)
        assert max(errands.values(), default=0) <= 2
    if found.pace != "late":
        assert not any(each.line and each.line.stops for each in found.too_late)
        assert found.file_by >= next(each for each in found.items if each.kind == "file").begin


@given(st.sampled_from(CASES), TODAYS)
def test_a_late_plan_names_a_round_that_is_not_late(dossier: Dossier, today: date) -> None:
    found = planned(dossier, today)

    if found.next is not None:
        next_: Round = found.next
        by = CALENDAR.file_by(next_)
        again = plan(dossier, next_, by, next_.finish_before, today)
        assert found.pace == "late"
        assert again.pace != "late"
