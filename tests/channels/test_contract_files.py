"""What every channel promises about letters that bring a file."""

from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from conversations.messages import Attached, Letter
from storage.files import Files
from tests.bot.specimens import DOCX, HEIC, ICS, PDF, XLSX, office, picture
from tests.channels.asking import CHOICES, WORDS, everywhere, failure_of, on, put, texts
from tests.channels.channels import Fault, Rig, Skill

PHOTO = picture("JPEG", (320, 240))
FILES = {
    "a photo": ("photo", PHOTO),
    "a drawing": ("photo", picture("PNG")),
    "a picture of the web": ("photo", picture("WEBP")),
    "a photo of an iPhone": ("photo", HEIC),
    "a document": ("file", PDF),
    "a text": ("file", DOCX),
    "a table": ("file", XLSX),
    "a calendar": ("file", ICS),
    "an archive": ("file", office("01_1.1_giay-phep.pdf", "02_1.2_hop-dong.pdf")),
}


@dataclass(frozen=True)
class Bringing:
    """A way to write letters that bring a kept file."""

    files: Files

    def letter(self, words: str, kind: str, content: bytes, *, choices: bool = False) -> Letter:
        file = Attached("photo" if kind == "photo" else "file", self.files.keep(content), "Mẫu 01")
        return Letter(words, CHOICES if choices else (), attached=file)


@pytest.fixture
def bringing(rig: Rig) -> Bringing:
    return Bringing(rig.files)


@on(Skill.FILES)
@pytest.mark.parametrize("name", FILES)
async def test_a_file_arrives_as_the_same_bytes_or_as_a_link_that_opens_it(
    rig: Rig, bringing: Bringing, name: str
) -> None:
    kind, content = FILES[name]

    await put(rig, rig.lan, bringing.letter(WORDS, kind, content))

    (opened,) = await rig.lan.opens()
    assert opened == content or (name == "a picture of the web" and opened[:2] == b"\xff\xd8")
    assert await rig.may.opens() == []


@everywhere
@pytest.mark.parametrize("name", FILES)
async def test_the_words_come_too(rig: Rig, bringing: Bringing, name: str) -> None:
    await put(rig, rig.lan, bringing.letter(WORDS, *FILES[name]))

    (words,) = await texts(rig.lan)
    assert words.startswith(WORDS)


@everywhere
@pytest.mark.parametrize("name", ["a photo", "a document"])
async def test_the_choices_come_too(rig: Rig, bringing: Bringing, name: str) -> None:
    await put(rig, rig.lan, bringing.letter(WORDS, *FILES[name], choices=True))

    (seen,) = await rig.lan.sees()
    shown = "\n".join([seen.text, *seen.labels])
    assert [label for _, label in CHOICES if label not in shown] == []


@on(Skill.FILES)
@pytest.mark.parametrize("name", ["a photo", "a document"])
async def test_words_too_long_to_stand_below_a_file_come_whole(
    rig: Rig, bringing: Bringing, name: str
) -> None:
    lines = [f"{number}. dòng thứ {number} của một danh sách dài" for number in range(150)]

    await put(rig, rig.lan, bringing.letter("\n".join(lines), *FILES[name]))

    assert [line for line in "\n".join(await texts(rig.lan)).split("\n") if line in lines] == lines
    assert await rig.lan.opens() == [FILES[name][1]]


@on(Skill.FILES, Skill.SERVICE)
@pytest.mark.parametrize("name", ["a photo", "a document"])
async def test_a_retry_does_not_send_the_file_twice(
    rig: Rig, bringing: Bringing, name: str
) -> None:
    letter = bringing.letter("ạ " * rig.limit, *FILES[name])
    await failure_of(rig, Fault.BUSY, letter)

    await put(rig, rig.lan, letter)

    assert await rig.lan.opens() == [FILES[name][1]]
    assert "".join(await texts(rig.lan)).count("ạ ") > rig.limit - 3


@on(Skill.FILES)
async def test_two_letters_with_the_same_file_bring_it_twice(rig: Rig, bringing: Bringing) -> None:
    letter = bringing.letter(WORDS, "photo", PHOTO)

    await put(rig, rig.lan, letter, 1)
    await put(rig, rig.lan, letter, 2)

    assert await rig.lan.opens() == [PHOTO, PHOTO]


@on(Skill.FILES)
@pytest.mark.parametrize("file", ["f" * 64, "../../etc/passwd", ""])
async def test_the_words_go_without_a_file_that_is_not_there_and_it_is_logged_once(
    rig: Rig, file: str
) -> None:
    with capture_logs() as logged:
        await put(rig, rig.lan, Letter(WORDS, attached=Attached("photo", file)))

    assert await texts(rig.lan) == [WORDS]
    assert await rig.lan.opens() == []
    assert [entry["event"] for entry in logged].count("file_missing") == 1


@on(Skill.FILES)
async def test_where_a_question_with_a_photo_appears_is_known(rig: Rig, bringing: Bringing) -> None:
    first = await put(rig, rig.lan, bringing.letter(WORDS, "photo", PHOTO), 1)
    then = await put(rig, rig.lan, WORDS, 2)

    assert first is not None
    assert then is not None
    assert first < then


@on(Skill.FILES, Skill.SERVICE)
async def test_a_file_that_is_not_there_is_not_looked_for_again_with_each_try(rig: Rig) -> None:
    letter = Letter(WORDS, attached=Attached("photo", "f" * 64))

    with capture_logs() as logged:
        await failure_of(rig, Fault.BUSY, letter)
        await put(rig, rig.lan, letter)

    assert await texts(rig.lan) == [WORDS]
    assert [entry["event"] for entry in logged].count("file_missing") == 1
