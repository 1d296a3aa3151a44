"""People with phones: what they do, and what they read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.channels.console.playing import Player
from bot.channels.console.transcript import Said
from conversations.events import Content, File, Photo, Tap
from conversations.forms import catalogue
from conversations.session import Session
from storage import dossiers, files, ideas, looks, papers, producers, questions, sessions
from storage.database import Database
from storage.looks import Look
from tests.handlers import reaching

PROFILE = (
    "của tôi", "HTX Bản Liền", "hợp tác xã", "ban lien, lao cai", "đúng", "Vàng Thị Mẩy", "nữ",
    "Tày", "thôn Đội 1", "0982345671", "không có", "không", "gửi",
)  # fmt: skip
SHEET = (
    "Gạo Khẩu Mẹo", "đúng", "đã có", "thóc", "xã 100%", "5 người, 5 trong xã", "túi 2 kg",
    "giống cũ", "xong", "1", "tháng 10", "3", "1",
)  # fmt: skip


class Phones:
    """All phones of a test; ``main`` is the one that is meant when none is named."""

    def __init__(self, database: Database, *, remembers: bool = False) -> None:
        """One that remembers is put where the same steps have led before, see ``reaching``."""
        self.database = database
        self.player = Player(database)
        self._remembers = remembers
        self._read = 0

    def say(self, *texts: str, on: str = "") -> str:
        """Type these, each after reading what came before; what is read after the last one."""
        for typed in texts:
            self._read = len(self.player.letters)
            self.player.say(Said(on, typed))
        return self.read(on or "main")

    def at_once(self, *texts: str) -> str:
        """Type these in one breath, seeing nothing in between."""
        self._read = len(self.player.letters)
        for number, typed in enumerate(texts):
            self.player.say(Said("", typed, blindly=number > 0))
        return self.read()

    def do(self, content: Content, on: str = "main") -> str:
        """Do something else than typing."""
        self._read = len(self.player.letters)
        self.player.now += timedelta(seconds=30)
        self.player.hear(on, f"do-{self._read}-{self.player.now.timestamp()}", content)
        return self.read(on)

    def send(self, place: int = 1, on: str = "main", **seen: Any) -> str:
        """Send a photo on which this is seen; or a document, where it has sheets."""
        name, told = f"{place:064}", "pdf" if seen.keys() & {"sheets", "refused"} else "photo"
        kind = seen.pop("kind", told)
        with self.database.transaction() as tx:
            files.note(tx, name, "image/jpeg", 1, self.player.now)
            looks.note(tx, name, Look(kind, **{"sheets": 1, **seen}), self.player.now)
        return self.do(Photo(name) if kind == "photo" else File(name, "giay.pdf"), on)

    def tap(self, data: str, on: str = "main") -> str:
        """Tap a button, by what it brings back."""
        return self.do(Tap(data), on)

    def read(self, on: str = "main") -> str:
        """What came on that phone since the last thing was done."""
        new = self.player.letters[self._read :]
        return "\n".join(words for phone, words in new if phone == on)

    def wait(self, time: timedelta) -> None:
        """Let time go by."""
        self.player.wait(time)

    # -- how far somebody is -----------------------------------------------------------------

    def agreed(self, on: str = "") -> "Phones":
        """Somebody who has said yes to everything."""
        return self.reach("agreed", lambda: self.say("chào em", "đồng ý", "cả hai", on=on), on)

    def with_profile(self, on: str = "") -> "Phones":
        """Somebody whose producer is known."""
        said = ("hồ sơ chủ thể", *PROFILE)
        return self.reach("with_profile", lambda: self.agreed(on).say(*said, on=on), on)

    def with_idea(self, on: str = "") -> "Phones":
        """Somebody who has handed in an idea."""
        said = ("đăng ký sản phẩm", *SHEET, "gửi")
        return self.reach("with_idea", lambda: self.with_profile(on).say(*said, on=on), on)

    def reach(self, name: str, steps: Callable[[], object], on: str = "") -> "Phones":
        """Take the steps, unless it is remembered where steps of that name lead from here."""

        def read() -> int:
            steps()
            return self._read

        self._read = reaching.reach(self.player, (name, on), read) if self._remembers else read()
        return self

    # -- what is kept ------------------------------------------------------------------------

    def session(self, person: int = 1) -> Session:
        """The talk of that person as it is kept."""
        with self.database.reading() as tx:
            return msgspec.json.decode(sessions.load(tx, [person])[person].body, type=Session)

    def everything(self) -> str:
        """All that stands in all tables."""
        with self.database.reading() as tx:
            rows = [tx.execute(text(f"SELECT * FROM {name}")).all() for name in tables()]
        return str(rows)

    def ideas(self) -> list[dict[str, Any]]:
        """All ideas."""
        with self.database.reading() as tx:
            return ideas.everyone(tx)

    def dossiers(self, person: int = 1) -> list[dict[str, Any]]:
        """The open dossiers that the person sees."""
        with self.database.reading() as tx:
            return dossiers.of_person(tx, person)

    def papers(self, person: int = 1) -> list[dict[str, Any]]:
        """The papers that stand for the person's last dossier."""
        last = self.dossiers(person)[-1]
        with self.database.reading() as tx:
            return papers.standing(tx, last["producer_id"], last["root"])

    def producers(self) -> list[dict[str, Any]]:
        """All producers."""
        with self.database.reading() as tx:
            return producers.everyone(tx)

    def questions(self) -> list[dict[str, Any]]:
        """All questions to officers."""
        with self.database.reading() as tx:
            return questions.everyone(tx)

    def open_form(self, person: int = 1) -> str:
        """The form that is talked about; empty when none is."""
        run = self.session(person).active()
        return catalogue.of(run).name if run else ""


def tables() -> list[str]:
    """The name of every table."""
    return [table.name for table in SQLModel.metadata.sorted_tables]
