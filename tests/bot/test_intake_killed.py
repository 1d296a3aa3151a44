"""Intake beyond one good run: processes that die at any step, and the loop that goes on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import intake
from bot.channels.arriving import NotFetched
from bot.intake import CLAIM
from storage.database import Database
from storage.files import Files
from tests.bot.intake_rig import LOOKING, LOST, MAY, IntakeRig, Killed
from tests.bot.specimens import picture

JPEG = picture("JPEG")


@pytest.fixture
def rig(database: Database, tmp_path: Path) -> IntakeRig:
    return IntakeRig(database, tmp_path / "files")


# -- killed ---------------------------------------------------------------------------------------


class DyingFiles(Files):
    """The process dies when the content is on the disk, and nothing says so yet."""

    def keep(self, content: bytes) -> str:
        super().keep(content)
        raise Killed


async def test_killed_while_fetching(rig: IntakeRig) -> None:
    rig.cloud.troubles["1"] = [Killed()]
    await rig.sent(JPEG)

    other = await rig.killed()
    early = rig.door.contents()
    rig.clock.now += timedelta(seconds=1)
    await rig.work(other)

    assert early == []
    assert len(rig.door.photos()) == 1
    assert rig.statuses() == ["taken"]


async def test_killed_before_the_kept_file_was_noted(rig: IntakeRig) -> None:
    rig.intake.folder = DyingFiles(rig.folder)
    await rig.sent(JPEG)

    await rig.work(await rig.killed())

    assert len(rig.door.photos()) == 1
    assert len([path for path in rig.folder.rglob("*") if path.is_file()]) == 1


async def test_killed_before_it_was_heard_it_is_not_fetched_again(rig: IntakeRig) -> None:
    """Its address may hold no longer, and we have it."""
    rig.door.dies = "before"
    await rig.sent(JPEG)

    other = await rig.killed()
    rig.cloud.contents.clear()
    await rig.work(other)

    assert len(rig.door.photos()) == 1
    assert rig.letters() == [LOOKING]


@pytest.mark.parametrize("content", [JPEG, b"MZ" + bytes(200)])
async def test_killed_after_it_was_heard_it_is_not_heard_again(
    rig: IntakeRig, content: bytes
) -> None:
    rig.door.dies = "after"
    await rig.sent(content)

    other = await rig.killed()
    rig.cloud.contents.clear()
    await rig.work(other)

    assert len(rig.door.heard) == 1
    assert rig.letters() == [LOOKING]
    assert rig.statuses() == ["taken"]


async def test_a_file_that_kills_whoever_opens_it_is_given_up(rig: IntakeRig) -> None:
    rig.cloud.troubles["1"] = [Killed() for _ in range(99)]
    await rig.sent(JPEG)

    for _ in range(8):
        await rig.killed()
        rig.clock.now += timedelta(seconds=1)
    await rig.work(rig.process("last"))

    assert rig.letters() == [LOOKING, LOST]
    assert len(rig.cloud.asked) == 8


# -- running --------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def running(rig: IntakeRig) -> AsyncIterator[None]:
    task = asyncio.create_task(rig.intake.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what it waits for are rows
            await asyncio.sleep(0.01)


async def test_what_is_announced_while_we_run_is_taken_soon(rig: IntakeRig) -> None:
    async with running(rig):
        await rig.sent(JPEG)
        rig.clock.now += intake.BREATH
        await until(lambda: rig.statuses() == ["taken"])

    assert len(rig.door.heard) == 1


async def test_a_slow_file_holds_up_nobody_else(rig: IntakeRig) -> None:
    rig.cloud.slow = 60
    await rig.sent(JPEG)
    rig.clock.now += intake.BREATH
    async with running(rig):
        await until(lambda: len(rig.cloud.asked) == 1)
        rig.cloud.slow = 0
        await rig.sent(JPEG, "2", MAY)
        rig.clock.now += intake.BREATH
        await until(lambda: rig.statuses() == ["fetching", "taken"])
    assert rig.statuses() == ["waiting", "taken"], "who ends well leaves no claim behind"


async def test_a_database_that_was_away_is_forgiven(
    rig: IntakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "AWAY", 0.01)
    monkeypatch.setattr(intake, "IDLE", 0.01)
    await rig.sent(JPEG)
    rig.clock.now += intake.BREATH
    with rig.database.transaction() as tx:
        tx.execute(text("ALTER TABLE intake RENAME TO intake_gone"))
    with capture_logs() as logs:
        async with running(rig):
            await until(lambda: len(logs) > 1)
            with rig.database.transaction() as tx:
                tx.execute(text("ALTER TABLE intake_gone RENAME TO intake"))
            await until(lambda: rig.statuses() == ["taken"])

    assert {entry["event"] for entry in logs} == {"intake_failed"}


async def test_what_is_not_settled_for_want_of_a_database_is_taken_up_later(
    rig: IntakeRig,
) -> None:
    rig.cloud.troubles["1"] = [NotFetched("HTTP 404", gone=True)]
    await rig.sent(JPEG)
    with rig.database.transaction() as tx:
        tx.execute(text("ALTER TABLE outbox RENAME TO outbox_gone"))
    with capture_logs():
        await rig.work()
    with rig.database.transaction() as tx:
        tx.execute(text("ALTER TABLE outbox_gone RENAME TO outbox"))
    rig.clock.now += CLAIM

    rig.cloud.contents.clear()
    await rig.work(rig.process("two"))

    assert rig.letters() == [LOOKING, LOST]
