"""One rig a test, for the channel that the test is asked to run on."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from storage.database import Database
from tests.channels.channels import CHANNELS, Rig
from tests.channels.doubles import ListDoor
from tests.channels.zalo_oa_account import Account, an_account
from tests.conftest import QUICK


@pytest.fixture
def kept(migrated_file: Path) -> Iterator[Database]:
    """A new database; no channel cares of which kind, nor whether its disk is one."""
    with TemporaryDirectory(dir=QUICK) as folder:
        made = Database(f"sqlite:///{shutil.copy(migrated_file, Path(folder) / 'kept.db')}")
        yield made
        made.close()


@pytest.fixture
def door() -> ListDoor:
    return ListDoor()


@pytest.fixture
async def rig(request: pytest.FixtureRequest, door: ListDoor, kept: Database) -> AsyncIterator[Rig]:
    """The channel that ``on`` or ``everywhere`` asked for."""
    async with CHANNELS[request.param].open(door, kept) as opened:
        yield opened


@pytest.fixture
async def account(tmp_path: Path) -> AsyncIterator[Account]:
    async with an_account(tmp_path) as opened:
        yield opened
