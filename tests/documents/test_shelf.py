import os

from documents import shelf as shelves
from documents.shelf import Shelf


def test_a_file_taken_in_twice_lies_there_once(shelf: Shelf) -> None:
    assert shelf.take_in(b"a page") == shelf.take_in(b"a page")
    assert [path.read_bytes() for path in shelf.folder.iterdir()] == [b"a page"]


def test_only_its_owner_may_look_at_a_shelf(shelf: Shelf) -> None:
    path = shelf.put("part", b"a page")

    assert (shelf.folder.stat().st_mode & 0o077, path.stat().st_mode & 0o077) == (0, 0)


def test_what_was_unused_the_longest_is_cleared_away_first(shelf: Shelf) -> None:
    for age, name in enumerate(("new", "old", "asked for")):
        os.utime(shelf.put(name, b"12345"), (1000 - age, 1000 - age))
    assert shelf.has("asked for")

    shelf.trim(10)

    assert sorted(path.name for path in shelf.folder.iterdir()) == ["asked for", "new"]


def test_a_key_tells_apart_whatever_its_part_was_made_from() -> None:
    keys = {shelves.key("a", "b"), shelves.key("ab", ""), shelves.key("a", "b", ""), shelves.key()}

    assert len(keys) == 4
