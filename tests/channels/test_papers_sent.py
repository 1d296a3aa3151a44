"""Papers that a transcript names are sent, kept and examined alike on every channel."""

import hashlib
from contextlib import closing
from pathlib import Path

import pytest

from bot.channels.console.bringing import Drawer
from bot.channels.console.playing import Player
from bot.channels.console.transcript import Said
from bot.examining import BOUNDS, IDLE
from conversations.events import File, Photo
from hands.hiring import Hands
from storage import files, looks
from storage.database import Database
from storage.files import Files
from storage.looks import Look
from tests.channels.channels import CHANNELS, Skill, channels_with
from tests.channels.talking import talking
from tests.papers import remembering

AGREED = "> chào em\n> đồng ý\n> cả hai\n"


def look_at(database: Database, name: str) -> Look | None:
    content = (remembering.SENT / name).read_bytes()
    with database.reading() as tx:
        return looks.of(tx, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("name", channels_with(Skill.PHOTO))
async def test_a_photo_of_a_paper_is_examined(name: str, kept: Database) -> None:
    text = AGREED + "> [ảnh attp]\n> [ảnh attp-mo]\n> [ảnh không có]\n"

    async with talking(CHANNELS[name], kept, text) as talk:
        await talk.play(text)

    good, bad = look_at(kept, "attp.jpg"), look_at(kept, "attp-mo.jpg")
    assert good is not None
    assert bad is not None
    assert (good.faults, bad.faults) == ((), ("blurred",))
    assert good.clean is not None


@pytest.mark.parametrize("name", channels_with(Skill.DOCUMENT))
async def test_a_document_is_examined(name: str, kept: Database) -> None:
    text = AGREED + "> [tệp cong-bo]\n"

    async with talking(CHANNELS[name], kept, text) as talk:
        await talk.play(text)

    found = look_at(kept, "cong-bo.pdf")
    assert found is not None
    assert (found.kind, found.sheets) == ("pdf", 2)


# -- without a channel ----------------------------------------------------------------------------


@pytest.fixture
def drawer(tmp_path: Path) -> Drawer:
    return Drawer(remembering.SENT, Files(tmp_path), remembering.hands())


def test_a_paper_of_a_transcript_is_examined_before_it_is_heard(
    drawer: Drawer, kept: Database
) -> None:
    player = Player(kept, drawer=drawer)

    player.say(Said("", "[ảnh kiem-nghiem]"))

    found = look_at(kept, "kiem-nghiem.jpg")
    assert found is not None
    assert found.number == "345/2026/KN-TT3"


def test_what_is_sent_is_heard_as_what_it_is(drawer: Drawer, kept: Database) -> None:
    player = Player(kept, drawer=drawer)

    photo = drawer.sent("[tệp attp]", kept, player.now)
    document = drawer.sent("[tệp cong-bo]", kept, player.now)

    assert isinstance(photo, Photo)
    assert isinstance(document, File)
    assert document.name == "cong-bo.pdf"
    with kept.reading() as tx:
        assert files.mime(tx, document.file) == "application/pdf"


@pytest.mark.parametrize("act", ["ảnh attp", "[ảnh]", "[ảnh x]", "[ghi âm attp]", "[bấm *]"])
def test_nothing_is_sent_that_is_not_named(drawer: Drawer, act: str) -> None:
    assert drawer.wanted(act) is None


@pytest.mark.parametrize("path", sorted(remembering.SENT.iterdir()), ids=lambda path: path.name)
def test_a_paper_of_the_transcripts_is_small(path: Path) -> None:
    assert path.stat().st_size <= 150_000


def test_papers_are_remembered_as_they_were_seen(drawer: Drawer, kept: Database) -> None:
    """What other tests share must be what a hand says that has seen nothing before."""
    drawer.sent("[ảnh cat-goc]", kept, Player(kept).now)
    remembered = look_at(kept, "cat-goc.jpg")

    with closing(Hands(1, BOUNDS, IDLE)) as hands:
        page = drawer.files.folder / "page.jpg"
        path = remembering.SENT / "cat-goc.jpg"
        answer = hands.do({"do": "papers.crafts:examine", "path": str(path), "clean": str(page)})

    assert answer is not None
    assert remembered is not None
    assert (tuple(answer["faults"]), answer["number"]) == (remembered.faults, remembered.number)
    assert remembered.clean == hashlib.sha256(page.read_bytes()).hexdigest()
