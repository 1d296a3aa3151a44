"""The shelf: a folder of printed parts, each under a key made of all that it was made from."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from documents.book import Scan


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder; whatever lies there can be made again, so it may be emptied at any time."""

    folder: Path

    def path(self, name: str) -> Path:
        """Where the part of that name lies, there or not."""
        return self.folder / name

    def has(self, name: str) -> bool:
        """Whether the part is there; asking keeps it from being cleared away first."""
        try:
            os.utime(self.path(name))
        except FileNotFoundError:
            return False
        return True

    def put(self, name: str, content: bytes) -> Path:
        """Let the part appear whole under its name."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as file:
            file.write(content)
        Path(file.name).replace(self.path(name))
        return self.path(name)

    def take_in(self, content: bytes) -> Scan:
        """Lay down a file for one printing; what must last is kept elsewhere, not on a shelf."""
        digest = hashlib.sha256(content).hexdigest()
        name = f"scan-{digest}"
        return Scan(digest, self.path(name) if self.has(name) else self.put(name, content))

    def trim(self, most_bytes: int) -> None:
        """Clear away what has been unused the longest, until the rest is no larger than that."""
        parts = [(path, path.stat()) for path in self.folder.glob("*") if path.is_file()]
        room = most_bytes
        for path, stat in sorted(parts, key=lambda part: part[1].st_mtime, reverse=True):
            room -= stat.st_size
            if room < 0:
                path.unlink(missing_ok=True)


def key(*made_from: str) -> str:
    """One name for all that a part is made from."""
    return hashlib.sha256("\0".join(made_from).encode()).hexdigest()[:40]
