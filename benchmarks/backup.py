"""A back-up while people post, restored elsewhere and compared row by row; what people waited.

    python -m benchmarks.backup [--rate 200] [--seconds 20] [--dossiers 50000]
    python -m benchmarks.backup --dossiers 50000 --alone

The real server hears that many messages a second, over HTTP. After the seconds another process
takes a back-up, restores it into another folder and holds every row against what the database was
at that moment, while the messages go on; then they go on for the seconds once more. With dossiers
so many of them are there before anybody posts. Alone, nobody does: how long the two commands take
for such a database, and how much memory.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bot import clock, settings
from bot.settings import ROOT
from storage import migrate
from storage.database import Database
from tests.faults import backing
from tests.faults.backing import Outcome


def main() -> int:
    """Play it and print the figures; 1 when anything came back otherwise."""
    asked = argparse.ArgumentParser(description="a back-up under load, or of a large database")
    asked.add_argument("--rate", type=float, default=200.0)
    asked.add_argument("--seconds", type=float, default=20.0)
    asked.add_argument("--dossiers", type=int, default=0)
    asked.add_argument("--alone", action="store_true")
    asked.add_argument("--fill", type=int, default=0)
    wanted = asked.parse_args()
    if wanted.fill:
        return _fill(wanted.fill)
    with tempfile.TemporaryDirectory() as folder:
        if wanted.alone:
            return _alone(Path(folder), wanted.dossiers)
        if wanted.dossiers:
            _filled(Path(folder, "here"), wanted.dossiers)
        return _told(asyncio.run(backing.play(Path(folder), wanted.rate, wanted.seconds)))


def _told(outcome: Outcome) -> int:
    kept = outcome.kept
    print(f"{len(outcome.posts)} posts in {outcome.seconds:.0f} s: {_rate(outcome):.0f}/s")
    print(f"backed up {kept.rows} rows, {kept.size / 1e6:.1f} MB: {kept.ended - kept.began:.1f} s")
    print(f"memory of the back-up: {kept.megabytes} MB at most")
    print(f"restored, and every row proved: {kept.restored - kept.ended:.1f} s")
    print(f"rows written meanwhile: {kept.came}")
    for name, meanwhile in (("while backing up", True), ("else", False)):
        print(f"a post is safe after, {name}: {_quantiles(outcome.waits(meanwhile=meanwhile))}")
    print("equal, row by row" if not kept.differing else f"DIFFERENT: {kept.differing}")
    return 1 if kept.differing else 0


def _rate(outcome: Outcome) -> float:
    return len(outcome.posts) / outcome.seconds


def _quantiles(waits: list[float]) -> str:
    if len(waits) < 2:
        return "too few"
    cuts = statistics.quantiles(waits, n=100)
    return f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms ({len(waits)} posts)"


def _alone(folder: Path, dossiers: int) -> int:
    """The two commands for a large database, each a process of its own."""
    here, there, file = folder / "here", folder / "there", folder / "a.zip"
    _filled(here, dossiers)
    for name, data in (("backup", here), ("restore", there)):
        began = time.perf_counter()
        code, memory = _run(data, "-m", "bot", name, str(file))
        print(f"{name}: {time.perf_counter() - began:.1f} s, {memory} MB at most")
        if code:
            return 1
    print(f"the file: {file.stat().st_size / 1e6:.0f} MB")
    return 0


def _filled(data: Path, dossiers: int) -> None:
    _run(data, "-m", "benchmarks.backup", "--fill", str(dossiers))
    size = (data / "ocop.db").stat().st_size
    print(f"{dossiers} dossiers: a database of {size / 1e6:.0f} MB", flush=True)


def _run(data: Path, *arguments: str) -> tuple[int, int]:
    """How it ended, and its megabytes; who asks must be small, since a child begins as large."""
    environment = {**os.environ, "OCOP_DATA": str(data)}
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, used.ru_maxrss >> 10


def _fill(dossiers: int) -> int:
    """A country as it is on any day: what follows from each dossier is planned."""
    from benchmarks import digest  # noqa: PLC0415 - who measures must stay small
    from bot.reception import Reception  # noqa: PLC0415
    from bot.reminding import Reminding  # noqa: PLC0415
    from bot.wording import ours  # noqa: PLC0415
    from conversations.forms import catalogue  # noqa: PLC0415

    database = Database(settings.read(os.environ).database)
    migrate.upgrade(database.url)
    with closing(database):
        with database.transaction() as tx:
            digest.fill(tx, dossiers)
        reception = Reception(database, catalogue, ours(), clock.now)
        Reminding(database, reception, clock.now).remind()
    return 0


if __name__ == "__main__":
    sys.exit(main())
