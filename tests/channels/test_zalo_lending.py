"""Pictures for Zalo: lent out under an address that nobody guesses, and that ends."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.channels.calling import Caller
from bot.channels.contract import Refused
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.lending import LIFE, Lending, key_of
from bot.channels.zalo.send import Voice, ZaloSender
from conversations.events import Address
from storage.files import Files
from tests.bot.specimens import PDF, picture
from tests.emulators.serving import serving
from tests.emulators.zalo import ZaloEmulator, started
from tests.emulators.zalo_people import User

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PUBLIC = "bot.example.vn"
PICTURE = picture("JPEG", (64, 48))


@dataclass
class Shop:
    """A service that fetches, a sender that lends, and a clock that can be turned."""

    service: ZaloEmulator
    sender: ZaloSender
    lending: Lending
    files: Files
    lan: User
    base: str
    now: datetime = START

    @property
    def address(self) -> Address:
        return Address("zalo", self.lan.bot.id, self.lan.id)

    async def get(self, link: str) -> tuple[int, bytes]:
        where = link.replace(f"https://{PUBLIC}", self.base)
        async with aiohttp.ClientSession() as session, session.get(where) as answer:
            return answer.status, await answer.read()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    files = Files(tmp_path)
    async with started() as service:
        lan, caller = service.user("Chị Lan"), Caller()
        key = key_of(lan.bot.token)
        lending = Lending(f"https://{PUBLIC}/", key, files.path, lambda: made.now)
        client = ZaloClient(lan.bot.token, caller, service.base)
        sender = ZaloSender({lan.bot.id: Voice(client)}, lending=lending)
        async with serving(Starlette(routes=[lending.route()])) as ours:
            service.hosts[PUBLIC] = ours.address
            made = Shop(service, sender, lending, files, lan, ours.address)
            yield made
        await caller.close()


async def test_a_picture_that_we_keep_is_fetched_and_shown(shop: Shop) -> None:
    file = shop.files.keep(PICTURE)

    await shop.sender.send_picture(shop.address, file, "Mẫu nhãn ạ")

    assert shop.service.fetched == [PICTURE]
    assert [kind for kind, _ in shop.lan.messages] == ["photo"]


async def test_an_address_ends_after_ten_minutes(shop: Shop) -> None:
    link = shop.lending.link(shop.files.keep(PICTURE))

    shop.now += LIFE
    last = await shop.get(link)
    shop.now += timedelta(seconds=1)
    late = await shop.get(link)

    assert last == (200, PICTURE)
    assert late == (404, b"")


async def test_an_address_that_was_changed_leads_nowhere(shop: Shop) -> None:
    file, other = shop.files.keep(PICTURE), shop.files.keep(picture("PNG", (9, 9)))
    link = shop.lending.link(file)
    until, sign = link.split("/")[-3:-1]
    changed = [
        link.replace(file, other),
        link.replace(until, str(int(until) + 1)),
        link.replace(sign, "0" * len(sign)),
        link.replace(sign, "đ"),
        link.replace(until, "9" * 400),
        link.replace(f"/{sign}", ""),
    ]

    answers = await asyncio.gather(*map(shop.get, changed))

    assert [status for status, _ in answers] == [404] * len(changed)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "0" * 64])
async def test_what_is_no_file_of_ours_is_not_found(shop: Shop, name: str) -> None:
    assert (await shop.get(shop.lending.link(name)))[0] == 404


async def test_only_pictures_are_lent(shop: Shop) -> None:
    assert (await shop.get(shop.lending.link(shop.files.keep(PDF))))[0] == 404


@pytest.mark.parametrize("public", ["", "http://bot.example.vn"])
async def test_without_a_public_address_the_setting_is_named(shop: Shop, public: str) -> None:
    key = key_of("1:x")
    shop.sender.lending = Lending(public, key, shop.files.path, lambda: START)

    with pytest.raises(Refused, match="OCOP_PUBLIC_URL"):
        await shop.sender.send_picture(shop.address, shop.files.keep(PICTURE))
    assert shop.service.faults.calls == []


def test_nothing_that_is_shown_tells_the_key_or_the_token(shop: Shop) -> None:
    token = shop.lan.bot.token
    shown = f"{shop.lending!r} {shop.lending.link(hashlib.sha256(PICTURE).hexdigest())}"

    assert key_of(token) != key_of("1:x")
    assert token not in shown
    assert key_of(token).hex() not in shown
    assert repr(key_of(token)) not in shown
