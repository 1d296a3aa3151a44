"""An office's file is read whole, or every wrong line of it is named."""

import string
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.sample_form import REASONS, Fault, Product, Programme, read

_ROOT = Path(__file__).parents[2]
_SEEDS = _ROOT / "programme" / "sample" / "seeds.yaml"
_GUIDE = _ROOT / "docs" / "sample-programme.md"
_WRONG_FILES = Path(__file__).parent / "wrong_files.txt"

# What cannot stand in wrong_files.txt without being lost.
_UNSEEN = [
    ("control_character", 2, "", "form: ocop-1\nfairs: \x00\n"),
    ("control_character", 1, "", "form: \ud800\n"),
    ("tab_used", 3, "", "form: ocop-1\nfairs:\n\t- {id: a, name: b}\n"),
    ("too_long", 3, "fairs[a].name", f"form: ocop-1\nfairs:\n  - {{id: a, name: {'x' * 301}}}\n"),
    ("empty_file", 1, "", ""),
    ("empty_file", 1, "", "\n# chưa viết gì\n"),
]


def _wrong_files() -> list[tuple[str, int, str, str]]:
    blocks = _WRONG_FILES.read_text(encoding="utf-8").split("=== ")[1:]
    heads = [(*block.partition("\n")[0].split(" "), "")[:3] for block in blocks]
    contents = [block.partition("\n")[2] for block in blocks]
    named = [(head[0], int(head[1]), head[2]) for head in heads]
    return [(*head, content) for head, content in zip(named, contents, strict=True)] + _UNSEEN


def _faults(content: str | bytes) -> tuple[Fault, ...]:
    found = read(content)
    assert isinstance(found, tuple)
    assert found
    return found


def _programme(content: str | bytes) -> Programme:
    found = read(content)
    assert isinstance(found, Programme), found
    return found


@pytest.fixture(scope="module")
def seeds() -> Programme:
    return _programme(_SEEDS.read_bytes())


def _product(programme: Programme, id_: str) -> Product:
    return next(product for product in programme.products if product.id == id_)


def test_the_sample_holds_what_the_five_documents_tell(seeds: Programme) -> None:
    counts = {
        "products": len(seeds.products),
        "producers": len(seeds.producers),
        "fairs": len(seeds.fairs),
        "rounds": len(seeds.rounds),
        "targets": len(seeds.targets),
        "budgets": len(seeds.budgets),
        "budget rows": sum(len(budget.rows) for budget in seeds.budgets),
        "help units": len(seeds.help_units),
        "text errors": len(seeds.text_errors),
    }

    assert counts == {
        "products": 33,
        "producers": 21,
        "fairs": 22,
        "rounds": 6,
        "targets": 6,
        "budgets": 6,
        "budget rows": 21,
        "help units": 11,
        "text errors": 16,
    }


def test_a_corrected_name_keeps_what_the_document_wrote(seeds: Programme) -> None:
    rice_cake = _product(seeds, "s32")

    assert rice_cake.name == "Bánh chưng đen Bắc Hà"
    assert rice_cake.as_written == "Bánh trung đen / bánh trưng đen"
    assert (rice_cake.confidence, rice_cake.set_confidence, rice_cake.source) == (
        "high",
        "low",
        "004",
    )


def test_results_keep_level_star_date_and_decision(seeds: Programme) -> None:
    liquor, tea = _product(seeds, "s04"), _product(seeds, "s22")

    assert [(each.level, each.star, each.when) for each in liquor.results] == [
        ("huyen", 4, "2018-11"),
        ("tinh", 3, "2019-02-26"),
    ]
    assert liquor.results[0].decision == "718/QĐ-UBND 9/11/2018"
    assert [(each.passed, each.reason) for each in tea.results] == [
        (False, "nhãn mác chưa đảm bảo")
    ]


