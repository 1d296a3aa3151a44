"""Reports: every number is that of its list, and what does not add up is pointed out."""

from dataclasses import replace
from random import Random

import pytest

from programme.reports import KINDS, Report, Rows, Wanted, make, reading
from programme.reports.report import Doubt, Figure, hundredths, slug
from programme.reports.rows import (
    Budget,
    Counted,
    Fair,
    Fund,
    Goal,
    Line,
    Mistake,
    Planned,
    Result,
    Source,
    Stage,
    Support,
    Target,
    Task,
    Unit,
)

PLACES = ["Mường Ảng", "Mường Lay", "Tủa Chùa", "Bản Liền", "Nậm Đét"]
TEXTS = [
    "34 sản phẩm mới (đạt 9, bằng 26,47 %); 4 sản phẩm từ 3 lên 4 sao (chưa đạt)",
    "Từ 4 sản phẩm đạt 3 sao trở lên; mỗi xã chọn ít nhất 2 sản phẩm; thêm từ 1 tổ chức mới",
    "3-5 sản phẩm mới; vận hành cơ sở dữ liệu OCOP; 4-5 hội chợ ngoài tỉnh",
]
NOTES = [
    "31 sản phẩm được kiểm tra, trong đó 2 sản phẩm 4 sao, 27 sản phẩm 3 sao; 18 cơ sở",
    "44 sản phẩm, trong đó 37 thực phẩm, 7 đồ uống; 10/10 huyện có kế hoạch",
]


# -- a random world --------------------------------------------------------------------------------


def result(chance: Random) -> Result:
    year, exact = chance.randint(2018, 2023), chance.choice(["", "-05", "-05-09"])
    star = chance.choice([None, 2, 3, 3, 4, 5])
    product = chance.randint(1, 12)
    return Result(
        product=f"s{product}",
        name=f"Sản phẩm {product}",
        product_set=chance.randint(1, 26),
        producer=chance.choice(["", "HTX Bản Liền", "HTX Suối Ngàn"]),
        places=tuple(chance.sample(PLACES, chance.randint(0, 2))),
        level=chance.choice(["xa", "huyen", "tinh", "bo"]),
        on=f"{year}{exact}",
        star=star,
        passed=star is not None,
        decision=chance.choice(["", "718/QĐ-UBND"]),
        reason=chance.choice(["", "nhãn mác"]),
    )


def budget(chance: Random, at: int) -> Budget:
    lines = tuple(line(chance, name) for name in chance.sample(PLACES, chance.randint(0, 4)))
    heads = chance.choice([(), ("Khối huyện",)]) if lines else ()
    under = tuple(replace(each, under="Khối huyện") for each in lines) if heads else lines
    summed = sum(each.dong for each in under) + chance.choice([0, 0, 4_000])
    head = tuple(Line(unit=name, dong=summed) for name in heads)
    funds = tuple(fund(chance, name) for name in ("Ngân sách", "Lồng ghép")[: chance.randint(0, 2)])
    return Budget(
        key=f"k{at}",
        decision=chance.choice(["", "649/QĐ-UBND"]),
        what=chance.choice(["Tham gia 3 hội chợ", "Chương trình OCOP 2019-2020", "Đề án"]),
        dong=summed or chance.randint(1, 10**10),
        year=chance.choice([None, 2020, 2021]),
        spent=chance.choice([None, 10**9]),
        funds=funds,
        lines=(*head, *under),
    )


def line(chance: Random, unit: str) -> Line:
    spent = chance.choice([None, 0, 10**6])
    funds = (fund(chance, "Lồng ghép"),) if chance.random() < 0.5 else ()
    return Line(unit=unit, dong=chance.randint(0, 10**9), spent=spent, funds=funds)


def fund(chance: Random, name: str) -> Fund:
    return Fund(fund=name, dong=chance.randint(0, 10**9), said=chance.choice(["", "468,52"]))


def support(chance: Random, at: int) -> Support:
    return Support(
        number=at,
        unit=chance.choice(PLACES),
        fund=chance.choice(["khuyến công", "Lồng ghép", "lồng ghép"]),
        year=chance.choice([2020, 2021]),
        dong=chance.randint(0, 10**9),
        spent=chance.randint(0, 10**9),
        decision=chance.choice(["", "QĐ số 649/QĐ-UBND ngày 29/3/2020"]),
    )


