"""The page trusts its own host and nobody else; and it says how it is."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.web import pages
from bot.web.app import STATIC
from bot.web.pages import TEMPLATES
from tests.bot.web.conftest import Desk

GOOD = {"key": "key-0001", "seen": 0, "kind": "text", "text": "a"}
MESSAGES = "/phones/phone-of-hoa/messages"
SOURCES = sorted([*STATIC.rglob("*.*"), *TEMPLATES.rglob("*.*")])


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/static/app.js", "/phones/phone-of-hoa/lines", "/no"]
)
def test_every_answer_carries_the_guarding_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://testserver:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_only_our_own_page_may_post(
    client: TestClient, desk: Desk, headers: dict[str, str], status: int
) -> None:
    answer = client.post(MESSAGES, json=GOOD, headers=headers)

    assert answer.status_code == status
    assert len(desk.events) == (status == 200)
    assert "Content-Security-Policy" in answer.headers


def test_the_page_needs_no_script_or_style_of_its_own(client: TestClient) -> None:
    """The policy would stop them; only the block of words, which is no script, is inside."""
    page = client.get("/").text

    assert re.findall(r"<script[^>]*>", page) == [
        '<script type="module" src="/static/app.js">',
        '<script type="application/json" id="words">',
    ]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


def test_nothing_on_the_page_asks_another_host() -> None:
    assert len(SOURCES) > 15
    for source in SOURCES:
        text = source.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|[\"'(]//|@import", text), source.name


def test_what_people_write_is_never_read_as_html() -> None:
    for source in STATIC.rglob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(",
            source.read_text(),
        ), source.name


def test_the_scripts_know_every_word_they_use() -> None:
    page = (TEMPLATES / "demo.html").read_text()
    used = {
        word
        for source in STATIC.rglob("*.js")
        for word in re.findall(r"words\.([a-z_]+)", source.read_text())
    }

    assert len(used) > 15
    assert {word for word in used if f'"{word}":' not in page} == set()


def test_whatever_the_page_names_is_there(client: TestClient) -> None:
    page = client.get("/").text
    named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))

    assert len(named) > 3
    assert {path: client.get(path).status_code for path in named} == dict.fromkeys(named, 200)


def test_every_icon_that_is_used_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="icon-([a-z]+)"', (TEMPLATES / "icons.svg").read_text()))
    page = (TEMPLATES / "demo.html").read_text()
    used = set(re.findall(r'href="#icon-([a-z]+)"', page))
    for source in STATIC.rglob("*.js"):
        used |= set(re.findall(r'(?:icon|badge)\("([a-z]+)"', source.read_text()))

    assert used <= drawn
    assert len(used) > 12


def test_the_officers_invitation_stands_on_the_page_only_where_there_is_one(
    client: TestClient,
) -> None:
    without = TestClient(Starlette(routes=[pages.demo(None)]))

    assert 'data-officer-code="CANBO"' in client.get("/").text
    assert "data-officer-code" not in without.get("/").text


def test_healthz_tells_what_there_is_to_say(client: TestClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "letters_waiting": 0})


def test_healthz_is_503_when_something_is_wrong(
    client: TestClient, health: dict[str, object]
) -> None:
    health["status"] = "down"
    told = client.get("/healthz")
    health.clear()
    broken = client.get("/healthz")

    assert (told.status_code, broken.status_code) == (503, 503)
    assert broken.json()["status"] == "down"