def test_amounts_are_exact_dong_and_the_printed_table_adds_up_where_it_did(
    seeds: Programme,
) -> None:
    budget = seeds.budgets[-1]
    printed_sums = [row for row in budget.rows if row.under is None]
    inside = {
        name.unit: [row for row in budget.rows if row.under == name.unit] for name in printed_sums
    }

    assert budget.dong == 1_444_197_000
    assert sum(row.dong for row in printed_sums) == budget.dong
    assert all(sum(row.dong for row in inside[each.unit]) == each.dong for each in printed_sums)
    assert sum(part.dong for part in budget.parts) == budget.dong - 4_000  # as the document has it


def test_the_nine_products_planned_in_bac_ha_name_their_communes(seeds: Programme) -> None:
    communes = {place.id: place.commune for place in seeds.places}
    planned = [product for product in seeds.products if product.source == "004"]

    assert len(planned) == 9
    assert all(communes[place] for product in planned for place in product.places)
    assert [communes[place] for place in _product(seeds, "s26").places] == ["Bản Liền"]


def test_a_row_remembers_the_line_it_stands_on(seeds: Programme) -> None:
    lines = _SEEDS.read_text(encoding="utf-8").splitlines()

    assert all(f"id: {row.id}" in lines[row.line - 1] for row in seeds.products)


@pytest.mark.parametrize(("reason", "line", "where", "content"), _wrong_files())
def test_a_wrong_file_is_named_by_line_place_and_reason(
    reason: str, line: int, where: str, content: str
) -> None:
    found = [(fault.reason, fault.line, fault.where) for fault in _faults(content)]

    assert (reason, line, where) in found


def test_every_reason_can_happen() -> None:
    """Those of size and coding have tests of their own."""
    elsewhere = {"too_big", "too_many_values", "not_utf8"}

    assert {reason for reason, *_ in _wrong_files()} | elsewhere == set(REASONS)


def test_all_faults_of_a_file_are_told_at_once_from_top_to_bottom() -> None:
    content = (
        "form: ocop-1\n"
        "producers:\n"
        "  - {id: p1, name: HTX A, kind: cooperative}\n"
        "  - {id: p1, name: HTX B, kind: coop}\n"
        "  - {id: p2, kind: group, place: nowhere}\n"
        "products:\n"
        "  - {id: s1, name: Gạo, set: 30, producer: p9}\n"
        "  - {id: s2, name: Chè, set: 11, producer: p1}\n"
    )

    found = [(fault.line, fault.reason) for fault in _faults(content)]

    assert found == [
        (4, "duplicate_id"),
        (4, "not_one_of"),
        (5, "missing_key"),
        (5, "unknown_reference"),
        (7, "out_of_range"),
        (7, "unknown_reference"),
    ]


def test_a_fault_carries_what_a_sentence_about_it_needs() -> None:
    (fault,) = _faults("form: ocop-1\nproducts:\n  - {id: s1, name: Gạo, set: 30}\n")

    assert fault.args == {"low": "1", "high": "26", "found": "30"}


def test_a_long_wrong_value_is_cut_in_the_fault() -> None:
    (fault,) = _faults(f"form: ocop-1\nfairs:\n  - {{id: a, name: b, year: {'9' * 5_000}}}\n")

    assert len(fault.args["found"]) == 80


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2021", "2021"),
        ("5/2021", "2021-05"),
        ("9/5/2021", "2021-05-09"),
        ("2021-5-9", "2021-05-09"),
    ],
)
def test_dates_may_be_written_as_offices_write_them(written: str, kept: str) -> None:
    programme = _programme(f"form: ocop-1\nfairs:\n  - {{id: a, name: b, starts: {written}}}\n")

    assert programme.fairs[0].starts == kept


def test_dates_of_different_exactness_do_not_contradict() -> None:
    programme = _programme(
        "form: ocop-1\nfairs:\n  - {id: a, name: b, starts: 9/5/2021, ends: 2021}\n"
    )

    assert programme.fairs[0].ends == "2021"


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_left_empty_is_as_good_as_none(nothing: str) -> None:
    programme = _programme(
        f"form: ocop-1\nfairs:\n  - {{id: a, name: b, venue: {nothing}}}\ntargets:\n"
    )

    assert (programme.fairs[0].venue, programme.targets) == (None, ())


