"""A dossier file is taken whole or refused with the place that is wrong."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import ruling
from programme import score_file
from programme.score_file import WrongFile

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
GUIDE = Path(__file__).parents[2] / "docs" / "score-file.md"
FILE: dict[str, Any] = {
    "product_set": 6,
    "council": date(2026, 12, 10),
    "claims": {"1.1": 2, "5.1": 1},
    "evidence": ["material_origin", {"paper": "story_text", "pages": 2}],
}


def example() -> bytes:
    _, _, rest = GUIDE.read_text(encoding="utf-8").partition("```yaml\n")
    return rest.partition("```")[0].encode()


def test_a_file_gives_a_dossier_under_the_rules_of_its_day() -> None:
    dossier, _ = score_file.read(FILE, TODAY)

    assert dossier.rules.name == "26-2026"
    assert dossier.days.today == TODAY
    assert [each.paper for each in dossier.evidence] == ["material_origin", "story_text"]


def test_a_dossier_filed_before_the_decision_is_read_under_the_old_rules() -> None:
    old = {**FILE, "claims": {}, "began": date(2026, 5, 1), "today": date(2026, 6, 1)}
    late = {**old, "today": date(2026, 8, 1)}

    assert score_file.read(old, TODAY)[0].rules.name == "148-1489"
    assert score_file.read(late, TODAY)[0].rules.name == "26-2026"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"product_set": 27}, "27"),
        ({"product_set": "six"}, "product_set"),
        ({"rules": "1-1999"}, "1-1999"),
        ({"claims": {"1.1": 9}}, "1.1"),
        ({"claims": {"77": 1}}, "77"),
        ({"evidence": ["a letter"]}, "a letter"),
        ({"evidence": [{"paper": "story_text", "issued": "soon"}]}, "issued"),
        ({"declared": ["everything"]}, "everything"),
        ({"kind": "club"}, "club"),
        ({"case": "again"}, "case"),
        ({"council": None}, "council"),
        ({"colour": "green"}, "colour"),
        ({"product_set": 26, "claims": {}, "evidence": []}, "variant"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(WrongFile, match=place):
        score_file.read({**FILE, **change}, TODAY)


@pytest.mark.parametrize("text", [b"", b"- a list", b"{", b"\x00", b"a: [b", b"!!python/name:os"])
def test_what_is_no_file_of_ours_is_refused(text: bytes) -> None:
    with pytest.raises(WrongFile):
        score_file.load(text, TODAY)


def test_the_example_of_the_guide_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_bytes(example())

    assert ruling.score(file, NOW, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)

    assert told["rules"] == "26-2026"
    assert told["points"] == sum(told["by_part"].values()) > 0
    assert told["path"]["reachable"]
    assert told["missing"]


def test_the_example_is_told_in_words_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_bytes(example())

    assert ruling.score(file, NOW) == 0
    assert "points (A " in capsys.readouterr().out


def test_a_wrong_file_ends_with_two_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text("product_set: 6\n", encoding="utf-8")

    assert ruling.score(file, NOW) == 2
    assert "council" in capsys.readouterr().err


def test_the_check_of_all_rules_ends_well_and_lists_doubts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ruling.check() == 0
    told = capsys.readouterr().out
    assert "26-2026: 26 sheets, 0 faults" in told
    assert "148-1489: 26 sheets, 0 faults" in told
    assert "1048-781: 25 sheets, 0 faults" in told
    assert told.count("  doubt ") > 100
