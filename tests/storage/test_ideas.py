from concurrent.futures import ThreadPoolExecutor
from typing import Any

from storage import ideas, producers
from storage.database import Database
from tests.storage.people import LATER, NOW, met, producer

ANSWERS = {"name": "Gạo Khẩu Mẹo", "season": [9, 10], "commune": {"code": "02869"}, "star": None}


def idea(producer_id: int, person: int, **more: Any) -> dict[str, Any]:
    row = {"run": 1, "hand": "", "name": "Gạo Khẩu Mẹo", "product_set": 3, "stage": "new"}
    more = {"commune_code": "02869", "star": 3, "round_key": None, "form_version": 1, **more}
    return {"producer_id": producer_id, "person_id": person, **row, **more}


def test_an_idea_is_read_back_as_it_was_handed_in(database: Database) -> None:
    with database.transaction() as tx:
        an, made = met(tx), producer(tx)
        number = ideas.submit(tx, idea(made, an, hand="Lý Văn Nam"), ANSWERS, NOW, 2026)
        found = ideas.by_number(tx, number)

    assert number == "YT-2026-0001"
    assert found is not None
    assert found["answers"] == ANSWERS
    assert (found["hand"], found["status"], found["submitted_at"]) == (
        "Lý Văn Nam",
        "submitted",
        NOW,
    )


def test_receipts_run_on_through_each_year(database: Database) -> None:
    with database.transaction() as tx:
        an, made = met(tx), producer(tx)
        years = (2026, 2026, 2027)
        numbers = [ideas.submit(tx, idea(made, an), {}, NOW, year) for year in years]

        assert numbers == ["YT-2026-0001", "YT-2026-0002", "YT-2027-0001"]
        assert [i["number"] for i in ideas.everyone(tx)] == numbers


def test_ideas_handed_in_at_once_get_different_receipts(database: Database) -> None:
    with database.transaction() as tx:
        an, made = met(tx), producer(tx)

    def submit(_: int) -> str:
        with database.transaction() as tx:
            return ideas.submit(tx, idea(made, an), ANSWERS, NOW, 2026)

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(submit, range(16)))

    assert sorted(numbers) == [f"YT-2026-{number:04}" for number in range(1, 17)]


def test_only_who_handed_an_idea_in_withdraws_it_and_only_once(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, made = met(tx, 1), met(tx, 2), producer(tx)
        number = ideas.submit(tx, idea(made, an), ANSWERS, NOW, 2026)

        assert not ideas.withdraw(tx, binh, number, LATER)
        assert not ideas.withdraw(tx, an, "YT-2026-0099", LATER)
        assert ideas.withdraw(tx, an, number, LATER)
        assert not ideas.withdraw(tx, an, number, LATER)
        assert [(i["status"], i["withdrawn_at"]) for i in ideas.of_person(tx, an)] == [
            ("withdrawn", LATER)
        ]
        assert ideas.of_person(tx, binh) == []
        assert ideas.by_number(tx, "YT-2026-0099") is None


def test_who_acts_for_a_producer_sees_its_ideas_whoever_handed_them_in(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, made, other = met(tx, 1), met(tx, 2), producer(tx), producer(tx, "HTX Bản Phố")
        producers.join(tx, an, made, "own", NOW)
        number = ideas.submit(tx, idea(made, binh), ANSWERS, NOW, 2026)
        ideas.submit(tx, idea(other, an), ANSWERS, NOW, 2026)

        assert [each["number"] for each in ideas.acted_for(tx, an)] == [number]
        assert ideas.acted_for(tx, binh) == []
