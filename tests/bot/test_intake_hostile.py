"""What lies with others may be a trap: fetched over real HTTP, from hosts that mean us harm."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.channels.arriving import Remote
from bot.channels.fetching import Fetcher, Outside
from conversations.events import Address, Photo, Strange
from storage.database import Database
from tests.bot.intake_rig import LAN, LOOKING, LOST, MAY, IntakeRig
from tests.bot.specimens import office, picture, png_that_says
from tests.channels.loopback import Loopback
from tests.emulators.faults import Site, abort

HOST = "photo-stal-1.zdn.vn"
JPEG = picture("JPEG")
BOMB = office("[Content_Types].xml", "word/document.xml", content=bytes(101 * 1024 * 1024))
LIES = {
    "/a.jpg": JPEG,
    "/page.jpg": b"<!doctype html><script>alert(1)</script>",
    "/program.jpg": b"\x7fELF" + bytes(200),
    "/archive.jpg": office("a.txt"),
    "/bomb.jpg": png_that_says(40_000, 40_000),
    "/bomb.docx": BOMB,
    "/cut.jpg": JPEG[: len(JPEG) // 2],
    "/empty.jpg": b"",
}
TURNS = {
    "/to-inside": "https://in.zdn.vn/a.jpg",
    "/to-plain": f"http://{HOST}/a.jpg",
    "/to-file": "file:///etc/passwd",
    "/to-stranger": "https://evil.vn/a.jpg",
    "/circle": "/circle",
}
ADDRESSES = {HOST: "8.8.8.8", "in.zdn.vn": "169.254.169.254"}


@dataclass
class Trap:
    """A service of ours whose files are what others have put there."""

    rig: IntakeRig
    asked: list[str]

    async def lies(self, url: str, who: Address = LAN) -> None:
        await self.rig.intake.expected(url[-60:], who, Remote(url, "photo", "tên.jpg"))
        await self.rig.work()


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """What lies elsewhere is the same on both databases."""
    made = Database(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'file.db')}")
    yield made
    made.close()


@pytest.fixture
async def trap(file: Database, tmp_path: Path) -> AsyncIterator[Trap]:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(f"{request.host}{request.path}")
        if request.path in TURNS:
            return web.Response(status=302, headers={"Location": TURNS[request.path]})
        if request.path == "/endless.jpg":
            return await endless(request)
        if request.path == "/broken.jpg":
            abort(request)
        if request.path not in LIES:
            return web.Response(status=404, text="secret")
        return web.Response(body=LIES[request.path], content_type="image/jpeg")

    async def names(host: str, _port: int) -> list[str]:
        return [ADDRESSES[host]]

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    site = Site(app)
    await site.open()
    outside = Outside(names, Loopback(lambda: site.port))
    fetcher = Fetcher(["*.zdn.vn"], outside, 2**20, 3.0)
    rig = IntakeRig(file, tmp_path / "files")
    rig.intake.downloads = {"telegram": lambda _bot, source: fetcher.download(source)}
    yield Trap(rig, asked)
    await site.close()


async def endless(request: web.Request) -> web.StreamResponse:
    """More than anybody asked for, without saying how much."""
    stream = web.StreamResponse()
    await stream.prepare(request)
    while True:
        await stream.write(b"x" * 65_536)


async def test_a_good_picture_is_kept_byte_for_byte(trap: Trap) -> None:
    await trap.lies(f"https://{HOST}/a.jpg?sig=1")

    (photo,) = trap.rig.door.contents()
    assert isinstance(photo, Photo)
    assert trap.rig.files.path(photo.file).read_bytes() == JPEG


@pytest.mark.parametrize(
    ("path", "heard"),
    [
        ("/page.jpg", "bad_file"),
        ("/program.jpg", "bad_file"),
        ("/archive.jpg", "bad_file"),
        ("/bomb.jpg", "bad_file"),
        ("/bomb.docx", "bad_file"),
        ("/cut.jpg", "bad_file"),
        ("/empty.jpg", "empty_file"),
    ],
)
async def test_what_says_it_is_a_picture_and_is_none_is_refused(
    trap: Trap, path: str, heard: str
) -> None:
    await trap.lies(f"https://{HOST}{path}")

    assert trap.rig.door.contents() == [Strange(heard)]
    assert not list(trap.rig.folder.rglob("*"))


@pytest.mark.parametrize(
    "url",
    [
        "https://in.zdn.vn/a.jpg",
        f"https://{HOST}/to-inside",
        f"https://{HOST}/to-plain",
        f"https://{HOST}/to-file",
        f"https://{HOST}/to-stranger",
        f"https://{HOST}/circle",
        f"https://{HOST}/endless.jpg",
        f"https://{HOST}/missing.jpg",
        "https://127.0.0.1/a.jpg",
        "http://169.254.169.254/latest/meta-data",
        f"https://{HOST}/" + "a" * 10_000,
        "file:///etc/passwd",
        "../../etc/passwd",
    ],
)
async def test_what_leads_elsewhere_or_never_ends_is_asked_for_anew(trap: Trap, url: str) -> None:
    """Nothing from there is kept, the person knows what to do, and the next file is taken."""
    await trap.lies(url)
    await trap.lies(f"https://{HOST}/a.jpg", MAY)

    assert trap.rig.letters() == [LOOKING, LOST, LOOKING]
    assert trap.rig.statuses() == ["lost", "taken"]
    assert {asked.partition("/")[0] for asked in trap.asked} == {HOST}
    assert len([path for path in trap.rig.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("path", ["/to-inside", "/to-stranger", "/missing.jpg", "/broken.jpg"])
async def test_no_log_tells_where_the_file_lies(trap: Trap, path: str) -> None:
    with capture_logs() as logs:
        await trap.lies(f"https://{HOST}{path}?token=secret")

    assert [entry["event"] for entry in logs] == ["file_not_taken"]
    assert not {word for word in ("secret", "zdn", "evil", ".jpg") if word in str(logs)}
