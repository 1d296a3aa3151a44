"""The two commands: what they do with the data folder, and what they say when they cannot."""

import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot import backing_up, starting
from bot.settings import Settings
from storage import files, moving
from storage.database import Database
from storage.files import Files
from tests.storage.filled import NOW, fill

BUT = ("audit", "counters")  # whose rows would be no log


def office(folder: Path, database: Database | None = None) -> Settings:
    return Settings(data=folder, database_url=database.url) if database else Settings(data=folder)


@pytest.fixture
def lived_in(tmp_path: Path, database: Database) -> Settings:
    settings = office(tmp_path / "here", database)
    kept = Files(settings.data / "files").keep(b"giay")
    with database.transaction() as tx:
        fill(tx, but=BUT)
        files.note(tx, kept, "image/jpeg", 4, NOW)
    return settings


def sums(settings: Settings) -> dict[str, moving.Sum]:
    with closing(Database(settings.database)) as database, database.reading() as tx:
        return moving.sums(tx)


def test_what_was_backed_up_comes_back_elsewhere_with_its_files(
    lived_in: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, elsewhere = tmp_path / "a.zip", office(tmp_path / "there")

    assert backing_up.back_up(lived_in, file) == 0
    assert backing_up.restore(elsewhere, file) == 0

    said = capsys.readouterr().out
    assert str(file) in said
    assert said.count("✓") == 2
    assert sums(elsewhere) == sums(lived_in)
    (kept,) = (elsewhere.data / "files").glob("??/*")
    assert kept.read_bytes() == b"giay"


def test_a_restore_into_what_is_lived_in_is_refused_and_says_how(
    lived_in: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, elsewhere = tmp_path / "a.zip", office(tmp_path / "there")
    backing_up.back_up(lived_in, file)
    backing_up.restore(elsewhere, file)
    capsys.readouterr()

    shutil.rmtree(elsewhere.data / "files")
    assert backing_up.restore(elsewhere, file) == 1
    assert "--replace" in capsys.readouterr().err
    assert not (elsewhere.data / "files").exists()

    assert backing_up.restore(elsewhere, file, replace=True) == 0
    aside = [path for path in elsewhere.data.iterdir() if "before" in path.name]
    assert len(aside) == 1
    assert aside[0].name in capsys.readouterr().out


def test_a_running_bot_is_not_restored_into(
    lived_in: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, elsewhere = tmp_path / "a.zip", office(tmp_path / "there")
    backing_up.back_up(lived_in, file)

    with starting.alone(elsewhere):
        assert backing_up.restore(elsewhere, file) == 1

    assert str(elsewhere.data) in capsys.readouterr().err
    assert not (elsewhere.data / "ocop.db").exists()


def test_a_back_up_never_takes_the_place_of_another(
    lived_in: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"the one of yesterday")

    assert backing_up.back_up(lived_in, file) == 1

    assert file.read_bytes() == b"the one of yesterday"
    assert str(file) in capsys.readouterr().err


def test_where_there_is_no_database_none_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert backing_up.back_up(office(tmp_path / "nowhere"), tmp_path / "a.zip") == 1

    assert "OCOP_DATA" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told(
    lived_in: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert backing_up.back_up(lived_in, tmp_path / "none" / "a.zip") == 1

    assert "a.zip" in capsys.readouterr().err


@pytest.mark.parametrize("trouble", ["missing", "other", "cut off", "forged"])
def test_what_is_no_whole_back_up_is_refused_with_a_sentence_and_touches_nothing(
    lived_in: Settings, tmp_path: Path, trouble: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, elsewhere = tmp_path / "a.zip", office(tmp_path / "there")
    backing_up.back_up(lived_in, file)
    spoil(file, trouble)
    capsys.readouterr()

    assert backing_up.restore(elsewhere, file) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert not (elsewhere.data / "ocop.db").exists()
    assert not (elsewhere.data / "files").exists()


def spoil(file: Path, trouble: str) -> None:
    content = file.read_bytes()
    match trouble:
        case "missing":
            file.unlink()
        case "other":
            file.write_bytes(b"%PDF-1.7")
        case "cut off":
            file.write_bytes(content[: len(content) // 2])
        case _:
            with zipfile.ZipFile(file, "a") as archive:
                archive.writestr("rows/more.jsonl", "[]")
