"""What a producer is told of a paper, its state, its photo and its file: there, short and plain."""

import re
from itertools import pairwise, product
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.wording import LIMIT
from conversations.messages import Message
from documents.sheets import Reason
from papers.judging import Fault
from programme import papers, ruleset, soundness
from programme.papers import Cost, Paper, State
from programme.ruleset import RuleSet
from tests.wording import WORDING

LANGUAGES = ("vi", "en")
PAPERS = {
    paper.id: paper
    for name in ruleset.names()
    for paper in papers.papers(ruleset.rule_set(name)).values()
}
MOST = {"name": 50, "what": 160, "who": 90, "example": 160}
MOST_LINES = 4
MOST_STEP = 200
MOST_STATE = MOST_FLAG = 40
STATES = (*(state.value for state in State), "not_needed")
FAULTS: tuple[str, ...] = get_args(Fault)

# A technical word, and what in the same text says what it means.
EXPLAINED = {
    "vi": {
        "GMP": "quy trình sạch và an toàn",
        "VietGAP": "làm nông an toàn",
        "hữu cơ": "không dùng phân, thuốc hoá học",
        "GlobalGAP": "làm nông an toàn để xuất khẩu",
        "ISO": "chuẩn quản lý",
        "HACCP": "chặn chỗ dễ bẩn",
        "nhãn hiệu": "tên, hình",
        "công bố": "nói rõ hàng làm từ gì",
        "truy xuất nguồn gốc": "quét là biết hàng làm ở đâu",
        "kiểm nghiệm": "thử",
        "chứng thực": "dấu",
        "liên kết": "cùng làm lâu dài",
    },
    "en": {
        "GMP": "cleanly and safely",
        "VietGAP": "safe farming",
        "GlobalGAP": "safe farming for export",
        "ISO": "a standard for running it",
        "HACCP": "guards the spots where food may spoil",
        "trademark": "name or picture on your goods",
        "traceability": "where and when the goods were made",
    },
}
ELSEWHERE = {"material_standard", "linkage_record", "test_report"}  # their neighbours explain it
NEVER = {
    "vi": (
        *("UBND", "ATTP", "VSATTP", "GCN", "ĐKKD", "QLCL", "SHTT", "TXNG", "CDĐL", "NHTT", "NHCN"),
        *("minh chứng", "chủ thể", "chỉ tiêu", "thẩm định", "hồ sơ pháp lý", "năng lực"),
    ),
    "en": ("evidence", "entity", "stakeholder", "compliance"),
}
CAPITALS = {"HTX", "PDF"} | set(EXPLAINED["vi"])


def said(language: str, text: str, /, **args: Any) -> str:
    (letter,) = WORDING.letters(language, Message(f"papers.{text}", args))
    return letter.text


def cost_of(paper: Paper) -> Message | None:
    cost = paper.cost
    if cost is None:
        return None
    told = Message("papers.cost", {"low": cost.low, "high": cost.high})
    note = Message(f"papers.note_{cost.note}") if cost.note else None
    noted = {"cost": told, "note": note, "uncertain": cost.uncertain}
    return Message("papers.cost_noted", noted)


def about(language: str, paper: Paper, copy: papers.Copy) -> str:
    return said(
        language,
        "about",
        what=Message(f"papers.what_{paper.id}"),
        who=Message(f"papers.who_{paper.id}"),
        days=paper.lead_days,
        cost=cost_of(paper),
        copy=Message(f"papers.copy_{copy}"),
        uncertain=paper.uncertain,
    )


def whole(language: str, id_: str) -> str:
    return " ".join(said(language, f"{kind}_{id_}") for kind in MOST)


