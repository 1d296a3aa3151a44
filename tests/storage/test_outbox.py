import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.engine import Connection

from storage import outbox, persons
from storage.database import Database
from storage.outbox import Claimed, Lease, Posted, Settled
from storage.persons import Chat
from tests.conftest import Server
from tests.storage.people import LATER, NOW, SOON, chat, met

CHANNELS = ["browser"]
MINE = Lease("me", SOON)


def post(tx: Connection, number: int, words: str, rank: int = 0, now: datetime = NOW) -> None:
    outbox.put(tx, [Posted(chat(number), met(tx, number), words, "[]", None, rank)], now)


def claim(
    tx: Connection, now: datetime = NOW, by: str = "one", until: datetime = SOON, most: int = 100
) -> list[Claimed]:
    return outbox.claim(tx, CHANNELS, Lease(by, until), now, most)


def words(claimed: list[Claimed]) -> list[str]:
    return [letter.text for letter in claimed]


def sent(tx: Connection, claimed: list[Claimed], now: datetime = NOW) -> None:
    outbox.settle(tx, [Settled(letter.id, "sent", receipt=1) for letter in claimed], now)


def test_a_letter_is_claimed_with_all_that_its_sender_needs(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        outbox.put(tx, [Posted(chat(), an, "Gạo gì ạ?", '[["a","b"]]', 7)], NOW)
        outbox.put(tx, [], NOW)

        (letter,) = claim(tx)

    assert letter == Claimed(letter.id, chat(), an, "Gạo gì ạ?", '[["a","b"]]', 7, 1)


def test_the_letters_of_a_chat_go_one_after_the_other_in_their_order(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        letters = [Posted(chat(1), an, f"an {n}", "[]", None) for n in range(100)]
        outbox.put(tx, [*letters, Posted(chat(2), binh, "bình", "[]", None)], NOW)

    seen = []
    for turn in range(100):
        with database.transaction() as tx:
            claimed = claim(tx)
            assert claim(tx) == [], "a letter that is being sent blocks its chat"
            assert words(claimed) == ([f"an {turn}", "bình"] if turn == 0 else [f"an {turn}"])
            seen += claimed
            sent(tx, claimed)

    with database.reading() as tx:
        assert outbox.waiting(tx) == 0
        assert outbox.texts(tx, an) == [f"an {n}" for n in range(100)]


def test_only_the_channels_that_were_asked_for_are_claimed(database: Database) -> None:
    with database.transaction() as tx:
        zalo = Chat("zalo", "demo", "1")
        person = persons.meet(tx, [zalo], NOW)[zalo]
        outbox.put(tx, [Posted(zalo, person, "zalo", "[]", None)], NOW)
        post(tx, 1, "browser")

        assert words(claim(tx)) == ["browser"]
        assert words(outbox.claim(tx, ["zalo", "telegram"], Lease("one", SOON), NOW)) == ["zalo"]


def test_answers_go_before_announcements_whoever_came_first(database: Database) -> None:
    with database.transaction() as tx:
        for number in range(10):
            post(tx, number, f"announcement {number}", rank=2)
        post(tx, 50, "answer")
        post(tx, 51, "reminder", rank=1)

        assert words(claim(tx, most=1)) == ["answer"]
        assert words(claim(tx, most=2)) == ["announcement 0", "reminder"]


def test_an_answer_goes_before_the_announcement_that_waits_in_its_own_chat(
    database: Database,
) -> None:
    with database.transaction() as tx:
        for number in range(10):
            post(tx, number, f"announcement {number}", rank=2)
        post(tx, 7, "answer")

        first = claim(tx, most=1)
        assert words(first) == ["answer"]
        assert "announcement 7" not in words(claim(tx)), "one letter of a chat at a time"

        sent(tx, first)
        assert words(claim(tx)) == ["announcement 7"]


def test_an_announcement_that_must_wait_holds_back_no_answer(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "announcement", rank=2)
        outbox.settle(tx, [Settled(claim(tx)[0].id, "waiting", due_at=LATER)], NOW)
        post(tx, 1, "answer")

        assert words(claim(tx)) == ["answer"]


def test_on_a_paced_channel_announcements_are_claimed_by_the_handful(database: Database) -> None:
    with database.transaction() as tx:
        for number in range(10):
            post(tx, number, f"announcement {number}", rank=2)
        post(tx, 50, "answer")

        assert words(outbox.claim(tx, CHANNELS, MINE, NOW, paced=CHANNELS)) == ["answer"]
        (lane,) = outbox.calm_lanes(tx, CHANNELS)
        assert words(outbox.claim_calm(tx, lane, MINE, NOW, 3)) == [
            f"announcement {number}" for number in range(3)
        ]
        assert outbox.calm_lanes(tx, ["telegram"]) == []


def test_whoever_takes_long_over_a_letter_can_keep_it(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "a long one")
        outbox.keep(tx, [claim(tx)[0].id], LATER)

        assert claim(tx, now=SOON + timedelta(seconds=1)) == []
        assert words(claim(tx, now=LATER + timedelta(seconds=1))) == ["a long one"]


def test_a_letter_that_must_wait_holds_back_its_chat_and_no_other(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "first")
        post(tx, 1, "second")
        post(tx, 2, "other")
        claimed = claim(tx)
        outbox.settle(tx, [Settled(claimed[0].id, "waiting", reason="429", due_at=LATER)], NOW)
        sent(tx, claimed[1:])

        assert claim(tx, now=LATER - timedelta(seconds=1)) == []
        again = claim(tx, now=LATER)

    assert words(again) == ["first"]
    assert again[0].attempts == 2


def test_a_failed_letter_makes_way_for_the_next(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "first")
        post(tx, 1, "second")
        outbox.settle(tx, [Settled(claim(tx)[0].id, "failed", reason="Refused")], NOW)

        assert words(claim(tx)) == ["second"]


def test_a_letter_whose_sender_died_is_sent_by_the_next_when_the_claim_has_run_out(
    database: Database,
) -> None:
    with database.transaction() as tx:
        post(tx, 1, "first")
        post(tx, 1, "second")
        claim(tx, by="dead", until=SOON)

    with database.transaction() as tx:
        assert claim(tx, now=SOON) == []
        again = claim(tx, now=SOON + timedelta(seconds=1), by="alive", until=LATER)
        assert words(again) == ["first"]
        assert again[0].attempts == 2


def test_who_is_alone_need_not_wait_for_the_claims_of_the_dead(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "of the dead")
        claim(tx, by="dead", until=LATER)
        post(tx, 2, "mine")
        mine = claim(tx, by="me")

        assert outbox.release(tx, by_others_than="me") == 1
        assert words(mine) == ["mine"]
        assert words(claim(tx, by="me")) == ["of the dead"]


def test_a_letter_that_was_sent_stays_sent(database: Database) -> None:
    """The sender that was too slow may say so after the quick one has settled."""
    with database.transaction() as tx:
        post(tx, 1, "once")
        slow = claim(tx, by="slow")
        sent(tx, claim(tx, now=LATER, by="quick"))
        outbox.settle(tx, [Settled(slow[0].id, "waiting", due_at=NOW)], LATER)
        outbox.settle(tx, [], LATER)

        assert outbox.waiting(tx) == 0
        assert claim(tx, now=LATER) == []


@dataclass
class Senders:
    """Several senders at work on one outbox, and what they sent."""

    database: Database
    sent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    busy: set[str] = field(default_factory=set)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def work(self, name: str) -> int:
        """Claim and send until nothing is left; how many letters that were."""
        count = 0
        for _ in range(1000):
            now = datetime.now(UTC)
            with self.database.transaction() as tx:
                claimed = claim(tx, now, name, now + timedelta(seconds=60), most=5)
            for letter in claimed:
                self._send(letter)
            with self.database.transaction() as tx:
                sent(tx, claimed, now)
                left = outbox.waiting(tx)
            count += len(claimed)
            if not left:
                break
        return count

    def _send(self, letter: Claimed) -> None:
        chat = letter.chat.chat
        with self.guard:
            assert chat not in self.busy, "two letters of one chat at once"
            self.busy.add(chat)
        time.sleep(0.0005)
        with self.guard:
            self.busy.discard(chat)
            self.sent[chat].append(letter.text)


def test_six_claimers_send_200_letters_to_20_chats_once_each_and_in_order(
    database: Database,
) -> None:
    with database.transaction() as tx:
        people = [met(tx, number) for number in range(20)]
        letters = [
            Posted(chat(n % 20), people[n % 20], f"{n // 20}", "[]", None) for n in range(200)
        ]
        outbox.put(tx, letters, NOW)
    senders = Senders(database)

    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(senders.work, [f"claimer-{number}" for number in range(6)]))

    assert sum(counts) == 200
    assert senders.sent == {f"phone-{n}": [f"{turn}" for turn in range(10)] for n in range(20)}
    assert sum(count > 0 for count in counts) > 1


def test_claimers_do_not_wait_for_each_other(server: Server) -> None:
    """On PostgreSQL; a file has one writer at a time anyway."""
    with server.rows() as url, closing(Database(url)) as database:
        with database.transaction() as tx:
            post(tx, 1, "first")
            post(tx, 2, "second")

        with database.transaction() as one, database.transaction() as two:
            two.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert words(claim(one, most=1)) == ["first"]
            assert words(claim(two, by="two")) == ["second"]


def test_letters_that_were_sent_are_never_read_again_to_find_those_that_wait(
    file: Database,
) -> None:
    """In ten years the outbox holds millions of letters, a handful of them open."""
    asked: list[str] = []
    with file.transaction() as tx:
        tx.connection.driver_connection.set_trace_callback(asked.append)  # type: ignore[union-attr]
        claim(tx)
        outbox.calm_lanes(tx, CHANNELS)
        outbox.waiting(tx)
        outbox.release(tx, by_others_than="me")
        tx.connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
        plans = [
            [row[3] for row in tx.execute(text(f"EXPLAIN QUERY PLAN {one}".replace(":", "\\:")))]
            for one in asked
        ]

    assert len(plans) == 4
    scans = [step for plan in plans for step in plan if "SCAN outbox" in step]
    assert scans
    assert all("ix_outbox_open" in step for step in scans)


def test_what_a_dead_sender_held_too_long_keeps_nothing_else_from_its_chat(
    database: Database,
) -> None:
    """Nobody needs it any more, so nobody sends it again."""
    with database.transaction() as tx:
        outbox.put(tx, [Posted(chat(), met(tx), "nhắc", "[]", None, 1, use_by=SOON)], NOW)
        assert words(claim(tx, by="dead")) == ["nhắc"]
        post(tx, 1, "đáp", now=LATER)

        later = claim(tx, LATER, "me", LATER + timedelta(seconds=30))
        outbox.drop_lost(tx, LATER)

        assert words(later) == ["đáp"]
        assert outbox.waiting(tx) == 1


def test_a_letter_that_was_sent_gets_other_words_where_it_stands(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "xong 10/100", rank=1)
        (letter,) = claim(tx)

        under_way = outbox.reword(tx, letter.id, "xong 20/100", SOON, SOON)
        outbox.settle(tx, [Settled(letter.id, "sent", 700)], NOW)
        too_soon = outbox.reword(tx, letter.id, "xong 30/100", SOON, NOW - timedelta(seconds=1))
        moved = outbox.reword(tx, letter.id, "xong 40/100", SOON, NOW)
        (again,) = claim(tx, SOON, until=LATER)

    assert (under_way, too_soon, moved) == (False, False, True)
    assert again == letter._replace(text="xong 40/100", edits=700)


def test_words_of_a_letter_that_still_waits_are_its_first(database: Database) -> None:
    with database.transaction() as tx:
        post(tx, 1, "xong 10/100", rank=1)
        (number,) = outbox.unsent(tx, [met(tx, 1)])

        assert outbox.reword(tx, number, "xong 20/100", NOW, NOW)

        (letter,) = claim(tx)
    assert (letter.text, letter.edits) == ("xong 20/100", None)
