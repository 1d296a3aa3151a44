"""Targets in numbers, as officers type them."""

import pytest

from programme.targets import Wanted, of_certificate, read


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("4 sản phẩm được xếp hạng cấp tỉnh đạt 3 sao trở lên", [Wanted("new", 4, 3)]),
        ("phát triển mới 26 sản phẩm", [Wanted("new", 26, 3)]),
        ("nâng cấp 22 sản phẩm từ 3 sao lên 4 sao", [Wanted("upgraded", 22, 4)]),
        ("ít nhất 06 tổ chức kinh tế", [Wanted("organisations", 6)]),
        ("đánh giá lại 3 sản phẩm", [Wanted("renewed", 3, 3)]),
        (
            "2 sản phẩm mới, 3 hội chợ và 40 học viên; 1 chủ thể",
            [
                Wanted("new", 2, 3),
                Wanted("fairs", 3),
                Wanted("trained", 40),
                Wanted("organisations", 1),
            ],
        ),
        ("2 new products 4 stars and 1 fair", [Wanted("new", 2, 4), Wanted("fairs", 1)]),
        ("0 sản phẩm mới", [Wanted("new", 0, 3)]),
        ("sản phẩm mới", []),
        ("5 sao", []),
        ("12/2026", []),
        ("", []),
    ],
)
def test_each_clause_is_a_number_of_a_kind(said: str, wanted: list[Wanted]) -> None:
    assert read(said) == wanted


def test_a_certificate_counts_by_the_stars_that_went_before() -> None:
    assert [of_certificate(4, was) for was in (0, 3, 4, 5)] == [
        "new",
        "upgraded",
        "renewed",
        "renewed",
    ]