def world(seed: int) -> Rows:
    chance = Random(seed)
    some = range(chance.randint(0, 6))
    years = [None, 2018, 2020, 2021]
    return Rows(
        results=tuple(result(chance) for _ in range(chance.randint(0, 40))),
        planned=tuple(
            Planned(
                product=f"s{at}", name=f"Sản phẩm {at}", product_set=1,
                communes=tuple(chance.sample(PLACES, chance.randint(0, 3))),
            )
            for at in range(chance.randint(0, 20))
        ),
        fairs=tuple(
            Fair(
                name=f"Hội chợ {at}", year=chance.choice(years),
                cancelled=chance.random() < 0.3, joined=chance.choice([None, 7]),
            )
            for at in some
        ),
        budgets=tuple(budget(chance, at) for at in some),
        supports=tuple(support(chance, at) for at in some),
        targets=tuple(
            Target(key=f"m{at}", year=chance.choice([2020, 2021]), text=chance.choice(TEXTS))
            for at in some
        ),
        units=tuple(Unit(name=place, duties=("nhãn", "mã vạch")) for place in PLACES[: len(some)]),
        stages=tuple(
            Stage(what="Nhận hồ sơ", level="tinh", year=2021, number=at, intake_before="2021-05")
            for at in some
        ),
        tasks=tuple(Task(unit=chance.choice(PLACES), deed="làm", done=bool(at % 2)) for at in some),
        sources=tuple(Source(key=f"b{at}", title="BC", note=chance.choice(NOTES)) for at in some),
        mistakes=tuple(Mistake(said="OCCOP", correct="OCOP") for _ in some),
        steps=tuple(Counted(what=step, count=chance.randint(1, 9)) for step in ("filed", "closed")),
        passed_over=tuple(Counted(what=str(at), count=at) for at in range(2, 5)),
        returned=(Counted(what="declaration", about="label", count=3),),
    )  # fmt: skip


def worked_out(report: Report, figure: Figure) -> int:
    """The figure anew from the list it names, the long way."""
    table = report.table(figure.of)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    met = [row for row in rows if all(row[name] == value for name, value in figure.where)]
    match figure.how:
        case "count":
            return len(met)
        case "sum":
            return sum(int(row[figure.column] or 0) for row in met)
        case "distinct":
            return len({row[figure.column] for row in met} - {"", None})


