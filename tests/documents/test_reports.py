"""Reports as an office gets them: Word, PDF and the workbook say what the lists say."""

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it has no types

from bot import judging
from documents import annex, charts, drafting, filling, orders, report_words, reports
from documents.report_words import REPORTS, million, percent, words
from documents.reports import ReportPaper
from documents.shelf import Shelf
from programme import reasons
from programme.reports import KINDS, Report, Rows, Wanted, make
from programme.reports.report import Table, Where
from programme.reports.rows import (
    Budget,
    Counted,
    Fair,
    Fund,
    Goal,
    Line,
    Planned,
    Result,
    Source,
    Stage,
    Support,
    Target,
    Task,
    Unit,
)
from tests.documents.filled import HOSTILE
from tests.documents.test_tables import NS, Opened
from tools import build_forms

LINES = (
    Line(unit="Khối huyện", dong=300_000_000, spent=120_000_000),
    Line(unit="Mường Ảng", under="Khối huyện", dong=100_000_000, spent=120_000_000),
    Line(unit="Tủa Chùa", under="Khối huyện", dong=200_000_000),
)
ROWS = Rows(
    results=(
        Result(
            product="a", name="Gạo Khẩu Mẹo", product_set=3, producer="HTX Bản Liền",
            places=("Bản Liền",), level="tinh", on="2021-06-30", star=4, decision="12/QĐ-UBND",
            source="bc",
        ),
        Result(
            product="b", name="Trà xanh", product_set=11, places=("Mường Ảng",), level="tinh",
            on="2021", passed=False, reason="nhãn mác chưa đảm bảo", source="bc",
        ),
    ),
    planned=(Planned(product="c", name="Cốm Na Lo", product_set=6, communes=("Tà Chải",)),),
    fairs=(Fair(name="Hội chợ xuân", year=2021, venue="Hà Nội", joined=4),
           Fair(name="Hội chợ tỉnh", year=2021, cancelled=True)),
    budgets=(Budget(
        key="k", what="Đề án", year=2021, dong=300_000_000, spent=120_000_000, lines=LINES,
        funds=(Fund(fund="Nông thôn mới", dong=299_996_000), Fund(fund="Lồng ghép", dong=0)),
    ),),
    targets=(Target(key="m", year=2021, text="4 sản phẩm mới; mỗi xã ít nhất 2 sản phẩm"),),
    goals=(Goal(year=2021, place="xã Tà Chải", kind="renewed", star=4, wanted=3, reached=1),),
    units=(Unit(name="Phòng Văn hoá", duties=("câu chuyện", "du lịch")),),
    stages=(Stage(what="Nhận hồ sơ", level="tinh", year=2021, number=1, intake_before="2021-05"),),
    tasks=(Task(unit="Phòng Văn hoá", deed="viết câu chuyện", due="2021-05-09", late=True),),
    supports=(Support(number=1, unit="HTX Bản Liền", fund="khuyến công", year=2021,
                      dong=50_000_000, spent=10_000_000, use="máy sấy"),),
    sources=(Source(key="bc", title="Báo cáo 17/BC", note="31 sản phẩm, trong đó 2 chè, 27 gạo"),),
    steps=(Counted(what="filed", count=3),),
    passed_over=(Counted(what="2", count=5),),
    lacking=(Counted(what="declaration", count=2),),
    returned=(Counted(what="declaration", about="label", count=6),),
)  # fmt: skip
PAPERS = ("year", "plan", "conclusions")  # one of each layout


def made(kind: str = "year", rows: Rows = ROWS) -> Report:
    return make(Wanted(kind, "tỉnh Lào Cai", 2021, 2021), rows)


def layout(kind: str) -> str:
    return (REPORTS / f"{reports.layout(kind)}.yaml").read_text(encoding="utf-8")


@cache
def printed(kind: str, paper: str) -> bytes:
    """That report as it is printed, once for all who only read it."""
    return reports.printed(paper, ReportPaper(made(kind)))[0]


