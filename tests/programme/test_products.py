"""The set that a person means is found from the name as it is typed."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from time import perf_counter

import pytest

from programme import sample_form
from programme.folding import fold
from programme.products import by_number, groups, product_sets, propose
from programme.ruleset import part

_HERE = Path(__file__).parent
_SEEDS = _HERE.parents[1] / "programme" / "sample" / "seeds.yaml"


def _table(name: str) -> list[tuple[str, set[int]]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(text.strip(), {int(one) for one in sets.split(",")}) for text, sets in rows]


def _numbers(text: str) -> list[int]:
    return [proposal.set.number for proposal in propose(text)]


def _shares(rows: list[tuple[str, set[int]]]) -> tuple[float, float]:
    found = [(_numbers(text), right) for text, right in rows]
    first = sum(bool(numbers) and numbers[0] in right for numbers, right in found)
    among = sum(not right.isdisjoint(numbers) for numbers, right in found)
    return first / len(rows), among / len(rows)


def _seeds() -> Iterator[tuple[str, int, bool]]:
    programme = sample_form.read(_SEEDS.read_bytes())
    assert isinstance(programme, sample_form.Programme)
    for product in programme.products:
        yield product.name, product.set, product.set_confidence == "low"


def test_there_are_six_groups_seventeen_subgroups_and_26_sets_numbered_in_order() -> None:
    subgroups = list(chain.from_iterable(group.subgroups for group in groups()))

    assert [group.code for group in groups()] == ["I", "II", "III", "IV", "V", "VI"]
    assert len(subgroups) == 17
    assert [each.number for each in product_sets()] == list(range(1, 27))


def test_choosing_a_group_and_then_a_set_reaches_every_set_once() -> None:
    reached = [each for group in groups() for each in group.sets]

    assert reached == list(product_sets())
    assert all(each.group == group.name for group in groups() for each in group.sets)


def test_a_set_knows_its_ministries_its_origin_rule_and_its_samples() -> None:
    rice, cosmetics, tourism = by_number(3), by_number(19), by_number(26)

    assert rice is not None
    assert (rice.ministry, rice.local_origin, rice.samples) == (("BNNMT",), "all", 5)
    assert cosmetics is not None
    assert (cosmetics.ministry, cosmetics.local_origin) == (("BYT",), "some")
    assert tourism is not None
    assert (tourism.ministry, tourism.samples) == (("BVHTTDL", "BNNMT"), 0)


def test_every_ministry_and_origin_rule_that_a_set_names_is_explained() -> None:
    raw = part("groups")

    assert {code for each in product_sets() for code in each.ministry} == set(raw["ministries"])
    assert {each.local_origin for each in product_sets()} == set(raw["local_origins"])


@pytest.mark.parametrize("number", [0, -1, 27, 10**9])
def test_there_is_no_set_of_any_other_number(number: int) -> None:
    assert by_number(number) is None


def test_the_products_of_the_five_documents_are_proposed_first_with_and_without_marks() -> None:
    rows = list(_seeds())

    for spell in (str, fold):
        first = sum(_numbers(spell(name))[:1] == [right] for name, right, _ in rows)
        missed = [
            name
            for name, right, doubtful in rows
            if right not in _numbers(spell(name)) and not doubtful
        ]
        assert len(rows) == 33
        assert first >= 30
        assert missed == []


def test_names_as_people_type_them_lead_to_their_set() -> None:
    rows = _table("named_by_people.txt")
    bare = sum(text.isascii() for text, _ in rows)

    first, among_three = _shares(rows)

    assert len(rows) >= 283
    assert bare >= len(rows) / 2
    assert {number for _, right in rows for number in right} == set(range(1, 27))
    assert first >= 0.97
    assert among_three >= 0.99


def test_names_as_printed_on_certificates_lead_to_their_set_with_and_without_marks() -> None:
    rows = _table("named_on_certificates.txt")

    for spell in (str, fold):
        first, among_three = _shares([(spell(text), right) for text, right in rows])
        assert first >= 0.97
        assert among_three >= 0.99


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("khau rang", [6, 5]),
        ("banh chung den", [6, 5]),
        ("tra xanh", [11, 12]),
        ("gung", [10, 1, 7]),
        ("mận", [1]),
        ("mận sấy", [7, 1]),
        ("man ngam duong", [7, 1]),
        ("ca muoi", [7, 8]),
        ("bột rau má", [7]),
        ("mật ong", [4]),
        ("mật ong ngâm chanh đào", [8, 4]),
        ("mật ong hoa nhãn", [4]),
        ("nước mắm", [9]),
        ("nuoc man", [17, 16, 1]),
        ("gừng ngâm mật ong", [7, 10, 1]),
        ("tỏi", [10]),
        ("dầu hạt cải", [7, 3, 1]),
    ],
)
def test_what_was_done_to_the_raw_product_decides_its_set(text: str, numbers: list[int]) -> None:
    assert _numbers(text) == numbers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("vải thổ cẩm", 22),
        ("vải thiều", 1),
        ("tượng gỗ", 21),
        ("tương ớt", 9),
        ("cốm", 6),
        ("cơm", 5),
        ("chè vàng", 11),
        ("chè vằng", 12),
    ],
)
def test_marks_tell_words_of_the_same_letters_apart(typed: str, number: int) -> None:
    assert _numbers(typed)[0] == number


@pytest.mark.parametrize(
    "typed",
    [
        "rượu ngô",
        "ruou ngo",
        "RUOU NGO",
        "ruouwj ngoo",
        "ru7o75u ngo6",
        "ruoungo",
        "ruợu ngo",
        "ruou  ngo!!!",
        "ru\u031bo\u031b\u0323u ngo\u0302",
        "r\u200bượu ngô",
        "rựu ngô",
    ],
)
def test_one_name_is_known_however_it_is_typed(typed: str) -> None:
    assert _numbers(typed)[:1] == [14]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀😀",
        "????",
        "123",
        "asdfgh",
        "toi khong biet",
        "con thieu gi",
        "bao gio het han",
        "quay lai",
        "để sau",
        "gap can bo",
        "xin chao",
        "{{ 7*7 }}",
        "\x00\x01",
        "'; DROP TABLE ideas; --",
    ],
)
def test_what_names_no_product_proposes_nothing(text: str) -> None:
    """Then the person is offered the six groups to choose from."""
    assert propose(text) == ()


def test_never_more_proposals_come_than_are_asked_for() -> None:
    long_story = "gạo nếp, mật ong, trà, cà phê, rượu ngô, thổ cẩm, hoa lan"

    assert len(propose(long_story)) == 3
    assert len(propose(long_story, most=1)) == 1
    assert propose(long_story, most=0) == ()


def test_a_proposal_says_which_words_it_heard_and_the_strongest_stands_first() -> None:
    dried, fresh = propose("nhà em có mận sấy")

    assert (dried.why, fresh.why) == ("mận + sấy", "mận + sấy")
    assert dried.score > fresh.score > 0


def test_each_word_of_the_table_leads_to_its_own_set() -> None:
    """A word without any mark may be another's bare letters: then it is among the three."""
    astray = [
        word
        for block in part("words")["words"]
        for word in block["words"]
        if block["set"] not in _numbers(word)[: 3 if word.isascii() else 1]
    ]

    assert astray == []


