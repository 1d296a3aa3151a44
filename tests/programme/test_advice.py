"""What to see to first, how far a dossier is, and by when each thing must be begun."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from programme import advice, betterment, checklist, renewal, ruleset, scoring
from programme.betterment import Path
from programme.dossier import Dossier
from programme.papers import Days, Evidence
from tests.programme.dossier_table import Case, cases

TODAY, COUNCIL = date(2026, 11, 23), date(2027, 6, 30)
RICE = Dossier(ruleset.newest(), 3, Days(TODAY, COUNCIL))
SAUSAGE = Dossier(ruleset.newest(), 8, Days(TODAY, COUNCIL))
FILE_BY = date(2027, 4, 7)


def test_what_stops_everything_comes_first_and_then_what_takes_longest() -> None:
    lines = advice.by_urgency(SAUSAGE)

    stopping = [bool(line.stops) for line in lines]
    assert stopping == sorted(stopping, reverse=True)
    assert any(stopping)
    for one, next_ in pairwise(lines):
        if bool(one.stops) == bool(next_.stops):
            assert one.wait_days >= next_.wait_days
    assert {line.papers for line in lines} == {line.papers for line in checklist.missing(SAUSAGE)}


def test_a_dossier_with_everything_has_nothing_first() -> None:
    ids = [line.papers[0] for line in checklist.lines(RICE)]
    given = tuple(Evidence(paper.id, issued=TODAY, count=paper.count) for paper in ids)
    whole = Dossier(RICE.rules, 3, RICE.days, evidence=given)

    assert advice.by_urgency(whole) == ()
    assert advice.progress(whole) == (len(ids), len(ids))


def test_progress_counts_what_is_done() -> None:
    before, total = advice.progress(RICE)

    one_more = Dossier(RICE.rules, 3, RICE.days, evidence=(Evidence("form_01"),))

    assert advice.progress(one_more) == (before + 1, total)


def test_a_paper_is_begun_so_early_that_it_is_there_in_time() -> None:
    begin = {
        line.papers[0].id: advice.begin_by(line, FILE_BY) for line in checklist.missing(SAUSAGE)
    }

    assert begin == {
        "form_01": date(2027, 4, 6),
        "form_02": date(2027, 4, 2),
        "samples": date(2027, 4, 2),
        "food_safety_certificate": date(2027, 2, 24),  # thirty working days
    }


CASES = [case for case in cases() if case.dossier.rules == ruleset.newest()][::6]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_steps_of_a_path_are_its_changes_in_the_order_of_their_beginning(
    case: Case,
) -> None:
    whole = renewal.with_last_claims(case.dossier)
    found = scoring.score(whole).next
    way = betterment.cheapest(whole, found.star) if found else None
    if not isinstance(way, Path):
        return

    steps = advice.steps(way, FILE_BY)

    assert {step.criterion for step in steps} == {c.criterion for c in way.changes if c.option}
    assert [step.begin_by for step in steps] == sorted(step.begin_by for step in steps)
    assert all(step.begin_by + timedelta(days=step.days) == FILE_BY for step in steps)
