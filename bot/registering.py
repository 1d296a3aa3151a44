"""An office's register taken in by the command line: its columns, its rows, what was not taken."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot import clock
from bot.settings import Settings
from bot.terminal import Refused, refuse, say, words
from conversations.messages import Message
from documents import national, workbooks
from documents.national import Table
from hands.hiring import Bounds, Hands
from programme import register
from programme.quiet import VIETNAM
from programme.register import Cell, Fault, Heads, Plan, Read, Sheet, Telling
from storage import audit, imports, migrate, officers, pairings, registers
from storage.audit import Entry
from storage.database import Database, Transaction
from storage.imported import Kept

BOUNDS = Bounds(megabytes=1500, seconds=60)
_REST = 1.0
_MOST_MAP = 100_000  # bytes
_MOST_NAMED = 20
_WRITTEN = "sheets"
_REJECTED = "chua-nhan"  # "not taken", in the name of the file


@dataclass(frozen=True, slots=True)
class Told:
    """A file as it was read: its content's hash, its heads and its rows."""

    sha256: str
    heads: Heads
    read: Read


class _OnlyTried(Exception):
    """Takes back what a trial has written."""


def take_in(settings: Settings, file: Path, mapped: Path | None, *, dry: bool = False) -> int:
    """Take in all rows that can be read, and say of each other one why not; 1 if there is none.

    A dry run says the same, and writes nothing but the file of the rows that were not taken.
    """
    try:
        plan = _plan(mapped)
        told = _told(file, plan)
        _describe(told)
        _lay_beside(file, told)
        kept, alike = _kept(settings, _telling(file, plan, told), told, dry=dry)
        _say_kept(told, kept, dry=dry)
        _say_alike(alike)
    except Refused as refused:
        return refuse(refused.message)
    except OSError as error:
        return refuse(Message("register.no_room", {"file": str(file), "why": str(error)}))
    return 0


# -- reading ---------------------------------------------------------------------------------------


def _plan(mapped: Path | None) -> Plan:
    if mapped is None:
        return Plan()
    try:
        with mapped.open("rb") as file:
            found = register.plan(yaml.safe_load(file.read(_MOST_MAP)))
    except (OSError, yaml.YAMLError, UnicodeDecodeError, RecursionError):
        found = mapped.name
    if isinstance(found, str):
        raise Refused(Message("register.bad_map", {"why": found}))
    return found


def _told(file: Path, plan: Plan) -> Told:
    heads = register.find(_sheets(file), plan)
    if heads is None:
        raise Refused(Message("register.no_heads"))
    if heads.lacking:
        say(*_columns(heads))
        lacking = words(*(Message(f"register.field_{name}") for name in heads.lacking))
        raise Refused(Message("register.lacking", {"fields": lacking}))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Told(sha256, heads, register.read(heads, plan))


def _sheets(file: Path) -> list[Sheet]:
    """What a hand sees in the file: it is somebody's, and may be anything."""
    with tempfile.TemporaryDirectory() as shelf, closing(Hands(1, BOUNDS, _REST)) as hands:
        task = {"do": "documents.crafts:sheets", "shelf": shelf, "name": _WRITTEN}
        answer = hands.do({**task, "path": str(file.resolve())})
        reason = "broken" if answer is None else answer.get("refused")
        if reason:
            raise Refused(Message(f"register.refused_{reason}"))
        return workbooks.sheets(Path(shelf, _WRITTEN).read_bytes())


# -- saying what was seen --------------------------------------------------------------------------


def _describe(told: Told) -> None:
    say(*_columns(told.heads), *_counts(told.read))
    say(*(_fault(fault) for fault in told.read.faults))


def _columns(heads: Heads) -> Iterator[Message]:
    yield Message("register.columns", {"sheet": heads.sheet.name, "head": heads.last})
    for guess in heads.guesses:
        where = {"letter": register.letter(guess.at), "head": guess.head}
        if guess.field:
            field = Message(f"register.field_{guess.field}")
            args = {**where, "field": field, "likeness": guess.likeness}
            yield Message("register.column", args)
        else:
            yield Message("register.column_unused", {**where})


