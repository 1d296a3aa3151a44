"""Codes that link chats, and what becomes of two persons who are one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from programme.calendar import Milestone
from programme.cycle import Done, Step
from storage import (
    certificates,
    claims,
    codes,
    consents,
    cycle,
    days_off,
    digests,
    dossiers,
    ideas,
    links,
    milestones,
    officers,
    outbox,
    papers,
    persons,
    producers,
    questions,
    reminders,
    sessions,
    steps,
    tables,
    writings,
)
from storage.database import Database
from storage.outbox import Posted
from storage.sessions import Saved
from storage.steps import Logged
from tests.storage.people import LATER, NOW, SOON, chat, met, producer

HOUR = timedelta(hours=1)
CODE = "271828"
SHEET = {
    "name": "Gạo", "product_set": 3, "stage": "new", "form_version": 1, "hand": "",
    "commune_code": "", "star": None, "round_key": None,
}  # fmt: skip


# -- codes ----------------------------------------------------------------------------------------


def test_a_code_says_whose_it_is_and_is_used_once(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        assert links.give(tx, CODE, an, LATER, NOW)
        assert links.giver(tx, CODE, SOON) == an
        assert links.type_in(tx, CODE, chat(2), SOON)

        assert links.use(tx, chat(3), binh, SOON) is None
        assert links.use(tx, chat(2), binh, SOON) == an
        assert links.use(tx, chat(2), binh, SOON) is None
        assert links.giver(tx, CODE, SOON) is None


def test_a_code_is_good_until_its_time_is_over(database: Database) -> None:
    with database.transaction() as tx:
        links.give(tx, CODE, met(tx), LATER, NOW)
        links.type_in(tx, CODE, chat(2), NOW)

        assert links.giver(tx, CODE, LATER) is None
        assert links.use(tx, chat(2), met(tx, 2), LATER) is None


def test_nobody_gets_a_code_that_somebody_else_has_just_now(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)

        assert links.give(tx, CODE, an, LATER, NOW)
        assert not links.give(tx, CODE, binh, LATER, NOW)
        assert links.give(tx, CODE, binh, LATER + HOUR, LATER)


def test_a_code_typed_in_a_chat_belongs_to_that_chat(database: Database) -> None:
    with database.transaction() as tx:
        links.give(tx, CODE, met(tx), LATER, NOW)

        assert links.type_in(tx, CODE, chat(2), NOW)
        assert links.type_in(tx, CODE, chat(2), NOW)
        assert not links.type_in(tx, CODE, chat(3), NOW)


def test_a_code_typed_in_ten_chats_at_once_is_good_in_one(database: Database) -> None:
    with database.transaction() as tx:
        links.give(tx, CODE, met(tx), LATER, NOW)

    def type_in(number: int) -> bool:
        with database.transaction() as tx:
            return links.type_in(tx, CODE, chat(number), NOW)

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(type_in, range(10))) == 1


def test_a_dropped_code_is_void(database: Database) -> None:
    with database.transaction() as tx:
        links.give(tx, CODE, met(tx), LATER, NOW)
        links.type_in(tx, CODE, chat(2), NOW)

        links.drop(tx, chat(2), NOW)

        assert links.use(tx, chat(2), met(tx, 2), NOW) is None


def test_five_wrong_codes_close_a_chat_until_an_hour_after_the_first(database: Database) -> None:
    with database.transaction() as tx:
        times = [NOW + timedelta(minutes=number) for number in range(5)]

        assert [links.miss(tx, chat(), at) for at in times] == [4, 3, 2, 1, 0]
        assert links.closed_until(tx, chat(), times[-1]) == NOW + HOUR
        assert links.closed_until(tx, chat(2), times[-1]) is None
        assert links.closed_until(tx, chat(), NOW + HOUR) is None
        assert links.miss(tx, chat(), NOW + HOUR) == 0
        assert links.closed_until(tx, chat(), NOW + HOUR) == times[1] + HOUR


# -- two who are one ------------------------------------------------------------------------------


def test_every_column_that_says_who_is_thought_of() -> None:
    """A table that is added later must say what becomes of it, or rows are left behind."""
    pointing = {
        str(column)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "persons.id"
    }

    moved = {str(column) for column in links._SAYING_WHO}
    assert pointing - moved == {
        "chats.person_id",
        "consents.person_id",
        "digests.person_id",
        "ideas.person_id",
        "memberships.person_id",
        "officers.person_id",
        "outbox.person_id",
        "recipients.person_id",
        "reminders.person_id",
        "sessions.person_id",
        "steps.person_id",
        "links.joined_id",  # who they were: that stays
    }


def busy(tx: Connection, number: int) -> int:
    """Somebody of whom there is a row in every table that knows persons."""
    person = met(tx, number)
    made = producer(tx, f"HTX số {number}", made_by=person)
    producers.join(tx, person, made, "own", NOW)
    sheet = SHEET | {"producer_id": made, "person_id": person, "run": 2}
    ideas.submit(tx, sheet, {}, NOW, 2026)
    questions.ask(tx, person, "Bao giờ?", "", NOW)
    questions.answer(tx, number, person, "Mai.", NOW)
    codes.give(tx, f"00000{number}", made, person, LATER)
    codes.use(tx, f"00000{number}", person, NOW)
    consents.give(tx, person, ("dossier",), 1, NOW)
    officers.appoint(tx, person, f"{number}", NOW)
    logged = [Logged(person, run, "started", "", "{}", NOW, "") for run in (1, 2)]
    steps.append(tx, logged)
    sessions.save(tx, [Saved(person, "{}", 7, None, None)], NOW)
    outbox.put(tx, [Posted(chat(number), person, f"tin {number}", "[]", 7)], NOW)
    with_dossier(tx, made, person)
    with_days(tx, number, person)
    return person


def with_dossier(tx: Connection, made: int, person: int) -> None:
    """A dossier with a claim, a paper that was judged, and a story."""
    who, by = {"producer_id": made, "person_id": person}, (person, "")
    about = {"name": "Gạo", "product_set": 3, "rules": "26-2026", "council": LATER.date()}
    root = dossiers.open_new(tx, {**who, **about}, NOW, 2026)
    claims.claim(tx, root, {"1.1": "a"}, by, NOW)
    paper = papers.give(tx, {**who, "product": root, "paper": "declaration"}, ("a" * 64,), NOW)
    papers.judge(tx, paper, "accepted", "", person, NOW)
    writings.write(tx, root, "story", {"name": "Gạo"}, by, NOW)


def with_days(tx: Connection, number: int, person: int) -> None:
    """Days that an officer set, a summary, a step and a certificate, and what is told of them."""
    day = LATER.date() + timedelta(days=number)
    milestones.move(tx, Milestone("tinh-1-2027", "training", f"{number}", day), person, NOW)
    days_off.keep(tx, day, True, "mưa", person, NOW)
    digests.wish(tx, person, {"every": "day", "hour": 7, "next_at": LATER})
    cycle.note(tx, number, Done(Step.IDEA, "done", day), person, NOW)
    dossiers.file(tx, number, person, day, NOW)
    dossiers.send_up(tx, number, person, NOW)
    window = {"issued": day, "expires": day, "refile_from": day, "refile_by": day}
    about = {"name": "Gạo", "product_set": 3, "star": 3, "producer_id": number}
    certificates.keep(tx, about | window, NOW)
    for kind, subject in (("file", number), ("window", 7)):
        reminders.add(tx, [(person, kind, subject, day, 0, NOW, LATER)])
    told = reminders.due(tx, [person], NOW)[1:]
    reminders.settle(tx, [reminders.Settled(one.id, reminders.TOLD) for one in told], NOW)


def joined(tx: Connection) -> tuple[int, int]:
    """The first person, and the one that came to them."""
    an, binh = busy(tx, 1), busy(tx, 2)
    links.join(tx, binh, an, (10, {2: 30}), LATER)
    return an, binh


def test_dossiers_of_both_are_one_persons_with_all_that_is_in_them(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = joined(tx)

        first, second = dossiers.of_person(tx, an)
        assert [row["number"] for row in (first, second)] == ["HS-2026-0001", "HS-2026-0002"]
        assert dossiers.of_person(tx, binh) == []
        for row in (first, second):
            assert claims.of(tx, row["id"]) == {"1.1": "a"}
            assert writings.of(tx, row["root"]) == {"story": {"name": "Gạo"}}
            (paper,) = papers.standing(tx, row["producer_id"], row["root"])
            assert paper["files"] == ["a" * 64]


def pointing_at(tx: Connection, person: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "persons.id" for key in column.foreign_keys):
                count = len(tx.execute(select(column).where(column == person)).all())
                found |= {str(column): count} if count else {}
    return found


def test_nothing_is_left_behind(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = joined(tx)

        assert pointing_at(tx, binh) == {}
        assert pointing_at(tx, an) == {
            "chats.person_id": 2,
            "claims.person_id": 2,
            "codes.made_by": 2,
            "codes.used_by": 2,
            "consents.person_id": 2,
            "cycle_steps.person_id": 2,
            "days_off.set_by": 2,
            "digests.person_id": 1,
            "dossiers.filed_by": 2,
            "dossiers.person_id": 2,
            "dossiers.sent_up_by": 2,
            "ideas.person_id": 2,
            "memberships.person_id": 2,
            "milestones.set_by": 2,
            "officers.person_id": 1,
            "outbox.person_id": 2,
            "papers.judged_by": 2,
            "papers.person_id": 2,
            "producers.made_by": 2,
            "questions.answered_by": 2,
            "questions.person_id": 2,
            "reminders.person_id": 3,  # what is planned for who comes is planned anew
            "sessions.person_id": 1,
            "steps.person_id": 4,
            "writings.person_id": 2,
        }


def test_what_either_was_told_is_told_and_what_is_planned_is_planned_anew(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, binh = busy(tx, 1), busy(tx, 2)
        both = (an, "fair", 9, LATER.date(), 3, NOW, LATER)
        reminders.add(tx, [both, (binh, *both[1:])])
        told = [one for one in reminders.due(tx, [binh], NOW) if one.kind == "fair"]
        reminders.settle(tx, [reminders.Settled(one.id, reminders.TOLD) for one in told], NOW)
        dossiers.planned(tx, dossiers.unplanned(tx, 9), NOW)

        links.join(tx, binh, an, (0, {}), LATER)

        assert reminders.counts(tx) == {"told": 2, "planned": 2}
        assert [row["id"] for row in dossiers.unplanned(tx, 9)] == [1, 2]


def test_runs_get_the_numbers_that_they_have_in_the_session(database: Database) -> None:
    with database.transaction() as tx:
        an, _ = joined(tx)

        assert steps.runs(tx) == [(an, 1), (an, 11), (an, 12), (an, 30)]
        assert [idea["run"] for idea in ideas.of_person(tx, an)] == [2, 12]


def test_letters_under_way_show_no_question_of_who_is_gone(database: Database) -> None:
    """Its number may be that of another question by now."""
    with database.transaction() as tx:
        joined(tx)

        rows = tx.execute(text("SELECT text, prompt FROM outbox ORDER BY id")).all()
        assert [tuple(row) for row in rows] == [("tin 1", 7), ("tin 2", None)]


def test_of_two_roles_in_one_producer_the_own_one_stays(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        one, two = producer(tx, "HTX Bản Liền"), producer(tx, "HTX Nậm Đét")
        producers.join(tx, an, one, "helper", NOW)
        producers.join(tx, binh, one, "own", NOW)
        producers.join(tx, an, two, "own", NOW)
        producers.join(tx, binh, two, "helper", NOW)

        links.join(tx, binh, an, (0, {}), LATER)

        assert [p["role"] for p in producers.of_person(tx, an)] == ["own", "own"]


@pytest.mark.parametrize("which", [1, 2])
def test_an_officer_stays_one(database: Database, which: int) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        officers.appoint(tx, (an, binh)[which - 1], "02950", NOW)

        links.join(tx, binh, an, (0, {}), LATER)

        assert officers.of_commune(tx, "02950") == [an]


def test_a_chat_that_leaves_is_somebody_new_and_gets_no_more_letters(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = joined(tx)

        links.leave(tx, chat(2), LATER)

        whose = persons.of(tx, [chat(1), chat(2)])
        rows = tx.execute(text("SELECT text, status FROM outbox ORDER BY id")).all()
        assert whose[chat(1)] == an
        assert whose[chat(2)] not in {an, binh}
        assert [tuple(row) for row in rows] == [("tin 1", "waiting"), ("tin 2", "failed")]


def test_where_the_first_chat_leaves_the_next_is_the_first(database: Database) -> None:
    with database.transaction() as tx:
        an, _ = joined(tx)

        links.leave(tx, chat(1), LATER)

        assert [place.joined_at for place in persons.places(tx, an)] == [None]


def test_leaving_ends_the_link_on_record(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        links.give(tx, CODE, an, LATER, NOW)
        links.type_in(tx, CODE, chat(2), NOW)
        links.use(tx, chat(2), binh, NOW)
        links.join(tx, binh, an, (0, {}), NOW)

        links.leave(tx, chat(2), SOON)

        kept = tx.execute(text("SELECT person_id, joined_id, ended_at FROM links")).one()
        assert kept[:2] == (an, binh)
        assert kept[2] is not None


# -- consents -------------------------------------------------------------------------------------

Said = tuple[tuple[str, ...] | None, Any]  # what was agreed to (None: all taken back), and when
ALL = ("dossier", "reminders", "news")


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        pytest.param([(ALL, NOW)], [], ALL, id="who was never asked has said nothing"),
        pytest.param([], [(ALL, NOW)], ALL, id="and neither has who stays"),
        pytest.param([(ALL, NOW)], [(("dossier",), SOON)], ("dossier",), id="a later no"),
        pytest.param([(ALL, SOON)], [(("dossier",), NOW)], ALL, id="a later yes"),
        pytest.param([(ALL, NOW)], [(("dossier",), NOW)], ("dossier",), id="at once is a no"),
        pytest.param([(ALL, NOW)], [(ALL, NOW), (None, SOON)], (), id="taken back later"),
        pytest.param([(ALL, LATER)], [(ALL, NOW), (None, SOON)], ALL, id="given later"),
        pytest.param(
            [(ALL, NOW), (None, SOON)], [(("dossier",), LATER)], ("dossier",), id="given anew there"
        ),
        pytest.param([(ALL, NOW)], [((*ALL, "elsewhere"), SOON)], (*ALL, "elsewhere"), id="more"),
    ],
)
def test_of_each_purpose_the_latest_word_counts(
    database: Database, mine: list[Said], theirs: list[Said], left: tuple[str, ...]
) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        for person, said in ((an, mine), (binh, theirs)):
            for purposes, at in said:
                if purposes is None:
                    consents.withdraw(tx, person, at)
                else:
                    consents.give(tx, person, purposes, 1, at)

        held = consents.join(tx, binh, an, LATER)

        assert set(held) == set(left)
        assert held == consents.of(tx, an)
        assert consents.of(tx, binh) == {}


def test_one_purpose_is_agreed_to_and_ended_beside_the_others(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        consents.give(tx, an, ALL, 1, NOW)

        consents.add(tx, an, consents.ELSEWHERE, 1, NOW)
        consents.add(tx, an, consents.ELSEWHERE, 2, SOON)
        agreed = consents.of(tx, an)
        consents.end(tx, an, consents.ELSEWHERE, LATER)

        assert agreed == dict.fromkeys(ALL, 1) | {"elsewhere": 2}
        assert consents.of(tx, an) == dict.fromkeys(ALL, 1)
