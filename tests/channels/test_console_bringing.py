"""Files out on the console: a transcript shows that they are there."""

import msgspec
import pytest

from bot.channels.console.playing import Player
from conversations.messages import Attached
from storage import outbox
from storage.database import Database
from storage.persons import Chat


@pytest.fixture
def player(kept: Database) -> Player:
    played = Player(kept)
    played.do("> chào\n")
    return played


@pytest.mark.parametrize(
    ("attached", "line"),
    [
        (Attached("photo", "a" * 64, "YT-1"), "< [ảnh YT-1]"),
        (Attached("file", "b" * 64, "YT-2.pdf"), "< [tệp YT-2.pdf]"),
        (Attached("photo", "c" * 64), "< [ảnh]"),
    ],
)
def test_a_file_has_a_line_before_the_words_of_its_letter(
    player: Player, attached: Attached, line: str
) -> None:
    chat, written = Chat("console", "play", "main"), msgspec.json.encode(attached).decode()
    letter = outbox.Posted(chat, 1, "Ảnh 1/1 của phiếu", "[]", None, 0, written)

    with player.database.transaction() as tx:
        outbox.put(tx, [letter], player.now)
    player.deliver()

    assert player.transcript().endswith(f"\n{line}\n< Ảnh 1/1 của phiếu\n")
