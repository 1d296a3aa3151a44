"""No page of the desk asks the database more often because there is more to show."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from httpx import ASGITransport, AsyncClient

from benchmarks import country
from benchmarks.desk import URL, asked, desk_of, entered, listened
from benchmarks.desk_pages import addresses, pages
from benchmarks.digest import BAN_LIEN, LAO_CAI
from bot.web.app import create_hooks
from bot.web.desk.routes import Desk
from programme.roles import Role
from storage.database import Database

FEW, MANY = (60, 8), (80, 12)  # dossiers, and how much belongs to each
LOOK = (Role.ADMINISTRATOR, Role.COMMUNE, Role.MEMBER)  # between them they see all


@contextmanager
def filled(path: Path, dossiers: int, times: int) -> Iterator[Database]:
    """A small country in that database."""
    database = Database(f"sqlite:///{path}")
    with database.transaction() as tx:
        country.fill(tx, dossiers, [(BAN_LIEN, LAO_CAI)], times)
    yield database
    database.close()


async def statements(desk: Desk) -> dict[tuple[str, str, str], int]:
    """How many each page takes, by its address, who looks and at what."""
    database, found = desk.database, {}
    app = create_hooks(lambda: {"status": "ok"}, desk.routes())
    async with AsyncClient(transport=ASGITransport(app=app), base_url=URL) as client:
        with database.transaction() as tx:
            lookers = [each for each in country.lookers(tx) if each.role in LOOK]
        for looker in lookers:
            token = await entered(client, database, looker)
            with database.reading() as tx:
                every = pages(tx, looker, desk)
            for page in every:
                with listened(database) as told:
                    theirs = await asked(client, page, token)
                if theirs:
                    found[page.of, looker.role.value, page.note] = len(told)
    assert {of for of, _, _ in found} == set(addresses(desk))
    return found


async def test_no_page_takes_more_statements_for_more_rows(
    migrated_file: Path, tmp_path: Path
) -> None:
    """Where it did, an officer of a whole country would wait for as long as there is to show."""
    found = []
    for name, size in (("few", FEW), ("many", MANY)):
        path = Path(shutil.copy(migrated_file, tmp_path / name))
        with filled(path, *size) as database:
            found.append(await statements(desk_of(database, tmp_path)))

    few, many = found
    assert few.keys() == many.keys()
    assert {page: (few[page], count) for page, count in many.items() if count > few[page]} == {}
