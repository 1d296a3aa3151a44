"""Papers asked for in a chat are printed beside the talk, and each comes once or is owned up to."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import printing
from bot.printing import BOUNDS, CLAIM, KEPT, WAITS, Printing
from bot.retrying import retry
from conversations.messages import Attached, Message
from conversations.session import Session
from documents import orders
from documents.book import Book, Product, Scan
from documents.forms.form_01 import Registration
from documents.forms.story import Story
from documents.orders import Model
from hands.hiring import Hands, Task
from storage import files, links, looks, persons, prints, sessions
from storage.database import Database
from storage.looks import Look
from storage.persons import Chat
from tests.bot.printing_rig import LAN, NOW, PrintingRig, StandIns
from tests.documents import samples
from tests.documents.test_digest import TOLD
from tests.documents.test_orders import CARD
from tests.documents.test_timeline import PLANNED
from tests.wording import WORDING

FORM = Registration(product="Gạo Khẩu Mẹo")
MAY = Chat("telegram", "77", "42")


@pytest.fixture(scope="module")
def real_hands() -> Iterator[Hands]:
    hands = Hands(2, BOUNDS, 60)
    yield hands
    hands.close()


@pytest.fixture
def rig(database: Database, tmp_path: Path, real_hands: Hands) -> PrintingRig:
    return PrintingRig(database, tmp_path, StandIns(real_hands))


def words(key: str, **args: object) -> str:
    return WORDING.letters("vi", Message(key, args))[0].text


def attached(rig: PrintingRig) -> list[Attached]:
    return [msgspec.json.decode(raw, type=Attached) for _, raw in rig.letters() if raw]


def kept(rig: PrintingRig, content: bytes, look: Look | None = None) -> str:
    file = rig.files.keep(content)
    with rig.database.transaction() as tx:
        files.note(tx, file, "image/jpeg", len(content), NOW)
        if look:
            looks.note(tx, file, look, NOW)
    return file


def book(*photos: str) -> Book:
    return samples.book(
        tuple(samples.paper(f"Giấy {n}", Scan(it, Path())) for n, it in enumerate(photos, 1)),
        product=Product("Gạo Khẩu Mẹo", 3, "Gạo, ngũ cốc"),
    )


# -- what comes -----------------------------------------------------------------------------------


async def test_a_form_comes_as_a_letter_with_its_file(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)

    await rig.work()

    ((said, _),) = rig.letters()
    (file,) = attached(rig)
    assert said == words("printing.paper_form_01", name="Gạo Khẩu Mẹo", ending="pdf")
    assert (file.kind, file.name) == ("file", "Phieu-dang-ky-Gao-Khau-Meo.pdf")
    assert rig.files.path(file.file).read_bytes().startswith(b"%PDF")
    assert rig.statuses() == ["done"]
    with rig.database.reading() as tx:
        assert files.mime(tx, file.file) == "application/pdf"


async def test_a_form_named_alone_comes_to_be_edited_and_to_be_read(rig: PrintingRig) -> None:
    rig.ask("form_01", FORM)

    await rig.work()

    endings = [each.name.rpartition(".")[2] for each in attached(rig)]
    assert sorted(endings) == ["docx", "pdf"]


async def test_a_book_comes_with_its_pages_counted(rig: PrintingRig) -> None:
    rig.ask("book", book(kept(rig, samples.photo("Giấy phép"))))

    await rig.work()

    ((said, _),) = rig.letters()
    (file,) = attached(rig)
    assert file.name == "Quyen-ho-so-Gao-Khau-Meo.pdf"
    assert said.startswith(words("printing.book", name="Gạo Khẩu Mẹo", pages="#").partition("#")[0])


async def test_a_book_is_printed_from_the_clean_pages(rig: PrintingRig) -> None:
    clean = kept(rig, samples.photo("Sạch"))
    photo = kept(rig, b"\xff\xd8\xff broken", Look("photo", clean=clean))
    rig.ask("book", book(photo))

    await rig.work()

    assert len(rig.letters()) == 1, "and so no letter says that it could not be printed"


async def test_what_could_not_be_printed_is_told_by_name(rig: PrintingRig) -> None:
    rig.ask("book", book(*(f"{number:064x}" for number in range(5)), "no hash"))

    await rig.work()

    _, (said, file) = rig.letters()
    assert said == words("printing.lost", papers=["Giấy 1", "Giấy 2", "Giấy 3"], more=3)
    assert file == ""


async def test_a_book_comes_paper_by_paper_for_software(rig: PrintingRig) -> None:
    photo = kept(rig, samples.photo("Giấy phép"))
    rig.ask("book_zip", book(photo, photo))

    await rig.work()

    ((said, _),) = rig.letters()
    (file,) = attached(rig)
    assert said == words("printing.book_zip", name="Gạo Khẩu Mẹo", count=2)
    assert file.name == "Ho-so-tung-giay-Gao-Khau-Meo.zip"


@pytest.mark.parametrize("kind", ["card", "plan"])
async def test_a_card_comes_as_a_picture(rig: PrintingRig, kind: str) -> None:
    rig.ask(kind, CARD)

    await rig.work()

    ((said, _),) = rig.letters()
    (file,) = attached(rig)
    assert said == words(f"printing.{kind}", name="Gạo Khẩu Mẹo")
    assert (file.kind, file.name.rpartition(".")[2]) == ("photo", "png")


@pytest.mark.parametrize(
    ("kind", "about", "name"),
    [
        ("timeline", PLANNED, "Ke-hoach-Gao-nep-nuong-Ban-Lien.png"),
        ("calendar", PLANNED, "Lich-viec-Gao-nep-nuong-Ban-Lien.ics"),
        ("digest", TOLD, "Tom-tat-Xa-Ban-Lien-tinh-Lao-Cai.png"),
        ("digest_xlsx", TOLD, "Bang-tom-tat-Xa-Ban-Lien-tinh-Lao-Cai.xlsx"),
    ],
)
async def test_a_plan_and_a_summary_come_as_pictures_and_as_what_phones_and_offices_take_in(
    rig: PrintingRig, kind: str, about: Model, name: str
) -> None:
    rig.ask(kind, about)

    await rig.work()

    ((said, _),) = rig.letters()
    (file,) = attached(rig)
    assert said == words(f"printing.{kind}", name=orders.subject(about))
    assert (file.kind, file.name) == ("photo" if name.endswith("png") else "file", name)


async def test_a_calendar_is_noted_as_one(rig: PrintingRig) -> None:
    rig.ask("calendar", PLANNED)

    await rig.work()

    (file,) = attached(rig)
    with rig.database.reading() as tx:
        assert files.mime(tx, file.file) == "text/calendar"


async def test_a_story_tells_of_photos_that_are_not_in_it(rig: PrintingRig) -> None:
    rig.ask("story.docx", Story(title="Hạt gạo", photos=(orders.photo("f" * 64),)))

    await rig.work()

    assert rig.letters()[1] == (words("printing.lost_photos", count=1), "")


async def test_words_and_name_are_in_the_language_of_the_reader(rig: PrintingRig) -> None:
    person = rig.ask("form_01.pdf", FORM)
    english = msgspec.json.encode(Session(language="en")).decode()
    with rig.database.transaction() as tx:
        sessions.save(tx, [sessions.Saved(person, english, 0, None, None)], NOW)

    await rig.work()

    assert "Here is the registration" in rig.letters()[0][0]
    assert attached(rig)[0].name == "Registration-Gao-Khau-Meo.pdf"


async def test_a_paper_asked_for_twice_in_a_breath_comes_once(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)
    rig.ask("form_01.pdf", FORM)

    await rig.work()

    assert len(rig.letters()) == 1


async def test_each_gets_what_they_asked_for(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)
    rig.ask("form_01.pdf", FORM, MAY)

    await rig.work()

    with rig.database.reading() as tx:
        chats = [tuple(row) for row in tx.execute(text("SELECT channel, chat FROM outbox"))]
    assert sorted(chats) == [("browser", LAN.chat), ("telegram", MAY.chat)]


async def test_what_belongs_to_one_does_not_come_to_who_has_the_chat_now(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)
    with rig.database.transaction() as tx:
        links.leave(tx, LAN, NOW)

    await rig.work()

    assert rig.letters() == []
    assert rig.statuses() == ["done"]


async def test_what_was_asked_for_before_two_became_one_comes_all_the_same(
    rig: PrintingRig,
) -> None:
    gone = rig.ask("form_01.pdf", FORM)
    with rig.database.transaction() as tx:
        stays = persons.meet(tx, [MAY], NOW)[MAY]
        links.join(tx, gone, stays, (0, {}), NOW)

    await rig.work()

    with rig.database.reading() as tx:
        assert tx.execute(text("SELECT person_id FROM outbox")).scalars().all() == [stays]


# -- what does not --------------------------------------------------------------------------------


async def test_a_hand_that_fell_is_followed_by_another_after_a_while(rig: PrintingRig) -> None:
    rig.hands.falls = 2
    rig.ask("form_01.pdf", FORM)
    with capture_logs() as logs:
        await rig.work()
        early = rig.letters()
        for _ in range(2):
            rig.clock.now += timedelta(seconds=10)
            await rig.work()

    assert early == []
    assert len(rig.letters()) == 1
    assert [(log["event"], log["why"], log["tries"]) for log in logs] == [
        ("not_printed", "Fell", 1),
        ("not_printed", "Fell", 2),
    ]


async def test_what_cannot_be_printed_is_owned_up_to_once(rig: PrintingRig) -> None:
    rig.hands.falls = 99
    rig.ask("form_01.pdf", FORM)
    with capture_logs():
        for _ in range(9):
            await rig.work()
            rig.clock.now += timedelta(minutes=3)

    title = words("printing.title_form_01")
    assert rig.letters() == [(words("printing.failed", title=title), "")]
    assert rig.statuses() == ["failed"]
    assert len(rig.hands.asked) == 5


async def test_an_officer_is_not_sent_to_an_officer_when_a_summary_cannot_be_printed(
    rig: PrintingRig,
) -> None:
    rig.hands.falls = 99
    rig.ask("digest_xlsx", TOLD)
    with capture_logs():
        for _ in range(9):
            await rig.work()
            rig.clock.now += timedelta(minutes=3)

    title = words("printing.title_digest_xlsx")
    assert rig.letters() == [(words("printing.failed_office", title=title), "")]


def test_the_waits_grow_until_it_is_given_up() -> None:
    waits = [retry(WAITS, attempts, NOW) for attempts in range(1, 6)]

    assert [at and (at - NOW).total_seconds() for at in waits] == [2, 10, 30, 120, None]


async def test_what_a_version_before_ours_asked_for_is_owned_up_to(rig: PrintingRig) -> None:
    person = rig.ask("form_01.pdf", FORM)
    with rig.database.transaction() as tx:
        tx.execute(text("UPDATE prints SET about = '{\"product\": 7}'"))
    with capture_logs():
        for _ in range(5):
            await rig.work()
            rig.clock.now += timedelta(minutes=3)

    assert person
    assert [said for said, _ in rig.letters()] == [
        words("printing.failed", title=words("printing.title_form_01"))
    ]


# -- whoever dies ---------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is dead; nobody catches this."""


