"""Intake: what people send is fetched, judged, kept and heard once, whoever dies on the way."""

import asyncio
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import intake, judging
from bot.channels.arriving import NotFetched
from bot.intake import AT_ONCE, HOLD, WAITS
from bot.reception import Reception
from bot.retrying import retry
from conversations.events import Address, Content, Event, File, Photo, Strange, Text, Voice
from conversations.forms import catalogue
from storage.database import Database
from storage.persons import Chat
from tests.bot.intake_rig import LAN, LOOKING, LOST, MAY, NOW, IntakeRig
from tests.bot.specimens import DOCX, OGG, PDF, picture
from tests.wording import WORDING

JPEG = picture("JPEG")


@pytest.fixture
def rig(database: Database, tmp_path: Path) -> IntakeRig:
    return IntakeRig(database, tmp_path / "files")


def chat(address: Address) -> Chat:
    return Chat(address.channel, address.bot, address.chat)


# -- announced ------------------------------------------------------------------------------------


async def test_the_sender_hears_at_once_that_we_are_looking(rig: IntakeRig) -> None:
    """A paper may be a minute on its way, and nobody may think that it got lost."""
    await rig.sent(JPEG)

    assert rig.letters() == [LOOKING]
    assert rig.cloud.asked == []
    assert rig.statuses() == ["waiting"]


async def test_an_album_is_spoken_of_once_and_heard_in_its_order(rig: IntakeRig) -> None:
    contents = [picture("JPEG", (40, 40 + number)) for number in range(5)]
    for number, content in enumerate(contents):
        await rig.sent(content, f"{number}", order=number)
    await rig.sent(JPEG, "may", MAY)

    await rig.work()

    assert rig.letters() == [LOOKING, LOOKING]
    assert [rig.files.path(name).read_bytes() for name in rig.door.photos(LAN)] == contents


async def test_files_announced_at_once_are_noted_in_their_order(rig: IntakeRig) -> None:
    """As a channel does that has fetched many updates together."""
    await asyncio.gather(*(rig.sent(JPEG, f"{number:02}", order=number) for number in range(30)))

    await rig.work()

    assert [event.order for event in rig.door.heard] == list(range(30))
    assert rig.letters() == [LOOKING]


async def test_a_file_announced_twice_is_one_file(rig: IntakeRig) -> None:
    await rig.sent(JPEG)
    await rig.sent(JPEG)
    await rig.work()
    await rig.sent(JPEG)
    await rig.work()

    assert rig.letters() == [LOOKING]
    assert len(rig.door.heard) == len(rig.cloud.asked) == 1


async def test_a_file_that_nobody_waits_for_any_more_does_not_keep_us_silent(
    rig: IntakeRig,
) -> None:
    rig.cloud.troubles["1"] = [NotFetched("HTTP 502", gone=False)] * 9
    await rig.sent(JPEG)
    await rig.work()
    rig.clock.now += HOLD

    await rig.sent(JPEG, "2")

    assert rig.letters() == [LOOKING, LOOKING]


async def test_nothing_is_acknowledged_that_was_not_noted(rig: IntakeRig) -> None:
    with rig.database.transaction() as tx:
        tx.execute(text("ALTER TABLE outbox RENAME TO outbox_gone"))
    try:
        with pytest.raises(Exception, match="outbox"):
            await rig.sent(JPEG)
    finally:
        with rig.database.transaction() as tx:
            tx.execute(text("ALTER TABLE outbox_gone RENAME TO outbox"))

    assert rig.statuses() == []


# -- taken ----------------------------------------------------------------------------------------


async def test_a_file_is_heard_as_the_event_that_its_channel_told_of(rig: IntakeRig) -> None:
    await rig.sent(JPEG, key="77", order=4711, caption="giấy phép")

    await rig.work()

    (event,) = rig.door.heard
    assert isinstance(event.content, Photo)
    assert event == Event(LAN, "77", NOW, Photo(event.content.file, "giấy phép"), 4711)
    assert rig.files.path(event.content.file).read_bytes() == JPEG
    assert rig.cloud.asked == [("77", "77")]
    assert rig.statuses() == ["taken"]
    assert chat(LAN) in rig.released


@pytest.mark.parametrize(
    ("content", "kind", "heard"),
    [
        (DOCX, "file", File),
        (OGG, "voice", Voice),
        (JPEG, "file", Photo),
    ],
)
async def test_a_file_is_heard_as_what_it_is(
    rig: IntakeRig, content: bytes, kind: str, heard: type[Content]
) -> None:
    await rig.sent(content, kind=kind, name="giấy.pdf")

    await rig.work()

    assert isinstance(rig.door.contents()[0], heard)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty_file"),
        (b"MZ" + bytes(200), "bad_file"),
        (bytes(judging.MOST_BYTES + 1), "big_file"),
    ],
)
async def test_what_we_do_not_take_is_heard_as_that(
    rig: IntakeRig, content: bytes, kind: str
) -> None:
    """The engine knows what to say to each, and shows the question again."""
    await rig.sent(content)

    await rig.work()

    assert rig.door.contents() == [Strange(kind)]
    assert not list(rig.folder.rglob("*"))


async def test_a_file_that_says_it_is_too_big_is_not_fetched(rig: IntakeRig) -> None:
    await rig.sent(PDF, size=10**40)

    await rig.work()

    assert rig.door.contents() == [Strange("big_file")]
    assert rig.cloud.asked == []


