"""Files out on Telegram: with the words below them, as a picture or else as a document."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channels.contract import Ambiguous, TryLater, Unreachable
from bot.channels.telegram import send
from bot.channels.telegram.send import CAPTION, PHOTO
from conversations.messages import Attached, Letter
from tests.bot.specimens import HEIC, PDF, picture
from tests.channels.asking import CHOICES, WORDS, put
from tests.channels.channels import Seen
from tests.channels.doubles import ListDoor
from tests.channels.opening import say
from tests.channels.telegram_rig import TelegramRig, opened
from tests.emulators.telegram import Trouble, refused
from tests.emulators.telegram_people import Shown

JPEG = picture("JPEG")


@pytest.fixture
async def telegram(door: ListDoor) -> AsyncIterator[TelegramRig]:
    async with opened("polling", door) as rig:
        yield rig


def bringing(
    rig: TelegramRig, content: bytes, words: str = WORDS, name: str = "YT-2026-0001-1"
) -> Letter:
    return Letter(words, CHOICES, attached=Attached("photo", rig.files.keep(content), name))


def screen(rig: TelegramRig) -> list[Shown]:
    return rig.lan.somebody.screen


def called(rig: TelegramRig) -> list[str]:
    said = [call.name for call in rig.emulator.calls]
    return [name for name in said if name.startswith("send")]


def refuses(rig: TelegramRig, method: str, words: str) -> None:
    answer = refused(400, f"Bad Request: {words}")
    rig.emulator.troubles.append(Trouble(method, does=False, answer=answer))


async def test_a_photo_bears_the_words_and_the_buttons_in_one_message(
    telegram: TelegramRig,
) -> None:
    place = await put(telegram, telegram.lan, bringing(telegram, JPEG))

    (seen,) = screen(telegram)
    assert (seen.id, seen.file, seen.text) == (place, JPEG, WORDS)
    assert len(seen.buttons) == len(CHOICES)
    assert called(telegram) == ["sendPhoto"]


async def test_a_button_below_a_photo_brings_back_its_data(
    telegram: TelegramRig, door: ListDoor
) -> None:
    await put(telegram, telegram.lan, bringing(telegram, JPEG))

    await telegram.lan.taps("Gặp cán bộ")
    await telegram.told()

    assert [getattr(event.content, "data", "") for event in door.heard] == ["a|2"]


async def test_words_that_just_fit_stand_below_the_photo(telegram: TelegramRig) -> None:
    await put(telegram, telegram.lan, bringing(telegram, JPEG, "🌾" * (CAPTION // 2)))

    assert called(telegram) == ["sendPhoto"]


async def test_longer_words_follow_the_photo_and_bear_the_buttons(telegram: TelegramRig) -> None:
    words = "🌾" * (CAPTION // 2) + "."

    await put(telegram, telegram.lan, bringing(telegram, JPEG, words))

    photo, text = screen(telegram)
    assert (photo.file, photo.text, photo.buttons) == (JPEG, "", ())
    assert (text.text, len(text.buttons)) == (words, len(CHOICES))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("hồ sơ", "hồ sơ.pdf"),
        ("hồ sơ.PDF", "hồ sơ.PDF"),
        ('a"b;c\\d.pdf', 'a"b;c\\d.pdf'),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil: 1.pdf"),
    ],
)
async def test_a_document_goes_out_under_its_name(
    telegram: TelegramRig, name: str, shown: str
) -> None:
    await put(telegram, telegram.lan, bringing(telegram, PDF, name=name))

    assert [(seen.file, seen.name) for seen in screen(telegram)] == [(PDF, shown)]


async def test_a_document_without_a_name_gets_one(telegram: TelegramRig) -> None:
    await put(telegram, telegram.lan, bringing(telegram, PDF, name=""))

    assert screen(telegram)[0].name.endswith(".pdf")


@pytest.mark.parametrize(
    "content", [HEIC, JPEG + bytes(PHOTO)], ids=["of an iPhone", "over ten megabytes"]
)
async def test_a_picture_that_is_no_photo_for_telegram_goes_as_a_document_at_once(
    telegram: TelegramRig, content: bytes
) -> None:
    await put(telegram, telegram.lan, bringing(telegram, content))

    assert called(telegram) == ["sendDocument"]
    assert screen(telegram)[0].file == content


@pytest.mark.parametrize("why", ["PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED"])
async def test_a_photo_that_telegram_refuses_goes_as_a_document_with_the_words(
    telegram: TelegramRig, why: str
) -> None:
    refuses(telegram, "sendPhoto", why)

    await put(telegram, telegram.lan, bringing(telegram, JPEG))

    assert called(telegram) == ["sendPhoto", "sendDocument"]
    assert await telegram.lan.opens() == [JPEG]
    assert [seen.text for seen in await telegram.lan.sees()] == [WORDS]


async def test_when_telegram_takes_the_file_in_no_way_the_words_go_alone(
    telegram: TelegramRig,
) -> None:
    refuses(telegram, "sendPhoto", "PHOTO_INVALID_DIMENSIONS")
    refuses(telegram, "sendDocument", "file is too big")

    with capture_logs() as logged:
        await put(telegram, telegram.lan, bringing(telegram, JPEG))

    owned_up = f"{WORDS}\n{say('files.not_taken')}"
    assert [Seen(seen.text) for seen in await telegram.lan.sees()] == [Seen(owned_up)]
    assert await telegram.lan.opens() == []
    assert "telegram_file_refused" in [entry["event"] for entry in logged]


async def test_a_file_that_telegram_never_takes_is_not_even_sent(
    telegram: TelegramRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer would be an error that looks as if another try might help, all day long."""
    monkeypatch.setattr(send, "DOCUMENT", len(PDF) - 1)

    await put(telegram, telegram.lan, bringing(telegram, PDF))

    assert called(telegram) == ["sendMessage"]
    assert screen(telegram)[0].text == f"{WORDS}\n{say('files.not_taken')}"


async def test_who_has_blocked_us_is_not_sent_the_photo_in_another_way(
    telegram: TelegramRig,
) -> None:
    telegram.lan.somebody.blocked = True

    with pytest.raises(Unreachable):
        await put(telegram, telegram.lan, bringing(telegram, JPEG))

    assert called(telegram) == ["sendPhoto"]


async def test_a_photo_with_its_words_may_have_come_when_the_answer_is_lost(
    telegram: TelegramRig,
) -> None:
    telegram.emulator.troubles.append(Trouble("sendPhoto", cut=True))

    with pytest.raises(Ambiguous):
        await put(telegram, telegram.lan, bringing(telegram, JPEG))


async def test_a_photo_ahead_of_its_words_is_tried_twice_and_the_words_come_all_the_same(
    telegram: TelegramRig,
) -> None:
    """Whether the photo came nobody knows; that the words have not is certain."""
    letter = bringing(telegram, JPEG, "dài " * CAPTION)
    telegram.emulator.troubles += [Trouble("sendPhoto", cut=True)] * 2

    with pytest.raises(TryLater) as raised:
        await put(telegram, telegram.lan, letter)
    await put(telegram, telegram.lan, letter)

    assert not isinstance(raised.value, Ambiguous)
    assert called(telegram)[:2] == ["sendPhoto", "sendPhoto"]
    assert screen(telegram)[-1].text.endswith("dài")
