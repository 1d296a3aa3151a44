"""What an office sets of its own at the desk counts at once, in its own province and no other."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from sqlalchemy import text

from documents import crafts, filling, orders
from documents.shelf import Shelf
from hands.hiring import Task
from programme import office, ruleset, soundness, units
from programme.office import OwnPaper, OwnPapers
from storage import days_off, help_units
from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import appoint, noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
PAPERS, TEXTS, UNITS = "/desk/office/papers", "/desk/office/texts", "/desk/office/units"
TEMPLATES = "/desk/office/templates"
CRAFT = {
    "do": "keep",
    "id": "new",
    "name": "Giấy xác nhận làng nghề",
    "issuer": "Sở Công Thương",
    "lead_days": "20",
    "months": "",
    "copy": "certified",
    "sets": "",
    "row": "3",
    "seen": 0,
}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path, in_hand) as made:
        yield made.enter("tinh")


def seen(desk: Rig, page: str) -> str:
    return desk.page(page).partition('name="seen" value="')[2].partition('"')[0]


# -- papers ----------------------------------------------------------------------------------------


def test_a_paper_that_the_province_asks_for_is_asked_of_its_producers_at_once(desk: Rig) -> None:
    before = desk.phones.say("còn thiếu gì")

    told = desk.send(PAPERS, **CRAFT)
    after = desk.phones.say("còn thiếu gì")
    desk.phones.wait(timedelta(0))

    assert "Giấy xác nhận làng nghề" in told
    assert "Giấy xác nhận làng nghề" not in before
    assert "làng nghề" in desk.page("/desk/dossiers/1")
    totals = [int(each.partition("/")[2].split()[0].strip(".:,")) for each in (before, after)]
    assert totals[1] == totals[0] + 1


def test_it_can_be_sent_judged_and_asked_for_no_more_and_what_was_sent_stays(desk: Rig) -> None:
    desk.send(PAPERS, **CRAFT)
    number = desk.give("office_15_1")

    page = desk.page(f"/desk/papers/{number}")
    desk.send(PAPERS, **{**CRAFT, "id": "office_15_1", "do": "stop", "seen": seen(desk, PAPERS)})
    desk.phones.wait(timedelta(0))
    dossier = desk.page("/desk/dossiers/1")

    assert "Giấy xác nhận làng nghề" in page
    assert f'/desk/papers/{number}">Giấy xác nhận làng nghề' in dossier
    assert "Đã thôi xin" in desk.page(PAPERS)


def test_another_province_asks_for_nothing_of_it(desk: Rig) -> None:
    desk.phones.say("/start CANBO", on="la")
    appoint(desk.phones, "68")
    desk.enter("la")
    before = desk.phones.say("còn thiếu gì")

    desk.send(PAPERS, **CRAFT)

    assert desk.phones.say("còn thiếu gì") == before
    assert "làng nghề" not in desk.enter("tinh").page(PAPERS)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"name": "x"}, "Tên từ 2 tới 120 chữ"),
        ({"issuer": ""}, "Nơi cấp từ 2 tới 120 chữ"),
        ({"lead_days": "0"}, "Số ngày chờ từ 1 tới 720"),
        ({"lead_days": "hai tuần"}, "Số ngày chờ từ 1 tới 720"),
        ({"months": "9999999999"}, "Số tháng từ 1 tới 240"),
        ({"sets": "3, 27"}, "Số của bộ sản phẩm từ 1 tới 26"),
    ],
)
def test_what_is_wrong_is_said_kindly_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    typed = {**CRAFT, "name": "Giấy <b>làng</b> nghề", "issuer": "Sở Công Thương", **wrong}

    told = desk.send(PAPERS, **typed)

    assert hint in told
    assert "Chữ anh chị gõ vẫn còn" in told
    kept = [name for name in ("name", "issuer", "lead_days") if name not in wrong]
    shown = {"name": "Giấy &lt;b&gt;làng&lt;/b&gt; nghề"}
    assert [n for n in kept if f'value="{shown.get(n, typed[n])}"' not in told] == []
    assert "Đã thôi xin" not in told
    assert "office_15_1" not in told


def test_who_changed_it_first_is_not_overwritten_and_the_second_keeps_the_words(desk: Rig) -> None:
    desk.send(PAPERS, **CRAFT)

    told = desk.send(PAPERS, **{**CRAFT, "name": "Giấy khác"})

    assert "vừa có người khác sửa" in told
    assert 'value="Giấy khác"' in told
    assert "office_15_2" not in desk.page(PAPERS)


def test_a_wait_of_the_laws_paper_is_the_provinces_own_until_it_is_taken_back(desk: Rig) -> None:
    about = {"do": "wait", "paper": "food_safety_certificate"}

    desk.send(PAPERS, **about, days="45", seen=0)
    longer = desk.page(PAPERS)
    desk.send(PAPERS, **about, days="", seen=seen(desk, PAPERS))

    assert "45 ngày (chung: 30)" in longer
    assert "(chung: 30)" not in desk.page(PAPERS)


def test_who_has_not_the_right_sets_nothing(desk: Rig) -> None:
    desk.enter("xa")
    token = desk.token()
    pages = (PAPERS, TEXTS, UNITS)

    looks = [desk.browser.get(page).status_code for page in pages]
    data = {**CRAFT, "token": token}
    deeds = [desk.browser.post(page, data=data).status_code for page in pages]

    assert looks + deeds == [403] * 6
    assert PAPERS not in desk.page("/desk/office")


def test_every_change_is_in_the_log_with_who_and_when(desk: Rig) -> None:
    desk.send(PAPERS, **CRAFT)
    desk.send(TEXTS, do="keep", seen=0, called="Văn phòng OCOP tỉnh")
    desk.send(UNITS, do="keep", unit="", name="Phòng Văn hoá", duties="câu chuyện\nnhãn")

    deeds = [deed for _, deed, _, _ in noted(desk.phones)]
    assert [deed for deed in deeds if deed in {"set_office", "added_unit"}] == [
        "set_office",
        "set_office",
        "added_unit",
    ]
    with desk.phones.database.reading() as tx:
        rows = tx.execute(text("SELECT area, name, set_by IS NULL FROM office_settings")).all()
    assert [tuple(row) for row in rows] == [("15", "papers", 0), ("15", "texts", 0)]


def test_what_an_office_lays_over_every_rule_set_is_sound() -> None:
    paper = OwnPaper("office_15_1", "Giấy làng nghề", "Sở", 20, 3, "plain", 12, (3,))
    body = office.written(OwnPapers((paper,), {"labour_list": 9}))
    told = office.overlay((("15", body), ("68", body.replace("_15_", "_68_"))), "15")
    assert told is not None

    for name in ruleset.names():
        rules = ruleset.rule_set(name, told)
        always = [each["id"] for each in ruleset.part("evidence", rules)["always"]]
        assert soundness.faults(rules) == ()
        assert "office_15_1" in always
        assert "office_68_1" not in always
    assert ruleset.overlay(str(told)) == told


# -- texts, units, days ----------------------------------------------------------------------------


def test_the_office_is_called_as_it_calls_itself_in_what_it_announces(desk: Rig) -> None:
    desk.send(TEXTS, do="keep", seen=0, called="Văn phòng OCOP Lào Cai")

    said = desk.phones.say(
        *("thông báo", "4", "Họp bàn OCOP", "Mời bà con tới họp ở xã"),
        *("chủ thể xã Bản Liền", "đúng", "gửi"),
        on="tinh",
    )

    assert "Văn phòng OCOP Lào Cai" in said


def test_earlier_texts_are_kept_and_can_stand_again(desk: Rig) -> None:
    desk.send(TEXTS, do="keep", seen=0, signer="Người ký cũ")
    desk.send(TEXTS, do="keep", seen=seen(desk, TEXTS), signer="Người ký mới")
    page = desk.page(TEXTS)
    first = page.rpartition('name="version" value="')[2].partition('"')[0]

    desk.send(TEXTS, do="back", version=first, seen=seen(desk, TEXTS))

    assert 'value="Người ký mới"' in page
    assert 'value="Người ký cũ"' in desk.page(TEXTS)


def test_a_text_that_is_too_long_is_said_kindly_and_stays(desk: Rig) -> None:
    told = desk.send(TEXTS, do="keep", seen=0, signer="A" * 161, recipients="Lưu: VT")

    assert "Nhiều nhất 160 chữ" in told
    assert "Lưu: VT" in told


def test_units_are_added_changed_and_taken_off(desk: Rig) -> None:
    desk.send(UNITS, do="keep", unit="", name="Phòng Văn hoá", duties="câu chuyện\n\nnhãn")
    page = desk.page(UNITS)
    number = page.partition('name="unit" value="')[2].partition('"')[0]
    desk.send(UNITS, do="keep", unit=number, name="Phòng Kinh tế", duties="vốn")
    changed = desk.page(UNITS)
    desk.send(UNITS, do="drop", unit=number, name="")

    assert "<li>nhãn</li>" in page
    assert "Phòng Kinh tế" in changed
    assert "<li>vốn</li>" in changed
    assert "Phòng Kinh tế" not in desk.page(UNITS)


def test_who_has_no_units_yet_takes_the_eleven_usual_ones_and_questions_find_them(
    desk: Rig,
) -> None:
    desk.send(UNITS, do="usual")
    page = desk.page(UNITS)

    assert page.count('class="plain-list"') == 11
    assert "Những nơi thường giúp" not in page
    with desk.phones.database.reading() as tx:
        kept = help_units.everyone(tx)
    for row, unit in zip(kept, units.units(), strict=True):
        assert unit.id in units.of_office(row["unit"], row["duties"])


def test_days_off_are_set_and_taken_back_as_in_the_chat(desk: Rig) -> None:
    day = desk.phones.player.now.date() + timedelta(days=8)

    told = desk.send("/desk/office", do="rest", **{"from": day, "to": ""}, why="lễ của tỉnh")
    with desk.phones.database.reading() as tx:
        kept = days_off.everyone(tx)
    wrong = desk.send("/desk/office", do="rest", **{"from": "2020-01-01"}, why="cũ rồi")
    desk.send("/desk/office", do="forget", **{"from": day})

    assert [(row["day"], row["off"], row["reason"]) for row in kept] == [(day, True, "lễ của tỉnh")]
    assert "nghỉ" in told
    assert "Ngày bắt đầu là hôm nay" in wrong
    assert 'value="cũ rồi"' in wrong
    with desk.phones.database.reading() as tx:
        assert days_off.everyone(tx) == []


# -- Word templates --------------------------------------------------------------------------------


def in_hand(task: Task) -> dict[str, Any]:
    """What a hand answers, without one."""
    name = task["do"].partition(":")[2]
    about = {key: value for key, value in task.items() if key != "do"}
    return crafts.WORKS[name](**about)


def word(*lines: str) -> bytes:
    document, saved = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(saved)
    return saved.getvalue()


def lay(desk: Rig, content: bytes, **fields: object) -> str:
    about = {"do": "lay", "kind": "year", "seen": 0, **fields, "token": desk.token()}
    files = {"file": ("mau-tinh.docx", content)} if content else {"file": ("", b"")}
    answer = desk.browser.post(TEMPLATES, data=about, files=files)
    assert answer.status_code == 200
    return answer.text


def printed(desk: Rig) -> str:
    """The year's report as Word, as the province's officer has it printed in the chat."""
    desk.phones.say("báo cáo năm nay", "1", on="tinh")
    with desk.phones.database.reading() as tx:
        kind, about = tx.execute(text("SELECT kind, about FROM prints ORDER BY id DESC")).all()[0]
    wanted = orders.files(orders.read(kind, about))
    paths = {name: [(name, str(desk.files.path(name)))] for name in wanted}
    shelf = Shelf(desk.files.folder / "shelf")
    part = filling.fill(kind, about, paths, shelf).part
    document = Document(str(shelf.path(part)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_reports_are_printed_with_the_offices_texts_and_in_its_own_word_template(
    desk: Rig,
) -> None:
    desk.send(TEXTS, do="keep", seen=0, signer="Người ký thử", closing="Trên đây là báo cáo.")
    ours = printed(desk)

    told = lay(desk, word("Mẫu riêng của tỉnh {{ years }}", "Ký: {{ own.signer }}", "{{ nham }}"))
    own = printed(desk)
    back = desk.browser.get(f"{TEMPLATES}/year")
    common = lay(desk, b"", do="none", seen=seen(desk, TEMPLATES))

    assert "Trên đây là báo cáo." in ours
    assert "Người ký thử" in ours
    assert "in theo mẫu của cơ quan" in told
    assert "để trống: nham" in told
    assert "mau-tinh.docx" in told
    assert own.startswith("Mẫu riêng của tỉnh năm 2026\nKý: Người ký thử")
    assert back.content[:2] == b"PK"
    assert "in theo mẫu chung" in common
    assert "mau-tinh.docx" not in common


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"", "chọn một tệp Word"),
        (b"%PDF-1.7 ", "không phải tệp Word"),
        (word("{{ years "), "gõ chưa đúng"),
        (word("không có chỗ điền"), "chưa có chỗ nào để em điền"),
        (bytes(8_000_001), "lớn quá"),
    ],
)
def test_a_template_that_cannot_be_printed_is_told_kindly_and_the_old_one_stays(
    desk: Rig, content: bytes, hint: str
) -> None:
    lay(desk, word("Mẫu cũ {{ years }}"))

    told = lay(desk, content, seen=seen(desk, TEMPLATES))

    assert hint in told
    assert "vẫn như cũ" in told
    assert printed(desk).startswith("Mẫu cũ năm 2026")


def test_who_has_not_the_right_lays_no_template_and_nothing_of_theirs_is_opened(desk: Rig) -> None:
    desk.enter("xa")
    about = {"do": "lay", "kind": "year", "token": desk.token()}

    answer = desk.browser.post(TEMPLATES, data=about, files={"file": ("a.docx", word("x"))})

    assert answer.status_code == 403
    assert list(desk.files.folder.glob("??/*")) == []


def test_what_the_office_says_where_one_calls_is_said_to_who_asks(desk: Rig) -> None:
    before = desk.phones.say("hỏi cán bộ nhà tôi gửi xe ở đâu")

    desk.send(TEXTS, do="keep", seen=0, contact="Văn phòng OCOP, giờ hành chính")

    after = desk.phones.say("hỏi cán bộ nhà tôi gửi xe máy ở đâu")

    assert "Cần gấp" not in before
    assert "Cần gấp, bác gọi Văn phòng OCOP" in after


def test_a_file_of_who_may_not_send_one_is_not_even_read(desk: Rig) -> None:
    """Whoever is not signed in must not keep us busy with large forms."""
    token = desk.token()
    large = {"file": ("a.docx", bytes(20_000_000))}

    desk.enter("xa")
    barred = desk.browser.post(TEMPLATES, data={"token": token}, files=large)
    desk.browser.cookies.clear()
    outside = desk.browser.post(TEMPLATES, data={"token": token}, files=large)

    assert barred.status_code == 403
    assert outside.url.path == "/desk/enter"


def test_words_beside_a_file_are_no_larger_than_in_any_form(desk: Rig) -> None:
    about = {"token": desk.token(), "kind": "year", "do": "lay", "more": "\r\n" * 40_000}

    answer = desk.browser.post(TEMPLATES, data=about, files={"file": ("a.docx", b"PK")})

    assert answer.status_code == 413


def test_a_unit_is_added_once_however_often_the_form_is_sent(desk: Rig) -> None:
    about = {"do": "keep", "unit": "", "name": "Phòng Văn hoá", "duties": "nhãn"}
    desk.send(UNITS, **about)

    told = desk.send(UNITS, **{**about, "name": "phòng văn hoá"})

    assert "em không ghi thêm lần nữa" in told
    assert told.count("<li>nhãn</li>") == 1
