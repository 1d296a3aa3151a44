"""Privacy in the chat: each purpose alone, all that is kept in one file, and being forgotten."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.retaining import Retaining
from conversations.events import Photo
from documents import filling, orders
from documents.shelf import Shelf
from storage import files, looks, outbox
from storage.files import Files
from storage.looks import Look
from storage.outbox import Posted
from storage.persons import Chat
from storage.tables import metadata
from tests.bot.specimens import picture
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, like

NAME, PHONE, PLACE = "Vàng Thị Mẩy", "0982345671", "HTX Bản Liền"
NAMED = '{"name": "hội chợ"}'
MINE = Chat("console", "play", "main")
MINUTE = timedelta(minutes=1)


def rows(phones: Phones, query: str) -> list[Any]:
    with phones.database.reading() as tx:
        return list(tx.execute(text(query)).all())


def consents(phones: Phones) -> dict[str, bool]:
    told = rows(phones, "SELECT purpose, withdrawn_at IS NULL FROM consents ORDER BY id")
    return {purpose: bool(holds) for purpose, holds in told}


# -- what is agreed to -----------------------------------------------------------------------------


def test_what_is_agreed_to_is_told_with_its_day_and_the_version_of_the_words(
    phones: Phones,
) -> None:
    said = phones.agreed().say("đồng ý của tôi")

    assert "lưu hồ sơ từ 23/11/2026 (bản lời số 1)" in said
    assert "Nhắc hạn: có, từ 23/11/2026" in said
    assert "1. Thôi nhắc hạn" in said
    assert "kênh khác" not in said


def test_one_purpose_ends_alone_and_can_be_agreed_to_again(phones: Phones) -> None:
    phones.agreed()

    assert "Nhắc hạn: không" in phones.say("quyền riêng tư", "1")
    assert consents(phones) == {"dossier": True, "reminders": False, "news": True}
    assert phones.session().consent.keys() == {"dossier", "news"}

    assert "Nhắc hạn: có" in phones.say("1")
    assert phones.session().consent.keys() == {"dossier", "reminders", "news"}


def test_a_form_that_is_open_is_kept_meanwhile(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "quyền riêng tư", "1")

    assert "Gạo Khẩu Mẹo" in phones.say("phiếu của tôi")


def test_a_stranger_hears_that_nothing_is_kept(phones: Phones) -> None:
    for words in ("quyền riêng tư", "lấy dữ liệu của tôi", "xoá dữ liệu của tôi"):
        assert "Em chưa lưu gì của bác" in phones.say(words)
    assert phones.session().consent == {}


def letter(phones: Phones, kind: str) -> None:
    """A letter about something of that kind, which nobody has begun to send."""
    now = phones.player.now
    with phones.database.transaction() as tx:
        posted = outbox.post(tx, [Posted(MINE, 1, f"về {kind}", "[]", None, 1)], now)
        row = {
            "person_id": 1, "kind": kind, "subject": 1, "day": now.date(), "before": 0,
            "due_at": now, "use_by": now + timedelta(days=9), "status": "told",
            "letter": posted[MINE],
        }  # fmt: skip
        tx.execute(metadata.tables["reminders"].insert(), [row])


@pytest.mark.parametrize(
    ("turned_off", "left"), [("1", ["về fair"]), ("2", ["về file"]), ("5", [])]
)
def test_what_waits_to_be_sent_for_a_purpose_is_taken_back_at_once(
    phones: Phones, turned_off: str, left: list[str]
) -> None:
    phones.agreed().say("quyền riêng tư")
    for kind in ("file", "fair"):
        letter(phones, kind)

    phones.say(turned_off)

    sent = [each for _, each in phones.player.letters if each.startswith("về ")]
    assert sent == left


def test_an_announcement_that_waits_is_taken_back_and_its_list_says_why(phones: Phones) -> None:
    phones.agreed().say("quyền riêng tư")
    now = phones.player.now
    with phones.database.transaction() as tx:
        made = {
            "id": 1, "number": "TB-2026-0001", "kind": "fair", "commune_code": "",
            "province_code": "", "made_by": 1, "said": NAMED, "aim": "{}", "status": "sending",
            "previewed": 1, "shown": 0, "made_at": now,
        }  # fmt: skip
        tx.execute(metadata.tables["announcements"].insert(), [made])
        posted = outbox.post(tx, [Posted(MINE, 1, "hội chợ", "[]", None, 2)], now)
        row = {"announcement_id": 1, "person_id": 1, "status": "posted", "at": now}
        row |= {**MINE._asdict(), "letter_id": posted[MINE]}
        tx.execute(metadata.tables["recipients"].insert(), [row])

    phones.say("2")

    assert rows(phones, "SELECT status, reason FROM recipients") == [("opted_out", "withdrawn")]
    assert "hội chợ" not in [each for _, each in phones.player.letters]


def test_who_takes_it_all_back_hears_what_can_be_done_next(phones: Phones) -> None:
    said = phones.with_profile().say("rút đồng ý")

    assert "1. Lấy dữ liệu của tôi" in said
    assert "2. Xoá dữ liệu của tôi" in said
    assert "đã rút lời đồng ý" in phones.say("quyền riêng tư")
    assert "Bác muốn nhận việc nào" in phones.say("3")


def test_a_new_version_of_the_words_asks_again_before_anything_is_turned_on(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handlers.producer import consenting  # noqa: PLC0415 - the one that is patched

    phones.agreed().say("quyền riêng tư", "1")
    monkeypatch.setattr(consenting, "WORDS_VERSION", 2)

    assert "Bác có đồng ý không ạ?" in phones.tap("m|privacy_on:reminders")
    assert consents(phones)["reminders"] is False
    assert "Bác có đồng ý không ạ?" in phones.say("để sau", "quyền riêng tư")
    assert "(bản lời số 2)" in phones.say("đồng ý", "cả hai")


# -- what is kept ----------------------------------------------------------------------------------


def packed(phones: Phones, folder: Path) -> zipfile.ZipFile:
    """The archive that was asked for on a phone."""
    ((about,),) = rows(phones, "SELECT about FROM prints WHERE kind = 'own_data'")
    found = {file: [(file, "nowhere")] for file in orders.files(orders.read("own_data", about))}
    filled = filling.fill("own_data", about, found, Shelf(folder))
    return zipfile.ZipFile(io.BytesIO((folder / filled.part).read_bytes()))


def test_all_that_is_kept_comes_in_one_file_to_read_and_to_take_elsewhere(
    phones: Phones, tmp_path: Path
) -> None:
    said = phones.with_idea().say("lấy dữ liệu của tôi")

    archive = packed(phones, tmp_path)
    record = json.loads(archive.read("du-lieu-cua-toi.json"))
    assert "giây nữa em gửi vào đây" in said
    assert archive.read("du-lieu-cua-toi.pdf").startswith(b"%PDF")
    assert record["rows"]["producers"][0]["phone"] == PHONE
    assert record["rows"]["ideas"][0]["answers"]["name"]
    assert {one["purpose"] for one in record["rows"]["consents"]} >= {"dossier", "news"}
    assert {one["id"] for one in record["kept"]} == {
        "dossiers", "certificates", "consents", "audit",
    }  # fmt: skip


def test_an_officers_look_is_told_by_place_and_not_by_name(phones: Phones, tmp_path: Path) -> None:
    like(phones, THREE).say("/start CANBO", on="xa")
    phones.say("HS 1", on="xa")
    phones.say("lấy dữ liệu của tôi")

    looked = json.loads(packed(phones, tmp_path).read("du-lieu-cua-toi.json"))["looks"]

    assert {(one["role"], one["deed"]) for one in looked} >= {("administrator", "read_dossier")}
    assert all(one.keys() == {"day", "role", "area", "deed", "kind"} for one in looked)


# -- being forgotten -------------------------------------------------------------------------------


class House:
    """Phones with a folder for files, a shelf, and whoever erases."""

    def __init__(self, phones: Phones, folder: Path) -> None:
        self.phones = phones
        self.files, self.shelf = Files(folder / "files"), Shelf(folder / "shelf")
        self.retaining = Retaining(
            phones.database, lambda: phones.player.now, self.files, self.shelf
        )

    def send(self, content: bytes, owner: str) -> str:
        """Send a photo on which that owner was read."""
        now, name = self.phones.player.now, self.files.keep(content)
        with self.phones.database.transaction() as tx:
            files.note(tx, name, "image/jpeg", len(content), now)
            looks.note(tx, name, Look("photo", holder=owner, titles="giay"), now)
        self.phones.do(Photo(name))
        return name

    def erase(self) -> None:
        """Have it erased, and let the minute go by."""
        self.phones.say("xoá dữ liệu của tôi", "1")
        self.phones.player.now += MINUTE
        self.retaining.tick()

    def where(self, *wanted: str) -> set[str]:
        """In which tables, files and bytes of the database any of these stands."""
        places = set(self._tables(*wanted))
        url = self.phones.database.url.removeprefix("sqlite:///")
        for path in (*Path(url).parent.glob(f"{Path(url).name}*"), *self.files.folder.rglob("*")):
            content = path.read_bytes() if path.is_file() else b""
            if any(each.encode() in content for each in wanted):
                places.add("database" if path.name.startswith(Path(url).name) else path.name)
        return places

    def _tables(self, *wanted: str) -> Iterator[str]:
        with self.phones.database.reading() as tx:
            for table in metadata.sorted_tables:
                told = str(tx.execute(select(table)).all())
                if any(each in told for each in wanted):
                    yield table.name


@pytest.fixture
def house(phones: Phones, tmp_path: Path) -> House:
    return House(phones, tmp_path)


def test_who_has_filed_nothing_is_nowhere_afterwards(house: House) -> None:
    """Looked for in every table, in every file, and in the bytes of the database itself."""
    phones = house.phones
    phones.say("/start CANBO", on="xa")
    phones.with_idea().say("hỏi cán bộ", f"tôi là {NAME}, bao giờ tập huấn?", "xong")
    phones.say("danh sách", on="xa")
    name = house.send(picture("JPEG"), NAME)
    house.shelf.put("printed.pdf", NAME.encode())
    phones.say("đăng ký sản phẩm", f"Rượu nhà {NAME}")
    before = house.where(NAME, PHONE)

    house.erase()

    assert before > {"producers", "outbox", "steps", "database"}
    assert house.where(NAME, PHONE, PLACE) == set()
    assert not house.files.path(name).exists()
    assert rows(phones, "SELECT chat FROM chats WHERE chat = 'main'") == []
    assert list(house.shelf.folder.glob("*")) == []
    assert rows(phones, "SELECT number, files, done_at IS NOT NULL FROM erasures") == [
        ("XD-2026-0001", "[]", 1)
    ]


def test_who_has_filed_keeps_only_what_the_law_keeps(house: House) -> None:
    phones = like(house.phones, THREE)
    phones.say("/start CANBO", on="xa")
    phones.say("nộp xã", "1")
    phones.say("HS 1", on="xa")

    said = phones.say("xoá dữ liệu của tôi")
    house.erase()

    assert "1 hồ sơ đã nộp" in said
    assert house.where(PHONE) - {"database"} == {"producers"}
    assert house.where(NAME) - {"database"} <= {"producers", "papers", "ideas", "writings", "looks"}
    assert rows(phones, "SELECT count(*) FROM outbox WHERE person_id = 1") == [(0,)]
    ((kept,),) = rows(phones, "SELECT kept FROM erasures")
    assert json.loads(kept)["dossiers"] == 1
    assert "Gạo Khẩu Mẹo" in phones.say("HS 1", on="xa")


def test_she_is_somebody_new_when_she_writes_again(house: House) -> None:
    house.phones.with_profile()
    house.erase()

    said = house.phones.say("chào em")

    assert "Bác có đồng ý không ạ?" in said
    assert house.phones.session(2).next_run == 2


def test_within_the_minute_it_can_be_called_off(house: House) -> None:
    house.phones.with_profile().say("xoá dữ liệu của tôi", "1")

    said = house.phones.say("thôi")
    house.phones.player.now += 5 * MINUTE
    house.retaining.tick()

    assert "chưa xoá gì" in said
    assert house.where(PHONE) >= {"producers"}


def test_a_no_erases_nothing_and_asks_nothing_more(house: House) -> None:
    said = house.phones.with_profile().say("xoá dữ liệu của tôi", "2")
    house.phones.player.now += 5 * MINUTE
    house.retaining.tick()

    assert "không xoá gì cả" in said
    assert house.where(PHONE) >= {"producers"}
    assert house.phones.session().consent["dossier"] == 1


def test_an_officer_hands_over_first(house: House) -> None:
    house.phones.with_profile().say("/start CANBO")

    assert "chuyển việc cho người khác trước" in house.phones.say("xoá dữ liệu của tôi")
    assert rows(house.phones, "SELECT * FROM erasures") == []


def test_a_file_that_somebody_else_sent_too_stays_theirs(house: House) -> None:
    house.phones.with_idea()
    house.phones.with_idea(on="other")
    name = house.send(picture("JPEG"), NAME)
    house.phones.do(Photo(name), on="other")

    house.erase()

    assert house.files.path(name).exists()
    assert rows(house.phones, f"SELECT count(*) FROM files WHERE sha256 = '{name}'") == [(1,)]


class Killed(BaseException):
    """The process is gone."""


class DyingFiles(Files):
    """The process dies at the first file that is let go."""

    def remove(self, sha256: str) -> None:
        raise Killed(sha256)


def test_whoever_is_killed_in_the_middle_goes_on_at_the_next_start(house: House) -> None:
    house.phones.with_idea()
    name = house.send(picture("JPEG"), NAME)
    house.retaining.folder = DyingFiles(house.files.folder)
    with pytest.raises(Killed):
        house.erase()
    half = rows(house.phones, "SELECT done_at FROM erasures")

    house.retaining.folder = house.files
    house.retaining.tick()

    assert half == [(None,)]
    assert not house.files.path(name).exists()
    assert rows(house.phones, "SELECT done_at IS NOT NULL FROM erasures") == [(1,)]


def test_a_letter_that_is_on_its_way_is_waited_for(house: House) -> None:
    house.phones.with_profile().say("xoá dữ liệu của tôi", "1")
    with house.phones.database.transaction() as tx:
        posted = [Posted(MINE, 1, "đang đi", "[]", None)]
        outbox.put(tx, posted, house.phones.player.now)
    house.phones.player.now += 2 * MINUTE
    house.retaining.tick()
    early = rows(house.phones, "SELECT erased_at FROM erasures")

    house.phones.player.now += 10 * MINUTE
    house.retaining.tick()

    assert early == [(None,)]
    assert house.where(PHONE) == set()
