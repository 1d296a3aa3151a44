from storage import producers
from storage.database import Database
from tests.storage.people import LATER, NOW, met, producer


def test_a_person_sees_the_producers_they_act_for_the_first_joined_first(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        first, second = producer(tx, "HTX Bản Liền"), producer(tx, "HTX Nậm Đét")
        producers.join(tx, an, second, "helper", LATER)
        producers.join(tx, an, first, "own", NOW)
        producers.join(tx, binh, second, "own", NOW)
        producers.join(tx, binh, second, "helper", LATER)

        assert [(p["name"], p["role"]) for p in producers.of_person(tx, an)] == [
            ("HTX Bản Liền", "own"),
            ("HTX Nậm Đét", "helper"),
        ]
        assert [(p["name"], p["role"]) for p in producers.of_person(tx, binh)] == [
            ("HTX Nậm Đét", "own")
        ]
        assert [p["id"] for p in producers.everyone(tx)] == [first, second]


def test_a_producer_keeps_what_was_not_changed(database: Database) -> None:
    with database.transaction() as tx:
        made = producer(tx, commune="xã Bản Liền", phone="+84912345678", hand="Lý Văn Nam")
        producers.change(tx, made, {"phone": None, "name": "HTX Bản Liền mới"}, LATER)

        (kept,) = producers.everyone(tx)

    assert (kept["name"], kept["commune"], kept["phone"], kept["hand"]) == (
        "HTX Bản Liền mới",
        "xã Bản Liền",
        None,
        "Lý Văn Nam",
    )
    assert (kept["created_at"], kept["updated_at"]) == (NOW, LATER)