# -- every paper ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", PAPERS)
def test_every_paper_of_every_rule_set_has_short_words(language: str, id_: str) -> None:
    texts = {kind: said(language, f"{kind}_{id_}") for kind in MOST}

    assert {kind for kind, text in texts.items() if not 0 < len(text) <= MOST[kind]} == set()
    assert texts["name"][0].islower()
    assert texts["name"][-1] not in ".,:"
    assert all(texts[kind][-1] == "." for kind in ("what", "who", "example"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_papers_share_a_name(language: str) -> None:
    names = [said(language, f"name_{id_}") for id_ in PAPERS]

    assert len(set(names)) == len(names) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_of_a_paper_that_nobody_asks_for(language: str) -> None:
    kinds = "|".join(MOST)
    told = {
        match[1]
        for key in WORDING.keys(language)
        if (match := re.fullmatch(rf"papers\.(?:{kinds})_(\w+)", key))
    }

    assert told == set(PAPERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ruleset.names())
def test_all_about_a_paper_is_one_short_letter(language: str, name: str) -> None:
    kinds = papers.papers(ruleset.rule_set(name)).values()
    for paper, copy in product(kinds, get_args(papers.Copy)):
        text = about(language, paper, copy)

        assert len(text) <= LIMIT, paper.id
        assert len(text.split("\n")) <= MOST_LINES, paper.id
        assert ("em ước" in text or "my guess" in text) is paper.uncertain


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", PAPERS)
def test_an_example_is_one_short_letter(language: str, id_: str) -> None:
    text = said(language, "example", text=Message(f"papers.example_{id_}"))

    assert len(text) <= LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", PAPERS)
def test_a_technical_word_is_explained_where_it_stands(language: str, id_: str) -> None:
    text = whole(language, id_)
    words = EXPLAINED[language].items()
    bare = [word for word, meaning in words if word in text and meaning not in text]

    assert id_ in ELSEWHERE or bare == []
    assert [word for word in NEVER[language] if word.casefold() in text.casefold()] == []
    assert set(re.findall(r"\b[A-ZĐ]{2,}\b", text)) <= CAPITALS


# -- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (250000, 2500000, "250.000 đến 2.500.000 đồng"),
        (700000, 700000, "700.000 đồng"),
        (0, 150000, "nhiều nhất 150.000 đồng"),
        (0, 0, "0 đồng"),
    ],
)
def test_a_cost_is_said_as_people_say_it(low: int, high: int, words: str) -> None:
    assert said("vi", "cost", low=low, high=high) == words


def test_a_cost_on_a_weak_source_is_marked() -> None:
    text = said("vi", "cost_noted", cost="7 đồng", note="tuỳ nơi", uncertain=True)

    assert text == "7 đồng, tuỳ nơi (em chưa chắc)"


def test_some_papers_have_a_cost_and_each_says_on_whose_word() -> None:
    costs = [paper.cost for paper in PAPERS.values() if paper.cost]

    assert len(costs) >= 5
    assert all(cost.source and 0 <= cost.low <= cost.high for cost in costs)
    assert PAPERS["story_text"].cost is None


def laid(folder: Path, cost: str) -> RuleSet:
    text = f"papers: [{{id: story_leaflet, cost: {cost}}}]"
    (folder / "evidence.yaml").write_text(text, encoding="utf-8")
    return ruleset.rule_set("26-2026", folder)


def test_a_province_tells_its_own_cost(tmp_path: Path) -> None:
    rules = laid(tmp_path, "{vnd: 300000, confidence: high, source: tiệm in}")

    assert papers.papers(rules)["story_leaflet"].cost == Cost(300000, 300000, "high", "tiệm in")
    assert soundness.faults(rules) == ()


@pytest.mark.parametrize(
    ("cost", "what"),
    [
        ("{vnd: [5, 3], confidence: high, source: x}", "a cost from 5 to 3"),
        ("{vnd: [-1, 3], confidence: high, source: x}", "a cost from -1 to 3"),
        ("{vnd: 5, confidence: high}", "a cost on nobody's word"),
        ("{vnd: 5, confidence: sure, source: x}", "a cost on nobody's word"),
    ],
)
def test_a_cost_that_cannot_be_is_found(tmp_path: Path, cost: str, what: str) -> None:
    assert what in {fault.what for fault in soundness.faults(laid(tmp_path, cost))}


def test_a_cost_on_a_weak_source_is_a_doubt() -> None:
    doubts = {(doubt.at, doubt.text) for doubt in soundness.doubts(ruleset.newest())}

    assert ("test_report", "cost 500000-2500000") in doubts
    assert not any(at == "trademark_certificate" and "cost" in text for at, text in doubts)


# -- states, photos, files ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_word_and_its_next_step(language: str, state: str) -> None:
    more = {"reason": "tên trên giấy khác tên HTX " * 9} if state == "returned" else {}

    assert 0 < len(said(language, f"state_{state}")) <= MOST_STATE
    for paper in PAPERS.values():
        name = Message(f"papers.name_{paper.id}")
        step = said(language, f"do_{state}", name=name, days=paper.lead_days, **more)
        most = LIMIT if state == "returned" else MOST_STEP
        assert len(step) <= most, step


TURNED = [*(f"fault_{fault}" for fault in FAULTS), *(f"refused_{reason}" for reason in Reason)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TURNED)
def test_every_fault_and_refusal_is_said_in_three_ways(language: str, name: str) -> None:
    texts = [said(language, name, turn=turn) for turn in range(1, 8)]

    assert len(set(texts)) >= 3
    assert all(first != second for first, second in pairwise(texts))
    assert all(len(text) <= LIMIT // 2 for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_photo_that_stays_bad_is_taken_and_flagged(language: str, fault: str) -> None:
    flag = said(language, f"flag_{fault}")

    assert 0 < len(flag) <= MOST_FLAG
    assert flag in said(language, "taken_anyway", fault=Message(f"papers.flag_{fault}"))
