"""Whoever looks after everything mends a wrong value of a rare table, and nothing else there."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot import importing
from bot.web.desk.rare import BASE
from handlers.officer import mending
from storage import announcements, rare_rows
from storage.tables import metadata
from tests.bot.desk_rig import Rig, rig
from tests.bot.test_desk_hostile import values
from tests.handlers.conftest import phones
from tests.handlers.offices import appoint, noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
_FIELD = re.compile(r'<(?:input|textarea|select)[^>]* name="(\w+)"')
_SEEN = re.compile(r'name="seen" value="(\w{64})"')
GOOD = {
    "budgets": {"what": "Kinh phí năm", "dong": "1,2 tỷ", "year": "2026", "decision": ""},
    "fairs": {
        "name": "Hội chợ Mường Phăng",
        "starts": "24/12/2026",
        "ends": "12/2026",
        "cancelled": "no",
    },
    "places": {"commune_code": "02869"},
    "producers": {"name": "HTX Hữu cơ", "commune_code": "02869"},
    "products": {"name": "Trà Shan", "product_set": "7"},
    "sources": {"title": "Báo cáo số 12", "about": "Năm 2026"},
    "targets": {"text": "Thêm 5 sản phẩm", "year": "2027"},
}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        parts: Any = SimpleNamespace(database=phones.database)
        importing.ensure_sample(parts, phones.player.now)
        phones.say("/start CANBO", on="quantri")
        appoint(phones, "")
        yield made.enter("quantri")


def at(table: str, number: int, page: str = "edit") -> str:
    return f"{BASE}/{table}/{page}?pk={number}"


def mended(desk: Rig, table: str, number: int, **typed: str) -> Any:
    """What the form there answers, when it is sent with this in it."""
    page = desk.page(at(table, number))
    seen = _SEEN.search(page)
    assert seen
    data = {"token": desk.token(), "seen": seen[1], **typed}
    return desk.browser.post(at(table, number), data=data, follow_redirects=False)


def row(desk: Rig, table: str, number: int) -> dict[str, Any]:
    with desk.phones.database.reading() as tx:
        where = metadata.tables[table].c.id == number
        return dict(tx.execute(metadata.tables[table].select().where(where)).mappings().one())


def mends(desk: Rig) -> list[tuple[str, str, int]]:
    return [each[1:] for each in noted(desk.phones) if each[1] == "edited_table"]


def first(desk: Rig, table: str) -> int:
    with desk.phones.database.reading() as tx:
        return int(rare_rows.page(tx, table, (0, 1), [("id", "asc")])[0]["id"])


@pytest.mark.parametrize("table", sorted(mending.CELLS))
def test_a_row_is_mended_told_and_noted_by_its_columns_alone(desk: Rig, table: str) -> None:
    number = first(desk, table)
    before = row(desk, table, number)

    answer = mended(desk, table, number, **GOOD[table])

    assert (answer.status_code, answer.headers["location"]) == (303, at(table, number, "detail"))
    assert "Em ghi lại rồi" in desk.page(answer.headers["location"])
    assert "Em ghi lại rồi" not in desk.page(answer.headers["location"])
    assert row(desk, table, number) != before
    assert mends(desk) == [("edited_table", table, number)]
    with desk.phones.database.reading() as tx:
        about = tx.execute(text("SELECT about FROM audit ORDER BY seq DESC LIMIT 2")).scalars()
        assert {"name", "commune_code", "what"}.isdisjoint(GOOD[table].values())
        assert not any(value in each for each in about for value in GOOD[table].values() if value)


@pytest.mark.parametrize("table", sorted(mending.CELLS))
def test_a_form_asks_for_what_may_be_mended_and_sent_back_as_it_is_changes_nothing(
    desk: Rig, table: str
) -> None:
    number = first(desk, table)
    before, page = row(desk, table, number), desk.page(at(table, number))
    asked = set(_FIELD.findall(page)) - {"token", "seen"}
    typed = {name: unescape(_shown(page, name)) for name in asked}

    answer = mended(desk, table, number, **typed)

    assert asked == set(mending.CELLS[table])
    assert answer.status_code == 303
    assert row(desk, table, number) == before
    assert mends(desk) == []


def _shown(page: str, name: str) -> str:
    field = re.search(
        rf'<select name="{name}".*?value="(\w+)" selected|<textarea name="{name}"[^>]*>([^<]*)<'
        rf'|<input name="{name}"[^>]*value="([^"]*)"',
        page,
        re.DOTALL,
    )
    assert field, name
    return next(each for each in field.groups() if each is not None)


@pytest.mark.parametrize(
    ("table", "typed", "why"),
    [
        ("budgets", {"what": "", "dong": "1 tỷ"}, "để trống"),
        ("budgets", {"what": "A", "dong": "nhiều"}, "chưa hiểu số tiền"),
        ("budgets", {"what": "A", "dong": "-5"}, "chưa hiểu số tiền"),
        ("budgets", {"what": "A", "dong": "1 tỷ", "year": "26"}, "Ví dụ: 24/12/2026"),
        ("fairs", {"name": "A", "starts": "32/1/2026", "cancelled": "no"}, "Ví dụ: 24/12/2026"),
        (
            "fairs",
            {"name": "A", "starts": "24/12/2026", "ends": "11/2026", "cancelled": "no"},
            "Ngày cuối trước ngày đầu",
        ),
        ("producers", {"name": "a" * 201, "commune_code": "02869"}, "Dài quá"),
        ("producers", {"name": "HTX", "commune_code": "99999"}, "Không có xã nào"),
        ("products", {"name": "Trà", "product_set": "27"}, "Anh chị chọn một bộ"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_stays(
    desk: Rig, table: str, typed: dict[str, str], why: str
) -> None:
    number = first(desk, table)
    before = row(desk, table, number)

    answer = mended(desk, table, number, **typed)

    assert answer.status_code == 422
    assert why in answer.text
    assert 'aria-invalid="true"' in answer.text
    for name in set(typed) - {"product_set", "cancelled"}:
        assert unescape(_shown(answer.text, name)) == typed[name]
    assert row(desk, table, number) == before
    assert mends(desk) == []


def test_who_opened_a_row_before_somebody_else_changed_it_is_told_and_overwrites_nothing(
    desk: Rig,
) -> None:
    number = first(desk, "sources")
    seen = _SEEN.search(desk.page(at("sources", number)))
    assert seen
    assert mended(desk, "sources", number, title="Bản của người khác").status_code == 303

    data = {"token": desk.token(), "seen": seen[1], "title": "Bản của tôi", "about": "x"}
    answer = desk.browser.post(at("sources", number), data=data)

    assert "vừa có người khác sửa" in answer.text
    assert "Bản của tôi" in answer.text
    assert "Máy đang giữ: Bản của người khác" in answer.text
    assert row(desk, "sources", number)["title"] == "Bản của người khác"
    again = _SEEN.search(answer.text)
    assert again
    assert desk.browser.post(at("sources", number), data=data | {"seen": again[1]}).is_success
    assert row(desk, "sources", number)["title"] == "Bản của tôi"


def test_columns_that_are_not_asked_for_cannot_be_smuggled_in(desk: Rig) -> None:
    number = first(desk, "producers")
    before = row(desk, "producers", number)
    more = {"id": "999", "source": "x", "phone": "0912345678", "made_by": "1", "kind": "company"}

    answer = mended(desk, "producers", number, name="HTX khác", commune_code="02869", **more)

    after = row(desk, "producers", number)
    changed = {name for name in after if after[name] != before[name]}
    assert answer.status_code == 303
    assert changed <= {"name", "commune_code", "commune", "province", "province_code", "updated_at"}


def test_a_form_of_nobodys_is_refused_and_so_is_another_sites(desk: Rig) -> None:
    number = first(desk, "sources")
    seen = _SEEN.search(desk.page(at("sources", number)))
    assert seen
    before = row(desk, "sources", number)
    data = {"seen": seen[1], "title": "Của kẻ lạ"}
    own = data | {"token": desk.token()}

    lies = [
        desk.browser.post(at("sources", number), data=data),
        desk.browser.post(at("sources", number), data=data | {"token": "0" * 64}),
        *(
            desk.browser.post(at("sources", number), data=own, headers=header)
            for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"})
        ),
    ]
    for who in ("xa", "tinh"):
        token = desk.enter(who).token()
        lies.append(desk.browser.post(at("sources", number), data=own | {"token": token}))
        lies.append(desk.browser.get(at("sources", number)))
    desk.browser.cookies.clear()
    out = desk.browser.post(at("sources", number), data=own, follow_redirects=False)

    assert {answer.status_code for answer in lies} == {403}
    assert (out.status_code, out.headers["location"]) == (303, "/desk/enter")
    assert row(desk, "sources", number) == before
    assert mends(desk) == []


def test_a_fair_that_was_announced_is_mended_where_everybody_hears_of_it(desk: Rig) -> None:
    number = first(desk, "fairs")
    page = desk.page(at("fairs", number))
    seen = _SEEN.search(page)
    assert seen
    with desk.phones.database.transaction() as tx:
        about = {"kind": "fair", "area": "15", "made_by": 1, "said": "{}", "aim": "{}"}
        announcements.make(tx, about | {"fair_id": number}, (), desk.phones.player.now, 2026)
    before = row(desk, "fairs", number)

    data = {"token": desk.token(), "seen": seen[1], "name": "Khác", "cancelled": "no"}
    answer = desk.browser.post(at("fairs", number), data=data)

    assert "đã có thông báo" in answer.text
    assert "đã có thông báo" in desk.page(at("fairs", number, "detail"))
    assert row(desk, "fairs", number) == before


def test_a_producer_for_whom_somebody_acts_is_not_there_to_be_mended(desk: Rig) -> None:
    with desk.phones.database.reading() as tx:
        own = int(tx.execute(text("SELECT producer_id FROM memberships")).scalars().first() or 0)

    assert own
    assert desk.browser.get(at("producers", own)).status_code == 404
    assert desk.browser.get(at("producers", own, "detail")).status_code == 404


def test_those_who_live_at_a_place_move_with_its_commune(desk: Rig) -> None:
    with desk.phones.database.reading() as tx:
        home = "SELECT place_id FROM producers WHERE place_id IS NOT NULL AND made_by IS NULL"
        place = int(tx.execute(text(home)).scalars().first() or 0)

    mended(desk, "places", place, commune_code="02869")

    with desk.phones.database.reading() as tx:
        where = text("SELECT commune_code, province_code, commune FROM producers WHERE place_id=:p")
        found = set(map(tuple, tx.execute(where, {"p": place})))
    assert found == {("02869", "15", "xã Bản Liền")}


def test_the_certificate_of_a_product_is_called_as_the_product_is(desk: Rig) -> None:
    with desk.phones.database.reading() as tx:
        one = "SELECT p.id, p.key FROM products p JOIN certificates c ON c.source LIKE p.key || :at"
        number, key = tx.execute(text(one), {"at": ":%"}).first() or (0, "")

    mended(desk, "products", number, name="Trà Shan", product_set="7")

    with desk.phones.database.reading() as tx:
        given = text("SELECT name, product_set FROM certificates WHERE source LIKE :of")
        found = set(map(tuple, tx.execute(given, {"of": f"{key}:%"})))
        others = text("SELECT count(*) FROM certificates WHERE name = 'Trà Shan'")
        assert tx.execute(others).scalar_one() == len(found)
    assert found == {("Trà Shan", 7)}


def test_nothing_that_is_typed_into_a_form_breaks_it(desk: Rig) -> None:
    numbers = {table: first(desk, table) for table in mending.CELLS}

    @settings(max_examples=40, deadline=None, database=None)
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        table = data.draw(st.sampled_from(sorted(mending.CELLS)))
        typed = {name: data.draw(values) for name in mending.CELLS[table]}
        told = {name: value.encode(errors="replace").decode() for name, value in typed.items()}
        answer = mended(desk, table, numbers[table], **told)
        assert answer.status_code in {303, 422}, (table, told)

    ask()


def test_every_table_column_and_error_has_its_words(desk: Rig) -> None:
    for table in rare_rows.there():
        number = {"days_off": "day", "imports": "sha256"}.get(table, "id")
        assert number in rare_rows.columns(table)
        page = desk.page(f"{BASE}/{table}/list")
        assert re.findall(r"<th[^>]*><a[^>]*></a>", page) == []
        assert "<h1>:" not in page
