"""Every rule set is sound, governs its own days, and can be laid over by a province."""

from datetime import date
from pathlib import Path

import pytest

from programme import checklist, rounds, ruleset, scoring, soundness
from programme.dossier import Dossier
from programme.overlay import merged
from programme.papers import Days, Evidence, State
from programme.ruleset import NoRules, RuleSet
from programme.sheets import WrongClaim, sheet

NEWEST = "26-2026"
DAYS = Days(date(2026, 11, 2), date(2026, 12, 10))


def laid(folder: Path, name: str, text: str) -> RuleSet:
    file = folder / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return ruleset.rule_set(NEWEST, folder)


@pytest.mark.parametrize("name", ruleset.names())
def test_every_sheet_and_file_of_a_rule_set_is_sound(name: str) -> None:
    rules = ruleset.rule_set(name)

    assert len(ruleset.sheet_numbers(rules)) >= 25
    assert soundness.faults(rules) == ()
    assert soundness.doubts(rules) != ()


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("sheets/06", 'parts: [{code: C, max: 35, groups: [{number: "7", max: 6}]}]', "sum"),
        (
            "sheets/06",
            'parts: [{code: A, groups: [{number: "1", criteria: [{id: "1.1", max: 4}]}]}]',
            "sum",
        ),
        (
            "sheets/06",
            (
                'parts: [{code: C, groups: [{number: "7", criteria: [{id: "7", options: ['
                "{points: 5, label: a}, {points: 1, label: b}]}]}]}]"
            ),
            "points do not rise",
        ),
        (
            "sheets/06",
            (
                'parts: [{code: C, groups: [{number: "7", criteria: [{id: "7", options: ['
                "{points: 1, label: a, star: 5}, {points: 5, label: b, star: 3}]}]}]}]"
            ),
            "stars do not rise",
        ),
        (
            "sheets/06",
            'parts: [{code: C, groups: [{number: "7", criteria: [{id: "7", title: " "}]}]}]',
            "a text is empty",
        ),
        ("sheets/06", "number: 7", "number 7"),
        ("sheets/06", "doubts: [{id: x, at: A, kind: sum, text: t}]", "a doubt about a right sum"),
        ("evidence", "papers: [{id: labour_list, lead_days: 0}]", "a term below 1"),
        ("evidence", "papers: [{id: labour_list, row: 99}]", "no row 99"),
        ("evidence", "needs: [{id: labour, papers: [a_paper_nobody_knows]}]", "no such paper"),
        ("evidence", "needs: [{id: labour, from: 40}]", "no option needs it"),
        ("stops", "stops: [{id: gmp, papers: [nothing]}]", "no such paper"),
        ("effort", "source: ''", "no source"),
        ("rules", "bands: [{star: 5, from: 101}]", "out of reach with 100 points"),
    ],
)
def test_a_mistake_in_the_data_is_found(tmp_path: Path, name: str, text: str, what: str) -> None:
    found = soundness.faults(laid(tmp_path, name, text))

    assert what in {fault.what for fault in found}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 8, 21), "1048-781"),
        (date(2023, 2, 23), "1048-781"),
        (date(2023, 2, 24), "148-1489"),
        (date(2026, 5, 21), "148-1489"),
        (date(2026, 5, 22), NEWEST),
        (date(2030, 1, 1), NEWEST),
    ],
)
def test_each_day_has_its_rules(day: date, name: str) -> None:
    assert ruleset.in_force(day).name == name


def test_there_are_no_rules_before_the_first() -> None:
    with pytest.raises(NoRules):
        ruleset.in_force(date(2019, 8, 20))


@pytest.mark.parametrize(
    ("case", "last"),
    [
        ("first", date(2026, 7, 21)),
        ("upgrade", date(2026, 7, 21)),
        ("reassess", date(2026, 6, 21)),
    ],
)
def test_a_dossier_keeps_its_old_rules_as_long_as_the_new_decision_lets_it(
    case: ruleset.Case, last: date
) -> None:
    governing = ruleset.for_dossier(date(2026, 5, 1), case)

    assert governing.until == last
    assert governing.on(last).name == "148-1489"
    assert governing.on(date.fromordinal(last.toordinal() + 1)).name == NEWEST


