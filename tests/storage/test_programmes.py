from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from programme import sample_form
from programme.sample_form import (
    Budget,
    BudgetRow,
    HelpUnit,
    Part,
    Place,
    PlannedRound,
    Producer,
    Product,
    Programme,
    Result,
    Source,
    Target,
    TextError,
)
from storage import (
    budgets,
    help_units,
    imports,
    places,
    producers,
    products,
    programmes,
    rounds,
    sources,
    targets,
    text_errors,
)
from storage.database import Database
from storage.imported import Kept
from storage.places import Today
from tests.storage.people import LATER, NOW, met

SEEDS = Path(__file__).parents[2] / "programme" / "sample" / "seeds.yaml"
LIEN = Place(line=1, id="lien", province="Lào Cai", district="Bắc Hà", commune="Bản Liền")
BAC_HA = Place(line=2, id="bac-ha", province="Lào Cai", district="Bắc Hà")
TODAY = {
    "lien": Today("tỉnh Lào Cai", "02869", "xã Bản Liền", "xã Bản Liền, huyện Bắc Hà"),
    "bac-ha": Today("tỉnh Lào Cai"),
}
HTX = Producer(line=4, id="p1", name="HTX Bản Liền", kind="group", place="lien", source="004")
RICE = Product(
    line=5,
    id="s1",
    name="Gạo Khẩu Mẹo",
    set=3,
    producer="p1",
    places=("lien", "bac-ha"),
    seasonal=True,
    months=(9, 10),
    as_written="Khẩu Mẹ",
    confidence="high",
    results=(
        Result(line=6, level="huyen", when="2021-05", star=3, decision="12/QĐ-UBND"),
        Result(line=7, level="tinh", when="2021", passed=False, reason="nhãn mác", source="004"),
    ),
)
BUDGET = Budget(
    line=8,
    id="k1",
    what="Nhu cầu năm 2021",
    dong=6_400_000_000,
    place="lien",
    spent_dong=5_000_000_000,
    parts=(Part(line=9, fund="Ngân sách tỉnh", dong=6_000_000_000),),
    rows=(
        BudgetRow(line=10, dong=3_000_000_000, unit="Khối tỉnh"),
        BudgetRow(
            line=11,
            dong=1,
            producer="p1",
            under="Khối tỉnh",
            parts=(Part(line=11, fund="Lồng ghép", dong=1, note="lệch dòng"),),
        ),
    ),
)
TOLD = Programme(
    sources=(Source(line=0, id="004", title="Kế hoạch của UBND huyện Bắc Hà"),),
    places=(LIEN, BAC_HA),
    producers=(HTX,),
    products=(RICE,),
    rounds=(PlannedRound(line=1, id="d1", what="Nhận hồ sơ", level="xa", year=2027, place="lien"),),
    targets=(Target(line=1, id="m1", year=2027, text="4 sản phẩm đạt 3 sao", place="bac-ha"),),
    budgets=(BUDGET,),
    help_units=(HelpUnit(line=1, id="u1", unit="Phòng Nội vụ", duties=("nhãn", "vốn")),),
    text_errors=(TextError(line=1, id="e1", as_written="OCCOP", correct="OCOP", source="004"),),
)


def keep(
    database: Database,
    told: Programme = TOLD,
    today: Mapping[str, Today] = TODAY,
    now: datetime = NOW,
) -> dict[str, Kept]:
    with database.transaction() as tx:
        return programmes.keep(tx, told, today, now)


def test_a_programme_is_read_back_as_it_was_told(database: Database) -> None:
    keep(database)

    with database.reading() as tx:
        (place, other) = places.everyone(tx)
        (producer,) = producers.everyone(tx)
        (product,) = products.everyone(tx)
        (budget,) = budgets.everyone(tx)
        (unit,) = help_units.everyone(tx)
        (error,) = text_errors.everyone(tx)
        assert [row["title"] for row in sources.everyone(tx)] == ["Kế hoạch của UBND huyện Bắc Hà"]
        assert [row["place_id"] for row in rounds.everyone(tx)] == [place["id"]]
        assert [row["place_id"] for row in targets.everyone(tx)] == [other["id"]]
    assert (place["commune"], place["commune_code"], other["commune_code"]) == (
        "Bản Liền",
        "02869",
        "",
    )
    assert product["producer_id"] == producer["id"]
    assert product["places"] == [place["id"], other["id"]]
    assert (product["product_set"], product["months"], product["seasonal"]) == (3, "9,10", True)
    assert (product["as_written"], product["confidence"]) == ("Khẩu Mẹ", "high")
    assert [(r["level"], r["found_on"], r["star"], r["passed"]) for r in product["results"]] == [
        ("huyen", "2021-05", 3, True),
        ("tinh", "2021", None, False),
    ]
    assert product["results"][1]["document"] == "004"
    assert (budget["dong"], budget["spent_dong"]) == (6_400_000_000, 5_000_000_000)
    assert [(p["fund"], p["dong"]) for p in budget["parts"]] == [("Ngân sách tỉnh", 6_000_000_000)]
    assert [(line["unit"], line["under"], line["dong"]) for line in budget["lines"]] == [
        ("Khối tỉnh", None, 3_000_000_000),
        (None, "Khối tỉnh", 1),
    ]
    assert budget["lines"][1]["producer_id"] == producer["id"]
    assert [p["note"] for p in budget["lines"][1]["parts"]] == ["lệch dòng"]
    assert unit["duties"] == ["nhãn", "vốn"]
    assert (error["as_written"], error["correct"], error["document"]) == ("OCCOP", "OCOP", "004")