async def test_what_a_dead_process_held_is_printed_by_another(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)
    rig.hands.before = _die
    with pytest.raises(Killed):
        await rig.work()
    rig.hands.before = _live

    early = await rig.process("two").once()
    await rig.work(rig.later())

    assert early == 0
    assert len(rig.letters()) == 1


def _die(_task: Task) -> None:
    raise Killed


def _live(_task: Task) -> None:
    pass


async def test_of_two_that_printed_the_same_one_posts_it(rig: PrintingRig) -> None:
    """The first was slow, not dead."""
    rig.ask("form_01.pdf", FORM)
    other: list[Printing] = []

    def overtaken(_task: Task) -> None:
        if not other:
            other.append(rig.later())
            asyncio.run(rig.work(other[0]))

    rig.hands.before = overtaken

    await rig.work()

    assert len(rig.letters()) == 1
    assert rig.statuses() == ["done"]


async def test_a_paper_that_kills_whoever_prints_it_is_given_up(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)
    rig.hands.before = _die
    with capture_logs():
        for _ in range(5):
            with pytest.raises(Killed):
                await rig.work(rig.later())
        await rig.work(rig.later())

    assert [said for said, _ in rig.letters()] == [
        words("printing.failed", title=words("printing.title_form_01"))
    ]


# -- running --------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def running(rig: PrintingRig) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(rig.printing.run())
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what it waits for are rows
            await asyncio.sleep(0.01)


