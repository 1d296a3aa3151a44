"""Taking in a programme: an office's own file by the command line, or the demo's sample."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import clock
from bot.settings import ROOT, Settings
from bot.wording import Wording, ours
from conversations.messages import Message
from storage import imports, migrate, programmes
from storage.database import Database
from storage.imported import Kept
from storage.places import Today

if TYPE_CHECKING:
    from bot.assembly import Parts
    from programme.sample_form import Fault, Place, Programme

SAMPLE = ROOT / "programme" / "sample" / "seeds.yaml"
_LANGUAGE = "vi"


class BrokenSample(Exception):
    """The sample that comes with the program cannot be read."""


def run(settings: Settings, file: Path) -> int:
    """Take in all of the file, or nothing of it; say which, and what became of its rows."""
    from programme import sample_form  # noqa: PLC0415 - a start of the demo does not need it

    wording = ours()
    content = file.read_bytes()
    told = sample_form.read(content)
    if isinstance(told, tuple):
        _say(wording, _refusal(told))
        return 1
    migrate.upgrade(settings.database)
    with closing(Database(settings.database)) as database:
        of_office = content != SAMPLE.read_bytes()
        kept = _keep(database, told, content, clock.now(), of_office=of_office)
    _say(wording, _summary(told, kept))
    return 0


def ensure_sample(parts: "Parts", now: datetime) -> None:
    """Take in the sample, unless it is there, or an office has a programme of its own there."""
    content = SAMPLE.read_bytes()
    with parts.database.reading() as tx:
        if imports.knows(tx, _hash(content)) or imports.any_of_office(tx):
            return
    from programme import sample_form  # noqa: PLC0415 - as above

    told = sample_form.read(content)
    if isinstance(told, tuple):
        raise BrokenSample(told)
    _keep(parts.database, told, content, now, of_office=False)


def _keep(
    database: Database, told: "Programme", content: bytes, now: datetime, *, of_office: bool
) -> dict[str, Kept]:
    today = {place.id: _today(place) for place in told.places}
    with database.transaction() as tx:
        kept = programmes.keep(tx, told, today, now)
        imports.note(tx, _hash(content), now, of_office=of_office)
    return kept


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _today(place: "Place") -> Today:
    """What the place is called today; its commune only where the words mean just one."""
    from programme.places import places  # noqa: PLC0415 - as above

    words = ", ".join(part for part in (place.commune, place.district, place.province) if part)
    meant = [match for match in places().find(words) if match.exact] if place.commune else []
    if len(meant) == 1:
        commune = meant[0].commune
        name = f"{commune.kind} {commune.name}"
        return Today(commune.province, commune.code, name, meant[0].via)
    province = places().province_of(words)
    return Today(province.shown if province else place.province)


def _refusal(faults: "tuple[Fault, ...]") -> Iterator[Message]:
    yield Message("importing.refused", {"count": len(faults)})
    for fault in faults:
        why = Message(f"importing.why_{fault.reason}", dict(fault.args))
        yield Message("importing.fault", {"line": fault.line, "where": fault.where, "why": why})


def _summary(told: "Programme", kept: Mapping[str, Kept]) -> Iterator[Message]:
    yield Message("importing.taken")
    for section, rows in kept.items():
        if every := len(getattr(told, section)):
            new, changed = len(rows.new), len(rows.changed)
            counts = {"new": new, "changed": changed, "same": every - new - changed}
            name = Message(f"importing.section_{section}")
            yield Message("importing.section", {"name": name, **counts})


def _say(wording: Wording, messages: Iterator[Message]) -> None:
    for message in messages:
        for letter in wording.letters(_LANGUAGE, message):
            sys.stdout.write(f"{letter.text}\n")
