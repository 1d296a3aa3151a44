"""A shelf for each test, and one small printed dossier for all that only look at it."""

from pathlib import Path

import pytest

from documents import press
from documents.book import Book
from documents.press import Printed
from documents.shelf import Shelf
from tests.documents import reading, samples


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture(scope="session")
def printed_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("printed"))


@pytest.fixture(scope="session")
def rice(printed_shelf: Shelf) -> Book:
    return samples.rice(printed_shelf)


@pytest.fixture(scope="session")
def printed(rice: Book, printed_shelf: Shelf) -> Printed:
    return press.print_book(rice, printed_shelf)


@pytest.fixture(scope="session")
def pages(printed: Printed) -> list[str]:
    return reading.texts(printed.path)
