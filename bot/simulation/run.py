"""The command: build a town, live through a year, print what it came to."""

import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.reception import Reception
from bot.simulation import town, weather
from bot.simulation.audit import figures
from bot.simulation.weather import Span
from bot.simulation.year import Year
from bot.wording import ours
from conversations.forms import catalogue
from programme.quiet import VIETNAM
from storage import migrate
from storage.database import Database

OUTAGES = 12  # of the bot, and as many of its network


def simulate(year: int, dossiers: int, seed: int = 1) -> dict[str, Any]:
    """The figures of a simulated year with so many dossiers; the same seed, the same year."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'simulation.db'}"
        migrate.upgrade(url)
        with closing(Database(url)) as database:
            return lived(database, whole(year), dossiers, seed)


def whole(year: int) -> Span:
    """All of the year."""
    return datetime(year, 1, 1, 6, tzinfo=VIETNAM), datetime(year, 12, 31, 12, tzinfo=VIETNAM)


def table(found: dict[str, Any]) -> str:
    """The figures, a line each."""
    return "\n".join(f"{name.replace('_', ' '):<45}{value:>10}" for name, value in found.items())


def lived(
    database: Database, span: Span, dossiers: int, seed: int, outages: int = OUTAGES
) -> dict[str, Any]:
    """The figures of that span of a year, lived through on that database, which is new."""
    chance = Random(seed)  # noqa: S311 - it is no secret
    begin, end = span
    with database.transaction() as tx:
        villagers = town.settle(tx, dossiers, chance, begin.year, begin)
    reception = Reception(database, catalogue, ours(), lambda: begin)
    sky = weather.weather(chance, begin, end, outages)
    whole = Year(database, reception, chance, sky, {v.person: v for v in villagers}, begin, end)
    reception.clock = lambda: whole.now
    whole.expect()
    whole.run()
    with database.reading() as tx:
        return {"year": begin.year, "seed": seed, **figures(whole, tx)}
