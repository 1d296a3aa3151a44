"""Files lent out under an address that nobody guesses, and that ends."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.channels.calling import Caller
from bot.channels.contract import Refused
from bot.channels.kept import Kept, read
from bot.channels.lending import A_DAY, LIFE, Lending, key_of
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.send import Voice, ZaloSender
from conversations.events import Address
from conversations.messages import Attached
from storage.files import Files
from tests.bot.specimens import DOCX, HEIC, ICS, OGG, PDF, WEBM, XLSX, office, picture
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

    def link(self, content: bytes, name: str = "ảnh 1.jpg", life: timedelta = LIFE) -> str:
        return self.lending.link(self.files.keep(content), name, life)

    async def get(self, link: str) -> tuple[int, bytes]:
        status, content, _ = await self.answer(link)
        return status, content

    async def answer(self, link: str) -> tuple[int, bytes, dict[str, str]]:
        where = link.replace(f"https://{PUBLIC}", self.base)
        async with aiohttp.ClientSession() as session, session.get(where) as answer:
            return answer.status, await answer.read(), dict(answer.headers)

    async def kept(self, content: bytes) -> Kept:
        found = await read(self.files.path, Attached("photo", self.files.keep(content)))
        assert found
        return found


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
    await shop.sender.send_picture(shop.address, await shop.kept(PICTURE), "Mẫu nhãn ạ")

    assert shop.lan.pictures == [PICTURE]
    assert shop.lan.sees() == ["Mẫu nhãn ạ"]


@pytest.mark.parametrize("life", [LIFE, A_DAY])
async def test_an_address_ends_after_its_time(shop: Shop, life: timedelta) -> None:
    link = shop.link(PICTURE, life=life)

    shop.now += life
    last = await shop.get(link)
    shop.now += timedelta(seconds=1)
    late = await shop.get(link)

    assert last == (200, PICTURE)
    assert late == (404, b"")


async def test_an_address_that_was_changed_leads_nowhere(shop: Shop) -> None:
    link, other = shop.link(PICTURE), shop.files.keep(picture("PNG", (9, 9)))
    until, sign, file, name = link.split("/")[-4:]
    changed = [
        link.replace(file, other),
        link.replace(name, "x.jpg"),
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
    assert (await shop.get(shop.lending.link(name, "a.jpg")))[0] == 404


@pytest.mark.parametrize(
    ("content", "kind", "shown"),
    [
        (PICTURE, "image/jpeg", "inline"),
        (picture("PNG"), "image/png", "inline"),
        (picture("WEBP"), "image/webp", "inline"),
        (HEIC, "image/heic", "attachment"),
        (PDF, "application/pdf", "inline"),
        (DOCX, "vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
        (XLSX, "vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
        (office("01_mau.pdf"), "application/zip", "attachment"),
        (ICS, "text/calendar; charset=utf-8", "attachment"),
    ],
)
async def test_a_file_is_served_as_what_it_is_and_what_phones_show_opens_in_the_page(
    shop: Shop, content: bytes, kind: str, shown: str
) -> None:
    status, body, headers = await shop.answer(shop.link(content, "Mẫu 01"))

    assert (status, body) == (200, content)
    assert headers["Content-Type"].endswith(kind)
    assert headers["Content-Disposition"] == f'{shown}; filename="mau-01"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(
    "content",
    [OGG, WEBM, b"", b"<script>alert(1)</script>", office("word/document.xml", "vbaProject.bin")],
    ids=["sound", "film", "nothing", "page", "macros"],
)
async def test_nothing_but_pictures_and_papers_is_lent(shop: Shop, content: bytes) -> None:
    assert (await shop.get(shop.link(content)))[0] == 404


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Phiếu đăng ký 01.PDF", "phieu-dang-ky-01.pdf"),
        ("../../a b?c#d&e%2f.docx", "a-b-c-d-e-2f.docx"),
        ("ạ" * 100 + ".pdf", "a" * 36 + ".pdf"),
        ("🌾", "file"),
        ("", "file"),
    ],
)
def test_the_end_of_an_address_is_the_name_in_plain_signs(
    shop: Shop, name: str, plain: str
) -> None:
    assert shop.link(PDF, name).split("/")[-1] == plain


def test_an_address_fits_into_a_letter(shop: Shop) -> None:
    assert len(shop.link(PDF, "x" * 200, A_DAY)) <= 200


@pytest.mark.parametrize("public", ["", "http://bot.example.vn"])
async def test_without_a_public_address_the_setting_is_named(shop: Shop, public: str) -> None:
    key = key_of("1:x")
    shop.sender.lending = Lending(public, key, shop.files.path, lambda: START)

    with pytest.raises(Refused, match="OCOP_PUBLIC_URL"):
        await shop.sender.send_picture(shop.address, await shop.kept(PICTURE))
    assert shop.service.faults.calls == []


def test_nothing_that_is_shown_tells_the_key_or_the_token(shop: Shop) -> None:
    token = shop.lan.bot.token
    shown = f"{shop.lending!r} {shop.link(PICTURE)}"

    assert key_of(token) != key_of("1:x")
    assert token not in shown
    assert key_of(token).hex() not in shown
    assert repr(key_of(token)) not in shown