def doubts(report: Report, kind: str) -> list[dict[str, object]]:
    return [dict(each.about) for each in report.doubts if each.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_that_of_the_list_it_names(kind: str) -> None:
    seen = 0
    for seed in range(60):
        report = make(Wanted(kind, "", 2019, 2021), world(seed))
        numbers = report.numbers()
        wrong = [f.key for f in report.figures if worked_out(report, f) != f.value]
        shares = [
            share.key
            for share in report.shares
            if share.value != hundredths(numbers[share.part], numbers[share.whole])
        ]
        assert (wrong, shares) == ([], [])
        seen += len(report.figures)

    assert seen > 1000


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_that_were_not_its_list_would_be_seen(kind: str) -> None:
    """So that the property above means something."""
    report = make(Wanted(kind, "", 2019, 2021), world(7))
    some = next(f for f in report.figures if f.value)

    assert worked_out(report, replace(some, value=some.value + 1)) == some.value


def test_sums_are_doubted_when_they_do_not_add_up_and_only_then() -> None:
    for seed in range(60):
        rows = world(seed)
        told = make(Wanted("year", "", 2018, 2023), rows)
        heads = [
            (each.key, head.unit)
            for each in rows.budgets
            for head in each.lines
            if (inner := [line.dong for line in each.lines if line.under == head.unit])
            and sum(inner) != head.dong
        ]
        listed = {row[0] for row in told.table("budgets").rows}
        said = [(it["budget"], it["what"]) for it in doubts(told, "sum_lines")]
        assert [at for at in heads if at[0] in listed] == [
            at for at in said if at[1] == "Khối huyện"
        ]


# -- results ---------------------------------------------------------------------------------------


def found(product: str, on: str, star: int | None, **more: object) -> Result:
    about = {"name": product, "product_set": 1, "level": "tinh", "passed": star is not None}
    return Result(product=product, on=on, star=star, **(about | more))  # type: ignore[arg-type]


RESULTS = (
    found("gạo", "2019-02", 3),
    found("gạo", "2021-06", 4),
    found("chè", "2021-06", 3),
    found("trà", "2021-06", None, reason="nhãn mác"),
    found("trà", "2020", 3, level="huyen"),
)


def test_a_product_is_new_once_and_rises_later() -> None:
    report = make(Wanted("year", "", 2021, 2021), Rows(results=RESULTS))

    numbers = report.numbers()
    assert (numbers["new"], numbers["upgrades"], numbers["standing"]) == (1, 1, 2)
    assert numbers["results.tinh.2021-06.evaluated"] == 3
    assert numbers["results.tinh.2021-06.failed"] == 1
    assert report.table("failed").rows == (("trà", "", "", "tinh", "2021-06", "nhãn mác"),)


def test_a_district_gives_no_certificate() -> None:
    numbers = make(Wanted("year", "", 2020, 2020), Rows(results=RESULTS)).numbers()

    assert numbers["results.huyen.recognised"] == 1
    assert (numbers["new"], numbers["standing"]) == (0, 1)


def test_a_result_without_a_decision_is_pointed_out() -> None:
    told = make(Wanted("year", "", 2021, 2021), Rows(results=RESULTS))

    assert told.doubts == (Doubt("undecided", (("found", 2),)),)


def test_a_plan_has_what_had_no_star_before() -> None:
    planned = tuple(
        Planned(product=name, name=name, product_set=1, communes=("Bản Liền",))
        for name in ("gạo", "chè", "trà")
    )

    report = make(Wanted("plan", "", 2021, 2021), Rows(results=RESULTS, planned=planned))

    assert report.table("planned").column("name") == ["chè", "trà"]


# -- targets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "span"),
    [
        ("Từ 15 sản phẩm trở lên đạt 3 sao cấp huyện", (15, 15)),
        ("từ 3 sản phẩm đạt 4-5 sao cấp huyện", (3, 3)),
        ("3-5 sản phẩm mới", (3, 5)),
        ("tập huấn khoảng 400 cán bộ", (400, 400)),
        ("3 chuỗi liên kết mới (năm 2019: 4 chuỗi)", (3, 3)),
        ("4 sản phẩm từ 3 lên 4 sao (chưa đạt)", (4, 4)),
        ("2.000 tem chứng nhận", (2000, 2000)),
        ("10/10 huyện có kế hoạch", (10, 10)),
        ("vận hành cơ sở dữ liệu OCOP năm 2021", None),
        ("đạt 26,47 %", None),
    ],
)
def test_the_number_of_a_clause_is_the_one_that_counts(
    clause: str, span: tuple[int, int] | None
) -> None:
    assert reading.span(clause) == span


def test_a_target_stands_beside_what_was_reached() -> None:
    text = "4 sản phẩm mới; 1 sản phẩm từ 3 lên 4 sao; 2 sản phẩm đạt 4-5 sao; 5 tổ chức"
    target = Target(key="m1", year=2021, text=text)

    numbers = make(
        Wanted("year", "", 2021, 2021), Rows(results=RESULTS, targets=(target,))
    ).numbers()

    assert (numbers["targets.m1.1.reached"], numbers["targets.m1.1.share"]) == (1, 2500)
    assert (numbers["targets.m1.2.reached"], numbers["targets.m1.3.reached"]) == (1, 1)
    assert "targets.m1.4.reached" not in numbers


def test_what_a_target_says_was_reached_is_checked_against_the_list() -> None:
    target = Target(key="m1", year=2021, text="4 sản phẩm mới (đạt 3, bằng 74 %)")

    told = make(Wanted("year", "", 2021, 2021), Rows(results=RESULTS, targets=(target,)))

    assert [(it["told"], it["found"]) for it in doubts(told, "reached")] == [(3, 1)]
    assert [(it["told"], it["found"]) for it in doubts(told, "share")] == [(7400, 7500)]


