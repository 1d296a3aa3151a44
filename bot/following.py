"""Officers follow their announcements: a letter that moves in the chat, or one at each mark.

Where a channel can change the words of what it has sent, there is one letter, which always says how
far it is; elsewhere some tell of it, the last that it is done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.posting import UNASKED, posted
from bot.wording import Wording
from conversations.messages import Letter, Message
from conversations.session import Session
from handlers import reminded
from storage import announcements, minders, outbox, persons, sessions
from storage.announcements import Ledger
from storage.database import Transaction
from storage.persons import Chat

MARKS = (10, 50)  # hundredths of a long list at which its officer is told how far it is
LONG = 100  # people; of a shorter list only the end is told
MOVING = frozenset({"telegram", "browser"})  # channels that change the words of what they sent
MOVES = timedelta(seconds=3)  # between two changes of such a letter, at least
Row = Mapping[str, Any]


class Progress(Protocol):
    """What the officer is told, in no language yet."""

    def progress(self, row: Row, ledger: Ledger) -> Message:
        """By the status how far it is, that it is done, why it stopped.

        ``reason`` says why it is paused: no_room (it needs more than the month has left), broken,
        or left (its officer is none any more).
        """
        ...


@dataclass(frozen=True, slots=True)
class Following:
    """Tells in one transaction."""

    tx: Transaction
    wording: Wording
    words: Progress
    now: datetime

    def follow(self, row: Row) -> None:
        """Finish what is over, and show how far the others are."""
        ledger = announcements.ledger(self.tx, row["id"])
        letter = row["progress_letter"]
        if ledger.waiting:
            self._show(row, ledger)
        elif letter is None or not outbox.is_under_way(self.tx, letter):  # else at the next look
            announcements.finish(self.tx, row["id"], self.now)
            self._end(row["id"], ledger)

    def tell(self, number: int) -> None:
        """Tell who looks after it how it is, in a letter of its own."""
        row, ledger = announcements.found(self.tx, number), announcements.ledger(self.tx, number)
        if row is None:
            return
        for one in minders.of(self.tx, row):
            if chat := persons.chat_of(self.tx, one):
                self._post(chat, one, self._said(one, row, ledger))

    def _show(self, row: Row, ledger: Ledger) -> None:
        """Of a long list only: let the letter move, post it, or tell of a mark that was passed."""
        if ledger.previewed < LONG:
            return
        if row["progress_letter"] is not None:
            self._move(row, ledger, self.now - MOVES)
        elif not self._begin(row, ledger):
            share = (ledger.previewed - ledger.waiting) * 100 // ledger.previewed
            mark = max((mark for mark in MARKS if mark <= share), default=0)
            if mark > row["shown"]:
                announcements.show(self.tx, row["id"], mark)
                self.tell(row["id"])

    def _begin(self, row: Row, ledger: Ledger) -> bool:
        """Post the letter that is to move; False where it cannot."""
        officer = self._officer(row)
        chat = persons.chat_of(self.tx, officer) if officer else None
        if officer is None or chat is None or chat.channel not in MOVING:
            return False
        letter = self._post(chat, officer, self._said(officer, row, ledger))
        announcements.shown_by(self.tx, row["id"], letter)
        return True

    def _move(self, row: Row, ledger: Ledger, before: datetime) -> bool:
        words = self._said(self._officer(row) or row["made_by"], row, ledger)
        return outbox.reword(self.tx, row["progress_letter"], words, self.now, before)

    def _end(self, number: int, ledger: Ledger) -> None:
        row = announcements.found(self.tx, number)
        if row and (row["progress_letter"] is None or not self._move(row, ledger, self.now)):
            self.tell(number)

    def _officer(self, row: Row) -> int | None:
        return next(iter(minders.of(self.tx, row)), None)

    def _post(self, chat: Chat, person: int, words: str) -> int:
        letter = posted(chat, person, Letter(words), UNASKED)
        return outbox.post(self.tx, [letter], self.now)[chat]

    def _said(self, person: int, row: Row, ledger: Ledger) -> str:
        language = languages(self.tx, [person])[person]
        return in_one(self.wording.letters(language, self.words.progress(row, ledger))).text


def languages(tx: Transaction, people: Sequence[int]) -> dict[int, str]:
    """What each of them reads."""
    kept = sessions.read(tx, people) if people else {}
    usual = Session().language
    return {one: reminded.language_of(kept[one].body) if one in kept else usual for one in people}


def in_one(letters: Sequence[Letter]) -> Letter:
    """The words in one piece, as one row stands for them."""
    *before, last = letters
    text = "\n".join([*(each.text for each in before), last.text])
    return Letter(text, last.choices, last.prompt, last.attached)
