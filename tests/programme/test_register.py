"""An office's register: columns in any wording, cells as people type them, rows of no product."""

from collections.abc import Sequence
from datetime import date

import pytest

from programme import register
from programme.register import Cell, Entry, Fault, Formula, Heads, Plan, Read, Sheet, Wrong, cells

HEADS = ["TT", "Tên sản phẩm", "Chủ thể", "Xã", "Hạng sao", "Số QĐ", "Ngày cấp", "SĐT"]
GOOD: list[Cell] = [
    *(1, "Gạo Séng Cù", "HTX Bản Liền", "Bản Liền", "3 sao", "19/QĐ-UBND", "12/3/24", "0912345678"),
]


def read(*rows: Sequence[Cell], heads: Sequence[str] = HEADS, plan: Plan | None = None) -> Read:
    found = register.find([Sheet("Sổ", [list(heads), *rows])], plan or Plan())
    assert found is not None
    return register.read(found, plan or Plan())


def entry(*row: Cell, heads: Sequence[str] = HEADS, plan: Plan | None = None) -> Entry:
    found = read(list(row), heads=heads, plan=plan)
    assert found.faults == ()
    (only,) = found.entries
    return only


def changed(**cells_: Cell) -> list[Cell]:
    """The good row with other cells, each named by its place in HEADS, such as h3."""
    return [cells_.get(f"h{at}", cell) for at, cell in enumerate(GOOD)]


def heads_of(*rows: Sequence[Cell], plan: Plan | None = None) -> Heads:
    found = register.find([Sheet("Sổ", rows)], plan or Plan())
    assert found is not None
    return found


# -- columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("STT", "number"), ("Tên SP", "name"), ("Sản phẩm", "name"), ("TÊN SẢN PHẨM OCOP", "name"),
        ("Tên chủ thể", "producer"), ("Chủ thể sản xuất", "producer"), ("CHU THE", "producer"),
        ("Đơn vị sản xuất", "producer"), ("ChuTheSXKD", "producer"), ("Xã/phường", "commune"),
        ("Xã, phường, thị trấn", "commune"), ("Huyện, thị xã, thành phố", "district"),
        ("Tỉnh/TP", "province"), ("Địa chỉ sản xuất", "address"), ("Điện thoại", "phone"),
        ("Số điện thoại liên hệ", "phone"), ("Mã số thuế", "tax_code"), ("MST", "tax_code"),
        ("Mã số doanh nghiệp", "tax_code"), ("Mã số sản phẩm", "code"),
        ("SĐT", "phone"), ("Hạng", "star"), ("Số sao", "star"),
        ("Kết quả phân hạng (sao)", "star"), ("XepHang", "star"), ("Số QĐ", "decision"),
        ("QĐ công nhận", "decision"), ("Số quyết định công nhận", "decision"),
        ("Ngày cấp GCN", "issued"), ("Ngày công nhận", "issued"), ("Năm công nhận", "issued"),
        ("Ngày hết hạn", "expires"), ("Thời hạn", "expires"), ("Bộ sản phẩm", "product_set"),
        ("Người đại diện", "representative"), ("Loại hình", "kind"), ("Mã sản phẩm", "code"),
        ("Cấp công nhận", "level"), ("Ngay cap", "issued"), ("Ngày hết han", "expires"),
    ],
)  # fmt: skip
def test_a_head_is_known_however_it_is_worded(head: str, field: str) -> None:
    (guess,) = register.columns([head], Plan())

    assert guess.field == field


@pytest.mark.parametrize("head", ["Ghi chú", "Điểm", "Doanh thu", "Vùng nguyên liệu", "Logo", "%"])
def test_what_a_register_tells_besides_is_left_alone(head: str) -> None:
    (guess,) = register.columns([head], Plan())

    assert guess.field == ""


def test_columns_stand_in_any_order_and_none_is_used_twice() -> None:
    found = register.columns(["SĐT", "Xếp hạng", "Chủ thể", "Tên SP", "Hạng sao", "TT"], Plan())

    assert [guess.field for guess in found] == ["phone", "", "producer", "name", "star", "number"]


