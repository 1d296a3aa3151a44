"""What a certificate says is read from its photo."""

from datetime import date, datetime

import pytest

from papers import cleaning, judging, opening, reading
from papers.reading import Facts
from papers.recognising import Text
from tests.papers import photos


def told(*lines: str) -> Facts:
    return reading.found_in(Text(lines, 90.0))


def test_a_certificate_is_read_from_a_dim_photo() -> None:
    photo = photos.photo("dim", 1)
    assert photo.shown is not None
    picture = opening.opened(photo.content)

    found = reading.facts(cleaning.straightened(picture, judging.judge(picture).corners))

    assert found.number == photo.shown.number
    assert found.issued == datetime.strptime(photo.shown.issued, "%d/%m/%Y").astimezone().date()
    assert found.confidence > 70
    assert found.holder is not None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 12/2024/QĐ-UBND", "12/2024/QĐ-UBND"),
        ("Số : 12 / 2024 / NNPTNT-LC", "12/2024/NNPTNT-LC"),
        ("Số 07/GCN-ATTP Lào Cai, ngày 3 tháng 2 năm 2025", "07/GCN-ATTP"),
        ("Số: 597/2026/QĐÐ-UBND", "597/2026/QĐ-UBND"),
        ("Cơ sở 12/3 đường Hoàng Liên", None),
        ("Số lượng 5", None),
    ],
)
def test_the_number_is_what_follows_its_word(line: str, number: str | None) -> None:
    assert told(line).number == number


@pytest.mark.parametrize(
    "line",
    [
        "Có giá trị đến ngày 24/05/2028.",
        "Giấy này có hiệu lực đến hết ngày 24 tháng 5 năm 2028",
        "Hết hạn: 24-5-2028",
    ],
)
def test_the_last_day_is_told_in_many_ways(line: str) -> None:
    assert told("Lào Cai, ngày 24 tháng 05 năm 2025", line).expires == date(2028, 5, 24)


def test_the_last_day_is_not_taken_for_the_day_of_issue() -> None:
    found = told("Có giá trị đến ngày 24/05/2028.", "Lào Cai, ngày 3 tháng 2 năm 2025")

    assert found.issued == date(2025, 2, 3)


def test_a_day_that_does_not_exist_is_not_read() -> None:
    assert told("ngày 31 tháng 02 năm 2025").issued is None


def test_the_holder_stands_behind_its_word() -> None:
    assert told("Cấp cho: HỢP TÁC XÃ BẢN LIỀN.").holder == "HỢP TÁC XÃ BẢN LIỀN"


def test_nothing_is_made_of_nothing() -> None:
    assert told() == Facts(None, None, None, None, 90.0)
