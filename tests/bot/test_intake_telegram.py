"""An album on its whole way: from a phone over Telegram's wire to what is kept and heard."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot import clock
from bot.channels.telegram.line import Line, Mode
from bot.channels.telegram.live import Telegram
from bot.channels.telegram.receive import Receiver
from conversations.events import Address
from storage.database import Database
from tests.bot.intake_rig import LOOKING, IntakeRig
from tests.bot.specimens import picture
from tests.channels.telegram_rig import BREATH, HOLD, MENUS, SECRET, Notes
from tests.emulators.serving import serving
from tests.emulators.telegram import TOKEN, TelegramEmulator

BOT = TOKEN.partition(":")[0]
CONTENTS = [picture("JPEG", (64, 40 + number)) for number in range(4)]


@pytest.fixture
def rig(tmp_path: Path, migrated_file: Path) -> Iterator[IntakeRig]:
    database = Database(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'file.db')}")
    made = IntakeRig(database, tmp_path / "files")
    made.intake.clock = clock.now
    yield made
    database.close()


@asynccontextmanager
async def telegram(rig: IntakeRig, mode: Mode) -> AsyncIterator[TelegramEmulator]:
    """Telegram with our bot listening."""
    async with TelegramEmulator().running() as emulator, serving(Starlette()) as ours:
        line = Line(TOKEN, emulator.served.address, mode, ours.address, SECRET)
        receiver = Receiver(BOT, rig.door, rig.intake, Notes(), clock.now)
        live = Telegram(line, receiver, MENUS, breath=BREATH, hold=HOLD)
        ours.app.routes.extend(live.routes())
        rig.intake.downloads = {"telegram": lambda _bot, source: live.download(source)}
        async with running(live.run()):
            yield emulator
        await live.close()


@asynccontextmanager
async def running(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(rig: IntakeRig, status: str) -> None:
    """Wait until all pictures have come so far."""
    async with asyncio.timeout(20):
        while rig.statuses() != [status] * len(CONTENTS):  # noqa: ASYNC110 - it waits for rows
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_an_album_is_spoken_of_once_and_heard_whole_in_its_order(
    rig: IntakeRig, mode: Mode
) -> None:
    async with telegram(rig, mode) as emulator:
        lan = emulator.person("Lan")
        for content in CONTENTS:
            lan.sends_photo(content, album="13")
        await until(rig, "waiting")
        async with running(rig.intake.run()):
            await until(rig, "taken")

    heard = rig.door.photos(Address("telegram", BOT, str(lan.id)))
    assert [rig.files.path(name).read_bytes() for name in heard] == CONTENTS
    assert rig.letters() == [LOOKING]