def test_a_commune_with_fewer_products_than_each_is_to_have_is_pointed_out() -> None:
    planned = (
        Planned(product="a", name="a", product_set=1, communes=("Bản Liền", "Nậm Đét")),
        Planned(product="b", name="b", product_set=1, communes=("Nậm Đét",)),
    )
    target = Target(key="m1", year=2021, text="mỗi xã chọn ít nhất 2 sản phẩm")

    told = make(Wanted("plan", "", 2021, 2021), Rows(planned=planned, targets=(target,)))

    assert [it["commune"] for it in doubts(told, "below_each")] == ["Bản Liền"]


# -- money and what is stated ----------------------------------------------------------------------


def test_the_sentence_of_a_document_is_held_against_its_table() -> None:
    funds = (Fund(fund="Lồng ghép", dong=486_520_000, said="468,52"),)
    lines = (
        Line(unit="Tỉnh", dong=319_320_000, funds=(Fund(fund="Lồng ghép", dong=319_320_000),)),
        Line(unit="Huyện", dong=167_200_000, funds=(Fund(fund="Lồng ghép", dong=167_200_000),)),
    )
    of_2021 = Budget(key="k", what="Đề án", dong=486_520_000, year=2021, funds=funds, lines=lines)

    told = make(Wanted("year", "", 2021, 2021), Rows(budgets=(of_2021,)))

    (said,) = doubts(told, "sum_said")
    assert (said["told"], said["found"]) == (468_520_000, 486_520_000)
    assert doubts(told, "sum_lines") == []


def test_money_that_was_paid_beyond_its_budget_is_pointed_out() -> None:
    lines = (Line(unit="Huyện", dong=10, spent=11), Line(unit="Tỉnh", dong=5))
    of_2021 = Budget(key="k", what="Đề án", dong=15, year=2021, spent=11, lines=lines)

    told = make(Wanted("year", "", 2021, 2021), Rows(budgets=(of_2021,)))

    assert [it["what"] for it in doubts(told, "overspent")] == ["Huyện"]
    assert [it["what"] for it in doubts(told, "unpaid")] == ["Tỉnh"]


def given(number: int, decision: str = "", **more: object) -> Support:
    about = {"unit": "HTX Bản Liền", "fund": "khuyến công", "year": 2021, "dong": 100, "spent": 30}
    return Support(**about | {"number": number, "decision": decision} | more)  # type: ignore[arg-type]  # as found


def test_supports_and_budgets_are_one_sum_and_none_counts_twice() -> None:
    budget = Budget(
        key="k", what="Đề án", year=2021, dong=500, decision="12/QĐ-UBND 3/2/2021",
        funds=(Fund(fund="Khuyến công", dong=500),),
    )  # fmt: skip
    supports = (given(1, "QĐ 12/QĐ-UBND"), given(2), given(3, "13/QĐ-UBND"), given(4, year=2022))

    told = make(Wanted("year", "", 2021, 2021), Rows(budgets=(budget,), supports=supports))

    numbers = told.numbers()
    assert (numbers["money.planned"], numbers["money.paid"]) == (700, 90)
    assert (numbers["money.k.planned"], numbers["money.k.paid"]) == (500, 30)
    assert numbers["money.supports-2021.unit.htx-ban-lien.planned"] == 200
    assert numbers["money.fund.khuyen-cong.planned"] == 700
    assert told.table("by_fund").rows == (("Khuyến công", 700, 90),)
    assert told.table("supports").column("budget") == ["Đề án", "", ""]
    assert [each.kind for each in told.doubts] == []


def test_supports_beyond_their_budget_are_pointed_out() -> None:
    budget = Budget(key="k", what="Đề án", year=2021, dong=80, spent=20, decision="12/QĐ-UBND")

    told = make(
        Wanted("year", "", 2021, 2021), Rows(budgets=(budget,), supports=(given(1, "12/QĐ-UBND"),))
    )

    assert [(it["told"], it["found"]) for it in doubts(told, "supports_beyond")] == [(80, 100)]
    assert [(it["told"], it["found"]) for it in doubts(told, "supports_paid")] == [(20, 30)]
    assert told.numbers()["money.paid"] == 20