def _counts(read: Read) -> Iterator[Message]:
    good, bad, others = len(read.entries), len(read.rejected), len(read.others)
    args = {"rows": good + bad + others, "good": good, "bad": bad, "others": others}
    yield Message("register.counted", args)
    if read.others:
        more = max(0, others - _MOST_NAMED)
        numbers = [str(number) for number in read.others[:_MOST_NAMED]]
        yield Message("register.skipped", {"numbers": numbers, "more": more})


def _fault(fault: Fault) -> Message:
    args = {"row": fault.row, "column": fault.column, "why": _why(fault)}
    return Message("register.fault", args)


def _why(fault: Fault) -> Message:
    return Message(f"register.why_{fault.reason}", dict(fault.args))


# -- the rows that were not taken ------------------------------------------------------------------


def _lay_beside(file: Path, told: Told) -> None:
    """Write the rows that were not taken into a workbook beside the file, each with its reasons."""
    if not told.read.rejected:
        return
    beside = file.with_name(f"{file.stem}-{_REJECTED}.xlsx")
    on = clock.now().astimezone(VIETNAM).date()
    write(beside, national.workbook([_rejected(told)], on))
    say(Message("register.rejected", {"file": str(beside)}))


def _rejected(told: Told) -> Table:
    rows, wide = told.heads.sheet.rows, max(guess.at for guess in told.heads.guesses) + 1
    heads = {guess.at: guess.head for guess in told.heads.guesses}
    first, last, name = words(
        Message("register.row_head"),
        Message("register.why_head"),
        Message("register.rejected_name"),
    )
    return Table(
        name,
        (first, *(heads.get(at, register.letter(at)) for at in range(wide)), last),
        tuple(
            (number, *_shown(rows[number - 1], wide), _reasons(told.read, number))
            for number in told.read.rejected
        ),
    )


def _shown(row: Sequence[Cell], wide: int) -> Iterator[str | int | None]:
    for at in range(wide):
        cell = row[at] if at < len(row) else None
        yield cell if isinstance(cell, int | None) else str(getattr(cell, "text", cell))


def _reasons(read: Read, number: int) -> str:
    faults = [fault for fault in read.faults if fault.row == number]
    said = words(*map(_why, faults))
    return "; ".join(f"{it.column}: {why}" for it, why in zip(faults, said, strict=True))


def write(path: Path, content: bytes) -> None:
    """Write it for its owner alone: people's telephones are in it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


# -- keeping ---------------------------------------------------------------------------------------


def _telling(file: Path, plan: Plan, told: Told) -> Telling:
    if not told.read.entries:
        raise Refused(Message("register.nothing_good"))
    title = plan.title or file.name
    return register.told(told.read.entries, f"reg-{told.sha256[:12]}", title)


def _kept(settings: Settings, telling: Telling, told: Told, *, dry: bool) -> tuple[Kept, int]:
    """What became of the rows, and how many of its producers may be some of the chat too."""
    migrate.upgrade(settings.database)
    found: list[tuple[Kept, int]] = []
    database = Database(settings.database)
    with closing(database), suppress(_OnlyTried), database.transaction() as tx:
        kept = _keep(tx, telling, told)
        found.append((kept, len(pairings.offered(tx, officers.over("")))))
        _take_back(dry)
    return found[0]


def _take_back(dry: bool) -> None:
    if dry:
        raise _OnlyTried


def _keep(tx: Transaction, telling: Telling, told: Told) -> Kept:
    now = clock.now()
    kept = registers.keep(tx, telling, now)["products"]
    imports.note(tx, told.sha256, now, of_office=True)
    counts = {"new": len(kept.new), "changed": len(kept.changed)}
    audit.append(tx, Entry(0, "took_in_register", about=counts), now)
    return kept


def _say_alike(count: int) -> None:
    if count:
        say(Message("register.alike", {"count": count}))


def _say_kept(told: Told, kept: Kept, *, dry: bool) -> None:
    mine = len({it.id for it in _telling(Path(), Plan(), told).programme.products})
    new, changed = len(kept.new), len(kept.changed)
    args: dict[str, Any] = {"added": new, "changed": changed, "same": mine - new - changed}
    say(Message("register.dry", args) if dry else Message("register.taken", args))
    if guessed := sum(not entry.set_is_sure for entry in told.read.entries):
        say(Message("register.guessed_sets", {"count": guessed}))
