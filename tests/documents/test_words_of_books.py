"""The templates have words for all that a book may say, and the code has none."""

import json
from enum import StrEnum
from typing import get_args

import pytest
import typst

from documents import book
from documents.sheets import Reason
from documents.typesetting import TEMPLATES
from programme.papers import Copy, State
from programme.ruleset import Case


def words(table: str) -> dict[str, str]:
    source = f'#import "words.typ"\n#metadata(words.{table})<table>'
    compiler = typst.Compiler(source.encode(), root=TEMPLATES)
    found: dict[str, str] = json.loads(compiler.query("<table>", field="value", one=True))
    return found


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("cases", get_args(Case)),
        ("cases", get_args(book.Case)),
        ("copies", get_args(Copy)),
        ("copies", get_args(book.Copy)),
        ("states", [state for state in State if not state.counts]),
        ("reasons", Reason),
    ],
)
def test_there_are_words_for_each_key_and_none_besides(
    table: str, keys: list[str] | type[StrEnum]
) -> None:
    said = words(table)

    assert set(said) == {str(key) for key in keys}
    assert all(said.values())
