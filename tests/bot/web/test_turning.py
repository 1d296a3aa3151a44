"""The demo's clock over HTTP: turned in steps, with its letters, and absent where not given."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.browser.lines import Lines
from bot.channels.browser.receive import BrowserReceiver
from bot.clock import LATEST, TurnedClock
from bot.turning import Turner
from bot.web.app import STATIC, create_app
from conversations.messages import Letter
from storage.database import Database
from storage.files import Files
from tests.bot.web.conftest import Desk

START = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)  # 8 o'clock in Viet Nam
MORNING = timedelta(hours=23)  # to 7 o'clock of the next day
PHONE = "phone-of-hoa"


@dataclass
class Demo:
    """A letter each morning at 7, to one phone."""

    clock: TurnedClock
    desk: Desk
    letters: list[str] = field(default_factory=list)
    said: set[datetime] = field(default_factory=set)
    ends: datetime = START + timedelta(days=3)  # no letters after that
    hold: tuple[asyncio.Event, asyncio.Event] | None = None  # it has begun, it may go on

    def next_due(self, _now: datetime) -> datetime | None:
        mornings = (START + MORNING + n * timedelta(days=1) for n in range(9))
        return next((at for at in mornings if at <= self.ends and at not in self.said), None)

    def tick(self) -> None:
        while (at := self.next_due(self.clock())) and at <= self.clock():
            self.said.add(at)
            self.letters.append(f"{at:%d/%m}")

    async def settle(self) -> None:
        if self.hold:
            self.hold[0].set()
            await self.hold[1].wait()
        for words in self.letters:
            await self.desk.say(PHONE, Letter(words))
        self.letters.clear()


@pytest.fixture
def clock(tmp_path: Path) -> TurnedClock:
    return TurnedClock(tmp_path / "clock", lambda: START)


@pytest.fixture
def lines(database: Database, clock: TurnedClock) -> Lines:
    return Lines(database, clock)


@pytest.fixture
def demo(clock: TurnedClock, desk: Desk) -> Demo:
    return Demo(clock, desk)


@pytest.fixture
def app(demo: Demo, database: Database, lines: Lines, files: Files) -> Starlette:
    def is_quiet(at: datetime) -> bool:
        return at.hour >= 14

    return create_app(
        receiver=BrowserReceiver(demo.desk, database, lines, files),
        lines=lines,
        files=files,
        officer_code="CANBO",
        health=lambda: {"status": "ok"},
        turner=Turner(demo.clock, demo.next_due, demo.tick, demo.settle, is_quiet),
    )


@pytest.fixture
def without(desk: Desk, database: Database, lines: Lines, files: Files) -> Iterator[TestClient]:
    """The application of an office with a real channel, which has no turner."""
    app = create_app(
        receiver=BrowserReceiver(desk, database, lines, files),
        lines=lines,
        files=files,
        officer_code="CANBO",
        health=lambda: {"status": "ok"},
    )
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


def letters(client: TestClient) -> list[tuple[str, str]]:
    page = client.get(f"/phones/{PHONE}/lines").json()["lines"]
    return [(line["text"], line["at"]) for line in page]


def test_it_tells_the_time_and_whether_it_is_quiet(client: TestClient) -> None:
    assert client.get("/clock").json() == {
        "now": "2026-11-30T01:00:00+00:00",
        "turned_seconds": 0,
        "quiet": False,
    }


def test_a_turned_week_brings_each_days_letter_with_its_own_time(client: TestClient) -> None:
    answer = client.post("/clock", json={"turn": "week"})

    assert answer.json() == {
        "now": "2026-12-07T01:00:00+00:00",
        "turned_seconds": 7 * 24 * 3600,
        "quiet": False,
        "events": 3,
        "more": False,
    }
    assert letters(client) == [
        ("01/12", "2026-12-01T00:00:00Z"),
        ("02/12", "2026-12-02T00:00:00Z"),
        ("03/12", "2026-12-03T00:00:00Z"),
    ]


@pytest.mark.parametrize(
    ("wish", "now", "events"),
    [
        ({"turn": "hour"}, "2026-11-30T02:00:00+00:00", 0),
        ({"turn": "day"}, "2026-12-01T01:00:00+00:00", 1),
        ({"turn": "month"}, "2026-12-30T01:00:00+00:00", 3),
        ({"turn": "next"}, "2026-12-01T00:00:00+00:00", 1),
        ({"to": "2027-04-12T08:00"}, "2027-04-12T01:00:00+00:00", 3),
        ({"to": "2026-12-01T08:00:00+07:00", "turn": None}, "2026-12-01T01:00:00+00:00", 1),
    ],
)
def test_it_turns_by_steps_to_the_next_thing_and_to_a_time_of_viet_nam(
    client: TestClient, wish: dict[str, Any], now: str, events: int
) -> None:
    told = client.post("/clock", json=wish).json()

    assert (told["now"], told["events"], told["more"]) == (now, events, False)
    assert client.get("/clock").json()["now"] == now


def test_without_anything_due_the_next_thing_is_nothing(client: TestClient, demo: Demo) -> None:
    demo.ends = START

    told = client.post("/clock", json={"turn": "next"}).json()

    assert (told["events"], told["turned_seconds"]) == (0, 0)


def test_it_says_when_it_is_quiet(client: TestClient) -> None:
    assert client.post("/clock", json={"to": "2026-11-30T21:00"}).json()["quiet"] is True


def test_it_says_how_far_it_came(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turning.MOST_STOPS", 2)

    first = client.post("/clock", json={"turn": "week"}).json()
    second = client.post("/clock", json={"to": first["until"]}).json()

    assert (first["events"], first["more"]) == (2, True)
    assert first["now"] == "2026-12-02T00:00:00+00:00"
    assert first["until"] == second["now"] == "2026-12-07T01:00:00+00:00"
    assert (second["events"], second["more"]) == (1, False)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 60_000,
        b"{}",
        b'{"turn": null}',
        b'{"turn": "year"}',
        b'{"turn": ["day"]}',
        b'{"turn": "day", "to": "2027-04-12T08:00"}',
        b'{"turn": "day", "back": true}',
        b'{"to": ""}',
        b'{"to": 20270412}',
        b'{"to": "12/4/2027"}',
        b'{"to": "2027-02-30T08:00"}',
        b'{"to": "0001-01-01T00:00"}',
        b'{"to": "9999-12-31T23:59-12:00"}',
        b'{"to": "2026-11-30T07:59"}',
        b'{"to": "\\ud800"}',
        json.dumps({"to": f"{LATEST + timedelta(days=1):%Y-%m-%d}"}).encode(),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_turns_nothing(
    client: TestClient, body: bytes
) -> None:
    answer = client.post("/clock", content=body)

    assert answer.status_code == 400
    assert 0 < len(answer.json()["error"]) < 300
    assert client.get("/clock").json()["turned_seconds"] == 0


def test_a_body_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/clock", content=b" " * 70_000).status_code == 413


def test_another_sites_page_turns_nothing(client: TestClient) -> None:
    headers = {"Origin": "http://evil.example"}

    assert client.post("/clock", json={"turn": "day"}, headers=headers).status_code == 403
    assert client.get("/clock").json()["turned_seconds"] == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_clock_is_looked_at_and_turned_and_nothing_else(client: TestClient, method: str) -> None:
    assert client.request(method, "/clock").status_code == 405


async def test_who_turns_while_it_is_being_turned_is_told_so(app: Starlette, demo: Demo) -> None:
    begun, go_on = demo.hold = (asyncio.Event(), asyncio.Event())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        first = asyncio.create_task(client.post("/clock", json={"turn": "day"}))
        await begun.wait()
        second = await client.post("/clock", json={"turn": "day"})
        looked = await client.get("/clock")
        go_on.set()
        ended = await first

    assert (second.status_code, looked.status_code, ended.status_code) == (409, 200, 200)
    assert second.json()["error"]
    assert ended.json()["turned_seconds"] == 24 * 3600


def test_the_page_shows_the_clock_with_its_buttons(client: TestClient) -> None:
    page = client.get("/").text

    assert re.findall(r'data-turn="([a-z]+)"', page) == ["hour", "day", "week", "month", "next"]
    assert '<script type="module" src="/static/turning.js">' in page
    named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert {path: client.get(path).status_code for path in named} == dict.fromkeys(named, 200)


def test_the_page_with_the_clock_has_all_words_and_nothing_inline(client: TestClient) -> None:
    page = client.get("/").text
    words = json.loads(re.findall(r'id="words">(.*?)</script>', page, re.DOTALL)[0])
    used = re.findall(r"words\.([a-z_]+)", (STATIC / "turning.js").read_text())

    assert used
    assert set(used) <= words.keys()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


def test_where_no_clock_may_be_turned_there_is_nothing_of_it(without: TestClient) -> None:
    page = without.get("/").text

    assert "turn" not in page
    assert "đồng hồ" not in page.lower()
    assert without.get("/clock").status_code == 404
    assert without.post("/clock", json={"turn": "day"}).status_code == 404


def test_nothing_of_the_page_loads_the_clock_by_itself() -> None:
    loading = [file.name for file in STATIC.glob("*.js") if "turning.js" in file.read_text()]

    assert loading == []
