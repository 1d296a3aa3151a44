"""Kept papers are looked at once, by hands that may fall; whoever waits for it never falls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from structlog.testing import capture_logs

from bot import examining, judging
from bot.channels.browser.lines import Lines
from bot.channels.browser.receive import BrowserReceiver, Head
from bot.examining import BOUNDS, Examiner
from hands.hiring import Answer, Bounds, Hands, Task
from storage import files, looks
from storage.database import Database
from storage.files import Files
from storage.looks import Look
from tests.bot.intake_rig import NOW, Clock, InboxDoor, IntakeRig
from tests.bot.specimens import OGG, XLSX, picture

SENT = Path(__file__).parents[1] / "chats" / "giay"
GOOD, BLURRED = ((SENT / f"{name}.jpg").read_bytes() for name in ("attp", "attp-mo"))
DECLARED = (SENT / "cong-bo.pdf").read_bytes()


class CountedHands(Hands):
    """Real hands, and what they were asked to do."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        super().__init__(1, bounds, 60)
        self.asked: list[Task] = []

    def do(self, task: Task) -> Answer | None:
        self.asked.append(task)
        return super().do(task)


@pytest.fixture(scope="module")
def real_hands() -> Iterator[CountedHands]:
    hands = CountedHands()
    yield hands
    hands.close()


@pytest.fixture
def hands(real_hands: CountedHands) -> CountedHands:
    real_hands.asked.clear()
    return real_hands


@pytest.fixture
def folder(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def examiner(hands: Hands, folder: Files, database: Database) -> Examiner:
    return Examiner(hands, folder, database, Clock())


def kept(examiner: Examiner, content: bytes) -> tuple[str, str]:
    name, mime = examiner.folder.keep(content), judging.served_type(content)
    with examiner.database.transaction() as tx:
        files.note(tx, name, mime, len(content), NOW)
    return name, mime


def seen(examiner: Examiner, content: bytes) -> Look | None:
    name, mime = kept(examiner, content)
    examiner.look(name, mime)
    with examiner.database.reading() as tx:
        return looks.of(tx, name)


# -- looking --------------------------------------------------------------------------------------


def test_what_stands_on_a_paper_is_kept_with_its_clean_page(examiner: Examiner) -> None:
    look = seen(examiner, GOOD)

    assert look is not None
    assert (look.kind, look.faults, look.number) == ("photo", (), "12/2025/NNPTNT-LC")
    assert look.clean is not None
    with Image.open(examiner.folder.path(look.clean)) as page:
        assert page.format == "JPEG"
    with examiner.database.reading() as tx:
        assert files.mime(tx, look.clean) == "image/jpeg"


def test_a_pdf_has_no_page_beside_itself(examiner: Examiner) -> None:
    look = seen(examiner, DECLARED)

    assert look is not None
    assert (look.kind, look.sheets, look.clean) == ("pdf", 2, None)
    assert "ban tu cong bo san pham" in look.titles.splitlines()


def test_of_the_text_nothing_but_titles_is_kept(examiner: Examiner) -> None:
    look = seen(examiner, DECLARED)

    assert look is not None
    assert "gao nep nuong" not in str(look)
    assert "Thành phần" not in str(look)


def test_a_paper_is_looked_at_once(examiner: Examiner, hands: CountedHands) -> None:
    first = seen(examiner, BLURRED)

    assert seen(examiner, BLURRED) == first
    assert len(hands.asked) == 1


@pytest.mark.parametrize("content", [OGG, XLSX], ids=["a voice", "a table"])
def test_what_is_no_paper_is_not_looked_at(
    examiner: Examiner, hands: CountedHands, content: bytes
) -> None:
    assert seen(examiner, content) is None
    assert hands.asked == []


@pytest.mark.parametrize(
    "bounds", [Bounds(600, 0.01), Bounds(1, 20)], ids=["out of time", "out of memory"]
)
def test_a_hand_that_falls_leaves_no_look_and_no_trouble(
    folder: Files, database: Database, bounds: Bounds
) -> None:
    examiner = Examiner(CountedHands(bounds), folder, database, Clock())

    with capture_logs() as logs:
        assert seen(examiner, GOOD) is None

    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("not_examined", "warning")]


def test_what_breaks_while_looking_is_said_without_what_was_looked_at(
    examiner: Examiner, hands: CountedHands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "do", lambda _task: {"kind": "photo", "number": ["secret"]})

    with capture_logs() as logs:
        assert seen(examiner, GOOD) is None

    assert [entry["why"] for entry in logs] == ["ValidationError"]
    assert "secret" not in str(logs)


def test_titles_are_the_lines_in_capitals_as_far_as_there_is_room() -> None:
    lines = ("GIẤY CHỨNG NHẬN", "Số: 12/2025/qđ", "ẤP", "Cho: HỢP TÁC XÃ BẢN LIỀN", "12345678")

    assert examining.titles(lines) == "giay chung nhan\ncho: hop tac xa ban lien"
    assert len(examining.titles(["TITLE NUMBER ONE"] * 99)) <= 400


# -- looked at before it is heard -----------------------------------------------------------------


async def test_a_paper_that_was_fetched_is_looked_at_before_it_is_heard(
    database: Database, tmp_path: Path, hands: CountedHands
) -> None:
    rig = IntakeRig(database, tmp_path / "files")
    rig.intake.look = Examiner(hands, rig.files, database, rig.clock).look
    await rig.sent(GOOD)

    await rig.work()

    (file,) = rig.door.photos()
    with database.reading() as tx:
        look = looks.of(tx, file)
    assert look is not None
    assert look.holder == "HTX Bản Liền"


async def test_a_paper_that_was_kept_by_a_process_that_died_is_looked_at_by_the_next(
    database: Database, tmp_path: Path
) -> None:
    rig = IntakeRig(database, tmp_path / "files")
    rig.door.dies = "before"
    await rig.sent(GOOD)
    other = await rig.killed()
    looked: list[tuple[str, str]] = []
    other.look = lambda *about: looked.append(about)

    await rig.work(other)

    assert looked == [(rig.door.photos()[0], "image/jpeg")]


async def test_what_was_refused_is_not_looked_at(database: Database, tmp_path: Path) -> None:
    rig = IntakeRig(database, tmp_path / "files")
    looked: list[str] = []
    rig.intake.look = lambda file, _mime: looked.append(file)
    await rig.sent(b"MZ" + bytes(200))

    await rig.work()

    assert looked == []
    assert len(rig.door.heard) == 1


async def test_a_paper_from_the_page_is_looked_at_before_it_is_heard(
    database: Database, tmp_path: Path
) -> None:
    door, happened = InboxDoor(database), list[object]()
    lines, folder = Lines(database, Clock()), Files(tmp_path / "files")

    def look(file: str, mime: str) -> None:
        happened.append((file, mime, list(door.heard)))

    receiver = BrowserReceiver(door, database, lines, folder, look)
    content = picture("PNG")
    await receiver.upload("phone-lan", Head("1", 0, "photo", "a.png", len(content)), content)

    assert happened == [(folder.keep(content), "image/png", [])]
    assert len(door.heard) == 1
