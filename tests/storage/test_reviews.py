"""Lời xét: each is kept for good, in its order, and only by whoever has seen the one before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection

from programme.roles import Role
from storage import dossiers, ideas, officers, papers, producers, reviews, waiting
from storage.database import Database, table_of
from storage.papers import PaperRow
from storage.reviews import Subject, Verdict
from storage.waiting import Place
from tests.storage.people import LATER, NOW, met, producer
from tests.storage.test_dossiers import IDEA, values

BAN_LIEN, BAC_HA, LAO_CAI = "02869", "02839", "15"
COMMUNE, PROVINCE = 2, 3
KINDS: tuple[reviews.Kind, ...] = ("idea", "paper", "dossier")
GOOD, BACK = Verdict("accepted"), Verdict("returned", "reasons.why_blurred")


def house(tx: Connection, commune: str = BAN_LIEN, name: str = "HTX Bản Liền") -> int:
    """A producer with an idea that waits, an open dossier and one paper; its number."""
    made = producer(tx, name, commune_code=commune, province_code=LAO_CAI)
    producers.join(tx, met(tx), made, "own", NOW)
    about = {**IDEA, "producer_id": made, "person_id": 1, "commune_code": commune}
    ideas.submit(tx, about, {}, NOW, 2026)
    root = dossiers.open_new(tx, values(made, 1), NOW, 2026)
    given(tx, made, root)
    return made


def given(tx: Connection, home: int, root: int, **more: Any) -> int:
    about = {"producer_id": home, "product": root, "paper": "declaration", "person_id": 1}
    return papers.give(tx, {**about, **more}, (), NOW)


def office(tx: Connection) -> None:
    """An officer of the commune and one of the province."""
    met(tx, COMMUNE)
    met(tx, PROVINCE)
    officers.appoint(tx, COMMUNE, BAN_LIEN, NOW)
    officers.appoint(tx, PROVINCE, LAO_CAI, NOW)


def scope(tx: Connection, person: int) -> officers.Scope:
    found = officers.scope(tx, person)
    assert found is not None
    return found


def kinds(tx: Connection, person: int) -> list[tuple[str, int]]:
    return [(one.kind, one.id) for one in waiting.first(tx, scope(tx, person), 20)]


# -- giving ----------------------------------------------------------------------------------------


def test_verdicts_are_kept_in_turns_and_read_back_in_their_order(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        office(tx)
        both = (Verdict("met", "", "local_labour"), Verdict("proposed"))
        assert reviews.give(tx, Subject("dossier", 1), both, COMMUNE, NOW)
        assert reviews.give(tx, Subject("dossier", 1, 1), [Verdict("sent_up")], COMMUNE, LATER)

    with database.reading() as tx:
        found = reviews.of(tx, "dossier", 1)
        last = reviews.standing(tx, scope(tx, PROVINCE), "dossier", 1)
    assert [(one.turn, one.verdict, one.about) for one in found] == [
        (1, "met", "local_labour"),
        (1, "proposed", ""),
        (2, "sent_up", ""),
    ]
    assert last == found[-1]
    assert (last.person, last.at) == (COMMUNE, LATER)


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_not_seen_the_last_verdict_gives_none(
    database: Database, kind: reviews.Kind
) -> None:
    with database.transaction() as tx:
        house(tx)
        office(tx)
        assert reviews.give(tx, Subject(kind, 1), [GOOD], COMMUNE, NOW)

        assert not reviews.give(tx, Subject(kind, 1), [BACK], PROVINCE, LATER)
        assert reviews.of(tx, kind, 1) == [
            reviews.Review(1, kind, 1, 1, "accepted", "", "", COMMUNE, NOW)
        ]


def test_what_stands_no_more_gets_no_verdict(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        office(tx)
        papers.replace(tx, [1], NOW)
        ideas.withdraw(tx, 1, "YT-2026-0001", NOW)
        dossiers.close(tx, 1, NOW)

        for kind in KINDS:
            assert not reviews.give(tx, Subject(kind, 1), [GOOD], COMMUNE, NOW)
            assert reviews.of(tx, kind, 1) == []


def test_of_two_officers_at_the_same_moment_one_is_heard_and_nothing_is_lost(
    database: Database,
) -> None:
    """Both have opened the paper; on PostgreSQL each has a transaction of its own under way."""
    with database.transaction() as tx:
        house(tx)
        office(tx)
    ready = Barrier(2)

    def judge(person: int, said: Verdict) -> bool:
        ready.wait()
        with database.transaction() as tx:
            if not reviews.give(tx, Subject("paper", 1), [said], person, NOW):
                return False
            papers.judge(tx, 1, said.verdict, said.reason, person, NOW)
            return True

    with ThreadPoolExecutor(2) as both:
        heard = list(both.map(judge, (COMMUNE, PROVINCE), (GOOD, BACK)))

    with database.reading() as tx:
        (kept,) = reviews.of(tx, "paper", 1)
        paper = papers.by_id(tx, 1)
    assert sorted(heard) == [False, True]
    assert paper is not None
    assert (paper["verdict"], paper["judged_by"]) == (kept.verdict, kept.person)
    assert kept.person == (COMMUNE if heard[0] else PROVINCE)


def test_what_a_producer_says_is_kept_beside_and_hinders_nobody(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        office(tx)
        reviews.give(tx, Subject("idea", 1), [Verdict("asked", "bao nhiêu cân?")], COMMUNE, NOW)
        reviews.add(tx, Subject("idea", 1, 1), Verdict("answered", "500 cân"), 1, LATER)

        assert reviews.give(tx, Subject("idea", 1, 1), [GOOD], COMMUNE, LATER)
        assert [one.verdict for one in reviews.of(tx, "idea", 1)] == [
            "asked",
            "answered",
            "accepted",
        ]


def test_officers_read_verdicts_of_their_area_alone(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        house(tx, BAC_HA, "HTX Bắc Hà")
        office(tx)
        for kind in KINDS:
            for subject in (1, 2):
                reviews.give(tx, Subject(kind, subject), [GOOD], PROVINCE, NOW)

        for kind in KINDS:
            mine = reviews.history(tx, scope(tx, COMMUNE), kind, [1, 2])
            every = reviews.history(tx, scope(tx, PROVINCE), kind, [1, 2])
            assert [one.subject for one in mine] == [1]
            assert [one.subject for one in every] == [1, 2]
            assert reviews.standing(tx, scope(tx, COMMUNE), kind, 2) is None


# -- what waits ------------------------------------------------------------------------------------


def test_each_thing_waits_until_it_has_its_verdict(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        office(tx)
        assert kinds(tx, COMMUNE) == [("idea", 1), ("paper", 1)]
        assert kinds(tx, PROVINCE) == []

        ideas.judge(tx, 1, "accepted", NOW)
        papers.judge(tx, 1, "accepted", "", COMMUNE, NOW)
        assert kinds(tx, COMMUNE) == []

        dossiers.file(tx, 1, 1, NOW.date(), NOW)
        assert kinds(tx, COMMUNE) == [("review", 1)]
        dossiers.send_up(tx, 1, COMMUNE, LATER)
        assert kinds(tx, COMMUNE) == []
        assert kinds(tx, PROVINCE) == [("check", 1)]
        dossiers.send_back(tx, 1, NOW.date(), LATER)
        assert (kinds(tx, COMMUNE), kinds(tx, PROVINCE)) == ([("review", 1)], [])
        dossiers.send_up(tx, 1, COMMUNE, LATER)
        dossiers.whole(tx, 1, PROVINCE, LATER)
        assert (kinds(tx, COMMUNE), kinds(tx, PROVINCE)) == ([], [])
        assert [row["id"] for row in dossiers.for_council(tx, scope(tx, PROVINCE), 9)] == [1]


def test_what_no_commune_sees_to_waits_for_the_province(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        house(tx, BAC_HA, "HTX Bắc Hà")
        office(tx)

        assert kinds(tx, COMMUNE) == [("idea", 1), ("paper", 1)]
        assert kinds(tx, PROVINCE) == [("idea", 2), ("paper", 2)]


def test_an_officer_who_acts_for_one_producer_sees_to_all_others(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        own = house(tx, name="HTX Của Cán Bộ")
        office(tx)
        producers.join(tx, COMMUNE, own, "helper", NOW)

        assert kinds(tx, COMMUNE) == [("idea", 1), ("paper", 1)]
        assert kinds(tx, PROVINCE) == [("idea", 2), ("paper", 2)]


def test_whoever_may_not_judge_has_nothing_waiting(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        met(tx, COMMUNE)
        for role in (Role.MEMBER, Role.ADVISER):
            officers.appoint(tx, COMMUNE, LAO_CAI, NOW, role)

            assert kinds(tx, COMMUNE) == []
            assert waiting.counts(tx, scope(tx, COMMUNE)) == {}


def test_the_list_goes_on_behind_any_place_and_passes_over_nothing(database: Database) -> None:
    """Many things come in one moment; each is met once, from whichever one goes on."""
    with database.transaction() as tx:
        home = house(tx)
        office(tx)
        for number in range(5):
            given(tx, home, 1, paper=f"paper-{number}")
        tx.execute(table_of(PaperRow).update().values(given_at=NOW + timedelta(microseconds=7)))
        every = waiting.first(tx, scope(tx, COMMUNE), 20)
        walked: list[waiting.Waiting] = []
        while found := waiting.first(tx, scope(tx, COMMUNE), 1, _behind(walked)):
            walked += found

        assert len(every) == len(tx.execute(select(table_of(PaperRow).c.id)).all()) + 1
        assert walked == every
        assert waiting.counts(tx, scope(tx, COMMUNE)) == {"idea": 1, "paper": 6}


def _behind(walked: list[waiting.Waiting]) -> Place | None:
    return Place(walked[-1].at, walked[-1].kind, walked[-1].id) if walked else None


def test_a_paper_that_no_open_dossier_needs_waits_for_nobody(database: Database) -> None:
    with database.transaction() as tx:
        house(tx)
        office(tx)
        dossiers.close(tx, 1, NOW)

        assert kinds(tx, COMMUNE) == [("idea", 1)]


# -- versions --------------------------------------------------------------------------------------


def test_a_paper_has_all_those_before_it(database: Database) -> None:
    with database.transaction() as tx:
        home = house(tx)
        office(tx)
        other = given(tx, home, 1, paper="test_report")
        papers.replace(tx, [1], NOW)
        second = given(tx, home, 1)

        found = papers.versions(tx, scope(tx, COMMUNE), second)

    assert [each["id"] for each in found] == [1, second]
    assert other not in [each["id"] for each in found]
