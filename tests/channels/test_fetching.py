"""Fetching what others point at: only from outside, only from whom we trust, never too much."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpcore
import pytest
from aiohttp import web

from bot.channels.arriving import NotFetched
from bot.channels.fetching import Fetcher, Outside, is_public
from tests.channels.doubles import chain
from tests.channels.loopback import Loopback
from tests.emulators.faults import Site, abort

HOST = "photo-stal-1.zdn.vn"
CONTENT = bytes(range(256)) * 40
INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b:1::1",
    "64:ff9b::7f00:1",
    "::7f00:1",
]


@dataclass
class Shelf:
    """A host with one picture and some traps; ``names`` is what a name stands for."""

    fetcher: Fetcher
    asked: list[str]
    addresses: list[str]
    turned: dict[str, str]


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    asked: list[str] = []
    turned: dict[str, str] = {}
    addresses = ["8.8.8.8"]

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(f"{request.host}{request.path_qs}")
        path = request.path
        if path in turned:
            return web.Response(status=302, headers={"Location": turned[path]})
        if path == "/broken":
            abort(request)
        sizes = {"/a.jpg": CONTENT, "/big": b"x" * 5000, "/empty": b""}
        if path == "/endless":
            return await endless(request)
        return web.Response(body=sizes[path]) if path in sizes else web.Response(status=404)

    async def names(_host: str, _port: int) -> list[str]:
        return addresses

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    site = Site(app)
    await site.open()
    outside = Outside(names, Loopback(lambda: site.port))
    most = len(CONTENT)
    yield Shelf(Fetcher(["*.zdn.vn"], outside, most, 3.0), asked, addresses, turned)
    await site.close()


async def endless(request: web.Request) -> web.StreamResponse:
    """More than anybody asked for, without saying how much."""
    stream = web.StreamResponse()
    await stream.prepare(request)
    while True:
        await stream.write(b"x" * 4096)


async def failure(shelf: Shelf, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as raised:
        await shelf.fetcher.download(url)
    return raised.value


async def test_a_file_comes_byte_for_byte(shelf: Shelf) -> None:
    assert await shelf.fetcher.download(f"https://{HOST}/a.jpg?x=1&y=ả") == CONTENT
    assert shelf.asked == [f"{HOST}/a.jpg?x=1&y=%E1%BA%A3"]


async def test_a_redirect_to_a_trusted_host_is_followed(shelf: Shelf) -> None:
    shelf.turned |= {"/1": "/2", "/2": "https://other.zdn.vn/a.jpg"}

    assert await shelf.fetcher.download(f"https://{HOST}/1") == CONTENT
    assert shelf.asked[-1] == "other.zdn.vn/a.jpg"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.jpg",
        "http://photo.zdn.vn/a.jpg",
        "ftp://photo.zdn.vn/a.jpg",
        "file:///etc/passwd",
        "https://zdn.vn/a.jpg",
        "https://evil.vn/a.jpg",
        "https://zdn.vn.evil.vn/a.jpg",
        "https://evil.vn/photo.zdn.vn",
        "https://photo.zdn.vn.:443/a.jpg",
        "https://photo.zdn.vn:8443/a.jpg",
        "https://photo.zdn.vn:99999/a.jpg",
        "https://evil@photo.zdn.vn/a.jpg",
        "https://photo.zdn.vn@evil.vn/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://[::1]/a.jpg",
        "https://[::1",
        "https://photo.zdn.vn\\@evil.vn/a.jpg",
    ],
)
@pytest.mark.parametrize("turned", [True, False])
async def test_what_is_not_https_at_a_trusted_host_is_not_asked_for(
    shelf: Shelf, url: str, turned: bool
) -> None:
    shelf.turned["/go"] = url if "://" in url else f"https://evil.vn/{url}"

    error = await failure(shelf, f"https://{HOST}/go" if turned else url)

    assert error.gone
    assert shelf.asked == ([f"{HOST}/go"] if turned else [])


@pytest.mark.parametrize("address", INSIDE)
async def test_a_trusted_name_that_leads_inside_is_not_followed(shelf: Shelf, address: str) -> None:
    shelf.addresses[:] = [address]

    error = await failure(shelf, f"https://{HOST}/a.jpg")

    assert error.gone
    assert shelf.asked == []


async def test_one_inner_address_among_public_ones_is_enough_to_refuse(shelf: Shelf) -> None:
    shelf.addresses[:] = ["8.8.8.8", "127.0.0.1"]

    await failure(shelf, f"https://{HOST}/a.jpg")

    assert shelf.asked == []


@pytest.mark.parametrize("address", ["8.8.8.8", "203.113.131.1", "2404:6800:4005::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


async def test_a_redirect_to_a_name_that_leads_inside_is_not_followed() -> None:
    """The first name is fine; what it points at is looked at anew."""
    places = {HOST: ["8.8.8.8"], "in.zdn.vn": ["10.0.0.7"]}
    asked: list[str] = []

    async def names(host: str, _port: int) -> list[str]:
        return places[host]

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.host)
        return web.Response(status=302, headers={"Location": "https://in.zdn.vn/a.jpg"})

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    site = Site(app)
    await site.open()
    fetcher = Fetcher(["*.zdn.vn"], Outside(names, Loopback(lambda: site.port)))
    with pytest.raises(NotFetched):
        await fetcher.download(f"https://{HOST}/go")
    await site.close()

    assert asked == [HOST]


async def test_we_connect_to_the_very_address_that_was_looked_at() -> None:
    """Asking the name again for the connection would let it answer otherwise."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    connected: list[str] = []

    class Noted(Loopback):
        async def connect_tcp(self, *host: object, **_named: object) -> httpcore.AsyncNetworkStream:
            connected.append(str(host[0]))
            raise httpcore.ConnectError("no")

    async def names(_host: str, _port: int) -> list[str]:
        return next(answers)

    with pytest.raises(NotFetched):
        await Fetcher(["*.zdn.vn"], Outside(names, Noted(lambda: 1))).download(f"https://{HOST}/a")

    assert connected == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("path", "gone"),
    [("/missing", True), ("/endless", True), ("/broken", False)],
)
async def test_what_cannot_be_had_says_whether_to_try_again(
    shelf: Shelf, path: str, gone: bool
) -> None:
    assert (await failure(shelf, f"https://{HOST}{path}")).gone is gone


