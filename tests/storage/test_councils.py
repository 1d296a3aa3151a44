"""Councils: one at a time, seats by codes, meetings that end once, sheets turn by turn."""

import threading
from datetime import date, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from storage import ballots, councils, dossiers, officers, producers
from storage.ballots import Key
from storage.database import Database
from tests.storage.people import LATER, NOW, met, producer
from tests.storage.test_dossiers import values

AREA = officers.over("15")
SEATS = [
    {"position": "chairman", "name": "Nguyễn Văn An", "office": "UBND tỉnh"},
    {"position": "guest", "name": "Đỗ Thị Mơ", "office": ""},
]
MARKS = {"1.1": "a", "1.2": ""}


def made(tx: Connection, person: int, province: str = "15") -> dict[str, Any]:
    about = {"province_code": province, "decision": "215/QĐ", "decided_on": date(2026, 10, 1)}
    number = councils.found(tx, about | {"made_by": person}, SEATS, NOW)
    found = councils.by_id(tx, number)
    assert found is not None
    return found


def whole(tx: Connection, person: int, name: str = "Gạo", province: str = "15") -> int:
    """A dossier of the province that was found whole."""
    commune = {"15": "02869", "11": "03127"}[province]
    home = producer(tx, f"HTX {name}", commune_code=commune, province_code=province)
    producers.join(tx, person, home, "own", NOW)
    dossier = dossiers.open_new(tx, values(home, person, name=name), NOW, 2026)
    dossiers.whole(tx, dossier, person, NOW)
    return dossier


def called(tx: Connection) -> tuple[dict[str, Any], int, int]:
    """A council with a meeting on one dossier: the council, the meeting, the dossier."""
    an = met(tx)
    council, dossier = made(tx, an), whole(tx, an)
    about = {"day": date(2026, 12, 10), "place": "phòng 2", "made_by": an}
    return council, councils.call(tx, council, about, {dossier: None}, NOW), dossier


