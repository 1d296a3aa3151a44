"""Answers to what was announced: each once, on the row of the first, whatever was put right."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.engine import Connection

from programme.firings import end_of
from storage import announcements, certificates, fairs, joining, officers, outbox
from storage.database import Database, table_of
from storage.outbox import Posted
from storage.recipients import RecipientRow
from tests.storage.people import NOW, chat, met
from tests.storage.test_plans import house

EVERYWHERE = officers.over("")


def announced(tx: Connection, *people: int, **more: Any) -> int:
    """An announcement that these were told of; its id."""
    about = {"kind": "fair", "area": "", "made_by": people[0], "aim": "{}", "said": "first"}
    until = {"use_by": end_of(date(2026, 12, 10))}
    made = announcements.make(tx, about | until | more, [(one, one) for one in people], NOW, 2026)
    announcements.start(tx, made, NOW)
    table = table_of(RecipientRow)
    mine = table.c.announcement_id == made
    tx.execute(update(table).where(mine).values(status="sent", at=NOW))
    return made


def letter(tx: Connection, number: int, prompt: int | None, choices: str = "[]") -> None:
    outbox.put(tx, [Posted(chat(number), number, "…", choices, prompt)], NOW)


def test_the_newest_comes_first_as_it_was_put_right_last(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        first = announced(tx, 1)
        second = announced(tx, 1, kind="training")
        announced(tx, 1, corrects=first, said="right")
        announced(tx, 1, kind="other")

        told = joining.told(tx, 1)

        assert [(one["id"], one["said"]) for one in told] == [(second, "first"), (first, "right")]
        assert [one["off"] for one in told] == [False, False]


def test_what_is_answered_and_needed_and_came_of_it_is_kept_on_the_first(
    database: Database,
) -> None:
    with database.transaction() as tx:
        house(tx)
        first = announced(tx, 1)
        joining.answer(tx, first, 1, joining.NO, NOW)
        joining.answer(tx, first, 1, joining.JOIN, NOW)
        joining.keep_needs(tx, first, 1, {"stalls": 2})
        joining.keep_results(tx, first, 1, {"sales": 5_000_000})

        (one,) = joining.who(tx, EVERYWHERE, first, [joining.JOIN])

        assert (one["needs"], one["results"]) == ('{"stalls": 2}', '{"sales": 5000000}')
        assert joining.who(tx, EVERYWHERE, first, [joining.NO]) == []


def test_answers_are_counted_and_add_up(database: Database) -> None:
    with database.transaction() as tx:
        for number in range(1, 5):
            house(tx, number)
        first = announced(tx, 1, 2, 3, 4)
        for person, said in ((1, joining.JOIN), (2, joining.NO), (3, joining.ASK)):
            joining.answer(tx, first, person, said, NOW)

        found = joining.counted(tx, EVERYWHERE, first)

        assert found == {"id": first, "told": 4, "join": 1, "no": 1, "ask": 1, "silent": 1}
        assert joining.counted(tx, officers.over("68"), first) is None
        assert [one["person_id"] for one in joining.who(tx, EVERYWHERE, first, [""])] == [4]


def test_a_number_answers_the_letter_until_something_else_asks(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        first = announced(tx, 1)
        letter(tx, 1, None, '[["m|fair_join:1","Tham gia"]]')
        table = table_of(RecipientRow)
        tx.execute(update(table).values(letter_id=1))

        mine = joining.by_letter(tx, 1, chat(1))
        assert mine is not None
        assert mine["id"] == first
        letter(tx, 1, None)  # a reminder asks nothing
        assert joining.by_letter(tx, 1, chat(1)) is not None
        assert joining.by_letter(tx, 1, chat(2)) is None
        letter(tx, 1, 7)
        assert joining.by_letter(tx, 1, chat(1)) is None


def test_the_days_are_those_of_the_fair_while_it_is_announced(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        about = {"name": "H", "venue": "Lào Cai", "starts": "2026-12-24", "ends": "2026-12-28"}
        fair = fairs.hold(tx, about)
        announced(tx, 1, fair_id=fair)
        assert joining.days(tx, fair) is None

        fairs.change(tx, fair, cancelled=False)

        found = (date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 10))
        assert joining.days(tx, fair) == found
        assert joining.days(tx, fair + 1) is None


def test_a_producers_goods_are_named_once_and_certified_ones_by_star(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx)
        days = {"issued": NOW.date(), "expires": NOW.date() + timedelta(days=1095)}
        window = {"refile_from": NOW.date(), "refile_by": NOW.date()}
        for star, name in ((3, "Cốm"), (4, "Gạo nếp"), (3, "gạo nếp")):
            about = {"producer_id": home, "name": name, "product_set": 3, "star": star}
            certificates.keep(tx, {**about, **days, **window}, NOW)

        assert joining.goods(tx, home) == ["Gạo nếp", "Cốm"]
        assert [one["star"] for one in joining.certified(tx, [home])[home]] == [4, 3, 3]
        assert joining.certified(tx, []) == {}
        assert met(tx) == 1
