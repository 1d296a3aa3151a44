"""Both phones in a real Chromium: from an idea to the province, and a fair from notice to list."""

import io
import urllib.request
import zipfile
from collections.abc import Iterable
from itertools import groupby

from tests.journey.page import NEEDS_CHROMIUM, Phone
from tests.journey.test_chromium import TALK
from tests.journey.test_dossier import do, walk
from tests.journey.test_time import Desk, desk

__all__ = ["desk"]

LAN, OFFICER = "producer", "officer"
# Who does what, types or sends; what the same phone hears; a stage to look at.
Act = tuple[str, str, str, str]
PAPER: tuple[Act, ...] = (
    (LAN, "gui giay", "chụp từng tờ", ""),
    (LAN, "attp.jpg", "nhìn rõ", ""),
    (LAN, "xong", "Có đúng", ""),
    (LAN, "dung", "Có đúng", ""),
    (LAN, "dung", "Em cất giấy an toàn thực phẩm", ""),
)
TO_THE_PROVINCE: tuple[Act, ...] = (
    (OFFICER, "viec", "1 phiếu ý tưởng", "hop-thu"),
    (OFFICER, "1", "Trả lại", ""),
    (OFFICER, "1", "Em ghi nhận phiếu", ""),
    *PAPER,
    (OFFICER, "viec", "1 giấy", ""),
    (OFFICER, "1", "Anh chị thấy thế nào", "giay"),
    (OFFICER, "2", "Trả lại vì sao", "vi-sao"),
    (OFFICER, "thieu chu ky", "Em trả lại giấy", ""),
    (LAN, "con thieu gi", "Cán bộ trả lại giấy an toàn thực phẩm", "tra-lai"),
    *PAPER,
    (OFFICER, "viec", "1 giấy", ""),
    (OFFICER, "1", "Gửi lại, lần trước trả vì", "gui-lai"),
    (OFFICER, "dat", "đạt. Em báo người gửi rồi", ""),
    (LAN, "nop xa", "bác nhé?", ""),
    (LAN, "1", "Số hồ sơ: HS-2026-0001", ""),
    (OFFICER, "gui tinh 1", "Xét bốn nội dung", ""),
    (OFFICER, "1", "1/4", "xet"),
    (OFFICER, "đạt, lúa của 34 hộ trong xã", "2/4", ""),
    (OFFICER, "1", "3/4", ""),
    (OFFICER, "1", "4/4", ""),
    (OFFICER, "1", "Xã kết luận thế nào", ""),
    (OFFICER, "1", "đang in Mẫu 03", "mau-03"),
    (OFFICER, "1", "Em ghi xã đã gửi tỉnh", ""),
    (OFFICER, "viec", "tỉnh soát", ""),
    (OFFICER, "1", "Đủ, trình Hội đồng", "soat"),
    (OFFICER, "1", "em đưa vào danh sách trình Hội đồng", "du"),
)

pytestmark = NEEDS_CHROMIUM


def play(desk: Desk, acts: Iterable[Act]) -> None:
    """Do one after the other, each on its phone; each stage that has a name is looked at."""
    phones: dict[str, Phone] = {LAN: desk.producer, OFFICER: desk.officer}
    for _, some in groupby(acts, key=lambda act: act[0]):
        for who, typed, expected, stage in some:
            do(phones[who], typed, expected)
            if stage:
                desk.look(f"can-bo-{stage}")


FAIR: tuple[Act, ...] = (
    (OFFICER, "thông báo", "Anh chị báo bà con việc gì", ""),
    (OFFICER, "1", "Em ghi: Hội chợ", ""),
    (OFFICER, "Hội chợ Thương mại quốc tế Việt - Trung", "Từ ngày nào", ""),
    (OFFICER, "24/12 den 28/12", "Em ghi: 24/12/2026 đến 28/12/2026", ""),
    (OFFICER, "Kim Thành, Lào Cai", "Nhận đăng ký đến hết ngày nào", ""),
    (OFFICER, "10/12/2026", "Em ghi: 10/12/2026", ""),
    (OFFICER, "chủ thể xã Bắc Hà", "Em hiểu là: chủ thể xã Bắc Hà, tỉnh Lào Cai", ""),
    (OFFICER, "dung", "Gửi cho: chủ thể xã Bắc Hà, tỉnh Lào Cai", ""),
    (OFFICER, "gui", "Gửi 1 người", "thong-bao"),
)
JOINING: tuple[Act, ...] = (
    (LAN, "1", "Em ghi bác tham gia Hội chợ Thương mại", "tham-gia"),
    (LAN, "gạo Khẩu Mẹo", "mấy gian", ""),
    (LAN, "1", "bao nhiêu hàng", ""),
    (LAN, "200 kg", "cần điện", ""),
    (LAN, "can dien", "Mấy người đi", ""),
    (LAN, "2 nguoi", "đi bằng gì", ""),
    (LAN, "tu di", "hỗ trợ gì thêm", ""),
    (LAN, "bo qua", "Em ghi đủ vào danh sách đi Hội chợ", "du-danh-sach"),
    (OFFICER, "tien do 1", "danh sách 1 người", "tien-do"),
    (OFFICER, "excel hoi cho 1", "Em đang làm bảng tính", ""),
)


def go_to_the_province(desk: Desk) -> None:
    """An idea becomes a dossier at the province, and one paper goes back once."""
    walk(desk.producer, ((said, expected, "") for said, expected, _ in TALK), None)

    play(desk, TO_THE_PROVINCE)

    desk.producer.hears("thấy đủ, đưa vào danh sách Hội đồng", 0)
    told = desk.producer.letters()
    returned = [letter for letter in told if "chỉ giấy này thôi" in letter]
    desk.until(lambda: any("Bao-cao-cua-xa" in each.text for each in desk.officer.part("a")))
    desk.narrowed("can-bo")
    assert len(returned) == 1
    assert any("xã nhận ý tưởng gạo Khẩu Mẹo Bản Liền" in letter for letter in told)
    assert any("đã gửi hồ sơ HS-2026-0001" in letter for letter in told)


def go_to_the_fair(desk: Desk) -> None:
    """A fair is announced to her, she joins, and is on the organiser's list."""
    play(desk, FAIR)
    invited = len(desk.producer.letters())
    do(desk.officer, "1", "Em đang gửi Hội chợ Thương mại")
    desk.producer.hears("Mời bác: Hội chợ Thương mại quốc tế Việt - Trung", invited)
    desk.officer.hears("gửi xong: 1 người nhận", 0)

    play(desk, JOINING)
    desk.until(lambda: bool(sheet_of(desk.officer)))
    desk.look("can-bo-danh-sach")

    with urllib.request.urlopen(sheet_of(desk.officer)) as answer:
        content = answer.read()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    for told in ("HTX Bản Liền", "Vàng Thị Mai", "gạo Khẩu Mẹo", "200 kg"):
        assert told in words


def sheet_of(phone: Phone) -> str:
    """The address of the workbook that came to the phone; empty while none did."""
    there = (part for part in phone.part("a") if ".xlsx" in part.text)
    return next((part.get_attribute("href") or "" for part in there), "")


def test_one_paper_goes_back_once_the_dossier_comes_to_the_province_and_she_to_a_fair(
    desk: Desk,
) -> None:
    go_to_the_province(desk)
    go_to_the_fair(desk)
