"""Giấy chứng nhận: kept once, from an office's file or by word, with the days of re-evaluation."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from programme import sample_form
from programme.sample_form import Product, Programme, Result
from storage import certificates, dossiers, persons, producers, programmes
from storage.database import Database
from storage.places import Today
from tests.storage.people import LATER, NOW, chat, met, producer

LAM_DONG = Path(__file__).with_name("lam_dong.yaml")
BY_DECISION = {
    "3981/QĐ-UBND": (date(2029, 8, 5), date(2029, 2, 6), date(2029, 4, 7), 9),
    "858/QĐ-UBND": (date(2028, 6, 19), date(2027, 12, 22), date(2028, 2, 20), 5),
    "1887/QĐ-UBND": (date(2028, 6, 16), date(2027, 12, 19), date(2028, 2, 17), 8),
    "768/QĐ-UBND": (date(2028, 5, 7), date(2027, 11, 9), date(2028, 1, 8), 2),
}
RICE = Product(line=1, id="s1", name="Gạo Khẩu Mẹo", set=3)
FIRST = Result(line=2, level="tinh", when="2024-12-20", star=3, decision="12/QĐ-UBND")
AGAIN = Result(line=3, level="tinh", when="2026-06-30", star=4)
TOLD: dict[str, Any] = {
    "name": "Gạo Khẩu Mẹo",
    "product_set": 3,
    "star": 3,
    "issued": date(2024, 12, 20),
    "expires": date(2027, 12, 20),
    "refile_from": date(2027, 6, 23),
    "refile_by": date(2027, 8, 22),
}


def lam_dong() -> Programme:
    told = sample_form.read(LAM_DONG.read_bytes())
    assert isinstance(told, Programme)
    return told


def take_in(database: Database, told: Programme, *, later: bool = False) -> None:
    today = {place.id: Today(f"tỉnh {place.province}") for place in told.places}
    with database.transaction() as tx:
        programmes.keep(tx, told, today, LATER if later else NOW)


def of_rice(database: Database, *results: Result, later: bool = False) -> list[dict[str, Any]]:
    take_in(database, Programme(products=(replace(RICE, results=results),)), later=later)
    return everyone(database)


def everyone(database: Database) -> list[dict[str, Any]]:
    with database.reading() as tx:
        return certificates.everyone(tx)


# -- from an office's file -------------------------------------------------------------------------


def test_the_24_products_of_lam_dong_have_their_certificates_and_windows(
    database: Database,
) -> None:
    take_in(database, lam_dong())

    kept = everyone(database)

    assert len(kept) == 24
    for decision, (expires, opens, closes, count) in BY_DECISION.items():
        mine = [each for each in kept if each["decision"] == decision]
        days = {(each["expires"], each["refile_from"], each["refile_by"]) for each in mine}
        assert (len(mine), days) == (count, {(expires, opens, closes)})
    assert {each["star"] for each in kept if each["decision"] == "858/QĐ-UBND"} == {4}
    assert all(each["producer"] for each in kept)


def test_the_same_file_again_changes_no_certificate(database: Database) -> None:
    take_in(database, lam_dong())
    before = everyone(database)

    take_in(database, lam_dong(), later=True)

    assert everyone(database) == before


@pytest.mark.parametrize(
    "result",
    [
        replace(FIRST, when="2024-12"),
        replace(FIRST, when="2024"),
        replace(FIRST, star=2),
        replace(FIRST, star=None, passed=False),
        replace(FIRST, passed=False),
        replace(FIRST, level="xa"),
    ],
    ids=["a month", "a year", "two stars", "no star", "not passed", "of a commune"],
)
def test_what_was_no_recognition_known_to_its_day_is_no_certificate(
    database: Database, result: Result
) -> None:
    assert of_rice(database, result) == []


def test_only_the_newest_recognition_of_a_product_is_kept(database: Database) -> None:
    (kept,) = of_rice(database, AGAIN, FIRST)

    assert (kept["issued"], kept["star"], kept["source"]) == (date(2026, 6, 30), 4, "s1:0")


def test_a_certificate_is_over_when_a_newer_one_is_told_of(database: Database) -> None:
    of_rice(database, FIRST)

    older, newer = of_rice(database, FIRST, AGAIN, later=True)

    assert (older["source"], older["renewed_at"]) == ("s1:0", LATER)
    assert (newer["source"], newer["renewed_at"]) == ("s1:1", None)
    assert of_rice(database, FIRST, AGAIN) == [older, newer]


# -- by word ---------------------------------------------------------------------------------------


def test_a_person_has_the_certificates_of_all_whom_she_acts_for(database: Database) -> None:
    with database.transaction() as tx:
        mine, others = producer(tx), producer(tx, "HTX Nậm Đét")
        producers.join(tx, met(tx), mine, "own", NOW)
        later = TOLD | {"name": "Chè Shan", "expires": date(2029, 1, 1)}
        certificates.keep(tx, later | {"producer_id": mine}, NOW)
        certificates.keep(tx, TOLD | {"producer_id": mine}, NOW)
        certificates.keep(tx, TOLD | {"producer_id": others}, NOW)

        found = certificates.of_person(tx, met(tx))
        assert [each["name"] for each in found] == ["Gạo Khẩu Mẹo", "Chè Shan"]
        assert {each["producer"] for each in found} == {"HTX Bản Liền"}
        assert certificates.by_ids(tx, [found[1]["id"]]) == found[1:]


def test_a_certificate_of_which_a_re_evaluation_began_is_noted_once(database: Database) -> None:
    with database.transaction() as tx:
        person, home = persons.meet(tx, [chat()], NOW)[chat()], producer(tx)
        about = {"producer_id": home, "person_id": person, "name": "Gạo", "product_set": 3}
        about |= {"rules": "26-2026", "council": date(2027, 6, 30)}
        dossier = dossiers.open_new(tx, about, NOW, 2026)
        certificates.keep(tx, TOLD | {"producer_id": home, "dossier_id": dossier}, NOW)

        certificates.renew(tx, dossier, NOW)
        certificates.renew(tx, dossier, LATER)

        assert [each["renewed_at"] for each in certificates.everyone(tx)] == [NOW]