def test_two_rows_of_heads_are_read_together_and_titles_above_are_not_heads() -> None:
    heads = heads_of(
        ["UBND TỈNH LÀO CAI"],
        ["DANH SÁCH SẢN PHẨM OCOP NĂM 2024"],
        [],
        ["TT", "Tên sản phẩm", "Chủ thể", "Hạng", "Quyết định công nhận", None, "Hạn"],
        [None, None, None, None, "Số", "Ngày", None],
        [1, "Gạo", "HTX Bản Liền", 3, "19/QĐ-UBND", "12/3/2024", "12/3/2027"],
    )

    assert heads.last == 5
    placed = {"number": 0, "name": 1, "producer": 2, "star": 3, "decision": 4, "issued": 5}
    assert heads.fields.items() >= placed.items()


def test_the_office_has_the_last_word_on_its_columns() -> None:
    plan = Plan(columns={"star": "B", "name": "Mặt hàng", "phone": None})

    found = register.columns(["Mặt hàng", "Loại", "Chủ thể", "SĐT"], plan)

    assert [guess.field for guess in found] == ["name", "star", "producer", ""]
    assert found[0].told


def test_the_sheet_that_tells_most_is_taken_unless_the_office_names_one() -> None:
    other = Sheet("Tổng hợp", [["TT", "Xã", "Huyện"], [1, "Bản Liền", "Bắc Hà"]])
    sheets = [other, Sheet("DS", [HEADS, GOOD])]

    best, named = register.find(sheets, Plan()), register.find(sheets, Plan(sheet="tong hop"))

    assert best is not None and best.sheet.name == "DS"  # noqa: PT018 - mypy reads both
    assert named is not None and named.sheet is other  # noqa: PT018 - as above
    assert named.lacking == ("name", "producer", "star")
    assert register.find([Sheet("x", [["a", "b"], [1, 2]])], Plan()) is None


# -- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12/3/24", "2024-03-12"), ("12/03/2024", "2024-03-12"), ("12-3-2024", "2024-03-12"),
        ("12.3.2024", "2024-03-12"), ("2024-03-12", "2024-03-12"), (45363, "2024-03-12"),
        (45363.0, "2024-03-12"), (date(2024, 3, 12), "2024-03-12"),
        ("2024-03-12 00:00:00", "2024-03-12"), ("ngày 12/3/2024", "2024-03-12"),
        ("3/2024", "2024-03"),
        ("ngày 12 tháng 3 năm 2024", "2024-03-12"), ("tháng 3 năm 2024", "2024-03"),
        (2024, "2024"), ("2024", "2024"), ("29/2/2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_exactly_as_it_is_written(written: Cell, day: str) -> None:
    assert cells.day(written) == day


@pytest.mark.parametrize("written", ["31/2/2024", "3/25/2024", "24", "quý II", "12/3/1024", 7, "?"])
def test_what_is_no_day_is_refused(written: Cell) -> None:
    assert isinstance(cells.day(written), Wrong)


@pytest.mark.parametrize(
    ("written", "stars"),
    [
        (3, 3), (4.0, 4), ("3", 3), ("03", 3), ("3 sao", 3), ("Hạng 4 sao", 4), ("4*", 4),
        ("***", 3), ("★★★★", 4), ("⭐⭐⭐⭐⭐", 5), ("ĐẠT 3 SAO", 3), ("5 sao ", 5),
    ],
)  # fmt: skip
def test_stars_are_read_however_they_are_written(written: Cell, stars: int) -> None:
    assert cells.star(written) == stars


@pytest.mark.parametrize("written", ["3-4 sao", "6", 0, "tiềm năng 5 sao", "khá", 3.5, "******"])
def test_what_does_not_say_how_many_stars_is_refused(written: Cell) -> None:
    assert isinstance(cells.star(written), Wrong)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        (912345678, "0912345678"), ("0912 345 678", "0912345678"),
        ("+84 912 345 678", "0912345678"), ("0912.345.678", "0912345678"),
        ("0214 3 880 123", "02143880123"),
        ("0912345678/0987654321", "0912345678"), (912345678.0, "0912345678"),
    ],
)  # fmt: skip
def test_a_telephone_gets_back_the_zero_that_excel_takes(written: Cell, phone: str) -> None:
    assert cells.phone(written) == phone


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5300123456", "5300123456"), (101234567, "0101234567"), ("0101234567", "0101234567"),
        ("0101234567-001", "0101234567-001"), ("0101234567001", "0101234567-001"),
        (5300123456.0, "5300123456"), (" 0101 234 567 ", "0101234567"),
        (5300123456001, "5300123456-001"),
    ],
)  # fmt: skip
def test_a_tax_code_has_ten_figures_or_thirteen(written: Cell, code: str) -> None:
    assert cells.tax_code(written) == code


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("001085012345", "id_number"), (101085012345, "id_number"), ("101234567", "bad_tax_code"),
        ("0101234567-1", "bad_tax_code"), ("chưa có", "bad_tax_code"), (12, "bad_tax_code"),
        ("٠١٠١٢٣٤٥٦٧", "bad_tax_code"), ("010-1234567001", "bad_tax_code"),
    ],
)  # fmt: skip
def test_a_persons_own_number_is_no_tax_code_and_nothing_else_is(
    written: Cell, reason: str
) -> None:
    found = cells.tax_code(written)

    assert isinstance(found, Wrong)
    assert found.reason == reason


