"""What reports are made of: rows of an area, and of a district of old in it, live ones too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot import clock, importing
from programme.cycle import Done
from programme.places import places
from programme.reports import Rows
from programme.roles import Role
from storage import (
    announcements,
    certificates,
    cycle,
    dossiers,
    fairs,
    inspections,
    officers,
    papers,
    producers,
    report_rows,
    revocations,
    supports,
    tasks,
    yearly,
)
from storage.database import Database
from storage.officers import Scope
from storage.report_area import Part
from storage.report_rows import Reach
from storage.tables import metadata
from tests.storage.people import met

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
BAN_LIEN, BAC_HA, LAO_CAI, DIEN_BIEN = "02869", "02839", "15", "11"


@pytest.fixture
def tx(database: Database) -> Iterator[Connection]:
    with database.transaction() as open_:
        yield open_


@pytest.fixture
def sample(database: Database) -> Database:
    parts: Any = SimpleNamespace(database=database)
    importing.ensure_sample(parts, clock.now())
    return database


def rows(tx: Connection, area: str, first: int = 2026, last: int = 2026, **more: Any) -> Rows:
    return report_rows.rows(tx, Reach(officers.over(area), first, last, NOW.date(), **more))


def part(said: str) -> Part:
    area = places().areas(said)[0]
    return Part(area.shown, area.communes)


def producer(tx: Connection, commune: str = BAN_LIEN) -> int:
    about = {"name": "HTX Bản Liền", "kind": "cooperative", "commune": "xã Bản Liền"}
    return producers.add(tx, about | {"commune_code": commune}, NOW)


def dossier(tx: Connection, producer_id: int, **values: Any) -> int:
    about = {"producer_id": producer_id, "person_id": met(tx), "name": "Gạo Khẩu Mẹo"}
    about |= {"product_set": 3, "rules": "26-2026", "council": date(2026, 12, 1)}
    return dossiers.open_new(tx, about | values, NOW, 2026)


def sitting(tx: Connection, status: str, results: dict[int, dict[str, Any]]) -> None:
    """A meeting with what its dossiers came to."""
    by = met(tx, 2)
    council = {"province_code": LAO_CAI, "decision": "1", "decided_on": date(2026, 1, 1)}
    council |= {"made_by": by, "made_at": NOW}
    made = tx.execute(insert(metadata.tables["councils"]).values(council)).inserted_primary_key
    about = {"council_id": made[0] if made else 0, "number": 1, "day": date(2026, 6, 20)}
    about |= {"place": "", "status": status, "made_by": by, "made_at": NOW, "decision": "12/QĐ"}
    held = tx.execute(insert(metadata.tables["sittings"]).values(about)).inserted_primary_key
    for place, (number, result) in enumerate(results.items(), 1):
        row = {"sitting_id": held[0] if held else 0, "dossier_id": number, "place": place}
        row |= {"turn": 1, "refused": "", **result}
        tx.execute(insert(metadata.tables["agenda"]).values(row))


# -- of an office's file ---------------------------------------------------------------------------


def test_a_province_has_what_its_file_tells_of_it_and_nothing_else(sample: Database) -> None:
    with sample.reading() as tx:
        told, other = rows(tx, DIEN_BIEN, 2021, 2021), rows(tx, LAO_CAI, 2021, 2021)

    assert {each.source for each in told.results} == {"002"}
    assert [each.key for each in told.budgets] == ["k06"]
    assert {each.source for each in told.fairs} == {"002"}
    assert {each.key for each in told.sources} == {"002"}
    assert {each.source for each in other.fairs} == {"000"}
    assert {each.key for each in other.targets} == {"m01", "m06"}


def test_a_district_of_old_is_a_part_of_its_province(sample: Database) -> None:
    with sample.reading() as tx:
        muong_khuong = rows(tx, LAO_CAI, 2018, 2019, part=part("Mường Khương, Lào Cai"))
        bac_ha = rows(tx, LAO_CAI, 2021, 2021, part=part("huyện Bắc Hà"), plan=True)

    assert {each.source for each in muong_khuong.results} == {"000"}
    assert len(muong_khuong.fairs) == 8
    assert (len(bac_ha.planned), len(bac_ha.units), bac_ha.fairs) == (9, 11, ())
    assert bac_ha.planned[0].communes == ("Nậm Đét",)


def test_a_province_that_was_merged_is_told_apart(sample: Database) -> None:
    with sample.reading() as tx:
        quang_binh = rows(tx, "44", 2020, 2020, part=part("tỉnh Quảng Bình"))

    assert {each.key for each in quang_binh.targets} == {"m05"}


def test_a_commune_has_what_comes_from_there(sample: Database) -> None:
    with sample.reading() as tx:
        told = rows(tx, BAN_LIEN, 2021, 2021, plan=True)

    assert [each.name for each in told.planned] == ["Gạo Khẩu Mẹo Bản Liền"]
    assert (told.budgets, told.targets, told.fairs, told.sources) == ((), (), (), ())


def test_everywhere_has_everything(sample: Database) -> None:
    with sample.reading() as tx:
        told = rows(tx, "", 2018, 2026)

    assert len(told.fairs) == 22
    assert len(told.budgets) == 6
    assert len(told.mistakes) == 16


def test_who_may_not_read_gets_nothing(sample: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scope, "may", lambda *_: False)
    with sample.reading() as tx:
        told = report_rows.rows(tx, Reach(Scope(1, Role.MEMBER, ""), 2018, 2026, NOW.date()))

    assert told == Rows()


def test_the_line_of_a_producer_is_called_as_it(sample: Database) -> None:
    with sample.reading() as tx:
        told = rows(tx, "44", 2018, 2018)

    projects = next(each for each in told.budgets if each.key == "k04")
    assert projects.lines[0].unit == "Hộ kinh doanh Huyện Thoại Lê"


# -- live ------------------------------------------------------------------------------------------


def test_what_a_council_found_is_a_result(tx: Connection) -> None:
    mine = producer(tx)
    good, bad, five = (dossier(tx, mine, name=name) for name in ("Gạo", "Chè", "Trà"))
    sitting(
        tx,
        "decided",
        {good: {"star": 4}, bad: {"star": 4, "refused": "nhãn mác"}, five: {"star": 5}},
    )

    told = rows(tx, LAO_CAI).results

    assert [(it.name, it.star, it.passed, it.level, it.decision) for it in told] == [
        ("Gạo", 4, True, "tinh", "12/QĐ"),
        ("Chè", None, False, "tinh", "12/QĐ"),
        ("Trà", 5, True, "bo", "12/QĐ"),
    ]
    assert told[1].reason == "nhãn mác"
    assert told[0].places == ("xã Bản Liền",)
    assert rows(tx, BAC_HA).results == ()


def test_a_meeting_that_is_not_over_has_found_nothing(tx: Connection) -> None:
    sitting(tx, "open", {dossier(tx, producer(tx)): {"star": 4}})

    assert rows(tx, LAO_CAI).results == ()


def test_a_certificate_that_no_meeting_of_ours_gave_is_a_result_once(tx: Connection) -> None:
    mine = producer(tx)
    ours, theirs = dossier(tx, mine), dossier(tx, mine, name="Chè")
    sitting(tx, "decided", {ours: {"star": 3}})
    about = {"producer_id": mine, "product_set": 3, "star": 3, "issued": date(2026, 7, 1)}
    about |= dict.fromkeys(("expires", "refile_from", "refile_by"), date(2029, 7, 1))
    for number in (ours, theirs):
        certificates.keep(tx, about | {"dossier_id": number, "name": f"GCN {number}"}, NOW)

    told = rows(tx, LAO_CAI).results

    assert [each.name for each in told] == ["Gạo Khẩu Mẹo", f"GCN {theirs}"]


def test_dossiers_are_counted_by_how_far_they_are(tx: Connection) -> None:
    mine = producer(tx)
    far = {"filed_at": NOW, "sent_up_at": NOW, "checked_at": NOW}
    for count in range(4):
        number = dossier(tx, mine)
        dossiers.change(tx, number, next_paper="declaration", **dict(list(far.items())[:count]))
    dossiers.change(tx, dossier(tx, mine), status="closed")

    told = rows(tx, LAO_CAI)

    steps = {each.what: each.count for each in told.steps}
    assert steps == dict.fromkeys(("preparing", "filed", "sent_up", "checked", "closed"), 1)
    assert [(each.what, each.count) for each in told.lacking] == [("declaration", 1)]
    assert rows(tx, LAO_CAI, 2025, 2025).steps == ()
    assert told.planned == ()
    assert len(rows(tx, LAO_CAI, plan=True).planned) == 4


def test_steps_that_were_passed_over_are_counted(tx: Connection) -> None:
    number = dossier(tx, producer(tx))
    done = Done(2, "passed_over", NOW.date(), "gấp")
    cycle.note(tx, number, done, None, NOW)
    cycle.note(tx, number, replace(done, step=3), None, NOW)

    told = rows(tx, LAO_CAI)

    assert [(each.what, each.count) for each in told.passed_over] == [("2", 1), ("3", 1)]


def test_papers_that_went_back_are_counted_by_reason_and_typed_words_are_not_told(
    tx: Connection,
) -> None:
    mine = producer(tx)
    back = {"verdict": "returned", "judged_at": NOW, "producer_id": mine, "paper": "declaration"}
    for reason in ("label", "label", "chị Mẩy quên ký"):
        papers.give(tx, {**back, "person_id": met(tx), "reason": reason}, (), NOW)

    told = rows(tx, LAO_CAI).returned

    assert [(it.what, it.about, it.count) for it in told] == [
        ("declaration", "label", 2),
        ("declaration", "other", 1),
    ]


def test_a_fair_that_was_announced_here_is_one_of_here(tx: Connection) -> None:
    fair = fairs.hold(tx, {"name": "Hội chợ xuân", "starts": "2026-12-24", "venue": "Hà Nội"})
    fairs.change(tx, fair, cancelled=False)
    about = {"kind": "fair", "area": LAO_CAI, "made_by": met(tx), "said": "{}", "aim": "{}"}
    number = announcements.make(tx, {**about, "fair_id": fair}, [(met(tx, 2), None)], NOW, 2026)
    announcements.start(tx, number, NOW)

    (told,) = rows(tx, LAO_CAI).fairs

    assert (told.name, told.year, told.joined) == ("Hội chợ xuân", 2026, 0)
    assert rows(tx, DIEN_BIEN).fairs == ()


# -- what officers wrote down ----------------------------------------------------------------------


def given(tx: Connection, deed: str, due: date | None, **where: str) -> int:
    """A task that somebody has to do."""
    by, home = met(tx), {"commune_code": BAN_LIEN, "province_code": LAO_CAI, "assigned_to": None}
    row = {"unit": "UBND xã Bản Liền", "deed": deed, "due": due, **home, **where}
    batch, _ = tasks.propose(tx, by, [row], NOW)
    ((task,),) = ([each["id"] for each in tasks.give(tx, batch, by, NOW)],)
    return int(task)


def test_tasks_are_told_with_their_day_and_whether_they_are_done_or_late(tx: Connection) -> None:
    given(tx, "chưa tới hạn", date(2026, 12, 20))
    given(tx, "trễ", date(2026, 11, 22))
    done = given(tx, "xong trễ", date(2026, 11, 1))
    tasks.finish(tx, done, met(tx), NOW)
    tasks.finish(tx, given(tx, "xong", date(2026, 11, 23)), met(tx), NOW)
    given(tx, "nơi khác", None, commune_code="", province_code=DIEN_BIEN)
    tasks.propose(tx, met(tx), [{"unit": "A", "deed": "chưa giao", "province_code": LAO_CAI}], NOW)

    told = rows(tx, LAO_CAI).tasks

    assert [(each.deed, each.due, each.done, each.late) for each in told] == [
        ("chưa tới hạn", "2026-12-20", False, False),
        ("trễ", "2026-11-22", False, True),
        ("xong trễ", "2026-11-01", True, True),
        ("xong", "2026-11-23", True, False),
    ]
    assert rows(tx, LAO_CAI, 2027, 2027).tasks == ()
    assert rows(tx, LAO_CAI, part=part("huyện Bắc Hà")).tasks == told
    assert rows(tx, LAO_CAI, part=part("Mường Khương, Lào Cai")).tasks == ()


def test_a_task_is_of_the_year_it_was_given_in_and_of_the_year_it_is_due(tx: Connection) -> None:
    given(tx, "sang năm", date(2027, 3, 15))

    assert [len(rows(tx, "", year, year).tasks) for year in (2025, 2026, 2027)] == [0, 1, 1]


def test_supports_of_the_area_and_the_years_are_told_without_those_dropped(tx: Connection) -> None:
    about = {"unit": "HTX Bản Liền", "fund": "khuyến công", "planned": 100, "paid": 30}
    about |= {"commune_code": BAN_LIEN, "province_code": LAO_CAI, "producer_id": None}
    for year in (2025, 2026, 2026):
        supports.add(tx, about | {"year": year}, met(tx), NOW)
    supports.drop(tx, 3, NOW)

    told = rows(tx, BAN_LIEN).supports

    assert [(each.number, each.unit, each.dong, each.spent) for each in told] == [
        (2, "HTX Bản Liền", 100, 30)
    ]
    assert rows(tx, DIEN_BIEN).supports == ()
    assert len(rows(tx, LAO_CAI, 2025, 2026).supports) == 2


def test_what_came_after_certification_is_told_of_the_area_and_the_years(tx: Connection) -> None:
    by, home = met(tx), producer(tx)
    days = {"issued": date(2025, 6, 30), "expires": date(2028, 6, 30)}
    days |= {"refile_from": date(2028, 1, 1), "refile_by": date(2028, 3, 2)}
    about = {"producer_id": home, "name": "Gạo", "product_set": 3, "star": 3, **days}
    one = certificates.keep(tx, about, NOW)
    inspections.plan(tx, home, date(2026, 5, 4), by, NOW)
    seen = [{"id": one, "name": "Gạo", "star": 3}]
    good = {"day": date(2026, 5, 4), "samples": 2, "findings": "", "until": None}
    inspections.record(tx, 1, seen, good, NOW)
    inspections.plan(tx, home, date(2026, 8, 4), by, NOW)  # nobody was there yet
    why = {"cause": "law", "why": "Kết luận 12", "concluded": date(2026, 9, 1)}
    told_ = {**why, "certificate_id": one, "until": date(2026, 9, 16)}
    revoked = revocations.propose(tx, told_, by, NOW)
    assert revoked
    revocations.decide(tx, revoked, "88/QĐ-UBND", date(2026, 9, 10))
    figures = {"sales": 300, "workers": 8, "made": 12_500, "unit": "kg"}
    yearly.keep(tx, home, 2026, figures, by, NOW)

    told = rows(tx, BAN_LIEN)

    (visit,), (gone,), (sums,), (made,) = told.inspected, told.revoked, told.yearly, told.made
    assert (visit.number, visit.products, visit.samples, visit.failed) == (1, 1, 2, 0)
    assert (gone.name, gone.cause, gone.on) == ("Gạo", "law", "2026-09-10")
    assert (sums.asked, sums.answered, sums.sales, sums.workers) == (1, 1, 300, 8)
    assert (made.unit, made.made, made.producers) == ("kg", 12, 1)
    assert rows(tx, DIEN_BIEN).inspected == ()
    assert rows(tx, "", 2027, 2027).revoked == ()
