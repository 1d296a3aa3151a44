"""What is stored in the end, held against what was said: nothing lost, twice, or misplaced."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import text

from storage import ideas, persons, producers, steps
from storage.database import Database, Transaction
from storage.persons import Chat
from tests.faults.producer import Producer, question


def faults(database: Database, people: Sequence[Producer]) -> list[str]:
    """Everything that is not as it was said, one line each."""
    with database.reading() as tx:
        return [fault for one in people for fault in _of_one(tx, one)]


def repeated(people: Sequence[Producer]) -> int:
    """How many questions were put to somebody again."""
    count = 0
    for one in people:
        asked = [question(line) for line in one.phone.lines if line.who == "bot"]
        asked = [each for each in asked if each]
        count += sum(again == before for before, again in pairwise(asked))
    return count


def _of_one(tx: Transaction, one: Producer) -> Iterator[str]:
    chat = Chat("browser", "demo", one.phone.name)
    person = persons.of(tx, [chat]).get(chat)
    if person is None:
        yield f"{chat.chat}: nobody"
        return
    stored = producers.of_person(tx, person)
    yield from _differences(f"{chat.chat} profile", [one.profile()], stored)
    handed = [idea["answers"] for idea in ideas.of_person(tx, person)]
    said = [one.idea(nth) for nth in range(1, one.ideas + 1)]
    yield from _differences(f"{chat.chat} idea", said, handed)
    for key, count in _recorded(tx, person).items():
        if count != 1:
            yield f"{chat.chat}: {key} recorded {count} times"
    yield from _letters(tx, chat, one)


def _differences(
    what: str, said: Sequence[dict[str, Any]], stored: Sequence[dict[str, Any]]
) -> Iterator[str]:
    if len(said) != len(stored):
        yield f"{what}: {len(said)} said, {len(stored)} stored"
    for number, (one, other) in enumerate(zip(said, stored, strict=False), 1):
        for key, value in one.items():
            if other.get(key) != value:
                yield f"{what} {number}: {key} is {other.get(key)!r}, said was {value!r}"


def _recorded(tx: Transaction, person: int) -> Counter[tuple[int, str]]:
    """How often each question of each run was answered."""
    mine = [run for whose, run in steps.runs(tx) if whose == person]
    return Counter(
        (run, step.path)
        for run in mine
        for step in steps.of_run(tx, person, run)
        if step.kind in {"answered", "edited"}
    )


def _letters(tx: Transaction, chat: Chat, one: Producer) -> Iterator[str]:
    """Whether she saw each letter once, in the order they were written."""
    rows = tx.execute(
        text("SELECT text, status FROM outbox WHERE chat = :chat ORDER BY id"), {"chat": chat.chat}
    ).all()
    seen = [line.text for line in one.phone.lines if line.who == "bot"]
    if [row[0] for row in rows] != seen:
        yield f"{chat.chat}: {len(rows)} letters written, {len(seen)} seen, or not in order"
    yield from (f"{chat.chat}: a letter is {row[1]}" for row in rows if row[1] != "sent")