def test_a_word_stands_once_in_the_table_and_points_to_sets_that_exist() -> None:
    raw = part("words")
    words = [word for block in raw["words"] for word in block["words"]]
    told = [
        *(number for block in raw["words"] for number in (block["set"], *block.get("also", ()))),
        *(block["processed"] for block in raw["words"] if "processed" in block),
        *(
            number
            for rule in raw["together"]
            for number in (rule["set"], *rule["also"], *rule["found"])
        ),
    ]

    assert len(words) == len(set(words))
    assert set(told) <= set(range(1, 27))
    assert set(words) >= {head for rule in raw["together"] for head in rule["head"]}
    assert {block["set"] for block in raw["words"]} == set(range(1, 27))


def test_a_name_is_found_in_well_under_a_millisecond() -> None:
    names = [text for text, _ in _table("named_by_people.txt")]
    propose("gạo")
    started = perf_counter()
    for name in names:
        propose(name)
    each = (perf_counter() - started) / len(names)

    assert each < 0.001


def test_a_very_long_story_takes_no_longer_than_a_long_one() -> None:
    story = "nhà tôi ở bản có làm bánh " * 4_000
    propose("gạo")

    started = perf_counter()
    numbers = _numbers(story)

    assert numbers[0] == 6
    assert perf_counter() - started < 0.05


# -- names of places, and English -----------------------------------------------------------------


@pytest.mark.parametrize("text", ["đặc sản Lùng Phình", "dac san lung phinh", "San pham Bac Ha"])
def test_the_name_of_a_place_is_no_product(text: str) -> None:
    """ "Phình" is a letter from "thính"; such chance must not choose a set."""
    assert propose(text) == ()


@pytest.mark.parametrize("text", ["man tam hoa bac ha", "mận tam hoa Bắc Hà", "bac ha plum"])
def test_beside_a_product_a_place_is_not_taken_for_another(text: str) -> None:
    assert _numbers(text) == [1]


def test_mint_alone_is_mint() -> None:
    assert _numbers("bac ha") == [20]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("rice", 3),
        ("Sticky rice of Ban Lien", 3),
        ("green tea", 11),
        ("wild honey", 4),
        ("corn wine", 14),
        ("plum wine", 15),
        ("brocade", 22),
        ("dried fish", 8),
        ("fish", 2),
        ("fruit", 1),
        ("dried fruit", 7),
        ("community tourism", 26),
        ("hony", 4),
    ],
)
def test_the_commonest_english_names_are_known(text: str, number: int) -> None:
    assert _numbers(text)[0] == number
