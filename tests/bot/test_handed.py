"""What was handed over outlives kill -9, and is not said again."""

from pathlib import Path

import pytest

from bot import handed
from bot.handed import Handed
from storage.outbox import Settled

PERHAPS = "Ambiguous: the process ended"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "handed"


def test_what_went_may_have_come_what_came_did_and_what_did_not_go_is_free(path: Path) -> None:
    before = Handed(path)
    for letter in (1, 2, 3, 4):
        before.goes(letter)
    before.fared(Settled(2, "sent", receipt=99))
    before.fared(Settled(3, "waiting", reason="429"))
    before.fared(Settled(4, "sent", reason="Ambiguous: 504"))

    assert Handed(path).left() == [
        Settled(1, "sent", reason=PERHAPS),
        Settled(2, "sent", receipt=99),
        Settled(4, "sent", reason=PERHAPS),
    ]


def test_what_is_left_is_known_until_the_next_process_hands_something_over(path: Path) -> None:
    assert Handed(path).left() == []
    Handed(path).goes(1)

    after = Handed(path)

    assert after.left() == Handed(path).left() == [Settled(1, "sent", reason=PERHAPS)]
    after.goes(2)
    assert Handed(path).left() == [Settled(2, "sent", reason=PERHAPS)]


def test_the_file_stays_small_and_keeps_what_still_counts(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed, "MOST", 200)
    lines = Handed(path)
    lines.goes(1)
    for letter in range(1000, 1200):
        lines.goes(letter)
        lines.fared(Settled(letter, "sent", receipt=5))
        lines.noted([letter])
    lines.close()

    assert path.stat().st_size < 400
    assert Settled(1, "sent", reason=PERHAPS) in Handed(path).left()


def test_a_line_that_was_cut_off_takes_no_other_with_it(path: Path) -> None:
    Handed(path).goes(7)
    with path.open("ab") as file:
        file.write(b"=8")

    assert Handed(path).left() == [Settled(7, "sent", reason=PERHAPS)]
