"""Reports in the chat: an officer's own area in figures, and the papers of a meeting."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from sqlalchemy import text

from bot import importing
from documents import orders, reports
from documents.reports import ReportPaper
from handlers.officer import report_orders
from programme.roles import Role
from tests.handlers.offices import appoint, noted
from tests.handlers.phones import Phones

DIEN_BIEN, LAO_CAI, BAN_LIEN = "11", "15", "02869"


@pytest.fixture
def office(phones: Phones) -> Phones:
    """The sample programme, and an officer of Điện Biên."""
    parts: Any = SimpleNamespace(database=phones.database)
    importing.ensure_sample(parts, phones.player.now)
    return officer(phones, DIEN_BIEN)


def officer(phones: Phones, area: str, role: Role | None = None, on: str = "main") -> Phones:
    phones.say("/start CANBO", on=on)
    appoint(phones, area, role)
    return phones


def printed(phones: Phones) -> list[tuple[str, ReportPaper]]:
    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT kind, about FROM prints ORDER BY id")).all()
    return [(kind, report(kind, about)) for kind, about in rows]


def report(kind: str, about: str) -> ReportPaper:
    found = orders.read(kind, about)
    assert isinstance(found, ReportPaper)
    return found


def test_an_officer_reads_the_figures_of_the_own_area(office: Phones) -> None:
    said = office.say("báo cáo năm 2021")

    assert "tỉnh Điện Biên" in said
    assert "11 sản phẩm được đánh giá" in said
    assert "công nhận 9, 2 lượt chưa đạt; 4 hội chợ; kinh phí 1.444,197 triệu đồng" in said
    assert "11 chỗ" in said


@pytest.mark.parametrize(
    ("typed", "kind", "ending"),
    [("1", "report_docx", "docx"), ("2", "report_pdf", "pdf"), ("3", "report_xlsx", "xlsx")],
)
def test_a_number_has_it_printed_as_word_pdf_or_workbook(
    office: Phones, typed: str, kind: str, ending: str
) -> None:
    said = office.say("báo cáo năm 2021", typed)

    ((asked, paper),) = printed(office)
    assert "đang in" in said
    assert asked == kind
    assert orders.parts(asked)[1] == ending
    assert paper.report.numbers()["results.tinh.recognised"] == 9
    assert paper.report.area == "tỉnh Điện Biên"


def test_what_does_not_add_up_is_told(office: Phones) -> None:
    said = office.say("báo cáo năm 2021", "4")

    assert "ghi 1.444,197 triệu đồng, cộng các nguồn lại được 1.444,193 triệu đồng" in said
    assert "Còn 9 chỗ nữa" in said


def test_a_look_and_a_paper_are_noted_in_the_log(office: Phones) -> None:
    office.say("báo cáo năm 2021", "1")

    deeds = [deed for _, deed, _, _ in noted(office)]
    assert deeds[-2:] == ["read_report", "printed_report"]


def test_an_officer_of_elsewhere_gets_nothing_of_it(office: Phones) -> None:
    officer(office, BAN_LIEN, on="xa")

    said = office.say("báo cáo năm 2021", on="xa")

    assert "chưa có số liệu nào của năm 2021, xã Bản Liền" in said
    assert printed(office) == []


def test_a_plan_has_the_products_of_the_province(office: Phones) -> None:
    officer(office, LAO_CAI, on="lc")

    said = office.say("kế hoạch 2021", on="lc")

    assert "11 đơn vị giúp" in said
    assert "tỉnh Lào Cai" in said


def test_the_annex_is_only_a_workbook(office: Phones) -> None:
    office.say("phụ lục năm 2021", "1")

    ((kind, _),) = printed(office)
    assert kind == "report_xlsx"


def test_who_is_no_officer_is_told_nothing(phones: Phones) -> None:
    phones.agreed()

    said = phones.say("báo cáo năm 2021")

    assert "hội chợ; kinh phí" not in said
    assert noted(phones) == []


def test_an_office_laid_a_word_template_over_ours(office: Phones, tmp_path: Any) -> None:
    folder = tmp_path / "documents" / "reports"
    folder.mkdir(parents=True)
    (folder / "year.docx").write_bytes(b"PK")
    office.player._reception.overlays = (tmp_path,)

    office.say("báo cáo năm 2021", "1")

    ((_, paper),) = printed(office)
    assert paper.template == str(folder / "year.docx")


def test_conclusions_pasted_in_the_chat_come_out_in_word_with_their_day_and_state(
    office: Phones,
) -> None:
    told = "Sở Y tế: lấy mẫu trước 20/12/2026\nPhòng Kinh tế: đăng ký nhãn hiệu trước 25/12/2026"
    office.say(f"giao việc:\n{told}", "1", "xong nhiệm vụ 1")

    office.say("thông báo kết luận năm 2026", "1")

    ((kind, paper),) = printed(office)
    content, _ = reports.printed(kind, paper)
    rows = [[cell.text for cell in row.cells] for row in table_of_tasks(content)]
    assert ["1", "lấy mẫu trước 20/12/2026", "20/12/2026", "đã xong"] in rows
    assert ["1", "đăng ký nhãn hiệu trước 25/12/2026", "25/12/2026", "đang làm"] in rows


def table_of_tasks(content: bytes) -> Any:
    tables = Document(io.BytesIO(content)).tables
    return next(it for it in tables if it.rows[0].cells[1].text == "Nhiệm vụ").rows


def test_supports_written_in_the_chat_are_in_the_money_of_the_report(office: Phones) -> None:
    fields = ("khuyến công", "100 triệu", "20 triệu", "gian hàng", "bỏ qua")
    office.say("thêm hỗ trợ", "Sở Công Thương", *fields)

    assert "kinh phí 100 triệu đồng" in office.say("báo cáo năm 2026")


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("báo cáo năm 2021", ("year", 2021, 2021)),
        ("bao cao nam nay", ("year", 2026, 2026)),
        ("Làm báo cáo kết quả OCOP năm 2025.", ("year", 2025, 2025)),
        ("báo cáo năm trước", ("year", 2025, 2025)),
        ("báo cáo nhiệm kỳ", ("term", 2026, 2030)),
        ("báo cáo nhiệm kỳ 2021-2025", ("term", 2021, 2025)),
        ("báo cáo giai đoạn 2018 đến 2020", ("term", 2018, 2020)),
        ("kế hoạch 2027", ("plan", 2027, 2027)),
        ("kế hoạch năm sau", ("plan", 2027, 2027)),
        ("thông báo kết luận", ("conclusions", 2026, 2026)),
        ("thông báo kết luận họp năm 2020", ("conclusions", 2020, 2020)),
        ("phụ lục", ("annex", 2026, 2026)),
        ("phụ lục năm 2021", ("annex", 2021, 2021)),
        ("report 2021", ("year", 2021, 2021)),
        ("term report 2021-2025", ("term", 2021, 2025)),
    ],
)
def test_the_words_for_a_report_are_understood(typed: str, order: tuple[str, int, int]) -> None:
    assert report_orders.read(typed, 2026) == order


@pytest.mark.parametrize(
    "typed",
    [
        *("báo cáo", "báo cáo tự đánh giá", "kế hoạch của tôi", "kế hoạch", "báo cáo năm 1990"),
        *("báo cáo giai đoạn 2025-2021", "kế hoạch 2090", "dời ngày 3 đợt 1 năm 2027", "tóm tắt"),
    ],
)
def test_other_words_are_left_to_others(typed: str) -> None:
    assert report_orders.read(typed, 2026) is None


def test_targets_set_in_the_chat_stand_in_word_beside_what_the_chat_says_is_reached(
    office: Phones,
) -> None:
    told = office.say("giao chỉ tiêu Tủa Chùa: 2 sản phẩm mới 3 sao")

    office.say("báo cáo năm 2026", "1")

    ((kind, paper),) = printed(office)
    content, _ = reports.printed(kind, paper)
    cells = [
        [cell.text for cell in row.cells]
        for table in Document(io.BytesIO(content)).tables
        for row in table.rows
    ]
    assert "0/2 sản phẩm mới từ 3 sao" in told
    assert ["1", "xã Tủa Chùa", "sản phẩm mới", "3", "2", "0", "0 %"] in cells