def test_a_producer_of_a_file_has_the_address_of_then_and_the_commune_of_today(
    database: Database,
) -> None:
    keep(database)

    with database.reading() as tx:
        (kept,) = producers.everyone(tx)
    assert (kept["source"], kept["kind"], kept["document"]) == ("p1", "team", "004")
    assert kept["address"] == "Bản Liền, Bắc Hà, Lào Cai"
    assert [kept[name] for name in ("commune_code", "commune", "province", "commune_was")] == [
        "02869",
        "xã Bản Liền",
        "tỉnh Lào Cai",
        "xã Bản Liền, huyện Bắc Hà",
    ]


def everything(database: Database) -> dict[str, object]:
    rooms = (sources, places, producers, products, rounds, targets, budgets, help_units)
    with database.reading() as tx:
        return {room.__name__: room.everyone(tx) for room in (*rooms, text_errors)}


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    first = keep(database)
    before = everything(database)

    again = keep(database, now=LATER)

    assert all(len(kept.new) == len(getattr(TOLD, name)) for name, kept in first.items())
    assert [(kept.new, kept.changed) for kept in again.values()] == [(set(), set())] * 10
    assert everything(database) == before


MORE = replace(RICE.results[0], star=4)


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("producers", replace(HTX, name="HTX Bản Liền mới")),
        ("producers", replace(HTX, place="bac-ha")),
        ("products", replace(RICE, name="Gạo nếp")),
        ("products", replace(RICE, places=("bac-ha",))),
        ("products", replace(RICE, results=())),
        ("products", replace(RICE, results=(MORE, RICE.results[1]))),
        ("budgets", replace(BUDGET, dong=1)),
        ("budgets", replace(BUDGET, rows=BUDGET.rows[::-1])),
        ("budgets", replace(BUDGET, parts=())),
    ],
)
def test_a_changed_row_is_changed_and_all_the_others_stay(
    section: str, row: Producer | Product | Budget, database: Database
) -> None:
    rows: dict[str, Any] = {section: (row,)}
    keep(database)

    changed = keep(database, replace(TOLD, **rows), now=LATER)
    again = keep(database, replace(TOLD, **rows), now=LATER)

    assert {name: kept.changed for name, kept in changed.items() if kept.changed} == {
        section: {row.id}
    }
    assert not any(kept.new for kept in changed.values())
    assert not any(kept.new or kept.changed for kept in again.values())


def test_a_result_that_changed_is_there_once_in_its_new_form(database: Database) -> None:
    keep(database)

    keep(database, replace(TOLD, products=(replace(RICE, results=(MORE,)),)))

    with database.reading() as tx:
        (product,) = products.everyone(tx)
    assert [(result["level"], result["star"]) for result in product["results"]] == [("huyen", 4)]


def test_rows_that_the_file_tells_no_more_stay(database: Database) -> None:
    keep(database)
    new = replace(HTX, id="p2", name="HTX Nậm Đét")

    kept = keep(database, replace(TOLD, producers=(HTX, new), products=()))

    assert kept["producers"].new == {"p2"}
    with database.reading() as tx:
        assert [product["name"] for product in products.everyone(tx)] == ["Gạo Khẩu Mẹo"]


def test_what_a_person_said_of_a_producer_outlives_the_same_file(database: Database) -> None:
    keep(database)
    with database.transaction() as tx:
        (known,) = producers.everyone(tx)
        said = {"address": "thôn Đội 1, xã Bản Liền", "phone": "+84912345678"}
        producers.change(tx, known["id"], said, LATER)
        producers.join(tx, met(tx), known["id"], "own", LATER)

    keep(database)

    with database.reading() as tx:
        (kept,) = producers.everyone(tx)
    assert (kept["address"], kept["phone"]) == ("thôn Đội 1, xã Bản Liền", "+84912345678")


def test_a_file_that_fails_half_way_leaves_nothing(database: Database) -> None:
    lost = replace(TOLD, text_errors=(replace(TOLD.text_errors[0], source="no such document"),))

    with pytest.raises(DBAPIError):
        keep(database, lost)

    assert [rows for rows in everything(database).values() if rows] == []


def test_producers_without_a_place_and_those_with_one_are_taken_in_together(
    database: Database,
) -> None:
    nowhere = replace(HTX, id="p0", place=None)

    keep(database, replace(TOLD, producers=(nowhere, HTX)))

    with database.reading() as tx:
        assert [p["address"] for p in producers.everyone(tx)] == ["", "Bản Liền, Bắc Hà, Lào Cai"]


def test_the_sample_fits_into_the_tables_whole(database: Database) -> None:
    told = sample_form.read(SEEDS.read_bytes())
    assert isinstance(told, Programme)

    kept = keep(database, told, {place.id: Today("") for place in told.places})

    counts = {name: len(each.new) for name, each in kept.items()}
    assert counts == {name: len(getattr(told, name)) for name in counts}
    assert (counts["products"], counts["producers"], counts["fairs"]) == (33, 21, 22)
    with database.reading() as tx:
        read_back = {row["key"]: row for row in budgets.everyone(tx)}
        passed = [r["star"] for p in products.everyone(tx) for r in p["results"] if r["passed"]]
    assert len(passed) == sum(r.passed for p in told.products for r in p.results)
    assert read_back["k05"]["dong"] == 6_400_000_000
    assert len(read_back["k06"]["lines"]) == 18


def test_a_file_that_was_taken_in_is_known_again(database: Database) -> None:
    with database.transaction() as tx:
        imports.note(tx, "a" * 64, NOW, of_office=False)
        imports.note(tx, "a" * 64, LATER, of_office=False)

        assert imports.knows(tx, "a" * 64)
        assert not imports.knows(tx, "b" * 64)
        assert not imports.any_of_office(tx)
        imports.note(tx, "b" * 64, LATER, of_office=True)
        assert imports.any_of_office(tx)
