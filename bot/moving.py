"""Moving on the command line: from SQLite to PostgreSQL, when one machine is outgrown."""

from contextlib import closing

from bot import backing_up, clock, starting
from bot.settings import Settings
from bot.terminal import Refused, refuse, say
from conversations.messages import Message
from storage import migrate, restoring
from storage.database import Database
from storage.moving import CannotHold
from storage.restoring import InUse, Live, NotEmpty, NotThere

_POSTGRESQL = ("postgresql://", "postgresql+psycopg://")


def move(settings: Settings, url: str) -> int:
    """Put all rows of the bot's database into that one, which has none yet; 1 if it cannot be.

    The bot must not run. What it has stays as it is, so that going back is possible.
    """
    try:
        with starting.alone(settings):
            rows = _moved(settings, url)
    except Refused as refused:
        return refuse(refused.message)
    except starting.CannotStart as why:
        return refuse(str(why))
    say(Message("backups.moved", {"rows": rows}))
    return backing_up.prove_log(url)


def _moved(settings: Settings, url: str) -> int:
    if not url.startswith(_POSTGRESQL):
        raise Refused(Message("backups.not_there"))
    if not restoring.is_there(settings.database) or not migrate.current(settings.database):
        raise Refused(Message("backups.nothing"))
    try:
        with closing(Database(settings.database)) as database, database.reading() as tx:
            return restoring.into(url, Live(tx), clock.now()).rows
    except NotEmpty:
        raise Refused(Message("backups.not_empty_there")) from None
    except InUse:
        raise Refused(Message("backups.in_use")) from None
    except NotThere:
        raise Refused(Message("backups.not_there")) from None
    except CannotHold as table:
        raise Refused(Message("backups.cannot_hold", {"name": str(table)})) from None