async def test_a_name_is_one_short_line_and_never_a_path(rig: IntakeRig) -> None:
    await rig.sent(PDF, "1", kind="file", name="../../../etc/passwd")
    await rig.sent(PDF + b"\n", "2", kind="file", name="a\r\n\u202e" * 10_000 + ".pdf")

    await rig.work()

    files = [content for content in rig.door.contents() if isinstance(content, File)]
    assert [file.name for file in files] == ["../../../etc/passwd", ("a" * 120 + ".pdf")[-120:]]
    kept = {path.name for path in rig.folder.rglob("*") if path.is_file()}
    assert kept == {file.file for file in files}


async def test_only_a_few_are_fetched_at_once(rig: IntakeRig) -> None:
    rig.cloud.slow = 0.01
    for number in range(3 * AT_ONCE):
        await rig.sent(PDF, str(number), Address("telegram", "77", f"chat-{number}"))

    await rig.work()

    assert rig.cloud.most_at_once == AT_ONCE
    assert len(rig.door.heard) == 3 * AT_ONCE


async def test_the_verdict_is_what_the_talk_says_to_the_paper(
    rig: IntakeRig, database: Database
) -> None:
    """Over the real reception: a program in disguise is refused in words for its sender."""
    reception = Reception(database, catalogue, WORDING, rig.clock)
    rig.intake.door = reception
    reception.hear([Event(LAN, f"said-{word}", NOW, Text(word)) for word in ("chào", "1")])
    before = len(rig.letters())
    reception.start()
    try:
        await rig.sent(b"MZ" + bytes(200))
        await rig.work()
    finally:
        reception.stop()

    looking, *verdict = rig.letters()[before:]
    assert looking == LOOKING
    assert "không mở được tệp" in verdict[0]


# -- not to be had --------------------------------------------------------------------------------


def test_an_hour_of_tries_grows_longer_and_ends() -> None:
    waits, attempts = [], count(1)
    while due := retry(WAITS, next(attempts), NOW):
        waits.append(due - NOW)

    assert waits == sorted(waits)
    assert timedelta(minutes=50) < sum(waits, timedelta()) < timedelta(hours=1, minutes=5)


async def test_a_file_that_is_gone_is_asked_for_again_once(rig: IntakeRig) -> None:
    rig.cloud.troubles["1"] = [NotFetched("HTTP 404", gone=True)]
    await rig.sent(JPEG)

    await rig.work()
    await rig.sent(JPEG)
    await rig.work()

    assert rig.letters() == [LOOKING, LOST]
    assert rig.statuses() == ["lost"]
    assert rig.door.heard == []
    assert chat(LAN) in rig.released


@pytest.mark.parametrize(
    "trouble", [NotFetched("HTTP 502", gone=False), RuntimeError("a bug"), OSError("disk full")]
)
async def test_trouble_that_may_pass_is_waited_for(rig: IntakeRig, trouble: Exception) -> None:
    rig.cloud.troubles["1"] = [trouble, trouble]
    await rig.sent(JPEG)
    await rig.sent(JPEG, "2", MAY)

    await rig.work()
    early = [event.key for event in rig.door.heard]
    for _ in range(10):
        await rig.work()

    assert early == ["2"]
    assert [event.key for event in rig.door.heard] == ["2", "1"]


async def test_after_an_hour_the_sender_is_asked_to_send_it_again(rig: IntakeRig) -> None:
    rig.cloud.troubles["1"] = [NotFetched("HTTP 502", gone=False)] * 99
    await rig.sent(JPEG)

    while rig.statuses() != ["lost"]:
        await rig.work()
        rig.clock.now += timedelta(minutes=1)

    assert rig.letters() == [LOOKING, LOST]
    assert rig.clock.now - NOW < timedelta(hours=1, minutes=15)
    assert len(rig.cloud.asked) == 8


async def test_the_next_file_of_a_chat_waits_a_minute_for_one_in_trouble(rig: IntakeRig) -> None:
    rig.cloud.troubles["1"] = [NotFetched("HTTP 502", gone=False)] * 99
    await rig.sent(JPEG)
    await rig.sent(JPEG, "2")

    await rig.work()
    early = list(rig.door.heard)
    released = list(rig.released)
    rig.clock.now += HOLD
    await rig.work()

    assert early == []
    assert released == []
    assert [event.key for event in rig.door.heard] == ["2"]
    assert chat(LAN) in rig.released


async def test_a_fetching_that_never_ends_is_ended(
    rig: IntakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 0.02)
    rig.cloud.slow = 60
    await rig.sent(JPEG)

    await rig.work()

    assert rig.statuses() == ["waiting"]


async def test_the_sender_is_answered_in_their_language(rig: IntakeRig, database: Database) -> None:
    reception = Reception(database, catalogue, WORDING, rig.clock)
    reception.hear([Event(LAN, "0", NOW, Text("english"))])
    before = len(rig.letters())

    await rig.sent(JPEG)

    (said,) = rig.letters()[before:]
    assert said.startswith("I see")


async def test_the_log_tells_no_address_and_no_name(rig: IntakeRig) -> None:
    rig.cloud.troubles["secret-1"] = [NotFetched("a host: secret.example", gone=False)]
    rig.cloud.troubles["secret-2"] = [ValueError("https://secret.example/?token=secret")]
    rig.cloud.troubles["secret-3"] = [NotFetched("HTTP 404", gone=True)]
    for number, who in enumerate((LAN, MAY, Address("telegram", "77", "an")), 1):
        await rig.sent(PDF, f"secret-{number}", who, name="secret.pdf", caption="secret")

    with capture_logs() as logs:
        await rig.work()

    assert [entry["why"] for entry in logs] == ["a host", "ValueError", "HTTP 404"]
    assert "secret" not in str(logs)
