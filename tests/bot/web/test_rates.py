"""Who asks too often hears when to come back; who has a secret does not meet it."""

from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from bot.channels.browser.uploads import MOST_BYTES
from bot.web.app import gated
from bot.web.rates import MOST_ADDRESSES, REFUSALS, Gate, Rates


@dataclass
class Seconds:
    now: float = 90.0

    def __call__(self) -> float:
        return self.now


async def _page(_request: Request) -> Response:
    return PlainTextResponse("here")


async def _hook(request: Request) -> Response:
    return Response(status_code=200 if request.headers.get("secret") == "ours" else 403)


def client_of(rates: Rates, address: str = "10.0.0.1") -> TestClient:
    routes = [
        Route("/", _page, methods=["GET", "POST"]),
        Route("/healthz", _page),
        Route("/hooks/telegram", _hook, methods=["POST"]),
        Mount("/static", Starlette(routes=[Route("/page.css", _page)])),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Gate, rates=rates)])
    return TestClient(app, client=(address, 50000))


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def rates(seconds: Seconds) -> Rates:
    return Rates(5, 1000, seconds)


def test_who_asks_too_often_hears_when_to_come_back(rates: Rates, seconds: Seconds) -> None:
    client = client_of(rates)

    told = [client.get("/") for _ in range(7)]

    assert [one.status_code for one in told] == [200] * 5 + [429] * 2
    assert told[-1].headers["retry-after"] == "30"
    seconds.now += 30
    assert client.get("/").status_code == 200


def test_one_who_asks_too_often_closes_nobody_else_out(rates: Rates) -> None:
    for _ in range(9):
        client_of(rates).get("/")

    assert client_of(rates, "10.0.0.2").get("/").status_code == 200


def test_the_newer_addresses_of_one_house_count_together(rates: Rates) -> None:
    told = [client_of(rates, f"2001:db8:0:7::{n}").get("/").status_code for n in range(1, 8)]

    assert told == [200] * 5 + [429] * 2
    assert client_of(rates, "2001:db8:0:8::1").get("/").status_code == 200


def test_more_bytes_than_the_most_wait_for_the_next_minute(rates: Rates, seconds: Seconds) -> None:
    client = client_of(rates)

    told = [client.post("/", content=b"x" * 400).status_code for _ in range(3)]

    assert told == [200, 200, 429]
    assert client.get("/").status_code == 200
    seconds.now += 60
    assert client.post("/", content=b"x" * 400).status_code == 200


def test_a_body_of_untold_size_counts_as_the_largest(seconds: Seconds) -> None:
    client = client_of(Rates(100, MOST_BYTES, seconds))

    told = [client.post("/", content=iter([b"x"])).status_code for _ in range(2)]

    assert told == [200, 429]


def test_what_watches_us_and_what_stands_still_is_free(rates: Rates) -> None:
    client = client_of(rates)

    told = {client.get(path).status_code for path in ("/healthz", "/static/page.css") * 20}

    assert told == {200}


def test_a_service_with_our_secret_posts_as_often_as_it_must(rates: Rates) -> None:
    client = client_of(rates)

    told = {
        client.post("/hooks/telegram", headers={"secret": "ours"}, content=b"x" * 500).status_code
        for _ in range(3 * REFUSALS)
    }

    assert told == {200}


def test_who_tries_secrets_is_closed_out_for_the_minute(rates: Rates, seconds: Seconds) -> None:
    client = client_of(rates)
    for _ in range(REFUSALS):
        assert client.post("/hooks/telegram", headers={"secret": "guess"}).status_code == 403

    shut = client.post("/hooks/telegram", headers={"secret": "guess"})

    assert (shut.status_code, shut.headers["retry-after"]) == (429, "30")
    seconds.now += 30
    assert client.post("/hooks/telegram", headers={"secret": "ours"}).status_code == 200


def test_memory_is_bounded_however_many_addresses_ask(rates: Rates) -> None:
    for number in range(MOST_ADDRESSES + 500):
        rates.ask(f"address {number}", 0)

    assert rates.ask("one more", 0) > 0
    assert rates.ask("address 7", 0) == 0


def test_the_phones_of_the_demo_stand_behind_the_gate(app: Starlette, seconds: Seconds) -> None:
    with TestClient(gated(app, Rates(3, 10**9, seconds))) as client:
        told = [client.get("/phones/lan-phone-01/lines") for _ in range(4)]

    assert told[-1].status_code == 429
    assert told[-1].headers["x-content-type-options"] == "nosniff"
    assert {one.status_code for one in told[:3]} == {200}
