"""What stands in an area: every number is that of its list, and no list has another area's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import Connection

from storage import certificates, dossiers, ideas, officers, overview, papers, producers, questions
from storage.database import Database, table_of
from storage.overview import MATTERS, STEPS, View
from storage.places import PlaceRow
from storage.targets import TargetRow
from tests.storage.people import NOW, met, producer
from tests.storage.test_dossiers import IDEA, values

TODAY = date(2026, 11, 23)
WEEK_AGO, LONG_AGO = NOW - timedelta(days=7), NOW - timedelta(days=40)
EVERYWHERE = View(officers.over(""), NOW, WEEK_AGO)
BAN_LIEN, BAC_HA, LAO_CAI, LAM_DONG = "02869", "02839", "15", "68"
LISTS = (*MATTERS, *STEPS)


def seen(area: str) -> View:
    return View(officers.over(area), NOW, WEEK_AGO)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def opened(tx: Connection, at: datetime = LONG_AGO, who: int | None = None, **more: Any) -> int:
    """A dossier that was opened then, of a producer of its own if none is named."""
    person = met(tx)
    made = who or producer(tx, commune_code=BAN_LIEN)
    number = dossiers.open_new(tx, values(made, person), at, 2026)
    dossiers.change(tx, number, planned_at=None, **more)
    return number


def gave(tx: Connection, dossier: int, at: datetime = LONG_AGO, **more: Any) -> int:
    row = dossiers.by_id(tx, dossier)
    about = {"producer_id": row["producer_id"], "product": row["root"], "paper": "test_report"}
    return papers.give(tx, {**about, "person_id": row["person_id"], **more}, (), at)


def certified(tx: Connection, who: int | None, **more: Any) -> int:
    told = {"producer_id": who, "name": "Gạo", "product_set": 3, "star": 3, **more}
    days = {"issued": date(2024, 1, 1), "expires": day(900)}
    window = {"refile_from": day(720), "refile_by": day(780)}
    return certificates.keep(tx, days | window | told, NOW)


def found(tx: Connection, matter: str, view: View = EVERYWHERE, about: str = "") -> list[str]:
    """What is in a list, each by its kind and its number."""
    every = overview.lines(tx, matter, view, about, most=1000)
    assert len(every) == overview.count(tx, matter, view, about)
    return [f"{line.kind} {line.id}" for line in every]


# -- what is in which list ------------------------------------------------------------------------


def test_new_is_what_came_since_and_an_idea_with_its_dossier_counts_once(
    database: Database,
) -> None:
    with database.transaction() as tx:
        person, made = met(tx), producer(tx)
        sheet = {**IDEA, "producer_id": made, "person_id": person}
        for at in (LONG_AGO, NOW, NOW):
            ideas.submit(tx, sheet, {}, at, 2026)
        opened(tx, LONG_AGO, idea_id=1)
        opened(tx, NOW - timedelta(days=1), idea_id=2)

        assert found(tx, "new") == ["idea 3", "dossier 2"]
        assert found(tx, "new", View(officers.over(""), NOW, NOW)) == []


def test_a_withdrawn_idea_is_not_new(database: Database) -> None:
    with database.transaction() as tx:
        person, made = met(tx), producer(tx)
        sheet = {**IDEA, "producer_id": made, "person_id": person}
        number = ideas.submit(tx, sheet, {}, NOW, 2026)

        ideas.withdraw(tx, person, number, NOW)

        assert found(tx, "new") == []


def test_papers_questions_and_filed_dossiers_wait_the_oldest_first(database: Database) -> None:
    with database.transaction() as tx:
        filed = opened(tx, filed_at=NOW, review_by=day(15))
        opened(tx, filed_at=LONG_AGO, review_by=day(-5), sent_up_at=NOW)
        judged = gave(tx, filed)
        papers.judge(tx, judged, "accepted", "", met(tx), NOW)
        papers.replace(tx, [gave(tx, filed)], NOW)
        second, first = gave(tx, filed, NOW), gave(tx, filed)
        asked = questions.ask(tx, met(tx), "Rượu có phải khai riêng không?", "", NOW)
        questions.ask(tx, met(tx), "Bao giờ họp?", "", NOW)
        questions.answer(tx, 2, met(tx), "Tháng sau.", NOW)

        waits = [f"paper {first}", f"paper {second}", f"question {asked}"]
        assert found(tx, "waiting") == [f"review {filed}", *waits]


def test_papers_of_closed_dossiers_wait_for_nobody(database: Database) -> None:
    with database.transaction() as tx:
        closed = opened(tx)
        gave(tx, closed)
        dossiers.close(tx, closed, NOW)

        assert found(tx, "waiting") == []


def test_what_dossiers_lack_is_told_paper_by_paper_the_most_first(database: Database) -> None:
    with database.transaction() as tx:
        label = opened(tx, next_paper="label", file_by=day(5))
        late = opened(tx, next_paper="test_report", file_by=day(20))
        soon = opened(tx, next_paper="test_report", file_by=day(10))
        opened(tx, next_paper=None)
        opened(tx, next_paper="label", filed_at=NOW)

        assert found(tx, "stuck") == [f"filing {each}" for each in (soon, late, label)]
        assert overview.groups(tx, "stuck", EVERYWHERE) == [("test_report", 2), ("label", 1)]
        assert found(tx, "stuck", about="label") == [f"filing {label}"]


def test_due_are_the_filing_and_the_review_days_of_thirty_days_and_what_is_over(
    database: Database,
) -> None:
    with database.transaction() as tx:
        last, over = opened(tx, file_by=day(30)), opened(tx, file_by=day(-1))
        opened(tx, file_by=day(31))
        review = opened(tx, file_by=day(2), filed_at=NOW, review_by=day(15))
        opened(tx, file_by=day(2), filed_at=NOW, review_by=day(15), sent_up_at=NOW)

        assert found(tx, "due") == [f"filing {over}", f"review {review}", f"filing {last}"]


def test_papers_end_within_sixty_days_and_certificates_within_their_window(
    database: Database,
) -> None:
    with database.transaction() as tx:
        one = opened(tx)
        ends = gave(tx, one, ends=day(60))
        gave(tx, one, ends=day(61))
        gave(tx, one, ends=day(-1))
        gave(tx, one, ends=day(5), verdict="returned")
        again = certified(tx, None, expires=day(180))
        certified(tx, None, expires=day(181), refile_from=day(1))
        certified(tx, None, expires=day(100), renewed_at=NOW)
        certified(tx, None, expires=day(-1), refile_from=day(-181))

        assert found(tx, "expiring") == [f"ends {ends}", f"certificate {again}"]


def test_what_stood_still_for_two_weeks_is_told_when_its_day_is_near(database: Database) -> None:
    with database.transaction() as tx:
        still = opened(tx, file_by=day(30), moved_at=NOW - timedelta(days=14))
        opened(tx, file_by=day(30), moved_at=NOW - timedelta(days=13))
        opened(tx, file_by=day(31), moved_at=LONG_AGO)
        never = opened(tx, file_by=day(3), moved_at=None)

        assert found(tx, "still") == [f"filing {never}", f"filing {still}"]


def test_certified_this_year_is_told_star_by_star(database: Database) -> None:
    with database.transaction() as tx:
        last_year = certified(tx, None, issued=date(2025, 12, 31))
        three = certified(tx, None, issued=date(2026, 1, 1))
        four = certified(tx, None, issued=date(2026, 12, 31), star=4)

        assert found(tx, "targets") == [f"certificate {three}", f"certificate {four}"]
        assert overview.groups(tx, "targets", EVERYWHERE) == [("3", 1), ("4", 1)]
        assert last_year not in {three, four}


def test_each_open_dossier_is_at_one_step(database: Database) -> None:
    with database.transaction() as tx:
        first, second, third = opened(tx), opened(tx, filed_at=NOW), opened(tx, filed_at=NOW)
        dossiers.change(tx, third, sent_up_at=NOW)
        dossiers.close(tx, opened(tx), NOW)

        assert [found(tx, step) for step in STEPS] == [
            [f"filing {first}"],
            [f"review {second}"],
            [f"dossier {third}"],
        ]


@pytest.mark.parametrize(
    ("area", "told"),
    [("", ["cả tỉnh", "một xã", "Lâm Đồng"]), (LAO_CAI, ["cả tỉnh", "một xã"]),
     (BAN_LIEN, ["một xã"]), (BAC_HA, []), (LAM_DONG, ["Lâm Đồng"])],
)  # fmt: skip
def test_an_office_sees_the_targets_of_the_year_for_its_area(
    database: Database, area: str, told: list[str]
) -> None:
    with database.transaction() as tx:
        homes = {"a": ("Yên Bái", ""), "b": ("Lào Cai", BAN_LIEN), "c": ("Lâm Đồng", "")}
        for number, (key, (province, commune)) in enumerate(homes.items(), 1):
            place = {"id": number, "key": key, "province": province, "commune_code": commune}
            tx.execute(insert(table_of(PlaceRow)).values(place))
            text_ = ("cả tỉnh", "một xã", "Lâm Đồng")[number - 1]
            target = {"key": key, "year": 2026, "text": text_, "place_id": number}
            tx.execute(insert(table_of(TargetRow)).values(target))
        old = {"key": "d", "year": 2025, "text": "năm ngoái", "place_id": 2}
        tx.execute(insert(table_of(TargetRow)).values(old))

        assert overview.targets(tx, seen(area)) == told


# -- what is true of all of them ------------------------------------------------------------------

HOMES = ((BAN_LIEN, LAO_CAI), (BAC_HA, LAO_CAI), ("24778", LAM_DONG), ("", LAM_DONG), ("", ""))


def crowd(tx: Connection, chance: Random) -> dict[str, set[str]]:
    """Somebody in each place with whatever may be; the areas in which each row lies."""
    home: dict[str, set[str]] = {}
    for number in range(60):
        commune, province = chance.choice(HOMES)
        person = met(tx, number)
        made = producers.add(tx, {"name": f"HTX {number}", "kind": "team"}, NOW)
        codes = {"one": commune, "other": province, "id": made}
        tx.execute(
            text("UPDATE producers SET commune_code=:one, province_code=:other WHERE id=:id"), codes
        )
        producers.join(tx, person, made, "own", NOW)
        for key in rows(tx, chance, made, person):
            home[key] = {"", commune, province}
    certificate = certified(tx, None, issued=TODAY)
    home[f"certificate {certificate}"] = {""}
    nobody = questions.ask(tx, met(tx, 99), "Hỏi", "", NOW)
    home[f"question {nobody}"] = {""}
    return home


def rows(tx: Connection, chance: Random, made: int, person: int) -> Iterator[str]:
    when = [NOW - timedelta(days=chance.randint(0, 30)) for _ in range(4)]
    sheet = {**IDEA, "producer_id": made, "person_id": person}
    yield f"idea {ideas.submit(tx, sheet, {}, when[0], 2026)}"
    filed = chance.random() < 0.4
    more = {
        "next_paper": chance.choice((None, "label", "test_report")),
        "file_by": day(chance.randint(-5, 60)),
        "moved_at": when[2],
        "filed_at": when[1] if filed else None,
        "review_by": day(chance.randint(-5, 60)) if filed else None,
        "sent_up_at": when[0] if filed and chance.random() < 0.5 else None,
        "status": chance.choice(("open", "open", "closed")),
    }
    dossier = opened(tx, when[3], made, **more)
    yield from (f"{kind} {dossier}" for kind in ("dossier", "filing", "review"))
    paper = gave(tx, dossier, when[1], ends=day(chance.randint(-5, 90)))
    yield from (f"{kind} {paper}" for kind in ("paper", "ends"))
    lives = tx.execute(
        text("SELECT commune_code, province_code FROM producers WHERE id=:id"), {"id": made}
    )
    about = dict(lives.mappings().one())
    yield f"question {questions.ask(tx, person, 'Hỏi', '', when[2], producer_id=made, **about)}"
    expires = day(chance.randint(-5, 400))
    yield f"certificate {certified(tx, made, expires=expires, issued=day(-chance.randint(0, 600)))}"


@pytest.mark.parametrize("seed", range(3))
def test_every_number_is_that_of_its_list_and_no_area_sees_another(
    database: Database, seed: int
) -> None:
    with database.transaction() as tx:
        home = crowd(tx, Random(seed))
        numbers = {f"idea {i['id']}": f"idea {i['number']}" for i in ideas.everyone(tx)}
        for matter in LISTS:
            everything = found(tx, matter)
            assert everything, matter
            for area in ("", BAN_LIEN, BAC_HA, "24778", LAO_CAI, LAM_DONG, "99999"):
                mine = sorted(found(tx, matter, seen(area)))
                assert mine == sorted(k for k in everything if area in home[numbers.get(k, k)])
                keys = overview.keys(tx, matter, seen(area))
                assert mine == sorted(f"{kind} {id_}" for kind, id_ in keys)
                parts = overview.groups(tx, matter, seen(area))
                assert sum(count for _, count in parts) == len(mine)


def test_the_groups_of_a_list_are_its_parts(database: Database) -> None:
    with database.transaction() as tx:
        crowd(tx, Random(7))

        for matter in ("stuck", "targets"):
            parts = overview.groups(tx, matter, EVERYWHERE)
            for about, count in parts:
                assert len(found(tx, matter, EVERYWHERE, about)) == count
            assert [count for _, count in parts] == sorted((c for _, c in parts), reverse=True)


def test_the_pages_of_a_list_make_the_whole(database: Database) -> None:
    with database.transaction() as tx:
        crowd(tx, Random(5))
        for matter in LISTS:
            whole = overview.lines(tx, matter, EVERYWHERE, most=1000)

            pages = range(0, len(whole) + 8, 8)
            some = [overview.lines(tx, matter, EVERYWHERE, most=8, after=at) for at in pages]

            assert len(some) > 1, matter
            assert [line for page in some for line in page] == whole, matter
            assert all(isinstance(line.day, date | None) for line in whole), matter


def test_a_moment_becomes_its_day_in_viet_nam(database: Database) -> None:
    with database.transaction() as tx:
        opened(tx, datetime(2026, 11, 22, 20, 0, tzinfo=UTC))

        (line,) = overview.lines(tx, "new", EVERYWHERE, most=8)

    assert line.day == date(2026, 11, 23)
