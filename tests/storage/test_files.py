import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage import files
from storage.database import Database
from storage.files import Files
from tests.storage.people import LATER, NOW

PHOTO = b"\xff\xd8 a photo of a certificate" * 1000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_once_under_the_hash_of_what_is_in_it(tmp_path: Path) -> None:
    kept = Files(tmp_path / "files")

    name = kept.keep(PHOTO)

    assert name == hashlib.sha256(PHOTO).hexdigest()
    assert kept.keep(PHOTO) == name
    assert kept.path(name).read_bytes() == PHOTO
    assert names(tmp_path) == [name]
    assert kept.keep(b"") != name


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_death_while_a_file_is_written_leaves_no_half_file_under_its_name(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Files(tmp_path)
    name = hashlib.sha256(PHOTO).hexdigest()

    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(os if step == "fsync" else Path, step, die)
        with pytest.raises(SystemExit):
            kept.keep(PHOTO)

    assert not kept.path(name).exists()
    assert kept.keep(PHOTO) == name
    assert kept.path(name).read_bytes() == PHOTO


def test_ten_who_keep_the_same_file_at_once_keep_it_whole(tmp_path: Path) -> None:
    kept = Files(tmp_path)

    with ThreadPoolExecutor(10) as pool:
        (name,) = set(pool.map(kept.keep, [PHOTO] * 30))

    assert kept.path(name).read_bytes() == PHOTO
    assert names(tmp_path) == [name]


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "²" * 64, "a" * 62 + "/a", "a" * 64 + "\n"]
)
def test_what_is_no_hash_is_no_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a hash"):
        Files(tmp_path).path(name)


def test_what_kind_a_file_is_stays_as_it_was_noted_first(database: Database) -> None:
    name = hashlib.sha256(PHOTO).hexdigest()
    with database.transaction() as tx:
        assert files.mime(tx, name) is None
        files.note(tx, name, "image/jpeg", len(PHOTO), NOW)
        files.note(tx, name, "image/png", 1, LATER)

        assert files.mime(tx, name) == "image/jpeg"
