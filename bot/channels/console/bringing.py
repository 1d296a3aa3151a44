"""The files that people of a transcript send: kept, judged and looked at as if they had come in."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import judging
from bot.examining import Examiner
from conversations.events import Content, Strange
from hands.hiring import Hands
from programme.folding import fold
from storage import files
from storage.database import Database
from storage.files import Files

_ACT = re.compile(r"\[(\w+) (.+)\]")
_KINDS = {"anh": "photo", "tep": "file"}


@dataclass(frozen=True, slots=True)
class Drawer:
    """Where the files lie that transcripts name, where they are kept once sent, and who looks."""

    folder: Path
    files: Files
    hands: Hands

    def wanted(self, act: str) -> tuple[str, Path] | None:
        """How ``[ảnh attp]`` sends which file; None where no file of that name lies here."""
        said = _ACT.fullmatch(act)
        how = _KINDS.get(fold(said[1])) if said else None
        found = [path for path in self.folder.glob("*") if said and path.stem == said[2]]
        return (how, found[0]) if how and found else None

    def sent(self, act: str, database: Database, now: datetime) -> Content | None:
        """What is heard of the file that is sent; None as above."""
        found = self.wanted(act)
        if found is None:
            return None
        how, path = found
        content = path.read_bytes()
        kind = judging.judge(content, len(content), how)
        if isinstance(kind, Strange):
            return kind
        file, mime = self.files.keep(content), judging.served_type(content)
        with database.transaction() as tx:
            files.note(tx, file, mime, len(content), now)
        Examiner(self.hands, self.files, database, lambda: now).look(file, mime)
        return judging.told(kind, file, path.name)
