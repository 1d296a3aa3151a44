"""Examining: a paper that was kept is looked at by a hand, and what was seen is noted."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import structlog

from bot import judging
from hands.hiring import Bounds, Hands
from papers.examined import Examined
from programme.folding import fold
from storage import files, looks
from storage.database import Database
from storage.files import Files
from storage.looks import Look

BOUNDS = Bounds(megabytes=600, seconds=20)
IDLE = 60.0  # seconds after which the memory of a hand is given back
LOOKED_AT = {*judging.PICTURES, "image/heic", "application/pdf", judging.DOCX}
MOST_OF_TITLES = 400  # signs
FEWEST_CAPITALS = 4
_MOSTLY = 0.7
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Examiner:
    """Looks at what was kept; its hands are those of whoever made it."""

    hands: Hands
    folder: Files
    database: Database
    clock: Callable[[], datetime]

    def look(self, file: str, mime: str) -> None:
        """Look at a kept file of that type, unless somebody has; it takes a second or two.

        Where it fails there is no look, and the file is worth no less.
        """
        try:
            if mime in LOOKED_AT and not self._was_looked_at(file):
                self._look(file)
        except Exception as trouble:  # noqa: BLE001 - as promised
            _log.warning("not_examined", why=type(trouble).__name__)

    def _was_looked_at(self, file: str) -> bool:
        with self.database.reading() as tx:
            return looks.of(tx, file) is not None

    def _look(self, file: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            clean = Path(folder) / "clean.jpg"
            answer = self.hands.do(
                {
                    "do": "papers.crafts:examine",
                    "path": str(self.folder.path(file).absolute()),
                    "clean": str(clean),
                }
            )
            if answer is None:
                _log.warning("not_examined", why="a hand fell")
                return
            seen = msgspec.convert(answer, Examined)
            self._note(file, seen, clean.read_bytes() if seen.clean else None)

    def _note(self, file: str, seen: Examined, page: bytes | None) -> None:
        kept = self.folder.keep(page) if page is not None else None
        now = self.clock()
        with self.database.transaction() as tx:
            if kept and page:
                files.note(tx, kept, "image/jpeg", len(page), now)
            looks.note(tx, file, _as_kept(seen, kept), now)


def _as_kept(seen: Examined, clean: str | None) -> Look:
    about = asdict(seen) | {"clean": clean, "titles": titles(seen.lines)}
    del about["lines"]
    return Look(**about)


def titles(lines: Sequence[str]) -> str:
    """The lines that look like titles, folded, as far as there is room: those in capitals."""
    found = ""
    for line in filter(_is_title, lines):
        longer = f"{found}\n{fold(line)}".strip()
        if len(longer) > MOST_OF_TITLES:
            break
        found = longer
    return found


def _is_title(line: str) -> bool:
    letters = sum(sign.isalpha() for sign in line)
    capitals = sum(sign.isupper() for sign in line)
    return capitals >= FEWEST_CAPITALS and capitals >= _MOSTLY * letters