async def test_a_circle_of_redirects_ends(shelf: Shelf) -> None:
    shelf.turned["/1"] = "/1"

    error = await failure(shelf, f"https://{HOST}/1")

    assert error.gone
    assert len(shelf.asked) == 4


async def test_an_empty_file_is_a_file(shelf: Shelf) -> None:
    assert await shelf.fetcher.download(f"https://{HOST}/empty") == b""


@pytest.mark.parametrize("path", ["/a.jpg", "/big"])
async def test_more_than_allowed_is_not_kept(shelf: Shelf, path: str) -> None:
    small = Fetcher(["*.zdn.vn"], shelf.fetcher.network, 4999)

    with pytest.raises(NotFetched):
        await small.download(f"https://{HOST}{path}")


async def test_a_name_that_does_not_exist_is_tried_later() -> None:
    async def names(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(NotFetched) as raised:
        await Fetcher(["*.zdn.vn"], Outside(names)).download(f"https://{HOST}/a.jpg")

    assert not raised.value.gone


async def test_a_host_that_is_too_slow_is_given_up(shelf: Shelf) -> None:
    hasty = Fetcher(["*.zdn.vn"], shelf.fetcher.network, 10**9, wait=0.1)

    with pytest.raises(NotFetched) as raised:
        await hasty.download(f"https://{HOST}/endless")

    assert not raised.value.gone


@pytest.mark.parametrize("path", ["/missing?sig=secret", "/endless?sig=secret"])
async def test_no_reason_holds_the_address(shelf: Shelf, path: str) -> None:
    error = await failure(shelf, f"https://{HOST}{path}")

    assert not any("secret" in f"{one!r} {vars(one)}" for one in chain(error))


async def test_a_name_of_this_very_machine_is_looked_up_and_refused() -> None:
    with pytest.raises(NotFetched) as raised:
        await Outside().connect_tcp("localhost", 443)

    assert raised.value.gone
