from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from storage import phones
from storage.database import Database
from storage.phones import Line
from tests.storage.people import LATER, NOW


def bodies(lines: list[Line]) -> list[str]:
    return [line.body for line in lines]


def test_a_line_is_added_once_however_often_the_phone_sends_it(database: Database) -> None:
    with database.transaction() as tx:
        first = phones.append(tx, "an", "k1", "person", '{"text": "chào em"}', NOW)
        again = phones.append(tx, "an", "k1", "person", '{"text": "other"}', LATER)
        other = phones.append(tx, "binh", "k1", "bot", "{}", NOW)

        assert first == (first[0], True)
        assert again == (first[0], False)
        assert other[1] is True
        assert phones.after(tx, "an", 0) == [
            Line(first[0], "an", "person", '{"text": "chào em"}', NOW)
        ]


def test_lines_are_read_onward_and_back_page_by_page(database: Database) -> None:
    with database.transaction() as tx:
        seqs = [phones.append(tx, "an", f"{n}", "bot", f"{n}", NOW)[0] for n in range(10)]
        phones.append(tx, "binh", "x", "bot", "of somebody else", NOW)

        assert bodies(phones.after(tx, "an", seqs[6])) == ["7", "8", "9"]
        assert bodies(phones.after(tx, "an", seqs[1], most=2)) == ["2", "3"]
        assert bodies(phones.before(tx, "an", None, most=3)) == ["7", "8", "9"]
        assert bodies(phones.before(tx, "an", seqs[7], most=3)) == ["4", "5", "6"]
        assert phones.before(tx, "nobody", None) == phones.after(tx, "an", seqs[9]) == []


def test_who_reads_on_while_many_write_misses_no_line(database: Database) -> None:
    """The page asks for what comes after the last line it has; it never looks back."""

    def write(number: int) -> None:
        with database.transaction() as tx:
            phones.append(tx, "an", f"{number}", "bot", f"{number}", NOW)

    seen: list[Line] = []
    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, number) for number in range(80)]
        while len(seen) < 80:
            finished = all(one.done() for one in writing)
            with database.reading() as tx:
                seen += phones.after(tx, "an", seen[-1].seq if seen else 0)
            if finished:
                break

    assert sorted(int(line.body) for line in seen) == list(range(80))
    assert all(one.seq < two.seq for one, two in pairwise(seen))
