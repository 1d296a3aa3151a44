"""What is said after a file is heard after it, though the file is still on its way."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import intake
from bot.channels.arriving import NotFetched
from bot.intake import HOLD
from bot.reception import Reception
from conversations.events import Address, Content, Event, Tap, Text, Wake
from conversations.forms import catalogue
from handlers import routing
from handlers.talk import Talk
from storage import inbox
from storage.database import Database
from tests.bot.intake_rig import LAN, LOOKING, MAY, NOW, IntakeRig
from tests.bot.specimens import picture
from tests.wording import WORDING

JPEG = picture("JPEG")
IDLE = "idle"


@pytest.fixture
def rig(database: Database, tmp_path: Path) -> IntakeRig:
    return IntakeRig(database, tmp_path / "files")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of what handlers are told, in its order; they ask nothing back."""
    keys: list[str] = []

    def hear(_talk: Talk, event: Event) -> None:
        if event.key != IDLE:
            keys.append(event.key)

    monkeypatch.setattr(routing, "hear", hear)
    return keys


@pytest.fixture
def reception(rig: IntakeRig) -> Iterator[Reception]:
    made = Reception(rig.database, catalogue, WORDING, rig.clock)
    rig.intake.door = made
    rig.intake.announce = made.announce
    rig.intake.release = made.release
    made.start()
    yield made
    made.stop()


def said(content: str | Content, key: str, who: Address = LAN, order: int | None = None) -> Event:
    return Event(who, key, NOW, Text(content) if isinstance(content, str) else content, order)


async def idle(reception: Reception) -> None:
    """Wait until all that was asked for before has been done."""
    await reception.receive(said(Wake(), IDLE, Address("telegram", "77", IDLE)))


@pytest.mark.parametrize("content", [Text("xong"), Tap("!done|1|x"), Wake()])
async def test_what_is_said_after_a_file_is_heard_after_it(
    rig: IntakeRig, reception: Reception, heard: list[str], content: Content
) -> None:
    await rig.sent(JPEG, "photo-1")
    await rig.sent(JPEG, "photo-2")
    await reception.receive(said(content, "done"))
    await reception.receive(said(content, "done"))
    await reception.receive(said("chào", "may", MAY))
    early = list(heard)

    await rig.work()
    await idle(reception)

    assert early == ["may"]
    assert [key for key in heard[1:] if not key.startswith("idle")] == [
        "photo-1",
        "photo-2",
        "done",
    ]


async def test_what_comes_in_one_batch_is_heard_in_its_order(
    rig: IntakeRig, reception: Reception, heard: list[str]
) -> None:
    """Words before a picture do not wait for it, words after it do."""
    await asyncio.gather(
        reception.receive(said("gửi em giấy này", "1")),
        rig.sent(JPEG, "2"),
        reception.receive(said("xong", "3")),
        rig.sent(JPEG, "4"),
        reception.receive(said(Tap("m|menu"), "5")),
    )
    early = list(heard)

    await rig.work()
    await idle(reception)

    assert early == ["1"]
    assert heard == ["1", "2", "3", "4", "5"]


async def test_what_was_said_in_one_breath_keeps_its_order(
    rig: IntakeRig, reception: Reception, heard: list[str]
) -> None:
    await rig.sent(JPEG, "photo", order=1)
    for number in range(2, 12):
        await reception.receive(said(f"dòng {number}", f"{number}", order=number))

    await rig.work()
    await reception.receive(said("sau cùng", "12", order=12))

    assert heard == ["photo", *(str(number) for number in range(2, 13))]


async def test_a_file_that_does_not_come_holds_nobody_up_for_longer_than_a_minute(
    rig: IntakeRig, reception: Reception, heard: list[str]
) -> None:
    rig.cloud.troubles["photo"] = [NotFetched("HTTP 502", gone=False)] * 9
    await rig.sent(JPEG, "photo")
    await reception.receive(said("xong", "done"))
    await rig.work()
    early = list(heard)

    rig.clock.now = NOW + HOLD
    await rig.work()
    await idle(reception)

    assert early == []
    assert heard == ["done"]


async def test_a_lost_file_lets_the_chat_go_on(
    rig: IntakeRig, reception: Reception, heard: list[str]
) -> None:
    rig.cloud.troubles["photo"] = [NotFetched("HTTP 404", gone=True)]
    await rig.sent(JPEG, "photo")
    await reception.receive(said("xong", "done"))

    await rig.work()
    await idle(reception)

    assert heard == ["done"]


async def test_what_waited_for_a_file_when_the_process_died_is_heard_by_the_next(
    rig: IntakeRig, reception: Reception, heard: list[str]
) -> None:
    await rig.sent(JPEG, "photo")
    await reception.receive(said("xong", "done"))
    reception.stop()

    reception.start()
    await idle(reception)
    early = list(heard)
    await rig.work()
    await idle(reception)

    assert early == []
    assert heard == ["photo", "done"]
    with rig.database.reading() as tx:
        assert inbox.held_chats(tx) == []


async def test_many_say_much_while_their_files_come_and_nothing_is_overtaken(
    rig: IntakeRig, reception: Reception, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BREATH", timedelta(0))
    people = [Address("telegram", "77", f"person-{number}") for number in range(12)]

    async def talks(who: Address) -> None:
        for number in range(1, 7):
            key = f"{who.chat}:{number}"
            if number % 2:
                await rig.sent(JPEG, key, who, order=number)
            else:
                await reception.receive(said(f"lời {number}", key, who, number))
            rig.clock.now += HOLD / 1000
            await asyncio.sleep(0.001)

    async def works() -> None:
        while rig.statuses().count("taken") < 36:
            await rig.intake.once()

    await asyncio.gather(works(), *map(talks, people))
    await idle(reception)

    for who in people:
        mine = [key for key in heard if key.startswith(f"{who.chat}:")]
        assert mine == [f"{who.chat}:{number}" for number in range(1, 7)]
    assert rig.letters().count(LOOKING) <= 36
