"""Who is put where steps lead is in no way elsewhere than who takes them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tests.handlers.phones import Phones

WAYS: dict[str, Callable[[Phones], object]] = {
    "agreed": Phones.agreed,
    "with_profile": Phones.with_profile,
    "with_idea": Phones.with_idea,
    "of_two": lambda phones: phones.with_idea().with_idea(on="con"),
}


@contextmanager
def new(migrated: Path, folder: Path, *, remembers: bool) -> Iterator[Phones]:
    path = folder / f"{len(list(folder.iterdir()))}.db"
    shutil.copy(migrated, path)
    with closing(Database(f"sqlite:///{path}")) as database:
        yield Phones(database, remembers=remembers)


def stands(phones: Phones) -> tuple[object, ...]:
    """All that there is: the rows, the letters, the time; and what it answers from there."""
    with closing(phones.database.engine.raw_connection()) as connection:
        rows = list(connection.driver_connection.iterdump())  # type: ignore[union-attr]
    before = phones.player.letters, phones.player.lines[:], phones.player.now
    return (*before, rows, phones.say("menu"), phones.say("xoá hết"), phones.player.letters)


@pytest.mark.parametrize("way", WAYS)
def test_who_is_put_there_stands_where_the_steps_lead(
    way: str, migrated_file: Path, tmp_path: Path
) -> None:
    found = []
    for remembers in (False, True, True):
        with new(migrated_file, tmp_path, remembers=remembers) as phones:
            WAYS[way](phones)
            found.append(stands(phones))

    walked, *put = found
    assert put == [walked, walked]


def test_who_starts_elsewhere_is_not_put_where_others_came(
    migrated_file: Path, tmp_path: Path
) -> None:
    days = []
    for wait in (0, 3):
        with new(migrated_file, tmp_path, remembers=True) as phones:
            phones.wait(timedelta(days=wait))
            phones.with_idea()
            days.append(phones.player.now.date())

    assert days[1] - days[0] == timedelta(days=3)


def test_what_was_played_from_there_is_not_played_again(
    migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new(migrated_file, tmp_path, remembers=True) as phones:
        phones.with_idea()
    monkeypatch.setattr(Phones, "say", None)

    with new(migrated_file, tmp_path, remembers=True) as phones:
        phones.with_idea()

        assert len(phones.ideas()) == 1
