from pathlib import Path

import pytest

from documents.book import Lacking, Scan
from tests.documents.samples import book, paper

SCAN = Scan("0", Path("photo.jpg"))


def test_papers_stand_in_criterion_order_and_those_of_no_criterion_first() -> None:
    shuffled = (
        paper("story", SCAN, serves=("5.1",)),
        paper("contract", SCAN, serves=("8.1", "1.5")),
        paper("registration", SCAN),
        paper("origin", SCAN, serves=("1.1",)),
    )

    chapters = book(shuffled).chapters

    assert [part and part.code for part, _ in chapters] == [None, "A", "B"]
    titles = [[each.title for each in papers] for _, papers in chapters]
    assert titles == [["registration"], ["origin", "contract"], ["story"]]


def test_a_book_whose_papers_all_serve_a_criterion_has_no_general_chapter() -> None:
    chapters = book((paper("origin", SCAN, serves=("1.1",)),)).chapters

    assert [part and part.code for part, _ in chapters] == ["A"]


def test_a_criterion_that_no_sheet_has_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"7\.7"):
        book((paper("origin", SCAN, serves=("7.7",)),))
    with pytest.raises(ValueError, match=r"0\.1"):
        book((), lacking=(Lacking("story", "missing", ("0.1",)),))


def test_what_is_lacking_stands_in_criterion_order() -> None:
    lacking = (Lacking("tests", "missing", ("8.1",)), Lacking("labour", "missing", ("3.1",)))

    assert [each.title for each in book((), lacking=lacking).sorted_lacking()] == [
        "labour",
        "tests",
    ]
