"""Fetching what people sent: whole or not at all, and never more than agreed."""

from collections.abc import AsyncIterator

import pytest
from starlette.responses import RedirectResponse, Response

from bot.channels.telegram.calls import Gone
from bot.channels.telegram.files import NotNow, TooBig
from bot.channels.telegram.updates import MOST_BYTES
from conversations.events import Strange
from tests.bot.specimens import PDF, picture
from tests.channels.doubles import ListDoor, chain
from tests.channels.telegram_rig import TelegramRig, opened
from tests.emulators.telegram import TOKEN, Trouble, page, refused


@pytest.fixture
async def rig(door: ListDoor) -> AsyncIterator[TelegramRig]:
    async with opened("polling", door) as made:
        yield made


async def announced(rig: TelegramRig) -> str:
    """Where the file lies that was announced last."""
    await rig.told()
    return rig.notes.announced[-1][2].source


async def failure(rig: TelegramRig, source: str) -> Exception:
    with pytest.raises((TooBig, Gone, NotNow)) as raised:
        await rig.telegram.download(source)
    return raised.value


async def test_an_album_comes_as_one_announcement_a_picture(rig: TelegramRig) -> None:
    contents = [picture("JPEG", (64, 40 + number)) for number in range(4)]
    for content in contents:
        rig.lan.somebody.sends_photo(content, album="13")
    await rig.told()

    assert rig.files_in() == [("photo", content) for content in contents]
    assert len({key for key, _, _ in rig.notes.announced}) == 4
    assert {address for _, address, _ in rig.notes.announced} == {rig.lan.address}


async def test_documents_and_voices_come_with_what_is_said_about_them(rig: TelegramRig) -> None:
    rig.lan.somebody.sends_document("hồ sơ.pdf", PDF)
    rig.lan.somebody.sends_voice(b"OggS")
    rig.lan.somebody.sends_audio(b"ID3")
    rig.lan.somebody.sends_video_note(b"ftyp")
    await rig.told()

    remotes = [remote for _, _, remote in rig.notes.announced]
    assert [(one.kind, one.name) for one in remotes] == [
        ("file", "hồ sơ.pdf"),
        ("voice", ""),
        ("voice", ""),
        ("voice", ""),
    ]
    assert rig.files_in()[0] == ("file", PDF)


async def test_a_file_that_says_it_is_too_big_is_not_asked_for(
    rig: TelegramRig, door: ListDoor
) -> None:
    rig.lan.somebody.sends_document("phim.zip", b"zip", size=MOST_BYTES + 1)
    await rig.told()

    assert [event.content for event in door.heard] == [Strange("big_file")]
    assert rig.notes.announced == []


async def test_a_file_that_hid_its_size_is_not_taken(rig: TelegramRig) -> None:
    name, _ = rig.emulator.cloud.keep(bytes(MOST_BYTES + 1), "document")

    assert isinstance(await failure(rig, name), TooBig)


async def test_a_file_longer_than_was_said_is_dropped_on_the_way(rig: TelegramRig) -> None:
    name, _ = rig.emulator.cloud.keep(b"small", "document")
    flood = Response(bytes(MOST_BYTES + 1))
    rig.emulator.troubles.append(Trouble("file", answer=flood))

    assert isinstance(await failure(rig, name), TooBig)


async def test_a_file_of_just_the_most_is_taken(rig: TelegramRig) -> None:
    name, _ = rig.emulator.cloud.keep(bytes(MOST_BYTES), "document")

    assert len(await rig.telegram.download(name)) == MOST_BYTES


@pytest.mark.parametrize("answer", [refused(404, "Not Found"), Response(status_code=410)])
async def test_a_file_that_is_not_there_any_more_is_gone(
    rig: TelegramRig, answer: Response
) -> None:
    name, _ = rig.emulator.cloud.keep(b"small", "photo")
    rig.emulator.troubles.append(Trouble("file", answer=answer))

    assert isinstance(await failure(rig, name), Gone)


async def test_a_file_that_never_was_is_gone(rig: TelegramRig) -> None:
    assert isinstance(await failure(rig, "no-such-file"), Gone)


TROUBLES = [
    Trouble("file", answer=page(502)),
    Trouble("file", answer=RedirectResponse("http://169.254.169.254/latest/meta-data")),
    Trouble("getFile", does=False, answer=refused(500, "Internal Server Error")),
    Trouble("getFile", does=False, answer=refused(429, "Too Many Requests", retry_after=3)),
    Trouble("getFile", does=False, answer=refused(401, "Unauthorized")),
    Trouble("getFile", does=False, answer=page(200)),
    Trouble("getFile", cut=True),
]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_trouble_on_the_way_means_not_now(rig: TelegramRig, trouble: Trouble) -> None:
    name, _ = rig.emulator.cloud.keep(b"small", "photo")
    rig.emulator.troubles.append(trouble)

    error = await failure(rig, name)

    assert isinstance(error, NotNow)
    assert not [one for one in chain(error) if TOKEN in f"{one!r} {one} {vars(one)}"]
    assert await rig.telegram.download(name) == b"small"