def in_word(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def in_pdf(content: bytes) -> str:
    document = PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


# -- Word and PDF ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PAPERS)
def test_word_and_pdf_say_the_same_of_every_list(kind: str) -> None:
    paper = ReportPaper(made(kind))
    told = reports.values(paper.report)

    word = squeezed(in_word(printed(kind, "report_docx")))
    page = squeezed(in_pdf(printed(kind, "report_pdf")))

    said = [
        str(row[column])
        for table in (
            "results",
            "fairs",
            "lines",
            "supports",
            "targets",
            "goals",
            "planned",
            "tasks",
            "doubts",
        )
        for row in told.get(table, ())
        for column in ("name", "unit", "deed", "text", "place")
        if row.get(column) and f"rows: {table}" in layout(kind)
    ]
    assert said
    assert [each for each in said if squeezed(each) not in word] == []
    assert [each for each in said if squeezed(each) not in page] == []


def test_the_report_of_a_year_tells_what_happened() -> None:
    word = in_word(printed("year", "report_docx"))

    assert "năm 2021" in word
    assert "TỈNH LÀO CAI".casefold() in word.casefold()
    assert "2 sản phẩm được đánh giá; cấp tỉnh đánh giá 2 sản phẩm, 1 sản phẩm đạt" in word
    assert "12/QĐ-UBND" in word
    assert "30/06/2021" in word
    assert "nhãn mác chưa đảm bảo" in word
    assert "nhận ý tưởng sản phẩm" in word
    assert "nhãn thiếu nội dung bắt buộc" in word
    assert "Bản tự công bố" in word or "công bố" in word
    assert "cộng các nguồn lại được 299,996 triệu đồng" in word
    assert "văn bản ghi 31, cộng lại được 29" in word
    assert "không tổ chức" in word
    assert "25 %" in word


def test_money_of_supports_stands_in_the_same_tables_as_that_of_documents() -> None:
    word = in_word(printed("year", "report_docx"))
    cells = Opened(annex.workbook(made("annex")))
    budgets = next(at for at, name in enumerate(cells.names, 1) if name.endswith("Kinh phí"))

    assert words()["ours"] in word
    assert "máy sấy" in word
    assert "trễ hạn" in word
    assert [cells.cells(budgets)[at] for at in ("B5", "B6")] == ["Đề án", words()["ours"]]


def test_charts_stand_in_word_and_pdf_where_a_meeting_would_look() -> None:
    paper = ReportPaper(made())

    drawn = charts.Drawn(paper.report).named(layout("year"))
    word = Document(io.BytesIO(printed("year", "report_docx")))
    pdf = PdfDocument(printed("year", "report_pdf"))

    seen = [name for name, picture in drawn.items() if picture]
    assert seen == ["by_year", "places", "targets", "money", "funds"]
    assert len(word.inline_shapes) == len(seen)
    assert sum(it.type == 3 for page in pdf for it in page.get_objects()) == len(seen)


def test_a_report_of_nothing_is_a_paper_all_the_same() -> None:
    for kind in PAPERS:
        paper = ReportPaper(made(kind, Rows()))
        assert "OCOP" in in_word(reports.docx(paper)[0])
        assert "OCOP" in in_pdf(reports.pdf(paper))
        assert not any(each.seen for each in charts.charts(paper.report))


@pytest.mark.parametrize("kind", PAPERS)
def test_the_same_report_makes_the_same_bytes(kind: str) -> None:
    paper = ReportPaper(made(kind))

    assert reports.docx(paper)[0] == printed(kind, "report_docx")
    assert reports.pdf(paper) == printed(kind, "report_pdf")


def test_what_people_wrote_is_never_markup() -> None:
    """All of it in one report: where one breaks the paper, none of it can be read."""
    results = [
        replace(ROWS.results[0], product=name, name=f"x{text}", reason=text)
        for name, text in HOSTILE.items()
    ]
    fairs = [Fair(name=text, year=2021) for text in HOSTILE.values()]
    paper = ReportPaper(made("year", Rows(results=tuple(results), fairs=tuple(fairs))))

    word = squeezed(in_word(reports.docx(paper)[0]))

    for text in HOSTILE.values():
        assert squeezed(report_words.shown("name", f"x{text}") or "")[:200] in word
    assert reports.pdf(paper)
    assert annex.workbook(paper.report)


def test_the_word_templates_are_those_that_the_words_make() -> None:
    assert {path.stem for path in build_forms.reports()} == set(reports.LAYOUTS.values())
    for path in build_forms.reports():
        assert path.with_suffix(".docx").read_bytes() == build_forms.built(path), path.stem


# -- the office's own template ---------------------------------------------------------------------


def own(folder: Path, text: str, name: str = "year.docx") -> str:
    place = folder / "documents" / "reports"
    place.mkdir(parents=True, exist_ok=True)
    document = Document()
    document.add_paragraph(text)
    document.save(str(place / name))
    return str(place / name)


def test_an_office_has_its_own_word_template(tmp_path: Path) -> None:
    said = (
        "Kính gửi: {{ area }} {{ years }}: {{ n.results_products }} sản phẩm, "
        "{% for it in fairs %}{{ it.name }}; {% endfor %}"
    )
    path = own(tmp_path, said)
    paper = ReportPaper(made(), reports.own_template([tmp_path], "year"))

    content, lost = reports.printed("report_docx", paper)

    assert paper.template == path
    assert (
        in_word(content)
        == "Kính gửi: tỉnh Lào Cai năm 2021: 2 sản phẩm, Hội chợ xuân; Hội chợ tỉnh; "
    )
    assert lost == ()


def test_names_that_no_report_has_are_told_and_left_blank(tmp_path: Path) -> None:
    own(
        tmp_path,
        "{{ area }}: {{ so_san_pham }} / {{ n.khong_co }} {% for x in bang %}{{ x }}{% endfor %}",
    )
    paper = ReportPaper(made(), reports.own_template([tmp_path], "year"))

    content, lost = reports.printed("report_docx", paper)

    assert lost == ("bang", "khong_co", "so_san_pham")
    assert f"tỉnh Lào Cai: {drafting.BLANK}" in in_word(content)


@pytest.mark.parametrize("text", ["{{ area ", "{% for x in fairs %}"])
def test_a_broken_template_is_told_and_ours_is_used(tmp_path: Path, text: str) -> None:
    own(tmp_path, text)
    paper = ReportPaper(made("year", Rows()), reports.own_template([tmp_path], "year"))

    content, lost = reports.printed("report_docx", paper)

    assert len(lost) == 1
    assert "I. KẾT QUẢ ĐÁNH GIÁ" in in_word(content)


def test_a_template_reaches_nothing_but_what_is_told(tmp_path: Path) -> None:
    own(tmp_path, "{{ ''.__class__.__mro__ }}{{ area.__init__.__globals__ }}")
    paper = ReportPaper(made(), reports.own_template([tmp_path], "year"))

    content, lost = reports.printed("report_docx", paper)

    assert in_word(content) == 2 * drafting.BLANK
    assert len(lost) == 2


def test_a_file_that_is_no_word_file_is_told_and_ours_is_used(tmp_path: Path) -> None:
    Path(own(tmp_path, "")).write_bytes(b"PK no such thing")
    paper = ReportPaper(made("year", Rows()), reports.own_template([tmp_path], "year"))

    content, lost = reports.printed("report_docx", paper)

    assert len(lost) == 1
    assert "I. KẾT QUẢ ĐÁNH GIÁ" in in_word(content)


def test_a_template_for_both_results_is_used_where_a_kind_has_none(tmp_path: Path) -> None:
    both, plan = own(tmp_path, "", "results.docx"), own(tmp_path, "", "plan.docx")

    assert reports.own_template([tmp_path], "term") == both
    assert reports.own_template([tmp_path], "plan") == plan
    assert reports.own_template([tmp_path], "conclusions") is None
    assert reports.own_template([], "year") is None


# -- the workbook ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_sum_of_the_annex_is_a_formula_whose_value_is_that_of_its_list(kind: str) -> None:
    report = made(kind)
    book = Opened(annex.workbook(report))

    sheets = words()["sheets"]
    told = [key for key in sheets if any(t.key == key and t.rows for t in report.tables)]
    assert book.names[0] == words()["annex"]["front"]
    summed = 0
    shown = words()["annex"]["charts"] in book.names
    for place, key in enumerate(told, 2 + shown):
        cells, table, formulas = book.cells(place), report.table(key), formulas_of(book, place)
        for across, column in enumerate(sheets[key]["columns"], 1):
            at = f"{chr(ord('A') + across)}{5 + listed(report, key)}"
            if at in formulas:
                assert float(cells[at]) == total(table, column), (key, column)
                summed += 1
    assert summed


def formulas_of(book: Opened, place: int) -> dict[str, str]:
    cells = book.sheet(place).iterfind(".//x:c", NS)
    return {it.attrib["r"]: said for it in cells if (said := it.findtext("x:f", None, NS))}


def listed(report: Report, key: str) -> int:
    table = report.table(key)
    return len(table.met((("part", 0),))) if key == "stated" else len(table.rows)


def total(table: Table, column: str) -> int:
    """What it comes to: of lines without those that are sums, of funds those of the whole."""
    where: dict[str, Where] = {"lines": (("printed_sum", 0),), "funds": (("unit", ""),)}
    where["stated"] = (("part", 0),)
    cells = table.column(column, where.get(table.key, ()))
    return sum(cell for cell in cells if isinstance(cell, int))


def test_the_sums_of_lines_leave_out_lines_that_are_sums_themselves() -> None:
    book = Opened(annex.workbook(made("annex")))
    place = next(at for at, name in enumerate(book.names, 1) if name.endswith("Theo đơn vị"))

    cells = book.cells(place)

    assert cells["D9"] == str(300_000_000 + 50_000_000)
    assert "COUNTIF" in formulas_of(book, place)["D9"]


def test_the_front_counts_the_rows_of_each_sheet() -> None:
    report = made("annex")
    book = Opened(annex.workbook(report))

    cells = book.cells(1)

    assert cells["A5"].endswith("Kết quả")
    assert cells["B5"] == "2"
    front, drawn, *lists, doubts = book.names
    assert [cells[f"A{5 + at}"] for at in range(len(lists))] == lists
    assert [front, drawn, doubts] == [
        words()["annex"][key] for key in ("front", "charts", "doubts")
    ]
    assert formulas_of(book, 1)["B5"] == f"COUNT('{lists[0]}'!A5:A6)"


def test_the_charts_of_the_annex_are_excels_own_and_follow_the_cells_of_the_lists() -> None:
    report = made("annex")
    book = Opened(annex.workbook(report))
    cells, formulas = book.cells(2), formulas_of(book, 2)

    drawn = [each for each in charts.charts(report) if each.seen]
    parts = [text for name, text in book.parts.items() if name.startswith("xl/charts/chart")]
    assert len(parts) == len(drawn) == 5
    assert all(f"'{words()['annex']['charts']}'!$A$" in text for text in parts)
    for each in drawn:
        place = next(
            at for at, name in enumerate(book.names, 1) if name.endswith(title(each.table))
        )
        said = words()["charts"][each.name]["title"]
        (first,) = [int(name[1:]) + 2 for name, told in cells.items() if told == said]
        for down, bar in enumerate(each.bars, first):
            assert cells[f"A{down}"] == bar.name
            told = [f"{letter}{down}" for letter in "BCD"[: len(bar.values)]]
            for at, value in zip(told, bar.values, strict=True):
                assert cells.get(at) == (None if value is None else str(value))
                if value is not None:
                    sheet, _, cell = formulas[at].rpartition("!")
                    assert sheet == f"'{book.names[place - 1]}'"
                    assert book.cells(place)[cell] == cells[at]


def title(table: str) -> str:
    return str(words()["sheets"][table]["title"])


def test_a_report_of_which_nothing_is_to_be_seen_has_no_sheet_of_charts() -> None:
    assert words()["annex"]["charts"] not in Opened(annex.workbook(made("annex", Rows()))).names


def test_what_looks_like_a_formula_stays_a_text() -> None:
    rows = Rows(fairs=(Fair(name="=1+1", year=2021),))
    book = Opened(annex.workbook(made("annex", rows)))

    assert book.cells(2)["B5"] == "=1+1"


def test_the_annex_is_seen_to_be_a_workbook() -> None:
    assert judging.served_type(annex.workbook(made("annex"))) == judging.XLSX
    assert annex.workbook(made("annex")) == annex.workbook(made("annex"))


# -- words and orders ------------------------------------------------------------------------------


def test_amounts_are_told_in_millions_to_the_last_dong() -> None:
    amounts = (1_444_197_000, 486_520_000, 0, 500_000_000, 1, -2_500_000)

    assert [million(each) for each in amounts] == [
        "1.444,197", "486,52", "0", "500", "0,000001", "-2,5",
    ]  # fmt: skip


def test_shares_are_told_as_they_are_written() -> None:
    assert [percent(each) for each in (2647, 10_000, 500, 0, 1250)] == [
        "26,47",
        "100",
        "5",
        "0",
        "12,5",
    ]


def test_every_ready_reason_has_its_words() -> None:
    assert reasons.known() - words()["reasons"].keys() == set()


def test_every_doubt_that_can_be_is_a_sentence() -> None:
    for doubt in made().doubts + made("plan").doubts:
        told = report_words.doubt(doubt, {})
        assert told["text"]
        assert "None" not in told["text"]


def test_the_names_of_a_template_are_those_that_are_written_down() -> None:
    """An office reads docs/bao-cao.md, and whatever it names is there in some report."""
    table = (REPORTS.parents[2] / "docs" / "bao-cao.md").read_text(encoding="utf-8")
    rows = table.split("| tên | là gì |")[1].splitlines()[2:]
    cells = [row.split("|")[1] for row in rows if row.startswith("|")]
    named = {name.partition(".")[0] for cell in cells for name in re.findall(r"`([\w.…]+)`", cell)}

    told = {name for kind in KINDS for name in reports.values(made(kind))} | {"charts"}
    hidden = {"kind", "origins", "planned_places"}

    assert told - hidden == named


def test_every_column_of_every_sheet_has_a_name() -> None:
    named = {column for sheet in words()["sheets"].values() for column in sheet["columns"]}

    assert named - words()["columns"].keys() == set()


@pytest.mark.parametrize("kind", ["report_docx", "report_pdf", "report_xlsx"])
def test_an_order_is_the_same_after_it_was_written_down_and_is_filled(
    kind: str, tmp_path: Path
) -> None:
    paper = ReportPaper(made(), str(tmp_path / "none.docx"))
    text = orders.written(kind, replace(paper, template=None))

    filled = filling.fill(kind, text, {}, shelf := Shelf(tmp_path))

    assert orders.read(kind, orders.written(kind, paper)) == paper
    assert shelf.path(filled.part).suffix == f".{orders.parts(kind)[1]}"
    assert orders.subject(paper) == "báo cáo năm 2021 tỉnh Lào Cai"
