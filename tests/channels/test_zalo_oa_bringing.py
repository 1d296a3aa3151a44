"""Files out on the Official Account: laid down there as far as it takes them, else lent."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from PIL import Image

from bot.channels.contract import Refused, TryLater
from bot.channels.zalo_oa.laying import FILE, IMAGE, LIE
from bot.channels.zalo_oa.windows import Reminder
from conversations.messages import Attached, Letter
from storage.files import Files
from tests.bot.specimens import DOCX, ICS, PDF, XLSX, picture
from tests.channels.asking import WORDS, put, texts
from tests.channels.doubles import ListDoor
from tests.channels.opening import say
from tests.channels.zalo_oa_account import Account
from tests.channels.zalo_oa_rig import OaRig, turned
from tests.emulators.faults import Fault

JPEG = picture("JPEG")
BIG = picture("PNG", (900, 600))


@pytest.fixture
async def oa(door: ListDoor) -> AsyncIterator[OaRig]:
    async with turned(door) as rig:
        yield rig


def bringing(files: Files, content: bytes, words: str = WORDS) -> Letter:
    return Letter(words, attached=Attached("file", files.keep(content), "Mẫu 01"))


def uploads(rig: OaRig) -> int:
    return len(rig.service.contents)


async def test_the_file_comes_first_and_then_the_words(oa: OaRig) -> None:
    await put(oa, oa.lan, bringing(oa.files, JPEG))

    shown = [list(message) for message in oa.service.people[oa.lan.address.chat].messages]
    assert shown == [["image"], ["text"]]


@pytest.mark.parametrize("content", [BIG, picture("WEBP")], ids=["too large", "of the web"])
async def test_a_picture_that_zalo_does_not_take_is_made_one_that_it_takes(
    oa: OaRig, content: bytes
) -> None:
    await put(oa, oa.lan, bringing(oa.files, content))

    (opened,) = await oa.lan.opens()
    with Image.open(io.BytesIO(opened)) as shown, Image.open(io.BytesIO(content)) as real:
        assert shown.format == "JPEG"
        assert shown.size == real.size
    assert len(opened) <= IMAGE


async def test_a_photo_taken_upright_stays_upright_when_it_is_made_smaller(oa: OaRig) -> None:
    made, lying = io.BytesIO(), Image.effect_noise((3000, 2000), 90)
    exif = Image.Exif()
    exif[0x0112] = 6
    lying.save(made, "JPEG", exif=exif, quality=95)
    assert len(made.getvalue()) > IMAGE

    await put(oa, oa.lan, bringing(oa.files, made.getvalue()))

    (opened,) = await oa.lan.opens()
    with Image.open(io.BytesIO(opened)) as shown:
        assert shown.height > shown.width
        assert not shown.getexif().get(0x0112)


@pytest.mark.parametrize("content", [PDF, DOCX])
async def test_a_paper_is_laid_down_under_a_name_with_its_ending(oa: OaRig, content: bytes) -> None:
    await put(oa, oa.lan, bringing(oa.files, content))

    assert await oa.lan.opens() == [content]
    assert await texts(oa.lan) == [WORDS]


@pytest.mark.parametrize(
    "content", [XLSX, ICS, PDF + bytes(FILE)], ids=["a table", "a calendar", "too large"]
)
async def test_what_the_account_does_not_send_is_lent(oa: OaRig, content: bytes) -> None:
    await put(oa, oa.lan, bringing(oa.files, content))

    (text,) = await texts(oa.lan)
    assert text.startswith(f"{WORDS}\n{say('files.file_here')}\nhttps://")
    assert await oa.lan.opens() == [content]
    assert uploads(oa) == 0


async def test_a_picture_that_is_only_the_beginning_of_one_is_lent(oa: OaRig) -> None:
    await put(oa, oa.lan, bringing(oa.files, BIG[: len(BIG) - 1000]))

    assert await oa.lan.opens() == [BIG[: len(BIG) - 1000]]
    assert uploads(oa) == 0


async def test_what_many_people_get_is_laid_down_once(oa: OaRig) -> None:
    for number, person in enumerate((oa.lan, oa.may, oa.lan)):
        await put(oa, person, bringing(oa.files, PDF), number)

    assert uploads(oa) == 1
    assert await oa.lan.opens() == [PDF, PDF]


@pytest.mark.parametrize("fault", [Fault("upload", drop=True), Fault("upload", error=(-210, "x"))])
async def test_what_cannot_be_laid_down_is_lent_at_once(oa: OaRig, fault: Fault) -> None:
    oa.service.faults.add(fault)

    await put(oa, oa.lan, bringing(oa.files, PDF))

    assert await oa.lan.opens() == [PDF]
    assert "https://" in (await texts(oa.lan))[0]


async def test_what_does_not_lie_there_any_more_is_lent_and_laid_down_anew(oa: OaRig) -> None:
    await put(oa, oa.lan, bringing(oa.files, PDF), 1)
    oa.service.laid.clear()

    await put(oa, oa.lan, bringing(oa.files, PDF), 2)
    await put(oa, oa.lan, bringing(oa.files, PDF), 3)

    assert ["https://" in text for text in await texts(oa.lan)] == [False, True, False]
    assert uploads(oa) == 2


async def test_words_that_fail_after_their_file_come_without_it_the_next_time(oa: OaRig) -> None:
    letter = bringing(oa.files, PDF)
    busy = Fault("cs", error=(-32, "Too many requests"))
    oa.service.faults.chance = lambda method: busy if _second(oa, method) else None

    with pytest.raises(TryLater):
        await put(oa, oa.lan, letter)
    await put(oa, oa.lan, letter)

    assert await oa.lan.opens() == [PDF]
    assert await texts(oa.lan) == [WORDS]


def _second(rig: OaRig, method: str) -> bool:
    return method == "cs" and len(rig.service.faults.named("cs")) == 2


async def test_a_file_whose_answer_is_lost_is_sent_once_more_and_then_the_words(
    oa: OaRig,
) -> None:
    oa.service.faults.add(*[Fault("cs", applied=True, drop=True)] * 2)

    with pytest.raises(TryLater):
        await put(oa, oa.lan, bringing(oa.files, PDF))
    await put(oa, oa.lan, bringing(oa.files, PDF))

    assert await oa.lan.opens() == [PDF, PDF]
    assert await texts(oa.lan) == [WORDS]


async def test_a_file_lies_there_for_days_and_is_then_laid_down_anew(
    account: Account, files: Files
) -> None:
    for number, days in enumerate((0, 1, LIE.days)):
        account.now += timedelta(days=days)
        account.lan.says("dạ")
        account.sender.acts.noted(account.lan.id, account.now)
        await account.sender.send(account.address, number, bringing(files, PDF))

    assert len(account.service.contents) == 2


async def test_where_no_letter_may_go_no_file_goes_and_the_reminder_bears_the_words(
    account: Account, files: Files
) -> None:
    account.now += timedelta(days=8)
    account.sender.reminder = Reminder("tpl-nhac", "noi_dung", 200)

    await account.sender.send(account.address, 1, bringing(files, PDF))

    assert account.lan.messages == []
    assert account.service.contents == {}
    assert account.service.templates_sent == [(account.lan.id, {"noi_dung": WORDS})]


async def test_an_empty_letter_brings_nothing(account: Account, files: Files) -> None:
    with pytest.raises(Refused):
        await account.sender.send(account.address, 1, bringing(files, PDF, " "))

    assert account.service.faults.calls == []


@pytest.fixture
def files(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Files:
    made = Files(tmp_path_factory.mktemp("files"))
    account.sender.files = made.path
    return made