def test_texts_are_kept_composed_and_words_of_yaml_stay_words() -> None:
    programme = _programme(
        "form: ocop-1\nfairs:\n  - {id: a, name: 'Me\u0323\u0302t', venue: No, note: 012}\n"
    )

    assert (programme.fairs[0].name, programme.fairs[0].venue, programme.fairs[0].note) == (
        "Mệt",
        "No",
        "012",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_notepad_is_read_whatever_it_puts_in_front(encoding: str) -> None:
    content = "form: ocop-1\r\nfairs:\r\n  - {id: a, name: Hội chợ}\r\n"

    assert _programme(content.encode(encoding)).fairs[0].name == "Hội chợ"


def test_a_file_in_another_coding_is_named_with_its_line() -> None:
    (fault,) = _faults(b"form: ocop-1\nfairs:\n  - {id: a, name: H\xe9}\n")

    assert (fault.line, fault.reason) == (3, "not_utf8")


def test_separators_that_no_editor_counts_do_not_shift_the_lines() -> None:
    (fault,) = _faults("form: ocop-1\nfairs:\n  - {id: a, name: 'x\u2028y'}\n  - {id: b}\n")

    assert (fault.line, fault.reason) == (4, "missing_key")


def _bomb() -> str:
    letters = string.ascii_lowercase[:12]
    lines = [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(letters)
    ]
    return "\n".join(["a: &a [x]", *lines])


@pytest.mark.parametrize(
    ("reason", "content"),
    [
        ("alias_used", _bomb()),
        ("too_big", b"a: b\n" * 2_200_000),
        ("too_big", "a: b\n" * 500_000),
        ("too_many_values", "".join(f"k{n}: v\n" for n in range(60_000))),
        ("too_deep", "[" * 1_900_000),
        ("too_deep", "{a: " * 400_000),
        ("too_deep", "- " * 900_000),
        ("not_yaml", '"' * 1_900_000),
        ("control_character", "\0" * 1_900_000),
        ("duplicate_id", "form: ocop-1\nfairs:\n" + "  - {id: a, name: b}\n" * 15_000),
    ],
    ids=[
        "bomb",
        "11 MB",
        "2.5 MB",
        "many",
        "brackets",
        "braces",
        "dashes",
        "quotes",
        "nul",
        "rows",
    ],
)
def test_a_hostile_file_is_refused_quickly(reason: str, content: str | bytes) -> None:
    started = perf_counter()
    found = _faults(content)

    assert reason in {fault.reason for fault in found}
    assert perf_counter() - started < 5


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_content_at_all_is_answered(content: str | bytes) -> None:
    found = read(content)

    assert isinstance(found, Programme) or all(isinstance(fault, Fault) for fault in found)


@given(st.text(st.sampled_from("{}[]:,-?&*!|>'\"%@`#~ \n\tab1é"), max_size=80))
def test_any_play_of_yaml_signs_is_answered_with_faults_on_lines_of_the_file(content: str) -> None:
    for fault in _faults(f"form: ocop-1\nx: {content}"):
        assert 1 <= fault.line <= content.count("\n") + 3


def test_the_example_of_the_guide_is_a_file_that_loads() -> None:
    guide = _GUIDE.read_text(encoding="utf-8")
    example = "\n".join(line[4:] for line in guide.splitlines() if line.startswith("    "))

    programme = _programme(example)

    assert programme.products[0].results[0].when == "2026-02-26"
    assert programme.budgets[0].dong == 87_500_000


def test_the_guide_names_every_section_and_key() -> None:
    guide = _GUIDE.read_text(encoding="utf-8")
    (unknown_section,) = _faults("form: ocop-1\nx: 1\n")
    sections = unknown_section.args["allowed"].split(", ")
    keys = {
        key
        for section in sections
        for fault in _faults(f"form: ocop-1\n{section}:\n  - {{zz: 1}}\n")
        if fault.reason == "unknown_key"
        for key in fault.args["allowed"].split(", ")
    }

    assert len(keys) > 30
    assert [word for word in (*sections, *keys) if word not in guide] == []
