"""Announcements: a frozen list, and a ledger that adds up whatever becomes of it."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from storage import (
    announcements,
    consents,
    links,
    officers,
    on_the_way,
    outbox,
    persons,
    quotas,
    recipients,
)
from storage.announcements import Fit, Ledger
from storage.consents import ELSEWHERE
from storage.database import Database, table_of
from storage.on_the_way import Noted
from storage.outbox import Lease, OutboxRow, Posted, Settled
from storage.persons import CHATS, Chat
from storage.quotas import Month
from storage.recipients import NEWS, RecipientRow
from tests.storage.people import LATER, NOW, SOON, chat, met, producer

BAN_LIEN, LAO_CAI, LAM_DONG = "02869", "15", "68"
LANE = ("browser", "demo")
_OUTBOX = table_of(OutboxRow)
_R = table_of(RecipientRow)


def village(tx: Connection, count: int = 4) -> list[tuple[int, int | None]]:
    """So many persons who want news, each with a producer in the same commune."""
    people: list[tuple[int, int | None]] = []
    for number in range(1, count + 1):
        person = met(tx, number)
        home = producer(tx, f"HTX {number}", commune_code=BAN_LIEN, province_code=LAO_CAI)
        consents.give(tx, person, ("dossier", NEWS), 1, NOW)
        people.append((person, home))
    return people


def made(tx: Connection, people: Sequence[tuple[int, int | None]], **more: Any) -> int:
    by = met(tx, 99)
    values = {"kind": "fair", "area": BAN_LIEN, "made_by": by, "said": "{}", "aim": "{}", **more}
    return announcements.make(tx, values, people, NOW, 2026)


def begun(tx: Connection, people: Sequence[tuple[int, int | None]], **more: Any) -> int:
    number = made(tx, people, **more)
    announcements.start(tx, number, NOW)
    return number


def feed(tx: Connection, number: int, most: int = 100) -> list[int]:
    """Post a letter to whoever is next; whom."""
    told, gone = on_the_way.following(tx, number, LANE, most)
    letters = [Posted(one.chat, one.person, "Mời bác", "[]", None, 2) for one in told]
    posted = outbox.post(tx, letters, NOW)
    done = [Noted(one.person, one.chat, recipients.POSTED, letter=posted[one.chat]) for one in told]
    on_the_way.note(tx, number, [*done, *gone], NOW)
    return [one.person for one in told]


def take(tx: Connection, most: int = 100) -> list[outbox.Claimed]:
    return outbox.claim(tx, ["browser"], Lease("sender", LATER), NOW, most)


def fare(tx: Connection, letters: Sequence[outbox.Claimed], to: str, why: str | None = None) -> int:
    outbox.settle(tx, [Settled(one.id, to, reason=why) for one in letters], SOON)
    return on_the_way.settle(tx, SOON)


def reasons(tx: Connection, number: int) -> list[tuple[str, str | None]]:
    rows = announcements.rows(tx, officers.over(""), number)
    return [(row["status"], row["reason"]) for row in rows]


# -- the list -------------------------------------------------------------------------------------


def test_each_is_numbered_in_its_year_and_its_list_is_frozen(database: Database) -> None:
    with database.transaction() as tx:
        people = village(tx)
        first, second = made(tx, people), made(tx, people[:1])
        third = announcements.make(
            tx, {"kind": "other", "area": "", "made_by": 1, "said": "", "aim": ""}, [], NOW, 2027
        )

        rows = [announcements.found(tx, number) for number in (first, second, third)]
        assert [row["number"] for row in rows if row] == [
            "TB-2026-0001",
            "TB-2026-0002",
            "TB-2027-0001",
        ]
        assert announcements.ledger(tx, first) == Ledger(4, 4, 0, 0, 0, 0, 0)
        assert announcements.ledger(tx, second).previewed == 1
        with pytest.raises(LookupError):
            announcements.ledger(tx, 77)


def test_who_acts_for_two_producers_is_told_once_on_account_of_the_first(
    database: Database,
) -> None:
    with database.transaction() as tx:
        (person, home), (_, other), *_ = village(tx)
        number = made(tx, [(person, home), (person, other)])

        (row,) = announcements.rows(tx, officers.over(""), number)
        assert (row["person_id"], row["id"], row["producer"]) == (person, home, "HTX 1")


def test_who_cannot_be_reached_is_refused_at_once_and_the_reason_is_told(
    database: Database,
) -> None:
    with database.transaction() as tx:
        people = village(tx, 3)
        persons.blocked(tx, chat(1), NOW)
        nobody = persons.anew(tx, NOW)
        number = made(tx, [*people, (nobody, None)])

        assert announcements.ledger(tx, number) == Ledger(4, 2, 0, 0, 2, 0, 0)
        assert reasons(tx, number) == [
            ("refused", "blocked"),
            ("queued", None),
            ("queued", None),
            ("refused", "no_chat"),
        ]


# -- on its way -----------------------------------------------------------------------------------


def test_it_goes_from_ready_by_sending_and_pauses_to_its_end(database: Database) -> None:
    with database.transaction() as tx:
        number = made(tx, village(tx))

        assert not announcements.resume(tx, number, NOW)
        assert announcements.start(tx, number, NOW)
        assert not announcements.start(tx, number, NOW)
        assert announcements.pause(tx, number, NOW)
        assert not announcements.pause(tx, number, NOW)
        assert announcements.resume(tx, number, NOW)
        assert announcements.finish(tx, number, NOW)
        assert not announcements.cancel(tx, number, NOW)
        assert not announcements.pause(tx, number, NOW)


def test_what_is_posted_and_sent_is_counted_where_it_belongs(database: Database) -> None:
    with database.transaction() as tx:
        people = village(tx)
        number = begun(tx, people)

        assert feed(tx, number, 3) == [person for person, _ in people[:3]]
        one, two, three = take(tx)
        assert fare(tx, [one], "sent") == 1
        assert fare(tx, [two], "failed", "Unreachable: blocked by the user") == 1
        assert fare(tx, [three], "failed", "Refused: too long") == 1
        assert announcements.ledger(tx, number) == Ledger(4, 1, 1, 1, 1, 0, 0)
        assert reasons(tx, number) == [
            ("sent", None),
            ("refused", "blocked"),
            ("failed", "not_taken"),
            ("queued", None),
        ]


def test_what_may_have_come_is_sent_and_says_so(database: Database) -> None:
    with database.transaction() as tx:
        number = begun(tx, village(tx, 1))
        feed(tx, number)

        fare(tx, take(tx), "sent", "Ambiguous: 504")

        assert reasons(tx, number) == [("sent", "perhaps")]
        assert [person for person, _ in recipients.told(tx, number)] == [1]


def test_a_pause_takes_back_what_nobody_has_begun_to_send(database: Database) -> None:
    with database.transaction() as tx:
        people = village(tx)
        number = begun(tx, people)
        feed(tx, number, 3)
        (under_way,) = take(tx, 1)

        announcements.pause(tx, number, NOW)
        paused = announcements.ledger(tx, number)
        after_the_pause = take(tx)
        fare(tx, [under_way], "sent")
        announcements.resume(tx, number, NOW)
        again = feed(tx, number)

        assert paused.waiting == 4
        assert after_the_pause == []
        assert again == [person for person, _ in people if person != under_way.person]


def test_a_cancelled_one_tells_nobody_else_but_what_is_under_way_arrives(
    database: Database,
) -> None:
    with database.transaction() as tx:
        number = begun(tx, village(tx))
        feed(tx, number, 3)
        (under_way,) = take(tx, 1)

        announcements.cancel(tx, number, NOW)

        assert take(tx) == []
        assert announcements.ledger(tx, number) == Ledger(4, 1, 0, 0, 0, 0, 3)
        assert fare(tx, [under_way], "sent") == 1
        assert announcements.ledger(tx, number) == Ledger(4, 0, 1, 0, 0, 0, 3)
        assert not announcements.resume(tx, number, NOW)


def test_who_wants_no_news_any_more_is_not_told_whether_queued_or_posted(
    database: Database,
) -> None:
    with database.transaction() as tx:
        people = village(tx, 3)
        number = begun(tx, people)
        feed(tx, number, 1)
        for person, _ in people[:2]:
            consents.end(tx, person, NEWS, NOW)

        on_the_way.withdraw(tx, NOW)
        told = feed(tx, number)

        assert told == [people[2][0]]
        assert [letter.person for letter in take(tx)] == told
        assert reasons(tx, number)[:2] == [("opted_out", "withdrawn")] * 2


def test_who_blocked_the_frozen_chat_is_told_in_another_one_only_if_agreed(
    database: Database,
) -> None:
    with database.transaction() as tx:
        people = village(tx, 2)
        number = begun(tx, people)
        for (person, _), agreed in zip(people, (True, False), strict=True):
            links.join(tx, met(tx, person + 10), person, (0, {}), NOW)
            if agreed:
                consents.add(tx, person, ELSEWHERE, 1, NOW)
            persons.meet(tx, [chat(person)], LATER)
            persons.blocked(tx, chat(person), LATER)

        told = feed(tx, number)

        assert told == [people[0][0]]
        assert [letter.chat for letter in take(tx)] == [chat(11)]
        assert reasons(tx, number)[1] == ("refused", "blocked")


def test_a_letter_sent_elsewhere_belongs_to_the_same_row(database: Database) -> None:
    with database.transaction() as tx:
        number = begun(tx, village(tx, 1), use_by=LATER)
        feed(tx, number)
        (first,) = take(tx)
        other = Chat("browser", "demo", "other")
        outbox.settle(tx, [Settled(first.id, "failed", reason="Unreachable: gone")], NOW)
        posted = outbox.post(tx, [Posted(other, first.person, "Mời", "[]", None, 2)], NOW)

        on_the_way.elsewhere(tx, first.id, posted[other], other)
        on_the_way.settle(tx, NOW)
        between = announcements.ledger(tx, number)
        fare(tx, take(tx), "sent")

        assert between.waiting == 1
        assert announcements.ledger(tx, number) == Ledger(1, 0, 1, 0, 0, 0, 0)


def test_after_its_day_nobody_is_told_any_more(database: Database) -> None:
    with database.transaction() as tx:
        number = begun(tx, village(tx))
        feed(tx, number, 1)
        tx.execute(update(_OUTBOX).values(use_by=NOW))

        outbox.drop_stale(tx, SOON)
        on_the_way.settle(tx, SOON)
        on_the_way.give_up(tx, number, recipients.FAILED, recipients.TOO_LATE, SOON)

        assert reasons(tx, number) == [("failed", "too_late")] * 4


# -- of two who are one ---------------------------------------------------------------------------


def test_who_stands_twice_on_a_list_is_told_once_and_the_sums_still_hold(
    database: Database,
) -> None:
    with database.transaction() as tx:
        (an, _), (binh, _), *_ = people = village(tx, 3)
        number, other = begun(tx, people), begun(tx, people[1:])
        tx.execute(update(_R).where(_R.c.person_id == binh).values(answer="join", answered_at=NOW))

        links.join(tx, binh, an, (0, {}), NOW)

        assert feed(tx, number) == [an, people[2][0]]
        assert on_the_way.following(tx, other, LANE, 9)[0][0].person == an
        assert announcements.ledger(tx, number) == Ledger(3, 2, 0, 0, 0, 0, 1)
        assert announcements.ledger(tx, other).previewed == 2
        answered = recipients.mine(tx, number, an)
        assert answered is not None
        assert answered["answer"] == "join"


# -- what the clock does --------------------------------------------------------------------------


def test_one_is_due_when_its_time_has_come_and_nobody_began_or_stopped_it(
    database: Database,
) -> None:
    with database.transaction() as tx:
        number, other = made(tx, village(tx)), made(tx, [])
        for each in (number, other):
            announcements.schedule(tx, each, SOON)
        announcements.cancel(tx, other, NOW)

        assert announcements.due(tx, NOW) == []
        assert not announcements.any_going(tx, NOW)
        assert announcements.due(tx, SOON) == [number]
        assert announcements.any_going(tx, SOON)
        announcements.start(tx, number, SOON)
        assert announcements.due(tx, SOON) == []
        assert [row["id"] for row in announcements.sending(tx)] == [number]
        assert not announcements.schedule(tx, number, LATER)


# -- what may be sent -----------------------------------------------------------------------------


def test_what_a_bot_has_left_is_less_what_it_did_and_what_others_still_need(
    database: Database,
) -> None:
    with database.transaction() as tx:
        people = village(tx, 5)
        tx.execute(update(CHATS).where(CHATS.c.chat != chat(1).chat).values(channel="zalo"))
        begun(tx, people[1:3])
        made(tx, people[3:])
        number = made(tx, people)
        december, november = (Month("zalo", "demo", f"2026-{month}") for month in (12, 11))
        quotas.count(tx, [december] * 10, [december] * 20)
        quotas.count(tx, [november] * 1000)

        found = announcements.fits(tx, number, {"zalo": 35}, "2026-12")

        assert found == [Fit("browser", "demo", 1, None), Fit("zalo", "demo", 4, 3)]
        assert [each.fits for each in found] == [True, False]


# -- who may see it -------------------------------------------------------------------------------


def test_an_officer_sees_what_was_made_in_the_area_and_no_other(database: Database) -> None:
    with database.transaction() as tx:
        people = village(tx, 2)
        here, province = made(tx, people), made(tx, people, area=LAO_CAI)
        elsewhere = made(tx, people, area=LAM_DONG)

        def seen(area: str) -> list[int]:
            return [row["id"] for row in announcements.newest(tx, officers.over(area), 9)]

        assert seen(BAN_LIEN) == [here]
        assert seen(LAO_CAI) == [province, here]
        assert seen(LAM_DONG) == [elsewhere]
        assert announcements.by_id(tx, officers.over(LAM_DONG), here) is None
        assert announcements.rows(tx, officers.over(LAM_DONG), elsewhere) == []
        assert len(announcements.rows(tx, officers.over(LAO_CAI), here, "waiting")) == 2


# -- whatever happens -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_the_ledger_adds_up_whatever_happens(database: Database, seed: int) -> None:
    """Feeding, sending, pauses, blocks, opt-outs and the end, in any order."""
    dice = Random(seed)
    with database.transaction() as tx:
        people = village(tx, 12)
        number = begun(tx, people)
        under_way: list[outbox.Claimed] = []

        def settle() -> None:
            if under_way:
                letter = under_way.pop(dice.randrange(len(under_way)))
                to = dice.choice((("sent", None), ("failed", "Unreachable: x"), ("waiting", "429")))
                fare(tx, [letter], *to)

        deeds = (
            lambda: feed(tx, number, dice.randint(1, 4)),
            lambda: under_way.extend(take(tx, 2)),
            settle,
            lambda: announcements.pause(tx, number, NOW),
            lambda: announcements.resume(tx, number, NOW),
            lambda: consents.end(tx, dice.choice(people)[0], NEWS, NOW),
            lambda: on_the_way.withdraw(tx, NOW),
            lambda: persons.blocked(tx, chat(dice.randint(1, 12)), NOW),
        )
        for _ in range(40):
            dice.choice(deeds)()
            found = announcements.ledger(tx, number)
            assert found.previewed == sum(found[1:]) == 12

        announcements.cancel(tx, number, NOW)
        fare(tx, under_way, "sent")
        found = announcements.ledger(tx, number)
        assert found.waiting == 0
        assert found.previewed == sum(found[1:]) == 12
        assert not tx.execute(select(_OUTBOX.c.id).where(_OUTBOX.c.status == "waiting")).all()


def test_looking_whether_anything_is_to_be_done_costs_an_index(file: Database) -> None:
    queries = {
        "recipients": "SELECT 1 FROM recipients WHERE recipients.status = 'posted' LIMIT 1",
        "announcements": "SELECT 1 FROM announcements WHERE status IN ('ready', 'sending')",
    }
    with file.reading() as tx:
        for query in queries.values():
            plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
            assert "INDEX ix_" in str(plan)