async def test_what_is_asked_for_while_we_run_is_printed_soon_and_delivery_is_told(
    rig: PrintingRig,
) -> None:
    async with running(rig):
        rig.ask("form_01.pdf", FORM)
        await until(lambda: rig.statuses() == ["done"] and rig.rung > 0)

    assert len(rig.letters()) == 1


async def test_a_card_does_not_wait_for_a_book_but_another_book_does(rig: PrintingRig) -> None:
    def slow(task: Task) -> None:
        """The book takes until both forms are there."""
        while task["kind"] == "book" and rig.statuses()[2:] != ["done", "done"]:
            time.sleep(0.01)

    rig.hands.before = slow
    rig.ask("book", book())
    rig.ask("book_zip", book())
    rig.ask("form_01.pdf", FORM)
    rig.ask("form_01.docx", FORM)

    async with running(rig):
        await until(lambda: rig.statuses() == ["done"] * 4)

    assert rig.hands.asked[-1]["kind"] == "book_zip"


async def test_what_takes_long_stays_ours(rig: PrintingRig) -> None:
    rig.hands.before = lambda _task: time.sleep(0.5)
    rig.ask("form_01.pdf", FORM)
    async with running(rig):
        await until(lambda: len(rig.hands.asked) == 1)
        rig.clock.now += CLAIM / 2
        await asyncio.sleep(printing.IDLE + 0.1)
        rig.clock.now += CLAIM * 2 / 3
        with rig.database.transaction() as tx:
            assert prints.claim(tx, "two", rig.clock(), rig.clock() + CLAIM, 1) == []
        await until(lambda: rig.statuses() == ["done"])


