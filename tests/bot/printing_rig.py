"""Printing with all that is around it: a chat where papers are asked for, a clock, real hands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.printing import BOUNDS, CLAIM, Printing
from conversations.forms import catalogue
from conversations.session import Session
from documents.shelf import Shelf
from handlers.talk import Talk
from hands.hiring import Answer, Hands, Task
from storage import persons
from storage.database import Database
from storage.files import Files
from storage.persons import Chat
from tests.bot.intake_rig import NOW, Clock
from tests.wording import WORDING

LAN = Chat("browser", "demo", "phone-of-lan")


class StandIns(Hands):
    """Hands that fall over so many tasks, or do what they are told, before they do their work."""

    def __init__(self, real: Hands | None = None) -> None:
        super().__init__(1, BOUNDS, 60)
        self.real = real
        self.asked: list[Task] = []
        self.falls = 0
        self.before: Callable[[Task], None] = lambda _task: None

    def do(self, task: Task) -> Answer | None:
        self.asked.append(task)
        self.before(task)
        if self.falls:
            self.falls -= 1
            return None
        return self.real.do(task) if self.real else super().do(task)


@dataclass
class PrintingRig:
    """``process`` makes another process beside the one that is there; the clock is theirs both."""

    database: Database
    folder: Path
    hands: StandIns
    clock: Clock = field(default_factory=Clock)
    rung: int = 0

    def __post_init__(self) -> None:
        self.files = Files(self.folder / "files")
        self.shelf = Shelf(self.folder / "shelf")
        self.printing = self.process("one")

    def process(self, name: str) -> Printing:
        about = (self.files, self.shelf, self.hands, self.clock, name, self.ring)
        return Printing(self.database, WORDING, *about)

    def ring(self) -> None:
        self.rung += 1

    def ask(self, kind: str, about: Any, chat: Chat = LAN) -> int:
        """Somebody asks for a paper in a chat, and a handler has it printed; who that is."""
        with self.database.transaction() as tx:
            person = persons.meet(tx, [chat], self.clock())[chat]
            talk = Talk(tx, person, Session(), self.clock(), catalogue, chat=chat)
            talk.print(kind, about)
        return person

    async def work(self, printing: Printing | None = None) -> None:
        """Print what is due, until nothing is."""
        while await (printing or self.printing).once():
            pass

    def later(self) -> Printing:
        """The process is dead; another one, later, finds its claims."""
        self.clock.now += CLAIM * 2
        return self.process("two")

    def letters(self) -> list[tuple[str, str]]:
        """The words and the files of all letters, in the order in which they go."""
        return [(row[0], row[1]) for row in self._rows("SELECT text, attached FROM outbox")]

    def statuses(self) -> list[str]:
        return [row[0] for row in self._rows("SELECT status FROM prints")]

    def _rows(self, wanted: str) -> list[Any]:
        with self.database.reading() as tx:
            return list(tx.execute(text(f"{wanted} ORDER BY id")))


__all__ = ["LAN", "NOW", "WORDING", "PrintingRig", "StandIns"]
