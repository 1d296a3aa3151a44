"""The organiser's list: what is known of who joins, and a mark where something is not."""

from datetime import date

from documents import tables
from documents.digest import Day, Digest, Section
from handlers.officer import joined_sheet
from storage import announcements, joining, officers
from tests.handlers.phones import Phones
from tests.handlers.test_fair_answers import NEEDS, announced


def listed(phones: Phones) -> Section:
    with phones.database.reading() as tx:
        row = announcements.found(tx, 1)
        assert row is not None
        return joined_sheet.section(tx, row, joining.who(tx, officers.over(""), 1, ["join"]))


def test_a_row_has_what_the_organiser_asks_in_the_order_of_the_columns(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS, on="mai")

    section = listed(phones)

    (row,) = section.rows
    told = dict(zip(section.columns, row, strict=True))
    assert told["Tên đơn vị"] == "HTX Bản Liền"
    assert told["Loại hình"] == "Hợp tác xã"
    assert told["Điện thoại"] == "0912345678"
    assert told["Sản phẩm trưng bày"] == "gạo Khẩu Mẹo"
    assert told["Hạng sao"] == 4
    assert told["Số quyết định công nhận"] == "157/QĐ-UBND"
    assert told["Ngày hết hạn"] == Day(date(2027, 6, 30))
    assert told["Số gian hàng"] == 2
    assert told["Điện, tủ lạnh"] == "cần điện"
    assert told["Phương tiện"] == "cần xe chung"


def test_what_is_not_known_is_marked_and_so_is_what_was_not_answered(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", on="mai")

    section = listed(phones)

    (row,) = section.rows
    told = dict(zip(section.columns, row, strict=True))
    assert told["Mã số thuế hoặc đăng ký kinh doanh"] == "chưa rõ"
    assert told["Người đại diện"] == "chưa rõ"
    assert told["Số gian hàng"] == "chưa hỏi xong"
    assert told["Điện, tủ lạnh"] == "chưa hỏi xong"


def test_a_star_that_ends_before_the_fair_does_is_none(phones: Phones) -> None:
    announced(phones, "xã Bảo Nhai")
    phones.say("1", "để sau", on="pao")

    section = listed(phones)

    (row,) = section.rows
    assert dict(zip(section.columns, row, strict=True))["Hạng sao"] == "chưa rõ"


def test_it_becomes_a_workbook_that_is_the_same_each_time(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS, on="mai")
    told = Digest("Hội chợ Xuân Lào Cai", date(2026, 12, 1), (listed(phones),))

    made = tables.fair_list(told)

    assert made.startswith(b"PK\x03\x04")
    assert tables.fair_list(told) == made
