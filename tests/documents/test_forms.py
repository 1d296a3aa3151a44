"""A form stands in two outputs, to edit and to print, and both say the same."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from docx import Document
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it has no types

from conversations.choosing import Choice
from conversations.form import Question
from conversations.forms.idea import PAPERS, idea
from conversations.forms.profile import KINDS as PRODUCER_KINDS
from documents import drafting, forms
from documents.book import Book, Case, Paper, Producer, Product
from documents.drafting import BLANK, TEMPLATES
from documents.forms import (
    CommuneReport,
    EnvironmentPledge,
    Form,
    IdeaSheet,
    Registration,
    SelfAssessment,
    Story,
)
from documents.forms.choices import Gender, Kind
from documents.forms.form_02 import Evidence
from documents.forms.form_03 import Judgement
from documents.forms.idea_sheet import PaperThere, Stage
from documents.forms.story import Photo
from documents.forms.written import written
from documents.sheets import Reason, Refused
from programme import ruleset
from tests.documents.filled import (
    EVIDENCE,
    KINDS,
    PARTS,
    PHOTO,
    both,
    chosen,
    filled,
    leaves,
    squeezed,
)
from tools import build_forms

RULES = Path(ruleset.__file__).parent / "rules" / "26-2026"
PLACE = re.compile(r"\{[\w.]*(?:[=~]\w+)?\}")
TICKED = re.compile(r"☒([^☐☒]{2,12})")


def words_of(kind: type[Form]) -> Any:
    return yaml.safe_load((TEMPLATES / f"forms/{kind.template}.yaml").read_text(encoding="utf-8"))


def labels(words: Any) -> Iterator[str]:
    """The words that always stand in the form."""
    keys = {"text", "paragraphs", "rows", "inner", "small", "align", "cases", "head", "photos"}
    match words:
        case str():
            yield from PLACE.split(words)
        case list():
            for each in words:
                yield from labels(each)
        case dict():
            named = "who" in words  # a signer's name is a field, that of a column is a word
            skipped = keys | ({"name"} if named else set())
            yield from labels([each for key, each in words.items() if key not in skipped])


@pytest.fixture(params=KINDS, ids=lambda kind: kind.template)
def kind(request: pytest.FixtureRequest) -> type[Form]:
    found: type[Form] = request.param
    return found


def test_whatever_is_given_stands_in_both_outputs(kind: type[Form]) -> None:
    form = filled(kind)
    given = {squeezed(each) for each in leaves(written(form))} - chosen(kind)

    word, page = both(form)

    assert {each for each in given if each not in word} == set()
    assert {each for each in given if each not in page} == set()


@pytest.mark.parametrize("full", [True, False], ids=["filled", "empty"])
def test_every_word_of_the_form_stands_in_both_outputs(kind: type[Form], full: bool) -> None:
    wanted = {squeezed(each) for each in labels(words_of(kind))}

    word, page = both(filled(kind) if full else kind())

    assert {each for each in wanted if each not in word} == set()
    assert {each for each in wanted if each not in page} == set()


def test_what_is_not_known_is_a_blank_to_fill_in_by_hand(kind: type[Form]) -> None:
    word, page = both(kind())

    assert BLANK in word or kind.template == "batch_log"
    assert "......" in page
    assert "None" not in word + page
    assert "none" not in word + page


def test_the_same_boxes_are_ticked_in_both_outputs(kind: type[Form]) -> None:
    form = filled(kind)

    word, page = both(form)

    assert word.count("☒") == page.count("×")
    assert all(f"×{label}" in page for label in TICKED.findall(word))
    assert "☒" not in both(kind())[0].replace("☒Báocáotựđánhgiá", "")


def test_figures_are_read_in_groups_and_years_are_not() -> None:
    assert [written(each) for each in (2026, 9_500, 15_000, 1_200_000_000)] == [
        "2026",
        "9500",
        "15.000",
        "1.200.000.000",
    ]


def test_the_same_form_makes_the_same_bytes(kind: type[Form]) -> None:
    assert drafting.pdf(filled(kind)) == drafting.pdf(filled(kind))
    assert drafting.docx(filled(kind)) == drafting.docx(filled(kind))


def test_the_page_is_that_of_official_papers(kind: type[Form]) -> None:
    section = Document(io.BytesIO(drafting.docx(kind()))).sections[0]
    page = PdfDocument(drafting.pdf(kind()))[0]

    wide, high = section.page_width or 0, section.page_height or 0
    assert sorted((round(wide / 36000), round(high / 36000))) == [210, 297]
    assert sorted(round(side * 25.4 / 72) for side in page.get_size()) == [210, 297]
    assert (page.get_width() > page.get_height()) == (wide > high)
    left = min(it.get_bounds()[0] for it in page.get_objects())
    assert 29 <= left * 25.4 / 72 <= 31


@pytest.mark.parametrize("full", [True, False], ids=["filled", "empty"])
def test_word_finds_its_tables_whole(kind: type[Form], full: bool) -> None:
    """Word calls a file broken when a cell ends without a paragraph or a table has no row."""
    form = filled(kind) if full else kind()

    tables = Document(io.BytesIO(drafting.docx(form))).tables

    for table in tables:
        assert table.rows
        for row in table.rows:
            cells = row._tr.tc_lst
            assert sum(cell.grid_span for cell in cells) == len(table.columns)
            assert all(cell[-1].tag.endswith("}p") for cell in cells)


def test_the_word_templates_are_those_that_the_words_make() -> None:
    assert {path.stem for path in build_forms.forms()} == {kind.template for kind in KINDS}
    for path in build_forms.forms():
        committed = TEMPLATES / "docx" / f"{path.stem}.docx"
        assert parts(committed.read_bytes()) == parts(build_forms.built(path)), path.stem


def parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_template_names_no_field_that_the_form_has_not(kind: type[Form]) -> None:
    """Jinja is strict, and Typst finds no such key: an empty and a full form print them all."""
    assert all(both(form) for form in (kind(), filled(kind)))


def test_evidence_stands_in_criterion_order_and_under_the_numbers_of_the_book() -> None:
    report = SelfAssessment(parts=PARTS, evidence=EVIDENCE)
    papers = tuple(Paper(it.title, "plain", (), it.serves) for it in EVIDENCE)
    producer, product = Producer("HTX"), Product("Gạo", 3, "Gạo")
    day = build_forms.LAW.date()
    book = Book(producer, product, "first", "", "", day, PARTS, papers)
    in_book = [paper.title for _, papers in book.chapters for paper in papers]

    titles = [each.title for each in report.annex]

    assert titles == in_book == ["Giấy đăng ký hợp tác xã", "Bảng kê mua thóc", "Tờ rơi câu chuyện"]
    for text in both(report):
        places = [text.index(f"MC{number}{squeezed(title)}") for number, title in numbered(titles)]
        assert places == sorted(places)


def numbered(titles: list[str]) -> Iterator[tuple[str, str]]:
    return ((f"{number:02}", title) for number, title in enumerate(titles, 1))


def test_a_claim_without_evidence_says_so_and_what_is_not_claimed_says_nothing() -> None:
    lines = {it.id: it for part in SelfAssessment(parts=PARTS).scores for it in part.criteria}
    with_papers = SelfAssessment(parts=PARTS, evidence=EVIDENCE)

    assert lines["1.1"].unproven
    assert (lines["2.1"].unproven, lines["2.1"].points) == (None, None)
    assert (lines["8.2"].unproven, lines["8.2"].points) == (None, 0)
    for text in both(with_papers):
        assert text.count("Chưacóminhchứng") == 1
        assert "MC02" in text


def test_evidence_for_a_criterion_that_the_sheet_has_not_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"7\.7"):
        SelfAssessment(parts=PARTS, evidence=(Evidence("Giấy lạ", ("7.7",)),))


def test_a_story_is_told_in_paragraphs_without_numbers() -> None:
    form = Story(
        name="vì mèo hay nằm trên bồ thóc",
        product="Khẩu Mẹo",
        history="từ đời ông bà",
        character="dẻo, thơm!",
        uniqueness="giống cũ",
        reason_to_believe="không phun thuốc",
        market="khách phố",
        channels="chợ phiên (Chủ nhật)",
        benefit="no lâu",
    )
    told = (
        *("Từ đời ông bà.", "Vì mèo hay nằm trên bồ thóc.", "Không phun thuốc.", "Dẻo, thơm!"),
        *("Giống cũ.", "No lâu.", "Khách phố.", "Chợ phiên (Chủ nhật)"),
    )

    for text in both(form):
        places = [text.index(squeezed(each)) for each in told]
        assert places == sorted(places)
        assert not re.search(r"\d\.", text)


def test_a_name_that_only_names_the_product_is_no_paragraph_of_the_story() -> None:
    form = Story(name="Khẩu Mẹo", product="Khẩu Mẹo", history="từ đời ông bà")

    assert form.past == ("Từ đời ông bà.",)


LONG = "gặt tay, phơi nắng, giã cối, sàng kỹ, "


@pytest.mark.parametrize("length", range(20, 80, 3))
@pytest.mark.parametrize(
    ("grown", "company"),
    [
        (lambda told: Story(uniqueness=told, market="khách phố"), "Khách phố."),
        (lambda told: EnvironmentPledge(wastewater=told), "3. Cam kết"),
    ],
    ids=["story", "pledge"],
)
def test_the_signature_never_stands_alone_on_a_page(
    grown: Callable[[str], Form], company: str, length: int
) -> None:
    assert company in last_page(drafting.pdf(grown(LONG * length)))


def last_page(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    try:
        text: str = document[len(document) - 1].get_textpage().get_text_range()
    finally:
        document.close()
    return text


def test_a_pledge_in_short_words_is_one_page() -> None:
    short = EnvironmentPledge(wastewater="không có", solid_waste="cám nuôi lợn", air="có quạt hút")

    assert len(PdfDocument(drafting.pdf(short))) == 1


def test_photos_of_a_story_stand_in_both_outputs() -> None:
    form = Story(photos=tuple(Photo(PHOTO, f"Ảnh {place}") for place in range(3)))

    word, page = drafting.docx(form), drafting.pdf(form)

    assert len(Document(io.BytesIO(word)).inline_shapes) == 3
    shown = [it for sheet in PdfDocument(page) for it in sheet.get_objects() if it.type == 3]
    assert len(shown) == 3
    assert all(f"Ảnh{place}" in text for place in range(3) for text in both(form))


def test_a_photo_that_cannot_be_read_is_refused() -> None:
    form = Story(photos=(Photo(PHOTO[:200]),))

    for draft in (drafting.pdf, drafting.docx):
        with pytest.raises(Refused) as refusal:
            draft(form)
        assert refusal.value.reason is Reason.BROKEN


def test_a_story_has_room_for_four_photos() -> None:
    with pytest.raises(ValueError, match="four"):
        Story(photos=(Photo(PHOTO),) * 5)


def test_a_judgement_that_is_not_given_ticks_neither_box() -> None:
    form = CommuneReport(
        local_material=Judgement("Thóc của 40 hộ trong xã", met=True),
        local_labour=Judgement("Chưa có danh sách", met=False),
    )

    for text, box in zip(both(form), "☒×", strict=True):
        assert text.count(box) == 2
        assert f"{box}Đạt" in text
        assert f"{box}Khôngđạt" in text


def test_the_forms_have_the_fields_of_the_law() -> None:
    law = {each["id"]: each for each in yaml.safe_load((RULES / "forms.yaml").read_text())["forms"]}
    told = {
        "product_set": {"group", "subgroup", "set_name", "set_number"},
        "contact": {"phone", "email"},
        "points_by_criterion": {"scores"},
        "evidence_by_criterion": {"annex"},
        "revenue": {"years"},
        "profit": {"years"},
        **{name: {"held"} for name in ("has_registration", "has_declaration", "has_food_safety")},
        **{name: {"held"} for name in ("has_conditions", "has_property")},
    }
    drawn = {"signature", "request"}  # places and sentences, not fields

    for kind in (Registration, SelfAssessment, CommuneReport):
        form = law[kind.template]
        parts = form.get("parts", [form])
        listed = [
            it["id"] if isinstance(it, dict) else it for part in parts for it in part["fields"]
        ]
        fields = set().union(*(told.get(name, {name}) for name in listed)) - drawn
        assert fields - set(written(kind())) == set(), kind.template


def test_the_choices_are_those_of_the_chat_and_of_the_rules() -> None:
    asked = {
        question.key: question.kind for question in idea.questions if isinstance(question, Question)
    }
    parts = yaml.safe_load((RULES / "failures.yaml").read_text(encoding="utf-8"))["story_parts"]

    assert get_args(Kind) == PRODUCER_KINDS
    assert set(get_args(Gender)) == {"female", "male"}
    assert get_args(PaperThere) == tuple(option.value for option in PAPERS)
    assert isinstance(asked["stage"], Choice)
    assert {option.value for option in asked["stage"].options} == set(get_args(Stage))
    assert get_args(Case) == get_args(ruleset.Case)
    assert set(parts) <= set(written(Story()))


def test_an_idea_shows_its_months_and_its_star() -> None:
    word, page = both(IdeaSheet(months=(9, 10), star=4, papers=("test",)))

    for text, box in ((word, "☒"), (page, "×")):
        assert [f"{box}{label}" in text for label in ("9", "10", "4sao", "Phiếukiểm")] == [True] * 4
        assert text.count(box) == 4


def test_every_form_has_a_template_of_its_own() -> None:
    assert len({kind.template for kind in KINDS}) == len(KINDS) == len(get_args(forms.Form))
