"""What is kept of a person, packed for that person: to be read (PDF), to be moved (JSON), files."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents import drafting

MOST_BYTES = 40 << 20  # of files: Telegram takes 50 MB from a bot
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "application/zip": "zip",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that the person sent, by the hash of its content and its kind."""

    digest: str
    mime: str

    @property
    def ending(self) -> str:
        """How its name ends."""
        return _ENDINGS.get(self.mime, "bin")


@dataclass(frozen=True, slots=True)
class Belongings:
    """All that is kept; ``record`` is JSON: ``rows`` by their table, ``looks``, ``kept``."""

    made_on: date
    record: str
    files: tuple[Sent, ...] = ()


def pack(about: Belongings, found: Mapping[str, Sequence[tuple[str, str]]]) -> bytes:
    """The archive; where it would be too large, clean pages stand for photos, or files are named.

    The same data make the same bytes but for the PDF's own.
    """
    files = dict(_chosen(about, found))
    lost = [one.digest for one in about.files if one.digest not in files]
    told = json.loads(about.record) | {"made_on": about.made_on.isoformat(), "left_out": lost}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, about, "du-lieu-cua-toi.pdf", _pdf(told))
        whole = json.dumps(told, ensure_ascii=False, indent=1)
        _put(archive, about, "du-lieu-cua-toi.json", whole.encode())
        for number, one in enumerate(about.files, 1):
            if one.digest in files:
                name = f"giay-to/{number:03}-{one.digest[:8]}.{one.ending}"
                _put(archive, about, name, files[one.digest])
    return written.getvalue()


def _put(archive: zipfile.ZipFile, about: Belongings, name: str, content: bytes) -> None:
    day = (about.made_on.year, about.made_on.month, about.made_on.day, 0, 0, 0)
    archive.writestr(zipfile.ZipInfo(name, day), content, zipfile.ZIP_DEFLATED)


def _chosen(
    about: Belongings, found: Mapping[str, Sequence[tuple[str, str]]]
) -> Iterator[tuple[str, bytes]]:
    """The content of each file that fits; of photos the clean page where all is too much."""
    there = {one.digest: _there(found.get(one.digest, ())) for one in about.files}
    whole = sum(paths[-1].stat().st_size for paths in there.values() if paths)
    room = MOST_BYTES
    for digest, paths in there.items():
        if not paths:
            continue
        path = paths[-1 if whole <= MOST_BYTES else 0]
        size = path.stat().st_size
        if size <= room:
            room -= size
            yield digest, path.read_bytes()


def _there(candidates: Sequence[tuple[str, str]]) -> list[Path]:
    return [path for _, name in candidates if (path := Path(name)).is_file()]


def _pdf(told: Mapping[str, object]) -> bytes:
    return drafting.draw("belongings.typ", {"told": json.dumps(told)}, format="pdf")