async def test_whoever_stops_does_not_wait_for_a_book(rig: PrintingRig, tmp_path: Path) -> None:
    """Ctrl+C is heard, and the next start begins with the book at once."""
    slow = PrintingRig(rig.database, tmp_path, StandIns())
    slow.ask("book", book(*(kept(slow, samples.photo(f"{n}", (2400, 3200))) for n in range(30))))
    async with running(slow):
        await until(lambda: len(slow.hands.asked) == 1)
        await asyncio.sleep(0.3)
        stopped = time.monotonic()

    assert time.monotonic() - stopped < 3
    with rig.database.reading() as tx:
        assert prints.any_open(tx, slow.clock())


async def test_a_database_that_was_away_is_forgiven(
    rig: PrintingRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "AWAY", 0.01)
    monkeypatch.setattr(printing, "IDLE", 0.01)
    rig.ask("form_01.pdf", FORM)
    rename(rig, "prints", "prints_gone")
    with capture_logs() as logs:
        async with running(rig):
            await until(lambda: len(logs) > 1)
            rename(rig, "prints_gone", "prints")
            await until(lambda: rig.statuses() == ["done"])

    assert {entry["event"] for entry in logs} == {"printing_failed"}


async def test_a_letter_that_cannot_be_posted_now_is_posted_later(rig: PrintingRig) -> None:
    rig.ask("form_01.pdf", FORM)
    rename(rig, "outbox", "outbox_gone")
    with capture_logs():
        await rig.work()
    rename(rig, "outbox_gone", "outbox")
    rig.clock.now += timedelta(seconds=3)

    await rig.work()

    assert len(rig.letters()) == 1


def rename(rig: PrintingRig, old: str, new: str) -> None:
    with rig.database.transaction() as tx:
        tx.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


async def test_each_day_what_is_old_is_cleared_away(
    rig: PrintingRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SHELF", 10)
    rig.ask("form_01.pdf", FORM)
    await rig.work()
    rig.clock.now += KEPT + timedelta(days=1)

    async with running(rig):
        await until(lambda: rig.statuses() == [])

    assert [path.name for path in rig.shelf.folder.iterdir()] == []
    assert len(rig.letters()) == 1
