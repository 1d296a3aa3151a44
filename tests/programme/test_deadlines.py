"""Every date and term of the decisions, as literal dates of 2026 to 2028."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from programme import papers, ruleset
from programme.rounds import Term, due, file_by, named, rounds, window

LAW, OLDER, OLDEST = (ruleset.rule_set(name) for name in ("26-2026", "148-1489", "1048-781"))
RECOGNISED = yaml.safe_load((Path(__file__).parent / "recognised.yaml").read_bytes())


@pytest.mark.parametrize(
    ("key", "propose_before", "decide_before"),
    [
        ("bo-2-2026", date(2026, 1, 30), date(2026, 3, 30)),
        ("tinh-1-2026", date(2026, 4, 30), date(2026, 6, 30)),
        ("bo-1-2026", date(2026, 7, 30), date(2026, 9, 30)),
        ("tinh-2-2026", date(2026, 10, 30), date(2026, 12, 30)),
        ("bo-2-2027", date(2027, 1, 30), date(2027, 3, 30)),
        ("tinh-1-2027", date(2027, 4, 30), date(2027, 6, 30)),
        ("bo-1-2027", date(2027, 7, 30), date(2027, 9, 30)),
        ("tinh-2-2027", date(2027, 10, 30), date(2027, 12, 30)),
        ("bo-2-2028", date(2028, 1, 30), date(2028, 3, 30)),
        ("tinh-1-2028", date(2028, 4, 30), date(2028, 6, 30)),
        ("bo-1-2028", date(2028, 7, 30), date(2028, 9, 30)),
        ("tinh-2-2028", date(2028, 10, 30), date(2028, 12, 30)),
    ],
)
def test_the_rounds_are_those_of_the_decision(
    key: str, propose_before: date, decide_before: date
) -> None:
    found = named(key, LAW)

    assert found is not None
    assert (found.intake_before, found.finish_before) == (propose_before, decide_before)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_year_has_no_rounds_but_those_four(year: int) -> None:
    assert len(rounds(year, LAW)) == 4


@pytest.mark.parametrize("rules", [OLDER, OLDEST], ids=lambda rules: rules.name)
def test_the_older_decisions_left_the_rounds_to_the_provinces(rules: ruleset.RuleSet) -> None:
    assert rounds(2026, rules) == ()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("tinh-1-2026", date(2026, 4, 7)),  # Giỗ Tổ off on the 27th
        ("tinh-1-2027", date(2027, 4, 7)),  # Giỗ Tổ on the 16th
        ("tinh-1-2028", date(2028, 4, 7)),
        ("tinh-2-2026", date(2026, 10, 8)),
        ("tinh-2-2027", date(2027, 10, 8)),
        ("tinh-2-2028", date(2028, 10, 6)),
    ],
)
def test_the_safe_day_leaves_the_commune_its_fifteen_working_days(key: str, day: date) -> None:
    found = named(key, LAW)
    assert found is not None

    safe = file_by(found, LAW)
    reviewed = due("commune_review", safe, LAW)

    assert safe == day
    assert reviewed is not None
    assert reviewed < found.intake_before


@pytest.mark.parametrize(
    ("term", "since", "last"),
    [
        ("commune_review", date(2026, 4, 7), date(2026, 4, 29)),
        ("commune_review", date(2027, 4, 7), date(2027, 4, 29)),
        ("commune_review", date(2027, 1, 28), date(2027, 2, 25)),  # five of its days are Tết
        ("commune_review", date(2028, 8, 21), date(2028, 9, 13)),
        ("reassessment", date(2026, 7, 1), date(2026, 8, 15)),
        ("reassessment", date(2027, 2, 1), date(2027, 3, 18)),
        ("reassessment", date(2028, 2, 1), date(2028, 3, 17)),
        ("revocation", date(2026, 12, 20), date(2027, 1, 4)),
        ("revocation", date(2027, 2, 20), date(2027, 3, 7)),
        ("revocation", date(2028, 2, 20), date(2028, 3, 6)),
    ],
)
def test_a_term_is_counted_from_the_day_after(term: Term, since: date, last: date) -> None:
    assert due(term, since, LAW) == last


def test_a_day_that_the_office_closes_is_no_working_day_of_the_commune() -> None:
    closed = {date(2027, 4, 12): True}

    assert due("commune_review", date(2027, 4, 5), LAW) == date(2027, 4, 27)
    assert due("commune_review", date(2027, 4, 5), LAW, closed) == date(2027, 4, 28)


def test_the_older_decisions_set_no_such_terms() -> None:
    assert due("reassessment", date(2026, 1, 5), OLDER) is None
    assert due("commune_review", date(2026, 1, 5), OLDEST) is None


@pytest.mark.parametrize(
    ("issued", "expires", "opens", "closes", "holds_until"),
    [
        (
            *(date(2023, 12, 20), date(2026, 12, 20)),
            *(date(2026, 6, 23), date(2026, 8, 22), date(2027, 6, 18)),
        ),
        (
            *(date(2024, 2, 29), date(2027, 2, 28)),
            *(date(2026, 9, 1), date(2026, 10, 31), date(2027, 8, 27)),
        ),
        (
            *(date(2025, 3, 1), date(2028, 3, 1)),
            *(date(2027, 9, 3), date(2027, 11, 2), date(2028, 8, 28)),
        ),
        (
            *(date(2026, 6, 30), date(2029, 6, 30)),
            *(date(2029, 1, 1), date(2029, 3, 2), date(2029, 12, 27)),
        ),
    ],
)
def test_a_certificate_holds_36_months_and_is_renewed_180_to_120_days_before(
    issued: date, expires: date, opens: date, closes: date, holds_until: date
) -> None:
    months = ruleset.part("deadlines", LAW)["certificate"]["valid_months"]

    found = window(papers.later(issued, months), LAW)

    assert papers.later(issued, months) == expires
    assert (found.opens, found.closes, found.holds_until) == (opens, closes, holds_until)


def test_under_the_older_decisions_the_window_reaches_nearer_to_the_end() -> None:
    older, oldest = window(date(2027, 12, 31), OLDER), window(date(2027, 12, 31), OLDEST)

    assert (older.opens, older.closes) == (date(2027, 7, 4), date(2027, 12, 1))
    assert (oldest.opens, oldest.closes) == (date(2027, 7, 4), date(2027, 12, 31))
    assert older.holds_until == oldest.holds_until == date(2027, 12, 31)


def test_twenty_four_recognised_products_are_held_against_the_rules() -> None:
    assert sum(len(batch["products"]) for batch in RECOGNISED) == 24


@pytest.mark.parametrize(
    ("product", "batch"),
    [(product, batch) for batch in RECOGNISED for product in batch["products"]],
    ids=lambda each: each if isinstance(each, str) else each["decision"],
)
def test_a_recognised_product_is_to_be_renewed_in_its_window(
    product: str, batch: dict[str, Any]
) -> None:
    months = ruleset.part("deadlines", LAW)["certificate"]["valid_months"]

    expires = papers.later(batch["issued"], months)
    found = window(expires, LAW)

    assert expires == batch["expires"], product
    assert (found.opens, found.closes) == (batch["opens"], batch["closes"])
    assert found.holds_until == batch["holds_until"]
