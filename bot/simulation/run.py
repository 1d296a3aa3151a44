"""The command: build a town, live through a year, print what it came to."""

import tempfile
from contextlib import closing
from datetime import datetime, time
from pathlib import Path
from random import Random
from typing import Any

from bot.reception import Reception
from bot.settings import ROOT
from bot.simulation import town, weather
from bot.simulation.audit import figures
from bot.simulation.year import Year
from bot.wording import Wording
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
            return lived(database, year, dossiers, seed)


def table(found: dict[str, Any]) -> str:
    """The figures, a line each."""
    return "\n".join(f"{name.replace('_', ' '):<45}{value:>10}" for name, value in found.items())


def lived(database: Database, year: int, dossiers: int, seed: int) -> dict[str, Any]:
    """The same on that database, which is new."""
    chance = Random(seed)  # noqa: S311 - it is no secret
    begin = datetime.combine(datetime(year, 1, 1, tzinfo=VIETNAM), time(6), VIETNAM)
    end = datetime.combine(datetime(year, 12, 31, tzinfo=VIETNAM), time(12), VIETNAM)
    with database.transaction() as tx:
        villagers = town.settle(tx, dossiers, chance, year, begin)
    now = [begin]
    reception = Reception(database, catalogue, Wording(ROOT / "templates"), lambda: now[0])
    sky = weather.weather(chance, begin, end, OUTAGES)
    whole = Year(database, reception, chance, sky, {v.person: v for v in villagers}, begin, end)
    reception.clock = lambda: whole.now
    whole.expect()
    whole.run()
    with database.reading() as tx:
        return {"year": year, "seed": seed, **figures(whole, tx)}
