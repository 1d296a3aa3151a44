"""Whatever people write into a form stays text, in both outputs, and none of it is lost."""

import io
from dataclasses import fields

import pytest
from docx import Document

from documents import drafting
from documents.forms import Form, Story
from documents.forms.written import written
from tests.documents.filled import EMOJI, HOSTILE, KINDS, both, chosen, filled, leaves, squeezed


@pytest.fixture(params=KINDS, ids=lambda kind: kind.template)
def kind(request: pytest.FixtureRequest) -> type[Form]:
    found: type[Form] = request.param
    return found


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(kind: type[Form], text: str) -> None:
    form = filled(kind, lambda _: text)
    given = {squeezed(each) for each in leaves(written(form))} - chosen(kind)

    word, page = both(form)

    assert {each for each in given if each not in word} == set()
    assert {each for each in given if EMOJI.sub("", each) not in EMOJI.sub("", page)} == set()


def test_nothing_of_a_very_long_text_is_lost(kind: type[Form]) -> None:
    form = filled(kind, lambda _: "Nếp nương gặt tay, phơi nắng, giã cối. " * 80)
    given = {field.name for field in fields(form)}  # what follows from it says it again
    typed = {name: value for name, value in written(form).items() if name in given}
    told = sum(each.count("Nếp") for each in set(leaves(typed)))

    word, page = both(form)

    assert told >= 80
    assert word.count("Nếp") >= told
    assert page.count("Nếp") >= told


def test_lines_that_people_break_stay_broken() -> None:
    form = Story(history="Ông trồng\nBà gặt", product=" \n ")

    document = Document(io.BytesIO(drafting.docx(form)))

    assert "Ông trồng\nBà gặt." in [each.text for each in document.paragraphs]
    assert written(form)["product"] is None