def test_a_new_council_of_a_province_ends_the_one_before_and_no_others(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        first, other, second = made(tx, an), made(tx, an, "11"), made(tx, an)

        assert councils.current(tx, "15") == second
        assert councils.current(tx, "11") == other
        before = councils.by_id(tx, first["id"])
        assert before is not None
        assert before["ended_at"] == NOW
        assert councils.last_province(tx) == "15"


def test_a_code_leads_to_its_seat_once_and_not_for_ever(database: Database) -> None:
    with database.transaction() as tx:
        an, ba = met(tx), met(tx, 2)
        council = made(tx, an)
        councils.invite(tx, council["id"], 1, "K7P3MX9CT", LATER)

        assert councils.sit(tx, "WRONG", ba, NOW) is None
        assert councils.sit(tx, "K7P3MX9CT", ba, LATER) is None
        seat = councils.sit(tx, "K7P3MX9CT", ba, NOW)
        assert seat is not None
        assert (seat["seat"], seat["province_code"], seat["person_id"]) == (1, "15", ba)
        assert councils.sit(tx, "K7P3MX9CT", an, NOW) is None
        assert "K7P3MX9CT" not in str(councils.seats(tx, council["id"]))


def test_who_leaves_sits_nowhere_and_a_seat_of_an_ended_council_is_none(database: Database) -> None:
    with database.transaction() as tx:
        an, ba = met(tx), met(tx, 2)
        council = made(tx, an)
        councils.invite(tx, council["id"], 1, "K7P3MX9CT", LATER)
        councils.sit(tx, "K7P3MX9CT", ba, NOW)
        assert councils.of_person(tx, ba) is not None

        councils.leave(tx, ba)
        assert councils.of_person(tx, ba) is None
        councils.invite(tx, council["id"], 1, "K7P3MX9CT", LATER)
        councils.sit(tx, "K7P3MX9CT", ba, NOW)
        made(tx, an)
        assert councils.of_person(tx, ba) is None


def test_what_is_whole_waits_until_a_meeting_has_it_and_again_after_it_came_back(
    database: Database,
) -> None:
    with database.transaction() as tx:
        council, sitting, dossier = called(tx)
        other = whole(tx, met(tx), "Chè")
        far = whole(tx, met(tx), "Quế", "11")

        assert [row["id"] for row in councils.waiting(tx, AREA, 9)] == [other]
        assert [row["id"] for row in councils.waiting(tx, officers.over("11"), 9)] == [far]
        councils.close(tx, sitting, {}, LATER)
        assert [row["id"] for row in councils.waiting(tx, AREA, 9)] == [other]
        dossiers.whole(tx, dossier, council["made_by"], LATER + timedelta(days=90))
        assert {row["id"] for row in councils.waiting(tx, AREA, 9)} == {dossier, other}


def test_a_meeting_ends_once_and_is_decided_once(database: Database) -> None:
    with database.transaction() as tx:
        _, sitting, dossier = called(tx)
        result = {"star": 3, "points_of": 541, "points_by": 9}

        assert not councils.decide(tx, sitting, "1/QĐ", date(2026, 12, 20))
        assert councils.close(tx, sitting, {dossier: result}, LATER)
        assert not councils.close(tx, sitting, {dossier: result | {"star": 5}}, LATER)
        assert councils.decide(tx, sitting, "1/QĐ", date(2026, 12, 20))
        assert not councils.decide(tx, sitting, "2/QĐ", date(2026, 12, 21))
        (row,) = councils.before(tx, AREA, sitting)
        (told,) = councils.history(tx, dossier)

    assert (row["given"], row["points_of"], row["points_by"]) == (3, 541, 9)
    assert (told["star"], told["decision"], told["status"]) == (3, "1/QĐ", "decided")


def test_meetings_are_numbered_by_province_and_year(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        numbers = []
        for province, year in (("15", 2026), ("15", 2026), ("11", 2026), ("15", 2027)):
            council = councils.current(tx, province) or made(tx, an, province)
            about = {"day": date(year, 6, 1), "place": "", "made_by": an}
            made_ = councils.sitting(tx, councils.call(tx, council, about, {}, NOW))
            assert made_ is not None
            numbers.append(made_["number"])
        days = [row["day"] for row in councils.sittings(tx, "15", 2026)]

    assert numbers == [1, 2, 1, 1]
    assert days == [date(2026, 6, 1)] * 2


def test_who_is_there_is_the_last_word_on_it(database: Database) -> None:
    with database.transaction() as tx:
        _, sitting, _ = called(tx)
        councils.attend(tx, sitting, {1, 2})
        councils.attend(tx, sitting, {2})

        assert councils.present(tx, sitting) == {2}


def test_each_turn_has_its_own_sheet_and_only_handed_in_ones_count(database: Database) -> None:
    with database.transaction() as tx:
        _, sitting, dossier = called(tx)
        first = Key(sitting, dossier, 1, 1)
        ballots.mark(tx, first, MARKS, 1, NOW)
        begun = ballots.counted(ballots.of_sitting(tx, sitting), dossier, 1)
        assert ballots.hand_in(tx, first, NOW)
        assert not ballots.hand_in(tx, first, NOW)
        second = first._replace(turn=councils.again(tx, sitting, dossier))
        ballots.mark(tx, second, MARKS | {"1.1": "b"}, 1, NOW)
        every = ballots.of_sitting(tx, sitting)

    assert begun == {}
    assert ballots.counted(every, dossier, 1) == {1: MARKS}
    assert ballots.counted(every, dossier, 2) == {}
    assert [each.turn for each in every] == [1, 2]


def test_who_stands_aside_counts_nothing_and_marking_again_ends_that(database: Database) -> None:
    with database.transaction() as tx:
        _, sitting, dossier = called(tx)
        key = Key(sitting, dossier, 1, 1)
        ballots.mark(tx, key, MARKS, 1, NOW)
        ballots.hand_in(tx, key, NOW)
        ballots.stand_aside(tx, key, 1, NOW)
        aside = ballots.of(tx, key)
        counted = ballots.counted(ballots.of_sitting(tx, sitting), dossier, 1)
        assert not ballots.hand_in(tx, key, NOW)
        ballots.mark(tx, key, MARKS, 1, NOW)
        again = ballots.of(tx, key)

    assert aside is not None
    assert aside.settled
    assert counted == {}
    assert again is not None
    assert not again.settled


def test_a_sheet_that_is_being_marked_holds_the_end_of_its_meeting_up(database: Database) -> None:
    """What a member marks is in before the meeting is counted, or comes after and is refused."""
    with database.transaction() as tx:
        _, sitting, _ = called(tx)
    ended = threading.Event()

    def end() -> None:
        with database.transaction() as tx:
            councils.close(tx, sitting, {}, LATER)
        ended.set()

    with database.transaction() as tx:
        assert councils.is_open(tx, sitting)
        other = threading.Thread(target=end)
        other.start()
        assert not ended.wait(0.2)
    other.join()
    with database.transaction() as tx:
        assert not councils.is_open(tx, sitting)


# -- opinions in writing ---------------------------------------------------------------------------


def test_what_is_put_off_waits_for_the_next_meeting_and_is_held_by_none(database: Database) -> None:
    with database.transaction() as tx:
        council, sitting, dossier = called(tx)
        other = whole(tx, met(tx), "Chè")
        councils.put_off(tx, sitting, {dossier: "complex"})
        assert councils.turn_of(tx, sitting, dossier) is None
        assert councils.holds(tx, dossier)

        councils.close(tx, sitting, {dossier: {"star": None, "to_meeting": "complex"}}, LATER)

        assert not councils.holds(tx, dossier)
        assert councils.undecided(tx, "15") is None
        waits = {row["id"]: row["put_off"] for row in councils.waiting(tx, AREA, 9)}
        about = {"day": date(2026, 12, 20), "place": "phòng 2", "made_by": council["made_by"]}
        next_ = councils.call(tx, council, about, dict.fromkeys(waits), LATER)

        assert waits == {dossier: True, other: False}
        assert not councils.waiting(tx, AREA, 9)
        assert councils.asked_before(tx, next_, dossier) == sitting
        assert councils.asked_before(tx, next_, other) is None
        assert councils.asked_before(tx, sitting, dossier) is None


def test_where_only_some_are_put_off_the_others_wait_for_the_decision(database: Database) -> None:
    with database.transaction() as tx:
        an = met(tx)
        council, one, two = made(tx, an), whole(tx, an), whole(tx, an, "Chè")
        about = {"day": date(2026, 12, 10), "place": "", "made_by": an, "written": True}
        sitting = councils.call(tx, council, about, {one: None, two: None}, NOW)
        results: dict[int, dict[str, Any]] = {one: {"star": 3}, two: {"to_meeting": "apart"}}

        assert councils.close(tx, sitting, results, LATER)

        found = councils.undecided(tx, "15")
        assert found is not None
        assert (found["id"], found["written"]) == (sitting, True)
        assert councils.holds(tx, one)
        assert not councils.holds(tx, two)
        (told,) = councils.history(tx, two)
        assert (told["to_meeting"], told["star"]) == ("apart", None)
