"""The 24 ways to fail: each that a machine can see is seen, and is not seen where it is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from programme import failures, ruleset, scoring
from programme.dossier import Before, Dossier
from programme.facts import Facts
from programme.papers import Days, Evidence

DAYS = Days(date(2026, 11, 2), date(2026, 12, 10))
HELD = (  # in the order in which the criteria of set 3 ask for them
    Evidence("environment_papers", pages=3),
    Evidence("business_registration", pages=2, holder="HTX Bản Liền", address="xã Bản Liền"),
    Evidence("story_text", pages=4),
    Evidence("declaration", pages=2),
    Evidence("test_report", issued=date(2026, 9, 1), pages=2),
    Evidence("food_safety_certificate", issued=date(2026, 1, 5), pages=1, holder="htx ban lien"),
)
GOOD = Dossier(
    ruleset.rule_set("26-2026"),
    3,
    DAYS,
    claims={"1.6": 1, "3.1": 3, "5.1": 1, "5.3": 1, "9": 2, "10": 1},
    evidence=HELD,
)
KNOWN = Facts(
    producer="HTX Bản Liền",
    former_names=("Tổ hợp tác Bản Liền",),
    former_communes=("xã Nậm Lúc",),
    label_items=frozenset(ruleset.part("failures")["label_items"]),
    slogans=("Không chất bảo quản",),
    substances_found=frozenset(),
    indicators_lacking=(),
    ingredients={"gạo nếp": True},
    commune_judged=frozenset(ruleset.part("forms")["commune_judges"]),
    filed_on=date(2026, 10, 1),
    filed_with="commune",
    intake_before=date(2026, 10, 30),
    steps_done=frozenset({"idea", "plan", "carried_out"}),
    season=frozenset({11, 12}),
    story_parts=frozenset(ruleset.part("failures")["story_parts"]),
    batch_log=True,
)


def outcomes(dossier: Dossier, facts: Facts) -> dict[str, str]:
    return {each.id: each.outcome for each in failures.findings(dossier, facts)}


def without(*names: str) -> Dossier:
    return replace(GOOD, evidence=tuple(each for each in HELD if each.paper not in names))


def with_(*more: Evidence) -> Dossier:
    names = {each.paper for each in more}
    return replace(GOOD, evidence=(*without(*names).evidence, *more))


BAD: dict[str, Callable[[], tuple[Dossier, Facts]]] = {
    "F01": lambda: (without("declaration"), KNOWN),
    "F02": lambda: (replace(GOOD, evidence=tuple(reversed(HELD))), KNOWN),
    "F03": lambda: (with_(Evidence("story_text")), KNOWN),
    "F04": lambda: (with_(Evidence("declaration", pages=1, holder="HTX Nậm Đét")), KNOWN),
    "F05": lambda: (GOOD, replace(KNOWN, label_items=frozenset({"origin"}))),
    "F06": lambda: (without("environment_papers"), KNOWN),
    "F07": lambda: (without("food_safety_certificate"), KNOWN),
    "F08": lambda: (GOOD, replace(KNOWN, ingredients={"cồn nền": False})),
    "F09": lambda: (GOOD, replace(KNOWN, substances_found=frozenset({"benzoate"}))),
    "F10": lambda: (with_(Evidence("test_report", issued=date(2025, 9, 1), pages=1)), KNOWN),
    "F11": lambda: (GOOD, replace(KNOWN, commune_judged=frozenset({"idea_origin"}))),
    "F12": lambda: (GOOD, replace(KNOWN, filed_on=date(2026, 10, 30))),
    "F13": lambda: (GOOD, replace(KNOWN, steps_done=frozenset({"idea"}))),
    "F14": lambda: (GOOD, replace(KNOWN, season=frozenset({5, 6}))),
    "F16": lambda: (
        replace(GOOD, before=Before(3, date(2023, 12, 20), date(2026, 12, 20))),
        KNOWN,
    ),
    "F17": lambda: (
        with_(Evidence("declaration", pages=1, holder="Tổ hợp tác Bản Liền")),
        KNOWN,
    ),
    "F18": lambda: (with_(Evidence("story_text", pages=400)), KNOWN),
    "F19": lambda: (GOOD, replace(KNOWN, story_parts=frozenset({"name"}))),
    "F20": lambda: (GOOD, replace(KNOWN, batch_log=False)),
    "F21": lambda: (GOOD, replace(KNOWN, filed_with="province")),
    "F23": lambda: (with_(Evidence("declaration", pages=1, address="xã Nậm Lúc cũ")), KNOWN),
}


def test_a_good_dossier_shows_none_of_the_failures() -> None:
    found = outcomes(GOOD, KNOWN)

    assert [id_ for id_, outcome in found.items() if outcome == "found"] == []
    assert [id_ for id_, outcome in found.items() if outcome == "unchecked"] == [
        "F15",
        "F22",
        "F24",
    ]
    assert len(found) == 24


@pytest.mark.parametrize("failure", BAD)
def test_a_failure_is_found_with_what_shows_it(failure: str) -> None:
    found = {each.id: each for each in failures.findings(*BAD[failure]())}

    assert found[failure].outcome == "found"
    assert found[failure].details


def test_every_failure_that_can_be_checked_is_tried_here() -> None:
    items = ruleset.part("failures")["items"]

    assert {raw["id"] for raw in items if raw["by"]} == set(BAD)
    assert {raw["by"] for raw in items if raw["by"]} == set(failures.CHECKS)
    assert all(raw["why_not"] for raw in items if not raw["by"])


def test_what_nobody_has_told_is_unknown_and_no_failure() -> None:
    found = outcomes(GOOD, Facts())

    assert "found" not in found.values()
    assert found["F05"] == found["F14"] == found["F21"] == "unknown"


def test_a_product_without_food_needs_no_food_safety_paper() -> None:
    cloth = replace(GOOD, product_set=22, claims={}, evidence=())

    assert outcomes(cloth, KNOWN)["F07"] == "clear"


def test_what_the_sheet_of_a_service_never_asks_is_no_failure_of_it() -> None:
    service = replace(GOOD, product_set=26, claims={}, evidence=())
    found = {each.id: each for each in failures.findings(service, replace(KNOWN, batch_log=False))}

    assert found["F06"].details == ("story_text", "environment_papers")
    assert found["F20"].outcome == "clear"


def test_flowers_have_no_declaration_but_their_sheet_looks_at_quality() -> None:
    flowers = replace(GOOD, product_set=23, claims={}, evidence=())
    found = {each.id: each for each in failures.findings(flowers, replace(KNOWN, batch_log=False))}

    assert "declaration" not in found["F06"].details
    assert found["F20"].outcome == "found"


def test_a_doubt_is_told_of_the_sets_that_it_is_about() -> None:
    spirits = replace(GOOD, product_set=14, claims={})
    cloth = replace(GOOD, product_set=22, claims={})

    assert scoring.said_doubts(spirits) == ("white_spirit",)
    assert scoring.said_doubts(cloth) == ()
    assert any("Rượu trắng" in each.text for each in scoring.score(spirits).doubts)
    assert not any("Rượu trắng" in each.text for each in scoring.score(cloth).doubts)
