"""Files out on the Zalo Bot Platform: pictures that it fetches from us, links to all else."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.channels.contract import Ambiguous, TryLater
from conversations.messages import Attached, Letter
from tests.bot.specimens import PDF, picture
from tests.channels.asking import CHOICES, WORDS, put, texts
from tests.channels.doubles import ListDoor
from tests.channels.opening import PUBLIC, say
from tests.channels.zalo_rig import ZaloRig, opened
from tests.emulators.faults import Fault

JPEG = picture("JPEG")


@pytest.fixture
async def zalo(door: ListDoor) -> AsyncIterator[ZaloRig]:
    async with opened("webhook", door) as rig:
        yield rig


def bringing(rig: ZaloRig, content: bytes, words: str = WORDS) -> Letter:
    kind: str = "photo" if content == JPEG else "file"
    file = rig.files.keep(content)
    return Letter(words, CHOICES, attached=Attached(kind, file, "Mẫu 01"))  # type: ignore[arg-type]  # one of two


def at(rig: ZaloRig, public_url: str) -> None:
    """Let that be our public address."""
    sender = rig.zalo.sender
    assert sender.lending
    sender.lending = replace(sender.lending, public_url=public_url)


def called(rig: ZaloRig) -> list[str]:
    return [name for name, _ in rig.service.faults.calls if name in {"sendMessage", "sendPhoto"}]


async def test_a_picture_bears_words_and_numbers_in_one_message_of_the_quota(
    zalo: ZaloRig,
) -> None:
    await put(zalo, zalo.lan, bringing(zalo, JPEG))

    (words,) = await texts(zalo.lan)
    assert called(zalo) == ["sendPhoto"]
    assert words == f"{WORDS}\n1. Đăng ký ý tưởng\n2. Gặp cán bộ\n3. Thôi"


async def test_a_paper_is_a_line_with_a_link_between_words_and_numbers(zalo: ZaloRig) -> None:
    await put(zalo, zalo.lan, bringing(zalo, PDF))

    (text,) = await texts(zalo.lan)
    first, second, link, *choices = text.split("\n")
    assert [first, second] == [WORDS, say("files.file_here")]
    assert link.startswith(f"https://{PUBLIC}/lent/")
    assert link.endswith("/mau-01.pdf")
    assert len(choices) == len(CHOICES)


async def test_where_zalo_cannot_fetch_a_picture_is_a_link(zalo: ZaloRig) -> None:
    at(zalo, "http://192.168.1.9:8080")

    await put(zalo, zalo.lan, bringing(zalo, JPEG))

    (text,) = await texts(zalo.lan)
    assert called(zalo) == ["sendMessage"]
    assert text.split("\n")[1] == say("files.photo_here")
    assert "http://192.168.1.9:8080/lent/" in text


@pytest.mark.parametrize(("content", "key"), [(JPEG, "photo_stays"), (PDF, "file_stays")])
async def test_without_a_public_address_a_kind_word_goes_with_the_words(
    zalo: ZaloRig, content: bytes, key: str
) -> None:
    at(zalo, "")

    await put(zalo, zalo.lan, bringing(zalo, content))

    (text,) = await texts(zalo.lan)
    assert text.startswith(f"{WORDS}\n{say(f'files.{key}')}\n1. ")
    assert "lent" not in text


async def test_a_picture_that_zalo_refuses_becomes_a_link(zalo: ZaloRig) -> None:
    zalo.service.faults.add(Fault("sendPhoto", error=(400, "the photo cannot be fetched")))

    with capture_logs() as logged:
        await put(zalo, zalo.lan, bringing(zalo, JPEG))

    assert await zalo.lan.opens() == [JPEG]
    assert called(zalo) == ["sendPhoto", "sendMessage"]
    assert "zalo_link_instead" in [entry["event"] for entry in logged]


async def test_a_busy_service_gets_the_picture_later_and_no_link(zalo: ZaloRig) -> None:
    zalo.service.faults.add(Fault("sendPhoto", error=(429, "Too Many Requests")))

    with pytest.raises(TryLater):
        await put(zalo, zalo.lan, bringing(zalo, JPEG))
    await put(zalo, zalo.lan, bringing(zalo, JPEG))

    assert called(zalo) == ["sendPhoto", "sendPhoto"]
    assert await zalo.lan.opens() == [JPEG]


async def test_a_picture_with_its_words_may_have_come_when_the_answer_is_lost(
    zalo: ZaloRig,
) -> None:
    zalo.service.faults.add(Fault("sendPhoto", applied=True, drop=True))

    with pytest.raises(Ambiguous):
        await put(zalo, zalo.lan, bringing(zalo, JPEG))


async def test_a_picture_ahead_of_its_words_is_tried_twice_and_the_words_come_all_the_same(
    zalo: ZaloRig,
) -> None:
    letter = bringing(zalo, JPEG, "dài " * 800)
    zalo.service.faults.add(*[Fault("sendPhoto", applied=True, drop=True)] * 2)

    with pytest.raises(TryLater) as raised:
        await put(zalo, zalo.lan, letter)
    await put(zalo, zalo.lan, letter)

    assert not isinstance(raised.value, Ambiguous)
    assert called(zalo) == ["sendPhoto", "sendPhoto", "sendMessage", "sendMessage"]
    assert "".join(await texts(zalo.lan)).count("dài") == 800
