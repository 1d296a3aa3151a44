"""Conclusions: lines of a meeting's notice, as units, deeds and days."""

from datetime import date

import pytest

from conversations import conclusions
from conversations.conclusions import Conclusion, Conclusions

TODAY = date(2026, 11, 30)
# As the notice of a district of Quảng Bình writes them (2020), with days set in.
NOTICE = """
#### 2.1. Phòng Nông nghiệp và Phát triển nông thôn:

- Chủ trì tham mưu thực hiện chu trình OCOP thường niên.

- Xây dựng kế hoạch tổ chức tập huấn, xong trước ngày 15/3/2027.

## 2.2. Phòng Văn hóa - Thông tin:

- Đề xuất các nhóm sản phẩm du lịch trong tháng 4.

2.4. Phòng Tài nguyên - Môi trường chủ trì phối hợp với UBND thị trấn Quán Hàu đề xuất phương án.
"""
CULTURE = "Phòng Văn hóa - Thông tin"


def test_a_heading_names_the_unit_of_the_lines_below_it() -> None:
    deeds = conclusions.read(NOTICE, TODAY).deeds

    assert [one.unit for one in deeds] == [
        "Phòng Nông nghiệp và Phát triển nông thôn",
        "Phòng Nông nghiệp và Phát triển nông thôn",
        CULTURE,
        "Phòng Tài nguyên - Môi trường",
    ]
    assert [one.due for one in deeds] == [None, date(2027, 3, 15), date(2027, 4, 30), None]
    assert deeds[3].deed.startswith("chủ trì phối hợp")


def test_a_line_may_name_its_own_unit() -> None:
    told = "1. UBND xã Bản Liền: báo cáo trước 15/3\n2) Sở Y tế kiểm tra nhãn đến hết 20/12/2026"

    assert conclusions.read(told, TODAY) == Conclusions(
        (
            Conclusion("UBND xã Bản Liền", "báo cáo trước 15/3", date(2027, 3, 15)),
            Conclusion("Sở Y tế", "kiểm tra nhãn đến hết 20/12/2026", date(2026, 12, 20)),
        )
    )


def test_lines_without_a_unit_are_counted_and_left_out() -> None:
    told = "Sau khi nghe báo cáo, đồng chí Phó Chủ tịch kết luận\nSở Y tế: lấy mẫu"

    assert conclusions.read(told, TODAY) == Conclusions((Conclusion("Sở Y tế", "lấy mẫu"),), 1)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("báo cáo trước ngày 30/4/2027", date(2027, 4, 30)),
        ("báo cáo chậm nhất 5 tháng 1", date(2027, 1, 5)),
        ("hoàn thành trong tháng 2/2028", date(2028, 2, 29)),
        ("theo Quyết định số 919/QĐ-TTg ngày 1/8/2022", None),
        ("tiếp tục Kế hoạch trước ngày 20/3/2020", None),
        ("phấn đấu có 4 sản phẩm", None),
        ("hạn 31/2", None),
    ],
)
def test_only_a_day_to_come_that_ends_the_deed_is_its_day(said: str, day: date | None) -> None:
    assert conclusions.due(said, TODAY) == day


@pytest.mark.parametrize("said", ["", "\n\n", ":::", "- \n* ", "x" * 50_000, "\u0000:\u0301"])
def test_no_text_breaks_it(said: str) -> None:
    assert conclusions.read(said, TODAY).deeds == ()