def test_a_support_that_a_budget_may_tell_already_is_pointed_out() -> None:
    line = Line(unit="HTX Bản Liền", dong=100, spent=100)
    budget = Budget(key="k", what="Dự án", year=2021, dong=100, spent=100, lines=(line,))

    told = make(Wanted("year", "", 2021, 2021), Rows(budgets=(budget,), supports=(given(7),)))

    assert [it["number"] for it in doubts(told, "supports_twice")] == [7]


def test_parts_that_are_not_their_whole_are_pointed_out() -> None:
    rows = Rows(sources=(Source(key="002", title="Báo cáo", note=NOTES[0]),))

    told = make(Wanted("year", "", 2021, 2021), rows)

    assert [(it["told"], it["found"]) for it in doubts(told, "parts")] == [(31, 29)]
    assert told.numbers()["stated.002.1.2"] == 27


def test_a_document_of_other_years_is_silent() -> None:
    source = Source(key="003", title="Thông báo", about="họp 20/3/2020", note=NOTES[0])
    rows = Rows(sources=(source,), mistakes=(Mistake(said="OCCOP", source="003"),))

    assert make(Wanted("year", "", 2018, 2018), rows).doubts == ()
    assert len(make(Wanted("year", "", 2020, 2020), rows).doubts) == 2


def test_as_many_fairs_are_listed_as_are_paid_for() -> None:
    fairs = tuple(Fair(name=f"Hội chợ {at}", year=2018, source="001") for at in range(8))
    paid = Budget(key="k", what="Tham gia 9 hội chợ", dong=1, year=2018, source="001")

    told = make(Wanted("year", "", 2018, 2018), Rows(fairs=fairs, budgets=(paid,)))

    assert [(it["told"], it["found"]) for it in doubts(told, "fairs")] == [(9, 8)]


def test_conclusions_tell_what_each_unit_is_to_do() -> None:
    tasks = (Task(unit="Phòng Kinh tế", deed="nhãn"), Task(unit="Phòng Kinh tế", deed="bao bì"))
    units = (Unit(name="UBND xã", duties=("kế hoạch",)),)

    given = make(Wanted("conclusions", "", 2020, 2020), Rows(tasks=tasks, units=units)).numbers()
    duties = make(Wanted("conclusions", "", 2020, 2020), Rows(units=units)).numbers()

    assert (given["tasks"], given["tasks.unit.phong-kinh-te"]) == (2, 2)
    assert (duties["tasks"], duties["tasks.units"]) == (1, 1)


def test_targets_of_places_stand_beside_what_is_reached_in_every_report() -> None:
    about = {"year": 2020, "place": "xã A", "kind": "new", "star": 3}
    goals = (Goal(**about, wanted=4, reached=3), Goal(**about | {"star": 0}, wanted=2, reached=2))  # type: ignore[arg-type]  # as found

    for kind in KINDS:
        told = make(Wanted(kind, "", 2020, 2020), Rows(goals=goals))
        numbers = told.numbers()
        assert [numbers[f"goals{end}"] for end in ("", ".met", ".places")] == [2, 1, 1]
        assert told.table("goals").column("share") == [7500, 10_000]
        assert told.table("goals").column("star") == [3, None]
        assert numbers["targets"] == 0


def test_what_is_done_and_what_is_late_are_counted() -> None:
    states = ((True, False), (True, True), (False, True), (False, False))
    tasks = tuple(Task(unit="A", deed="làm", done=done, late=late) for done, late in states)

    for kind in ("year", "conclusions"):
        told = make(Wanted(kind, "", 2020, 2020), Rows(tasks=tasks)).numbers()
        assert [told[f"tasks{end}"] for end in ("", ".done", ".done.late", ".open", ".late")] == [
            *(4, 2, 1, 2, 1)
        ]


def test_a_share_is_rounded_half_up() -> None:
    assert [hundredths(*each) for each in ((9, 34), (1, 3), (2, 3), (1, 8), (0, 5))] == [
        2647,
        3333,
        6667,
        1250,
        0,
    ]


def test_a_name_in_a_key_has_plain_letters() -> None:
    assert slug("Khối tỉnh: Sở KH&CN") == "khoi-tinh-so-kh-cn"
