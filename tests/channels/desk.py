"""The house's door for a channel's rig: what transcripts send is kept and looked at before it."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot import judging
from bot.channels.console.bringing import Drawer
from bot.examining import Examiner
from bot.reception import Reception
from conversations.events import Event, File, Photo
from storage import files


@dataclass
class HouseDoor:
    """Reception as a channel's door; it does not break here. A paper is looked at before it."""

    reception: Reception
    look: Callable[[Event], None] = lambda _event: None
    failures: int = 0

    async def receive(self, event: Event) -> None:
        await asyncio.to_thread(self.look, event)
        await self.reception.receive(event)


@dataclass
class Desk:
    """Keeps and examines the papers that transcripts send, on whatever channel they come."""

    examiner: Examiner
    drawer: Drawer
    papers: dict[str, Path] = field(default_factory=dict)  # by the hash of what is in them

    def take(self, act: str) -> tuple[str, bytes] | None:
        """The name and the content of a paper that is sent."""
        found = self.drawer.wanted(act)
        if found is None:
            return None
        content = found[1].read_bytes()
        self.papers[hashlib.sha256(content).hexdigest()] = found[1]
        return found[1].name, content

    def look(self, event: Event) -> None:
        """Examine a paper that came; what a transcript does not name is no paper."""
        file = event.content.file if isinstance(event.content, Photo | File) else ""
        if file in self.papers:
            content = self.papers[file].read_bytes()
            kept, mime = self.drawer.files.keep(content), judging.served_type(content)
            with self.examiner.database.transaction() as tx:
                files.note(tx, kept, mime, len(content), self.examiner.clock())
            self.examiner.look(kept, mime)
