"""Hand-made dossiers of every set and case get the papers, points and star reckoned by hand."""

import pytest

from programme import checklist, renewal, scoring
from tests.programme.dossier_table import Case, cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_dossier_gets_what_the_sheet_gives_by_hand(case: Case) -> None:
    whole = renewal.with_last_claims(case.dossier)
    found = scoring.score(whole)
    expect = case.expect

    missing = [line.papers[0].id for line in checklist.missing(whole)]
    assert missing == expect["missing"]
    assert list(found.by_part.values()) == expect["points"]
    assert found.star == expect["star"]
    assert found.star_of_sheet == expect.get("sheet_star", expect["star"])
    assert [stop.id for stop in found.stops] == expect.get("stops", [])


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_dossier_is_told_what_blocks_its_next_star(case: Case) -> None:
    found = scoring.score(renewal.with_last_claims(case.dossier)).next
    expect = case.expect

    if expect["next"] is None:
        assert found is None
        return
    assert found is not None
    assert found.star == expect["next"]
    assert found.points_lacking == expect["lacking"]
    assert [each.criterion for each in found.short] == expect["short"]


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "uncounted" in case.expect],
    ids=lambda case: case.name,
)
def test_what_counts_nothing_is_named_with_what_the_papers_would_carry(case: Case) -> None:
    found = scoring.score(renewal.with_last_claims(case.dossier))

    proven = {each.criterion: each.proven for each in found.uncounted}
    assert proven == case.expect["uncounted"]
    assert all(found.counted[id_] == 0 for id_ in proven)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "changed" in case.expect], ids=lambda case: case.name
)
def test_only_what_changed_or_ran_out_is_asked_again(case: Case) -> None:
    found = renewal.again(case.dossier)

    assert list(found.changed) == case.expect["changed"]
    assert list(found.answer) == case.expect["answer"]
    assert list(found.confirm) == case.expect["confirm"]
    assert [line.papers[0].id for line in found.papers] == case.expect["missing"]


def test_the_table_holds_every_set_and_every_kind_of_dossier() -> None:
    ours = [case.dossier for case in CASES if case.dossier.rules.name == "26-2026"]

    assert {dossier.product_set for dossier in ours} == set(range(1, 27))
    assert {dossier.case for dossier in ours} == {"first", "upgrade", "reassess"}
    assert len(ours) >= 60