def test_a_set_is_its_number_or_its_name() -> None:
    assert [cells.product_set(said) for said in (3, "Bộ 3", "3. Gạo, ngũ cốc", "26")] == [
        3,
        3,
        3,
        26,
    ]
    assert cells.product_set("Chè tươi, chè chế biến") == 11
    assert isinstance(cells.product_set("27"), Wrong)
    assert isinstance(cells.product_set("Thực phẩm"), Wrong)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("HTX Bản Liền", "cooperative"), ("Hợp tác xã NN Nậm Đét", "cooperative"),
        ("Tổ hợp tác dệt thổ cẩm", "group"), ("Công ty TNHH Nhiên Thảo", "company"),
        ("DNTN Hoa Ban", "company"), ("Hộ kinh doanh Lê Thị Hoa", "household"), ("Lê Hoa", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_producer_is_in_its_name(name: str, kind: str | None) -> None:
    assert cells.kind(name) == kind


# -- rows ------------------------------------------------------------------------------------------


def test_a_row_becomes_an_entry_with_the_commune_of_today() -> None:
    found = entry(*GOOD)

    assert (found.name, found.producer, found.kind) == (
        "Gạo Séng Cù",
        "HTX Bản Liền",
        "cooperative",
    )
    assert (found.star, found.issued, found.decision) == (3, "2024-03-12", "19/QĐ-UBND")
    assert (found.home.code, found.phone, found.product_set) == ("02869", "0912345678", 3)
    assert found.set_is_sure
    assert found.level == "tinh"
    assert "12/3/24" in found.as_written


def test_a_commune_of_old_is_found_in_that_of_today() -> None:
    home = entry(*changed(h3="Nậm Đét, Bắc Hà")).home

    assert (home.code, home.was) == ("02890", "xã Nậm Đét, huyện Bắc Hà")


def test_the_day_in_the_decision_counts_where_no_column_says_it() -> None:
    heads = [head for head in HEADS if head != "Ngày cấp"]
    row = [cell for at, cell in enumerate(GOOD) if at != 6]
    row[5] = "Quyết định số 4261/QĐ-UBND ngày 5/12/2021 của UBND tỉnh"

    assert read(row, heads=heads).faults[0].reason == "missing"

    row[5] = "Quyết định số 4261/QĐ-UBND ngày 5/12/2021"
    found = entry(*row, heads=heads)
    assert (found.decision, found.issued) == ("4261/QĐ-UBND", "2021-12-05")


@pytest.mark.parametrize(
    "row",
    [
        [None, "Tổng cộng", None, None, 33],
        ["Tổng số: 33 sản phẩm"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["I", "Huyện Bắc Hà"],
        [None, None, None, None, None, "Lào Cai, ngày 5 tháng 3 năm 2024"],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, "CHỦ TỊCH"],
    ],
)
def test_titles_sums_and_signatures_are_no_products_and_are_counted(row: list[Cell]) -> None:
    found = read(GOOD, row)

    assert (len(found.entries), found.faults, found.others) == (1, (), (3,))


def test_a_title_between_the_rows_says_where_they_are_from() -> None:
    heads = ["TT", "Tên sản phẩm", "Chủ thể", "Xã", "Hạng sao", "Ngày cấp"]
    row: list[Cell] = [1, "Gạo", "HTX A", "Tân Lập", 3, "12/3/2024"]

    alone = read(row, heads=heads)
    under = read(["I", "Tỉnh Yên Bái"], row, heads=heads)

    assert [fault.reason for fault in alone.faults] == ["many_places"]
    assert under.faults == ()
    assert under.entries[0].home.province == "Tỉnh Yên Bái"


def test_what_the_office_says_of_all_rows_fills_what_they_lack() -> None:
    plan = Plan(defaults={"province": "Yên Bái", "level": "huyen"})

    found = entry(*changed(h3="Tân Lập"), plan=plan)

    assert found.home.code
    assert found.level == "huyen"


@pytest.mark.parametrize(
    ("cells_", "column", "reason"),
    [
        ({"h1": None}, "Tên sản phẩm", "missing"),
        ({"h2": "-"}, "Chủ thể", "missing"),
        ({"h4": "khá"}, "Hạng sao", "bad_star"),
        ({"h6": "31/2/2024"}, "Ngày cấp", "bad_date"),
        ({"h7": "12"}, "SĐT", "bad_phone"),
        ({"h3": "Tân Lập"}, "Xã", "many_places"),
        ({"h3": "Xyzt"}, "Xã", "unknown_place"),
        ({"h1": "Zzzz"}, "Tên sản phẩm", "unknown_set"),
        ({"h1": "Gạo " * 60}, "Tên sản phẩm", "too_long"),
        ({"h5": Formula("=cmd|'/c calc'!A0")}, "Số QĐ", "formula"),
    ],
)
def test_a_row_that_cannot_be_taken_says_where_and_why(
    cells_: dict[str, Cell], column: str, reason: str
) -> None:
    found = read(changed(**cells_))

    assert found.entries == ()
    assert [(fault.row, fault.column, fault.reason) for fault in found.faults] == [
        (2, column, reason)
    ]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    found = read(changed(h2=None, h4="khá", h7="12"))

    assert {fault.reason for fault in found.faults} == {"missing", "bad_star", "bad_phone"}
    assert found.rejected == (2,)


def test_the_same_row_twice_is_told_and_another_year_of_it_is_not() -> None:
    found = read(GOOD, GOOD, changed(h6="5/5/2027", h4=4))

    assert found.faults == (Fault(3, "Tên sản phẩm", "duplicate", {"first": "2"}),)
    assert [entry.star for entry in found.entries] == [3, 4]


def test_an_end_before_the_beginning_is_a_fault() -> None:
    found = read([*GOOD, "1/1/2020"], heads=[*HEADS, "Ngày hết hạn"])

    assert [fault.reason for fault in found.faults] == ["ends_before_start"]


# -- what is told of it ----------------------------------------------------------------------------


def test_the_same_rows_tell_the_same_ids_in_any_order_and_one_product_all_its_stars() -> None:
    later = changed(h6="5/5/2027", h4=4)
    one = register.told(read(GOOD, later).entries, "reg-1", "Sổ 2024").programme
    other = register.told(read(later, GOOD).entries, "reg-1", "Sổ 2024").programme

    assert [product.id for product in one.products] == [product.id for product in other.products]
    (product,) = one.products
    assert len(product.id) == 10
    assert [(result.when, result.star) for result in product.results] == [
        ("2024-03-12", 3),
        ("2027-05-05", 4),
    ]
    assert len(one.producers) == len(one.places) == len(one.sources) == 1


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ([], "columns"), ({"colums": {}}, "colums"), ({"columns": {"sao": "B"}}, "columns"),
        ({"head": "4"}, "head"), ({"head": 0}, "head"), ({"level": "phòng"}, "level"),
        ({"sheet": ["x"]}, "sheet"), ({"columns": {"star": ["B"]}}, "columns"),
    ],
)  # fmt: skip
def test_a_map_that_cannot_be_is_refused_by_its_key(told: object, wrong: str) -> None:
    assert register.plan(told) == wrong


def test_a_map_says_sheet_columns_and_what_all_rows_lack() -> None:
    told = {"sheet": "DS", "head": 4, "columns": {"star": "F", "phone": None}, "level": "Cấp huyện"}

    plan = register.plan({**told, "province": "Lào Cai"})

    assert plan == Plan(
        sheet="DS",
        head=4,
        columns={"star": "F", "phone": None},
        defaults={"province": "Lào Cai", "level": "huyen"},
    )
    assert register.plan(None) == Plan()
