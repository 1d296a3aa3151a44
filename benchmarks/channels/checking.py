"""What is stored, and what is on the phones, held against what was said."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Any

import msgspec
from sqlalchemy import text

from benchmarks.channels.people import Talker
from conversations.messages import Letter
from storage import ideas, inbox, outbox, persons, producers, steps
from storage.database import Database, Transaction

_choices = msgspec.json.Decoder(tuple[tuple[str, str], ...]).decode
_WRITTEN = text(
    "SELECT text, choices, status FROM outbox"
    " WHERE channel = :channel AND bot = :bot AND chat = :chat ORDER BY id"
)


def faults(database: Database, people: Sequence[Talker]) -> list[str]:
    """Everything that is not as it was said, one line each."""
    with database.reading() as tx:
        runs = _runs(tx)
        found = [fault for one in people for fault in _of_one(tx, one, runs)]
        found += [f"{len(inbox.held_chats(tx))} chats held"] if inbox.held_chats(tx) else []
        found += [f"{outbox.waiting(tx)} letters unsent"] if outbox.waiting(tx) else []
    return found


def _runs(tx: Transaction) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for person, run in steps.runs(tx):
        found.setdefault(person, []).append(run)
    return found


def _of_one(tx: Transaction, one: Talker, runs: dict[int, list[int]]) -> Iterator[str]:
    chat = one.on.chat
    if one.stuck:
        yield one.stuck
    person = persons.of(tx, [chat]).get(chat)
    if person is None:
        yield f"{chat.chat}: nobody"
        return
    yield from _differences(
        f"{chat.chat} profile", [one.profile()], producers.of_person(tx, person)
    )
    handed = [idea["answers"] for idea in ideas.of_person(tx, person)]
    said = [one.idea(nth) for nth in range(1, one.ideas + 1)]
    yield from _differences(f"{chat.chat} idea", said, handed)
    for (run, path), count in _recorded(tx, person, runs[person]).items():
        if count != 1:
            yield f"{chat.chat}: run {run} has {path} {count} times"
    yield from _letters(tx, one)


def _differences(
    what: str, said: Sequence[dict[str, Any]], stored: Sequence[dict[str, Any]]
) -> Iterator[str]:
    if len(said) != len(stored):
        yield f"{what}: {len(said)} said, {len(stored)} stored"
    for number, (one, other) in enumerate(zip(said, stored, strict=False), 1):
        for key, value in one.items():
            if other.get(key) != value:
                yield f"{what} {number}: {key} is {other.get(key)!r}, said was {value!r}"


def _recorded(tx: Transaction, person: int, runs: Sequence[int]) -> Counter[tuple[int, str]]:
    """How often each question of each run was answered."""
    return Counter(
        (run, step.path)
        for run in runs
        for step in steps.of_run(tx, person, run)
        if step.kind in {"answered", "edited"}
    )


def _letters(tx: Transaction, one: Talker) -> Iterator[str]:
    """Whether she saw every letter, in the order they were written; twice is counted elsewhere."""
    rows = tx.execute(_WRITTEN, one.on.chat._asdict()).all()
    written = [one.on.shows(Letter(row[0], _choices(row[1]))) for row in rows]
    seen = [line.text for line in one.phone.lines]
    if [text for text, _ in groupby(written)] != [text for text, _ in groupby(seen)]:
        yield f"{one.on.chat.chat}: {_first_difference(written, seen)}"
    yield from (f"{one.on.chat.chat}: a letter is {row[2]}" for row in rows if row[2] != "sent")


def _first_difference(written: Sequence[str], seen: Sequence[str]) -> str:
    """Where the letters on the phone are not those in the outbox."""
    once = [[words for words, _ in groupby(each)] for each in (written, seen)]
    pairs = zip_longest(*once, fillvalue="nothing")
    number, (wrote, saw) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return f"letter {number} is {wrote!r}, seen was {saw!r}"
