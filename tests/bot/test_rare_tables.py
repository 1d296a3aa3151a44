"""Whoever looks after everything reads rare tables, and nobody else does; each look is noted."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.web.desk.rare import BASE
from storage import rare_rows
from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import appoint, noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
UNITS = f"{BASE}/help_units/list"


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        made.enter("tinh").send("/desk/office/units", do="usual")
        phones.say("/start CANBO", on="quantri")
        appoint(phones, "")
        yield made.enter("quantri")


def test_whoever_looks_after_everything_reads_each_table_and_its_rows(desk: Rig) -> None:
    pages = {name: desk.browser.get(f"{BASE}/{name}/list") for name in rare_rows.there()}
    row = desk.browser.get(f"{BASE}/help_units/detail?pk=1")

    assert len(pages) > 8
    assert {answer.status_code for answer in pages.values()} == {200}
    assert "Ngân hàng Chính sách xã hội" in pages["help_units"].text
    assert "Văn phòng OCOP" in row.text
    assert BASE in desk.page("/desk/office")
    assert f"{BASE}/help_units/list" in desk.page(BASE) == desk.page(f"{BASE}/")
    assert [deed for _, deed, kind, _ in noted(desk.phones) if kind == "table"] == [
        "read_table" for _ in range(len(pages) + 1)
    ]


def test_rows_are_sorted_and_turned_by_links_alone(desk: Rig) -> None:
    up = desk.page(f"{UNITS}?sort=id__asc&page_size=10")
    down = desk.page(f"{UNITS}?sort=id__desc&page_size=10")

    assert "Văn phòng OCOP" in up
    assert "UBND xã" not in up
    assert "UBND xã" in down
    assert "page=2" in up


def test_rows_are_found_by_what_is_said_in_them(desk: Rig) -> None:
    found = desk.page(f"{UNITS}?q=vay")

    assert "Ngân hàng Chính sách xã hội" in found
    assert "Văn phòng OCOP" not in found


def test_pages_keep_our_policy_and_ask_no_other_host(desk: Rig) -> None:
    answer = desk.browser.get(UNITS)
    drawn = re.findall(r'(?:src|href)="([^"]+)"', answer.text)

    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert re.findall(r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=", answer.text) == []
    assert [each for each in drawn if urlsplit(each).netloc] == []
    styles = [each for each in drawn if each.endswith(".css") or ".css?" in each]
    assert styles
    assert {desk.browser.get(each).status_code for each in styles} == {200}


@pytest.mark.parametrize("who", ["xa", "tinh"])
def test_nobody_else_is_let_in(desk: Rig, who: str) -> None:
    desk.enter(who)

    assert desk.browser.get(UNITS).status_code == 403
    assert BASE not in desk.page("/desk/office")


def test_who_does_not_sit_there_is_shown_the_way_in(desk: Rig) -> None:
    desk.browser.cookies.clear()

    assert desk.browser.get(UNITS).url.path == "/desk/enter"


def test_nothing_is_written_there(desk: Rig) -> None:
    token = desk.token()
    addresses = ("create", "edit?pk=1", "list", "detail?pk=1")

    answers = [
        desk.browser.post(f"{BASE}/help_units/{each}", data={"token": token, "unit": "x"})
        for each in addresses
    ]
    inner = [f"{BASE}/help_units/{each}" for each in addresses[:2]]
    inner += [f"{BASE}/_api/help_units/{each}?pk=1" for each in ("inline-edit", "row-action")]
    forms = [desk.browser.get(each) for each in inner]

    assert {answer.status_code for answer in answers} == {405}
    assert {answer.status_code for answer in forms} == {404}


def test_what_is_typed_into_an_address_is_answered_and_never_breaks(desk: Rig) -> None:
    odd = (
        "nothing/list",
        "help_units/detail?pk=x",
        "help_units/detail",
        "help_units/list?sort=x__y",
        "..%2f",
        "%00",
        "a" * 300,
    )

    assert {desk.browser.get(f"{BASE}/{each}").status_code // 100 for each in odd} <= {2, 4}