def test_a_dossier_that_begins_under_the_newest_rules_stays_under_them() -> None:
    governing = ruleset.for_dossier(date(2026, 9, 1), "first")

    assert governing.on(date(2035, 1, 1)).name == NEWEST


def test_a_province_adds_a_round_and_moves_another(tmp_path: Path) -> None:
    rules = laid(
        tmp_path,
        "deadlines",
        'rounds:\n  - {id: tinh-1, intake_before: "04-15"}\n'
        "  - {id: tinh-3, level: tinh, number: 3,"
        ' intake_before: "08-15", finish_before: "09-20"}\n',
    )

    theirs = [each for each in rounds.rounds(2027, rules) if each.level == "tinh"]

    assert [each.intake_before for each in theirs] == [
        date(2027, 4, 15),
        date(2027, 8, 15),
        date(2027, 10, 30),
    ]
    assert len(rounds.rounds(2027)) == 4


def test_a_province_asks_for_a_certified_copy_and_one_more_paper(tmp_path: Path) -> None:
    rules = laid(
        tmp_path,
        "evidence",
        "papers:\n  - {id: business_registration, copy: certified}\n"
        "  - {id: hygiene, row: 2, name: Giấy, copy: plain, months: null, lead_days: 5,"
        " issuer: xã, confidence: high, source: tỉnh}\n"
        "needs: [{id: hygiene, topic: packaging, from: 1, papers: [hygiene]}]\n",
    )
    held = (Evidence("business_registration", copy="plain"),)
    ours = Dossier(ruleset.newest(), 6, DAYS, claims={"2.2": 2, "3.1": 3}, evidence=held)
    theirs = Dossier(rules, 6, DAYS, claims={"2.2": 2, "3.1": 3}, evidence=held)

    assert scoring.score(ours).points == 5
    assert scoring.score(theirs).points == 0
    states = {line.papers[0].id: line.state for line in checklist.lines(theirs)}
    assert states["business_registration"] is State.NEEDS_CERTIFIED_COPY
    assert states["hygiene"] is State.MISSING


def test_a_province_raises_a_star(tmp_path: Path) -> None:
    rules = laid(tmp_path, "rules", "bands: [{star: 3, from: 55}]")

    assert scoring.points_for(rules, 3) == 55
    assert scoring.points_for(rules, 4) == 70
    assert scoring.points_for(ruleset.newest(), 3) == 50


def test_layers_meet_by_name_and_the_later_wins() -> None:
    below = {"a": [{"id": 1, "x": 1}, {"id": 2, "x": 2}], "b": [1, 2], "c": {"d": 1}}
    above = {"a": [{"id": 2, "x": 9}, {"id": 3}, {"id": 1, "drop": True}], "b": [3], "c": {"e": 2}}

    assert merged(below, above) == {
        "a": [{"id": 2, "x": 9}, {"id": 3}],
        "b": [3],
        "c": {"d": 1, "e": 2},
    }


def test_a_claim_is_read_by_points_or_letter_and_by_nothing_else() -> None:
    criteria = sheet(ruleset.newest(), 6)

    assert criteria.read({"1.1": 2})["1.1"].key == "b"
    assert criteria.read({"1.1": "c"})["1.1"].points == 3
    with pytest.raises(WrongClaim):
        criteria.read({"1.1": 7})
    with pytest.raises(WrongClaim):
        criteria.read({"99": 1})


def test_a_sheet_that_nobody_copied_is_no_sheet() -> None:
    with pytest.raises(NoRules):
        sheet(ruleset.rule_set("1048-781"), 3)


def test_a_variant_opens_its_own_options_only() -> None:
    line = sheet(ruleset.newest(), 26).criterion("8")

    assert line.option(3, "community").key == "b"
    assert line.option(3, "business").key == "d"
    with pytest.raises(WrongClaim):
        line.option(3)
