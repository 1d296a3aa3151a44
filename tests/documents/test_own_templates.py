"""A template is tried before it is used: what it asks for in vain, and what it leaves out."""

from pathlib import Path

import pytest
from docx import Document

from documents import own_templates, reports, word_files
from documents.report_words import REPORTS
from documents.reports import BrokenTemplate, ReportPaper
from handlers.officer.own_templates import why
from programme.reports import Rows
from tests.documents.test_reports import PAPERS, made
from tests.wording import WORDING


def template(folder: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    path = folder / "mẫu.docx"
    document.save(str(path))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BrokenTemplate) as broken:
        own_templates.tried(path, ReportPaper(made()))
    return str(broken.value)


@pytest.mark.parametrize("kind", PAPERS)
def test_ours_lacks_nothing(kind: str) -> None:
    path = REPORTS / f"{reports.layout(kind)}.docx"

    assert own_templates.tried(path, ReportPaper(made(kind))) == own_templates.Tried()


def test_names_in_lists_and_branches_that_are_empty_today_are_looked_at_too(
    tmp_path: Path,
) -> None:
    path = template(
        tmp_path,
        "{{ area }} {% for it in fairs %}{{ it.nmae }}{{ it.joined }}{% endfor %}",
        "{% if failed and not n %}{{ nguoi_ky }}{% endif %} {{ charts.money }}",
    )

    told = own_templates.tried(path, ReportPaper(made("year", Rows())))

    assert told.lost == ("nguoi_ky", "nmae → name")


def test_lists_that_ours_prints_and_this_one_does_not_are_told_by_their_titles(
    tmp_path: Path,
) -> None:
    path = template(tmp_path, "{{ area }} {% for it in targets %}{{ it.text }}{% endfor %}")

    told = own_templates.tried(path, ReportPaper(made("conclusions")))

    assert told.left_out == ("Chỉ tiêu từng nơi", "Nhiệm vụ", "Văn bản nêu")


def test_a_wrong_mark_is_told_with_the_words_around_it(tmp_path: Path) -> None:
    path = template(tmp_path, "Tổng số {{ n.results_products sản phẩm", "của {{ area }}")

    told = refusal(path)

    assert told.startswith("wrong_mark: ")
    assert "Tổng số" in told


def test_a_file_without_any_mark_is_no_template(tmp_path: Path) -> None:
    assert refusal(template(tmp_path, "Báo cáo năm 2026")) == "no_marks: "


def test_a_loop_without_end_is_refused(tmp_path: Path) -> None:
    assert refusal(template(tmp_path, "{% for i in range(10 ** 9) %}x{% endfor %}")).startswith(
        "wrong_mark: "
    )


@pytest.mark.parametrize("reason", [*word_files.Reason, "no_marks"])
def test_every_reason_is_a_sentence_that_says_what_to_do(reason: str) -> None:
    (letter,) = WORDING.letters("vi", why(f"{reason}: "))

    assert "nh chị" in letter.text


def test_a_wrong_mark_is_said_with_what_stands_there() -> None:
    (letter,) = WORDING.letters("vi", why("wrong_mark: Tổng số {{ n sản phẩm"))

    assert "Tổng số {{ n sản phẩm" in letter.text
